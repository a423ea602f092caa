"""How one innovation's score, rank and outcome in a judging phase came about: sheets, list, ties,
cut-off. Pure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar

import pandas as pd

from reports.content.edition import Edition
from reports.content.records import records
from reports.pages.explain import arithmetic
from reports.pages.explain.arithmetic import AdjustedScore, AggregateScore, CarriedScore, SheetSum
from reports.pages.explain.evidence import (
    CellCorrection,
    DeliveredCell,
    InnovationEvidence,
    RowPlace,
    cell_number,
    cell_text,
    cell_time,
    corrections_at_place,
)
from reports.pages.parts.subject import Subject, make_subject
from reports.pages.phases import ranklists
from tasks.judging import ranks
from tasks.judging.scores import whole_numbers
from tasks.results.results import Results
from tasks.rules.competition import AdvanceRules, JudgingPhase

NEIGHBOURS = 2  # on either side in the list


@dataclass(frozen=True)
class CriterionWeight:
    """The weight of a criterion."""

    code: str
    criterion: str
    weight: str


@dataclass(frozen=True)
class SheetMark:
    """One mark of a sheet: what stands in the cell, under which heading, and the mark as it was
    read ("" for none).
    """

    code: str
    criterion: str
    heading: str
    text: str
    mark: str
    correction: CellCorrection | None


@dataclass(frozen=True)
class SheetPart:
    """One judge's sheet: used, left_out (for `reason`, a rule's code) or missing; `working` of one
    that is used.
    """

    judge: str
    place: RowPlace | None
    submitted_at: datetime | None
    status: str
    reason: str
    marks: tuple[SheetMark, ...]
    working: SheetSum | None
    score: str


@dataclass(frozen=True)
class TieBreak:
    """A criterion score that equal scores are compared by, and its working (None without a used
    sheet).
    """

    criterion: str
    working: AggregateScore | None


@dataclass(frozen=True)
class Neighbour:
    """One innovation of the list, from where this one stands: above, self, equal or below.

    `told_by`: of equal scores, the criterion that told them apart, with both scores (theirs, ours);
    "" for none.
    """

    rank: int
    submission_id: str
    title: str
    score: str
    relation: str
    told_by: str
    theirs: str
    ours: str
    by_rule: str


@dataclass(frozen=True)
class CutOff:
    """Who advances: `kind` per_list, overall, minimum (that alone) or all.

    `place` is its place in what is cut (`of` have one), `places` how many advance; `last_in` and
    `first_out` are the scores on either side of the line. `straddles`: equals stand across it.
    """

    kind: str
    places: int | None
    minimum: str
    reaches_minimum: bool
    place: int | None
    of: int
    last_in: str
    first_out: str
    straddles: bool


@dataclass(frozen=True)
class JudgingPart:
    """A judging phase. `own`, `adjusted` (where `adjust` is severity) and `carry` are the workings
    of the score.

    `agrees`: they give what was published. They may not where a signed result is kept.
    """

    kind: ClassVar[str] = "judging"

    code: str
    name: str
    state: str
    weights: tuple[CriterionWeight, ...]
    precision: int
    sheets: tuple[SheetPart, ...]
    minimum_judges: int
    own: AggregateScore | None
    own_score: str
    adjusted: AdjustedScore | None
    carry: CarriedScore | None
    missing_carry: tuple[str, ...]
    score: str
    agrees: bool
    adjust: str
    list: str
    rank: int | None
    of: int
    tie_break: tuple[TieBreak, ...]
    neighbours: tuple[Neighbour, ...]
    cut: CutOff
    by_rule: str
    outcome: str
    reason: str


def explain_judging(
    results: Results,
    edition: Edition,
    phase: JudgingPhase,
    state: str,
    submission_id: str,
    evidence: InnovationEvidence,
) -> JudgingPart:
    """What the phase made of the submission, which entered it."""
    subject = make_subject(results, edition, phase.code)
    lists = ranklists.ranked_lists(subject)
    row = lists.rows[lists.rows["submission_id"] == submission_id].iloc[0]
    own_list = lists.rows[(lists.rows["list"] == row["list"]) & lists.rows["rank"].notna()]
    used = _used_marks(subject.of_phase("marks"), submission_id, phase)
    own = arithmetic.aggregate_sheets(list(used.values()), phase) if used else None
    fair = (
        arithmetic.adjusted_score(used, _judge_severities(subject), phase)
        if used and phase.adjust == "severity"
        else None
    )
    before = fair.score if fair else own.score if own else ""
    carry, missing = _explain_carried_score(results, edition, phase, submission_id, before)
    score = carry.score if carry else "" if phase.carry else before
    names = {c.code: edition.words.name(c.name) for c in phase.criteria}
    published, own_score = cell_text(row["score"]), cell_text(row["own_score"])
    return JudgingPart(
        code=phase.code,
        name=edition.phases[phase.code],
        state=state,
        weights=tuple(
            CriterionWeight(c.code, names[c.code], arithmetic.decimal_text(c.weight))
            for c in phase.criteria
        ),
        precision=phase.precision,
        sheets=_sheet_parts(subject, submission_id, phase, used, evidence, names),
        minimum_judges=phase.minimum_judges,
        own=own,
        own_score=own_score,
        adjusted=fair,
        carry=carry,
        missing_carry=missing,
        score=published,
        agrees=(score, own.score if own else "") == (published, own_score),
        adjust=phase.adjust,
        list=lists.names[int(row["list"])],
        rank=cell_number(row["rank"]),
        of=len(own_list),
        tie_break=_tie_break_workings(list(used.values()), phase, names),
        neighbours=_list_neighbours(subject, own_list, row, phase, names),
        cut=_explain_cut_off(subject, lists.rows, row, phase),
        by_rule=str(row["ranked_outcome"]),
        outcome=str(row["outcome"]),
        reason=cell_text(row["reason"]),
    )


# --- sheets and score
# ------------------------------------------------------------------------------------------------


def _used_marks(
    marks: pd.DataFrame, submission_id: str, phase: JudgingPhase
) -> dict[str, dict[str, str]]:
    """The marks of each judge whose sheet is used, by criterion."""
    rows = marks[
        (marks["submission_id"] == submission_id) & marks["used"].fillna(False).astype("bool")
    ]
    by_judge = {
        str(judge): dict(zip(sheet["criterion"], sheet["mark"], strict=True))
        for judge, sheet in rows.groupby("judge", sort=False)
    }
    return {
        judge: sheet
        for judge, sheet in by_judge.items()
        if set(sheet) >= {c.code for c in phase.criteria}
    }


def _tie_break_workings(
    used: Sequence[Mapping[str, str]], phase: JudgingPhase, names: Mapping[str, str]
) -> tuple[TieBreak, ...]:
    return tuple(
        TieBreak(names[code], arithmetic.aggregate_criterion(used, code, phase) if used else None)
        for code in phase.tie_break
    )


def _sheet_parts(
    subject: Subject,
    submission_id: str,
    phase: JudgingPhase,
    used: Mapping[str, Mapping[str, str]],
    evidence: InnovationEvidence,
    names: Mapping[str, str],
) -> tuple[SheetPart, ...]:
    rows = subject.of_phase("sheets")
    made = []
    for row in records(rows[rows["submission_id"] == submission_id]):
        place = RowPlace.of(row.source, row.row)
        marks = used.get(row.judge, {}) if row.sheet_status == "used" else {}
        made.append(
            SheetPart(
                row.judge,
                place,
                cell_time(row.submitted_at),
                row.sheet_status,
                cell_text(row.reason),
                _sheet_marks(subject, place, marks, evidence, names),
                arithmetic.sum_sheet(marks, phase) if marks else None,
                cell_text(row.sheet_score),
            )
        )
    return tuple(made)


def _sheet_marks(
    subject: Subject,
    place: RowPlace | None,
    marks: Mapping[str, str],
    evidence: InnovationEvidence,
    names: Mapping[str, str],
) -> tuple[SheetMark, ...]:
    """A mark a criterion; where the export's copy is gone, what marks.csv knows."""
    fixed = corrections_at_place(subject.results, place)
    made = []
    for code, name in names.items():
        cell = evidence.cell(place, code) or DeliveredCell("", "", "")
        if cell.read_as or code in marks or code in fixed:
            made.append(
                SheetMark(code, name, cell.heading, cell.text, marks.get(code, ""), fixed.get(code))
            )
    return tuple(made)


