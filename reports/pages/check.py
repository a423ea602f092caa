"""What a check found: each export and what was recognised in it, then every finding by rule."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from reports.edition import Edition
from reports.older import Older
from reports.page import Page
from reports.pages.bureau import Task, tasks

Row = Mapping[str, str]


@dataclass(frozen=True)
class Export:
    """An export and sheet: its kind, its rows, how many of its headings were recognised, and those that were not."""

    source: str
    kind: str
    delivered: int
    known: int
    unknown: tuple[str, ...]


@dataclass(frozen=True)
class CheckPage(Page):
    """Content of the page that `kipp check --html` writes."""

    template: ClassVar[str] = "check.html"

    as_of: datetime
    exports: tuple[Export, ...]
    tasks: tuple[Task, ...]
    older: tuple[Older, ...] = ()


def build(
    edition: Edition, as_of: datetime, exports: Iterable[Row], headings: Sequence[Row], findings: Iterable[Row],
    older: tuple[Older, ...] = (),
) -> CheckPage:
    """The page of these rows of the tables exports, headings and findings, as text; `older`: see reports/older.py."""
    return CheckPage(
        masthead=edition.masthead, path="check", title=edition.words.say("flows.check.title"), is_draft=False,
        as_of=as_of,
        exports=tuple(_export(row, headings) for row in exports), tasks=tasks(findings),
        older=older,
    )


def recognised(headings: Iterable[Row], source: str) -> tuple[int, list[str]]:
    """How many headings of an export were recognised, and those that were not."""
    mine = [row for row in headings if row["source"] == source]
    return sum(bool(row["read_as"]) for row in mine), [row["heading"] for row in mine if not row["read_as"]]


def _export(row: Row, headings: Iterable[Row]) -> Export:
    known, unknown = recognised(headings, row["source"])
    return Export(row["source"], row["kind"], int(row["delivered"] or 0), known, tuple(unknown))
