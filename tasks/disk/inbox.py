"""Touches the world: copies what is to be read, unchanged and under its SHA-256, before anything is
parsed.

Nothing of the inbox or of the folder is ever modified, moved or deleted. What is copied once is
copied for good, so that every run can be made again from what it read. Of a source that cannot be
reached the last good copy is taken.
"""

import hashlib
import io
import json
import os
import re
import tempfile
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, Any

from tasks.disk import links
from tasks.disk.cache import file_sha256 as sha256_of
from tasks.disk.folder import COUNTS_FILES, TABLE_FILES
from tasks.disk.last_good import FetchedCopy, LastGoodCopies, current_time
from tasks.disk.raw_copies import raw_file
from tasks.disk.storage import DiskStorage, Storage, StorageOptions, flush_folder, read_blocks
from tasks.disk.time_limits import PATIENCE, Patience, Unreachable, call_with_retries
from tasks.intake.raw import Raw, StaleCopy

LARGEST_BYTES = 500 * 2**20
NOTES_FILE = "pulled.json"
_LINKS_AT_ONCE = 8  # links that are followed at a time
_UNSEEN_CHARACTERS = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
)
_ARCHIVE_HISTORIES = ("/data/published/data/history.csv",)
_PREFIXES_OF_OTHERS = ("~$", ".")
_ENDINGS_OF_OTHERS = (".tmp", ".part", ".crdownload", ".download", "~", ".lock")
_NAMES_OF_OTHERS = ("thumbs.db", "desktop.ini", "__macosx")


@dataclass(frozen=True)
class RefusedFile:
    """A file or source that was not copied, and why: `rule.unreadable_file.<reason>` says it, with
    `params`.
    """

    name: str
    reason: str
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class PulledInbox:
    """The copies by place (`submissions`, `screening/<phase>`, `scores/<phase>`), and what was
    refused.
    """

    places: dict[str, list[Raw]] = field(default_factory=dict)
    refused: list[RefusedFile] = field(default_factory=list)

    @property
    def raws(self) -> list[Raw]:
        return [raw for raws in self.places.values() for raw in raws]

    def of(self, place: str) -> list[Raw]:
        """The copies of one place, by name."""
        return self.places.get(place, [])


def pull_inbox(
    inbox: Storage,
    kipp: Path,
    largest: int = LARGEST_BYTES,
    options: StorageOptions | None = None,
    patience: Patience = PATIENCE,
) -> PulledInbox:
    """Copies the inbox into kipp/raw, and what its links lead to; not what other programs leave
    behind (locks, temporary and hidden files).
    """
    raws, refused = _copy_files(inbox, _is_delivered, kipp, largest, "inbox")
    shortcuts = [raw for raw in raws if links.is_link(raw.name)]
    tables = [raw for raw in raws if not links.is_link(raw.name)]
    follow = partial(
        _follow_link, kipp=kipp, largest=largest, options=options or {}, patience=patience
    )
    led, astray = _follow_links(
        follow, shortcuts, {raw.name for raw in tables}, LastGoodCopies(kipp)
    )
    pulled = PulledInbox(refused=sorted(refused + astray, key=lambda one: one.name))
    for raw in sorted(tables + led, key=lambda raw: raw.name):
        pulled.places.setdefault(inbox_place(raw.name) or "", []).append(raw)
    return pulled


def inbox_place(name: str) -> str | None:
    """The place of a file of the inbox; None where it stands in none, or leads out of it, as a
    bucket's keys may.
    """
    parts = name.split("/")
    if {"", ".", ".."} & set(parts):
        return None
    if parts[0] == "submissions" and len(parts) > 1:
        return "submissions"
    if parts[0] in ("screening", "scores") and len(parts) > 2:
        return f"{parts[0]}/{parts[1]}"
    return None


def _copy_files(
    there: Storage, is_wanted: Callable[[str], bool], kipp: Path, largest: int, what: str
) -> tuple[list[Raw], list[RefusedFile]]:
    """The copies of a place's files, older ones of what cannot be reached, and what there is no
    copy of.
    """
    is_local, source = isinstance(there, DiskStorage), f"{what} {there.address}"
    last = LastGoodCopies(kipp)
    earlier = {} if is_local else last.of(source)
    try:
        names = [name for name in there.files() if is_wanted(name)]
    except Unreachable as failure:
        older = [_older_copy(name, copy, failure, kipp) for name, copy in sorted(earlier.items())]
        return older, [] if older else [_refuse_source(what, failure)]
    answers = [
        _copy_or_refuse(there, name, what, kipp, largest, earlier.get(name)) for name in names
    ]
    raws = [answer for answer in answers if isinstance(answer, Raw)]
    if not is_local:
        last.remember({source: _copies_to_remember(raws, earlier)})
    refused = [answer for answer in answers if isinstance(answer, RefusedFile)]
    if isinstance(there, DiskStorage):
        refused += [RefusedFile(name, "not_opened") for name in there.others() if is_wanted(name)]
    return [replace(raw, name=printable_name(raw.name)) for raw in raws], [
        replace(one, name=printable_name(one.name)) for one in refused
    ]


