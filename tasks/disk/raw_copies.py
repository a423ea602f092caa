"""Raw files of the disk: what is read, with its name, its hash, and the function that reads it."""

from pathlib import Path

from tasks.disk.cache import file_sha256
from tasks.intake.raw import Raw, StaleCopy

FOLDER_TABLES = ("agencies", "judges", "assignments", "corrections", "decisions", "placements")
TABLE_SUFFIXES = (".csv", ".xlsx")
HISTORY_COUNTS = tuple(f"history/counts{suffix}" for suffix in TABLE_SUFFIXES)


def raw_file(file: Path, name: str, sha256: str, stale: StaleCopy | None = None) -> Raw:
    """The Raw of a file on the disk, under the name that it was delivered with.

    Raises OSError where there is no such file.
    """
    return Raw(name, sha256, file.stat().st_size, file.read_bytes, stale)


def raw_tables(folder: Path) -> list[Raw]:
    """The tables that stand in a competition's folder now, read in place and not copied.

    In the order of their names.
    """
    tables = [f"{table}{suffix}" for table in FOLDER_TABLES for suffix in TABLE_SUFFIXES]
    names = sorted([*tables, *HISTORY_COUNTS])
    files = [(folder / name, name) for name in names]
    return [raw_file(file, name, file_sha256(file)) for file, name in files if file.is_file()]
