"""One delivered file: its place under inbox/, and the unchanged copy that is read."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Raw:
    """`name` is the path under inbox/ (posix), `path` the copy under its SHA-256, `sha256` the hash of its bytes."""

    name: str
    path: Path
    sha256: str
