"""Book -> XLSX: tables that sort, filter and print; the same bytes for the same book.

Text is written as text: what a spreadsheet would run as a formula, a link or a number stays what
was typed.
"""

import io
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from reports.content.book import Book, BookColumn, BookSheet
from reports.formats import spreadsheet
from tasks.words import Words

_ONE_LINE_HEIGHT = spreadsheet.row_height(())

MOST_SHEET_ROWS = 1_048_576 - 3  # a sheet's, without the title, the line under it and the headings


def render_book(book: Book, words: Words) -> bytes:
    """The workbook's bytes."""
    import xlsxwriter  # start-up time

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, spreadsheet.AS_TEXT) as written:
        written.set_properties({"title": book.title, "created": spreadsheet.CREATED})
        formats = _BookFormats(written)
        names = spreadsheet.sheet_names([grid.name for grid in book.grids])
        for name, grid in zip(names, book.grids, strict=True):
            _write_book_sheet(
                written.add_worksheet(name), _fit_to_sheet(grid, words), book, formats, words
            )
    return out.getvalue()


def _fit_to_sheet(grid: BookSheet, words: Words) -> BookSheet:
    """The grid with no more rows than a sheet holds; its title then says how many are in data/
    alone.
    """
    if (left := len(grid.rows) - MOST_SHEET_ROWS) <= 0:
        return grid
    title = f"{grid.title} – {words.say('workbook.left', rows=words.integer(left))}"
    return replace(grid, title=title, rows=grid.rows[:MOST_SHEET_ROWS])


class _BookFormats:
    """The workbook's cell formats, one a kind and number of decimals, made when first asked for."""

    def __init__(self, written: Any) -> None:
        self._written = written
        self._made: dict[tuple[str, int], Any] = {}
        self.title = written.add_format({"bold": True, "font_size": 14, "font_color": "#0d4a6b"})
        heading = {
            "bold": True,
            "text_wrap": True,
            "valign": "bottom",
            "top": 2,
            "bottom": 1,
            "bg_color": "#f2f5f7",
        }
        self.headings = {
            False: written.add_format(heading),
            True: written.add_format(
                heading | {"align": "right", "indent": 2}
            ),  # beside the filter's arrow
        }

    def cell(self, column: BookColumn) -> Any:
        key = (column.kind, column.places)
        if key not in self._made:
            self._made[key] = self._written.add_format(self._properties(column))
        return self._made[key]

    @staticmethod
    def _properties(column: BookColumn) -> dict[str, Any]:
        decimals = "0" + ("." + "0" * column.places if column.places else "")
        numbers = {
            "integer": "#,##0",
            "decimal": "#,##" + decimals,
            "percent": decimals + "%",
            "date": "dd/mm/yyyy",
            "time": "dd/mm/yyyy hh:mm",
            "text": "@",
            "code": "@",
        }
        place = (
            {"align": "right", "indent": 1}
            if column.is_right
            else {"text_wrap": column.kind == "text"}
        )
        return {"num_format": numbers[column.kind], "valign": "top", "bottom": 4} | place


def _write_book_sheet(
    sheet: Any, grid: BookSheet, book: Book, formats: _BookFormats, words: Words
) -> None:
    head, last = 2, len(grid.columns) - 1
    sheet.write_string(0, 0, grid.title, formats.title)
    for j, column in enumerate(grid.columns):
        sheet.set_column(j, j, column.wide)
        sheet.write_string(head, j, column.heading, formats.headings[column.is_right])
        for i, row in enumerate(grid.rows, start=head + 1):
            _write_book_cell(sheet, i, j, row[j], column, formats.cell(column))
    _set_row_heights(sheet, grid, head)
    sheet.freeze_panes(head + 1, 1)
    if grid.rows:
        sheet.autofilter(head, 0, head + len(grid.rows), last)
    _set_book_printing(sheet, grid, book, head, last, words)


def _set_row_heights(sheet: Any, grid: BookSheet, head: int) -> None:
    """Rows whose texts need more than a line are as high as they need."""
    sheet.set_row(
        head, spreadsheet.row_height((c.heading, c.wide - 3 * c.is_right) for c in grid.columns)
    )
    wrapped = [(j, column.wide) for j, column in enumerate(grid.columns) if column.kind == "text"]
    for i, row in enumerate(grid.rows, start=head + 1):
        long = [
            (text, width)
            for j, width in wrapped
            if len(text := str(row[j] or "")) > width or "\n" in text
        ]
        if long and (needed := spreadsheet.row_height(long)) > _ONE_LINE_HEIGHT:
            sheet.set_row(i, needed)


def _write_book_cell(sheet: Any, i: int, j: int, value: Any, column: BookColumn, form: Any) -> None:
    if value is None or value == "":
        sheet.write_blank(i, j, None, form)
    elif column.kind in ("integer", "decimal", "percent"):
        sheet.write_number(i, j, float(Decimal(str(value))), form)
    elif isinstance(value, datetime):
        sheet.write_datetime(i, j, value.replace(tzinfo=None, microsecond=0), form)
    elif isinstance(value, date):
        sheet.write_datetime(i, j, value, form)
    else:
        sheet.write_string(i, j, str(value)[: spreadsheet.LONGEST_CELL], form)


def _set_book_printing(
    sheet: Any, grid: BookSheet, book: Book, head: int, last: int, words: Words
) -> None:
    sheet.set_paper(spreadsheet.PAPER_NUMBERS[book.paper])
    if sum(column.wide for column in grid.columns) > 95:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(head)
    sheet.print_area(0, 0, head + max(len(grid.rows), 1), last)
    sheet.set_margins(left=0.6, right=0.6, top=0.8, bottom=0.8)
    sheet.set_header(
        f"&L&9{spreadsheet.margin_text(book.title)}&R&9{spreadsheet.margin_text(book.draft)}"
    )
    code = f"{words.say('report.code')} {book.code}" if book.code else ""
    sheet.set_footer(f"&L&9{code}&R&9{words.say('report.page')} &P {words.say('report.of')} &N")
