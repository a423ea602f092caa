"""Listings: what a table of a page and a sheet of its workbook both show. Content only; the
template has the words.

A column's heading is the message `col.<name>`, unless the column has a heading of its own (a
criterion). A listing's title is the message `list.<name>`, the sentence for no rows
`list.<name>.empty`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

import pandas as pd

from reports.content.page import IF_ANY
from tasks.words import REMEDY_ARROW

ColumnKind = Literal[
    "text",
    "entry",
    "code",
    "integer",
    "decimal",
    "percent",
    "date",
    "moment",
    "outcome",
    "reasons",
    "lines",
]


@dataclass(frozen=True)
class Entry:
    """An innovation as every page names it: its title and its agency. `flags` are codes of the
    messages `flag.<code>` that stand with it.
    """

    title: str
    agency: str
    flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reason:
    """What is wrong, and what to do; `remedy` is "" where there is nothing to do."""

    problem: str
    remedy: str = ""


@dataclass(frozen=True)
class Link:
    """A text that leads on, on a screen, to another document of the run; `href` is seen from the
    page.
    """

    text: str
    href: str


_MOST_SHORT_ROWS = 8
_LONG_KINDS = ("reasons", "lines")
Cell = str | int | date | datetime | Entry | Link | tuple[Reason, ...] | tuple[str, ...] | None


@dataclass(frozen=True)
class Column:
    """One column. `width` is its share of the table; `places` the decimals of a decimal or
    percent.
    """

    name: str
    kind: ColumnKind
    width: int
    heading: str = ""
    places: int = 0


@dataclass(frozen=True)
class Listing:
    """Rows under columns, perhaps with a total. `strong` has the numbers of the rows to set off,
    counted from 0.

    `groups` has the group of each row, for a listing that a page may cut (excerpt.py); else ().
    """

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    title: str = ""
    total: tuple[Cell, ...] = ()
    strong: tuple[int, ...] = ()
    groups: tuple[str, ...] = field(default=(), metadata=IF_ANY)

    @property
    def is_short(self) -> bool:
        """Whether the table is to stay on one sheet of paper: few rows, none of them long."""
        kinds = {column.kind for column in self.columns}
        return len(self.rows) <= _MOST_SHORT_ROWS and kinds.isdisjoint(_LONG_KINDS)

    @property
    def widths(self) -> tuple[str, ...]:
        """The columns' widths in percent, which sum to 100."""
        total = sum(column.width for column in self.columns)
        return tuple(f"{100 * column.width / total:.2f}" for column in self.columns)


