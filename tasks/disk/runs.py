"""The runs that are published. A run is made whole in another folder; one step switches to it.

On a disk `current` is a symbolic link that is replaced; elsewhere, and where a disk has no links,
current.json names the run. A run that dies at any moment leaves what is published as it was; the
next run clears what a dead one left.
"""

import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tasks.disk.cache import are_equal_files
from tasks.disk.manifest import MANIFEST_FILE, Manifest, parse_manifest
from tasks.disk.storage import DiskStorage, Storage, flush_folder, read_file
from tasks.disk.time_limits import Unreachable

_FILES_AT_ONCE = 8  # files that are put behind a URL at a time
_STAGED_PREFIX = ".staged-"
_TRIAL_FILE = ".try-writing"
_RUN_NAME = re.compile(r"\d{8}T\d{6}-[0-9a-f]{8}")


@dataclass(frozen=True)
class PublishedFolder:
    """The folder published/ of a competition, wherever it is."""

    storage: Storage

    def current(self) -> str | None:
        """The name of the published run, or None before the first."""
        if isinstance(self.storage, DiskStorage):
            link = self.storage.root / "current"
            if link.is_symlink():
                return _valid_run_name(link.readlink().name)
        if self.storage.exists("current.json"):
            return _valid_run_name(str(json.loads(read_file(self.storage, "current.json"))["run"]))
        return None

    def manifest(self) -> Manifest | None:
        """What the published run says of itself, or None before the first."""
        name = self.current()
        return self.run_manifest(name) if name else None

    def run_manifest(self, run: str) -> Manifest | None:
        """What a run of this name says of itself; None where there is none, or it is not whole."""
        path = f"runs/{run}/{MANIFEST_FILE}"
        return parse_manifest(read_file(self.storage, path)) if self.storage.exists(path) else None

    def read(self, path: str) -> bytes | None:
        """A file of the published run, or None where there is none."""
        name = self.current()
        if name is None:
            return None
        whole_path = f"runs/{name}/{path}"
        return read_file(self.storage, whole_path) if self.storage.exists(whole_path) else None

    def data_files(self, manifest: Manifest) -> dict[str, bytes]:
        """The files of data/ of a run, by their name in data/."""
        paths = [file.path for file in manifest.outputs if file.path.startswith("data/")]
        run = f"runs/{manifest.run}"
        return {
            path.removeprefix("data/"): read_file(self.storage, f"{run}/{path}") for path in paths
        }

    def checked(self) -> dict[str, Any] | None:
        """checked.json as the last run or check left it."""
        if not self.storage.exists("checked.json"):
            return None
        checked: dict[str, Any] = json.loads(read_file(self.storage, "checked.json"))
        return checked

    def try_writing(self) -> None:
        """Writes a file and takes it away again, before hours of work that could not be published.

        A trial file that cannot be taken away stays, and is hidden. Raises OSError and Unreachable
        where nothing can be written.
        """
        self.storage.replace(_TRIAL_FILE, b"")
        with suppress(OSError, Unreachable):
            self.storage.remove(_TRIAL_FILE)

    @contextmanager
    def staged(self, kipp: Path) -> Iterator[Path]:
        """An empty folder to make a run in, on the same disk where that can be. Gone afterwards,
        unless committed.
        """
        self.clear(kipp)
        parent = kipp / "staged"
        if isinstance(self.storage, DiskStorage):
            parent = self.storage.root / "runs"
        parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=_STAGED_PREFIX, dir=parent))
        folder.chmod(0o755)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def clear(self, kipp: Path) -> None:
        """Takes away the files that runs which died have left."""
        _remove_staged(kipp / "staged")
        if isinstance(self.storage, DiskStorage):
            _remove_staged(self.storage.root / "runs")
            for file in self.storage.root.glob(".*.part"):
                file.unlink(missing_ok=True)

    def commit(self, staged: Path, name: str) -> None:
        """Publishes the staged folder as the run of this name: first all of it, then the switch."""
        if isinstance(self.storage, DiskStorage):
            _flush_files(staged)
            _move_run(staged, self.storage.root / "runs" / name)
        else:
            self._carry(staged, name)
        self._switch(name)

    def _carry(self, staged: Path, name: str) -> None:
        """Puts the files behind the URL, several at a time, and the manifest last: a run without
        one is not whole.
        """
        manifest = staged / MANIFEST_FILE
        paths = _file_paths(staged) - {Path(MANIFEST_FILE)}
        files = sorted(staged / path for path in paths)

        def put(file: Path) -> None:
            path = f"runs/{name}/{file.relative_to(staged).as_posix()}"
            self.storage.replace(path, file.read_bytes())

        with ThreadPoolExecutor(_FILES_AT_ONCE) as pool:
            for _ in pool.map(put, files):
                pass
        if manifest.is_file():
            put(manifest)

    def _switch(self, name: str) -> None:
        if isinstance(self.storage, DiskStorage) and _link_current(self.storage.root, name):
            self.storage.remove("current.json")
        else:
            content = json.dumps({"run": name}) + "\n"
            self.storage.replace("current.json", content.encode())


def _valid_run_name(name: str) -> str | None:
    return name if _RUN_NAME.fullmatch(name) else None


def _remove_staged(folder: Path) -> None:
    for staged in folder.glob(f"{_STAGED_PREFIX}*"):
        shutil.rmtree(staged, ignore_errors=True)


def _move_run(staged: Path, target: Path) -> None:
    """Puts the staged folder under its name. Where a run of this name is there already, only files
    that differ are replaced.
    """
    if not target.exists():
        staged.rename(target)
        flush_folder(target.parent)
        return
    paths = _file_paths(staged)
    for path in sorted(paths):
        if not are_equal_files(staged / path, target / path):
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            (staged / path).replace(target / path)
    for path in _file_paths(target) - paths:
        (target / path).unlink()


def _file_paths(folder: Path) -> set[Path]:
    """The files below the folder, by their path in it."""
    return {file.relative_to(folder) for file in folder.rglob("*") if file.is_file()}


def _link_current(root: Path, name: str) -> bool:
    """Points `current` at the run by replacing the link; false where the disk has no links."""
    part = root / f".current-{os.getpid()}.part"
    try:
        part.unlink(missing_ok=True)
        part.symlink_to(Path("runs") / name, target_is_directory=True)
    except (OSError, NotImplementedError):
        return False
    part.replace(root / "current")
    flush_folder(root)
    return True


def _flush_files(folder: Path) -> None:
    """Has the disk remember the folder and all that is below it."""
    for path in [*folder.rglob("*"), folder]:
        if path.is_dir():
            flush_folder(path)
        else:
            _flush_file(path)


def _flush_file(file: Path) -> None:
    handle = os.open(file, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
