"""What screening and nomination made of one innovation, and which phases it entered. Pure.

Judging has a room of its own (explained_judging.py).
"""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd

from reports.content.edition import Edition
from reports.content.records import records
from reports.pages.explain.evidence import (
    CellCorrection,
    DeliveredAnswers,
    DeliveredCell,
    InnovationEvidence,
    RowPlace,
    cell_number,
    cell_text,
    corrections_at_place,
)
from reports.pages.explain.judging import JudgingPart, explain_judging
from tasks.results.results import Results
from tasks.rules.competition import JudgingPhase, NominationPhase, ScreeningPhase


@dataclass(frozen=True)
class RequirementAnswer:
    """One requirement: what stands in its cell, under which heading, and whether it is met (None:
    unclear).
    """

    code: str
    requirement: str
    heading: str
    text: str
    met: bool | None
    correction: CellCorrection | None


@dataclass(frozen=True)
class ScreeningPart:
    """A screening phase. `place` is the row that counts, None where none was delivered; `earlier`
    those it replaced.
    """

    kind: ClassVar[str] = "screening"

    code: str
    name: str
    state: str
    place: RowPlace | None
    earlier: tuple[RowPlace, ...]
    note: str
    answers: tuple[RequirementAnswer, ...]
    by_rule: str
    outcome: str
    reason: str


@dataclass(frozen=True)
class EarlierAward:
    """An earlier award: exact (same agency and title) bars, near is for a person to judge."""

    match: str
    year: int
    title: str
    award: str


@dataclass(frozen=True)
class LevelPart:
    """One level of nomination. `place` counts those neither barred nor near an award; `of` is how
    many have one.
    """

    code: str
    name: str
    quota: int
    barred: tuple[str, ...]
    place: int | None
    of: int
    score: str
    awards: tuple[EarlierAward, ...]
    by_rule: str
    outcome: str
    reason: str


@dataclass(frozen=True)
class NominationPart:
    """A nomination phase, level by level."""

    kind: ClassVar[str] = "nomination"

    code: str
    name: str
    state: str
    levels: tuple[LevelPart, ...]


@dataclass(frozen=True)
class WaitingPart:
    """A phase that it entered and that has not begun."""

    kind: ClassVar[str] = "waiting"

    code: str
    name: str
    state: str


PhasePart = ScreeningPart | JudgingPart | NominationPart | WaitingPart


def explain_phases(
    results: Results, edition: Edition, row: pd.Series, evidence: InnovationEvidence
) -> tuple[PhasePart, ...]:
    """The phases after registration that the innovation entered, in order. `row`: its counting row
    of submissions.
    """
    codes = list(edition.phases)
    last = codes.index(str(row["stage"])) if cell_text(row["stage"]) in codes else 0
    return tuple(
        _explain_phase(results, edition, code, str(row["submission_id"]), evidence)
        for code in codes[1 : last + 1]
    )


def _explain_phase(
    results: Results, edition: Edition, code: str, submission_id: str, evidence: InnovationEvidence
) -> PhasePart:
    phase = edition.competition.phase(code)
    phases = results["phases"]
    state = str(phases.loc[phases["phase"] == code, "state"].iloc[0])
    if state == "not_begun":
        return WaitingPart(code, edition.phases[code], state)
    match phase:
        case ScreeningPhase():
            return _explain_screening(results, edition, phase, state, submission_id, evidence)
        case JudgingPhase():
            return explain_judging(results, edition, phase, state, submission_id, evidence)
        case NominationPhase():
            return _explain_nomination(results, edition, phase, state, submission_id)
    raise AssertionError(f"nobody enters {code} from an earlier phase")


def _explain_screening(
    results: Results,
    edition: Edition,
    phase: ScreeningPhase,
    state: str,
    submission_id: str,
    evidence: InnovationEvidence,
) -> ScreeningPart:
    row = submission_rows(results["screening"], phase.code, submission_id).iloc[0]
    delivered = evidence.answers.get(phase.code, ())
    last = delivered[-1] if delivered else None
    return ScreeningPart(
        phase.code,
        edition.phases[phase.code],
        state,
        last.place if last else None,
        tuple(one.place for one in delivered[:-1]),
        cell_text(row["note"]),
        _requirement_answers(results, edition, phase, last, evidence),
        str(row["ranked_outcome"]),
        str(row["outcome"]),
        cell_text(row["reason"]),
    )


def _requirement_answers(
    results: Results,
    edition: Edition,
    phase: ScreeningPhase,
    last: DeliveredAnswers | None,
    evidence: InnovationEvidence,
) -> tuple[RequirementAnswer, ...]:
    place = last.place if last else None
    fixed = corrections_at_place(results, place)
    made = []
    for requirement in phase.requirements:
        cell = evidence.cell(place, requirement.code) or DeliveredCell("", "", "")
        met = last.met.get(requirement.code) if last else None
        name = edition.words.name(requirement.name)
        made.append(
            RequirementAnswer(
                requirement.code, name, cell.heading, cell.text, met, fixed.get(requirement.code)
            )
        )
    return tuple(made)


def _explain_nomination(
    results: Results, edition: Edition, phase: NominationPhase, state: str, submission_id: str
) -> NominationPart:
    table, awards = (
        results["nominations"],
        submission_rows(results["prior_awards"], phase.code, submission_id),
    )
    mine = submission_rows(table, phase.code, submission_id).set_index("level")
    levels = []
    for level in phase.levels:
        row, prior = mine.loc[level.code], awards[awards["level"] == level.code]
        placed = table[
            (table["phase"] == phase.code) & (table["level"] == level.code) & table["place"].notna()
        ]
        levels.append(
            LevelPart(
                level.code,
                edition.words.name(level.name),
                level.quota,
                level.barred,
                cell_number(row["place"]),
                len(placed),
                cell_text(row["score"]),
                _earlier_awards(prior),
                str(row["ranked_outcome"]),
                str(row["outcome"]),
                cell_text(row["reason"]),
            )
        )
    return NominationPart(phase.code, edition.phases[phase.code], state, tuple(levels))


def _earlier_awards(prior: pd.DataFrame) -> tuple[EarlierAward, ...]:
    return tuple(
        EarlierAward(row.match, int(row.award_year), row.award_title or "", row.award or "")
        for row in records(prior)
    )


def submission_rows(table: pd.DataFrame, phase: str, submission_id: str) -> pd.DataFrame:
    """The rows of a submission in a phase."""
    return table[(table["phase"] == phase) & (table["submission_id"] == submission_id)]
