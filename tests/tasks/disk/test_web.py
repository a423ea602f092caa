"""Tables over http, from a real server on loopback that does what servers do."""

import io
import socket
from dataclasses import replace

import pytest

from tasks.disk import web as fetching
from tasks.disk.storage import make_storage, read_file
from tasks.disk.time_limits import Unreachable
from tasks.disk.web import WebStorage, fetch_url, table_address
from tests.loopback import CSV, PATIENT, QUICK


def _got(url: str, largest: int = 10_000, options=None, patience=PATIENT) -> bytes:
    target = io.BytesIO()
    fetch_url(url, target, largest, options or {}, patience)
    return target.getvalue()


def _cause(url: str, **given) -> tuple[str, dict[str, object]]:
    with pytest.raises(Unreachable) as failure:
        _got(url, **given)
    return failure.value.cause, failure.value.params


def _listing(*names: str) -> bytes:
    return "".join(f'<a href="{name}">{name}</a>' for name in names).encode()


# One table


def test_a_table_comes_as_it_is(web):
    assert _got(web.gives("/pub?output=csv")) == CSV


def test_who_asks_says_so_and_wants_no_packing(web):
    _got(web.gives("/a.csv"))
    _, headers = web.asked[0]
    assert (headers["User-Agent"], headers["Accept-Encoding"], headers["Accept"]) == (
        "kipp",
        "identity",
        "text/csv, */*;q=0.5",
    )


@pytest.mark.parametrize(
    ("status", "cause", "params"),
    [
        (401, "forbidden", {}),
        (403, "forbidden", {}),
        (404, "gone", {}),
        (410, "gone", {}),
        (418, "status", {"status": 418}),
        (500, "status", {"status": 500}),
        (204, "status", {"status": 204}),
    ],
)
def test_an_answer_that_is_none_says_why(web, status, cause, params):
    assert _cause(web.gives("/a.csv", b"", status=status)) == (cause, params)


@pytest.mark.parametrize(
    ("status", "lasts"), [(404, True), (403, True), (400, True), (429, False), (503, False)]
)
def test_only_what_may_pass_is_worth_asking_again(web, status, lasts):
    with pytest.raises(Unreachable) as failure:
        _got(web.gives("/a.csv", status=status))
    assert failure.value.lasts is lasts


def test_a_connection_that_breaks_off_midway_is_no_table(web):
    assert _cause(web.breaks_off("/a.csv")) == ("cut", {})


def test_a_server_that_says_no_more_is_not_waited_for(web):
    assert _cause(web.hangs("/a.csv"), patience=QUICK) == ("timeout", {})


def test_a_server_that_drips_is_not_waited_for_either(web):
    address = web.drips("/a.csv")
    with pytest.raises(Unreachable) as failure:
        fetch_url(address, io.BytesIO(), 10_000, {}, replace(QUICK, whole=0.3))
    assert failure.value.cause == "timeout"


def test_a_server_that_is_not_there_is_named(web):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}/a.csv"
        assert _cause(address) == ("connect", {})


def test_more_than_the_limit_is_not_taken(web):
    address = web.gives("/a.csv", b"x" * 200_000)
    assert _cause(address, largest=100_000) == ("too_large", {"limit": 1})


def test_no_more_is_written_than_the_limit(web):
    target = io.BytesIO()
    with pytest.raises(Unreachable):
        fetch_url(web.gives("/a.csv", b"x" * 2_000_000), target, 300_000, {}, PATIENT)
    assert len(target.getvalue()) <= 300_000


# Where it leads


def test_a_redirect_within_the_host_is_followed(web):
    web.gives("/there.csv")
    assert _got(web.leads("/here.csv", "/there.csv")) == CSV


