"""Copies of files under .kipp/raw, each under its SHA-256 and unchanged, before anything is parsed.

Nothing of a source is ever modified, moved or deleted. A copy stays for good, so that every run can
be made again from the files that it read. Where a source cannot be reached, its last good copy is
taken. Which files are wanted does not belong here: inbox.py and folder.py know.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import IO, Any, NamedTuple

from tasks.disk import last_good
from tasks.disk.cache import file_sha256
from tasks.disk.last_good import FetchedCopy, LastGoodCopies
from tasks.disk.storage import DiskStorage, Storage, flush_file, read_blocks, unfinished_file
from tasks.disk.time_limits import Unreachable
from tasks.intake.raw import Raw, StaleCopy

LARGEST_BYTES = 500 * 2**20
_UNSEEN_CHARACTERS = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
)


@dataclass(frozen=True)
class RefusedFile:
    """A file or source that was not copied, and why: `rule.unreadable_file.<reason>` says it, with
    `params`.
    """

    name: str
    reason: str
    params: dict[str, Any] = field(default_factory=dict)


class CopiedFiles(NamedTuple):
    """The copies that were taken, and the files that were not copied."""

    raws: list[Raw]
    refused: list[RefusedFile]


def raw_file(file: Path, name: str, sha256: str, stale: StaleCopy | None = None) -> Raw:
    """The Raw of a file on the disk, under the name that it was delivered with.

    Raises OSError where there is no such file.
    """
    return Raw(name, sha256, file.stat().st_size, file.read_bytes, stale)


@dataclass(frozen=True)
class RawStore:
    """The folder .kipp/raw. `largest`: bytes of a file; larger ones are not kept."""

    kipp: Path
    largest: int = LARGEST_BYTES

    @property
    def folder(self) -> Path:
        return self.kipp / "raw"

    def raw(self, sha256: str, name: str, stale: StaleCopy | None = None) -> Raw:
        """A kept copy, under the name that its file was delivered with."""
        return raw_file(self.folder / sha256, name, sha256, stale)

    def older_raw(self, name: str, copy: FetchedCopy, failure: Unreachable) -> Raw:
        """The copy that stands in for a file whose source cannot be reached."""
        stale = StaleCopy(copy.at, failure.cause, failure.address, failure.params)
        return self.raw(copy.sha256, name, stale)

    def copy_file(self, storage: Storage, name: str) -> Raw:
        """The copy of one file; made only where no copy of these bytes is kept.

        Raises OSError where the file cannot be opened, Unreachable where it does not come.
        """
        if isinstance(storage, DiskStorage):
            sha256 = file_sha256(storage.root / name)
            if (self.folder / sha256).exists():
                return self.raw(sha256, name)
        try:
            sha256 = storage.call_in_time(partial(self._keep_file, storage, name))
        except FileNotFoundError:  # gone since it was listed
            raise Unreachable("gone", f"{storage.address}/{name}") from None
        return self.raw(sha256, name)

    def keep_bytes(self, file: IO[bytes], address: str = "") -> str:
        """The SHA-256 under which the file's bytes are kept.

        `address`: where they come from. Raises Unreachable where there are more than `largest`.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with unfinished_file(self.folder) as part:
            with part.open("wb") as copy:
                sha256 = _copy_bytes(file, copy, self.largest, address)
                flush_file(copy)
            part.chmod(0o444)
            part.replace(self.folder / sha256)
        return sha256

    def _keep_file(self, storage: Storage, name: str) -> str:
        with storage.open(name) as file:
            return self.keep_bytes(file, f"{storage.address}/{name}")


