"""Which copy each source gave last, and when, for the day when the source cannot be reached.

A source is an address; a copy is known by the SHA-256 under which raw_copies.py keeps it. Addresses
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
# by the hash of the address, then by the name of the file, the fields of FetchedCopy
CopiesByAddress = dict[str, dict[str, dict[str, str]]]


@dataclass(frozen=True)
class FetchedCopy:
    """A copy under .kipp/raw, and when it was fetched: ISO 8601, UTC."""

    sha256: str
    at: str


@dataclass(frozen=True)
class LastGoodCopies:
    """The copies that the sources of a competition gave last."""

    kipp: Path

    def copies_from(self, address: str) -> dict[str, FetchedCopy]:
        """The copies that are still there, by the name of the file at the address."""
        values = self._remembered().get(_address_hash(address), {})
        copies = {name: FetchedCopy(**fields) for name, fields in values.items()}
        return {name: copy for name, copy in copies.items() if self._is_kept(copy)}

    def remember(self, sources: Mapping[str, Mapping[str, FetchedCopy]]) -> None:
        """Notes which copies these addresses have given now, and forgets the copies before."""
        if not sources:
            return
        fresh = {_address_hash(address): _as_values(copies) for address, copies in sources.items()}
        content = json.dumps(
            self._remembered() | fresh, ensure_ascii=False, indent=1, sort_keys=True
        )
        self.kipp.mkdir(parents=True, exist_ok=True)
        write_whole_file(self.kipp / FETCHED_FILE, content.encode("utf-8"))

    def _is_kept(self, copy: FetchedCopy) -> bool:
        return (self.kipp / "raw" / copy.sha256).is_file()

    def _remembered(self) -> CopiesByAddress:
        """The notes as they stand; none where they are damaged, since what is fetched next is noted
        anew.
        """
        try:
            values = json.loads((self.kipp / FETCHED_FILE).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return values if isinstance(values, dict) else {}


def _as_values(copies: Mapping[str, FetchedCopy]) -> dict[str, dict[str, str]]:
    return {name: asdict(copy) for name, copy in copies.items()}


def current_time() -> str:
    """The time, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _address_hash(address: str) -> str:
    return hashlib.sha256(address.encode("utf-8")).hexdigest()
