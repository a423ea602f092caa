"""The published reports in a browser: what is published, on this machine, and nothing else."""

import http.client
from pathlib import Path

import pytest

from flows.web import published
from tasks.disk.runs import PublishedFolder
from tasks.disk.storage import DiskStorage
from tasks.errors import CallError

RUN = "20220515T235959-0123abcd"


@pytest.fixture
def shelf(tmp_path: Path) -> dict[str, PublishedFolder]:
    """Two competitions; the first has a run, and files that are nobody's business beside what is
    published.
    """
    files = {
        "published/index.html": "bureau",
        "published/checked.json": "{}",
        f"published/runs/{RUN}/index.html": "front",
        f"published/runs/{RUN}/data/marks.csv": "marks",
        f"published/runs/{RUN}/phases/proposal/report.pdf": "pdf",
        "published/stray.txt": "stray",
        "competition.toml": "rules",
        ".kipp/raw/secret": "secret",
        "published/.hidden/secret": "secret",
    }
    for name, content in files.items():
        (tmp_path / "satu" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "satu" / name).write_text(content)
    (tmp_path / "satu" / "published" / "current").symlink_to(f"runs/{RUN}")
    return {
        name: PublishedFolder(DiskStorage(tmp_path / name / "published"))
        for name in ("satu", "dua & tiga")
    }


@pytest.fixture
def port(shelf):
    server = published.start_server(shelf, 0)
    yield server.server_port
    server.shutdown()
    server.server_close()


def _get(
    port: int, path: str, method: str = "GET", host: str = "127.0.0.1"
) -> tuple[int, str, dict[str, str]]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path, headers={"Host": f"{host}:{port}"})
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, body, dict(answer.getheaders())


@pytest.mark.parametrize(
    ("path", "body", "media"),
    [
        ("/satu/index.html", "bureau", "text/html; charset=utf-8"),
        ("/satu/checked.json", "{}", "application/json"),
        ("/satu/current/index.html", "front", "text/html; charset=utf-8"),
        (f"/satu/runs/{RUN}/phases/proposal/report.pdf", "pdf", "application/pdf"),
        ("/satu/current/data/marks.csv?download", "marks", "text/csv; charset=utf-8"),
    ],
)
def test_what_is_published_is_shown_with_its_media_type(port, path, body, media):
    status, text, headers = _get(port, path)
    assert (status, text, headers["Content-Type"]) == (200, body, media)


@pytest.mark.parametrize(
    "path",
    [
        "/satu/../competition.toml",
        "/satu/%2e%2e/competition.toml",
        "/satu/runs/..%2f..%2fcompetition.toml",
        "/satu/.kipp/raw/secret",
        "/satu/.hidden/secret",
        "/satu/stray.txt",
        "/satu/runs",
        f"/satu/runs/{RUN}",
        f"/satu/runs/{RUN}/data/",
        "/satu/runs//index.html",
        "/satu/runs/%00/index.html",
        "/tiga/index.html",
        "/etc/passwd",
        "/satu/runs/..%5c..%5ccompetition.toml",
        "/dua%20%26%20tiga/index.html",
    ],
)
def test_nothing_else_is_shown_and_no_folder_is_listed(port, path):
    status, body, _ = _get(port, path)
    assert (status, body) == (404, "404")


def test_the_first_page_leads_to_each_competition(port):
    status, body, _ = _get(port, "/")
    assert (status, 'href="/satu/index.html"' in body, "dua &amp; tiga" in body) == (
        200,
        True,
        True,
    )


def test_the_name_of_a_competition_leads_to_its_page(port):
    status, _, headers = _get(port, "/satu")
    assert (status, headers["Location"]) == (301, "/satu/index.html")


def test_every_answer_forbids_framing_sniffing_and_foreign_content(port):
    for path in ("/", "/satu/index.html", "/nowhere"):
        headers = _get(port, path)[2]
        assert {name: headers[name] for name in published.HEADERS} == published.HEADERS


def test_a_foreign_name_for_this_machine_is_refused(port):
    assert _get(port, "/satu/index.html", host="evil.example")[:2] == (421, "")


def test_head_has_no_body_and_other_methods_are_not_there(port):
    assert _get(port, "/satu/index.html", "HEAD")[:2] == (200, "")
    assert [_get(port, "/satu/index.html", method)[0] for method in ("POST", "PUT", "DELETE")] == [
        501
    ] * 3


def test_it_listens_on_this_machine_alone_and_says_when_the_port_is_taken(shelf, port):
    with pytest.raises(CallError) as error:
        published.start_server(shelf, port)
    assert (error.value.problems[0].message, published.LOOPBACK) == (
        "flows.port_taken",
        "127.0.0.1",
    )
