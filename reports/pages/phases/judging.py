"""Judging: the ranking of every list, how the score is made, the jury's progress, ties, and
decisions next to the rule.

Severity, intervals and fairness do not stand here (interface.md section 4): they have a page of
their own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import ClassVar

import pandas as pd

from reports.content.book import Book
from reports.content.edition import item_names
from reports.content.form import trim_zeros
from reports.pages.parts import books, lists, phase_listings
from reports.pages.parts.lists import Cell, Column, Listing
from reports.pages.parts.phase import PhasePage, page_facts
from reports.pages.parts.subject import Subject
from reports.pages.phases import ranklists
from reports.pages.phases.jury import Jury, jury_progress
from reports.pages.phases.ranklists import RankedLists, RankList, Tie, criterion_key, judging_rules
from tasks.rules.competition import AdvanceRules, JudgingPhase
from tasks.words import Words

# Findings of these rules stand elsewhere on the page.
_RULES_LISTED_APART = (
    *ranklists.ENTRY_FLAGS,
    "incomplete_sheet",
    "unreadable_number",
    "mark_off_scale",
    "conflict_of_interest",
    "not_in_phase",
    "repeated_sheet",
)


@dataclass(frozen=True)
class Carried:
    """A share of an earlier judging phase's own score: the phase's name, and the share as a
    decimal.
    """

    phase: str
    share: str


@dataclass(frozen=True)
class Formula:
    """How a score of the phase is made, and who advances by it. Numbers are decimals as text,
    exact.

    `highest`: the highest mark of each criterion, by its key, where they differ. `score_range`: the
    lowest and the highest score. `minima`: the least score of a criterion, by its key, where it has
    one.
    """

    criteria: Listing
    scale: tuple[str, str]
    total: str
    highest: tuple[tuple[str, str], ...]
    score_range: tuple[str, str]
    minima: tuple[tuple[str, str], ...]
    aggregate: str
    precision: int
    own_share: str
    carried: tuple[Carried, ...]
    tie_break: tuple[str, ...]
    minimum_judges: int
    own_agency: str
    adjust: str
    per_list: int | None
    overall: int | None
    minimum_score: str | None


@dataclass(frozen=True)
class Point:
    """One score of a list, and whether it advances."""

    score: str
    outcome: str


@dataclass(frozen=True)
class Strip:
    """The scores of one list, highest first: a line of the chart."""

    name: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Judging(PhasePage):
    """The report of a judging phase. While the phase is open, outcomes are what the rule gives as
    it stands.
    """

    template: ClassVar[str] = "judging.html"

    scored: int
    advancing: int
    undecided: int
    formula: Formula
    lists: tuple[RankList, ...]
    strips: tuple[Strip, ...]
    overview: Listing
    ties: tuple[Tie, ...]
    jury: Jury
    too_few: int
    at_cutoff: tuple[str, ...]
    cutoff_undecided: bool
    decisions: Listing
    corrections: Listing
    findings: Listing

    @property
    def lowest(self) -> str:
        """The lowest score of all lists; there is one where there are strips."""
        return min((point.score for strip in self.strips for point in strip.points), key=Decimal)

    @property
    def highest(self) -> str:
        """The highest score of all lists; there is one where there are strips."""
        return max((point.score for strip in self.strips for point in strip.points), key=Decimal)


def build(subject: Subject) -> Judging:
    """The page of a judging phase: all of it, or of one category."""
    ranked = add_score_columns(subject, ranklists.ranked_lists(subject))
    rows = ranked.rows
    at_cutoff = _rows_with_finding(subject, rows, "tie_at_cutoff")
    findings = subject.of_phase("findings")
    return Judging(
        **page_facts(subject),  # type: ignore[arg-type]  # the fields of PhasePage
        scored=int(rows["score"].notna().sum()),
        advancing=int((rows["standing"] == "advances").sum()),
        undecided=int((rows["standing"] == "undecided").sum()),
        formula=score_formula(subject),
        lists=ranklists.rank_lists(ranked, ranking_columns(subject)),
        strips=_score_strips(ranked),
        overview=_count_by_list(ranked),
        ties=ranklists.phase_ties(subject, ranked),
        jury=jury_progress(subject),
        too_few=int((findings["rule"] == "too_few_judges").sum()),
        at_cutoff=tuple(at_cutoff["title"]),
        cutoff_undecided=bool((at_cutoff["standing"] == "undecided").any()),
        decisions=phase_listings.decision_listing(subject, rows),
        corrections=phase_listings.correction_listing(subject, f"scores/{subject.phase}/"),
        findings=phase_listings.other_findings_listing(subject, _RULES_LISTED_APART),
    )


def _rows_with_finding(subject: Subject, rows: pd.DataFrame, rule: str) -> pd.DataFrame:
    """The rows whose submission has a finding of this rule in the phase."""
    findings = subject.of_phase("findings")
    ids = findings.loc[findings["rule"] == rule, "submission_id"]
    return rows[rows["submission_id"].isin(ids)]


# --- rankings
# --------------------------------------------------------------------------------------------------


def add_score_columns(subject: Subject, ranked: RankedLists) -> RankedLists:
    """The lists with a column per criterion (K1, K2 ...) and a column per carried phase (its code)
    in their rows.
    """
    rules = judging_rules(subject)
    codes = [criterion.code for criterion in rules.criteria]
    keys = {code: criterion_key(index) for index, code in enumerate(codes)}
    scores = subject.of_phase("criterion_scores")
    by_criterion = scores.pivot(
        index="submission_id", columns="criterion", values="criterion_score"
    )
    wide = by_criterion.reindex(columns=codes).rename(columns=keys)
    rows = ranked.rows.join(wide, on="submission_id", validate="1:1")
    rankings = subject.results["rankings"]
    for phase in rules.carry:
        own_scores = rankings[rankings["phase"] == phase].set_index("submission_id")["own_score"]
        rows[phase] = rows["submission_id"].map(own_scores).astype("str")
    return RankedLists(ranked.names, rows)


def ranking_columns(subject: Subject) -> tuple[Column, ...]:
    """A ranking's columns: rank, entry, a score per criterion, own and carried scores, score,
    sheets, outcome.
    """
    rules = judging_rules(subject)
    keys = [criterion_key(index) for index in range(len(rules.criteria))]
    own = (lists.column("own_score", rules.precision),) if rules.carry else ()
    return (
        lists.column("rank"),
        lists.column("entry", width=52),
        *(Column(key, "decimal", 8, key, rules.precision) for key in keys),
        *own,
        *(_carried_column(subject, phase) for phase in rules.carry),
        lists.column("score", rules.precision),
        lists.column("sheets"),
        lists.column("outcome_now"),
    )


def _carried_column(subject: Subject, phase: str) -> Column:
    """The column of the own scores of an earlier judging phase, under the phase's name."""
    rules = subject.edition.competition.phase(phase)
    assert isinstance(rules, JudgingPhase)
    return Column(phase, "decimal", 12, subject.edition.phases[phase], rules.precision)


