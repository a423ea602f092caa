"""Nomination: for each level who is nominated, in reserve, barred or undecided, and the city's
record of placements.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import pandas as pd

from reports.content.book import Book
from reports.content.edition import item_names
from reports.pages.parts import books, lists, phase_listings
from reports.pages.parts.lists import Cell, Listing
from reports.pages.parts.phase import PhasePage, page_facts
from reports.pages.parts.phase_listings import outcome_listing
from reports.pages.parts.subject import Subject, agency_names, category_names
from tasks.rules.competition import JudgingPhase, NominationLevel, NominationPhase
from tasks.words import Words

_CANDIDATE_COLUMNS = ("place", "entry", "score", "outcome", "why", "award")


@dataclass(frozen=True)
class Level:
    """One level (the province, the nation): its places, and the candidates by what became of
    them.
    """

    name: str
    quota: int
    bars: tuple[str, ...]
    nominated: Listing
    reserve: Listing
    barred: Listing
    undecided: Listing


@dataclass(frozen=True)
class Nomination(PhasePage):
    """The nomination report. `source`: the name of the judging phase whose scores decide; empty
    where there is none.
    """

    template: ClassVar[str] = "nomination.html"

    source: str
    candidates: int
    levels: tuple[Level, ...]
    decisions: Listing
    record: Listing
    findings: Listing


def build(subject: Subject) -> Nomination:
    """The page of a nomination phase: all of it, or of one category."""
    rules = subject.edition.competition.phase(subject.phase)
    assert isinstance(rules, NominationPhase)
    rows = _candidate_rows(subject)
    names = item_names(rules.levels, subject.edition.words)
    source = _score_source(subject)
    precision = source.precision if source else 2
    return Nomination(
        **page_facts(subject),  # type: ignore[arg-type]  # the fields of PhasePage
        source=subject.edition.phases[source.code] if source else "",
        candidates=rows["submission_id"].nunique(),
        levels=tuple(
            _build_level(rows, level, names[level.code], precision) for level in rules.levels
        ),
        decisions=phase_listings.level_decision_listing(subject, rows, names),
        record=_list_placements(subject, names),
        findings=phase_listings.other_findings_listing(
            subject, ("tie_at_cutoff", "already_awarded")
        ),
    )


def _score_source(subject: Subject) -> JudgingPhase | None:
    """The last judging phase before this one, whose scores decide; None where there is none."""
    source = None
    for phase in subject.edition.competition.phases:
        if phase.code == subject.phase:
            break
        if isinstance(phase, JudgingPhase):
            source = phase
    return source


def _candidate_rows(subject: Subject) -> pd.DataFrame:
    """The phase's rows of nominations with standing, entry, category (name), award, why: one row
    per level and submission, by place, then score and title.
    """
    rows = subject.of_phase("nominations")
    awards = _award_texts(subject)
    joined = rows.merge(awards, on=["level", "submission_id"], how="left", validate="1:1")
    joined["agency"] = agency_names(subject, joined["agency_code"])
    candidates = joined.assign(
        standing=joined[subject.standing_column],
        entry=phase_listings.flagged_entries(joined),
        category=category_names(subject, joined["category"]),
        why=_undecided_reasons(subject, joined),
    )
    return candidates.loc[_candidate_order(candidates)].reset_index(drop=True)


def _candidate_order(candidates: pd.DataFrame) -> pd.Index:
    """The index of the candidates by place, then score and title."""
    keys = pd.DataFrame(
        {
            "place": candidates["place"],
            "falling_score": -pd.to_numeric(candidates["score"]),
            "title": candidates["title"].str.casefold(),
        }
    )
    columns = ["place", "falling_score", "title"]
    ordered = keys.sort_values(columns, na_position="last", kind="stable")
    return ordered.index


def _award_texts(subject: Subject) -> pd.DataFrame:
    """level, submission_id, match, award: one row per candidate with earlier awards; `award` has
    them in words, exact matches first.
    """
    prior = subject.of_phase("prior_awards").sort_values(["match", "award_year"], kind="stable")
    years = prior["award_year"].astype("str")
    award_texts = prior["award"] + ", " + prior["award_title"] + ", " + years
    texts = prior.assign(award=award_texts)
    by_candidate = texts.groupby(["level", "submission_id"], as_index=False)
    return by_candidate.agg(match=("match", "first"), award=("award", tuple))


def _undecided_reasons(subject: Subject, rows: pd.DataFrame) -> pd.Series:
    """Why each candidate would be undecided: a near earlier title, no score, equals at the last
    place, or a phase still open.
    """
    say = subject.edition.words.say
    is_closed = subject.row["state"] == "closed"
    usual = say("nomination.tie" if is_closed else "nomination.open")
    reasons = pd.Series(usual, index=rows.index, dtype="str")
    reasons = reasons.mask(rows["score"].isna(), say("nomination.no_score"))
    is_near = rows["match"].eq("near").fillna(False).astype("bool")
    return reasons.mask(is_near, say("nomination.near"))


def _build_level(rows: pd.DataFrame, level: NominationLevel, name: str, precision: int) -> Level:
    """The candidates of one level by outcome; their scores have `precision` decimals."""
    candidates = rows[rows["level"] == level.code]

    def list_outcome(outcome: str, column_names: str) -> Listing:
        columns = [
            lists.column(column, precision if column == "score" else 0)
            for column in column_names.split()
        ]
        return outcome_listing(candidates, outcome, outcome, columns)

    return Level(
        name,
        level.quota,
        level.barred,
        list_outcome("nominated", "place entry category score"),
        list_outcome("reserve", "place entry category score"),
        list_outcome("barred", "entry score award"),
        list_outcome("undecided", "place entry score why award"),
    )


def _list_placements(subject: Subject, level_names: dict[str, str]) -> Listing:
    """The city's placements so far, latest first."""
    rows = subject.results["placements"]
    placements = rows.assign(
        agency=agency_names(subject, rows["agency_code"]),
        title=rows["award_title"],
        level=rows["level"].map(level_names).fillna(rows["level"]),
        award_year=rows["award_year"].astype("str"),
        award_name=rows["award"],
    )
    shown = placements.assign(entry=lists.entries(placements))
    order = ["award_year", "award_title"]
    latest_first = shown.sort_values(order, ascending=[False, True], kind="stable")
    columns = "award_year entry level award_name"
    return lists.listing("record", columns, latest_first.reset_index(drop=True))


