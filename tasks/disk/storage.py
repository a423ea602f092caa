"""Storages: where the inbox, the history and the published runs are, on a disk or behind an fsspec
URL.

A storage is a folder; paths in it are posix and relative. A storage that is not on a disk gives an
answer, FileNotFoundError, or Unreachable (time_limits.py). fsspec is imported for a URL alone.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Protocol, TypeVar, cast

from tasks.disk.time_limits import PATIENCE, Patience, Unreachable, call_with_retries

T = TypeVar("T")
Content = bytes | Iterable[bytes]  # of a file, whole or in pieces
StorageOptions = Mapping[str, Mapping[str, Any]]
# have no folders; asked for a folder they would make a bucket
_BUCKET_PROTOCOLS = {"s3", "s3a", "gs", "gcs", "az", "abfs", "abfss"}


class Storage(Protocol):
    """A folder somewhere: what is in it, and how to read and replace one file whole."""

    @property
    def address(self) -> str: ...
    def files(self, under: str = "") -> list[str]: ...
    def folders(self, under: str = "") -> list[str]: ...
    def exists(self, path: str) -> bool: ...
    def size(self, path: str) -> int: ...
    def open(self, path: str) -> IO[bytes]: ...
    def call_in_time(self, call: Callable[[], T]) -> T: ...
    def replace(self, path: str, content: Content) -> None: ...
    def remove(self, path: str) -> None: ...


@dataclass(frozen=True)
class DiskStorage:
    """A folder on a disk."""

    root: Path

    @property
    def address(self) -> str:
        return str(self.root)

    def files(self, under: str = "") -> list[str]:
        """The files at any depth, by name; through links as well. None where no folder is there."""
        walked = os.walk(self.root / under, followlinks=False)
        files = [Path(folder) / name for folder, _, names in walked for name in names]
        return sorted(self._path(file) for file in files if file.is_file())

    def others(self) -> list[str]:
        """What is neither a file nor a folder of the storage, by name: pipes, links that lead
        nowhere, links to a folder.
        """
        walked = os.walk(self.root, followlinks=False)
        entries = [
            Path(folder) / name for folder, inner, names in walked for name in (*inner, *names)
        ]
        return sorted(self._path(entry) for entry in entries if _is_no_export(entry))

    def folders(self, under: str = "") -> list[str]:
        """The names of the folders directly in it."""
        start = self.root / under
        if not start.is_dir():
            return []
        inner = [entry for entry in start.iterdir() if entry.is_dir() and not entry.is_symlink()]
        return sorted(entry.name for entry in inner)

    def exists(self, path: str) -> bool:
        return (self.root / path).exists()

    def size(self, path: str) -> int:
        return (self.root / path).stat().st_size

    def open(self, path: str) -> IO[bytes]:
        return (self.root / path).open("rb")

    def call_in_time(self, call: Callable[[], T]) -> T:
        """What the call gives; a disk has no time limit."""
        return call()

    def replace(self, path: str, content: Content) -> None:
        """Writes the file whole or not at all: a reader sees the old file or the new file."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole_file(target, content)

    def remove(self, path: str) -> None:
        """Takes the file or the folder away; nothing happens where there is none."""
        target = self.root / path
        if target.is_dir() and not target.is_symlink():
            shutil.rmtree(target)
        else:
            target.unlink(missing_ok=True)

    def _path(self, file: Path) -> str:
        return file.relative_to(self.root).as_posix()


def _is_no_export(entry: Path) -> bool:
    """Whether an entry of a folder is neither a file nor a folder of it."""
    return not entry.is_file() and (entry.is_symlink() or not entry.is_dir())