@pytest.mark.parametrize(
    ("location", "to"),
    [
        ("file:///etc/passwd", "file://"),
        ("ftp://127.0.0.1/a.csv", "ftp://127.0.0.1"),
        ("gopher://127.0.0.1:70/x", "gopher://127.0.0.1"),
        ("http://localhost/a.csv", "http://localhost"),
        ("http://127.0.0.2/a.csv", "http://127.0.0.2"),
        ("http://169.254.169.254/latest/meta-data/", "http://169.254.169.254"),
        ("http://10.0.0.1/a.csv", "http://10.0.0.1"),
        ("http://[::1]/a.csv", "http://::1"),
        ("http://[::ffff:127.0.0.1]/a.csv", "http://::ffff:127.0.0.1"),
        ("http://0.0.0.0/a.csv", "http://0.0.0.0"),
        ("", "http://127.0.0.1"),
    ],
)
def test_a_redirect_elsewhere_is_not_followed(web, location, to):
    assert _cause(web.leads("/a.csv", location)) == ("redirect", {"to": to})
    assert [path for path, _ in web.asked] == ["/a.csv"]


def test_a_redirect_to_what_is_no_address_is_not_followed(web):
    assert _cause(web.leads("/a.csv", "data:text/csv,a")) == ("failed", {"detail": "InvalidURL"})


def test_a_name_that_means_this_machine_is_not_followed_though_it_looks_foreign(web, monkeypatch):
    real = socket.getaddrinfo

    def meant(name, *rest, **named):
        return real("127.0.0.1" if name == "sheets.example" else name, *rest, **named)

    monkeypatch.setattr(socket, "getaddrinfo", meant)
    assert _cause(web.leads("/a.csv", "http://sheets.example/a.csv")) == (
        "redirect",
        {"to": "http://sheets.example"},
    )


def test_a_name_that_means_another_machine_once_it_is_asked_gives_nothing(web, monkeypatch):
    monkeypatch.setattr(fetching, "_host_addresses", lambda url, there: ["93.184.216.34"])
    port = web.url.rpartition(":")[2]
    web.gives("/there.csv")
    assert _cause(web.leads("/here.csv", f"http://localhost:{port}/there.csv")) == (
        "redirect",
        {"to": "http://localhost"},
    )


def test_redirects_that_go_round_end(web):
    assert _cause(web.leads("/a.csv", "/a.csv")) == ("redirect", {"to": "127.0.0.1"})
    assert len(web.asked) == 6


# Who asks


def test_what_the_options_hold_for_a_host_goes_to_that_host(web):
    address = web.gives("/a.csv")
    _got(
        address,
        options={"https": {"127.0.0.1": {"Authorization": "Token t"}, "other": {"X-Key": "k"}}},
    )
    assert (web.asked[0][1]["Authorization"], web.asked[0][1].get("X-Key")) == ("Token t", None)


def test_netrc_is_asked_for_the_host(web, tmp_path, monkeypatch):
    (tmp_path / "netrc").write_text(
        "machine 127.0.0.1 login juri password rahasia\ndefault login x password y\n"
    )
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    _got(web.gives("/a.csv"))
    assert web.asked[0][1]["Authorization"] == "Basic anVyaTpyYWhhc2lh"


@pytest.mark.parametrize(
    ("url", "headers"),
    [
        ("https://kobo.example/a.csv", {"Authorization": "Token t"}),
        ("http://kobo.example/a.csv", {}),
        ("https://other.example/a.csv", {}),
        ("https://kobo.example.other/a.csv", {}),
    ],
)
def test_a_password_goes_to_its_own_host_and_over_a_line_that_nobody_reads(
    url, headers, monkeypatch, tmp_path
):
    monkeypatch.setenv("NETRC", str(tmp_path / "none"))
    assert (
        fetching._login_headers(url, {"https": {"kobo.example": {"Authorization": "Token t"}}})
        == headers
    )


# A folder