def _score_strips(ranked: RankedLists) -> tuple[Strip, ...]:
    """The lists that have scores, each with its scores."""
    scored = ranked.rows.dropna(subset="score")
    strips = []
    for number, name in enumerate(ranked.names):
        rows = scored[scored["list"] == number]
        pairs = zip(rows["score"], rows["standing"], strict=True)
        points = tuple(Point(score, standing) for score, standing in pairs)
        if points:
            strips.append(Strip(name, points))
    return tuple(strips)


def _count_by_list(ranked: RankedLists) -> Listing:
    """A row per list: how many entered, have a score, and advance."""
    rows = ranked.rows
    flags = pd.DataFrame(
        {
            "list": rows["list"],
            "entered_phase": True,
            "scored": rows["score"].notna(),
            "advancing": rows["standing"] == "advances",
        }
    )
    counts = flags.groupby("list").sum().reindex(range(len(ranked.names)), fill_value=0)
    total = (None, *(int(counts[column].sum()) for column in counts))
    shown = counts.assign(list=list(ranked.names))
    return lists.listing("overview", "list entered_phase scored advancing", shown, total=total)


# --- how the score is made
# --------------------------------------------------------------------------------------------------


def score_formula(subject: Subject) -> Formula:
    """How the phase's score is made, by its rules."""
    rules = judging_rules(subject)
    names = item_names(rules.criteria, subject.edition.words)
    cut = rules.advance or AdvanceRules()
    least, most = rules.scale
    lowest, best = rules.score_range
    minimum = cut.minimum_score
    return Formula(
        criteria=_list_criteria(rules, names.values()),
        scale=(trim_zeros(least), trim_zeros(most)),
        total=rules.total,
        highest=_highest_marks(rules),
        score_range=(trim_zeros(lowest), trim_zeros(best)),
        minima=_criterion_minima(rules),
        aggregate=rules.aggregate,
        precision=rules.precision,
        own_share=trim_zeros(1 - sum(rules.carry.values(), Decimal(0))),
        carried=tuple(
            Carried(subject.edition.phases[code], trim_zeros(share))
            for code, share in rules.carry.items()
        ),
        tie_break=tuple(names[code] for code in rules.tie_break),
        minimum_judges=rules.minimum_judges,
        own_agency=rules.own_agency,
        adjust=rules.adjust,
        per_list=cut.per_list,
        overall=cut.overall,
        minimum_score=None if minimum is None else trim_zeros(minimum),
    )


