"""agencies/<code>: an agency's own page: its submissions, their standing in each phase, and what to
mend in each rejected submission.
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
    """What a phase gave a submission. Only a judging phase gives `rank` and `score`, only a
    screening phase `unmet` (names of requirements).
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
    """A unit of the agency, with its own counts of innovations."""

    code: str
    name: str
    received: int
    accepted: int


@dataclass(frozen=True)
class AgencyPage(Page):
    """Content of agencies/<code>. Counts are of innovations, `*_with_units` with those of all
    units of the agency.

    `screened` is None where the competition has no screening phase: it would repeat `accepted`.
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
    warnings = _warning_numbers(entries)
    rules = [entries[owner].problems[number].rule for owner, number in warnings]
    owners = [owner for owner, _ in warnings]
    shown = {warnings[item] for item in choose_items(rules, room, owners)}
    hidden = set(warnings) - shown
    cut = tuple(_without_problems(entry, owner, hidden) for owner, entry in enumerate(entries))
    return EntriesExcerpt(cut, len(hidden))


def _warning_numbers(entries: Sequence[AgencyEntry]) -> list[tuple[int, int]]:
    """Each warning as a pair: the number of its entry, and its own number among the problems of
    that entry.
    """
    return [
        (owner, number)
        for owner, entry in enumerate(entries)
        for number, problem in enumerate(entry.problems)
        if problem.severity == "warning"
    ]


def _without_problems(
    entry: AgencyEntry, owner: int, hidden: Collection[tuple[int, int]]
) -> AgencyEntry:
    """The entry without the hidden problems: pairs of the entry's number and the problem's."""
    problems = enumerate(entry.problems)
    kept = (problem for number, problem in problems if (owner, number) not in hidden)
    return replace(entry, problems=tuple(kept))


def build(results: Results, edition: Edition) -> Iterator[AgencyPage]:
    """A page for each agency of the table compliance, in its order."""
    compliance = results["compliance"]
    entries = _group_records(results["submissions"], "agency_code")
    units = _group_records(compliance, "parent_code")
    names = dict(zip(compliance["agency_code"], compliance["agency"], strict=True))
    standings = standings_by_submission(results, edition)
    problems = problems_by_submission(results["findings"])
    for body in records(compliance):
        rows = entries.get(body.agency_code, ())
        own_entries = [_agency_entry(row, standings, problems, edition) for row in rows]
        parent = names.get(body.parent_code, "")
        yield _agency_page(body, own_entries, parent, units.get(body.agency_code, ()), edition)


def _group_records(frame: pd.DataFrame, column: str) -> dict[str, tuple[Any, ...]]:
    """The rows by their value in a column; rows without a value are left out."""
    groups = frame.groupby(column, sort=False)
    return {str(key): tuple(records(rows)) for key, rows in groups}


def _agency_page(
    body: Any, entries: Sequence[AgencyEntry], parent: str, units: Iterable[Any], edition: Edition
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
        entries=tuple(entry for entry in entries if entry.status != "superseded"),
        superseded=tuple(entry for entry in entries if entry.status == "superseded"),
        units=tuple(map(_make_unit, units)),
    )


def _make_unit(unit: Any) -> Unit:
    """The unit of a row of the table compliance."""
    return Unit(unit.agency_code, unit.agency, unit.received, unit.accepted)


def _agency_entry(
    row: Any,
    standings: Mapping[str, tuple[Standing, ...]],
    problems: Mapping[str, tuple[Problem, ...]],
    edition: Edition,
) -> AgencyEntry:
    """The entry of a row of submissions. A superseded row has no standings and problems: those are
    of the row that counts.
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
    """What each phase gave each submission, by submission id; phases in their order."""
    order = list(edition.phases)
    rows = [*records(results["screening"]), *records(results["rankings"])]
    standings: dict[str, list[Standing]] = {}
    for row in sorted(rows, key=lambda row: order.index(row.phase)):
        standings.setdefault(row.submission_id, []).append(_phase_standing(row, edition))
    return {id_: tuple(of_phases) for id_, of_phases in standings.items()}


def _phase_standing(row: Any, edition: Edition) -> Standing:
    """The standing of a row of screening or of rankings."""
    standing = Standing(
        edition.phases[row.phase],
        edition.is_draft(row.phase),
        row.outcome,
        reason=row.reason or "",
    )
    if hasattr(row, "unmet"):
        return replace(standing, unmet=_join_unmet_names(row.phase, row.unmet, edition))
    return replace(standing, rank=row.rank, score=row.score)


def _join_unmet_names(phase_code: str, unmet: str | None, edition: Edition) -> str:
    """The names of the requirements whose codes stand joined by | in a cell."""
    if not unmet:
        return ""
    phase = edition.competition.phase(phase_code)
    assert phase.kind == "screening"
    names = {item.code: edition.words.name(item.name) for item in phase.requirements}
    return ", ".join(names.get(code, code) for code in unmet.split("|"))