@dataclass(frozen=True)
class RemoteStorage:
    """A folder behind an fsspec URL.

    `options`: what its protocols' libraries take, by protocol; credentials come from there or from
    the environment, never from competition.toml.
    """

    url: str
    options: StorageOptions = field(default_factory=dict, repr=False, compare=False)
    patience: Patience = field(default=PATIENCE, compare=False)

    @property
    def address(self) -> str:
        return self.url

    def files(self, under: str = "") -> list[str]:
        """The files at any depth, by name; none where the storage has no folder `under`.

        Raises Unreachable where the storage itself is not there.
        """

        def find() -> list[str]:
            filesystem, root = self._filesystem()
            filesystem.invalidate_cache()
            paths = filesystem.find(f"{root}/{under}".rstrip("/"))
            names = [path.removeprefix(root).removeprefix("/") for path in paths]
            # a name with / at its end is a folder that a console made
            return sorted(name for name in names if name and not name.endswith("/"))

        try:
            return self.call_in_time(find)
        except FileNotFoundError:
            if not under:
                raise Unreachable("gone", self.url) from None
            return []

    def folders(self, under: str = "") -> list[str]:
        prefix = f"{under}/" if under else ""
        inner = (path.removeprefix(prefix) for path in self.files(under))
        return sorted({path.split("/")[0] for path in inner if "/" in path})

    def exists(self, path: str) -> bool:
        def look() -> bool:
            filesystem, root = self._filesystem()
            filesystem.invalidate_cache()
            return bool(filesystem.exists(f"{root}/{path}"))

        return self.call_in_time(look)

    def size(self, path: str) -> int:
        def measure() -> int:
            filesystem, root = self._filesystem()
            return int(filesystem.size(f"{root}/{path}") or 0)

        return self.call_in_time(measure)

    def open(self, path: str) -> IO[bytes]:
        """The opened file; what is read from it is to be read within `call_in_time`."""
        filesystem, root = self._filesystem()
        return cast(IO[bytes], filesystem.open(f"{root}/{path}", "rb"))

    def call_in_time(self, call: Callable[[], T]) -> T:
        """What the call gives; called again after a failure that may pass.

        Raises Unreachable after the time limit.
        """
        return call_with_retries(self.url, call, self.patience)

    def replace(self, path: str, content: Content) -> None:
        """Writes the file; a bucket shows the old file or the new file."""
        whole = b"".join(_content_pieces(content))

        def write() -> None:
            filesystem, root = self._filesystem()
            target = f"{root}/{path}"
            if not {*_url_protocols(self.url)} & _BUCKET_PROTOCOLS:
                filesystem.makedirs(target.rsplit("/", 1)[0], exist_ok=True)
            filesystem.pipe_file(target, whole)

        try:
            self.call_in_time(write)
        except FileNotFoundError:
            raise Unreachable("gone", self.url) from None

    def remove(self, path: str) -> None:
        def delete() -> None:
            filesystem, root = self._filesystem()
            filesystem.rm(f"{root}/{path}", recursive=True)

        with suppress(FileNotFoundError):
            self.call_in_time(delete)

    def _filesystem(self) -> tuple[Any, str]:
        """The file system and the root in it. Its library is imported here, and may be absent."""
        import fsspec  # start-up time: a night on a disk does without it

        options = {}
        for name in _url_protocols(self.url):
            patient = _patient_options(name, self.patience)
            own = {**patient, **self.options.get(name, {})}
            if own:
                options[name] = deepcopy(own)
        filesystem, root = fsspec.core.url_to_fs(self.url, **options)
        if hasattr(filesystem, "retries"):
            filesystem.retries = 1  # s3fs: we ask again ourselves
        return filesystem, root.rstrip("/")


def _url_protocols(url: str) -> list[str]:
    """The protocols of a URL, which may be chained: those of simplecache::s3://bucket."""
    return [part.split("://")[0] for part in url.split("::")]


def _patient_options(protocol: str, patience: Patience) -> dict[str, Any]:
    """Options that keep a protocol's library from waiting longer than we do, and from asking again
    by itself.
    """
    if protocol not in ("s3", "s3a"):
        return {}
    times = {"connect_timeout": patience.connect, "read_timeout": patience.read}
    return {"config_kwargs": times | {"retries": {"total_max_attempts": 1}}}


def make_storage(
    address: str | None, folder: Path, default: str, options: StorageOptions | None = None
) -> Storage:
    """The storage of a [storage] setting: a URL, a path from the competition's folder, else the
    folder of the default name.

    `options`: of the protocols' libraries, by protocol.
    """
    chosen = address or default
    protocol, colon, rest = chosen.partition("://")
    if not colon:
        return DiskStorage(folder / chosen)
    if protocol in ("file", "local"):
        return DiskStorage(Path(rest))
    if protocol in ("http", "https"):
        from tasks.disk.web import WebStorage  # start-up time: brings an HTTP client

        return WebStorage(chosen, options or {})
    return RemoteStorage(chosen, options or {})


def read_file(storage: Storage, path: str) -> bytes:
    """The bytes of one file. Raises FileNotFoundError, Unreachable."""

    def content() -> bytes:
        with storage.open(path) as file:
            return file.read()

    return storage.call_in_time(content)


def _content_pieces(content: Content) -> Iterable[bytes]:
    return (content,) if isinstance(content, bytes) else content


def write_whole_file(target: Path, content: Content) -> None:
    """Writes a file under another name in its folder, then gives it its own name in one step."""
    with unfinished_file(target.parent) as part:
        with part.open("wb") as file:
            file.writelines(_content_pieces(content))
            flush_file(file)
        part.chmod(0o644)
        part.replace(target)


@contextmanager
def unfinished_file(folder: Path) -> Iterator[Path]:
    """A new file under a hidden name in the folder, to be written and then given its own name.

    An error in the block takes the file away.
    """
    handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=folder)
    os.close(handle)
    part = Path(name)
    try:
        yield part
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    flush_folder(folder)


def flush_file(file: IO[bytes]) -> None:
    """Has the disk remember what was written to an open file."""
    file.flush()
    os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Has the disk remember the names in a folder, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def read_blocks(file: IO[bytes], size: int = 1 << 20) -> Iterator[bytes]:
    """The file in blocks."""
    while block := file.read(size):
        yield block
