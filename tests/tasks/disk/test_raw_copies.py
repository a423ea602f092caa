"""Copies of files under their SHA-256, and the last good ones where a source is away."""

import os
from dataclasses import replace

import pytest

from tasks.disk import last_good
from tasks.disk.inbox import pull_inbox
from tasks.disk.raw_copies import RefusedFile
from tasks.disk.storage import DiskStorage, RemoteStorage
from tasks.disk.web import WebStorage
from tasks.intake.raw import StaleCopy
from tests.loopback import CSV, PATIENT
from tests.tasks.disk.pulling import (
    FIRST,
    SECOND,
    put_exports,
    set_time,
    sha256_of,
)


def test_what_was_copied_before_is_not_copied_again(tmp_path, inbox):
    kipp = tmp_path / ".kipp"
    copy = pull_inbox(DiskStorage(inbox), kipp).copies_at("submissions")[0]
    inode = (kipp / "raw" / copy.sha256).stat().st_ino
    again = pull_inbox(DiskStorage(inbox), kipp).copies_at("submissions")[0]
    assert again == copy
    assert (kipp / "raw" / again.sha256).stat().st_ino == inode


def test_a_file_over_the_limit_is_refused_and_the_others_are_copied(tmp_path, inbox):
    (inbox / "submissions" / "besar.csv").write_bytes(b"x" * 11)
    pulled = pull_inbox(DiskStorage(inbox), tmp_path / ".kipp", largest=10)
    assert (pulled.refused, len(pulled.raws)) == (
        [RefusedFile("submissions/besar.csv", "over_limit")],
        4,
    )


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
    assert [(file.name, file.reason) for file in pulled.refused] == [
        (f"submissions/{name}", "not_opened") for name in ("ke mana.csv", "pipa.csv", "putar")
    ]


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
    [raw] = pull_inbox(DiskStorage(tmp_path / "inbox"), tmp_path / ".kipp").copies_at("submissions")
    assert (raw.name, raw.load()) == (f"submissions/{shown}", b"Judul\nAntrean\n")
    assert raw.name.encode().decode() == raw.name


def test_of_a_bucket_that_is_down_the_last_good_copies_are_taken(tmp_path, bucket, monkeypatch):
    set_time(monkeypatch, FIRST)
    inbox = RemoteStorage(f"{bucket}/inbox", patience=PATIENT)
    put_exports(inbox, a=b"a,b", b=b"c,d")
    pull_inbox(inbox, tmp_path / ".kipp")
    down = replace(inbox, options={"s3": {"endpoint_url": "http://127.0.0.1:9"}})
    set_time(monkeypatch, SECOND)
    pulled = pull_inbox(down, tmp_path / ".kipp")
    assert [(raw.name, raw.load(), raw.stale) for raw in pulled.raws] == [
        ("submissions/a.csv", b"a,b", StaleCopy(FIRST, "connect", f"{bucket}/inbox")),
        ("submissions/b.csv", b"c,d", StaleCopy(FIRST, "connect", f"{bucket}/inbox")),
    ]
    assert (
        last_good.LastGoodCopies(tmp_path / ".kipp")
        .copies_from(f"inbox {bucket}/inbox")["submissions/a.csv"]
        .at
        == FIRST
    )


def test_what_was_taken_out_of_a_bucket_is_gone(tmp_path, bucket):
    inbox = RemoteStorage(f"{bucket}/inbox", patience=PATIENT)
    put_exports(inbox, a=b"a,b", b=b"c,d")
    pull_inbox(inbox, tmp_path / ".kipp")
    inbox.remove("submissions/b.csv")
    assert [raw.name for raw in pull_inbox(inbox, tmp_path / ".kipp").raws] == ["submissions/a.csv"]


def test_of_one_file_that_fails_the_last_good_copy_is_taken_and_of_the_others_the_new(
    tmp_path, bucket, monkeypatch
):
    set_time(monkeypatch, FIRST)
    inbox = RemoteStorage(f"{bucket}/inbox", patience=PATIENT)
    put_exports(inbox, a=b"old", b=b"old")
    pull_inbox(inbox, tmp_path / ".kipp")
    put_exports(inbox, a=b"new", b=b"new")
    real = RemoteStorage.open

    def flaky(self, path):
        if path == "submissions/a.csv":
            raise ConnectionResetError
        return real(self, path)

    monkeypatch.setattr(RemoteStorage, "open", flaky)
    set_time(monkeypatch, SECOND)
    pulled = pull_inbox(inbox, tmp_path / ".kipp")
    assert [(raw.load(), raw.stale and raw.stale.since) for raw in pulled.raws] == [
        (b"old", FIRST),
        (b"new", None),
    ]


def test_a_file_of_a_bucket_that_is_too_large_is_refused(tmp_path, bucket):
    inbox = RemoteStorage(f"{bucket}/inbox", patience=PATIENT)
    put_exports(inbox, a=b"x" * 2000, b=b"c,d")
    pulled = pull_inbox(inbox, tmp_path / ".kipp", largest=1000)
    assert ([raw.name for raw in pulled.raws], [file.reason for file in pulled.refused]) == (
        ["submissions/b.csv"],
        ["source_too_large"],
    )


def test_a_bucket_that_is_not_there_is_told(tmp_path, bucket):
    pulled = pull_inbox(
        RemoteStorage("s3://salah-ketik/inbox", patience=PATIENT), tmp_path / ".kipp"
    )
    assert pulled.refused == [
        RefusedFile("inbox", "source_gone", {"address": "s3://salah-ketik/inbox"})
    ]


def test_an_inbox_that_cannot_be_reached_is_what_it_was(tmp_path, web, monkeypatch):
    set_time(monkeypatch, FIRST)
    inbox = WebStorage(web.gives("/pub?output=csv"), patience=PATIENT)
    pull_inbox(inbox, tmp_path / ".kipp")
    web.gives("/pub?output=csv", b"", status=500)
    pulled = pull_inbox(inbox, tmp_path / ".kipp")
    assert [(raw.name, raw.sha256, raw.stale and raw.stale.since) for raw in pulled.raws] == [
        ("submissions/inbox.csv", sha256_of(CSV), FIRST)
    ]


def test_an_inbox_that_could_never_be_reached_is_refused(tmp_path, web):
    pulled = pull_inbox(WebStorage(f"{web.url}/pub", patience=PATIENT), tmp_path / ".kipp")
    assert (pulled.raws, pulled.refused) == (
        [],
        [RefusedFile("inbox", "source_gone", {"address": f"{web.url}/pub"})],
    )
