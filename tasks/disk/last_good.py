"""Touches the world: which copy each source gave last, and when, for the day it cannot be reached.

A source is an address; what it gave is known by the SHA-256 under which pull.py keeps it. Addresses
may hold keys, so that only their hashes are written down.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from tasks.disk.storage import write_whole_file

FETCHED_FILE = "fetched.json"


@dataclass(frozen=True)
class FetchedCopy:
    """A copy under .kipp/raw, and when it was fetched: ISO 8601, UTC."""

    sha256: str
    at: str


@dataclass(frozen=True)
class LastGoodCopies:
    """What the sources of a competition gave last."""

    kipp: Path

    def of(self, address: str) -> dict[str, FetchedCopy]:
        """The copies that are still there, by the name of the file at the address."""
        told = self._told().get(_address_hash(address), {})
        copies = {name: FetchedCopy(**values) for name, values in told.items()}
        return {
            name: copy
            for name, copy in copies.items()
            if (self.kipp / "raw" / copy.sha256).is_file()
        }

    def remember(self, sources: Mapping[str, Mapping[str, FetchedCopy]]) -> None:
        """Notes what these addresses have given now, and forgets what they gave before."""
        if not sources:
            return
        told = self._told() | {
            _address_hash(address): {name: asdict(copy) for name, copy in sorted(copies.items())}
            for address, copies in sources.items()
        }
        self.kipp.mkdir(parents=True, exist_ok=True)
        content = json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True)
        write_whole_file(self.kipp / FETCHED_FILE, content.encode("utf-8"))

    def _told(self) -> dict[str, dict[str, dict[str, str]]]:
        try:
            told = json.loads((self.kipp / FETCHED_FILE).read_text(encoding="utf-8"))
        except (OSError, ValueError):  # none yet, or damaged: what is fetched next is noted anew
            return {}
        return told if isinstance(told, dict) else {}


def current_time() -> str:
    """The time, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _address_hash(address: str) -> str:
    return hashlib.sha256(address.encode("utf-8")).hexdigest()
