"""Nomination: for each level who is nominated, in reserve, barred or undecided, and the city's
record of placements.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

import pandas as pd

from reports.content.book import Book
from reports.content.edition import Edition
from reports.pages.parts import books, lists, phase
from reports.pages.parts.lists import Column, Listing
from reports.pages.parts.phase import PhasePage, Subject
from tasks.results.results import Results
from tasks.rules.competition import NominationLevel as LevelRules
from tasks.rules.competition import NominationPhase as NominationRules
from tasks.words import Words


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


def build(
    results: Results,
    edition: Edition,
    phase_code: str,
    as_of: datetime | None = None,
    category: str | None = None,
) -> Nomination:
    """The page of a nomination phase: all of it, or of one category."""
    about = phase.subject(results, edition, phase_code, as_of, category)
    rules = edition.competition.phase(phase_code)
    assert isinstance(rules, NominationRules)
    rows = _candidate_rows(about)
    names = {level.code: edition.words.name(level.name) or level.code for level in rules.levels}
    by_rule = rows.set_index(["submission_id", "level"])["ranked_outcome"].to_dict()
    return Nomination(
        **phase.page_facts(about),  # type: ignore[arg-type]  # the fields of PhasePage
        source=_score_source(about)[0],
        candidates=rows["submission_id"].nunique(),
        levels=tuple(_build_level(about, rows, level, names[level.code]) for level in rules.levels),
        decisions=phase.decision_listing(about, by_rule, names),
        record=_list_placements(about, names),
        findings=_list_other_findings(about),
    )


def _score_source(about: Subject) -> tuple[str, int]:
    """Name and precision of the last judging phase before this one."""
    before = about.edition.competition.phases[: list(about.edition.phases).index(about.phase)]
    judged = [p for p in before if p.kind == "judging"]
    return (about.edition.phases[judged[-1].code], judged[-1].precision) if judged else ("", 2)


def _candidate_rows(about: Subject) -> pd.DataFrame:
    """The phase's rows with entry, category (name), award, why, standing; by place, then score and
    title.
    """
    rows = about.of_phase("nominations")
    agency = rows["agency_code"].map(phase.agency_names(about.results)).fillna(rows["agency_code"])
    awards = _award_texts(about)
    joined = rows.merge(awards, on=["level", "submission_id"], how="left", validate="1:1")
    standing = joined["ranked_outcome"] if about.row["state"] == "open" else joined["outcome"]
    return (
        joined.assign(
            entry=phase.flagged_entries(joined.assign(agency=agency.astype("str"))),
            standing=standing,
            category=phase.category_names(about, joined["category"]),
            why=_undecided_reasons(about, joined),
            by_score=-pd.to_numeric(joined["score"]),
            called=joined["title"].str.casefold(),
        )
        .sort_values(["place", "by_score", "called"], na_position="last", kind="stable")
        .reset_index(drop=True)
    )


def _award_texts(about: Subject) -> pd.DataFrame:
    """level, submission_id, match, award: a candidate's earlier placements in words, exact matches
    first.
    """
    prior = about.of_phase("prior_awards")
    said = prior["award"] + ", " + prior["award_title"] + ", " + prior["award_year"].astype("str")
    exact = prior.assign(award=said).sort_values(["match", "award_year"], kind="stable")
    return exact.groupby(["level", "submission_id"], as_index=False).agg(
        match=("match", "first"), award=("award", tuple)
    )


def _undecided_reasons(about: Subject, rows: pd.DataFrame) -> pd.Series:
    """Why a candidate is undecided: a near earlier title, no score, equals at the last place, or a
    phase still open.
    """
    said = about.edition.words.say
    near = rows["match"].eq("near").map({True: said("nomination.near"), False: None})
    unscored = rows["score"].isna().map({True: said("nomination.no_score"), False: None})
    rest = said("nomination.tie") if about.row["state"] == "closed" else said("nomination.open")
    return near.fillna(unscored).fillna(rest).astype("str")


def _build_level(about: Subject, rows: pd.DataFrame, level: LevelRules, name: str) -> Level:
    here = rows[rows["level"] == level.code]
    score = lists.column("score", _score_source(about)[1])

    def listed(outcome: str, columns: str) -> Listing:
        shown = [score if c == "score" else lists.column(c) for c in columns.split()]
        return _list_outcome(here, outcome, shown)

    return Level(
        name,
        level.quota,
        level.barred,
        listed("nominated", "place entry category score"),
        listed("reserve", "place entry category score"),
        listed("barred", "entry score award"),
        listed("undecided", "place entry score why award"),
    )


def _list_outcome(here: pd.DataFrame, outcome: str, columns: list[Column]) -> Listing:
    return lists.listing(outcome, columns, here[here["standing"] == outcome].reset_index(drop=True))


def _list_placements(about: Subject, names: dict[str, str]) -> Listing:
    """The city's placements so far, latest first."""
    rows = about.results["placements"]
    bodies = phase.agency_names(about.results)
    told = rows.assign(
        agency=rows["agency_code"].map(bodies).fillna(rows["agency_code"]).astype("str"),
        title=rows["award_title"],
        level=rows["level"].map(names).fillna(rows["level"]),
    )
    told = told.assign(entry=lists.entries(told), award_year=told["award_year"].astype("str"))
    latest = told.sort_values(
        ["award_year", "award_title"], ascending=[False, True], kind="stable"
    ).reset_index(drop=True)
    return lists.listing(
        "record", "award_year entry level award_name", latest.assign(award_name=latest["award"])
    )


def _list_other_findings(about: Subject) -> Listing:
    """The phase's findings but those that stand elsewhere on the page."""
    findings = about.of_phase("findings")
    apart = findings["rule"].isin(("tie_at_cutoff", "already_awarded", *phase.NOTICE_RULES))
    return phase.finding_listing(about, findings[~apart].reset_index(drop=True))


def book(page: Nomination, words: Words) -> Book:
    """The report's workbook: a sheet a level with all candidates, the decisions and the record."""
    figures: list[tuple[str, int | None]] = [("figure.entered", page.entered)]
    return books.page_book(
        page,
        words,
        figures,
        (
            *(_list_candidates(level) for level in page.levels),
            page.decisions,
            page.record,
            page.findings,
        ),
    )


def _list_candidates(level: Level) -> Listing:
    """All candidates of the level: place, entry, score, outcome, and why."""
    rows = []
    for one in (level.nominated, level.reserve, level.barred, level.undecided):
        for row in one.rows:
            cells = dict(zip((c.name for c in one.columns), row, strict=True))
            rows.append(
                (
                    cells.get("place"),
                    cells["entry"],
                    cells["score"],
                    one.name,
                    cells.get("why"),
                    cells.get("award") or (),
                )
            )
    score = next(c for c in level.nominated.columns if c.name == "score")
    columns = (
        lists.column("place"),
        lists.column("entry"),
        score,
        lists.column("outcome"),
        lists.column("why"),
        lists.column("award"),
    )
    return Listing("candidates", columns, tuple(rows), title=level.name)
