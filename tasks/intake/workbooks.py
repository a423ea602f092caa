"""The bytes of a workbook (xlsx, xls, ods) -> grids of its sheets. Computes; reads no file.

python-calamine reads; what is judged here is what it must not be given (zip bombs, sheets of billions of blank
cells), what it opens in silence (strict OOXML), and what its values mean as text.
"""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd
import python_calamine as calamine

from tasks.intake.text import cleaned, has_controls, without_controls
from tasks.intake.unreadable import MOST_CELLS, Unreadable

_UNPACKED = 300_000_000  # bytes of all parts of a workbook
_MOST_MERGED = 2_000  # merged cells that are looked at; a table made by hand has tens
_PIECE = 1_000_000  # bytes unpacked at a time
_RATIO = 250  # an honest sheet packs to a tenth or a fiftieth
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_STRICT = b"purl.oclc.org/ooxml"
_LETTERS = re.compile(rb'<(?:\w+:)?c [^>]*?r="([A-Z]+)')
_REPEATS = re.compile(rb'number-(?:rows|columns)-repeated="(\d{1,9})"')
_ROWS = re.compile(rb'<(?:\w+:)?row [^>]*?r="(\d+)"')


def grids(content: bytes) -> Iterator[tuple[str, pd.DataFrame]]:
    """Name and cells of each sheet that a person can see or unhide, in order; charts and veryHidden sheets are not.

    Cells are text as in `delimited.grid`. Raises Unreadable.
    """
    if content.startswith(b"PK"):
        _inspect(content)
    elif _ENCRYPTED in content:
        raise Unreadable("encrypted")
    workbook = _opened(content)
    for index, sheet in enumerate(workbook.sheets_metadata):
        is_table = sheet.typ in (calamine.SheetTypeEnum.WorkSheet, calamine.SheetTypeEnum.MacroSheet)
        if is_table and sheet.visible != calamine.SheetVisibleEnum.VeryHidden:
            yield sheet.name, _grid(workbook, index)


def _opened(content: bytes) -> calamine.CalamineWorkbook:
    try:
        return calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    except calamine.PasswordError as error:
        raise Unreadable("encrypted") from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise Unreadable("damaged_workbook") from error