def _judge_severities(subject: Subject) -> dict[str, str]:
    """The severity of each judge of the phase."""
    return {row.judge: row.judge_severity for row in records(subject.of_phase("judges"))}


def _explain_carried_score(
    results: Results, edition: Edition, phase: JudgingPhase, submission_id: str, before: str
) -> tuple[CarriedScore | None, tuple[str, ...]]:
    """The working of the score with shares of earlier phases, and the names of those that gave
    none.
    """
    rankings = results["rankings"]
    scores = (
        rankings[rankings["submission_id"] == submission_id]
        .set_index("phase")["own_score"]
        .dropna()
    )
    missing = tuple(edition.phases[code] for code in phase.carry if code not in scores)
    if not phase.carry or missing or not before:
        return None, missing
    shares = [
        (edition.phases[code], share, str(scores[code])) for code, share in phase.carry.items()
    ]
    return arithmetic.carried_score(before, shares, edition.phases[phase.code], phase.precision), ()


# --- list, ties and cut-off
# ------------------------------------------------------------------------------------------


def _list_neighbours(
    subject: Subject,
    own_list: pd.DataFrame,
    row: pd.Series,
    phase: JudgingPhase,
    names: Mapping[str, str],
) -> tuple[Neighbour, ...]:
    """Those of equal score, and NEIGHBOURS on either side of them; nobody where it has no rank."""
    if pd.isna(row["rank"]):
        return ()
    ordered = own_list.reset_index(drop=True)
    equal = ordered.index[ordered["score"] == row["score"]]
    near = ordered.iloc[max(0, equal[0] - NEIGHBOURS) : equal[-1] + 1 + NEIGHBOURS]
    scores = records(subject.of_phase("criterion_scores"))
    by = {(score.submission_id, score.criterion): score.criterion_score for score in scores}
    return tuple(_make_neighbour(other, row, phase, by, names) for other in records(near))


