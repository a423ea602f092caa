"""Workbooks from literal rows, as offices save them."""

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import openpyxl

Cells = Sequence[Sequence[Any]]


def xlsx(sheets: Mapping[str, Cells] | Cells) -> bytes:
    """A workbook with these sheets, or with one; dates and times are a spreadsheet's own."""
    named = sheets if isinstance(sheets, Mapping) else {"Form Responses 1": sheets}
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in named.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for cells in sheet.iter_rows():
            for cell in cells:
                if isinstance(cell.value, datetime):
                    cell.number_format = "dd/mm/yyyy hh:mm:ss"
                elif isinstance(cell.value, date):
                    cell.number_format = "dd/mm/yyyy"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()