def _copy_bytes(file: IO[bytes], copy: IO[bytes], largest: int, address: str) -> str:
    """The SHA-256 of the bytes, which stand in the copy then."""
    digest = hashlib.sha256()
    for block in read_blocks(file):
        digest.update(block)
        if copy.tell() + len(block) > largest:
            raise Unreachable("too_large", address, limit=max(1, largest // 2**20))
        copy.write(block)
    return digest.hexdigest()


# Many files of one source


@dataclass(frozen=True)
class CopySource:
    """A storage whose files are copied. `name` (inbox, history) stands for the whole of it in what
    is said of it. `is_wanted` and `is_misplaced` are asked about each file's name.
    """

    storage: Storage
    name: str
    is_wanted: Callable[[str], bool]
    is_misplaced: Callable[[str], bool] = lambda name: False

    @property
    def address(self) -> str:
        """The address by which copies of this source are remembered."""
        return f"{self.name} {self.storage.address}"


def copy_files(source: CopySource, store: RawStore) -> CopiedFiles:
    """The copies of a source's files, older ones where files cannot be reached, and the files of
    which there is no copy. Their names can be shown.
    """
    if isinstance(source.storage, DiskStorage):
        answers = _copies_from_disk(source, source.storage, store)
    else:
        answers = _copies_from_remote(source, store)
    shown = [replace(answer, name=printable_name(answer.name)) for answer in answers]
    raws = [answer for answer in shown if isinstance(answer, Raw)]
    return CopiedFiles(raws, [answer for answer in shown if isinstance(answer, RefusedFile)])


def _copies_from_disk(
    source: CopySource, storage: DiskStorage, store: RawStore
) -> list[Raw | RefusedFile]:
    names = [name for name in storage.files() if source.is_wanted(name)]
    others = [name for name in storage.others() if source.is_wanted(name)]
    copies = [_copy_or_refuse(source, name, store) for name in names]
    return [*copies, *(RefusedFile(name, "not_opened") for name in others)]


def _copies_from_remote(source: CopySource, store: RawStore) -> list[Raw | RefusedFile]:
    """The copies of files behind a URL; what the source gave is remembered."""
    remembered = LastGoodCopies(store.kipp)
    earlier = remembered.copies_from(source.address)
    try:
        names = [name for name in source.storage.files() if source.is_wanted(name)]
    except Unreachable as failure:
        return _older_copies(earlier, failure, store) or [refuse_source(source.name, failure)]
    answers = [_copy_or_refuse(source, name, store, earlier.get(name)) for name in names]
    raws = [answer for answer in answers if isinstance(answer, Raw)]
    remembered.remember({source.address: _copies_to_remember(raws, earlier)})
    return answers


def _older_copies(
    earlier: Mapping[str, FetchedCopy], failure: Unreachable, store: RawStore
) -> list[Raw | RefusedFile]:
    """The copies that a source gave last, by name, for a source that cannot be reached now."""
    return [store.older_raw(name, copy, failure) for name, copy in sorted(earlier.items())]


def _copy_or_refuse(
    source: CopySource, name: str, store: RawStore, earlier: FetchedCopy | None = None
) -> Raw | RefusedFile:
    """The copy of one file, else an older one, else why there is none."""
    storage = source.storage
    if source.is_misplaced(name):
        return RefusedFile(name, "misplaced")
    try:
        if isinstance(storage, DiskStorage) and storage.size(name) > store.largest:
            return RefusedFile(name, "over_limit")
        return store.copy_file(storage, name)
    except Unreachable as failure:
        if earlier:
            return store.older_raw(name, earlier, failure)
        return refuse_source(name, failure)
    except OSError:
        return RefusedFile(name, "not_opened")


def _copies_to_remember(
    raws: Iterable[Raw], earlier: Mapping[str, FetchedCopy]
) -> dict[str, FetchedCopy]:
    """The notes on these copies: an older one is as old as it was."""
    now = last_good.current_time()
    return {
        raw.name: earlier[raw.name] if raw.stale else FetchedCopy(raw.sha256, now) for raw in raws
    }


def refuse_source(name: str, failure: Unreachable) -> RefusedFile:
    """The refusal of a file or source that cannot be reached."""
    params = {"address": failure.address, **failure.params}
    return RefusedFile(name, f"source_{failure.cause}", params)


def printable_name(name: str) -> str:
    """The name of a file as text that can be shown, written and compared.

    Bytes that are no UTF-8, and characters that are not seen or that turn the writing round, stand
    by their numbers (line\\u000abreak.csv).
    """
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return _UNSEEN_CHARACTERS.sub(lambda letter: f"\\u{ord(letter[0]):04x}", text)
