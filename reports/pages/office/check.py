"""The page of a check: each export with the headings that were recognised, then every finding by
rule.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from reports.content import paths
from reports.content.edition import Edition
from reports.content.page import Page
from reports.content.stale_sources import StaleSource
from reports.pages.office.bureau import Task, rule_tasks
from tasks.words import Words

TextRow = Mapping[str, str]


@dataclass(frozen=True)
class CheckedExport:
    """An export or one of its sheets: its kind, how many rows it delivered, how many of its
    headings are known, the headings that are unknown, and further notes in sentences.
    """

    source: str
    kind: str
    delivered: int
    known: int
    unknown: tuple[str, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class CheckPage(Page):
    """Content of the page that `kipp check --html` writes."""

    template: ClassVar[str] = "check.html"

    as_of: datetime
    exports: tuple[CheckedExport, ...]
    tasks: tuple[Task, ...]
    older: tuple[StaleSource, ...] = ()


def build(
    edition: Edition,
    as_of: datetime,
    read: Iterable[TextRow],
    headings: Sequence[TextRow],
    findings: Iterable[TextRow],
    older: tuple[StaleSource, ...] = (),
) -> CheckPage:
    """The page of rows of the tables exports (`read`), headings and findings, as text.

    `older`: sources for which an older copy was used.
    """
    return CheckPage(
        masthead=edition.masthead,
        path=paths.CHECK,
        title=edition.words.say("flows.check.title"),
        is_draft=False,
        as_of=as_of,
        exports=checked_exports(read, headings, edition.words),
        tasks=rule_tasks(findings),
        older=older,
    )


def checked_exports(
    rows: Iterable[TextRow], headings: Iterable[TextRow], words: Words
) -> tuple[CheckedExport, ...]:
    """The exports that were read; of rows of the tables exports and headings, as text."""
    by_source: dict[str, list[TextRow]] = {}
    for heading in headings:
        by_source.setdefault(heading["source"], []).append(heading)
    exports = []
    for row in rows:
        own_headings = by_source.get(row["source"], [])
        exports.append(_checked_export(row, own_headings, words))
    return tuple(exports)


def _checked_export(row: TextRow, headings: Sequence[TextRow], words: Words) -> CheckedExport:
    unknown = tuple(heading["heading"] for heading in headings if not heading["read_as"])
    return CheckedExport(
        source=row["source"],
        kind=row["kind"],
        delivered=int(row["delivered"] or 0),
        known=len(headings) - len(unknown),
        unknown=unknown,
        notes=_export_notes(row, headings, words),
    )


def _export_notes(row: TextRow, headings: Sequence[TextRow], words: Words) -> tuple[str, ...]:
    fields = {heading["read_as"] for heading in headings}
    lacks_time = row["table"] == "submissions" and "submitted_at" not in fields
    notes = (words.say("note.no_time"),) if lacks_time else ()
    return notes + invisible_notes(row, words)


def invisible_notes(row: TextRow, words: Words) -> tuple[str, ...]:
    """The sentence that characters which are not shown were taken out of cells of an export: of how
    many cells, and of which first. No sentence where there are none, or where an earlier version
    published the run.

    `row` is a row of the table exports, as text.
    """
    count = int(row.get("invisible") or 0)
    if not count:
        return ()
    places = "; ".join(_cell_place(place, words) for place in row["invisible_at"].split("|"))
    note = words.say("note.invisible", count=words.integer(count), places=places)
    return (note,)


def _cell_place(place: str, words: Words) -> str:
    """A place such as "7 Judul Inovasi", for people: its row, and its heading in quotes."""
    number, _, heading = place.partition(" ")
    row = words.say("report.row", row=number)
    return f'{row} "{heading}"' if heading else row
