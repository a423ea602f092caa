"""Listings -> a workbook: a sheet of key figures, then a sheet a listing, its cells typed."""

from collections.abc import Iterable, Iterator
from typing import Any

from reports.content.book import Book, BookSheet
from reports.content.book import BookColumn as SheetColumn
from reports.content.page import Page
from reports.pages.parts.lists import Cell, Column, Entry, Link, Listing, Reason
from tasks.words import REMEDY_ARROW, Words

_BOOK_KINDS: dict[
    str, tuple[str, int]
] = {  # kind of a listing's column -> kind and width of the sheet's
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
    """The workbook of a page: its figures (message id, number), and its listings that have rows or
    stand empty.
    """
    summary = BookSheet(
        words.say("book.summary"),
        page.title,
        (
            SheetColumn(words.say("book.figure"), "text", 48),
            SheetColumn(words.say("book.number"), "integer", 14),
        ),
        tuple((words.say(message), number) for message, number in figures if number is not None),
    )
    grids = (summary, *(listing_sheet(one, words) for one in listings))
    return Book(
        page.title,
        grids,
        page.masthead.paper,
        page.code,
        words.say("report.draft") if page.is_draft else "",
    )


def listing_sheet(listing: Listing, words: Words) -> BookSheet:
    """The listing as a sheet. An entry fills two columns, or three where something is said at one.
    No totals.
    """
    flagged = any(isinstance(cell, Entry) and cell.flags for row in listing.rows for cell in row)
    columns = tuple(
        made for column in listing.columns for made in _book_columns(column, words, flagged)
    )
    rows = tuple(
        tuple(
            value
            for cell, column in zip(row, listing.columns, strict=True)
            for value in _cell_values(cell, column, words, flagged)
        )
        for row in listing.rows
    )
    return BookSheet(sheet_name(listing, words), listing_title(listing, words), columns, rows)


def sheet_name(listing: Listing, words: Words) -> str:
    """What the sheet's tab is called: the message `sheet.<name>` where the title is too long for
    it.
    """
    short = f"sheet.{listing.name}"
    return (
        words.say(short)
        if not listing.title and words.has(short)
        else listing_title(listing, words)
    )


def listing_title(listing: Listing, words: Words) -> str:
    """What the listing is called: its own title, else the message `list.<name>`."""
    return listing.title or words.say(f"list.{listing.name}")


def column_heading(column: Column, words: Words) -> str:
    """The column's own heading, else the message `col.<name>`."""
    return column.heading or words.say(f"col.{column.name}")


def _book_columns(column: Column, words: Words, flagged: bool) -> Iterator[SheetColumn]:
    if column.kind == "entry":
        yield SheetColumn(words.say("col.title"), "text", 48)
        yield SheetColumn(words.say("col.agency"), "text", 36)
        if flagged:
            yield SheetColumn(words.say("col.flags"), "text", 30)
        return
    kind, width = _BOOK_KINDS[column.kind]
    yield SheetColumn(column_heading(column, words), kind, width, column.places)  # type: ignore[arg-type]  # a Kind of workbook.py


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
    return part.problem + (REMEDY_ARROW + part.remedy if part.remedy else "")
