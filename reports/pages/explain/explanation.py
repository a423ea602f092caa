"""kipp explain: why one innovation has its outcome; every number with its file, sheet, row and
heading.

Content only, from the published Results and the evidence of the exports (evidence.py). The
innovation's rows stand in rows.py, its phases in phases.py and judging.py, the arithmetic in
arithmetic.py.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd

from reports.content.edition import Edition
from reports.content.problems import Problem
from reports.content.records import records
from reports.pages.explain.evidence import InnovationEvidence, cell_text
from reports.pages.explain.phases import (
    PhasePart,
    explain_phases,
    phase_state,
    submission_rows,
)
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
    """The status by the rules, and the status that counts. `decided`: a decision of the bureau took
    effect; `reason` is its reason.
    """

    phase: str
    state: str
    by_rule: str
    status: str
    decided: bool
    reason: str


@dataclass(frozen=True)
class AgencyObligation:
    """What the innovation counts for in One Agency One Innovation: for its agency (`is_own`), or
    for an agency over its agency.

    `counts` says which innovations count, `count` how many they are, `is_counted` whether this
    innovation is one of them.
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
    """Why an innovation has its outcome, in the order of the events.

    `run` and `as_of` are those of the published run. `is_current`: the run was made from the inbox
    as it is now. `absent`: exports whose copies are gone, so that their cells cannot be shown.
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

    `rows`: its rows of the table submissions with `counts` (bool), in the order in which they
    replace each other; one row counts.
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
    decisions = submission_rows(results["decisions"], code, str(row["submission_id"]))
    return RegistrationPart(
        phase=edition.phases[code],
        state=phase_state(results, code),
        by_rule=str(row["ranked_status"]),
        status=str(row["status"]),
        decided=bool(decisions["applied"].fillna(False).any()),
        reason=cell_text(row["reason"]),
    )


def _explain_obligations(
    row: pd.Series, results: Results, edition: Edition
) -> tuple[AgencyObligation, ...]:
    """The obligation of the agency, then of the agencies over it; none where the agency is
    unknown.
    """
    agencies = {agency.agency_code: agency for agency in records(results["compliance"])}
    obligations: dict[str, AgencyObligation] = {}
    code = cell_text(row["agency_code"])
    while code in agencies and code not in obligations:
        is_own = not obligations
        obligations[code] = _agency_obligation(agencies[code], row, is_own, results, edition)
        code = agencies[code].parent_code
    return tuple(obligations.values())


def _agency_obligation(
    agency: Any, row: pd.Series, is_own: bool, results: Results, edition: Edition
) -> AgencyObligation:
    """The obligation of an agency, a row of the table compliance."""
    rule = edition.competition.obligation
    count = getattr(agency, f"{rule.counts}_with_units" if rule.roll_up else rule.counts)
    is_in_reach = is_own or rule.roll_up
    return AgencyObligation(
        code=agency.agency_code,
        agency=agency.agency,
        is_own=is_own,
        obliged=bool(agency.obliged),
        counts=rule.counts,
        roll_up=rule.roll_up,
        minimum=rule.minimum,
        count=int(count),
        is_counted=is_in_reach and _is_counted_as(rule.counts, row, results, edition),
        status=agency.status,
    )


def _is_counted_as(what: str, row: pd.Series, results: Results, edition: Edition) -> bool:
    """Whether the innovation is received, accepted or screened."""
    if what == "received":
        return True
    is_accepted = bool(row["status"] == "accepted")
    if what == "accepted" or not is_accepted:
        return is_accepted
    phases = {phase.code for phase in edition.competition.phases if phase.kind == "screening"}
    screening = results["screening"]
    is_own = screening["submission_id"] == row["submission_id"]
    passed = screening.loc[is_own & (screening["outcome"] == "passes"), "phase"]
    return phases <= set(passed)
