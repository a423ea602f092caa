"""What a check found: each export and what was recognised in it, then every finding by rule."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from reports.content import paths
from reports.content.edition import Edition
from reports.content.page import Page
from reports.content.stale_sources import Older
from reports.pages.office.bureau import Task, rule_tasks
from tasks.words import Words

TextRow = Mapping[str, str]


@dataclass(frozen=True)
class CheckedExport:
    """An export and sheet: its kind, its rows, how many of its headings were recognised, those that
    were not, and what else is to be known of it, in sentences.
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
    older: tuple[Older, ...] = ()


def build(
    edition: Edition,
    as_of: datetime,
    read: Iterable[TextRow],
    headings: Sequence[TextRow],
    findings: Iterable[TextRow],
    older: tuple[Older, ...] = (),
) -> CheckPage:
    """The page of these rows of the tables exports, headings and findings, as text; `older`: see
    reports/older.py.
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
    """What was read: of rows of the tables exports and headings, as text."""
    of_source: dict[str, list[TextRow]] = {}
    for heading in headings:
        of_source.setdefault(heading["source"], []).append(heading)
    return tuple(_checked_export(row, of_source.get(row["source"], []), words) for row in rows)


def _checked_export(row: TextRow, headings: Sequence[TextRow], words: Words) -> CheckedExport:
    unknown = tuple(heading["heading"] for heading in headings if not heading["read_as"])
    known = len(headings) - len(unknown)
    return CheckedExport(
        row["source"],
        row["kind"],
        int(row["delivered"] or 0),
        known,
        unknown,
        _export_notes(row, headings, words),
    )


def _export_notes(row: TextRow, headings: Sequence[TextRow], words: Words) -> tuple[str, ...]:
    has_time = row["table"] != "submissions" or any(
        heading["read_as"] == "submitted_at" for heading in headings
    )
    return (*(() if has_time else (words.say("note.no_time"),)), *invisible_notes(row, words))


def invisible_notes(row: TextRow, words: Words) -> tuple[str, ...]:
    """That characters which are not shown were taken out of cells of an export: how many cells, and
    where first; one sentence or none. Of a row of the table exports, as text; runs of before do not
    tell it.
    """
    count = int(row.get("invisible") or 0)
    if not count:
        return ()
    places = [place.partition(" ") for place in row["invisible_at"].split("|")]
    named = [(words.say("report.row", row=number), heading) for number, _, heading in places]
    shown = [f'{place} "{heading}"' if heading else place for place, heading in named]
    return (words.say("note.invisible", count=words.integer(count), places="; ".join(shown)),)
