"""Touches the world: where the inbox, the history and the published runs are, on a disk or behind an fsspec URL.

A place is a folder: paths in it are posix and relative. fsspec is imported for a URL alone.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any, Protocol, cast


class Place(Protocol):
    """A folder somewhere: what is in it, and how to read and replace one file whole."""

    @property
    def address(self) -> str: ...
    def files(self, under: str = "") -> list[str]: ...
    def folders(self, under: str = "") -> list[str]: ...
    def exists(self, path: str) -> bool: ...
    def size(self, path: str) -> int: ...
    def open(self, path: str) -> IO[bytes]: ...
    def replace(self, path: str, content: bytes) -> None: ...
    def remove(self, path: str) -> None: ...


@dataclass(frozen=True)
class Disk:
    """A folder on a disk."""

    root: Path

    @property
    def address(self) -> str:
        return str(self.root)

    def files(self, under: str = "") -> list[str]:
        """The files at any depth, by name; through links as well. None where there is no such folder."""
        start = self.root / under
        found = (Path(folder) / name for folder, _, names in os.walk(start, followlinks=False) for name in names)
        return sorted(file.relative_to(self.root).as_posix() for file in found if file.is_file())

    def folders(self, under: str = "") -> list[str]:
        """The names of the folders directly in it."""
        start = self.root / under
        if not start.is_dir():
            return []
        return sorted(entry.name for entry in start.iterdir() if entry.is_dir() and not entry.is_symlink())

    def exists(self, path: str) -> bool:
        return (self.root / path).exists()

    def size(self, path: str) -> int:
        return (self.root / path).stat().st_size

    def open(self, path: str) -> IO[bytes]:
        return (self.root / path).open("rb")

    def replace(self, path: str, content: bytes) -> None:
        """Writes the file whole or not at all: a reader sees the old one or the new one."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, content)

    def remove(self, path: str) -> None:
        """Takes the file or the folder away; nothing happens where there is none."""
        target = self.root / path
        if target.is_dir() and not target.is_symlink():
            shutil.rmtree(target)
        else:
            target.unlink(missing_ok=True)


@dataclass(frozen=True)
class Remote:
    """A folder behind an fsspec URL. Its credentials come from the environment, never from competition.toml."""

    url: str

    @property
    def address(self) -> str:
        return self.url

    @property
    def _found(self) -> tuple[Any, str]:
        import fsspec  # a night on a disk does without it

        filesystem, root = fsspec.core.url_to_fs(self.url)
        return filesystem, root.rstrip("/")

    def files(self, under: str = "") -> list[str]:
        filesystem, root = self._found
        filesystem.invalidate_cache()
        start = f"{root}/{under}".rstrip("/")
        try:
            found = filesystem.find(start)
        except FileNotFoundError:
            return []
        return sorted(str(PurePosixPath(path).relative_to(root)) for path in found)

    def folders(self, under: str = "") -> list[str]:
        prefix = f"{under}/" if under else ""
        inner = (path.removeprefix(prefix) for path in self.files(under))
        return sorted({path.split("/")[0] for path in inner if "/" in path})

    def exists(self, path: str) -> bool:
        filesystem, root = self._found
        filesystem.invalidate_cache()
        return bool(filesystem.exists(f"{root}/{path}"))

    def size(self, path: str) -> int:
        filesystem, root = self._found
        return int(filesystem.size(f"{root}/{path}") or 0)

    def open(self, path: str) -> IO[bytes]:
        filesystem, root = self._found
        return cast(IO[bytes], filesystem.open(f"{root}/{path}", "rb"))

    def replace(self, path: str, content: bytes) -> None:
        filesystem, root = self._found
        target = f"{root}/{path}"
        filesystem.makedirs(target.rsplit("/", 1)[0], exist_ok=True)
        filesystem.pipe_file(target, content)

    def remove(self, path: str) -> None:
        filesystem, root = self._found
        with suppress(FileNotFoundError):
            filesystem.rm(f"{root}/{path}", recursive=True)


def place(address: str | None, folder: Path, default: str) -> Place:
    """The place of a [storage] setting: a URL, a path from the competition's folder, else the folder of this name."""
    chosen = address or default
    if chosen.startswith("file://"):
        return Disk(Path(chosen.removeprefix("file://")))
    return Remote(chosen) if "://" in chosen else Disk(folder / chosen)


def read(there: Place, path: str) -> bytes:
    """The bytes of one file. Raises FileNotFoundError."""
    with there.open(path) as file:
        return file.read()


def write_whole(target: Path, content: bytes) -> None:
    """Writes a file beside its place, to the disk, and then under its name in one step."""
    handle, beside = tempfile.mkstemp(prefix=".", suffix=".part", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).chmod(0o644)
        Path(beside).replace(target)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
    flush_folder(target.parent)


def flush_folder(folder: Path) -> None:
    """Has the disk remember the names in a folder, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def blocks(file: IO[bytes], size: int = 1 << 20) -> Iterator[bytes]:
    """The file in blocks."""
    while block := file.read(size):
        yield block
