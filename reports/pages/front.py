"""index.html, the front page of a run: its reports by phase, the exports that were read, and the
state of the competition.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from reports.content import paths
from reports.content.edition import Edition
from reports.content.page import Page
from reports.content.records import records
from reports.content.stale_sources import StaleSource, stale_exports
from tasks.results.results import Results
from tasks.rules.competition import AnyPhase


@dataclass(frozen=True)
class CategoryLink:
    """A link by name to a page or letter: its path without suffix."""

    name: str
    path: str


@dataclass(frozen=True)
class Stage:
    """A phase: its state and its documents; `files` are paths in the run."""

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
    """An export, or one of its sheets, that was read: the name of its phase, how many rows it
    delivered, and the start of its SHA-256.
    """

    source: str
    phase: str
    delivered: int
    sha256: str


@dataclass(frozen=True)
class FrontPage(Page):
    """Content of index.html. `received` counts innovations; `target` is None where none is set.

    `older`: exports for which an older copy was used.
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
    older: tuple[StaleSource, ...] = ()


def build(
    results: Results, edition: Edition, as_of: datetime, present: Collection[str]
) -> FrontPage:
    """The front page of a run; `present` are the paths of its other documents."""
    competition, compliance = edition.competition, results["compliance"]
    obliged = compliance[compliance["obliged"].fillna(False).astype("bool")]
    history = results["history"]
    this_year = history[history["year"] == competition.year]
    return FrontPage(
        masthead=edition.masthead,
        path=paths.FRONT,
        title=edition.words.say("front.title"),
        is_draft=False,
        as_of=as_of,
        received=int(this_year["received"].sum()),
        accepted=int(this_year["accepted"].sum()),
        target=competition.target,
        compliant=int((obliged["status"] == "compliant").sum()),
        obliged=len(obliged),
        stages=_phase_stages(results, edition, present),
        exports=_delivered_exports(results, edition),
        agency_files=_present_paths(paths.AGENCIES_DOCUMENTS, present),
        has_validation=f"{paths.VALIDATION}.html" in present,
        letters=_letter_links(results, present),
        older=stale_exports(results["exports"]),
    )


def _phase_stages(
    results: Results, edition: Edition, present: Collection[str]
) -> tuple[Stage, ...]:
    """The phases that the run knows, in order."""
    rows = {row.phase: row for row in records(results["phases"])}
    return tuple(
        _phase_stage(phase, rows[phase.code], edition, present)
        for phase in edition.competition.phases
        if phase.code in rows
    )


def _phase_stage(phase: AnyPhase, row: Any, edition: Edition, present: Collection[str]) -> Stage:
    """The phase of one row of the table phases."""
    return Stage(
        code=phase.code,
        name=edition.phases[phase.code],
        state=row.state,
        is_draft=edition.is_draft(phase.code),
        opens=edition.competition.begins(phase),
        closes=phase.closes,
        entered=row.entered or 0,
        files=_present_paths(paths.phase_documents(phase.code, phase.kind), present),
        categories=_category_links(phase.code, edition, present),
    )


def _category_links(
    phase_code: str, edition: Edition, present: Collection[str]
) -> tuple[CategoryLink, ...]:
    """Links to the category pages of a phase that the run has."""
    links = [
        CategoryLink(name, paths.phase_path(phase_code, code))
        for code, name in edition.categories.items()
    ]
    return tuple(link for link in links if f"{link.path}.html" in present)


def _delivered_exports(results: Results, edition: Edition) -> tuple[Export, ...]:
    """The exports that were read; an export of no phase is one of registration."""
    registration = edition.phases[edition.competition.registration.code]
    return tuple(
        Export(
            source=row.source,
            phase=edition.phases.get(row.phase, registration),
            delivered=row.delivered or 0,
            sha256=(row.export_sha256 or "")[:12],
        )
        for row in records(results["exports"])
    )


def _letter_links(results: Results, present: Collection[str]) -> tuple[CategoryLink, ...]:
    """Links to the reminders that the run has, by the agency's name."""
    agencies = results["compliance"]
    links = [
        CategoryLink(name, paths.reminder_path(code))
        for code, name in zip(agencies["agency_code"], agencies["agency"], strict=True)
    ]
    return tuple(link for link in links if f"{link.path}.pdf" in present)


def _present_paths(wanted: Collection[str], present: Collection[str]) -> tuple[str, ...]:
    return tuple(path for path in wanted if path in present)
