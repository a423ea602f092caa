"""What the links of an inbox lead to."""

import time
from dataclasses import replace

import pytest

from tasks.disk.inbox import pull_inbox
from tasks.disk.raw_copies import RefusedFile
from tasks.disk.storage import DiskStorage, RemoteStorage
from tasks.intake.raw import StaleCopy
from tests.loopback import CSV, PATIENT, QUICK
from tests.tasks.disk.pulling import FIRST, SECOND, pull_folder, set_time, sha256_of, write_link


def test_a_link_brings_the_table_that_it_leads_to(tmp_path, web):
    pulled = pull_folder(write_link(tmp_path / "inbox", web.gives("/pub?output=csv")))
    [raw] = pulled.raws
    assert (raw.name, raw.sha256, raw.stale, pulled.refused) == (
        "submissions/jawaban.url.csv",
        sha256_of(CSV),
        None,
        [],
    )
    assert raw.load() == CSV


@pytest.mark.parametrize("place", ["scores/proposal", "screening/administrasi"])
def test_a_link_stands_for_a_table_of_its_own_place(tmp_path, web, place):
    pulled = pull_folder(write_link(tmp_path / "inbox", web.gives("/a.csv"), f"{place}/nilai.url"))
    assert [raw.name for raw in pulled.copies_at(place)] == [f"{place}/nilai.url.csv"]


def test_what_comes_is_called_what_it_is(tmp_path, web):
    web.gives("/a", b"PK\x03\x04" + b"\0" * 600, "application/octet-stream")
    pulled = pull_folder(write_link(tmp_path / "inbox", f"{web.url}/a"))
    assert [raw.name for raw in pulled.raws] == ["submissions/jawaban.url.xlsx"]


def test_a_link_is_asked_again_before_it_is_given_up(tmp_path, web):
    pulled = pull_folder(write_link(tmp_path / "inbox", web.fails("/a.csv", times=2)))
    assert ([raw.sha256 for raw in pulled.raws], len(web.asked)) == ([sha256_of(CSV)], 3)


@pytest.mark.parametrize(
    ("content", "refused"),
    [
        (
            "nanti diisi",
            RefusedFile(
                "submissions/jawaban.url",
                "source_link_none",
                {"address": "submissions/jawaban.url"},
            ),
        ),
        (
            "file:///etc/x",
            RefusedFile(
                "submissions/jawaban.url",
                "source_link_scheme",
                {"address": "file:///etc/x", "scheme": "file"},
            ),
        ),
        (
            "https://juri:rahasia@host/a.csv",
            RefusedFile(
                "submissions/jawaban.url", "source_link_secret", {"address": "https://host/a.csv"}
            ),
        ),
    ],
)
def test_a_link_to_nothing_is_refused(tmp_path, content, refused):
    (tmp_path / "inbox" / "submissions").mkdir(parents=True)
    (tmp_path / "inbox" / "submissions" / "jawaban.url").write_text(content)
    pulled = pull_folder(tmp_path / "inbox")
    assert (pulled.raws, pulled.refused) == ([], [refused])


def test_a_link_that_gives_nothing_is_refused_by_its_address_without_keys(tmp_path, web):
    pulled = pull_folder(
        write_link(tmp_path / "inbox", web.gives("/a.csv?token=rahasia", status=503))
    )
    assert (pulled.raws, pulled.refused) == (
        [],
        [
            RefusedFile(
                "submissions/jawaban.url",
                "source_status",
                {"address": f"{web.url}/a.csv", "status": 503},
            )
        ],
    )


def test_a_web_page_is_no_table(tmp_path, web):
    page = web.gives("/masuk", b"\n<!doctype html><title>Masuk</title>", "text/html; charset=utf-8")
    assert [
        refusal.reason for refusal in pull_folder(write_link(tmp_path / "inbox", page)).refused
    ] == ["source_page"]


@pytest.mark.parametrize(
    "start", [b"<!DOCTYPE html><html>", b"\xef\xbb\xbf\n <!doctype HTML>", b"<html lang=id>"]
)
@pytest.mark.parametrize("kind", ["text/csv", "text/plain", "application/octet-stream"])
def test_a_page_to_sign_in_is_one_whatever_the_server_calls_it(tmp_path, web, start, kind):
    inbox = write_link(tmp_path / "inbox", web.gives("/a.csv"))
    pull_folder(inbox)
    web.gives("/a.csv", start + b"<body>Masuk</body></html>", kind)
    (raw,) = pull_folder(inbox).raws
    assert (raw.load(), raw.stale and raw.stale.cause) == (CSV, "page")


@pytest.mark.parametrize("nothing", [b"", b" \r\n", b"\xef\xbb\xbf"])
def test_an_empty_answer_is_none(tmp_path, web, nothing):
    inbox = write_link(tmp_path / "inbox", web.gives("/a.csv", nothing))
    assert [refusal.reason for refusal in pull_folder(inbox).refused] == ["source_empty"]
    web.gives("/a.csv")
    pull_folder(inbox)
    web.gives("/a.csv", nothing)
    (raw,) = pull_folder(inbox).raws
    assert (raw.load(), raw.stale and raw.stale.cause) == (CSV, "empty")


