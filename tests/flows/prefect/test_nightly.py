"""The night as a Prefect flow: task runs with names the bureau knows, what it says at the end, and
who tries again.
"""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from prefect import get_client
from prefect.client.schemas.objects import State
from prefect.testing.utilities import prefect_test_harness

from flows.night.outcome import NightOutcome
from flows.prefect import nightly
from tasks.errors import CallError, ErrorMessage, NotPublished
from tasks.words import Words

pytestmark = pytest.mark.usefixtures("quick_pdfs")


@pytest.fixture(scope="module", autouse=True)
def server() -> Iterator[None]:
    """Prefect's temporary server with a database of its own."""
    with prefect_test_harness(server_startup_timeout=120):
        yield


def _run(folder: Path, **options: Any) -> State[Any]:
    state: State[Any] = nightly.nightly(str(folder), "2022-05-15", return_state=True, **options)
    return state


def _task_names(flow_run: Any) -> list[str]:
    async def ask() -> list[str]:
        async with get_client() as client:
            runs = await client.read_task_runs()
            mine = [run for run in runs if run.flow_run_id == flow_run]
            return [
                run.name.rpartition("-")[0] for run in sorted(mine, key=lambda run: run.start_time)
            ]

    return asyncio.run(ask())


def _artifacts() -> dict[str, str]:
    async def ask() -> dict[str, str]:
        async with get_client() as client:
            return {
                artifact.key: str(artifact.data)
                for artifact in await client.read_latest_artifacts()
            }

    return asyncio.run(ask())


def test_a_night_is_a_flow_run_whose_steps_the_bureau_understands(folder):
    state = _run(folder)
    outcome = state.result()
    words = Words("id")
    steps = (
        "pull",
        "read",
        "match",
        "compare",
        "validate",
        "settle",
        "fold",
        "results",
        "documents",
        "publish",
    )
    assert (state.type.value, state.message, outcome.state) == (
        "COMPLETED",
        words.say("flows.outcome.published", run=outcome.run),
        "published",
    )
    assert _task_names(state.state_details.flow_run_id) == [
        words.say(f"flows.step.{step}") for step in steps
    ]


def test_it_ends_with_a_table_of_counts_and_a_link_to_the_reports(folder):
    _run(folder)
    artifacts = _artifacts()
    assert "Inovasi" in artifacts["kipp-summary"]
    assert f"{folder.as_uri()}/published/index.html" in artifacts["kipp-reports"]


def test_a_critical_finding_fails_the_flow_with_its_sentence(folder):
    (folder / "agencies.csv").write_text("nama\nDinas Alfa\n")
    state = _run(folder)
    assert (state.type.value, type(state.result(raise_on_failure=False))) == (
        "FAILED",
        NotPublished,
    )
    assert "published/index.html" in (state.message or "")


def test_wrong_rules_fail_the_flow_at_once_without_another_try(folder):
    (folder / "competition.toml").write_text('name = "x"\n')
    state = _run(folder)
    assert (state.type.value, "competition.toml" in (state.message or "")) == ("FAILED", True)


def test_what_touches_the_world_is_tried_again_and_nothing_else():
    assert {step for step, policy in nightly.STEP_POLICIES.items() if policy["retries"]} == {
        "pull",
        "publish",
    }


@pytest.mark.parametrize(
    ("error", "again"),
    [(ConnectionError("network"), True), (OSError("disk"), True), (ValueError("defect"), False)],
)
def test_a_disk_or_a_network_may_mend_itself(error, again):
    from prefect.states import Failed

    assert nightly._is_worth_another_try(None, None, Failed(data=error)) is again


def test_what_a_person_has_to_mend_is_not_tried_again():
    from prefect.states import Failed

    error = CallError(ErrorMessage("flows.no_folder", "kipp"))
    assert nightly._is_worth_another_try(None, None, Failed(data=error)) is False


def test_a_network_that_comes_back_does_not_fail_the_night(folder, monkeypatch):
    from flows.night import night

    gather, tries = night.gather_inputs, []

    def flaky(request: Any) -> Any:
        tries.append(request)
        if len(tries) == 1:
            raise ConnectionError("for a moment")
        return gather(request)

    monkeypatch.setattr(night, "gather_inputs", flaky)
    monkeypatch.setitem(nightly.RETRY_POLICY, "retry_delay_seconds", 0)
    assert (_run(folder).result().state, len(tries)) == ("published", 2)


def test_progress_is_told_to_whoever_asked(folder):
    steps: list[tuple[str, int, int]] = []
    token = nightly.PROGRESS.set(lambda *step: steps.append(step))
    outcome = _run(folder).result()
    nightly.PROGRESS.reset(token)
    assert isinstance(outcome, NightOutcome)
    assert (steps[0], {total for _, _, total in steps}) == (
        ("documents", 0, outcome.made),
        {outcome.made},
    )
    assert [done for _, done, _ in steps] == sorted(done for _, done, _ in steps)


def test_the_schedules_are_the_competitions_own_in_its_zone_one_run_at_a_time(folder):
    from flows.prefect import serve

    night, report = serve.deployments([folder])
    assert (night.name, night.parameters, night.concurrency_limit) == (
        "lomba",
        {"folder": str(folder)},
        1,
    )
    assert [(s.schedule.cron, s.schedule.timezone) for s in night.schedules] == [
        ("0 1 * * *", "Asia/Jakarta")
    ]
    assert (report.flow_name, report.parameters["phase"], report.schedules) == (
        "kipp-report",
        "pendaftaran",
        [],
    )


def test_a_report_asked_for_on_prefects_page_is_kept_where_the_browser_shows_it(folder):
    from flows.prefect.report import ReportFormat, requested_report

    _run(folder)
    state = requested_report(
        str(folder), "proposal", "satu", None, ReportFormat.html, return_state=True
    )
    assert state.type.value == "COMPLETED"
    assert (folder / "published" / "requested" / "proposal-satu.html").is_file()
    refused = requested_report(str(folder), "lain", return_state=True)
    assert (refused.type.value, "pendaftaran, proposal, nominasi" in (refused.message or "")) == (
        "FAILED",
        True,
    )
