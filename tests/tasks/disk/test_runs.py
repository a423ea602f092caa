from datetime import UTC, datetime
from pathlib import Path

import fsspec
import pytest

from tasks.disk.manifest import Manifest, manifest_bytes
from tasks.disk.runs import PublishedFolder
from tasks.disk.storage import DiskStorage, RemoteStorage, read_file
from tasks.disk.time_limits import Unreachable
from tests.loopback import PATIENT

FIRST, SECOND = "20220515T235959-0123abcd", "20220516T010000-4567cdef"


def _manifest(run: str) -> str:
    """The manifest of a run of nothing."""
    manifest = Manifest(
        run=run,
        as_of=datetime(2022, 5, 15, 23, 59, 59, tzinfo=UTC),
        accept_vanished=False,
        key="0123",
        states={},
        program="4567",
        versions={},
        counts={},
        documents=0,
        inputs=(),
        outputs=(),
    )
    return manifest_bytes(manifest).decode()


@pytest.fixture
def published(tmp_path) -> PublishedFolder:
    return PublishedFolder(DiskStorage(tmp_path / "published"))


@pytest.fixture
def kipp(tmp_path) -> Path:
    return tmp_path / ".kipp"


def _publish(published: PublishedFolder, kipp: Path, name: str, **files: str) -> None:
    with published.staged(kipp) as staged:
        for file, content in ({"manifest.json": _manifest(name)} | files).items():
            (staged / file).parent.mkdir(parents=True, exist_ok=True)
            (staged / file).write_text(content)
        published.commit(staged, name)


