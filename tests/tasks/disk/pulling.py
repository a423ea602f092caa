"""Inboxes that are pulled in a test: their files, links and times."""

import hashlib
from pathlib import Path
from typing import Any

import pytest

from tasks.disk import last_good
from tasks.disk.inbox import PulledInbox, pull_inbox
from tasks.disk.storage import DiskStorage, Storage
from tests.loopback import PATIENT

FIRST, SECOND = "2022-03-01T18:00:00+00:00", "2022-03-02T18:00:00+00:00"


def sha256_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def write_link(inbox: Path, address: str, name: str = "submissions/jawaban.url") -> Path:
    """The inbox, with a link to the address in it."""
    (inbox / name).parent.mkdir(parents=True, exist_ok=True)
    (inbox / name).write_text(f"[InternetShortcut]\nURL={address}\n")
    return inbox


def put_exports(storage: Storage, **files: bytes) -> None:
    """Writes submissions/<name>.csv for each."""
    for name, content in files.items():
        storage.replace(f"submissions/{name}.csv", content)


def pull_folder(inbox: Path, **given: Any) -> PulledInbox:
    """The inbox of a folder on the disk, pulled into .kipp beside it."""
    return pull_inbox(DiskStorage(inbox), inbox.parent / ".kipp", **{"patience": PATIENT, **given})


def set_time(monkeypatch: pytest.MonkeyPatch, time: str) -> None:
    """Copies that are fetched from now on are of this time."""
    monkeypatch.setattr(last_good, "current_time", lambda: time)
