"""Touches the world: copies what is to be read, unchanged and under its SHA-256, before anything is parsed.

Nothing of the inbox or of the folder is ever modified, moved or deleted. What is copied once is copied for good,
so that every run can be made again from what it read.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import IO

from tasks.intake.raw import Raw
from tasks.store.cache import sha256 as sha256_of
from tasks.store.places import Disk, Place, blocks, flush_folder

LARGEST_BYTES = 500 * 2**20
TABLES = ("agencies", "judges", "assignments", "corrections", "decisions", "placements")
TABLE_SUFFIXES = (".csv", ".xlsx")
_FROM_ARCHIVES = ("/data/published/data/history.csv",)
_LEFT_BY_OTHERS = ("~$", ".")
_ENDINGS_OF_OTHERS = (".tmp", ".part", ".crdownload", ".download", "~", ".lock")
_NAMES_OF_OTHERS = ("thumbs.db", "desktop.ini", "__macosx")


@dataclass(frozen=True)
class Refused:
    """A file that was not copied, and why: `rule.unreadable_file.<reason>` says it."""

    name: str
    reason: str


@dataclass(frozen=True)
class Pulled:
    """The copies by place (`submissions`, `screening/<phase>`, `scores/<phase>`), and what was refused."""

    places: dict[str, list[Raw]] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)

    @property
    def raws(self) -> list[Raw]:
        return [raw for raws in self.places.values() for raw in raws]

    def of(self, place: str) -> list[Raw]:
        """The copies of one place, by name."""
        return self.places.get(place, [])


def pull(inbox: Place, kipp: Path, largest: int = LARGEST_BYTES) -> Pulled:
    """Copies the inbox into kipp/raw; not what other programs leave behind (locks, temporary and hidden files)."""
    pulled = Pulled()
    for name in filter(_is_delivered, inbox.files()):
        where = _place_of(name)
        reason = "misplaced" if where is None else _too_large(inbox, name, largest)
        if where is None or reason:
            pulled.refused.append(Refused(name, reason or "misplaced"))
            continue
        try:
            pulled.places.setdefault(where, []).append(copied(inbox, name, kipp))
        except OSError:
            pulled.refused.append(Refused(name, "not_opened"))
    return pulled


def tables(folder: Path, kipp: Path, besides: Iterable[str] = ()) -> list[Raw]:
    """Copies the rules, the tables beside them and the files named besides (a logo): those that are there, by name."""
    known = [f"{table}{suffix}" for table in TABLES for suffix in TABLE_SUFFIXES]
    inner = (
        name for name in besides if not PurePosixPath(name).is_absolute() and ".." not in PurePosixPath(name).parts
    )
    names = sorted({"competition.toml", *known, *inner})
    return [copied(Disk(folder), name, kipp) for name in names if (folder / name).is_file()]


def history(there: Place, kipp: Path) -> list[Raw]:
    """Copies what history/ says of earlier years: counts.csv (or .xlsx), and each archive's history.csv."""
    known = [f"counts{suffix}" for suffix in TABLE_SUFFIXES]
    found = [name for name in there.files() if name in known or name.endswith(_FROM_ARCHIVES)]
    return [replace(copied(there, name, kipp), name=f"history/{name}") for name in found]


def copied(there: Place, name: str, kipp: Path) -> Raw:
    """The copy of one file; made only where there is none of these bytes. Raises OSError where it cannot be opened."""
    store = kipp / "raw"
    if isinstance(there, Disk):
        known = sha256_of(there.root / name)
        if (store / known).exists():
            return Raw(name, store / known, known)
    with there.open(name) as file:
        sha256 = _kept(file, store)
    return Raw(name, store / sha256, sha256)


def _kept(file: IO[bytes], store: Path) -> str:
    store.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    handle, beside = tempfile.mkstemp(prefix=".", suffix=".part", dir=store)
    try:
        with os.fdopen(handle, "wb") as copy:
            for block in blocks(file):
                digest.update(block)
                copy.write(block)
            copy.flush()
            os.fsync(copy.fileno())
        Path(beside).chmod(0o444)
        Path(beside).replace(store / digest.hexdigest())
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
    flush_folder(store)
    return digest.hexdigest()


def _is_delivered(name: str) -> bool:
    parts = [part.lower() for part in PurePosixPath(name).parts]
    left = any(part.startswith(_LEFT_BY_OTHERS) or part in _NAMES_OF_OTHERS for part in parts)
    return not left and not parts[-1].endswith(_ENDINGS_OF_OTHERS)


def _place_of(name: str) -> str | None:
    parts = PurePosixPath(name).parts
    if parts[0] == "submissions" and len(parts) > 1:
        return "submissions"
    if parts[0] in ("screening", "scores") and len(parts) > 2:
        return f"{parts[0]}/{parts[1]}"
    return None


def _too_large(inbox: Place, name: str, largest: int) -> str | None:
    try:
        return "over_limit" if inbox.size(name) > largest else None
    except OSError:
        return "not_opened"
