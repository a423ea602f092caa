import hashlib
import json
import os
import time
from dataclasses import replace
from pathlib import Path

import fsspec
import pytest
import s3fs

from tasks.disk import inbox as pulling
from tasks.disk import last_good
from tasks.disk.inbox import (
    NOTES_FILE,
    PulledInbox,
    RefusedFile,
    apply_notes,
    copy_history,
    copy_tables,
    pull_inbox,
    write_notes,
)
from tasks.disk.storage import DiskStorage, RemoteStorage, Storage
from tasks.disk.web import WebStorage
from tasks.intake.raw import StaleCopy
from tests.loopback import CSV, PATIENT, QUICK


@pytest.fixture
def inbox(tmp_path):
    folder = tmp_path / "inbox"
    for name, content in {
        "submissions/formulir.csv": b"a,b",
        "submissions/cabang/formulir.xlsx": b"PK",
        "scores/proposal/Juri 1.csv": b"1",
        "screening/administrasi/hasil.csv": b"ya",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def _sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_every_export_is_copied_under_its_hash_and_stands_by_its_place(tmp_path, inbox):
    kipp = tmp_path / ".kipp"
    pulled = pull_inbox(DiskStorage(inbox), kipp)
    assert {where: [raw.name for raw in raws] for where, raws in pulled.places.items()} == {
        "scores/proposal": ["scores/proposal/Juri 1.csv"],
        "screening/administrasi": ["screening/administrasi/hasil.csv"],
        "submissions": ["submissions/cabang/formulir.xlsx", "submissions/formulir.csv"],
    }
    copy = pulled.of("submissions")[1]
    assert (copy.name, copy.sha256, copy.size, copy.load()) == (
        "submissions/formulir.csv",
        _sha(b"a,b"),
        3,
        b"a,b",
    )
    assert sorted(file.name for file in (kipp / "raw").iterdir()) == sorted(
        map(_sha, [b"a,b", b"PK", b"1", b"ya"])
    )


def test_the_inbox_stays_as_it_was(tmp_path, inbox):
    before = {
        path: (path.read_bytes(), path.stat().st_mtime_ns)
        for path in inbox.rglob("*")
        if path.is_file()
    }
    pull_inbox(DiskStorage(inbox), tmp_path / ".kipp")
    assert {
        path: (path.read_bytes(), path.stat().st_mtime_ns)
        for path in inbox.rglob("*")
        if path.is_file()
    } == before


def test_what_was_copied_before_is_not_copied_again(tmp_path, inbox):
    kipp = tmp_path / ".kipp"
    copy = pull_inbox(DiskStorage(inbox), kipp).of("submissions")[0]
    inode = (kipp / "raw" / copy.sha256).stat().st_ino
    again = pull_inbox(DiskStorage(inbox), kipp).of("submissions")[0]
    assert again == copy
    assert (kipp / "raw" / again.sha256).stat().st_ino == inode


@pytest.mark.parametrize(
    "name",
    [
        "submissions/~$formulir.xlsx",
        "submissions/.DS_Store",
        "submissions/.~lock.formulir.xlsx#",
        "submissions/Thumbs.db",
        "submissions/formulir.csv.part",
        "submissions/unduhan.crdownload",
        "submissions/__MACOSX/formulir.csv",
        "submissions/.tersembunyi/formulir.csv",
        "submissions/desktop.ini",
        "submissions/formulir.csv~",
    ],
)
def test_what_other_programs_leave_behind_is_passed_over(tmp_path, inbox, name):
    (inbox / name).parent.mkdir(parents=True, exist_ok=True)
    (inbox / name).write_bytes(b"not an export")
    pulled = pull_inbox(DiskStorage(inbox), tmp_path / ".kipp")
    assert (len(pulled.raws), pulled.refused) == (4, [])


@pytest.mark.parametrize(
    "name", ["formulir.csv", "scores/Juri 1.csv", "screening/hasil.csv", "lainnya/a.csv"]
)
def test_a_file_in_no_place_of_the_inbox_is_refused_by_name(tmp_path, inbox, name):
    (inbox / name).parent.mkdir(parents=True, exist_ok=True)
    (inbox / name).write_bytes(b"a,b")
    assert pull_inbox(DiskStorage(inbox), tmp_path / ".kipp").refused == [
        RefusedFile(name, "misplaced")
    ]


def test_a_file_over_the_limit_is_refused_and_the_others_are_copied(tmp_path, inbox):
    (inbox / "submissions" / "besar.csv").write_bytes(b"x" * 11)
    pulled = pull_inbox(DiskStorage(inbox), tmp_path / ".kipp", largest=10)
    assert (pulled.refused, len(pulled.raws)) == (
        [RefusedFile("submissions/besar.csv", "over_limit")],
        4,
    )


def test_a_link_that_leads_nowhere_is_no_export(tmp_path, inbox):
    (inbox / "submissions" / "link.csv").symlink_to(tmp_path / "nowhere")
    assert len(pull_inbox(DiskStorage(inbox), tmp_path / ".kipp").raws) == 4


def test_a_file_that_cannot_be_opened_is_refused(tmp_path, inbox, monkeypatch):
    real = DiskStorage.open

    def locked(self, path):
        if path == "submissions/formulir.csv":
            raise PermissionError("another program holds it")
        return real(self, path)

    monkeypatch.setattr(DiskStorage, "open", locked)
    assert pull_inbox(DiskStorage(inbox), tmp_path / ".kipp").refused == [
        RefusedFile("submissions/formulir.csv", "not_opened")
    ]


def test_an_empty_or_absent_inbox_has_nothing(tmp_path):
    assert pull_inbox(DiskStorage(tmp_path / "inbox"), tmp_path / ".kipp").raws == []


def test_an_inbox_behind_a_url_is_copied_alike(tmp_path):
    files = fsspec.filesystem("memory")
    files.store.clear()
    files.pipe_file("/bucket/inbox/submissions/formulir.csv", b"a,b")
    pulled = pull_inbox(RemoteStorage("memory://bucket/inbox"), tmp_path / ".kipp")
    assert [(raw.name, raw.sha256, raw.load()) for raw in pulled.raws] == [
        ("submissions/formulir.csv", _sha(b"a,b"), b"a,b")
    ]


def test_the_rules_the_tables_and_the_logo_are_copied_and_nothing_else_of_the_folder(tmp_path):
    for name in ("competition.toml", "agencies.csv", "judges.xlsx", "catatan.docx", "logo.svg"):
        (tmp_path / name).write_bytes(name.encode())
    assert [
        raw.name for raw in copy_tables(tmp_path, tmp_path / ".kipp", ["logo.svg", "absent.png"])
    ] == [
        "agencies.csv",
        "competition.toml",
        "judges.xlsx",
        "logo.svg",
    ]


def test_of_history_the_counts_and_the_archives_own_history_are_copied(tmp_path):
    for name in (
        "counts.csv",
        "2021/data/published/data/history.csv",
        "2021/data/published/index.html",
    ):
        (tmp_path / "history" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "history" / name).write_bytes(b"year")
    raws, refused = copy_history(DiskStorage(tmp_path / "history"), tmp_path / ".kipp")
    assert ([raw.name for raw in raws], refused) == (
        ["history/2021/data/published/data/history.csv", "history/counts.csv"],
        [],
    )


# Links


def _link(inbox: Path, address: str, name: str = "submissions/jawaban.url") -> Path:
    (inbox / name).parent.mkdir(parents=True, exist_ok=True)
    (inbox / name).write_text(f"[InternetShortcut]\nURL={address}\n")
    return inbox


def _pulled(inbox: Path, **given) -> PulledInbox:
    return pull_inbox(DiskStorage(inbox), inbox.parent / ".kipp", **{"patience": PATIENT, **given})


def _at(monkeypatch: pytest.MonkeyPatch, time: str) -> None:
    monkeypatch.setattr(pulling, "current_time", lambda: time)


FIRST, SECOND = "2022-03-01T18:00:00+00:00", "2022-03-02T18:00:00+00:00"


def test_a_link_brings_the_table_that_it_leads_to(tmp_path, web):
    pulled = _pulled(_link(tmp_path / "inbox", web.gives("/pub?output=csv")))
    [raw] = pulled.raws
    assert (raw.name, raw.sha256, raw.stale, pulled.refused) == (
        "submissions/jawaban.url.csv",
        _sha(CSV),
        None,
        [],
    )
    assert raw.load() == CSV


@pytest.mark.parametrize("place", ["scores/proposal", "screening/administrasi"])
def test_a_link_stands_for_a_table_of_its_own_place(tmp_path, web, place):
    pulled = _pulled(_link(tmp_path / "inbox", web.gives("/a.csv"), f"{place}/nilai.url"))
    assert [raw.name for raw in pulled.of(place)] == [f"{place}/nilai.url.csv"]


def test_what_comes_is_called_what_it_is(tmp_path, web):
    web.gives("/a", b"PK\x03\x04" + b"\0" * 600, "application/octet-stream")
    pulled = _pulled(_link(tmp_path / "inbox", f"{web.url}/a"))
    assert [raw.name for raw in pulled.raws] == ["submissions/jawaban.url.xlsx"]


def test_a_link_is_asked_again_before_it_is_given_up(tmp_path, web):
    pulled = _pulled(_link(tmp_path / "inbox", web.fails("/a.csv", times=2)))
    assert ([raw.sha256 for raw in pulled.raws], len(web.asked)) == ([_sha(CSV)], 3)


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
    pulled = _pulled(tmp_path / "inbox")
    assert (pulled.raws, pulled.refused) == ([], [refused])


def test_a_link_that_gives_nothing_is_refused_by_its_address_without_keys(tmp_path, web):
    pulled = _pulled(_link(tmp_path / "inbox", web.gives("/a.csv?token=rahasia", status=503)))
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
    assert [one.reason for one in _pulled(_link(tmp_path / "inbox", page)).refused] == [
        "source_page"
    ]


@pytest.mark.parametrize(
    "start", [b"<!DOCTYPE html><html>", b"\xef\xbb\xbf\n <!doctype HTML>", b"<html lang=id>"]
)
@pytest.mark.parametrize("kind", ["text/csv", "text/plain", "application/octet-stream"])
def test_a_page_to_sign_in_is_one_whatever_the_server_calls_it(tmp_path, web, start, kind):
    inbox = _link(tmp_path / "inbox", web.gives("/a.csv"))
    _pulled(inbox)
    web.gives("/a.csv", start + b"<body>Masuk</body></html>", kind)
    (raw,) = _pulled(inbox).raws
    assert (raw.load(), raw.stale and raw.stale.cause) == (CSV, "page")


@pytest.mark.parametrize("nothing", [b"", b" \r\n", b"\xef\xbb\xbf"])
def test_an_empty_answer_is_none(tmp_path, web, nothing):
    inbox = _link(tmp_path / "inbox", web.gives("/a.csv", nothing))
    assert [one.reason for one in _pulled(inbox).refused] == ["source_empty"]
    web.gives("/a.csv")
    _pulled(inbox)
    web.gives("/a.csv", nothing)
    (raw,) = _pulled(inbox).raws
    assert (raw.load(), raw.stale and raw.stale.cause) == (CSV, "empty")


def test_a_table_that_a_server_calls_a_web_page_is_a_table(tmp_path, web):
    assert len(_pulled(_link(tmp_path / "inbox", web.gives("/a.csv", CSV, "text/html"))).raws) == 1


def test_a_link_to_too_much_is_refused_and_nothing_is_kept(tmp_path, web):
    pulled = _pulled(_link(tmp_path / "inbox", web.gives("/a.csv", b"x" * 5000)), largest=1000)
    assert [(one.reason, one.params["limit"]) for one in pulled.refused] == [
        ("source_too_large", 1)
    ]
    assert [file.stat().st_size < 1000 for file in (tmp_path / ".kipp" / "raw").iterdir()] == [True]


def test_one_that_hangs_keeps_no_other_waiting(tmp_path, web):
    inbox = tmp_path / "inbox"
    for number in range(4):
        _link(inbox, web.hangs(f"/{number}.csv"), f"submissions/{number}.url")
    _link(inbox, web.gives("/good.csv"))
    started = time.monotonic()
    pulled = pull_inbox(
        DiskStorage(inbox), tmp_path / ".kipp", patience=replace(PATIENT, read=0.9, pauses=())
    )
    assert time.monotonic() - started < 4 * 0.9
    assert ([raw.name for raw in pulled.raws], [one.reason for one in pulled.refused]) == (
        ["submissions/jawaban.url.csv"],
        ["source_timeout"] * 4,
    )


def test_a_link_whose_table_has_the_name_of_a_file_is_refused(tmp_path, web):
    inbox = _link(tmp_path / "inbox", web.gives("/a.csv"))
    (inbox / "submissions" / "jawaban.url.csv").write_bytes(b"own")
    pulled = _pulled(inbox)
    assert [raw.load() for raw in pulled.raws] == [b"own"]
    assert pulled.refused == [
        RefusedFile(
            "submissions/jawaban.url", "source_link_taken", {"taken": "submissions/jawaban.url.csv"}
        )
    ]


def test_the_options_go_with_a_link(tmp_path, web):
    options = {"https": {"127.0.0.1": {"Authorization": "Token t"}}}
    _pulled(_link(tmp_path / "inbox", web.gives("/a.csv")), options=options)
    assert web.asked[0][1]["Authorization"] == "Token t"


# The last good copy


@pytest.mark.parametrize("failure", ["fails", "breaks_off", "hangs"])
def test_of_a_link_that_gives_nothing_any_more_the_last_good_copy_is_taken(
    tmp_path, web, monkeypatch, failure
):
    _at(monkeypatch, FIRST)
    inbox = _link(tmp_path / "inbox", web.gives("/a.csv"))
    _pulled(inbox)
    getattr(web, failure)("/a.csv", *([9] if failure == "fails" else []))
    _at(monkeypatch, SECOND)
    cause = {"fails": "status", "breaks_off": "cut", "hangs": "timeout"}[failure]
    pulled = _pulled(inbox, patience=QUICK if failure == "hangs" else PATIENT)
    assert [(raw.name, raw.sha256, raw.stale) for raw in pulled.raws] == [
        ("submissions/jawaban.url.csv", _sha(CSV), StaleCopy(FIRST, cause, f"{web.url}/a.csv"))
    ]
    assert pulled.refused == []


def test_the_time_of_a_copy_is_that_of_the_last_that_was_good(tmp_path, web, monkeypatch):
    inbox = _link(tmp_path / "inbox", web.gives("/a.csv"))
    for moment, status in (
        (FIRST, 200),
        (SECOND, 200),
        ("2022-03-03T18:00:00+00:00", 500),
        ("later", 500),
    ):
        web.gives("/a.csv", status=status)
        _at(monkeypatch, moment)
        raws = _pulled(inbox).raws
    assert [raw.stale.since for raw in raws] == [SECOND]


def test_once_it_can_be_reached_again_the_copy_is_a_new_one(tmp_path, web):
    inbox = _link(tmp_path / "inbox", web.gives("/a.csv"))
    for status in (200, 500, 200):
        web.gives("/a.csv", CSV + str(status).encode(), status=status)
        raws = _pulled(inbox).raws
    assert [(raw.load(), raw.stale) for raw in raws] == [(CSV + b"200", None)]


def test_the_copy_of_another_address_is_not_taken_for_this_one(tmp_path, web):
    inbox = _link(tmp_path / "inbox", web.gives("/a.csv"))
    _pulled(inbox)
    _link(inbox, f"{web.url}/b.csv")
    pulled = _pulled(inbox)
    assert ([raw.name for raw in pulled.raws], [one.reason for one in pulled.refused]) == (
        [],
        ["source_gone"],
    )


def test_an_inbox_that_cannot_be_reached_is_what_it_was(tmp_path, web, monkeypatch):
    _at(monkeypatch, FIRST)
    inbox = WebStorage(web.gives("/pub?output=csv"), patience=PATIENT)
    pull_inbox(inbox, tmp_path / ".kipp")
    web.gives("/pub?output=csv", b"", status=500)
    pulled = pull_inbox(inbox, tmp_path / ".kipp")
    assert [(raw.name, raw.sha256, raw.stale and raw.stale.since) for raw in pulled.raws] == [
        ("submissions/inbox.csv", _sha(CSV), FIRST)
    ]


def test_an_inbox_that_could_never_be_reached_is_refused(tmp_path, web):
    pulled = pull_inbox(WebStorage(f"{web.url}/pub", patience=PATIENT), tmp_path / ".kipp")
    assert (pulled.raws, pulled.refused) == (
        [],
        [RefusedFile("inbox", "source_gone", {"address": f"{web.url}/pub"})],
    )


# Notes


def test_what_is_all_there_needs_no_notes(tmp_path, inbox):
    assert write_notes(pull_inbox(DiskStorage(inbox), tmp_path / ".kipp"), tmp_path / ".kipp") == []


def test_notes_say_what_was_refused_and_which_copies_are_older_and_why_not(tmp_path, inbox, web):
    _link(inbox, web.gives("/a.csv"))
    _pulled(inbox)
    web.gives("/a.csv", status=500)
    (inbox / "catatan.txt").write_bytes(b"misplaced")
    pulled = _pulled(inbox)
    (notes,) = write_notes(pulled, tmp_path / ".kipp")
    told = json.loads(notes.load())
    assert (notes.name, told["refused"], list(told["older"])) == (
        NOTES_FILE,
        [["catatan.txt", "misplaced", {}]],
        ["submissions/jawaban.url.csv"],
    )
    assert web.url not in notes.load().decode()


def test_an_archive_s_notes_make_of_its_copies_what_was_pulled(tmp_path, inbox):
    kipp = tmp_path / ".kipp"
    pulled = pull_inbox(DiskStorage(inbox), kipp)
    stale = [
        replace(pulled.of("submissions")[0], stale=StaleCopy(FIRST)),
        pulled.of("submissions")[1],
    ]
    told = PulledInbox(
        pulled.places | {"submissions": stale},
        [RefusedFile("scores/x.url", "source_status", {"status": 500})],
    )
    (notes,) = write_notes(told, kipp)
    assert apply_notes(pulled, notes.load()) == told


# Buckets


def _put(there: Storage, **files: bytes) -> None:
    for name, content in files.items():
        there.replace(f"submissions/{name}.csv", content)


def test_an_inbox_in_a_bucket_is_copied_and_stays_as_it_was(tmp_path, bucket):
    inbox = RemoteStorage(f"{bucket}/2022/inbox", patience=PATIENT)
    _put(inbox, a=b"a,b", b=b"c,d")
    pulled = pull_inbox(inbox, tmp_path / ".kipp")
    assert [(raw.name, raw.load(), raw.stale) for raw in pulled.raws] == [
        ("submissions/a.csv", b"a,b", None),
        ("submissions/b.csv", b"c,d", None),
    ]
    assert inbox.files() == ["submissions/a.csv", "submissions/b.csv"]


def test_folders_that_a_console_made_are_no_files_and_keys_that_lead_astray_are_not_read(
    tmp_path, bucket
):
    keys = ("", *(f"submissions/{key}" for key in ("", "/b.csv", "./c.csv", "../d.csv", "a.csv")))
    files = s3fs.S3FileSystem()
    for key in keys:
        files.call_s3(
            "put_object", Bucket="kipp", Key=f"in/{key}", Body=b"" if key.endswith("/") else CSV
        )
    pulled = pull_inbox(RemoteStorage(f"{bucket}/in", patience=PATIENT), tmp_path / ".kipp")
    assert [raw.name for raw in pulled.raws] == ["submissions/a.csv"]
    assert pulled.refused == [
        RefusedFile(name, "misplaced") for name in ("submissions/./c.csv", "submissions//b.csv")
    ]


def test_more_files_than_a_bucket_lists_at_once_are_all_there(bucket):
    names = [f"submissions/{number:04d}.csv" for number in range(1005)]
    s3fs.S3FileSystem().pipe({f"kipp/in/{name}": b"x" for name in names})
    assert RemoteStorage(f"{bucket}/in", patience=PATIENT).files() == names


def test_an_empty_inbox_in_a_bucket_has_nothing(tmp_path, bucket):
    pulled = pull_inbox(RemoteStorage(f"{bucket}/2022/inbox", patience=PATIENT), tmp_path / ".kipp")
    assert (pulled.raws, pulled.refused) == ([], [])


def test_a_bucket_that_is_not_there_is_told(tmp_path, bucket):
    pulled = pull_inbox(
        RemoteStorage("s3://salah-ketik/inbox", patience=PATIENT), tmp_path / ".kipp"
    )
    assert pulled.refused == [
        RefusedFile("inbox", "source_gone", {"address": "s3://salah-ketik/inbox"})
    ]


def test_of_a_bucket_that_is_down_the_last_good_copies_are_taken(tmp_path, bucket, monkeypatch):
    _at(monkeypatch, FIRST)
    inbox = RemoteStorage(f"{bucket}/inbox", patience=PATIENT)
    _put(inbox, a=b"a,b", b=b"c,d")
    pull_inbox(inbox, tmp_path / ".kipp")
    down = replace(inbox, options={"s3": {"endpoint_url": "http://127.0.0.1:9"}})
    _at(monkeypatch, SECOND)
    pulled = pull_inbox(down, tmp_path / ".kipp")
    assert [(raw.name, raw.load(), raw.stale) for raw in pulled.raws] == [
        ("submissions/a.csv", b"a,b", StaleCopy(FIRST, "connect", f"{bucket}/inbox")),
        ("submissions/b.csv", b"c,d", StaleCopy(FIRST, "connect", f"{bucket}/inbox")),
    ]
    assert (
        last_good.LastGoodCopies(tmp_path / ".kipp")
        .of(f"inbox {bucket}/inbox")["submissions/a.csv"]
        .at
        == FIRST
    )


def test_what_was_taken_out_of_a_bucket_is_gone(tmp_path, bucket):
    inbox = RemoteStorage(f"{bucket}/inbox", patience=PATIENT)
    _put(inbox, a=b"a,b", b=b"c,d")
    pull_inbox(inbox, tmp_path / ".kipp")
    inbox.remove("submissions/b.csv")
    assert [raw.name for raw in pull_inbox(inbox, tmp_path / ".kipp").raws] == ["submissions/a.csv"]


def test_of_one_file_that_fails_the_last_good_copy_is_taken_and_of_the_others_the_new(
    tmp_path, bucket, monkeypatch
):
    _at(monkeypatch, FIRST)
    inbox = RemoteStorage(f"{bucket}/inbox", patience=PATIENT)
    _put(inbox, a=b"old", b=b"old")
    pull_inbox(inbox, tmp_path / ".kipp")
    _put(inbox, a=b"new", b=b"new")
    real = RemoteStorage.open

    def flaky(self, path):
        if path == "submissions/a.csv":
            raise ConnectionResetError
        return real(self, path)

    monkeypatch.setattr(RemoteStorage, "open", flaky)
    _at(monkeypatch, SECOND)
    pulled = pull_inbox(inbox, tmp_path / ".kipp")
    assert [(raw.load(), raw.stale and raw.stale.since) for raw in pulled.raws] == [
        (b"old", FIRST),
        (b"new", None),
    ]


def test_a_file_of_a_bucket_that_is_too_large_is_refused(tmp_path, bucket):
    inbox = RemoteStorage(f"{bucket}/inbox", patience=PATIENT)
    _put(inbox, a=b"x" * 2000, b=b"c,d")
    pulled = pull_inbox(inbox, tmp_path / ".kipp", largest=1000)
    assert ([raw.name for raw in pulled.raws], [one.reason for one in pulled.refused]) == (
        ["submissions/b.csv"],
        ["source_too_large"],
    )


def test_a_link_in_a_bucket_is_followed(tmp_path, bucket, web):
    inbox = RemoteStorage(f"{bucket}/inbox", patience=PATIENT)
    inbox.replace("submissions/jawaban.url", web.gives("/a.csv").encode())
    assert [(raw.name, raw.load()) for raw in pull_inbox(inbox, tmp_path / ".kipp").raws] == [
        ("submissions/jawaban.url.csv", CSV)
    ]


def test_a_history_that_cannot_be_reached_is_what_it_was(tmp_path, bucket, monkeypatch):
    _at(monkeypatch, FIRST)
    there = RemoteStorage(f"{bucket}/history", patience=PATIENT)
    there.replace("counts.csv", b"year")
    there.replace("catatan.txt", b"no")
    copy_history(there, tmp_path / ".kipp")
    down = replace(there, options={"s3": {"endpoint_url": "http://127.0.0.1:9"}})
    raws, refused = copy_history(down, tmp_path / ".kipp")
    assert [(raw.name, raw.stale.since) for raw in raws] == [("history/counts.csv", FIRST)]
    assert refused == []
    other = replace(down, url=f"{bucket}/elsewhere")
    assert copy_history(other, tmp_path / ".kipp") == (
        [],
        [RefusedFile("history", "source_connect", {"address": f"{bucket}/elsewhere"})],
    )


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"rekap\xff\xfe.csv", "rekap\\xff\\xfe.csv"),
        (b"dua\nbaris.csv", "dua\\u000abaris.csv"),
        ("rekap\u202evsc.csv".encode(), "rekap\\u202evsc.csv"),
        ("Jawaban é 🎉.csv".encode(), "Jawaban é 🎉.csv"),
    ],
)
def test_a_file_of_any_name_is_copied_and_its_name_can_be_shown(tmp_path, name, shown):
    inbox = tmp_path / "inbox" / "submissions"
    inbox.mkdir(parents=True)
    with open(bytes(inbox) + b"/" + name, "wb") as file:  # noqa: PTH123  # a Path takes no bytes
        file.write(b"Judul\nAntrean\n")
    [raw] = pull_inbox(DiskStorage(tmp_path / "inbox"), tmp_path / ".kipp").of("submissions")
    assert (raw.name, raw.load()) == (f"submissions/{shown}", b"Judul\nAntrean\n")
    assert raw.name.encode().decode() == raw.name


def test_what_is_no_file_is_said_and_never_waited_for(tmp_path):
    inbox = tmp_path / "inbox" / "submissions"
    inbox.mkdir(parents=True)
    (inbox / "ekspor.csv").write_text("Judul\nAntrean\n")
    (inbox / "ke mana.csv").symlink_to(tmp_path / "tidak ada.csv")
    (inbox / "putar").symlink_to(inbox, target_is_directory=True)
    (inbox / "sama.csv").symlink_to(inbox / "ekspor.csv")
    os.mkfifo(inbox / "pipa.csv")
    pulled = pull_inbox(DiskStorage(tmp_path / "inbox"), tmp_path / ".kipp")
    assert [raw.name for raw in pulled.raws] == ["submissions/ekspor.csv", "submissions/sama.csv"]
    assert [(one.name, one.reason) for one in pulled.refused] == [
        (f"submissions/{name}", "not_opened") for name in ("ke mana.csv", "pipa.csv", "putar")
    ]