# The kind and the width of each column, wherever it stands.
COLUMN_LAYOUT: dict[str, tuple[ColumnKind, int]] = {
    "number": ("integer", 7),
    "entry": ("entry", 40),
    "title": ("text", 34),
    "agency": ("text", 34),
    "category": ("text", 24),
    "type": ("text", 18),
    "category_row": ("text", 46),
    "type_row": ("text", 40),
    "body": ("text", 56),
    "day": ("date", 20),
    "submitted_at": ("moment", 22),
    "status": ("outcome", 20),
    "received": ("integer", 12),
    "accepted": ("integer", 12),
    "rejected": ("integer", 12),
    "withdrawn": ("integer", 12),
    "received_sum": ("integer", 17),
    "accepted_sum": ("integer", 19),
    "reasons": ("reasons", 62),
    "place_in_export": ("text", 26),
    "finding": ("reasons", 70),
    "where": ("text", 30),
    "field": ("text", 18),
    "expected": ("text", 25),
    "value": ("text", 25),
    "reason": ("text", 34),
    "reviewed": ("text", 22),
    "applied": ("outcome", 18),
    "by_rule": ("outcome", 26),
    "decided": ("outcome", 22),
    "what": ("text", 50),
    "rows": ("integer", 12),
    "requirement": ("text", 44),
    "unmet": ("lines", 30),
    "note": ("text", 26),
    "not_met": ("integer", 16),
    "screened": ("integer", 12),
    "passes": ("integer", 12),
    "fails": ("integer", 12),
    "pending": ("integer", 17),
    "why": ("text", 30),
    "rank": ("integer", 13),
    "score": ("decimal", 11),
    "own_score": ("decimal", 13),
    "sheets": ("integer", 12),
    "outcome": ("outcome", 16),
    "key": ("code", 8),
    "criterion": ("text", 44),
    "weight": ("decimal", 12),
    "share": ("percent", 14),
    "judge": ("text", 26),
    "expected_sheets": ("integer", 14),
    "used_sheets": ("integer", 14),
    "left_out_sheets": ("integer", 18),
    "missing_sheets": ("integer", 14),
    "missing_titles": ("lines", 60),
    "list": ("text", 24),
    "place": ("integer", 11),
    "award": ("lines", 34),
    "award_year": ("code", 10),
    "level": ("text", 16),
    "award_name": ("text", 18),
    "obliged": ("integer", 12),
    "compliant": ("integer", 15),
    "short": ("integer", 14),
    "rejected_only": ("integer", 14),
    "none": ("integer", 12),
    "rate": ("percent", 16),
    "entered_phase": ("integer", 12),
    "scored": ("integer", 12),
    "advancing": ("integer", 12),
    "outcome_now": ("outcome", 21),
    "accepted_with_units": ("integer", 14),
    "screened_with_units": ("integer", 14),
    "received_with_units": ("integer", 14),
    "year": ("code", 12),
    "bodies": ("integer", 12),
}


def column(name: str, places: int = 0, width: int | None = None) -> Column:
    """The column of this name; `places` for decimals and percents, `width` where it is not the
    usual one.
    """
    kind, usual = COLUMN_LAYOUT[name]
    return Column(name, kind, width or usual, places=places)


def listing(
    name: str,
    columns: str | Iterable[Column],
    frame: pd.DataFrame,
    *,
    title: str = "",
    total: tuple[Cell, ...] = (),
    strong: tuple[int, ...] = (),
    groups: tuple[str, ...] = (),
) -> Listing:
    """The listing of a frame's columns (names divided by a space), its rows in the frame's order.

    A column `number` that the frame does not have counts the rows from 1.
    """
    if isinstance(columns, str):
        columns = [column(own) for own in columns.split()]
    shown = tuple(columns)
    if "number" not in frame:
        frame = frame.assign(number=range(1, len(frame) + 1))
    cells = [map(content_cell, frame[own.name]) for own in shown]
    rows = tuple(zip(*cells, strict=True))
    return Listing(name, shown, rows, title, total, strong, groups)


def content_cell(value: Any) -> Cell:
    """A cell of a frame as content of a page: a missing value is None, a whole number an int, a
    time a datetime.
    """
    if isinstance(value, (tuple, Entry, Link)):
        return value
    if value is None or pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        moment: datetime = value.to_pydatetime()
        return moment
    if isinstance(value, (str, date)):
        return value
    return int(value)


def cell_series(values: Iterable[object], frame: pd.DataFrame) -> pd.Series:
    """The values as a column of the frame, for any content: entries, reasons, shares that may be
    missing.
    """
    return pd.Series(list(values), index=frame.index, dtype="object")


def entries(frame: pd.DataFrame) -> pd.Series:
    """The entries of a frame's columns title and agency, on its index; a dash where one is
    missing.
    """
    titles, agencies = frame["title"].fillna("–"), frame["agency"].fillna("–")
    return cell_series(map(Entry, titles, agencies), frame)


def reason(message: str) -> Reason:
    """A finding's message, divided into what is wrong and what to do."""
    problem, _, remedy = message.partition(REMEDY_ARROW)
    return Reason(problem, remedy)


def reasons(messages: Iterable[str]) -> tuple[Reason, ...]:
    """The messages as reasons, each once, in their order."""
    return tuple(reason(message) for message in dict.fromkeys(messages))
