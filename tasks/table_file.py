"""One table file from disk as text cells; it reads the file and nothing else."""

import csv
import io
from pathlib import Path

import pandas as pd
from python_calamine import CalamineError, load_workbook


class Unreadable(Exception):
    """The file is no table that can be read; the text is the reader's own reason, for the one who looks closer."""


def read_cells(path: Path) -> pd.DataFrame:
    """The cells as text, NaN where blank: a column a column, the index is the sheet's own row (the first is 1)."""
    try:
        rows = _workbook(path) if path.suffix == ".xlsx" else _csv(path.read_bytes())
    except (CalamineError, OSError, ValueError, csv.Error) as error:
        raise Unreadable(str(error)) from error
    cells = pd.DataFrame(rows, index=range(1, len(rows) + 1), dtype="str")
    stripped = cells.apply(lambda column: column.str.strip())
    return stripped.where(stripped != "").dropna(how="all")


def _csv(raw: bytes) -> list[list[str]]:
    text = _text(raw)
    heading = text.lstrip().split("\n", 1)[0]
    delimiter = max(";,\t", key=heading.count)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))


def _text(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252")


def _workbook(path: Path) -> list[list[str]]:
    with load_workbook(path) as book:
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    return [[_shown(cell) for cell in row] for row in rows]


def _shown(cell: object) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
