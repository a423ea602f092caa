"""A delivered file -> its sheets as grids of text.

Content tells what a file is, never its name. A file that cannot be read is a finding that says why,
never a stop.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

import numpy as np
import pandas as pd

from tasks.findings.frame import join_findings, make_finding, make_findings, no_findings
from tasks.intake.files import delimited, workbooks
from tasks.intake.files.unreadable import (
    LARGEST_FILE,
    MOST_CELL_CHARACTERS,
    MOST_COLUMNS,
    MOST_ROWS,
    UnreadableFile,
)
from tasks.intake.raw import Raw

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURE_STARTS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM6", b"II*\0", b"MM\0*", b"RIFF")
_OTHER_FORMATS = {
    b"%PDF": "pdf",
    b"{\\rtf": "no_table",
    b"PK\x05\x06": "no_table",
    b"\x1f\x8b": "no_table",
    b"Rar!": "no_table",
    **dict.fromkeys((b"7z\xbc\xaf", b"SQLite format 3", b"MZ\x90\0", b"PAR1", b"%!PS"), "no_table"),
    b"MIME-Version:": "html",  # a page with its pictures, which Excel names .xls
    b"[{": "no_table",
    b'{"': "no_table",
}
_CLUTTER_NAMES = ("thumbs.db", "desktop.ini", "ehthumbs.db")


@dataclass(frozen=True, eq=False)
class Grid:
    """One sheet: `grid` has text cells (str, NaN where empty), its index is the spreadsheet's own
    row numbers 1.., its columns 0..; `source` is the file's name, with #sheet where it has several;
    `name` is the sheet's, "" in CSV. `hidden`: the cells that characters which are not shown were
    taken out of, as delivered, by row and column; `long`: the characters of those over LONGEST.
    """

    source: str
    grid: pd.DataFrame
    name: str
    hidden: Mapping[tuple[int, int], str] = field(default_factory=dict)
    long: Mapping[tuple[int, int], int] = field(default_factory=dict)


def is_clutter_file(name: str) -> bool:
    """Whether a file is no export but what office programs and operating systems leave behind."""
    base = PurePosixPath(name).name
    return (
        base.startswith((".", "~$"))
        or base.lower() in _CLUTTER_NAMES
        or base.lower().startswith("._")
    )


def read_grids(raw: Raw) -> tuple[list[Grid], pd.DataFrame]:
    """The sheets of a file that have anything in them, in order, and findings: `unreadable_file`,
    one a file, where there is nothing to read; one a cell that is too long to be an answer.
    """
    if is_clutter_file(raw.name):
        return [], no_findings()
    try:
        grids = list(_filled_grids(raw))
    except UnreadableFile as problem:
        return [], _unreadable_file_finding(raw.name, problem)
    several = len(grids) > 1
    every = [
        Grid(f"{raw.name}#{name}" if several else raw.name, grid, name, **told)
        for name, grid, told in grids
    ]
    found = [sheet for sheet in every if _size_excess(sheet.grid) is None]
    too_large = [
        _unreadable_file_finding(sheet.source, excess)
        for sheet in every
        if (excess := _size_excess(sheet.grid))
    ]
    return found, join_findings(
        [*too_large, *(_long_cell_findings(sheet) for sheet in found if sheet.long)]
    )


def _unreadable_file_finding(source: str, problem: UnreadableFile) -> pd.DataFrame:
    return make_finding(
        "unreadable_file", table="exports", source=source, case=problem.reason, **problem.params
    )


def _filled_grids(raw: Raw) -> Iterator[tuple[str, pd.DataFrame, Mapping[str, Any]]]:
    """Name and cells of each sheet that has any, and what is told of them: `hidden` and `long` of a
    Sheet.
    """
    if raw.size >= LARGEST_FILE:
        megabytes = raw.size // 1_000_000
        raise UnreadableFile("too_large", size=megabytes, limit=LARGEST_FILE // 1_000_000)
    every = ((name, _take_attributes(whole), whole) for name, whole in _all_grids(raw.load()))
    filled = [(name, grid, told) for name, told, whole in every if len(grid := trim_grid(whole))]
    if not filled:
        raise UnreadableFile("blank")
    yield from filled


def _take_attributes(grid: pd.DataFrame) -> dict[str, Any]:
    """The attributes of a grid, which has none then: pandas would copy them with every frame made
    of it.
    """
    told = {str(name): said for name, said in grid.attrs.items()}
    grid.attrs = {}
    return told


def _size_excess(grid: pd.DataFrame) -> UnreadableFile | None:
    """Why a sheet is larger than any table of submissions; the other sheets of its file are read
    all the same.
    """
    if grid.shape[1] > MOST_COLUMNS:
        return UnreadableFile("too_many_columns", columns=grid.shape[1], limit=MOST_COLUMNS)
    if len(grid) > MOST_ROWS and (filled_rows := int((~blank_rows(grid)).sum())) > MOST_ROWS:
        return UnreadableFile("too_many_rows", rows=filled_rows, limit=MOST_ROWS)
    return None


def _all_grids(content: bytes) -> Iterator[tuple[str, pd.DataFrame]]:
    if not content:
        raise UnreadableFile("empty")
    if content.startswith((_ZIP, _OLE)):
        yield from workbooks.read_sheets(content)
        return
    if content.startswith(_PICTURE_STARTS) or content[4:8] == b"ftyp":  # of telephones, and films
        raise UnreadableFile("picture")
    for start, reason in _OTHER_FORMATS.items():
        if content.startswith(start):
            raise UnreadableFile(reason)
    if is_markup(content):
        raise UnreadableFile("html")
    yield "", delimited.read_cells(content)


def is_markup(content: bytes) -> bool:
    """Whether a file is a web page or XML, whatever it is named: some programs save one as .xls."""
    start = content[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    return start.startswith(
        (
            b"<!doctype",
            b"<html",
            b"<?xml",
            b"<table",
            b"<head",
            b"<meta",
            b"<style",
            b"<!--",
            b"<div",
            b"<svg",
        )
    )


def trim_grid(grid: pd.DataFrame) -> pd.DataFrame:
    """The grid without the empty rows and columns at its ends; row numbers stay."""
    cells = grid.to_numpy(dtype="object")
    width = next((i for i in range(grid.shape[1], 0, -1) if pd.notna(cells[:, i - 1]).any()), 0)
    blank = blank_rows(grid.iloc[:, :width])
    filled = np.flatnonzero(~blank)
    return grid.iloc[: filled[-1] + 1, :width] if len(filled) else grid.iloc[:0, :0]


def blank_rows(grid: pd.DataFrame, columns: Iterable[Hashable] | None = None) -> np.ndarray:
    """Which rows have nothing in them, or nothing in these columns. Columns are looked at in turn,
    only where all before were empty.
    """
    left = np.arange(len(grid))
    for column in grid if columns is None else columns:
        if not len(left):
            break
        left = left[pd.isna(grid[column].to_numpy()[left])]
    blank = np.zeros(len(grid), dtype=bool)
    blank[left] = True
    return blank


def _long_cell_findings(sheet: Grid) -> pd.DataFrame:
    """A finding a cell over LONGEST characters. The cell stays: its row is left out for the
    finding.
    """
    places = [(row, length) for (row, _), length in sheet.long.items()]
    rows = pd.DataFrame(places, columns=["row", "length"]).assign(limit=MOST_CELL_CHARACTERS)
    return make_findings(
        "unreadable_file", rows, table="exports", source=sheet.source, case="cell_too_long"
    )
