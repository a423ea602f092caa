"""Judging: the ranking of every list, how the score is made, the jury's progress, ties, and
decisions beside the rule.

Severity, intervals and fairness do not stand here (interface.md section 4): they have a page of
their own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import ClassVar

import pandas as pd

from reports.content.book import Book
from reports.content.edition import Edition
from reports.pages.parts import books, lists, phase
from reports.pages.parts.lists import Cell, Column, Listing
from reports.pages.parts.phase import PhasePage, Subject
from reports.pages.phases import ranklists
from reports.pages.phases.jury import Jury, jury_progress
from reports.pages.phases.ranklists import RankedLists, RankList, Tie, criterion_key, judging_rules
from tasks.results.results import Results
from tasks.rules.competition import AdvanceRules
from tasks.rules.competition import JudgingPhase as JudgingRules
from tasks.words import Words

_RULES_LISTED_APART = (
    *ranklists.ENTRY_FLAGS,
    *phase.NOTICE_RULES,
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
    """

    criteria: Listing
    scale: tuple[str, str]
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


def build(
    results: Results,
    edition: Edition,
    phase_code: str,
    as_of: datetime | None = None,
    category: str | None = None,
) -> Judging:
    """The page of a judging phase: all of it, or of one category."""
    about = phase.subject(results, edition, phase_code, as_of, category)
    of = add_score_columns(about, ranklists.ranked_lists(about))
    rows, flagged = of.rows, about.of_phase("findings")["rule"].value_counts()
    tied = _rows_with_finding(about, rows, "tie_at_cutoff")
    made = ranklists.rank_lists(about, of, ranking_columns(about))
    return Judging(
        **phase.page_facts(about),  # type: ignore[arg-type]  # the fields of PhasePage
        scored=int(rows["score"].notna().sum()),
        advancing=int((rows["standing"] == "advances").sum()),
        undecided=int((rows["standing"] == "undecided").sum()),
        formula=score_formula(about),
        lists=made,
        strips=_score_strips(of),
        overview=_count_by_list(of),
        ties=ranklists.phase_ties(about, of),
        jury=jury_progress(about),
        too_few=int(flagged.get("too_few_judges", 0)),
        at_cutoff=tuple(tied["title"]),
        cutoff_undecided=bool((tied["standing"] == "undecided").any()),
        decisions=phase.decision_listing(
            about, rows.set_index("submission_id")["ranked_outcome"].to_dict()
        ),
        corrections=phase.correction_listing(about, f"scores/{phase_code}/"),
        findings=_list_other_findings(about),
    )


def add_score_columns(about: Subject, of: RankedLists) -> RankedLists:
    """The lists with a column a criterion (K1, K2 ...) and a column a carried phase (its code) in
    their rows.
    """
    rules, ids = judging_rules(about), of.rows["submission_id"]
    wide = about.of_phase("criterion_scores").pivot(
        index="submission_id", columns="criterion", values="criterion_score"
    )
    wide = wide.reindex(columns=[c.code for c in rules.criteria]).rename(
        columns={c.code: criterion_key(i) for i, c in enumerate(rules.criteria)}
    )
    rows = of.rows.join(wide, on="submission_id", validate="1:1")
    rankings = about.results["rankings"]
    for earlier in rules.carry:
        own = rankings[rankings["phase"] == earlier].set_index("submission_id")["own_score"]
        rows[earlier] = ids.map(own).astype("str")
    return RankedLists(of.names, rows)


def ranking_columns(about: Subject) -> tuple[Column, ...]:
    """A ranking's columns: rank, entry, a score a criterion, own and carried scores, score, sheets,
    outcome.
    """
    rules, competition = judging_rules(about), about.edition.competition
    precision = rules.precision
    criteria = tuple(
        Column(criterion_key(i), "decimal", 8, criterion_key(i), precision)
        for i in range(len(rules.criteria))
    )
    carried = tuple(
        Column(
            code,
            "decimal",
            12,
            about.edition.phases[code],
            _phase_precision(competition.phase(code)),
        )
        for code in rules.carry
    )
    own = (lists.column("own_score", precision),) if rules.carry else ()
    return (
        lists.column("rank"),
        lists.column("entry", width=52),
        *criteria,
        *own,
        *carried,
        lists.column("score", precision),
        lists.column("sheets"),
        lists.column("outcome_now"),
    )


def _phase_precision(rules: object) -> int:
    assert isinstance(rules, JudgingRules)
    return rules.precision


