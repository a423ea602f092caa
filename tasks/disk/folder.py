"""A competition's folder but for its inbox: its rules, its tables, its logo, the
history; as they stand now, and copied.
"""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path, PurePosixPath

from tasks.disk.cache import file_sha256
from tasks.disk.raw_copies import (
    CopiedFiles,
    CopySource,
    RawStore,
    RefusedFile,
    copy_files,
    raw_file,
)
from tasks.disk.storage import DiskStorage, Storage
from tasks.errors import ErrorMessage, RulesError
from tasks.intake.raw import Raw
from tasks.rules.competition import (
    COMPETITION_FILE,
    Competition,
    decode_rules,
    parse_competition,
)

FOLDER_TABLES = ("agencies", "judges", "assignments", "corrections", "decisions", "placements")
TABLE_SUFFIXES = (".csv", ".xlsx")
TABLE_FILES = tuple(f"{table}{suffix}" for table in FOLDER_TABLES for suffix in TABLE_SUFFIXES)
COUNTS_FILES = tuple(f"counts{suffix}" for suffix in TABLE_SUFFIXES)
_ARCHIVED_HISTORY = "/data/published/data/history.csv"  # in each archive under history/


def load_competition(folder: Path) -> Competition:
    """The competition of a folder. Raises RulesError, also where the logo that it names is not
    there.
    """
    competition = parse_competition(competition_text(folder))
    logo = competition.publication.letterhead.logo
    if logo is not None and not (folder / logo).is_file():
        missing = ErrorMessage(
            "competition.logo_absent",
            f"{COMPETITION_FILE}: publication.letterhead.logo",
            {"value": logo},
        )
        raise RulesError(missing, language=competition.language)
    return competition


def competition_text(folder: Path) -> str:
    """competition.toml as text, without a byte order mark. Raises RulesError where there is none or
    it is not UTF-8.
    """
    try:
        content = (folder / COMPETITION_FILE).read_bytes()
    except FileNotFoundError:
        absent = ErrorMessage("competition.absent", COMPETITION_FILE, {"folder": str(folder)})
        raise RulesError(absent) from None
    return decode_rules(content)


def raw_tables(folder: Path) -> list[Raw]:
    """The tables of the folder, read in place and not copied; in the order of their
    names.
    """
    names = sorted([*TABLE_FILES, *(f"history/{name}" for name in COUNTS_FILES)])
    files = [(folder / name, name) for name in names]
    return [raw_file(file, name, file_sha256(file)) for file, name in files if file.is_file()]


def logo_bytes(folder: Path, name: str | None) -> bytes | None:
    """The bytes of the logo; None where none is named, or where no file of the folder has the name.

    A link that leads out of the folder counts as absent.
    """
    if not name:
        return None
    file = (folder / name).resolve()
    is_inside = file.is_relative_to(folder.resolve())
    return file.read_bytes() if is_inside and file.is_file() else None


# Copies


def copy_tables(folder: Path, kipp: Path, other_files: Iterable[str] = ()) -> list[Raw]:
    """The copies of competition.toml, of the folder's tables and of the `other_files` (a logo), by
    name. Files that are not there are left out.
    """
    inner = [name for name in other_files if _is_inner_path(name)]
    names = sorted({COMPETITION_FILE, *TABLE_FILES, *inner})
    store, storage = RawStore(kipp), DiskStorage(folder)
    return [store.copy_file(storage, name) for name in names if (folder / name).is_file()]


def _is_inner_path(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts


def copy_history(history: Storage, kipp: Path) -> CopiedFiles:
    """The copies of counts.csv (or .xlsx) and of each archive's history.csv, which say what earlier
    years came to. Their names begin with history/.
    """
    copied = copy_files(CopySource(history, "history", _is_history), RawStore(kipp))
    raws = [replace(raw, name=f"history/{raw.name}") for raw in copied.raws]
    return CopiedFiles(raws, [_refused_history(file) for file in copied.refused])


def _is_history(name: str) -> bool:
    return name in COUNTS_FILES or name.endswith(_ARCHIVED_HISTORY)


def _refused_history(file: RefusedFile) -> RefusedFile:
    """The refused file under the name that it has in the folder; the whole history is `history`."""
    return file if file.name == "history" else replace(file, name=f"history/{file.name}")
