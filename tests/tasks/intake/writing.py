"""Files as people deliver them, made for a test: CSV bytes, workbooks, and workbooks that something
is wrong with.
"""

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from tasks.intake.raw import Raw

Rows = Sequence[Sequence[Any]]


def raw(folder: Path, name: str, content: bytes) -> Raw:
    """The copy of a delivered file of this content."""
    return Raw(name, "0" * 64, len(content), lambda: content)


def clock(*parts: int) -> dt.datetime:
    """A moment as a spreadsheet has it: without a zone."""
    return dt.datetime(*parts)  # noqa: DTZ001  # that is the point


def csv_bytes(
    rows: Rows, separator: str = ",", encoding: str = "utf-8", end: str = "\r\n", **form: Any
) -> bytes:
    """The rows as a delimited file."""
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=separator, lineterminator=end, **form).writerows(rows)
    return written.getvalue().encode(encoding)


def xlsx_bytes(
    sheets: Mapping[str, Rows], finish: Callable[[Any, dict[str, Any]], None] | None = None
) -> bytes:
    """The sheets as a workbook; `finish` gets it and its worksheets by name before it is closed."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content)
    day, moment = (
        book.add_format({"num_format": form}) for form in ("dd/mm/yyyy", "dd/mm/yyyy hh:mm:ss")
    )
    made = {name: book.add_worksheet(name) for name in sheets}
    for name, rows in sheets.items():
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if isinstance(value, dt.date):
                    made[name].write_datetime(
                        r, c, value, moment if isinstance(value, dt.datetime) else day
                    )
                elif value not in (None, ""):
                    made[name].write(r, c, value)
    if finish:
        finish(book, made)
    book.close()
    return content.getvalue()


def with_part(workbook: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one part of its zip changed."""
    content = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as old,
        zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            new.writestr(part, change(old.read(part)) if part == name else old.read(part))
    return content.getvalue()