def test_a_table_that_a_server_calls_a_web_page_is_a_table(tmp_path, web):
    assert (
        len(pull_folder(write_link(tmp_path / "inbox", web.gives("/a.csv", CSV, "text/html"))).raws)
        == 1
    )


def test_a_link_to_too_much_is_refused_and_nothing_is_kept(tmp_path, web):
    pulled = pull_folder(
        write_link(tmp_path / "inbox", web.gives("/a.csv", b"x" * 5000)), largest=1000
    )
    assert [(refusal.reason, refusal.params["limit"]) for refusal in pulled.refused] == [
        ("source_too_large", 1)
    ]
    assert [file.stat().st_size < 1000 for file in (tmp_path / ".kipp" / "raw").iterdir()] == [True]


def test_one_that_hangs_keeps_no_other_waiting(tmp_path, web):
    inbox = tmp_path / "inbox"
    for number in range(4):
        write_link(inbox, web.hangs(f"/{number}.csv"), f"submissions/{number}.url")
    write_link(inbox, web.gives("/good.csv"))
    started = time.monotonic()
    pulled = pull_inbox(
        DiskStorage(inbox), tmp_path / ".kipp", patience=replace(PATIENT, read=0.9, pauses=())
    )
    assert time.monotonic() - started < 4 * 0.9
    assert ([raw.name for raw in pulled.raws], [refusal.reason for refusal in pulled.refused]) == (
        ["submissions/jawaban.url.csv"],
        ["source_timeout"] * 4,
    )


def test_a_link_whose_table_has_the_name_of_a_file_is_refused(tmp_path, web):
    inbox = write_link(tmp_path / "inbox", web.gives("/a.csv"))
    (inbox / "submissions" / "jawaban.url.csv").write_bytes(b"own")
    pulled = pull_folder(inbox)
    assert [raw.load() for raw in pulled.raws] == [b"own"]
    assert pulled.refused == [
        RefusedFile(
            "submissions/jawaban.url", "source_link_taken", {"taken": "submissions/jawaban.url.csv"}
        )
    ]


def test_the_options_go_with_a_link(tmp_path, web):
    options = {"https": {"127.0.0.1": {"Authorization": "Token t"}}}
    pull_folder(write_link(tmp_path / "inbox", web.gives("/a.csv")), options=options)
    assert web.asked[0][1]["Authorization"] == "Token t"


@pytest.mark.parametrize("failure", ["fails", "breaks_off", "hangs"])
def test_of_a_link_that_gives_nothing_any_more_the_last_good_copy_is_taken(
    tmp_path, web, monkeypatch, failure
):
    set_time(monkeypatch, FIRST)
    inbox = write_link(tmp_path / "inbox", web.gives("/a.csv"))
    pull_folder(inbox)
    getattr(web, failure)("/a.csv", *([9] if failure == "fails" else []))
    set_time(monkeypatch, SECOND)
    cause = {"fails": "status", "breaks_off": "cut", "hangs": "timeout"}[failure]
    pulled = pull_folder(inbox, patience=QUICK if failure == "hangs" else PATIENT)
    assert [(raw.name, raw.sha256, raw.stale) for raw in pulled.raws] == [
        ("submissions/jawaban.url.csv", sha256_of(CSV), StaleCopy(FIRST, cause, f"{web.url}/a.csv"))
    ]
    assert pulled.refused == []


def test_the_time_of_a_copy_is_that_of_the_last_that_was_good(tmp_path, web, monkeypatch):
    inbox = write_link(tmp_path / "inbox", web.gives("/a.csv"))
    for moment, status in (
        (FIRST, 200),
        (SECOND, 200),
        ("2022-03-03T18:00:00+00:00", 500),
        ("later", 500),
    ):
        web.gives("/a.csv", status=status)
        set_time(monkeypatch, moment)
        raws = pull_folder(inbox).raws
    assert [raw.stale.since for raw in raws] == [SECOND]


def test_once_it_can_be_reached_again_the_copy_is_a_new_one(tmp_path, web):
    inbox = write_link(tmp_path / "inbox", web.gives("/a.csv"))
    for status in (200, 500, 200):
        web.gives("/a.csv", CSV + str(status).encode(), status=status)
        raws = pull_folder(inbox).raws
    assert [(raw.load(), raw.stale) for raw in raws] == [(CSV + b"200", None)]


def test_the_copy_of_another_address_is_not_taken_for_this_one(tmp_path, web):
    inbox = write_link(tmp_path / "inbox", web.gives("/a.csv"))
    pull_folder(inbox)
    write_link(inbox, f"{web.url}/b.csv")
    pulled = pull_folder(inbox)
    assert ([raw.name for raw in pulled.raws], [refusal.reason for refusal in pulled.refused]) == (
        [],
        ["source_gone"],
    )


def test_a_link_in_a_bucket_is_followed(tmp_path, bucket, web):
    inbox = RemoteStorage(f"{bucket}/inbox", patience=PATIENT)
    inbox.replace("submissions/jawaban.url", web.gives("/a.csv").encode())
    assert [(raw.name, raw.load()) for raw in pull_inbox(inbox, tmp_path / ".kipp").raws] == [
        ("submissions/jawaban.url.csv", CSV)
    ]
