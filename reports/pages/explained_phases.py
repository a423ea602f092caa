"""What screening and nomination made of one innovation, and which phases it entered. Pure.

Judging has a room of its own (explained_judging.py).
"""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd

from reports.edition import Edition
from reports.pages.evidence import (
    Answers,
    Cell,
    Correction,
    Evidence,
    Place,
    corrections,
    text,
    whole,
)
from reports.pages.explained_judging import JudgingPart, judging
from reports.records import records
from tasks.competition import Judging, Nomination, Screening
from tasks.results import Results


@dataclass(frozen=True)
class Answer:
    """One requirement: what stands in its cell, under which heading, and whether it is met (None:
    unclear).
    """

    code: str
    requirement: str
    heading: str
    text: str
    met: bool | None
    correction: Correction | None


@dataclass(frozen=True)
class ScreeningPart:
    """A screening phase. `place` is the row that counts, None where none was delivered; `earlier`
    those it replaced.
    """

    kind: ClassVar[str] = "screening"

    code: str
    name: str
    state: str
    place: Place | None
    earlier: tuple[Place, ...]
    note: str
    answers: tuple[Answer, ...]
    by_rule: str
    outcome: str
    reason: str


@dataclass(frozen=True)
class Award:
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
    awards: tuple[Award, ...]
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
class Waiting:
    """A phase that it entered and that has not begun."""

    kind: ClassVar[str] = "waiting"

    code: str
    name: str
    state: str


Part = ScreeningPart | JudgingPart | NominationPart | Waiting


def parts(
    results: Results, edition: Edition, row: pd.Series, evidence: Evidence
) -> tuple[Part, ...]:
    """The phases after registration that the innovation entered, in order. `row`: its counting row
    of submissions.
    """
    codes = list(edition.phases)
    last = codes.index(str(row["stage"])) if text(row["stage"]) in codes else 0
    return tuple(
        _part(results, edition, code, str(row["submission_id"]), evidence)
        for code in codes[1 : last + 1]
    )


def _part(
    results: Results, edition: Edition, code: str, submission_id: str, evidence: Evidence
) -> Part:
    phase = edition.competition.phase(code)
    phases = results["phases"]
    state = str(phases.loc[phases["phase"] == code, "state"].iloc[0])
    if state == "not_begun":
        return Waiting(code, edition.phases[code], state)
    match phase:
        case Screening():
            return _screening(results, edition, phase, state, submission_id, evidence)
        case Judging():
            return judging(results, edition, phase, state, submission_id, evidence)
        case Nomination():
            return _nomination(results, edition, phase, state, submission_id)
    raise AssertionError(f"nobody enters {code} from an earlier phase")


def _screening(
    results: Results,
    edition: Edition,
    phase: Screening,
    state: str,
    submission_id: str,
    evidence: Evidence,
) -> ScreeningPart:
    row = one(results["screening"], phase.code, submission_id).iloc[0]
    delivered = evidence.answers.get(phase.code, ())
    last = delivered[-1] if delivered else None
    return ScreeningPart(
        phase.code,
        edition.phases[phase.code],
        state,
        last.place if last else None,
        tuple(one.place for one in delivered[:-1]),
        text(row["note"]),
        _answers(results, edition, phase, last, evidence),
        str(row["ranked_outcome"]),
        str(row["outcome"]),
        text(row["reason"]),
    )


def _answers(
    results: Results, edition: Edition, phase: Screening, last: Answers | None, evidence: Evidence
) -> tuple[Answer, ...]:
    place = last.place if last else None
    fixed = corrections(results["corrections"], place)
    made = []
    for requirement in phase.requirements:
        cell = evidence.cell(place, requirement.code) or Cell("", "", "")
        met = last.met.get(requirement.code) if last else None
        name = edition.words.name(requirement.name)
        made.append(
            Answer(
                requirement.code, name, cell.heading, cell.text, met, fixed.get(requirement.code)
            )
        )
    return tuple(made)


def _nomination(
    results: Results, edition: Edition, phase: Nomination, state: str, submission_id: str
) -> NominationPart:
    table, awards = results["nominations"], one(results["prior_awards"], phase.code, submission_id)
    mine = one(table, phase.code, submission_id).set_index("level")
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
                whole(row["place"]),
                len(placed),
                text(row["score"]),
                _awards(prior),
                str(row["ranked_outcome"]),
                str(row["outcome"]),
                text(row["reason"]),
            )
        )
    return NominationPart(phase.code, edition.phases[phase.code], state, tuple(levels))


def _awards(prior: pd.DataFrame) -> tuple[Award, ...]:
    return tuple(
        Award(row.match, int(row.award_year), row.award_title or "", row.award or "")
        for row in records(prior)
    )


def one(table: pd.DataFrame, phase: str, submission_id: str) -> pd.DataFrame:
    """The rows of a submission in a phase."""
    return table[(table["phase"] == phase) & (table["submission_id"] == submission_id)]
