"""The inbox of a competition: its files in their places, copied; and the notes on those that were
not copied anew.
"""

import io
import json
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from tasks.disk.linked_tables import LinkFollower
from tasks.disk.links import is_link
from tasks.disk.raw_copies import (
    LARGEST_BYTES,
    CopySource,
    RawStore,
    RefusedFile,
    copy_files,
)
from tasks.disk.storage import DiskStorage, Storage, StorageOptions
from tasks.disk.time_limits import PATIENCE, Patience
from tasks.intake.raw import Raw, StaleCopy

NOTES_FILE = "pulled.json"
_PREFIXES_OF_OTHERS = ("~$", ".")
_ENDINGS_OF_OTHERS = (".tmp", ".part", ".crdownload", ".download", "~", ".lock")
_NAMES_OF_OTHERS = ("thumbs.db", "desktop.ini", "__macosx")


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

    def copies_at(self, place: str) -> list[Raw]:
        """The copies of one place, by name."""
        return self.places.get(place, [])


def pull_inbox(
    inbox: Storage,
    kipp: Path,
    largest: int = LARGEST_BYTES,
    options: StorageOptions | None = None,
    patience: Patience = PATIENCE,
) -> PulledInbox:
    """The copies of the inbox's files in kipp/raw, and of the tables that its links lead to.

    Files that other programs leave behind (locks, temporary and hidden files) are passed over.
    """
    store = RawStore(kipp, largest)
    copied = copy_files(CopySource(inbox, "inbox", _is_delivered, _is_misplaced), store)
    tables = [raw for raw in copied.raws if not is_link(raw.name)]
    shortcuts = [raw for raw in copied.raws if is_link(raw.name)]
    follower = LinkFollower(store, options or {}, patience)
    linked = follower.follow_links(shortcuts, taken={raw.name for raw in tables})
    refused = sorted(copied.refused + linked.refused, key=lambda file: file.name)
    return PulledInbox(_copies_by_place(tables + linked.raws), refused)


def _copies_by_place(raws: list[Raw]) -> dict[str, list[Raw]]:
    """The copies of each place, by name."""
    places: dict[str, list[Raw]] = {}
    for raw in sorted(raws, key=lambda raw: raw.name):
        place = inbox_place(raw.name) or ""
        places.setdefault(place, []).append(raw)
    return places


def inbox_place(name: str) -> str | None:
    """The place of a file of the inbox; None where it stands in none, or leads out of the inbox, as
    a bucket's keys may.
    """
    parts = name.split("/")
    if {"", ".", ".."} & set(parts):
        return None
    if parts[0] == "submissions" and len(parts) > 1:
        return "submissions"
    if parts[0] in ("screening", "scores") and len(parts) > 2:
        return f"{parts[0]}/{parts[1]}"
    return None


def _is_misplaced(name: str) -> bool:
    return inbox_place(name) is None


def _is_delivered(name: str) -> bool:
    """Whether a file was put there by a person, and not by a program."""
    parts = [part.lower() for part in PurePosixPath(name).parts]
    if any(part.startswith(_PREFIXES_OF_OTHERS) or part in _NAMES_OF_OTHERS for part in parts):
        return False
    return not parts[-1].endswith(_ENDINGS_OF_OTHERS)


# Notes


def write_notes(pulled: PulledInbox, kipp: Path) -> list[Raw]:
    """The copy of the notes: which files and sources were refused, and since when which copies are
    older ones. None where there is nothing to note.

    A run follows from the notes as from the copies, and its archive carries them.
    """
    older = {raw.name: raw.stale.since for raw in pulled.raws if raw.stale}
    refused = [[file.name, file.reason, file.params] for file in pulled.refused]
    if not older and not refused:
        return []
    notes = {"older": older, "refused": refused}
    content = json.dumps(notes, ensure_ascii=False, indent=1, sort_keys=True)
    store = RawStore(kipp)
    sha256 = store.keep_bytes(io.BytesIO(content.encode("utf-8")))
    return [store.raw(sha256, NOTES_FILE)]


def copy_notes(folder: Path, kipp: Path) -> list[Raw]:
    """The copy of the notes in the folder of an archive; none where there are no notes."""
    if not (folder / NOTES_FILE).is_file():
        return []
    return [RawStore(kipp).copy_file(DiskStorage(folder), NOTES_FILE)]


def apply_notes(pulled: PulledInbox, content: bytes) -> PulledInbox:
    """The pulled inbox of an archive, with what its notes say of the copies and of the files that
    were refused.
    """
    notes = json.loads(content)
    stale = {name: StaleCopy(since) for name, since in notes["older"].items()}
    places = {
        place: [replace(raw, stale=stale.get(raw.name)) for raw in raws]
        for place, raws in pulled.places.items()
    }
    return PulledInbox(places, [RefusedFile(*values) for values in notes["refused"]])
