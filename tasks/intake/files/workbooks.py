"""The bytes of a workbook (xlsx, xls, ods) -> grids of its sheets. Computes; reads no file.

python-calamine reads; what it must not be given is told by workbook_limits. What is judged here is
what its values mean as text.
"""

import datetime as dt
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import pandas as pd
import python_calamine as calamine

from tasks.intake.cells.text import (
    CleanedTexts,
    build_grid,
    clean_texts,
    has_controls,
    remove_controls,
    texts_with_controls,
)
from tasks.intake.files.limits import inspect_workbook
from tasks.intake.files.unreadable import MOST_CELLS, UnreadableFile

_HALF_A_SECOND = dt.timedelta(
    microseconds=500_000
)  # Google rounds so in a sheet's CSV: one response, one moment
_MOST_MERGED = 2_000  # merged cells that are looked at; a table made by hand has tens
_ENCRYPTED_PART = "EncryptedPackage".encode("utf-16-le")
_LARGE_SHEET = 1_000_000  # cells of a sheet that is read a row at a time
_KEPT_TOP_ROWS = 100  # rows that stay, blank or not: the headings are among them


def read_sheets(content: bytes) -> Iterator[tuple[str, pd.DataFrame]]:
    """Name and cells of each sheet that a person can see or unhide, in order; charts and veryHidden
    sheets are not.

    Cells are text as in `delimited.grid`. Raises Unreadable.
    """
    if content.startswith(b"\xd0\xcf") and _ENCRYPTED_PART in content:
        raise UnreadableFile("encrypted")
    inspect_workbook(content)
    workbook = _open_workbook(content)
    for index, sheet in enumerate(workbook.sheets_metadata):
        is_table = sheet.typ in (
            calamine.SheetTypeEnum.WorkSheet,
            calamine.SheetTypeEnum.MacroSheet,
        )
        if is_table and sheet.visible != calamine.SheetVisibleEnum.VeryHidden:
            yield sheet.name, _read_sheet(workbook, index)


def _open_workbook(content: bytes) -> calamine.CalamineWorkbook:
    with _translate_errors():
        return calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))


@contextmanager
def _translate_errors() -> Iterator[None]:
    """Raises Unreadable for whatever the reader stumbles over."""
    try:
        yield
    except calamine.PasswordError as error:
        raise UnreadableFile("encrypted") from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise UnreadableFile("damaged_workbook") from error
    except BaseException as error:
        if (
            type(error).__name__ != "PanicException"
        ):  # Rust's; its class has no public name, and is no Exception
            raise
        raise UnreadableFile("damaged_workbook") from error


def _read_sheet(workbook: calamine.CalamineWorkbook, index: int) -> pd.DataFrame:
    with _translate_errors():
        sheet = workbook.get_sheet_by_index(index)
        cells = sheet.total_height * sheet.total_width
        if cells > MOST_CELLS:
            raise UnreadableFile("too_many_cells", limit=MOST_CELLS)
        if cells > _LARGE_SHEET:
            numbers, rows = _filled_rows(sheet)
        else:
            rows = sheet.to_python(skip_empty_area=False)
            numbers = list(range(1, len(rows) + 1))
        merged = sheet.merged_cell_ranges or []
    _fill_merged(dict(zip(numbers, rows, strict=True)), merged)
    return build_grid([_clean_column(values) for values in zip(*rows, strict=True)], numbers)


def _filled_rows(sheet: calamine.CalamineSheet) -> tuple[list[int], list[list[Any]]]:
    """The rows of a large sheet and their numbers, without the blank ones below the top, which may
    be a million.
    """
    blank_columns = [""] * (sheet.start or (0, 0))[1]
    numbered = enumerate(sheet.iter_rows(), start=1)
    kept = [
        (number, blank_columns + row)
        for number, row in numbered
        if number <= _KEPT_TOP_ROWS or any(map(_is_filled, row))
    ]
    return [number for number, _ in kept], [row for _, row in kept]


def _is_filled(value: Any) -> bool:
    return bool(value != "")


def _fill_merged(
    rows: dict[int, list[Any]], merged: list[tuple[tuple[int, int], tuple[int, int]]]
) -> None:
    """A cell merged over rows of one column stands in each of them that has a cell of its own; over
    columns, in the first alone. A row that has none only gives the one above it more room.
    """
    last = max(rows, default=0)
    down = [
        (top + 1, min(bottom + 1, last), at)
        for (top, at), (bottom, right) in merged[:_MOST_MERGED]
        if at == right
    ]
    below = {
        number for top, bottom, _ in down for number in range(top + 1, bottom + 1) if number in rows
    }
    own = {number for number in below if any(map(_is_filled, rows[number]))}
    for top, bottom, at in down:
        for number in range(top + 1, bottom + 1):
            if number in own and at < len(rows.get(top, [])):
                rows[number][at] = rows[top][at]


def _clean_column(values: Sequence[Any]) -> CleanedTexts:
    """The cells of a column, cleaned."""
    texts = [value if type(value) is str else _value_text(value) for value in values]
    whole, controls = "".join(texts), {}
    if "_x000" in whole or has_controls(whole.encode("utf-8", "surrogatepass")):
        controls = texts_with_controls(texts)
        texts = [remove_controls(text) for text in texts]
    column = clean_texts(texts)
    return column._replace(hidden=column.hidden | controls)


def _value_text(value: Any) -> str:
    """A spreadsheet's value as text that can be read one way: a number as its shortest decimal, a
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
    """The shortest decimal: 5.0 is "5". Three decimals get a fourth ("1.2340"), since "1.234" may
    be a thousand.
    """
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    text = format(Decimal(repr(value)), "f")
    whole, _, decimals = text.partition(".")
    return text + "0" if len(decimals) == 3 and len(whole.lstrip("-")) <= 3 else text
