"""Touches the world: what is published. A run is staged beside, whole, and then switched to by one
step.

On a disk `current` is a symbolic link that is replaced; elsewhere, and where a disk has no links,
current.json names the run. A run that dies at any moment leaves what is published as it was; what
it left is cleared by the next.
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

from tasks.disk.cache import file_sha256
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

    place: Storage

    def current(self) -> str | None:
        """The name of the published run, or None before the first."""
        if isinstance(self.place, DiskStorage):
            link = self.place.root / "current"
            if link.is_symlink():
                return _valid_run_name(link.readlink().name)
        if self.place.exists("current.json"):
            return _valid_run_name(str(json.loads(read_file(self.place, "current.json"))["run"]))
        return None

    def manifest(self) -> Manifest | None:
        """What the published run says of itself, or None before the first."""
        name = self.current()
        return self.run_manifest(name) if name else None

    def run_manifest(self, run: str) -> Manifest | None:
        """What a run of this name says of itself; None where there is none, or it is not whole."""
        path = f"runs/{run}/{MANIFEST_FILE}"
        return parse_manifest(read_file(self.place, path)) if self.place.exists(path) else None

    def read(self, path: str) -> bytes | None:
        """A file of the published run, or None where there is none."""
        name = self.current()
        if name is None or not self.place.exists(f"runs/{name}/{path}"):
            return None
        return read_file(self.place, f"runs/{name}/{path}")

    def data_files(self, manifest: Manifest) -> dict[str, bytes]:
        """The files of data/ of a run, by their name in data/."""
        paths = [file.path for file in manifest.outputs if file.path.startswith("data/")]
        run = f"runs/{manifest.run}"
        return {
            path.removeprefix("data/"): read_file(self.place, f"{run}/{path}") for path in paths
        }

    def checked(self) -> dict[str, Any] | None:
        """checked.json as the last run or check left it."""
        if not self.place.exists("checked.json"):
            return None
        checked: dict[str, Any] = json.loads(read_file(self.place, "checked.json"))
        return checked

    def try_writing(self) -> None:
        """Writes a file and takes it away again, before hours of work that could not be published.
        Raises OSError and Unreachable where it cannot be written; one that cannot be taken away
        stays, and is hidden.
        """
        self.place.replace(_TRIAL_FILE, b"")
        with suppress(OSError, Unreachable):
            self.place.remove(_TRIAL_FILE)

    @contextmanager
    def staged(self, kipp: Path) -> Iterator[Path]:
        """An empty folder to make a run in, on the same disk where that can be. Gone afterwards,
        unless committed.
        """
        self.clear(kipp)
        beside = (
            self.place.root / "runs" if isinstance(self.place, DiskStorage) else kipp / "staged"
        )
        beside.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=_STAGED_PREFIX, dir=beside))
        folder.chmod(0o755)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def clear(self, kipp: Path) -> None:
        """Takes away what runs that died have left."""
        places = [kipp / "staged"] + (
            [self.place.root / "runs"] if isinstance(self.place, DiskStorage) else []
        )
        for folder in (left for place in places for left in place.glob(f"{_STAGED_PREFIX}*")):
            shutil.rmtree(folder, ignore_errors=True)
        if isinstance(self.place, DiskStorage):
            for file in self.place.root.glob(".*.part"):
                file.unlink(missing_ok=True)

    def commit(self, staged: Path, name: str) -> None:
        """Publishes the staged folder as the run of this name: first all of it, then the switch."""
        if isinstance(self.place, DiskStorage):
            _flush_files(staged)
            _move_run(staged, self.place.root / "runs" / name)
        else:
            self._carry(staged, name)
        self._switch(name)

    def _carry(self, staged: Path, name: str) -> None:
        """Puts the files behind the URL, several at a time, and the manifest last: a run without
        one is not whole.
        """
        files = sorted(
            path for path in staged.rglob("*") if path.is_file() and path != staged / MANIFEST_FILE
        )

        def put(file: Path) -> None:
            self.place.replace(
                f"runs/{name}/{file.relative_to(staged).as_posix()}", file.read_bytes()
            )

        with ThreadPoolExecutor(_FILES_AT_ONCE) as pool:
            for _ in pool.map(put, files):
                pass
        if (staged / MANIFEST_FILE).is_file():
            put(staged / MANIFEST_FILE)

    def _switch(self, name: str) -> None:
        if isinstance(self.place, DiskStorage) and _link_current(self.place.root, name):
            self.place.remove("current.json")
        else:
            self.place.replace("current.json", (json.dumps({"run": name}) + "\n").encode())


def _valid_run_name(name: str) -> str | None:
    return name if _RUN_NAME.fullmatch(name) else None


def _move_run(staged: Path, target: Path) -> None:
    """The staged folder under its name. Where that run is there already, only files that differ are
    replaced.
    """
    if not target.exists():
        staged.rename(target)
        flush_folder(target.parent)
        return
    whole = {file.relative_to(staged) for file in staged.rglob("*") if file.is_file()}
    for path in sorted(whole):
        if not (target / path).is_file() or file_sha256(target / path) != file_sha256(
            staged / path
        ):
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            (staged / path).replace(target / path)
    for file in [
        file
        for file in target.rglob("*")
        if file.is_file() and file.relative_to(target) not in whole
    ]:
        file.unlink()


def _link_current(root: Path, name: str) -> bool:
    """Points `current` at the run by replacing the link; false where the disk has no links."""
    beside = root / f".current-{os.getpid()}.part"
    try:
        beside.unlink(missing_ok=True)
        beside.symlink_to(Path("runs") / name, target_is_directory=True)
    except (OSError, NotImplementedError):
        return False
    beside.replace(root / "current")
    flush_folder(root)
    return True


def _flush_files(folder: Path) -> None:
    for path in [*folder.rglob("*"), folder]:
        if path.is_dir():
            flush_folder(path)
        else:
            handle = os.open(path, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
