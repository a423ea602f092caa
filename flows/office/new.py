"""kipp new: the folder of a new competition, from nothing, from the sample, or from last year's.

Nothing is written into a folder that has anything in it. The lines of next year's rules are made in
next_year.py.
"""

import csv
import io
import shutil
from collections.abc import Iterable
from datetime import date, datetime
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from string import Template
from zoneinfo import ZoneInfo

from flows.night.gather import Credentials, Request, no_credentials, published_runs
from flows.office.archive import make_archive
from flows.office.next_year import advance_rules
from tasks.disk.folder import competition_text, load_competition
from tasks.errors import CallError, ErrorMessage
from tasks.register.columns import TABLE_SPECS, TableSpec
from tasks.register.tables import REGISTER_SUFFIXES
from tasks.rules.competition import COMPETITION_FILE, Competition

SAMPLE = "malang-2022"
KEPT_TABLES = ("agencies", "judges", "placements")  # the tables that hold from one year to the next
_SEPARATORS = {"id": ";", "en": ","}  # what Excel of that language reads as columns
_LAST_START = (3, 1)  # month and day up to which a competition is still likely to be this year's


def make_folder(
    folder: Path,
    sample: bool = False,
    last_year: Path | None = None,
    language: str = "id",
    today: date | None = None,
    credentials: Credentials = no_credentials,
) -> None:
    """Makes the folder: with sample exports, from `last_year`, or else with comments.

    `language`: of the comments. `today`: None for the machine's date. `credentials`: what last
    year's storages are opened with. Raises CallError.
    """
    if sample and last_year is not None:
        raise CallError(ErrorMessage("new.sample_and_from"))
    try:
        if sample:
            make_sample_folder(folder)
        elif last_year is not None:
            make_next_year_folder(folder, last_year, credentials)
        else:
            make_commented_folder(folder, language, today or _current_date())
    except OSError as error:
        params = {"cause": error.strerror or str(error)}
        raise CallError(ErrorMessage("new.not_writable", str(folder), params)) from error


def _current_date() -> date:
    return datetime.now(ZoneInfo("Asia/Jakarta")).date()


def make_commented_folder(folder: Path, language: str, today: date) -> None:
    """Makes a folder to start from: rules with comments and the next likely dates, the city's
    register, empty tables.
    """
    _require_empty_folder(folder)
    is_too_late = (today.month, today.day) > _LAST_START
    year = today.year + is_too_late
    for template in (files("templates") / "new" / language).iterdir():
        text = Template(template.read_text(encoding="utf-8")).substitute(year=year)
        _write_new_file(folder / template.name, text.encode("utf-8"))
    _write_new_file(folder / "agencies.csv", _excel_csv(_city_register(), language))
    for spec in TABLE_SPECS.values():
        if not spec.needed:
            headings = _excel_csv([_table_headings(spec)], language)
            _write_new_file(folder / f"{spec.file}.csv", headings)
    _make_inbox(folder, load_competition(folder))


def _city_register() -> Iterable[list[str]]:
    """The rows of the sample's register, headings first."""
    register = files("examples") / SAMPLE / "agencies.csv"
    text = register.read_text(encoding="utf-8-sig")
    return csv.reader(io.StringIO(text))


def make_sample_folder(folder: Path) -> None:
    """Makes a copy of the sample competition with its exports, without what a run left there."""
    _require_empty_folder(folder)
    _copy_folder(files("examples") / SAMPLE, folder)


def make_next_year_folder(
    folder: Path, last_year: Path, credentials: Credentials = no_credentials
) -> None:
    """Makes next year's folder: last year's register, judges, placements, forms, letterhead and
    archives, and blank dates.

    What belongs to last year alone is left behind: exports, assignments, corrections, decisions,
    letter numbers and signed phases. `last_year`: that competition's folder, or its archive, which
    then goes into history/. Raises CallError; RulesError where last year's rules are wrong;
    VerificationFailed where its raw copies are lost.
    """
    archived = (last_year / "bagit.txt").is_file()
    source = last_year / "data" if archived else last_year
    if not (source / COMPETITION_FILE).is_file():
        params = {"file": COMPETITION_FILE}
        raise CallError(ErrorMessage("new.no_last_year", str(last_year), params))
    competition = load_competition(source)
    text = advance_rules(competition_text(source))
    _require_empty_folder(folder)
    _write_new_file(folder / COMPETITION_FILE, text.encode("utf-8"))
    for name in _kept_files(competition):
        if (source / name).is_file():
            _write_new_file(folder / name, (source / name).read_bytes())
    if competition.storage.history is None:
        request = Request(source, credentials=credentials)
        _copy_history(folder / "history", request, competition, last_year if archived else None)
    _make_inbox(folder, competition)


def _kept_files(competition: Competition) -> list[str]:
    """The names of the files that the next year takes over, where they are there."""
    names = [stem + suffix for stem in KEPT_TABLES for suffix in REGISTER_SUFFIXES]
    logo = competition.publication.letterhead.logo
    return [*names, logo] if logo else names


def _copy_history(
    history: Path, request: Request, competition: Competition, bag: Path | None
) -> None:
    """Copies the earlier years and last year's archive into `history`.

    Where last year has no archive yet, the archive is made now of what was published.
    """
    earlier = request.folder / "history"
    if earlier.is_dir():
        shutil.copytree(earlier, history)
    if bag is None:
        year_folder = request.folder.absolute()
        bag = year_folder.with_name(f"{year_folder.resolve().name}-archive")
    if (bag / "bagit.txt").is_file():
        shutil.copytree(bag, history / bag.name)
    elif published_runs(request, competition).manifest() is not None:
        make_archive(request, history / bag.name)


def _require_empty_folder(folder: Path) -> None:
    """Raises CallError for a folder that has anything in it."""
    is_empty = folder.is_dir() and not any(folder.iterdir())
    if folder.exists() and not is_empty:
        raise CallError(ErrorMessage("new.not_empty", str(folder)))


def _write_new_file(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _copy_folder(source: Traversable, target: Path) -> None:
    for entry in source.iterdir():
        if entry.name in ("published", ".kipp"):
            continue
        if entry.is_dir():
            _copy_folder(entry, target / entry.name)
        else:
            _write_new_file(target / entry.name, entry.read_bytes())


def _make_inbox(folder: Path, competition: Competition) -> None:
    """Makes the folders that exports are dropped into."""
    places = {"registration": "submissions", "screening": "screening/{}", "judging": "scores/{}"}
    for phase in competition.phases:
        if phase.kind in places:
            place = folder / "inbox" / places[phase.kind].format(phase.code)
            place.mkdir(parents=True, exist_ok=True)
    (folder / "history").mkdir(exist_ok=True)


def _table_headings(spec: TableSpec) -> list[str]:
    return [column.heading for column in spec.columns]


def _excel_csv(rows: Iterable[list[str]], language: str) -> bytes:
    """The rows as CSV that Excel opens in columns and with its accents, at a double click."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=_SEPARATORS[language], lineterminator="\r\n")
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")
