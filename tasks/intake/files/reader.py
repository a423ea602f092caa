"""A delivered file -> its sheets as grids of text.

The content says what a file is, never its name. A file that cannot be read is a finding that says
why, never a stop.
"""

from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from tasks.findings.frame import join_findings, make_finding, make_findings, no_findings
from tasks.intake.cells.text import MOST_CELL_CHARACTERS
from tasks.intake.files import delimited, workbooks
from tasks.intake.files.grid import Grid, SheetCells, blank_rows, trim_grid
from tasks.intake.files.unreadable import LARGEST_FILE, MOST_COLUMNS, MOST_ROWS, UnreadableFile
from tasks.intake.raw import Raw

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURE_STARTS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM6", b"II*\0", b"MM\0*", b"RIFF")
_OTHER_FORMATS = {
    b"%PDF": "pdf",
    b"{\\rtf": "no_table",
    b"PK\x05\x06": "no_table",
    b"\x1f\x8b": "no_table",
    b"Rar!": "no_table",
    b"7z\xbc\xaf": "no_table",
    b"SQLite format 3": "no_table",
    b"MZ\x90\0": "no_table",
    b"PAR1": "no_table",
    b"%!PS": "no_table",
    b"MIME-Version:": "html",  # a page with its pictures, which Excel names .xls
    b"[{": "no_table",
    b'{"': "no_table",
}
_MARKUP_STARTS = (
    *(b"<!doctype", b"<html", b"<head", b"<meta", b"<style", b"<!--", b"<div"),
    *(b"<?xml", b"<table", b"<svg"),
)
_BEFORE_MARKUP = b"\xef\xbb\xbf\xff\xfe \t\r\n"
_MARKUP_BYTES = 4096  # bytes looked at
_CLUTTER_NAMES = ("thumbs.db", "desktop.ini", "ehthumbs.db")


class FileGrids(NamedTuple):
    """The sheets of a file with something in them, in order, and findings `unreadable_file`."""

    grids: list[Grid]
    findings: pd.DataFrame


def is_clutter_file(name: str) -> bool:
    """Whether a file is no export but what office programs and operating systems leave behind."""
    base = name.rpartition("/")[2]
    return base.startswith((".", "~$")) or base.lower() in _CLUTTER_NAMES


def read_grids(raw: Raw) -> FileGrids:
    """The sheets of a file, and findings: one per file or sheet that cannot be read, one per cell
    that is too long to be an answer.
    """
    if is_clutter_file(raw.name):
        return FileGrids([], no_findings())
    try:
        sheets = _filled_sheets(raw)
    except UnreadableFile as problem:
        return FileGrids([], _unreadable_file_finding(raw.name, problem))
    grids, findings = [], []
    for name, grid, cells in sheets:
        source = f"{raw.name}#{name}" if len(sheets) > 1 else raw.name
        excess = _size_excess(grid)
        if excess:
            findings.append(_unreadable_file_finding(source, excess))
        else:
            grids.append(Grid(source, grid, name, cells.hidden, cells.long))
    long_cells = [_long_cell_findings(grid) for grid in grids if grid.long]
    return FileGrids(grids, join_findings([*findings, *long_cells]))


def _unreadable_file_finding(source: str, problem: UnreadableFile) -> pd.DataFrame:
    return make_finding(
        "unreadable_file", table="exports", source=source, case=problem.reason, **problem.params
    )


def _filled_sheets(raw: Raw) -> list[tuple[str, pd.DataFrame, SheetCells]]:
    """Name, trimmed grid and cells of each sheet with something in it. Raises UnreadableFile."""
    if raw.size >= LARGEST_FILE:
        megabytes = raw.size // 1_000_000
        raise UnreadableFile("too_large", size=megabytes, limit=LARGEST_FILE // 1_000_000)
    sheets = [(name, trim_grid(cells.texts), cells) for name, cells in _sheets(raw.load())]
    filled = [sheet for sheet in sheets if len(sheet[1])]
    if not filled:
        raise UnreadableFile("blank")
    return filled


def _size_excess(grid: pd.DataFrame) -> UnreadableFile | None:
    """Why a sheet is larger than any table of submissions; the other sheets of the file are read
    all the same. None for a sheet that is not.
    """
    if grid.shape[1] > MOST_COLUMNS:
        return UnreadableFile("too_many_columns", columns=grid.shape[1], limit=MOST_COLUMNS)
    if len(grid) <= MOST_ROWS:
        return None
    filled = int((~blank_rows(grid)).sum())
    if filled <= MOST_ROWS:
        return None
    return UnreadableFile("too_many_rows", rows=filled, limit=MOST_ROWS)


def _sheets(content: bytes) -> Iterator[tuple[str, SheetCells]]:
    """Name and cells of each sheet; the name is "" in CSV. Raises UnreadableFile."""
    if not content:
        raise UnreadableFile("empty")
    if content.startswith((_ZIP, _OLE)):
        yield from workbooks.read_sheets(content)
        return
    # Pictures and films of telephones have their mark behind their length.
    if content.startswith(_PICTURE_STARTS) or content[4:8] == b"ftyp":
        raise UnreadableFile("picture")
    for start, reason in _OTHER_FORMATS.items():
        if content.startswith(start):
            raise UnreadableFile(reason)
    if is_markup(content):
        raise UnreadableFile("html")
    yield "", delimited.read_cells(content)


def is_markup(content: bytes) -> bool:
    """Whether a file is a web page or XML, whatever it is named: some programs save one as .xls."""
    start = content[:_MARKUP_BYTES].replace(b"\0", b"").lstrip(_BEFORE_MARKUP).lower()
    return start.startswith(_MARKUP_STARTS)


def _long_cell_findings(sheet: Grid) -> pd.DataFrame:
    """A finding a cell over MOST_CELL_CHARACTERS.

    The cell stays; its row is left out later, because of the finding.
    """
    places = [(row, length) for (row, _), length in sheet.long.items()]
    rows = pd.DataFrame(places, columns=["row", "length"]).assign(limit=MOST_CELL_CHARACTERS)
    return make_findings(
        "unreadable_file", rows, table="exports", source=sheet.source, case="cell_too_long"
    )