def score_formula(about: Subject) -> Formula:
    """How the phase's score is made, of its rules."""
    rules = judging_rules(about)
    names = {c.code: about.edition.words.name(c.name) or c.code for c in rules.criteria}
    cut = rules.advance or AdvanceRules()
    return Formula(
        criteria=_list_criteria(rules, list(names.values())),
        scale=(_decimal_text(rules.scale[0]), _decimal_text(rules.scale[1])),
        aggregate=rules.aggregate,
        precision=rules.precision,
        own_share=_decimal_text(1 - sum(rules.carry.values(), Decimal(0))),
        carried=tuple(
            Carried(about.edition.phases[code], _decimal_text(share))
            for code, share in rules.carry.items()
        ),
        tie_break=tuple(names[c] for c in rules.tie_break),
        minimum_judges=rules.minimum_judges,
        own_agency=rules.own_agency,
        adjust=rules.adjust,
        per_list=cut.per_list,
        overall=cut.overall,
        minimum_score=None if cut.minimum_score is None else _decimal_text(cut.minimum_score),
    )


def _list_criteria(rules: JudgingRules, names: list[str]) -> Listing:
    """The criteria under their keys, with the weight and its share of all weights."""
    weights = [c.weight for c in rules.criteria]
    decimals = max(len(_decimal_text(w).partition(".")[2]) for w in weights)
    told = pd.DataFrame(
        {
            "key": [criterion_key(i) for i in range(len(names))],
            "criterion": names,
            "weight": [_decimal_text(w) for w in weights],
            "share": [_decimal_text(w / sum(weights)) for w in weights],
        }
    )
    shown = (
        lists.column("key"),
        lists.column("criterion"),
        lists.column("weight", decimals),
        lists.column("share", 1),
    )
    return lists.listing("criteria", shown, told)


def _decimal_text(value: Decimal) -> str:
    """The decimal as text, without zeros at its end."""
    return f"{value.normalize():f}"


def _score_strips(of: RankedLists) -> tuple[Strip, ...]:
    """The lists that have scores, each with its scores."""
    scored = of.rows.dropna(subset="score")
    made = []
    for number, name in enumerate(of.names):
        rows = scored[scored["list"] == number]
        made.append(
            Strip(
                name,
                tuple(Point(s, o) for s, o in zip(rows["score"], rows["standing"], strict=True)),
            )
        )
    return tuple(strip for strip in made if strip.points)


def _count_by_list(of: RankedLists) -> Listing:
    """A row a list: how many entered, have a score, and advance."""
    rows = of.rows.assign(
        scored=of.rows["score"].notna(),
        advancing=of.rows["standing"] == "advances",
        entered_phase=True,
    )
    counted = ["entered_phase", "scored", "advancing"]
    sums = rows.groupby("list")[counted].sum().reindex(range(len(of.names)), fill_value=0)
    total = (None, *(int(sums[c].sum()) for c in counted))
    return lists.listing(
        "overview", f"list {' '.join(counted)}", sums.assign(list=list(of.names)), total=total
    )


def _rows_with_finding(about: Subject, rows: pd.DataFrame, rule: str) -> pd.DataFrame:
    """The rows whose submission has a finding of this rule in the phase."""
    findings = about.of_phase("findings")
    return rows[rows["submission_id"].isin(findings.loc[findings["rule"] == rule, "submission_id"])]


def _list_other_findings(about: Subject) -> Listing:
    """The phase's findings but those that stand elsewhere on the page."""
    findings = about.of_phase("findings")
    return phase.finding_listing(
        about, findings[~findings["rule"].isin(_RULES_LISTED_APART)].reset_index(drop=True)
    )


def book(page: Judging, words: Words) -> Book:
    """The report's workbook: one sheet for all lists, with the criteria's names over their
    columns.
    """
    figures = [
        ("figure.entered", page.entered),
        ("figure.scored", page.scored),
        ("figure.advancing", page.advancing),
        ("figure.undecided", page.undecided),
        ("figure.sheets_expected", page.jury.expected),
        ("figure.sheets_used", page.jury.used),
        ("figure.sheets_missing", page.jury.missing),
    ]
    named = {row[0]: row[1] for row in page.formula.criteria.rows}
    return books.page_book(
        page,
        words,
        figures,
        (
            _stack_rankings(page, words, named),
            page.formula.criteria,
            page.overview,
            page.jury.by_judge,
            page.jury.owed,
            page.jury.unused,
            page.decisions,
            page.corrections,
            page.findings,
        ),
    )


def _stack_rankings(page: Judging, words: Words, named: Mapping[Cell, Cell]) -> Listing:
    """The rankings of all lists under each other, the list's name first."""
    columns = page.lists[0].ranking.columns if page.lists else ()
    headed = tuple(replace(c, heading=str(named.get(c.name, c.heading))) for c in columns)
    rows = tuple((one.name, *row) for one in page.lists for row in one.ranking.rows)
    return Listing("ranking", (lists.column("list"), *headed), rows)
