"""Finished documents by their key, so that a page is made once and then carried over; hashes of
files.

A document's key is the hash of all that its bytes depend on. An entry's name carries the SHA-256 of
its bytes as well; an entry that was changed since (a published file is a hard link to it) does not
match it, and is made again.
"""

import hashlib
import os
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from tasks.disk.storage import write_whole_file

KEPT_DAYS = 60


@dataclass(frozen=True)
class Cache:
    """A folder of finished documents."""

    root: Path

    def entry(self, key: str) -> Path | None:
        """The file of this key with the bytes it was kept with, or None."""
        for file in self._entries(key):
            if file_sha256(file) == file.name.partition(".")[2]:
                os.utime(file)
                return file
            file.unlink()
        return None

    def has(self, key: str) -> bool:
        """Whether there is an entry of this key; its bytes are not looked at."""
        return bool(self._entries(key))

    def keep(self, key: str, content: bytes) -> Path:
        """The file under which the bytes are kept now."""
        folder = self.root / key[:2]
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / f"{key}.{hashlib.sha256(content).hexdigest()}"
        write_whole_file(target, content)
        return target

    def prune(self, days: int = KEPT_DAYS) -> None:
        """Drops the documents that no run has used for so many days."""
        oldest = time.time() - days * 86400
        for file in self.root.glob("*/*"):
            if file.stat().st_mtime < oldest:
                file.unlink()

    def _entries(self, key: str) -> list[Path]:
        return sorted((self.root / key[:2]).glob(f"{key}.*"))


def file_sha256(file: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def are_equal_files(file: Path, other: Path) -> bool:
    """Whether both files are there, with the same bytes."""
    return file.is_file() and other.is_file() and file_sha256(file) == file_sha256(other)


def carry_over_file(entry: Path, target: Path) -> None:
    """Puts the entry at the target: a hard link where the disk can, else a copy."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(entry, target)
    except OSError:
        shutil.copyfile(entry, target)
