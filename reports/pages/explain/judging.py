"""The steps to one innovation's score, rank and outcome in a judging phase: sheets, list, ties,
cut-off. The arithmetic stands in arithmetic.py.
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
from tasks.results.results import Results
from tasks.rules.competition import AdvanceRules, Criterion, JudgingPhase
from tasks.schema import RULE_REASONS

# Innovations of the list that are shown on either side of this one.
NEIGHBOURS = 2


@dataclass(frozen=True)
class CriterionWeight:
    """The weight of a criterion."""

    code: str
    criterion: str
    weight: str


@dataclass(frozen=True)
class SheetMark:
    """One mark of a sheet: the heading and text of its cell, and the mark as it was read ("" for
    none).
    """

    code: str
    criterion: str
    heading: str
    text: str
    mark: str
    correction: CellCorrection | None


@dataclass(frozen=True)
class SheetPart:
    """One judge's sheet: used, left_out (for `reason`, a rule's code) or missing. Only a used sheet
    has a `working`.
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
    """A criterion that breaks ties, and the working of the innovation's score in it (None without a
    used sheet).
    """

    criterion: str
    working: AggregateScore | None


@dataclass(frozen=True)
class Neighbour:
    """One innovation of the list. `relation` to the explained one: above, self, equal or below.

    `told_by`: where scores are equal, the criterion that broke the tie, with both scores in it
    (`theirs`, `ours`); "" for none.
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

    `place` is the innovation's place among the `of` innovations that the rule cuts, `places` how
    many advance. `last_in` and `first_out` are the scores on either side of the cut-off.
    `straddles`: the innovation's equals stand on both sides. `below`: the criteria of which its
    score is under their minimum; it is then none of those that the rule cuts.
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
    below: tuple[str, ...] = ()


@dataclass(frozen=True)
class JudgingPart:
    """A judging phase. `own`, `adjusted` (where `adjust` is severity) and `carry` are the workings
    of the score.

    `agrees`: the workings give the published score. Where a signed result is kept, they may not.
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
    ranked = ranklists.ranked_lists(subject)
    is_explained = ranked.rows["submission_id"] == submission_id
    row = ranked.rows[is_explained].iloc[0]
    own_list = _ranked_rows_of_list(ranked.rows, row["list"])
    used = _used_marks(subject.of_phase("marks"), submission_id, phase)
    workings = _score_workings(subject, phase, submission_id, used)
    own_text = workings.own.score if workings.own else ""
    published, own_score = cell_text(row["score"]), cell_text(row["own_score"])
    names = {criterion.code: edition.words.name(criterion.name) for criterion in phase.criteria}
    return JudgingPart(
        code=phase.code,
        name=edition.phases[phase.code],
        state=state,
        weights=tuple(_criterion_weight(item, names) for item in phase.criteria),
        precision=phase.precision,
        sheets=_sheet_parts(subject, submission_id, phase, used, evidence, names),
        minimum_judges=phase.minimum_judges,
        own=workings.own,
        own_score=own_score,
        adjusted=workings.adjusted,
        carry=workings.carried,
        missing_carry=workings.missing,
        score=published,
        agrees=(workings.score, own_text) == (published, own_score),
        adjust=phase.adjust,
        list=ranked.names[int(row["list"])],
        rank=cell_number(row["rank"]),
        of=len(own_list),
        tie_break=_tie_break_workings(list(used.values()), phase, names),
        neighbours=_list_neighbours(subject, own_list, row, phase, names),
        cut=_explain_cut_off(subject, ranked.rows, row, phase, names),
        by_rule=str(row["ranked_outcome"]),
        outcome=str(row["outcome"]),
        reason=_decision_reason(cell_text(row["reason"])),
    )


def _decision_reason(reason: str) -> str:
    """The reason of a decision; "" where the rule itself gave the reason."""
    return "" if reason in RULE_REASONS else reason


def _ranked_rows_of_list(rows: pd.DataFrame, number: int) -> pd.DataFrame:
    """The rows of the list of this number that have a rank."""
    of_list = rows[rows["list"] == number]
    return of_list.dropna(subset="rank")


