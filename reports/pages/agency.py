"""agencies/<code>: an agency's own page: its submissions, their status and ranks, and what to mend in each rejected one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

import pandas as pd

from reports.edition import Edition
from reports.page import Page
from reports.problems import Problem, by_submission
from tasks.results import Results


@dataclass(frozen=True)
class Standing:
    """What a phase gave a submission. `rank` and `score` only in a judging phase; `unmet` only in a screening phase."""

    phase: str
    is_draft: bool
    outcome: str
    rank: int | None = None
    score: str | None = None
    unmet: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Entry:
    """One submission of the agency, as it counts."""

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
class Unit:
    """A body under the agency, with its own counts."""

    code: str
    name: str
    received: int
    accepted: int


@dataclass(frozen=True)
class AgencyPage(Page):
    """Content of agencies/<code>; counts are of innovations, `*_with_units` with those of all bodies under it."""

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
    screened: int
    received_with_units: int
    accepted_with_units: int
    screened_with_units: int
    entries: tuple[Entry, ...]
    superseded: tuple[Entry, ...]
    units: tuple[Unit, ...]


def build(results: Results, edition: Edition) -> Iterator[AgencyPage]:
    """A page for each body of the compliance table, in its order."""
    submissions = dict(tuple(results["submissions"].groupby("agency_code", sort=False)))
    standings = standings_by_submission(results, edition)
    problems = by_submission(results["findings"])
    compliance = results["compliance"]
    names = dict(zip(compliance["agency_code"], compliance["agency"], strict=True))
    units = dict(tuple(compliance.groupby("parent_code", sort=False)))
    for body in compliance.itertuples(index=False):
        own = submissions.get(body.agency_code, results["submissions"].iloc[:0])
        entries = _entries(own, standings, problems, edition)
        yield AgencyPage(
            masthead=edition.masthead, path=f"agencies/{body.agency_code}", title=body.agency, is_draft=False,
            agency_code=body.agency_code, agency=body.agency, kind=text(body.type),
            parent=names.get(body.parent_code, ""), status=body.status,
            minimum=edition.competition.obligation.minimum, counts=edition.competition.obligation.counts,
            received=int(body.received), accepted=int(body.accepted), screened=int(body.screened),
            received_with_units=int(body.received_with_units), accepted_with_units=int(body.accepted_with_units),
            screened_with_units=int(body.screened_with_units),
            entries=tuple(e for e in entries if e.status != "superseded"),
            superseded=tuple(e for e in entries if e.status == "superseded"),
            units=_units(units.get(body.agency_code, compliance.iloc[:0])),
        )


def _entries(
    own: pd.DataFrame, standings: dict[str, tuple[Standing, ...]], problems: dict[str, tuple[Problem, ...]],
    edition: Edition,
) -> list[Entry]:
    return [
        Entry(
            submission_id=row.submission_id, title=text(row.title) or row.submission_id,
            category=edition.categories.get(row.category, text(row.category)),
            group=edition.groups.get(row.group, text(row.group)),
            submitted_at=None if pd.isna(row.submitted_at) else row.submitted_at.to_pydatetime(),
            status=row.status, reason=text(row.reason), stage=edition.phases.get(row.stage, ""),
            standings=standings.get(row.submission_id, ()) if row.status != "superseded" else (),
            problems=problems.get(row.submission_id, ()) if row.status != "superseded" else (),
        )
        for row in own.itertuples(index=False)
    ]


def _units(bodies: pd.DataFrame) -> tuple[Unit, ...]:
    return tuple(
        Unit(b.agency_code, b.agency, int(b.received), int(b.accepted)) for b in bodies.itertuples(index=False)
    )


def standings_by_submission(results: Results, edition: Edition) -> dict[str, tuple[Standing, ...]]:
    """What each phase gave each submission, phases in their order."""
    found: dict[str, list[tuple[int, Standing]]] = {}
    order = {code: i for i, code in enumerate(edition.phases)}
    for row in results["screening"].itertuples(index=False):
        standing = Standing(
            edition.phases[row.phase], edition.is_draft(row.phase), row.outcome,
            unmet=_requirements(row.phase, text(row.unmet), edition), reason=text(row.reason),
        )
        found.setdefault(row.submission_id, []).append((order[row.phase], standing))
    for row in results["rankings"].itertuples(index=False):
        standing = Standing(
            edition.phases[row.phase], edition.is_draft(row.phase), row.outcome,
            rank=None if pd.isna(row.rank) else int(row.rank), score=text(row.score) or None, reason=text(row.reason),
        )
        found.setdefault(row.submission_id, []).append((order[row.phase], standing))
    return {key: tuple(s for _, s in sorted(value, key=lambda pair: pair[0])) for key, value in found.items()}


def _requirements(phase: str, unmet: str, edition: Edition) -> str:
    names = {r.code: edition.words.name(r.name) or r.code for r in edition.competition.phase(phase).requirements}  # type: ignore[union-attr]
    return ", ".join(names.get(code, code) for code in unmet.split("|")) if unmet else ""


def text(value: object) -> str:
    """The cell as text; "" where it is missing."""
    return "" if value is None or value != value or value is pd.NA else str(value)