def _tree(folder: Path) -> dict[str, str]:
    return {
        file.relative_to(folder).as_posix(): file.read_text()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_before_the_first_run_there_is_none(published):
    assert (
        published.current(),
        published.manifest(),
        published.read("manifest.json"),
        published.checked(),
    ) == (None,) * 4


def test_a_committed_run_is_the_current_one(published, kipp):
    _publish(published, kipp, FIRST, **{"index.html": "first"})
    manifest = published.manifest()
    assert (published.current(), manifest and manifest.run, published.read("index.html")) == (
        FIRST,
        FIRST,
        b"first",
    )
    assert (published.storage.root / "current").readlink() == Path("runs") / FIRST


def test_the_next_run_stands_beside_the_one_before(published, kipp):
    _publish(published, kipp, FIRST, **{"index.html": "first"})
    _publish(published, kipp, SECOND, **{"index.html": "second"})
    assert published.current() == SECOND
    assert _tree(published.storage.root / "runs" / FIRST)["index.html"] == "first"
    assert sorted(path.name for path in published.storage.root.iterdir()) == ["current", "runs"]


def test_a_run_that_dies_while_it_is_staged_leaves_what_is_published(published, kipp):
    _publish(published, kipp, FIRST)
    with pytest.raises(KeyboardInterrupt), published.staged(kipp) as staged:
        (staged / "index.html").write_text("half")
        raise KeyboardInterrupt
    assert (published.current(), _names(published.storage.root / "runs")) == (FIRST, [FIRST])


def test_a_run_that_dies_before_the_switch_leaves_what_is_published(published, kipp, monkeypatch):
    _publish(published, kipp, FIRST)
    monkeypatch.setattr(
        PublishedFolder, "_switch", lambda self, name: (_ for _ in ()).throw(OSError("power cut"))
    )
    with pytest.raises(OSError, match="power cut"):
        _publish(published, kipp, SECOND)
    assert published.read("manifest.json") == _manifest(FIRST).encode()


def test_what_a_killed_run_left_is_cleared_by_the_next(published, kipp):
    left = published.storage.root / "runs" / ".staged-killed"
    left.mkdir(parents=True)
    (left / "index.html").write_text("half")
    (published.storage.root / ".checked.part").write_text("half")
    _publish(published, kipp, FIRST)
    assert _names(published.storage.root) == ["current", "runs"]
    assert _names(published.storage.root / "runs") == [FIRST]


def test_a_run_of_the_same_name_mends_what_was_damaged_and_keeps_what_was_not(published, kipp):
    _publish(published, kipp, FIRST, **{"index.html": "page", "data/marks.csv": "marks"})
    run = published.storage.root / "runs" / FIRST
    kept = (run / "data" / "marks.csv").stat().st_ino
    (run / "index.html").write_text("tampered")
    (run / "stray.html").write_text("stray")
    _publish(published, kipp, FIRST, **{"index.html": "page", "data/marks.csv": "marks"})
    assert _tree(run) == {
        "data/marks.csv": "marks",
        "index.html": "page",
        "manifest.json": _manifest(FIRST),
    }
    assert (run / "data" / "marks.csv").stat().st_ino == kept


def test_where_a_disk_has_no_links_a_file_names_the_run(published, kipp, monkeypatch):
    def refuse(*_, **__):
        raise OSError("no links here")

    monkeypatch.setattr(Path, "symlink_to", refuse)
    _publish(published, kipp, FIRST)
    assert (published.current(), (published.storage.root / "current.json").read_text()) == (
        FIRST,
        f'{{"run": "{FIRST}"}}\n',
    )


def test_behind_a_url_the_files_come_first_and_a_file_names_the_run(kipp):
    files = fsspec.filesystem("memory")
    files.store.clear()
    published = PublishedFolder(RemoteStorage("memory://bucket/published"))
    _publish(published, kipp, FIRST, **{"phases/proposal/report.html": "page"})
    assert published.storage.files() == [
        "current.json",
        f"runs/{FIRST}/manifest.json",
        f"runs/{FIRST}/phases/proposal/report.html",
    ]
    assert (published.current(), published.read("phases/proposal/report.html")) == (FIRST, b"page")


def test_in_a_bucket_a_run_is_published_and_the_next_one_after_it(kipp, bucket):
    published = PublishedFolder(RemoteStorage(f"{bucket}/published", patience=PATIENT))
    assert (published.current(), published.manifest(), published.checked()) == (None, None, None)
    _publish(published, kipp, FIRST, **{"index.html": "first", "data/marks.csv": "marks"})
    _publish(published, kipp, SECOND, **{"index.html": "second"})
    assert (
        published.current(),
        published.read("index.html"),
        published.storage.folders("runs"),
    ) == (
        SECOND,
        b"second",
        [FIRST, SECOND],
    )
    assert read_file(published.storage, "current.json") == f'{{"run": "{SECOND}"}}\n'.encode()


@pytest.mark.parametrize("dies_at", ["index.html", "manifest.json", "current.json"])
def test_in_a_bucket_a_run_that_dies_leaves_what_is_published(kipp, bucket, monkeypatch, dies_at):
    published = PublishedFolder(RemoteStorage(f"{bucket}/published", patience=PATIENT))
    _publish(published, kipp, FIRST, **{"index.html": "first"})
    real = RemoteStorage.replace

    def dying(self, path, content):
        if path.endswith(dies_at):
            raise Unreachable("connect", self.url)
        real(self, path, content)

    monkeypatch.setattr(RemoteStorage, "replace", dying)
    with pytest.raises(Unreachable):
        _publish(published, kipp, SECOND, **{"index.html": "second"})
    assert (published.current(), published.read("index.html")) == (FIRST, b"first")


def test_in_a_bucket_the_manifest_comes_last_before_the_switch(kipp, bucket, monkeypatch):
    put = []
    real = RemoteStorage.replace
    monkeypatch.setattr(
        RemoteStorage,
        "replace",
        lambda self, path, content: (put.append(path), real(self, path, content)),
    )
    published = PublishedFolder(RemoteStorage(f"{bucket}/published", patience=PATIENT))
    _publish(published, kipp, FIRST, **{"validation/index.html": "page", "a.html": "page"})
    assert put[-2:] == [f"runs/{FIRST}/manifest.json", "current.json"]
    assert sorted(put[:-2]) == [f"runs/{FIRST}/a.html", f"runs/{FIRST}/validation/index.html"]


@pytest.mark.parametrize("target", ["runs/../../secret", "runs/later", "/etc"])
def test_a_link_to_no_run_is_not_followed(published, target):
    published.storage.root.mkdir(parents=True)
    (published.storage.root / "current").symlink_to(target)
    assert published.current() is None
