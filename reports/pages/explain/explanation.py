"""kipp explain: how one innovation came to stand where it stands; every number with its file,
sheet, row and heading.

Content only, from the published Results and what its exports say (evidence.py). What its rows said
stands in explained_rows.py, what the phases made of it in explained_phases.py and
explained_judging.py, the arithmetic in working.py.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd

from reports.content.edition import Edition
from reports.content.problems import Problem
from reports.content.records import records
from reports.pages.explain.evidence import InnovationEvidence, cell_text
from reports.pages.explain.phases import PhasePart, explain_phases
from reports.pages.explain.rows import (
    AgencyMatch,
    CellReading,
    DeliveredRow,
    RuleCheck,
    agency_match,
    cell_readings,
    delivered_rows,
    row_problems,
    rule_checks,
)
from tasks.results.results import Results


@dataclass(frozen=True)
class RegistrationPart:
    """What the rules gave and what counts. `decided`: a decision of the bureau took effect;
    `reason` is its reason.
    """

    phase: str
    state: str
    by_rule: str
    status: str
    decided: bool
    reason: str


@dataclass(frozen=True)
class AgencyObligation:
    """What the innovation does for One Agency One Innovation of its agency, or of a body over it
    (`is_own` false).

    `counts` says what is counted, `count` how many that are, `is_counted` whether this innovation
    is among them.
    """

    code: str
    agency: str
    is_own: bool
    obliged: bool
    counts: str
    roll_up: bool
    minimum: int
    count: int
    is_counted: bool
    status: str


@dataclass(frozen=True)
class Explanation:
    """How an innovation came to stand where it stands, in the order in which it happened.

    `run` and `as_of` are those of the published run; `is_current`: its inbox is the one that is
    there now. `absent`: exports whose copies are gone, so that their cells cannot be shown.
    """

    submission_id: str
    title: str
    agency: str
    category: str
    group: str
    competition: str
    run: str
    as_of: datetime
    is_current: bool
    rows: tuple[DeliveredRow, ...]
    readings: tuple[CellReading, ...]
    match: AgencyMatch
    checks: tuple[RuleCheck, ...]
    problems: tuple[Problem, ...]
    registration: RegistrationPart
    phases: tuple[PhasePart, ...]
    obligations: tuple[AgencyObligation, ...]
    absent: tuple[str, ...]


def build(
    results: Results,
    edition: Edition,
    rows: pd.DataFrame,
    evidence: InnovationEvidence,
    run: str,
    as_of: datetime,
    is_current: bool = True,
) -> Explanation:
    """The explanation of one innovation.

    `rows`: its rows of the table submissions with `counts` (boolean), as innovations.settled gives
    them; one counts.
    """
    row = rows[rows["counts"]].iloc[0]
    return Explanation(
        submission_id=str(row["submission_id"]),
        title=cell_text(row["title"]),
        agency=cell_text(row["agency"]),
        category=edition.categories.get(cell_text(row["category"]), ""),
        group=edition.groups.get(cell_text(row["group"]), ""),
        competition=f"{edition.competition.name} {edition.competition.year}",
        run=run,
        as_of=as_of,
        is_current=is_current,
        rows=delivered_rows(rows, results, evidence),
        readings=cell_readings(row, results, edition, evidence),
        match=agency_match(row, results, evidence),
        checks=rule_checks(row, results),
        problems=row_problems(row, results),
        registration=_explain_registration(row, results, edition),
        phases=explain_phases(results, edition, row, evidence),
        obligations=_explain_obligations(row, results, edition),
        absent=evidence.absent,
    )


def _explain_registration(row: pd.Series, results: Results, edition: Edition) -> RegistrationPart:
    code = edition.competition.registration.code
    phases, decisions = results["phases"], results["decisions"]
    mine = decisions[
        (decisions["phase"] == code) & (decisions["submission_id"] == row["submission_id"])
    ]
    return RegistrationPart(
        edition.phases[code],
        str(phases.loc[phases["phase"] == code, "state"].iloc[0]),
        str(row["ranked_status"]),
        str(row["status"]),
        bool(mine["applied"].fillna(False).any()),
        cell_text(row["reason"]),
    )


def _explain_obligations(
    row: pd.Series, results: Results, edition: Edition
) -> tuple[AgencyObligation, ...]:
    """The agency's own, then those of the bodies over it; none where the agency is unknown."""
    bodies = {body.agency_code: body for body in records(results["compliance"])}
    made: list[AgencyObligation] = []
    code = cell_text(row["agency_code"])
    while code in bodies and code not in [one.code for one in made]:
        made.append(_agency_obligation(bodies[code], row, not made, results, edition))
        code = bodies[code].parent_code
    return tuple(made)


def _agency_obligation(
    body: Any, row: pd.Series, is_own: bool, results: Results, edition: Edition
) -> AgencyObligation:
    rule = edition.competition.obligation
    count = getattr(body, f"{rule.counts}_with_units" if rule.roll_up else rule.counts)
    counted = (is_own or rule.roll_up) and _is_counted_as(rule.counts, row, results, edition)
    return AgencyObligation(
        body.agency_code,
        body.agency,
        is_own,
        bool(body.obliged),
        rule.counts,
        rule.roll_up,
        rule.minimum,
        int(count),
        counted,
        body.status,
    )


def _is_counted_as(what: str, row: pd.Series, results: Results, edition: Edition) -> bool:
    """Whether the innovation is received, accepted or screened."""
    if what == "received":
        return True
    if what == "accepted" or row["status"] != "accepted":
        return bool(row["status"] == "accepted")
    phases = [phase.code for phase in edition.competition.phases if phase.kind == "screening"]
    screening = results["screening"]
    passed = screening[
        (screening["submission_id"] == row["submission_id"]) & (screening["outcome"] == "passes")
    ]
    return set(phases) <= set(passed["phase"])
