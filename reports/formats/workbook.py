"""Book -> XLSX: tables that sort, filter and print; the same bytes for the same book.

Text is written as text: a formula, a link or a number that somebody typed is never run.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from reports.content.book import Book, BookColumn, BookSheet
from reports.formats import spreadsheet
from tasks.words import Words

_ONE_LINE_HEIGHT = spreadsheet.row_height(())
_WIDEST_UPRIGHT = 95  # characters of a table that still prints on upright paper
_TITLE_FORMAT = {"bold": True, "font_size": 14, "font_color": "#0d4a6b"}
_HEADING_FORMAT = {
    "bold": True,
    "text_wrap": True,
    "valign": "bottom",
    "top": 2,
    "bottom": 1,
    "bg_color": "#f2f5f7",
}

MOST_SHEET_ROWS = 1_048_576 - 3  # a sheet's, without the title, the line under it and the headings


def render_book(book: Book, words: Words) -> bytes:
    """The workbook's bytes."""
    import xlsxwriter  # start-up time

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, spreadsheet.AS_TEXT) as workbook:
        workbook.set_properties({"title": book.title, "created": spreadsheet.CREATED})
        formats = _BookFormats(workbook)
        names = spreadsheet.sheet_names([grid.name for grid in book.grids])
        for name, grid in zip(names, book.grids, strict=True):
            sheet = workbook.add_worksheet(name)
            _write_book_sheet(sheet, _fit_to_sheet(grid, words), book, formats, words)
    return out.getvalue()


def _fit_to_sheet(grid: BookSheet, words: Words) -> BookSheet:
    """The grid with no more rows than a sheet holds; its title then says how many rows stand in
    data/ alone.
    """
    left = len(grid.rows) - MOST_SHEET_ROWS
    if left <= 0:
        return grid
    title = f"{grid.title} – {words.say('workbook.left', rows=words.integer(left))}"
    return replace(grid, title=title, rows=grid.rows[:MOST_SHEET_ROWS])


class _BookFormats:
    """The formats of a workbook's cells: one per kind and number of decimals, added when first
    asked for.
    """

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._cells: dict[tuple[str, int], Any] = {}
        self.title = workbook.add_format(_TITLE_FORMAT)
        self._heading_at_left = workbook.add_format(_HEADING_FORMAT)
        # The indent leaves room for the filter's arrow.
        self._heading_at_right = workbook.add_format(
            _HEADING_FORMAT | {"align": "right", "indent": 2}
        )

    def heading(self, column: BookColumn) -> Any:
        """The format of a column's heading."""
        return self._heading_at_right if column.is_right else self._heading_at_left

    def cell(self, column: BookColumn) -> Any:
        """The format of a column's cells."""
        key = (column.kind, column.places)
        if key not in self._cells:
            self._cells[key] = self._workbook.add_format(_cell_format(column))
        return self._cells[key]


def _cell_format(column: BookColumn) -> dict[str, Any]:
    decimals = "0" + ("." + "0" * column.places if column.places else "")
    number_formats = {
        "integer": "#,##0",
        "decimal": "#,##" + decimals,
        "percent": decimals + "%",
        "date": "dd/mm/yyyy",
        "time": "dd/mm/yyyy hh:mm",
        "text": "@",
        "code": "@",
    }
    properties = {"num_format": number_formats[column.kind], "valign": "top", "bottom": 4}
    if column.is_right:
        return properties | {"align": "right", "indent": 1}
    return properties | {"text_wrap": column.kind == "text"}


def _write_book_sheet(
    sheet: Any, grid: BookSheet, book: Book, formats: _BookFormats, words: Words
) -> None:
    head = 2
    sheet.write_string(0, 0, grid.title, formats.title)
    for j, column in enumerate(grid.columns):
        sheet.set_column(j, j, column.wide)
        sheet.write_string(head, j, column.heading, formats.heading(column))
        for i, row in enumerate(grid.rows, start=head + 1):
            _write_book_cell(sheet, i, j, row[j], column, formats.cell(column))
    _set_row_heights(sheet, grid, head)
    sheet.freeze_panes(head + 1, 1)
    if grid.rows:
        sheet.autofilter(head, 0, head + len(grid.rows), len(grid.columns) - 1)
    _set_book_printing(sheet, grid, book, head, words)


def _set_row_heights(sheet: Any, grid: BookSheet, head: int) -> None:
    """Gives rows whose texts need more than one line the height that they need."""
    headings = [(column.heading, column.wide - 3 * column.is_right) for column in grid.columns]
    sheet.set_row(head, spreadsheet.row_height(headings))
    widths = {j: column.wide for j, column in enumerate(grid.columns) if column.kind == "text"}
    for i, row in enumerate(grid.rows, start=head + 1):
        height = spreadsheet.row_height(_long_texts(row, widths))
        if height > _ONE_LINE_HEIGHT:
            sheet.set_row(i, height)


def _long_texts(row: Sequence[Any], widths: Mapping[int, int]) -> list[tuple[str, int]]:
    """The texts of a row that need more than one line, each with the width of its column;
    `widths` of the columns with wrapped text, by number.
    """
    texts = [(str(row[j] or ""), width) for j, width in widths.items()]
    return [(text, width) for text, width in texts if len(text) > width or "\n" in text]


def _write_book_cell(sheet: Any, i: int, j: int, value: Any, column: BookColumn, form: Any) -> None:
    if value is None or value == "":
        sheet.write_blank(i, j, None, form)
    elif column.kind in ("integer", "decimal", "percent"):
        sheet.write_number(i, j, float(Decimal(str(value))), form)
    elif isinstance(value, datetime):
        moment = value.replace(tzinfo=None, microsecond=0)
        sheet.write_datetime(i, j, moment, form)
    elif isinstance(value, date):
        sheet.write_datetime(i, j, value, form)
    else:
        sheet.write_string(i, j, str(value)[: spreadsheet.LONGEST_CELL], form)


def _set_book_printing(sheet: Any, grid: BookSheet, book: Book, head: int, words: Words) -> None:
    spreadsheet.print_rows(sheet, book.paper, head, len(grid.rows), len(grid.columns))
    if sum(column.wide for column in grid.columns) > _WIDEST_UPRIGHT:
        sheet.set_landscape()
    sheet.set_margins(left=0.6, right=0.6, top=0.8, bottom=0.8)
    title = spreadsheet.margin_text(book.title)
    draft = spreadsheet.margin_text(book.draft)
    code = f"{words.say('report.code')} {book.code}" if book.code else ""
    sheet.set_header(spreadsheet.margin_line(title, draft))
    sheet.set_footer(spreadsheet.margin_line(code, spreadsheet.page_number(words)))
