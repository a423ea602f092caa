"""Raw files of the disk: what is read, with its name, its hash, and the function that reads it."""

from pathlib import Path

from tasks.intake.raw import Raw, StaleCopy


def raw_file(file: Path, name: str, sha256: str, stale: StaleCopy | None = None) -> Raw:
    """The Raw of a file on the disk, under the name that it was delivered with.

    Raises OSError where there is no such file.
    """
    return Raw(name, sha256, file.stat().st_size, file.read_bytes, stale)
