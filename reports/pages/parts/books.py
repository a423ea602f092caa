"""Listings -> a workbook: a sheet of key figures, then one sheet per listing, with typed cells."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from reports.content.book import Book, BookColumn, BookSheet, CellKind
from reports.content.page import Page
from reports.pages.parts.lists import Cell, Column, Entry, Link, Listing, Reason
from tasks.words import REMEDY_ARROW, Words

# By the kind of a listing's column: the kind and the width of the sheet's column.
_BOOK_KINDS: dict[str, tuple[CellKind, int]] = {
    "text": ("text", 28),
    "code": ("code", 12),
    "integer": ("integer", 12),
    "decimal": ("decimal", 13),
    "percent": ("percent", 12),
    "date": ("date", 13),
    "moment": ("time", 18),
    "outcome": ("text", 20),
    "reasons": ("text", 70),
    "lines": ("text", 44),
}

Figures = Iterable[tuple[str, int | None]]


def page_book(page: Page, words: Words, figures: Figures, listings: Iterable[Listing]) -> Book:
    """The workbook of a page: its figures (message id, number), then its listings, empty ones
    too.
    """
    summary = _summary_sheet(page.title, figures, words)
    sheets = (summary, *(listing_sheet(listing, words) for listing in listings))
    draft = words.say("report.draft") if page.is_draft else ""
    return Book(page.title, sheets, page.masthead.paper, page.code, draft)


def _summary_sheet(title: str, figures: Figures, words: Words) -> BookSheet:
    """The key figures, without those that are None."""
    columns = (
        BookColumn(words.say("book.figure"), "text", 48),
        BookColumn(words.say("book.number"), "integer", 14),
    )
    known = [(message, number) for message, number in figures if number is not None]
    rows = tuple((words.say(message), number) for message, number in known)
    return BookSheet(words.say("book.summary"), title, columns, rows)


def listing_sheet(listing: Listing, words: Words) -> BookSheet:
    """The listing as a sheet, without its total. An entry fills two columns, three where an entry
    has flags.
    """
    cells = chain.from_iterable(listing.rows)
    flagged = any(isinstance(cell, Entry) and cell.flags for cell in cells)
    columns: list[BookColumn] = []
    for column in listing.columns:
        columns += _book_columns(column, words, flagged)
    rows = tuple(_row_values(row, listing.columns, words, flagged) for row in listing.rows)
    title = listing_title(listing, words)
    return BookSheet(sheet_name(listing, words), title, tuple(columns), rows)


def sheet_name(listing: Listing, words: Words) -> str:
    """The text of the sheet's tab: the message `sheet.<name>` where the title is too long for a
    tab, else the title.
    """
    short = f"sheet.{listing.name}"
    if not listing.title and words.has(short):
        return words.say(short)
    return listing_title(listing, words)


def listing_title(listing: Listing, words: Words) -> str:
    """The listing's own title, else the message `list.<name>`."""
    return listing.title or words.say(f"list.{listing.name}")


def column_heading(column: Column, words: Words) -> str:
    """The column's own heading, else the message `col.<name>`."""
    return column.heading or words.say(f"col.{column.name}")


def _book_columns(column: Column, words: Words, flagged: bool) -> Iterator[BookColumn]:
    if column.kind == "entry":
        yield BookColumn(words.say("col.title"), "text", 48)
        yield BookColumn(words.say("col.agency"), "text", 36)
        if flagged:
            yield BookColumn(words.say("col.flags"), "text", 30)
        return
    kind, width = _BOOK_KINDS[column.kind]
    yield BookColumn(column_heading(column, words), kind, width, column.places)


def _row_values(
    row: tuple[Cell, ...], columns: tuple[Column, ...], words: Words, flagged: bool
) -> tuple[Any, ...]:
    values: list[Any] = []
    for cell, column in zip(row, columns, strict=True):
        values += _cell_values(cell, column, words, flagged)
    return tuple(values)


def _cell_values(cell: Cell, column: Column, words: Words, flagged: bool) -> Iterator[Any]:
    if isinstance(cell, Entry):
        yield cell.title
        yield cell.agency
        if flagged:
            yield ", ".join(words.say(f"flag.{flag}") for flag in cell.flags)
    elif isinstance(cell, Link):
        yield cell.text
    elif isinstance(cell, tuple):
        yield "\n".join(_reason_text(part) for part in cell)
    elif column.kind == "outcome" and cell is not None:
        yield words.say(f"outcome.{cell}")
    else:
        yield cell


def _reason_text(part: Reason | str) -> str:
    if isinstance(part, str):
        return part
    return part.problem + REMEDY_ARROW + part.remedy if part.remedy else part.problem