def _highest_marks(rules: JudgingPhase) -> tuple[tuple[str, str], ...]:
    """The highest mark of each criterion by its key; nothing where all have the scale's."""
    highest = [rules.criterion_scale(criterion)[1] for criterion in rules.criteria]
    if set(highest) == {rules.scale[1]}:
        return ()
    return tuple((criterion_key(i), trim_zeros(mark)) for i, mark in enumerate(highest))


def _criterion_minima(rules: JudgingPhase) -> tuple[tuple[str, str], ...]:
    """The least score of each criterion that has a minimum, by its key."""
    return tuple(
        (criterion_key(i), trim_zeros(criterion.minimum))
        for i, criterion in enumerate(rules.criteria)
        if criterion.minimum is not None
    )


def _list_criteria(rules: JudgingPhase, names: Iterable[str]) -> Listing:
    """The criteria under their keys, each with its weight and the weight's share of all weights."""
    weights = [criterion.weight for criterion in rules.criteria]
    weight_texts = [trim_zeros(weight) for weight in weights]
    decimals = max(len(text.partition(".")[2]) for text in weight_texts)
    criteria = pd.DataFrame(
        {
            "key": [criterion_key(index) for index in range(len(weights))],
            "criterion": list(names),
            "weight": weight_texts,
            "share": [trim_zeros(weight / sum(weights)) for weight in weights],
        }
    )
    columns = (
        lists.column("key"),
        lists.column("criterion"),
        lists.column("weight", decimals),
        lists.column("share", 1),
    )
    return lists.listing("criteria", columns, criteria)


# --- workbook
# --------------------------------------------------------------------------------------------------


def book(page: Judging, words: Words) -> Book:
    """The report's workbook: one sheet for all lists, with the criteria's names over their
    columns.
    """
    jury = page.jury
    figures = [
        ("figure.entered", page.entered),
        ("figure.scored", page.scored),
        ("figure.advancing", page.advancing),
        ("figure.undecided", page.undecided),
        ("figure.sheets_expected", jury.expected),
        ("figure.sheets_used", jury.used),
        ("figure.sheets_missing", jury.missing),
    ]
    criteria_names = {row[0]: row[1] for row in page.formula.criteria.rows}
    shown = [_stack_rankings(page, criteria_names), page.formula.criteria, page.overview]
    shown += [jury.by_judge, jury.owed, jury.unused]
    shown += [page.decisions, page.corrections, page.findings]
    return books.page_book(page, words, figures, shown)


def _stack_rankings(page: Judging, criteria_names: Mapping[Cell, Cell]) -> Listing:
    """The rankings of all lists under each other, the list's name first."""
    columns = page.lists[0].ranking.columns if page.lists else ()
    headed = (
        replace(column, heading=str(criteria_names.get(column.name, column.heading)))
        for column in columns
    )
    rows = tuple(
        (rank_list.name, *row) for rank_list in page.lists for row in rank_list.ranking.rows
    )
    return Listing("ranking", (lists.column("list"), *headed), rows)
