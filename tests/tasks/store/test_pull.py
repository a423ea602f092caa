import hashlib

import fsspec
import pytest

from tasks.intake.raw import Raw
from tasks.store.places import Disk, Remote
from tasks.store.pull import Refused, history, pull, tables


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
    pulled = pull(Disk(inbox), kipp)
    assert {where: [raw.name for raw in raws] for where, raws in pulled.places.items()} == {
        "scores/proposal": ["scores/proposal/Juri 1.csv"],
        "screening/administrasi": ["screening/administrasi/hasil.csv"],
        "submissions": ["submissions/cabang/formulir.xlsx", "submissions/formulir.csv"],
    }
    assert pulled.of("submissions")[1] == Raw("submissions/formulir.csv", kipp / "raw" / _sha(b"a,b"), _sha(b"a,b"))
    assert sorted(file.name for file in (kipp / "raw").iterdir()) == sorted(map(_sha, [b"a,b", b"PK", b"1", b"ya"]))


def test_the_inbox_stays_as_it_was(tmp_path, inbox):
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in inbox.rglob("*") if path.is_file()}
    pull(Disk(inbox), tmp_path / ".kipp")
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in inbox.rglob("*") if path.is_file()} == before


def test_what_was_copied_before_is_not_copied_again(tmp_path, inbox):
    copy = pull(Disk(inbox), tmp_path / ".kipp").of("submissions")[0].path
    inode = copy.stat().st_ino
    assert pull(Disk(inbox), tmp_path / ".kipp").of("submissions")[0].path.stat().st_ino == inode


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
    pulled = pull(Disk(inbox), tmp_path / ".kipp")
    assert (len(pulled.raws), pulled.refused) == (4, [])


@pytest.mark.parametrize("name", ["formulir.csv", "scores/Juri 1.csv", "screening/hasil.csv", "lainnya/a.csv"])
def test_a_file_in_no_place_of_the_inbox_is_refused_by_name(tmp_path, inbox, name):
    (inbox / name).parent.mkdir(parents=True, exist_ok=True)
    (inbox / name).write_bytes(b"a,b")
    assert pull(Disk(inbox), tmp_path / ".kipp").refused == [Refused(name, "misplaced")]


def test_a_file_over_the_limit_is_refused_and_the_others_are_copied(tmp_path, inbox):
    (inbox / "submissions" / "besar.csv").write_bytes(b"x" * 11)
    pulled = pull(Disk(inbox), tmp_path / ".kipp", largest=10)
    assert (pulled.refused, len(pulled.raws)) == ([Refused("submissions/besar.csv", "over_limit")], 4)


def test_a_link_that_leads_nowhere_is_no_export(tmp_path, inbox):
    (inbox / "submissions" / "link.csv").symlink_to(tmp_path / "nowhere")
    assert len(pull(Disk(inbox), tmp_path / ".kipp").raws) == 4


def test_a_file_that_cannot_be_opened_is_refused(tmp_path, inbox, monkeypatch):
    real = Disk.open

    def locked(self, path):
        if path == "submissions/formulir.csv":
            raise PermissionError("another program holds it")
        return real(self, path)

    monkeypatch.setattr(Disk, "open", locked)
    assert pull(Disk(inbox), tmp_path / ".kipp").refused == [Refused("submissions/formulir.csv", "not_opened")]


def test_an_empty_or_absent_inbox_has_nothing(tmp_path):
    assert pull(Disk(tmp_path / "inbox"), tmp_path / ".kipp").raws == []


def test_an_inbox_behind_a_url_is_copied_alike(tmp_path):
    files = fsspec.filesystem("memory")
    files.store.clear()
    files.pipe_file("/bucket/inbox/submissions/formulir.csv", b"a,b")
    pulled = pull(Remote("memory://bucket/inbox"), tmp_path / ".kipp")
    assert [(raw.name, raw.sha256, raw.path.read_bytes()) for raw in pulled.raws] == [
        ("submissions/formulir.csv", _sha(b"a,b"), b"a,b")
    ]


def test_the_rules_the_tables_and_the_logo_are_copied_and_nothing_else_of_the_folder(tmp_path):
    for name in ("competition.toml", "agencies.csv", "judges.xlsx", "catatan.docx", "logo.svg"):
        (tmp_path / name).write_bytes(name.encode())
    assert [raw.name for raw in tables(tmp_path, tmp_path / ".kipp", ["logo.svg", "absent.png"])] == [
        "agencies.csv",
        "competition.toml",
        "judges.xlsx",
        "logo.svg",
    ]


def test_of_history_the_counts_and_the_archives_own_history_are_copied(tmp_path):
    for name in ("counts.csv", "2021/data/published/data/history.csv", "2021/data/published/index.html"):
        (tmp_path / "history" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "history" / name).write_bytes(b"year")
    raws, refused = history(Disk(tmp_path / "history"), tmp_path / ".kipp")
    assert ([raw.name for raw in raws], refused) == (
        ["history/2021/data/published/data/history.csv", "history/counts.csv"],
        [],
    )