def _make_neighbour(
    other: Any,
    row: pd.Series,
    phase: JudgingPhase,
    by: Mapping[tuple[str, str], str],
    names: Mapping[str, str],
) -> Neighbour:
    us, them = str(row["submission_id"]), other.submission_id
    code = (
        _separating_criterion(phase, us, them, by)
        if us != them and other.score == row["score"]
        else ""
    )
    return Neighbour(
        int(other.rank),
        them,
        other.title or "",
        other.score,
        _rank_relation(other, row),
        names.get(code, ""),
        by.get((them, code), ""),
        by.get((us, code), ""),
        other.ranked_outcome,
    )


def _rank_relation(other: Any, row: pd.Series) -> str:
    if other.submission_id == row["submission_id"]:
        return "self"
    if other.rank == row["rank"]:
        return "equal"
    return "above" if other.rank < row["rank"] else "below"


def _separating_criterion(
    phase: JudgingPhase, us: str, them: str, by: Mapping[tuple[str, str], str]
) -> str:
    """The tie-break criterion that tells the two apart, "" where none does."""
    pairs = ((code, by.get((us, code)), by.get((them, code))) for code in phase.tie_break)
    return next(
        (
            code
            for code, ours, theirs in pairs
            if ours and theirs and Decimal(ours) != Decimal(theirs)
        ),
        "",
    )


def _explain_cut_off(
    subject: Subject, rows: pd.DataFrame, row: pd.Series, phase: JudgingPhase
) -> CutOff:
    rule, score = phase.advance, cell_text(row["score"])
    minimum = rule.minimum_score if rule else None
    reaches = bool(score) and (minimum is None or Decimal(score) >= minimum)
    kind = _cut_off_kind(rule)
    scored = rows[rows["score"].notna()]
    cut = scored if kind != "per_list" else scored[scored["list"] == row["list"]]
    place = (
        _overall_places(subject, cut, phase).get(str(row["submission_id"]))
        if kind == "overall"
        else row["rank"]
    )
    return CutOff(
        kind,
        (rule.overall or rule.per_list) if rule else None,
        "" if minimum is None else arithmetic.decimal_text(minimum),
        reaches,
        cell_number(place),
        len(cut),
        *_scores_at_cut_off(cut),
        bool(score) and row["ranked_outcome"] == "undecided",
    )


def _cut_off_kind(rule: AdvanceRules | None) -> str:
    if rule is None:
        return "all"
    return "overall" if rule.overall else "per_list" if rule.per_list else "minimum"


def _scores_at_cut_off(cut: pd.DataFrame) -> tuple[str, str]:
    """The lowest score that advances and the highest that does not, by the rule."""
    scores = cut.assign(size=cut["score"].map(Decimal)).sort_values("size", kind="stable")
    inside, outside = (
        scores.loc[scores["ranked_outcome"].eq("advances") == side, "score"]
        for side in (True, False)
    )
    return (
        str(inside.iloc[0]) if len(inside) else "",
        str(outside.iloc[-1]) if len(outside) else "",
    )


def _overall_places(subject: Subject, scored: pd.DataFrame, phase: JudgingPhase) -> dict[str, int]:
    """The place of each over all lists, by score and tie-breaks."""
    units = whole_numbers(scored.set_index("submission_id")["score"]).units
    criteria = subject.of_phase("criterion_scores")
    keys = ranks.ranking_keys(
        units,
        criteria.assign(criterion_units=whole_numbers(criteria["criterion_score"]).units),
        phase.tie_break,
    )
    places = ranks.rank_rows(keys, pd.Series(0, index=keys.index))
    return {str(one): int(place) for one, place in places.items()}