def book(page: Nomination, words: Words) -> Book:
    """The report's workbook: one sheet per level with all candidates, then the decisions and the
    record.
    """
    figures = [("figure.entered", page.entered)]
    candidates = [_list_candidates(level) for level in page.levels]
    shown = [*candidates, page.decisions, page.record, page.findings]
    return books.page_book(page, words, figures, shown)


def _list_candidates(level: Level) -> Listing:
    """All candidates of the level: place, entry, score, outcome, why, earlier awards."""
    rows: list[tuple[Cell, ...]] = []
    for listing in (level.nominated, level.reserve, level.barred, level.undecided):
        rows += _outcome_rows(listing)
    score = next(column for column in level.nominated.columns if column.name == "score")
    columns = map(lists.column, _CANDIDATE_COLUMNS)
    shown = tuple(score if column.name == "score" else column for column in columns)
    return Listing("candidates", shown, tuple(rows), title=level.name)


def _outcome_rows(listing: Listing) -> Iterator[tuple[Cell, ...]]:
    """The rows of the listing of one outcome, with the cells of _CANDIDATE_COLUMNS."""
    names = [column.name for column in listing.columns]
    for row in listing.rows:
        cells = dict(zip(names, row, strict=True))
        cells["outcome"] = listing.name
        cells["award"] = cells.get("award") or ()
        yield tuple(cells.get(name) for name in _CANDIDATE_COLUMNS)
