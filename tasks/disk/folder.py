"""A competition's folder as it stands now: competition.toml, the tables and the logo beside it.

The copies that a run is made from are in inbox.py.
"""

from pathlib import Path

from tasks.disk.cache import file_sha256
from tasks.disk.raw_copies import raw_file
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
    """The tables beside competition.toml, read in place and not copied; in the order of their
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