def _criterion_weight(criterion: Criterion, names: Mapping[str, str]) -> CriterionWeight:
    weight = arithmetic.decimal_text(criterion.weight)
    return CriterionWeight(criterion.code, names[criterion.code], weight)


# --- sheets and score
# --------------------------------------------------------------------------------------------------


def _used_marks(
    marks: pd.DataFrame, submission_id: str, phase: JudgingPhase
) -> dict[str, dict[str, str]]:
    """The marks of each used and complete sheet, by judge and criterion."""
    is_used = marks["used"].fillna(False).astype("bool")
    rows = marks[(marks["submission_id"] == submission_id) & is_used]
    criteria = {criterion.code for criterion in phase.criteria}
    by_judge = {}
    for judge, sheet in rows.groupby("judge", sort=False):
        sheet_marks = dict(zip(sheet["criterion"], sheet["mark"], strict=True))
        if criteria <= set(sheet_marks):
            by_judge[str(judge)] = sheet_marks
    return by_judge


@dataclass(frozen=True)
class _ScoreWorkings:
    """The workings of a score, each None where it does not apply; `missing`: names of earlier
    phases that gave no share.
    """

    own: AggregateScore | None
    adjusted: AdjustedScore | None
    carried: CarriedScore | None
    missing: tuple[str, ...]
    score: str


def _score_workings(
    subject: Subject,
    phase: JudgingPhase,
    submission_id: str,
    used: Mapping[str, Mapping[str, str]],
) -> _ScoreWorkings:
    """The workings of the score; `used` as _used_marks gives it."""
    own = arithmetic.aggregate_sheets(list(used.values()), phase) if used else None
    adjusted = None
    if used and phase.adjust == "severity":
        adjusted = arithmetic.adjusted_score(used, _judge_severities(subject), phase)
    of_phase = adjusted or own
    score = of_phase.score if of_phase else ""
    if not phase.carry:
        return _ScoreWorkings(own, adjusted, None, (), score)
    carried, missing = _carried_working(subject, phase, submission_id, score)
    return _ScoreWorkings(own, adjusted, carried, missing, carried.score if carried else "")


def _judge_severities(subject: Subject) -> dict[str, str]:
    """The severity of each judge of the phase."""
    return {row.judge: row.judge_severity for row in records(subject.of_phase("judges"))}


def _carried_working(
    subject: Subject, phase: JudgingPhase, submission_id: str, own_score: str
) -> tuple[CarriedScore | None, tuple[str, ...]]:
    """The working of the score with shares of earlier phases, and the names of earlier phases that
    gave no score.
    """
    names = subject.edition.phases
    scores = _own_scores(subject.results["rankings"], submission_id)
    missing = tuple(names[code] for code in phase.carry if code not in scores)
    if missing or not own_score:
        return None, missing
    shares = [(names[code], share, scores[code]) for code, share in phase.carry.items()]
    working = arithmetic.carried_score(own_score, shares, names[phase.code], phase.precision)
    return working, ()


def _own_scores(rankings: pd.DataFrame, submission_id: str) -> dict[str, str]:
    """The submission's own score in each phase that gave it a score, by phase."""
    of_submission = rankings[rankings["submission_id"] == submission_id]
    scored = of_submission.dropna(subset="own_score")
    pairs = zip(scored["phase"], scored["own_score"], strict=True)
    return {phase: str(score) for phase, score in pairs}


def _sheet_parts(
    subject: Subject,
    submission_id: str,
    phase: JudgingPhase,
    used: Mapping[str, Mapping[str, str]],
    evidence: InnovationEvidence,
    names: Mapping[str, str],
) -> tuple[SheetPart, ...]:
    """The sheets for the submission; `names`: the criteria's names by code."""
    sheets = subject.of_phase("sheets")
    parts = []
    for row in records(sheets[sheets["submission_id"] == submission_id]):
        place = RowPlace.from_cells(row.source, row.row)
        marks = used.get(row.judge, {}) if row.sheet_status == "used" else {}
        part = SheetPart(
            judge=row.judge,
            place=place,
            submitted_at=cell_time(row.submitted_at),
            status=row.sheet_status,
            reason=cell_text(row.reason),
            marks=_sheet_marks(subject, place, marks, evidence, names),
            working=arithmetic.sum_sheet(marks, phase) if marks else None,
            score=cell_text(row.sheet_score),
        )
        parts.append(part)
    return tuple(parts)


