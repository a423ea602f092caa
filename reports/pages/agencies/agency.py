"""agencies/<code>: an agency's own page: its submissions, how they stand, and what to mend in each
rejected one.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, ClassVar

import pandas as pd

from reports.content.edition import Edition
from reports.content.page import Page
from reports.content.paths import agency_path
from reports.content.problems import Problem, problems_by_submission
from reports.content.records import records
from reports.pages.parts.excerpt import choose_items
from tasks.results.results import Results

# Warnings that an agency's page has room for, by medium: there are as many pages as agencies.
WARNING_ROOM = {"paper": 25, "screen": 250}


@dataclass(frozen=True)
class Standing:
    """What a phase gave a submission. `rank` and `score` only in a judging phase; `unmet` only in a
    screening phase.
    """

    phase: str
    is_draft: bool
    outcome: str
    rank: int | None = None
    score: str | None = None
    unmet: str = ""
    reason: str = ""


@dataclass(frozen=True)
class AgencyEntry:
    """One submission of the agency, as it counts."""

    content_tag: ClassVar[str] = "Entry"

    submission_id: str
    title: str
    category: str
    group: str
    submitted_at: datetime | None
    status: str
    reason: str
    stage: str
    standings: tuple[Standing, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class EntriesExcerpt:
    """Entries with the findings that a medium shows; `left` counts the warnings left out."""

    entries: tuple[AgencyEntry, ...]
    left: int


@dataclass(frozen=True)
class Unit:
    """A body under the agency, with its own counts."""

    code: str
    name: str
    received: int
    accepted: int


@dataclass(frozen=True)
class AgencyPage(Page):
    """Content of agencies/<code>; counts are of innovations, `*_with_units` with those of all
    bodies under it.

    `screened` is None where the competition has no screening phase: it would say `accepted` again.
    """

    template: ClassVar[str] = "agency.html"

    agency_code: str
    agency: str
    kind: str
    parent: str
    status: str
    minimum: int
    counts: str
    received: int
    accepted: int
    screened: int | None
    received_with_units: int
    accepted_with_units: int
    screened_with_units: int
    entries: tuple[AgencyEntry, ...]
    superseded: tuple[AgencyEntry, ...]
    units: tuple[Unit, ...]

    def room(self, medium: str) -> int:
        """How many warnings, or rows sent again, the page shows on "screen" or "paper"."""
        return WARNING_ROOM[medium]

    def excerpt(self, medium: str) -> EntriesExcerpt:
        """The entries for "screen" or "paper": every error, and warnings up to its room."""
        return cut_warnings(self.entries, self.room(medium))


def cut_warnings(entries: Sequence[AgencyEntry], room: int) -> EntriesExcerpt:
    """The entries with every error and at most `room` warnings, some of each entry."""
    warnings = [
        (at, number, problem.rule)
        for at, entry in enumerate(entries)
        for number, problem in enumerate(entry.problems)
        if problem.severity == "warning"
    ]
    rules = [rule for _, _, rule in warnings]
    owners = [at for at, _, _ in warnings]
    shown = set(choose_items(rules, room, owners))
    hidden = {(at, i) for n, (at, i, _) in enumerate(warnings) if n not in shown}
    cut = tuple(_without_problems(entry, at, hidden) for at, entry in enumerate(entries))
    return EntriesExcerpt(cut, len(hidden))


def _without_problems(
    entry: AgencyEntry, at: int, hidden: Collection[tuple[int, int]]
) -> AgencyEntry:
    """The entry without the hidden problems; `hidden` has numbers of entries and problems."""
    kept = tuple(p for number, p in enumerate(entry.problems) if (at, number) not in hidden)
    return replace(entry, problems=kept)


def build(results: Results, edition: Edition) -> Iterator[AgencyPage]:
    """A page for each body of the compliance table, in its order."""
    compliance = results["compliance"]
    entries = _group_records(results["submissions"], "agency_code")
    units = _group_records(compliance, "parent_code")
    names = dict(zip(compliance["agency_code"], compliance["agency"], strict=True))
    standings = standings_by_submission(results, edition)
    problems = problems_by_submission(results["findings"])
    for body in records(compliance):
        own = [
            _agency_entry(row, standings, problems, edition)
            for row in entries.get(body.agency_code, ())
        ]
        yield _agency_page(
            body, own, names.get(body.parent_code, ""), units.get(body.agency_code, ()), edition
        )


def _group_records(frame: pd.DataFrame, column: str) -> dict[str, tuple[Any, ...]]:
    """The rows by what stands in a column, those without it left aside."""
    return {str(key): tuple(records(rows)) for key, rows in frame.groupby(column, sort=False)}


def _agency_page(
    body: Any, own: Sequence[AgencyEntry], parent: str, units: Iterable[Any], edition: Edition
) -> AgencyPage:
    obligation = edition.competition.obligation
    return AgencyPage(
        masthead=edition.masthead,
        path=agency_path(body.agency_code),
        title=body.agency,
        is_draft=False,
        agency_code=body.agency_code,
        agency=body.agency,
        kind=body.type or "",
        parent=parent,
        status=body.status,
        minimum=obligation.minimum,
        counts=obligation.counts,
        received=body.received,
        accepted=body.accepted,
        screened=body.screened if edition.competition.has_screening else None,
        received_with_units=body.received_with_units,
        accepted_with_units=body.accepted_with_units,
        screened_with_units=body.screened_with_units,
        entries=tuple(e for e in own if e.status != "superseded"),
        superseded=tuple(e for e in own if e.status == "superseded"),
        units=tuple(Unit(u.agency_code, u.agency, u.received, u.accepted) for u in units),
    )


def _agency_entry(
    row: Any,
    standings: Mapping[str, tuple[Standing, ...]],
    problems: Mapping[str, tuple[Problem, ...]],
    edition: Edition,
) -> AgencyEntry:
    """A row of submissions; a superseded one without what was said and judged of the one that
    stands.
    """
    stands = row.status != "superseded"
    return AgencyEntry(
        submission_id=row.submission_id,
        title=row.title or row.submission_id,
        category=edition.categories.get(row.category, row.category or ""),
        group=edition.groups.get(row.group, row.group or ""),
        submitted_at=row.submitted_at and row.submitted_at.to_pydatetime(),
        status=row.status,
        reason=row.reason or "",
        stage=edition.phases.get(row.stage, ""),
        standings=standings.get(row.submission_id, ()) if stands else (),
        problems=problems.get(row.submission_id, ()) if stands else (),
    )


def standings_by_submission(results: Results, edition: Edition) -> dict[str, tuple[Standing, ...]]:
    """What each phase gave each submission, phases in their order."""
    order = list(edition.phases)
    rows = [*records(results["screening"]), *records(results["rankings"])]
    found: dict[str, list[Standing]] = {}
    for row in sorted(rows, key=lambda row: order.index(row.phase)):
        found.setdefault(row.submission_id, []).append(_phase_standing(row, edition))
    return {submission: tuple(standings) for submission, standings in found.items()}


def _phase_standing(row: Any, edition: Edition) -> Standing:
    """Of a row of screening or of rankings."""
    name, is_draft = edition.phases[row.phase], edition.is_draft(row.phase)
    if hasattr(row, "unmet"):
        unmet = _join_unmet_names(row.phase, row.unmet, edition)
        return Standing(name, is_draft, row.outcome, unmet=unmet, reason=row.reason or "")
    return Standing(
        name, is_draft, row.outcome, rank=row.rank, score=row.score, reason=row.reason or ""
    )


def _join_unmet_names(phase: str, unmet: str | None, edition: Edition) -> str:
    screening = edition.competition.phase(phase)
    assert screening.kind == "screening"
    names = {
        requirement.code: edition.words.name(requirement.name)
        for requirement in screening.requirements
    }
    return ", ".join(names.get(code, code) for code in unmet.split("|")) if unmet else ""
