"""One delivered file: its place under inbox/, and how the bytes of its unchanged copy are had."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
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
    """`name` is the path under inbox/ (posix); `sha256` and `size` are those of the copy's bytes.

    `load` gives the bytes (tasks.disk.raw_copies makes it). `stale` is there for an older copy
    alone.
    """

    name: str
    sha256: str
    size: int
    load: Callable[[], bytes] = field(compare=False, repr=False)
    stale: StaleCopy | None = None