def _sheet_marks(
    subject: Subject,
    place: RowPlace | None,
    marks: Mapping[str, str],
    evidence: InnovationEvidence,
    names: Mapping[str, str],
) -> tuple[SheetMark, ...]:
    """A mark per criterion; where the export's copy is gone, the marks of the table marks."""
    corrections = corrections_at_place(subject.results, place)
    sheet_marks = []
    for code, name in names.items():
        cell = evidence.cell(place, code) or DeliveredCell("", "", "")
        if cell.read_as or code in marks or code in corrections:
            mark = marks.get(code, "")
            sheet_marks.append(
                SheetMark(code, name, cell.heading, cell.text, mark, corrections.get(code))
            )
    return tuple(sheet_marks)


def _tie_break_workings(
    sheets: Sequence[Mapping[str, str]], phase: JudgingPhase, names: Mapping[str, str]
) -> tuple[TieBreak, ...]:
    """The criteria that break ties, each with the working of its score."""
    workings = []
    for code in phase.tie_break:
        working = arithmetic.aggregate_criterion(sheets, code, phase) if sheets else None
        workings.append(TieBreak(names[code], working))
    return tuple(workings)


# --- list, ties and cut-off
# ------------------------------------------------------------------------------------------


def _list_neighbours(
    subject: Subject,
    own_list: pd.DataFrame,
    row: pd.Series,
    phase: JudgingPhase,
    names: Mapping[str, str],
) -> tuple[Neighbour, ...]:
    """The innovations of equal score, and NEIGHBOURS on either side of them; none where the
    innovation has no rank.
    """
    if pd.isna(row["rank"]):
        return ()
    ordered = own_list.reset_index(drop=True)
    equals = ordered.index[ordered["score"] == row["score"]]
    first = max(0, equals[0] - NEIGHBOURS)
    last = equals[-1] + NEIGHBOURS
    shown = ordered.iloc[first : last + 1]
    criterion_scores = _criterion_scores(subject)
    return tuple(
        _make_neighbour(other, row, phase, criterion_scores, names) for other in records(shown)
    )


def _criterion_scores(subject: Subject) -> dict[tuple[str, str], str]:
    """The criterion scores of the phase, by submission_id and criterion."""
    return {
        (score.submission_id, score.criterion): score.criterion_score
        for score in records(subject.of_phase("criterion_scores"))
    }


def _make_neighbour(
    other: Any,
    row: pd.Series,
    phase: JudgingPhase,
    criterion_scores: Mapping[tuple[str, str], str],
    names: Mapping[str, str],
) -> Neighbour:
    """Another row of the list, next to the explained innovation's `row`."""
    our_id, their_id = str(row["submission_id"]), other.submission_id
    criterion = ""
    if our_id != their_id and other.score == row["score"]:
        criterion = _separating_criterion(phase, our_id, their_id, criterion_scores)
    return Neighbour(
        rank=int(other.rank),
        submission_id=their_id,
        title=other.title or "",
        score=other.score,
        relation=_rank_relation(other, row),
        told_by=names.get(criterion, ""),
        theirs=criterion_scores.get((their_id, criterion), ""),
        ours=criterion_scores.get((our_id, criterion), ""),
        by_rule=other.ranked_outcome,
    )


def _rank_relation(other: Any, row: pd.Series) -> str:
    if other.submission_id == row["submission_id"]:
        return "self"
    if other.rank == row["rank"]:
        return "equal"
    return "above" if other.rank < row["rank"] else "below"


def _separating_criterion(
    phase: JudgingPhase,
    our_id: str,
    their_id: str,
    criterion_scores: Mapping[tuple[str, str], str],
) -> str:
    """The first tie-break criterion in which two submissions differ; "" for none."""
    for code in phase.tie_break:
        ours = criterion_scores.get((our_id, code))
        theirs = criterion_scores.get((their_id, code))
        if ours and theirs and Decimal(ours) != Decimal(theirs):
            return code
    return ""


