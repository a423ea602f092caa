"""The bytes of a workbook (xlsx, xls, ods) -> the cells of its sheets.

python-calamine reads the workbook. limits.py refuses what python-calamine must not be given. This
module says what a value of a cell means as text.
"""

import datetime as dt
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import python_calamine as calamine

from tasks.intake.cells.text import (
    CleanedTexts,
    clean_texts,
    has_controls,
    remove_controls,
    texts_with_controls,
)
from tasks.intake.files.grid import SheetCells, build_cells
from tasks.intake.files.limits import inspect_workbook
from tasks.intake.files.unreadable import MOST_CELLS, UnreadableFile

# Google rounds to seconds so in the CSV of a sheet: a response is one moment in both.
_HALF_A_SECOND = dt.timedelta(microseconds=500_000)
_MOST_MERGED = 2_000  # merged cells that are looked at; a table made by hand has tens
_ENCRYPTED_PART = "EncryptedPackage".encode("utf-16-le")
_LARGE_SHEET = 1_000_000  # cells of a sheet that is read a row at a time
_KEPT_TOP_ROWS = 100  # rows that stay, blank or not: the headings are among them
_TABLE_SHEETS = (calamine.SheetTypeEnum.WorkSheet, calamine.SheetTypeEnum.MacroSheet)
_MergedRange = tuple[tuple[int, int], tuple[int, int]]  # first and last cell, row and column from 0


def read_sheets(content: bytes) -> Iterator[tuple[str, SheetCells]]:
    """Name and cells of each sheet that a person can see or unhide, in order.

    Charts and sheets that are veryHidden are left out. Raises UnreadableFile.
    """
    if content.startswith(b"\xd0\xcf") and _ENCRYPTED_PART in content:
        raise UnreadableFile("encrypted")
    inspect_workbook(content)
    workbook = _open_workbook(content)
    for index, sheet in enumerate(workbook.sheets_metadata):
        is_table = sheet.typ in _TABLE_SHEETS
        if is_table and sheet.visible != calamine.SheetVisibleEnum.VeryHidden:
            yield sheet.name, _read_sheet(workbook, index)


def _open_workbook(content: bytes) -> calamine.CalamineWorkbook:
    with _translate_errors():
        return calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))


@contextmanager
def _translate_errors() -> Iterator[None]:
    """Raises UnreadableFile for whatever the reader stumbles over."""
    try:
        yield
    except calamine.PasswordError as error:
        raise UnreadableFile("encrypted") from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise UnreadableFile("damaged_workbook") from error
    except BaseException as error:
        # A panic in Rust is no Exception, and its class has no public name.
        if type(error).__name__ != "PanicException":
            raise
        raise UnreadableFile("damaged_workbook") from error


def _read_sheet(workbook: calamine.CalamineWorkbook, index: int) -> SheetCells:
    with _translate_errors():
        sheet = workbook.get_sheet_by_index(index)
        size = sheet.total_height * sheet.total_width
        if size > MOST_CELLS:
            raise UnreadableFile("too_many_cells", limit=MOST_CELLS)
        rows = _filled_rows(sheet) if size > _LARGE_SHEET else _all_rows(sheet)
        merged = sheet.merged_cell_ranges or []
    _fill_merged(rows, merged)
    columns = [_clean_column(values) for values in zip(*rows.values(), strict=True)]
    return build_cells(columns, list(rows))


def _all_rows(sheet: calamine.CalamineSheet) -> dict[int, list[Any]]:
    """The rows of a sheet by number."""
    return dict(enumerate(sheet.to_python(skip_empty_area=False), start=1))


def _filled_rows(sheet: calamine.CalamineSheet) -> dict[int, list[Any]]:
    """The rows of a large sheet by number, without the blank ones below the top, which may be a
    million.
    """
    blank_columns = [""] * (sheet.start or (0, 0))[1]
    return {
        number: blank_columns + row
        for number, row in enumerate(sheet.iter_rows(), start=1)
        if number <= _KEPT_TOP_ROWS or any(map(_is_filled, row))
    }


def _is_filled(value: Any) -> bool:
    return bool(value != "")


def _fill_merged(rows: dict[int, list[Any]], merged: Sequence[_MergedRange]) -> None:
    """Writes a cell that is merged over rows of one column into each of them that has a cell of its
    own. A row that has none only gives the row above it more room. A cell that is merged over
    columns stands in the first alone.
    """
    last = max(rows, default=0)
    down = [
        (top + 1, min(bottom + 1, last), left)
        for (top, left), (bottom, right) in merged[:_MOST_MERGED]
        if left == right
    ]
    below = {number for top, bottom, _ in down for number in range(top + 1, bottom + 1)}
    filled = {number for number in below if any(map(_is_filled, rows.get(number, ())))}
    for top, bottom, column in down:
        for number in range(top + 1, bottom + 1):
            if number in filled and column < len(rows.get(top, [])):
                rows[number][column] = rows[top][column]


def _clean_column(values: Sequence[Any]) -> CleanedTexts:
    """The cells of a column, cleaned."""
    texts = [value if type(value) is str else _value_text(value) for value in values]
    whole = "".join(texts)
    controls = {}
    if "_x000" in whole or has_controls(whole.encode("utf-8", "surrogatepass")):
        controls = texts_with_controls(texts)
        texts = [remove_controls(text) for text in texts]
    column = clean_texts(texts)
    return column._replace(hidden=column.hidden | controls)


def _value_text(value: Any) -> str:
    """The value of a spreadsheet as text that reads one way: a number as its shortest decimal, a
    date as ISO.
    """
    if isinstance(value, dt.datetime):
        return (value + _HALF_A_SECOND).replace(microsecond=0).isoformat()
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return number_text(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dt.time):
        return value.isoformat(timespec="seconds")
    return str(value)


def number_text(value: float) -> str:
    """The shortest decimal: 5.0 is "5".

    Three decimals get a fourth ("1.2340"), since "1.234" may be a thousand.
    """
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    text = format(Decimal(repr(value)), "f")
    whole, _, decimals = text.partition(".")
    return text + "0" if len(decimals) == 3 and len(whole.lstrip("-")) <= 3 else text