def printable_name(name: str) -> str:
    """The name of a file as text that can be shown, written and compared: what is no UTF-8 in it,
    and characters that are not seen or turn the writing round, by their numbers
    (line\\u000abreak.csv).
    """
    plain = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return _UNSEEN_CHARACTERS.sub(lambda found: f"\\u{ord(found[0]):04x}", plain)


def _copy_or_refuse(
    there: Storage, name: str, what: str, kipp: Path, largest: int, earlier: FetchedCopy | None
) -> Raw | RefusedFile:
    """The copy of one file, else an older one, else why there is none."""
    if what == "inbox" and inbox_place(name) is None:
        return RefusedFile(name, "misplaced")
    try:
        if isinstance(there, DiskStorage) and there.size(name) > largest:
            return RefusedFile(name, "over_limit")
        return copy_file(there, name, kipp, largest)
    except Unreachable as failure:
        return (
            _older_copy(name, earlier, failure, kipp) if earlier else _refuse_source(name, failure)
        )
    except OSError:
        return RefusedFile(name, "not_opened")


def _copies_to_remember(
    raws: Iterable[Raw], earlier: dict[str, FetchedCopy]
) -> dict[str, FetchedCopy]:
    """What is noted of these copies: of an older one that it is as old as it was."""
    at = current_time()
    return {
        raw.name: earlier[raw.name] if raw.stale else FetchedCopy(raw.sha256, at) for raw in raws
    }


def _older_copy(name: str, copy: FetchedCopy, failure: Unreachable, kipp: Path) -> Raw:
    stale = StaleCopy(copy.at, failure.cause, failure.address, failure.params)
    return raw_file(kipp / "raw" / copy.sha256, name, copy.sha256, stale)


def _refuse_source(name: str, failure: Unreachable) -> RefusedFile:
    return RefusedFile(
        name, f"source_{failure.cause}", {"address": failure.address, **failure.params}
    )


# Links


def _follow_links(
    follow: Callable[[Raw], tuple[str, Raw | RefusedFile]],
    shortcuts: list[Raw],
    taken: set[str],
    last: LastGoodCopies,
) -> tuple[list[Raw], list[RefusedFile]]:
    """What the links lead to, and those that lead to nothing. Several are followed at a time, so
    that one that hangs keeps no other waiting.
    """
    if not shortcuts:
        return [], []
    with ThreadPoolExecutor(_LINKS_AT_ONCE) as pool:
        answers = list(pool.map(follow, shortcuts))
    at, led, astray = current_time(), [], []
    for link, (_, answer) in zip(shortcuts, answers, strict=True):
        if isinstance(answer, RefusedFile):
            astray.append(answer)
        elif answer.name in taken:
            astray.append(RefusedFile(link.name, "source_link_taken", {"taken": answer.name}))
        else:
            led.append(answer)
    fresh = {
        source: answer for source, answer in answers if isinstance(answer, Raw) and not answer.stale
    }
    last.remember(
        {source: {raw.name: FetchedCopy(raw.sha256, at)} for source, raw in fresh.items()}
    )
    return led, astray


def _follow_link(
    link: Raw, kipp: Path, largest: int, options: StorageOptions, patience: Patience
) -> tuple[str, Raw | RefusedFile]:
    """What the source is remembered by, and the copy of its table, else the last good one, else why
    there is none.
    """
    try:
        url = links.link_address(link.load()[: links.LONGEST_LINK_BYTES], link.name)
    except Unreachable as failure:
        return "", _refuse_source(link.name, failure)
    source = f"{link.name} {url}"
    try:
        return source, fetch_table(url, link.name, kipp, largest, options, patience)
    except Unreachable as failure:
        older = [
            _older_copy(name, copy, failure, kipp)
            for name, copy in LastGoodCopies(kipp).of(source).items()
        ]
        return source, older[0] if older else _refuse_source(link.name, failure)