def _explain_cut_off(
    subject: Subject,
    rows: pd.DataFrame,
    row: pd.Series,
    phase: JudgingPhase,
    names: Mapping[str, str],
) -> CutOff:
    """The cut-off that holds for `row`, one of the `rows` of all lists. `names`: of criteria."""
    rule = phase.advance or AdvanceRules()
    score, minimum = cell_text(row["score"]), rule.minimum_score
    kind = _cut_off_kind(phase.advance)
    below = _criteria_below_minimum(subject, phase)
    may_advance = rows[~rows["submission_id"].isin(below)]
    scored = _rows_in_reach(may_advance, row, kind)
    place = row["rank"]
    if kind == "overall" or below:
        place = _overall_places(subject, scored, phase).get(str(row["submission_id"]))
    last_in, first_out = _scores_at_cut_off(scored)
    return CutOff(
        kind=kind,
        places=rule.overall or rule.per_list,
        minimum="" if minimum is None else arithmetic.decimal_text(minimum),
        reaches_minimum=_reaches_minimum(score, minimum),
        place=cell_number(place),
        of=len(scored),
        last_in=last_in,
        first_out=first_out,
        straddles=bool(score) and row["ranked_outcome"] == "undecided",
        below=tuple(names[code] for code in below.get(str(row["submission_id"]), ())),
    )


def _criteria_below_minimum(subject: Subject, phase: JudgingPhase) -> dict[str, list[str]]:
    """The criteria of which a submission's score is under their minimum, by submission id."""
    scores = _criterion_scores(subject)
    below: dict[str, list[str]] = {}
    for criterion in phase.criteria:
        if criterion.minimum is None:
            continue
        for (submission_id, code), score in scores.items():
            if code == criterion.code and Decimal(score) < criterion.minimum:
                below.setdefault(submission_id, []).append(code)
    return below


def _cut_off_kind(rule: AdvanceRules | None) -> str:
    if rule is None:
        return "all"
    if rule.overall:
        return "overall"
    return "per_list" if rule.per_list else "minimum"


def _rows_in_reach(rows: pd.DataFrame, row: pd.Series, kind: str) -> pd.DataFrame:
    """The rows with a score that the cut-off of `row` divides: of its list, or of all lists."""
    is_in_reach = rows["score"].notna()
    if kind == "per_list":
        is_in_reach &= rows["list"] == row["list"]
    in_reach: pd.DataFrame = rows[is_in_reach]
    return in_reach


def _reaches_minimum(score: str, minimum: Decimal | None) -> bool:
    """Whether there is a score, and the score is not under the minimum, if any."""
    if not score:
        return False
    return minimum is None or Decimal(score) >= minimum


def _scores_at_cut_off(scored: pd.DataFrame) -> tuple[str, str]:
    """The lowest score that advances and the highest that does not, by the rule; "" for none."""
    is_advancing = scored["ranked_outcome"].eq("advances")
    inside = [str(score) for score in scored.loc[is_advancing, "score"]]
    outside = [str(score) for score in scored.loc[~is_advancing, "score"]]
    last_in = min(inside, key=Decimal, default="")
    first_out = max(outside, key=Decimal, default="")
    return last_in, first_out


def _overall_places(subject: Subject, scored: pd.DataFrame, phase: JudgingPhase) -> dict[str, int]:
    """The place of each submission over all lists, by score and tie-breaks; equals share a place.

    Worked out here from the published scores, and not by the code that ranked: a check that shared
    that code would repeat its mistake.
    """
    criterion_scores = _criterion_scores(subject)
    keys = {}
    for submission_id, score in zip(scored["submission_id"], scored["score"], strict=True):
        tie_scores = [criterion_scores[submission_id, code] for code in phase.tie_break]
        keys[submission_id] = tuple(map(Decimal, [score, *tie_scores]))
    return _shared_places(keys)


def _shared_places(keys: Mapping[str, tuple[Decimal, ...]]) -> dict[str, int]:
    """The place of each submission, the highest key first; equal keys share the first place."""
    best_first = sorted(keys.values(), reverse=True)
    first_place: dict[tuple[Decimal, ...], int] = {}
    for place, key in enumerate(best_first, start=1):
        first_place.setdefault(key, place)
    return {submission_id: first_place[key] for submission_id, key in keys.items()}
