"""One delivered file: its place under inbox/, and the unchanged copy that is read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class StaleCopy:
    """That a copy is an older one, because its source could not be reached.

    `since`: when the copy was fetched, ISO 8601. `cause`: `sources.cause.<cause>` says it with
    `params`, "" where it is not known any more. `address` is that of the source, without passwords.
    """

    since: str
    cause: str = ""
    address: str = ""
    params: Mapping[str, Any] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Raw:
    """`name` is the path under inbox/ (posix), `path` the copy under its SHA-256, `sha256` the hash
    of its bytes.

    `stale` is there for an older copy alone.
    """

    name: str
    path: Path
    sha256: str
    stale: StaleCopy | None = None
