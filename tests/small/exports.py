"""Delivered files as bytes: an export of a form, CSV files, workbooks, and workbooks that something
is wrong with.
"""

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import xlsxwriter

from tasks.intake.raw import Raw

Rows = Sequence[Sequence[Any]]
Finish = Callable[[xlsxwriter.Workbook, dict[str, Any]], None]

HEADINGS = "Timestamp,Judul,Instansi,Kategori"
FIRST_SHEET = "Form Responses 1"
DAY, MOMENT = "dd/mm/yyyy", "dd/mm/yyyy hh:mm:ss"


def form_text(*rows: str, headings: str = HEADINGS) -> str:
    """An export with these rows; a row that is a title alone is an entry of Dinas Kesehatan in
    category satu, in time.
    """
    whole = [
        row if "," in row else f"2022-02-10 10:00:00,{row},Dinas Kesehatan,satu" for row in rows
    ]
    return "\n".join([headings, *whole]) + "\n"


def csv_bytes(
    rows: Rows, separator: str = ",", encoding: str = "utf-8", end: str = "\r\n", **form: Any
) -> bytes:
    """The rows as a delimited file."""
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=separator, lineterminator=end, **form).writerows(rows)
    return file.getvalue().encode(encoding)


def xlsx_bytes(sheets: Mapping[str, Rows] | Rows, finish: Finish | None = None) -> bytes:
    """A workbook with these sheets, or with one; dates and times are a spreadsheet's own.

    `finish` gets the workbook and its worksheets by name before it is closed.
    """
    named = sheets if isinstance(sheets, Mapping) else {FIRST_SHEET: sheets}
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content)
    worksheets = {name: book.add_worksheet(name) for name in named}
    formats = {form: book.add_format({"num_format": form}) for form in (DAY, MOMENT)}
    for name, rows in named.items():
        _write_rows(worksheets[name], rows, formats)
    if finish:
        finish(book, worksheets)
    book.close()
    return content.getvalue()


def _write_rows(worksheet: Any, rows: Rows, formats: Mapping[str, Any]) -> None:
    for row_number, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, dt.date):
                form = MOMENT if isinstance(value, dt.datetime) else DAY
                worksheet.write_datetime(row_number, column, value, formats[form])
            elif value not in (None, ""):
                worksheet.write(row_number, column, value)


def with_part(workbook: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one part of its zip changed."""
    content = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as old,
        zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            data = old.read(part)
            new.writestr(part, change(data) if part == name else data)
    return content.getvalue()


def raw(name: str, content: bytes) -> Raw:
    """The copy of a delivered file of this content."""
    return Raw(name, "0" * 64, len(content), lambda: content)


def clock(*parts: int) -> dt.datetime:
    """A moment as a spreadsheet has it: without a zone."""
    return dt.datetime(*parts)  # noqa: DTZ001  # that is the point
