"""The phases that one innovation entered, and what screening and nomination made of it.

What a judging phase made of it stands in judging.py.
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
from tasks.rules.competition import JudgingPhase, NominationLevel, NominationPhase, ScreeningPhase


@dataclass(frozen=True)
class RequirementAnswer:
    """One requirement: the heading and text of its cell, and whether it is met (None: unclear)."""

    code: str
    requirement: str
    heading: str
    text: str
    met: bool | None
    correction: CellCorrection | None


@dataclass(frozen=True)
class ScreeningPart:
    """A screening phase. `place` is the row that counts, None where no row was delivered; `earlier`
    are the rows that it replaced.
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
    """An earlier award. `match`: exact (same agency and title, which bars) or near (for a person to
    judge).
    """

    match: str
    year: int
    title: str
    award: str


@dataclass(frozen=True)
class LevelPart:
    """One level of nomination. A candidate has a `place` where it is neither barred nor near an
    award; `of` is how many candidates have a place.
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
    """A phase that the innovation entered and that has not begun."""

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
    stage = cell_text(row["stage"])
    submission_id = str(row["submission_id"])
    last = codes.index(stage) if stage in codes else 0
    return tuple(
        _explain_phase(results, edition, code, submission_id, evidence)
        for code in codes[1 : last + 1]
    )


def _explain_phase(
    results: Results, edition: Edition, code: str, submission_id: str, evidence: InnovationEvidence
) -> PhasePart:
    phase = edition.competition.phase(code)
    state = phase_state(results, code)
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


def phase_state(results: Results, code: str) -> str:
    """The state of the phase of this code."""
    states = results["phases"].set_index("phase")["state"]
    return str(states[code])


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
    counting = delivered[-1] if delivered else None
    return ScreeningPart(
        code=phase.code,
        name=edition.phases[phase.code],
        state=state,
        place=counting.place if counting else None,
        earlier=tuple(answers.place for answers in delivered[:-1]),
        note=cell_text(row["note"]),
        answers=_requirement_answers(results, edition, phase, counting, evidence),
        by_rule=str(row["ranked_outcome"]),
        outcome=str(row["outcome"]),
        reason=cell_text(row["reason"]),
    )


def _requirement_answers(
    results: Results,
    edition: Edition,
    phase: ScreeningPhase,
    counting: DeliveredAnswers | None,
    evidence: InnovationEvidence,
) -> tuple[RequirementAnswer, ...]:
    """The answer for each requirement of the phase, from the row that counts."""
    place = counting.place if counting else None
    corrections = corrections_at_place(results, place)
    answers = []
    for requirement in phase.requirements:
        code = requirement.code
        cell = evidence.cell(place, code) or DeliveredCell("", "", "")
        answer = RequirementAnswer(
            code=code,
            requirement=edition.words.name(requirement.name),
            heading=cell.heading,
            text=cell.text,
            met=counting.met.get(code) if counting else None,
            correction=corrections.get(code),
        )
        answers.append(answer)
    return tuple(answers)


def _explain_nomination(
    results: Results, edition: Edition, phase: NominationPhase, state: str, submission_id: str
) -> NominationPart:
    levels = tuple(
        _explain_level(results, edition, phase, level, submission_id) for level in phase.levels
    )
    return NominationPart(phase.code, edition.phases[phase.code], state, levels)


def _explain_level(
    results: Results,
    edition: Edition,
    phase: NominationPhase,
    level: NominationLevel,
    submission_id: str,
) -> LevelPart:
    nominations = results["nominations"]
    of_level = nominations[nominations["level"] == level.code]
    row = submission_rows(of_level, phase.code, submission_id).iloc[0]
    has_place = (of_level["phase"] == phase.code) & of_level["place"].notna()
    awards = submission_rows(results["prior_awards"], phase.code, submission_id)
    return LevelPart(
        code=level.code,
        name=edition.words.name(level.name),
        quota=level.quota,
        barred=level.barred,
        place=cell_number(row["place"]),
        of=int(has_place.sum()),
        score=cell_text(row["score"]),
        awards=_earlier_awards(awards[awards["level"] == level.code]),
        by_rule=str(row["ranked_outcome"]),
        outcome=str(row["outcome"]),
        reason=cell_text(row["reason"]),
    )


def _earlier_awards(awards: pd.DataFrame) -> tuple[EarlierAward, ...]:
    return tuple(
        EarlierAward(row.match, int(row.award_year), row.award_title or "", row.award or "")
        for row in records(awards)
    )


def submission_rows(table: pd.DataFrame, phase: str, submission_id: str) -> pd.DataFrame:
    """The rows of a table for a submission in a phase."""
    return table[(table["phase"] == phase) & (table["submission_id"] == submission_id)]
