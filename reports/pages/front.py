"""index.html: a run's reports by phase, as of when, from which exports, and where the competition
stands.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from reports.content.edition import Edition
from reports.content.page import Page
from reports.content.records import records
from reports.content.stale_sources import Older, stale_exports
from tasks.results.results import Results


@dataclass(frozen=True)
class CategoryLink:
    """A category's page of a phase: its name, and its place without suffix."""

    name: str
    path: str


@dataclass(frozen=True)
class Stage:
    """A phase: how it stands, and which documents it has; `files` are places in the run."""

    code: str
    name: str
    state: str
    is_draft: bool
    opens: datetime | None
    closes: datetime
    entered: int
    files: tuple[str, ...]
    categories: tuple[CategoryLink, ...]


@dataclass(frozen=True)
class Export:
    """An export and sheet that was read: for which phase, how many rows, and the start of its
    SHA-256.
    """

    source: str
    phase: str
    delivered: int
    sha256: str


@dataclass(frozen=True)
class FrontPage(Page):
    """Content of index.html. `received` counts innovations; `target` is None where none is set.

    `older`: exports that an older copy stands for.
    """

    template: ClassVar[str] = "front.html"

    as_of: datetime
    received: int
    accepted: int
    target: int | None
    compliant: int
    obliged: int
    stages: tuple[Stage, ...]
    exports: tuple[Export, ...]
    agency_files: tuple[str, ...]
    has_validation: bool
    letters: tuple[CategoryLink, ...]
    older: tuple[Older, ...] = ()


def build(results: Results, edition: Edition, as_of: datetime, paths: Collection[str]) -> FrontPage:
    """The front page of a run whose other documents stand at `paths`."""
    competition, compliance = edition.competition, results["compliance"]
    obliged = compliance[compliance["obliged"].fillna(False).astype("bool")]
    this_year = results["history"].loc[results["history"]["year"] == competition.year]
    return FrontPage(
        masthead=edition.masthead,
        path="index",
        title=edition.words.say("front.title"),
        is_draft=False,
        as_of=as_of,
        received=int(this_year["received"].sum()),
        accepted=int(this_year["accepted"].sum()),
        target=competition.target,
        compliant=int((obliged["status"] == "compliant").sum()),
        obliged=len(obliged),
        stages=tuple(_phase_stages(results, edition, sorted(paths))),
        exports=_delivered_exports(results, edition),
        agency_files=_present_paths(
            ("agencies/index.html", "agencies/report.pdf", "agencies/report.xlsx"), paths
        ),
        has_validation="validation/index.html" in paths,
        letters=_letter_links(results, paths),
        older=stale_exports(results["exports"]),
    )


def _phase_stages(results: Results, edition: Edition, paths: list[str]) -> list[Stage]:
    rows = {row.phase: row for row in records(results["phases"])}
    return [
        Stage(
            phase.code,
            edition.phases[phase.code],
            rows[phase.code].state,
            edition.is_draft(phase.code),
            edition.competition.begins(phase),
            phase.closes,
            rows[phase.code].entered or 0,
            _present_paths(
                [
                    f"phases/{phase.code}/{name}"
                    for name in ("report.html", "report.pdf", "report.xlsx", "minutes.pdf")
                ],
                paths,
            ),
            tuple(
                CategoryLink(name, f"phases/{phase.code}/{code}")
                for code, name in edition.categories.items()
                if f"phases/{phase.code}/{code}.html" in paths
            ),
        )
        for phase in edition.competition.phases
        if phase.code in rows
    ]


def _delivered_exports(results: Results, edition: Edition) -> tuple[Export, ...]:
    first = edition.phases[edition.competition.registration.code]
    return tuple(
        Export(
            row.source,
            edition.phases.get(row.phase, first),
            row.delivered or 0,
            (row.export_sha256 or "")[:12],
        )
        for row in records(results["exports"])
    )


def _letter_links(results: Results, paths: Collection[str]) -> tuple[CategoryLink, ...]:
    bodies = zip(results["compliance"]["agency_code"], results["compliance"]["agency"], strict=True)
    return tuple(
        CategoryLink(name, f"letters/reminder-{code}")
        for code, name in bodies
        if f"letters/reminder-{code}.pdf" in paths
    )


def _present_paths(wanted: Collection[str], paths: Collection[str]) -> tuple[str, ...]:
    return tuple(path for path in wanted if path in paths)