def fetch_table(
    url: str,
    name: str,
    kipp: Path,
    largest: int,
    options: StorageOptions,
    patience: Patience = PATIENCE,
) -> Raw:
    """The copy of the table at an address: its name is the link's, and an ending of what it is.
    Raises Unreachable.
    """
    from tasks.disk.web import (  # start-up time: brings an HTTP client
        START_BYTES,
        fetch_url,
        refuse_non_table,
    )

    def once() -> Raw:
        with tempfile.TemporaryFile() as file:
            answer = fetch_url(url, file, largest, options, patience)
            file.seek(0)
            start = file.read(START_BYTES)
            refuse_non_table(start, answer.is_page, url)
            file.seek(0)
            sha256 = _keep_bytes(file, kipp / "raw")
        return raw_file(kipp / "raw" / sha256, name + links.table_suffix(start), sha256)

    return call_with_retries(url, once, patience)


# Notes


def write_notes(pulled: PulledInbox, kipp: Path) -> list[Raw]:
    """The copy of the notes: which files and sources were refused, and which copies are older ones,
    since when.

    A run follows from them as from the copies, and its archive carries them. None where there is
    nothing to note.
    """
    older = {raw.name: raw.stale.since for raw in pulled.raws if raw.stale}
    refused = [[one.name, one.reason, one.params] for one in pulled.refused]
    if not older and not refused:
        return []
    content = json.dumps(
        {"older": older, "refused": refused}, ensure_ascii=False, indent=1, sort_keys=True
    )
    sha256 = _keep_bytes(io.BytesIO(content.encode("utf-8")), kipp / "raw")
    return [raw_file(kipp / "raw" / sha256, NOTES_FILE, sha256)]


def apply_notes(pulled: PulledInbox, content: bytes) -> PulledInbox:
    """What was pulled from an archive, with what its notes say of the copies and of what was
    refused.
    """
    notes = json.loads(content)
    since = {name: StaleCopy(at) for name, at in notes["older"].items()}
    places = {
        place: [replace(raw, stale=since.get(raw.name)) for raw in raws]
        for place, raws in pulled.places.items()
    }
    return PulledInbox(places, [RefusedFile(*one) for one in notes["refused"]])


# What is beside the inbox


def copy_tables(folder: Path, kipp: Path, besides: Iterable[str] = ()) -> list[Raw]:
    """Copies the rules, the tables beside them and the files named besides (a logo): those that are
    there, by name.
    """
    inner = (
        name
        for name in besides
        if not PurePosixPath(name).is_absolute() and ".." not in PurePosixPath(name).parts
    )
    names = sorted({"competition.toml", *TABLE_FILES, *inner})
    return [
        copy_file(DiskStorage(folder), name, kipp) for name in names if (folder / name).is_file()
    ]


def copy_history(there: Storage, kipp: Path) -> tuple[list[Raw], list[RefusedFile]]:
    """Copies what history/ says of earlier years: counts.csv (or .xlsx), and each archive's
    history.csv; what of it could not be copied.
    """
    raws, refused = _copy_files(
        there,
        lambda name: name in COUNTS_FILES or name.endswith(_ARCHIVE_HISTORIES),
        kipp,
        LARGEST_BYTES,
        "history",
    )
    named = [
        one if one.name == "history" else replace(one, name=f"history/{one.name}")
        for one in refused
    ]
    return [replace(raw, name=f"history/{raw.name}") for raw in raws], named


def copy_file(there: Storage, name: str, kipp: Path, largest: int = LARGEST_BYTES) -> Raw:
    """The copy of one file; made only where there is none of these bytes. Raises OSError where it
    cannot be opened, Unreachable where it does not come.
    """
    store = kipp / "raw"
    if isinstance(there, DiskStorage):
        known = sha256_of(there.root / name)
        if (store / known).exists():
            return raw_file(store / known, name, known)
    try:
        sha256 = there.asked(partial(_keep_file, there, name, store, largest))
    except FileNotFoundError:  # gone since it was listed
        raise Unreachable("gone", f"{there.address}/{name}") from None
    return raw_file(store / sha256, name, sha256)


def _keep_file(there: Storage, name: str, store: Path, largest: int) -> str:
    with there.open(name) as file:
        return _keep_bytes(file, store, largest, f"{there.address}/{name}")


def _keep_bytes(
    file: IO[bytes], store: Path, largest: int = LARGEST_BYTES, address: str = ""
) -> str:
    """The SHA-256 under which the bytes are kept. Raises Unreachable where there are more of them
    than `largest`.
    """
    store.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    handle, beside = tempfile.mkstemp(prefix=".", suffix=".part", dir=store)
    try:
        with os.fdopen(handle, "wb") as copy:
            for block in read_blocks(file):
                digest.update(block)
                if copy.tell() + len(block) > largest:
                    raise Unreachable("too_large", address, limit=max(1, largest // 2**20))
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
    left = any(part.startswith(_PREFIXES_OF_OTHERS) or part in _NAMES_OF_OTHERS for part in parts)
    return not left and not parts[-1].endswith(_ENDINGS_OF_OTHERS)
