"""The inbox, copied: places, files that are passed over or refused, and the notes on them."""

import json
from dataclasses import replace

import fsspec
import pytest
import s3fs

from tasks.disk.inbox import NOTES_FILE, PulledInbox, apply_notes, pull_inbox, write_notes
from tasks.disk.raw_copies import RefusedFile
from tasks.disk.storage import DiskStorage, RemoteStorage
from tasks.intake.raw import StaleCopy
from tests.loopback import CSV, PATIENT
from tests.tasks.disk.pulling import FIRST, pull_folder, put_exports, sha256_of, write_link


def test_every_export_is_copied_under_its_hash_and_stands_by_its_place(tmp_path, inbox):
    kipp = tmp_path / ".kipp"
    pulled = pull_inbox(DiskStorage(inbox), kipp)
    assert {where: [raw.name for raw in raws] for where, raws in pulled.places.items()} == {
        "scores/proposal": ["scores/proposal/Juri 1.csv"],
        "screening/administrasi": ["screening/administrasi/hasil.csv"],
        "submissions": ["submissions/cabang/formulir.xlsx", "submissions/formulir.csv"],
    }
    copy = pulled.copies_at("submissions")[1]
    assert (copy.name, copy.sha256, copy.size, copy.load()) == (
        "submissions/formulir.csv",
        sha256_of(b"a,b"),
        3,
        b"a,b",
    )
    assert sorted(file.name for file in (kipp / "raw").iterdir()) == sorted(
        map(sha256_of, [b"a,b", b"PK", b"1", b"ya"])
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


def test_a_link_that_leads_nowhere_is_no_export(tmp_path, inbox):
    (inbox / "submissions" / "link.csv").symlink_to(tmp_path / "nowhere")
    assert len(pull_inbox(DiskStorage(inbox), tmp_path / ".kipp").raws) == 4


def test_an_empty_or_absent_inbox_has_nothing(tmp_path):
    assert pull_inbox(DiskStorage(tmp_path / "inbox"), tmp_path / ".kipp").raws == []


def test_an_inbox_behind_a_url_is_copied_alike(tmp_path):
    files = fsspec.filesystem("memory")
    files.store.clear()
    files.pipe_file("/bucket/inbox/submissions/formulir.csv", b"a,b")
    pulled = pull_inbox(RemoteStorage("memory://bucket/inbox"), tmp_path / ".kipp")
    assert [(raw.name, raw.sha256, raw.load()) for raw in pulled.raws] == [
        ("submissions/formulir.csv", sha256_of(b"a,b"), b"a,b")
    ]


def test_what_is_all_there_needs_no_notes(tmp_path, inbox):
    assert write_notes(pull_inbox(DiskStorage(inbox), tmp_path / ".kipp"), tmp_path / ".kipp") == []


def test_notes_say_what_was_refused_and_which_copies_are_older_and_why_not(tmp_path, inbox, web):
    write_link(inbox, web.gives("/a.csv"))
    pull_folder(inbox)
    web.gives("/a.csv", status=500)
    (inbox / "catatan.txt").write_bytes(b"misplaced")
    pulled = pull_folder(inbox)
    (notes,) = write_notes(pulled, tmp_path / ".kipp")
    values = json.loads(notes.load())
    assert (notes.name, values["refused"], list(values["older"])) == (
        NOTES_FILE,
        [["catatan.txt", "misplaced", {}]],
        ["submissions/jawaban.url.csv"],
    )
    assert web.url not in notes.load().decode()


def test_an_archive_s_notes_make_of_its_copies_what_was_pulled(tmp_path, inbox):
    kipp = tmp_path / ".kipp"
    pulled = pull_inbox(DiskStorage(inbox), kipp)
    stale = [
        replace(pulled.copies_at("submissions")[0], stale=StaleCopy(FIRST)),
        pulled.copies_at("submissions")[1],
    ]
    noted = PulledInbox(
        pulled.places | {"submissions": stale},
        [RefusedFile("scores/x.url", "source_status", {"status": 500})],
    )
    (notes,) = write_notes(noted, kipp)
    assert apply_notes(pulled, notes.load()) == noted


def test_an_inbox_in_a_bucket_is_copied_and_stays_as_it_was(tmp_path, bucket):
    inbox = RemoteStorage(f"{bucket}/2022/inbox", patience=PATIENT)
    put_exports(inbox, a=b"a,b", b=b"c,d")
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


def test_an_empty_inbox_in_a_bucket_has_nothing(tmp_path, bucket):
    pulled = pull_inbox(RemoteStorage(f"{bucket}/2022/inbox", patience=PATIENT), tmp_path / ".kipp")
    assert (pulled.raws, pulled.refused) == ([], [])