def _inspect(content: bytes) -> None:
    """Raises Unreadable for a zip that is damaged, no workbook, strict OOXML, or would unpack to more than it may."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            _inspect_sizes(parts, len(content))
            names = set(parts.namelist())
            if "xl/workbook.xml" in names:
                _inspect_ooxml(parts)
            elif "content.xml" in names:
                _inspect_ods(parts)
            elif "xl/workbook.bin" not in names:
                raise Unreadable("no_table")
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise Unreadable("damaged_workbook") from error
    except RuntimeError as error:  # zipfile's word for a zip with a password
        raise Unreadable("encrypted") from error


def _inspect_sizes(parts: zipfile.ZipFile, packed: int) -> None:
    unpacked = sum(part.file_size for part in parts.infolist())
    if unpacked > _UNPACKED or (unpacked > 20_000_000 and unpacked > _RATIO * packed):
        raise Unreadable("zip_bomb", unpacked=unpacked // 1_000_000)


def _inspect_ooxml(parts: zipfile.ZipFile) -> None:
    if _STRICT in _unpacked(parts, "xl/workbook.xml")[:20_000]:
        raise Unreadable("strict_workbook")
    for name in parts.namelist():
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            _inspect_extent(_unpacked(parts, name))
        elif name in ("xl/sharedStrings.xml", "xl/styles.xml"):
            _unpacked(parts, name)


def _unpacked(parts: zipfile.ZipFile, name: str) -> bytes:
    """A part of the workbook, in pieces: one that is longer than the directory says never is in memory whole."""
    with parts.open(name) as part:
        return b"".join(iter(lambda: part.read(_PIECE), b""))


def _inspect_extent(sheet: bytes) -> None:
    """calamine lays a sheet out from its first to its last cell: two cells far apart would be billions."""
    height = max((int(number) for number in _ROWS.findall(sheet)), default=sheet.count(b"<row"))
    if height * 16_384 <= MOST_CELLS:
        return
    widest = max((_column(letters) for letters in set(_LETTERS.findall(sheet))), default=1)
    if height * widest > MOST_CELLS and sheet.count(b"<c ") > 0 and _spread(sheet, widest) > MOST_CELLS:
        raise Unreadable("too_many_cells", limit=MOST_CELLS)


def _spread(sheet: bytes, widest: int) -> int:
    """Cells from the first to the last row that has a cell with something in it."""
    filled = [int(n) for n in re.findall(rb'<(?:\w+:)?c [^>]*?r="[A-Z]+(\d+)"[^>/]*>', sheet)]
    return (max(filled) - min(filled) + 1) * widest if filled else 0


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _inspect_ods(parts: zipfile.ZipFile) -> None:
    names = parts.namelist()
    if "mimetype" in names and b"spreadsheet" not in _unpacked(parts, "mimetype"):
        raise Unreadable("no_table")
    if "META-INF/manifest.xml" in names and b"encryption-data" in _unpacked(parts, "META-INF/manifest.xml"):
        raise Unreadable("encrypted")
    for sheet in _unpacked(parts, "content.xml").split(b"<table:table ")[1:]:
        if _ods_extent(sheet) > MOST_CELLS:
            raise Unreadable("too_many_cells", limit=MOST_CELLS)


def _ods_extent(sheet: bytes) -> int:
    """Cells of an ODS sheet up to its last row with something in it: a row or cell may say that it stands a million
    times."""
    height = filled = widest = 0
    for row in sheet.split(b"<table:table-row")[1:]:
        head, _, cells = row.partition(b">")
        height += int((_REPEATS.findall(head) or [b"1"])[0])
        last = max(cells.rfind(b"office:value-type"), cells.rfind(b"<text:p"))
        if last >= 0:
            filled = height
            counted = cells[: cells.find(b">", last)]
            repeats = sum(int(number) - 1 for number in _REPEATS.findall(counted))
            widest = max(widest, counted.count(b"table-cell") + repeats)
    return filled * widest


def _grid(workbook: calamine.CalamineWorkbook, index: int) -> pd.DataFrame:
    try:
        sheet = workbook.get_sheet_by_index(index)
        if sheet.total_height * sheet.total_width > MOST_CELLS:
            raise Unreadable("too_many_cells", limit=MOST_CELLS)
        rows = sheet.to_python(skip_empty_area=False)
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise Unreadable("damaged_workbook") from error
    _fill_merged(rows, sheet.merged_cell_ranges or [])
    columns = {position: _texts(values) for position, values in enumerate(zip(*rows, strict=True))}
    return pd.DataFrame(columns, index=pd.RangeIndex(1, len(rows) + 1), copy=False)


def _fill_merged(rows: list[list[Any]], merged: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """A cell merged over rows of one column stands in each of them; over columns, in the first alone."""
    for (top, left), (bottom, right) in merged[:_MOST_MERGED]:
        if left == right and bottom < len(rows) and left < len(rows[top]):
            for row in rows[top + 1 : bottom + 1]:
                row[left] = rows[top][left]


def _texts(values: Sequence[Any]) -> Any:
    texts = [value if type(value) is str else _text(value) for value in values]
    whole = "".join(texts)
    if "_x000" in whole or has_controls(whole.encode("utf-8", "surrogatepass")):
        texts = [without_controls(text) for text in texts]
    return cleaned(texts)


def _text(value: Any) -> str:
    """A spreadsheet's value as text that can be read one way: a number as its shortest decimal, a date as ISO."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return number_text(value)
    if isinstance(value, dt.datetime):
        return value.replace(microsecond=0).isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dt.time):
        return value.isoformat(timespec="seconds")
    return str(value)


def number_text(value: float) -> str:
    """The shortest decimal: 5.0 is "5". Three decimals get a fourth ("1.2340"), since "1.234" may be a thousand."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    text = format(Decimal(repr(value)), "f")
    whole, _, decimals = text.partition(".")
    return text + "0" if len(decimals) == 3 and len(whole.lstrip("-")) <= 3 else text