def test_a_folder_that_a_server_lists_is_an_inbox(web):
    web.gives("/inbox", _listing("submissions/"), "text/html")
    web.gives(
        "/inbox/",
        _listing("../", "submissions/", "?C=M;O=A", "http://elsewhere/x.csv"),
        "text/html",
    )
    web.gives(
        "/inbox/submissions/",
        _listing("../", "form%20a.csv", "b.csv#top", "/inbox/submissions/"),
        "text/html",
    )
    web.gives("/inbox/submissions/form%20a.csv")
    inbox = WebStorage(f"{web.url}/inbox", patience=PATIENT)
    assert (inbox.files(), inbox.folders()) == (
        ["submissions/b.csv", "submissions/form a.csv"],
        ["submissions"],
    )
    assert (inbox.files("submissions"), inbox.files("scores")) == (inbox.files(), [])
    assert read_file(inbox, "submissions/form a.csv") == CSV
    assert (inbox.exists("submissions/b.csv"), inbox.exists("submissions/c.csv")) == (True, False)


def test_an_address_of_a_table_is_an_inbox_with_one_export(web):
    inbox = WebStorage(web.gives("/pub?output=csv"), patience=PATIENT)
    assert (inbox.files(), read_file(inbox, "submissions/inbox.csv")) == (
        ["submissions/inbox.csv"],
        CSV,
    )
    assert inbox.files("scores") == []


def test_an_export_keeps_the_name_that_its_address_gives(web):
    assert WebStorage(web.gives("/unduh/Form%20KIPP.xlsx"), patience=PATIENT).files() == [
        "submissions/Form KIPP.xlsx"
    ]


def test_a_page_that_lists_nothing_is_neither(web):
    with pytest.raises(Unreachable) as failure:
        WebStorage(
            web.gives("/masuk", b"<!doctype html><p>Masuk</p>", "text/html"), patience=PATIENT
        ).files()
    assert failure.value.cause == "page"


def test_a_folder_that_lists_itself_ends(web):
    for path in ("/a", "/a/"):
        web.gives(path, _listing("b/"), "text/html")
    deep = "/a/" + "b/" * 20
    for end in range(4, len(deep) + 1, 2):
        web.gives(
            deep[:end] if deep[:end].endswith("/") else deep[: end + 1], _listing("b/"), "text/html"
        )
    with pytest.raises(Unreachable) as failure:
        WebStorage(f"{web.url}/a", patience=PATIENT).files()
    assert (failure.value.cause, len(web.asked) < 20) == ("page", True)


def test_nothing_is_written_there(web, tmp_path):
    there = make_storage(web.url, tmp_path, "published")
    for write in (
        lambda: there.replace("current.json", b"{}"),
        lambda: there.remove("current.json"),
    ):
        with pytest.raises(Unreachable) as failure:
            write()
        assert failure.value.cause == "read_only"
    assert web.asked == []


# Addresses


@pytest.mark.parametrize(
    ("copied", "table"),
    [
        (
            "https://docs.google.com/spreadsheets/d/e/2PACX-1/pubhtml",
            "d/e/2PACX-1/pub?single=true&output=csv",
        ),
        (
            "https://docs.google.com/spreadsheets/d/e/2PACX-1/pubhtml?gid=12&single=true",
            "d/e/2PACX-1/pub?single=true&output=csv&gid=12",
        ),
        (
            "https://docs.google.com/spreadsheets/d/1aB_c/edit#gid=7",
            "d/1aB_c/export?format=csv&gid=7",
        ),
        (
            "https://docs.google.com/spreadsheets/d/1aB_c/edit?usp=sharing",
            "d/1aB_c/export?format=csv",
        ),
    ],
)
def test_the_address_of_a_google_sheet_s_page_gives_its_rows(copied, table):
    assert table_address(copied) == f"https://docs.google.com/spreadsheets/{table}"


@pytest.mark.parametrize(
    "address",
    [
        "https://docs.google.com/spreadsheets/d/e/2PACX-1/pub?gid=0&single=true&output=csv",
        "https://kf.kobotoolbox.org/api/v2/assets/a/export-settings/e/data.csv",
        "http://127.0.0.1/spreadsheets/d/1/edit",
    ],
)
def test_any_other_address_stays_as_it_is(address):
    assert table_address(address) == address
