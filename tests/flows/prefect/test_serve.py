"""kipp serve: which deployments there are, on which server; that nights fire on time is seen by
hand (docs).
"""

import socket
from pathlib import Path

import pytest

from flows.prefect import serve
from tasks.errors import CallError, RulesError
from tests.small.folder import ON_PAPER, copy_folder


@pytest.fixture
def folders(tmp_path: Path) -> list[Path]:
    """Two competitions whose folders have the same name."""
    return [copy_folder(ON_PAPER, tmp_path / place / "kipp-2022") for place in ("a", "b")]


def test_each_folder_has_a_night_and_a_request_of_its_own_also_where_names_are_the_same(
    folders: list[Path],
) -> None:
    deployments = serve.deployments(folders)
    assert [
        (deployment.flow_name, deployment.name, deployment.parameters["folder"])
        for deployment in deployments
    ] == [
        ("kipp-nightly", "kipp-2022", str(folders[0])),
        ("kipp-report", "kipp-2022", str(folders[0])),
        ("kipp-nightly", "kipp-2022-2", str(folders[1])),
        ("kipp-report", "kipp-2022-2", str(folders[1])),
    ]


def test_a_night_follows_the_competitions_own_schedule_in_its_zone_one_at_a_time(
    folders: list[Path],
) -> None:
    night, request = serve.deployments(folders[:1])
    assert [(s.schedule.cron, s.schedule.timezone) for s in night.schedules] == [
        ("0 1 * * *", "Asia/Jakarta")
    ]
    assert (night.concurrency_limit, request.concurrency_limit, request.schedules) == (1, 1, [])


def test_the_reports_stand_under_the_names_of_the_deployments(folders: list[Path]) -> None:
    assert list(serve.published_by_name(folders)) == ["kipp-2022", "kipp-2022-2"]


@pytest.mark.parametrize(
    ("paths", "names"),
    [
        (["x/a", "y/b"], ["a", "b"]),
        (["x/a", "x/a"], ["a"]),
        (["x/a", "y/a", "z/a"], ["a", "a-2", "a-3"]),
        (["x/a-2", "x/a", "y/a"], ["a-2", "a", "a-3"]),
    ],
)
def test_folders_have_a_name_each(paths: list[str], names: list[str]) -> None:
    assert list(serve.folders_by_name([Path(folder) for folder in paths])) == names


def test_rules_that_are_wrong_are_told_before_anything_is_started(folders: list[Path]) -> None:
    (folders[1] / "competition.toml").write_text("name = 1", encoding="utf-8")
    with pytest.raises(RulesError):
        serve.serve_folders(folders, 0)


def test_a_server_that_is_named_is_used_and_left_running(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    monkeypatch.setattr(
        serve.subprocess, "Popen", lambda *_, **__: pytest.fail("a server was started")
    )
    monkeypatch.setattr(serve, "_is_healthy", lambda api: api == "http://127.0.0.1:9/api")
    with serve.prefect_server() as api:
        assert api == "http://127.0.0.1:9/api"


def test_a_port_that_is_taken_is_told_and_nobody_elses_server_is_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CallError) as refused, serve.prefect_server(port):
            pytest.fail("it was served")
    problem = refused.value.problems[0]
    assert (problem.message, problem.params) == ("flows.prefect_did_not_start", {"port": port})


def test_a_named_server_that_does_not_answer_is_told(monkeypatch):
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")

    with pytest.raises(CallError) as refused, serve.prefect_server():
        pytest.fail("it was served")

    assert refused.value.problems[0].message == "flows.prefect_does_not_answer"


@pytest.mark.parametrize(
    ("answer", "healthy"), [(200, True), (401, True), (404, False), (500, False)]
)
def test_a_server_that_wants_to_know_who_asks_is_there(web, answer: int, healthy: bool):
    web.gives("/api/health", status=answer)

    assert serve._is_healthy(f"{web.url}/api/") is healthy
