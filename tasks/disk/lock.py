"""One run at a time in a competition folder.

The operating system holds the lock and lets go of it when the program that took it ends, however it
ends. Beside it stands who holds it and since when, for the message to the one who waits.
"""

import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from tasks.errors import ErrorMessage, FolderHeld

WAIT_SECONDS = 600.0


@contextmanager
def hold_folder(kipp: Path, wait_seconds: float = WAIT_SECONDS) -> Iterator[None]:
    """Holds the folder while inside. Raises FolderHeld, naming who has it since when, after waiting
    in vain.
    """
    from filelock import FileLock, Timeout  # start-up time: a check holds no lock

    kipp.mkdir(parents=True, exist_ok=True)
    lock = FileLock(kipp / "lock")
    try:
        lock.acquire(timeout=wait_seconds, poll_interval=0.2)
    except Timeout:
        message = ErrorMessage("flows.folder_held", str(kipp.parent), read_owner(kipp))
        raise FolderHeld(message) from None
    try:
        (kipp / "owner.json").write_text(json.dumps(_own_process()), encoding="utf-8")
        yield
    finally:
        (kipp / "owner.json").unlink(missing_ok=True)
        lock.release()


def read_owner(kipp: Path) -> dict[str, object]:
    """Who holds the folder: process, host, minutes since. Question marks where it does not say."""
    try:
        owner = json.loads((kipp / "owner.json").read_text(encoding="utf-8"))
        minutes = int((time.time() - owner["taken"]) / 60)
        return {"process": owner["process"], "host": owner["host"], "minutes": minutes}
    except (OSError, ValueError, KeyError, TypeError):
        return {"process": "?", "host": "?", "minutes": "?"}


def _own_process() -> dict[str, object]:
    now = time.time()
    since = datetime.fromtimestamp(now, UTC).isoformat(timespec="seconds")
    host = socket.gethostname()
    return {"process": os.getpid(), "host": host, "taken": now, "since": since}
