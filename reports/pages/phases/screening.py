"""Screening: who passes, who does not and for which requirement, who is pending and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import pandas as pd

from reports.content.book import Book
from reports.content.edition import item_names
from reports.pages.parts import books, lists, phase_listings
from reports.pages.parts.lists import Listing
from reports.pages.parts.phase import PhasePage, page_facts
from reports.pages.parts.phase_listings import outcome_listing
from reports.pages.parts.subject import (
    Subject,
    category_names,
    known_submissions,
    sort_by_agency,
)
from tasks.rules.competition import ScreeningPhase
from tasks.words import Words

SCREENING_OUTCOMES = ("passes", "fails", "pending")


@dataclass(frozen=True)
class Screening(PhasePage):
    """The screening report. While the phase is open, outcomes are what the rule gives."""

    template: ClassVar[str] = "screening.html"

    passes: int
    fails: int
    pending: int
    by_requirement: Listing
    by_category: Listing
    passing: Listing
    failing: Listing
    waiting: Listing
    decisions: Listing
    corrections: Listing
    findings: Listing


def build(subject: Subject) -> Screening:
    """The page of a screening phase: all of it, or of one category."""
    requirements = _requirement_names(subject)
    rows = _screened_rows(subject, requirements)
    standings = rows["standing"].value_counts()
    return Screening(
        **page_facts(subject),  # type: ignore[arg-type]  # the fields of PhasePage
        passes=int(standings.get("passes", 0)),
        fails=int(standings.get("fails", 0)),
        pending=int(standings.get("pending", 0)),
        by_requirement=_list_requirements(subject, requirements),
        by_category=_list_outcomes_by_category(subject, rows),
        passing=outcome_listing(rows, "passes", "passing", "number entry category"),
        failing=outcome_listing(rows, "fails", "failing", "number entry unmet note"),
        waiting=outcome_listing(rows, "pending", "waiting", "number entry why note"),
        decisions=phase_listings.decision_listing(subject, rows),
        corrections=phase_listings.correction_listing(subject, f"screening/{subject.phase}/"),
        findings=phase_listings.other_findings_listing(subject, ("not_screened",)),
    )


def _requirement_names(subject: Subject) -> dict[str, str]:
    """The names of the phase's requirements by code, in order."""
    rules = subject.edition.competition.phase(subject.phase)
    assert isinstance(rules, ScreeningPhase)
    return item_names(rules.requirements, subject.edition.words)


def _screened_rows(subject: Subject, requirements: Mapping[str, str]) -> pd.DataFrame:
    """The phase's rows of screening with standing, entry, category (name), unmet (names of
    requirements), why: one row per submission, by category, agency and title.
    """
    screened = subject.of_phase("screening")
    known = known_submissions(subject)
    joined = screened.merge(known, on="submission_id", how="left", validate="1:1")
    rows = sort_by_agency(subject, joined)
    unmet = [_unmet_names(codes, requirements) for codes in rows["unmet"]]
    return rows.assign(
        standing=rows[subject.standing_column],
        entry=phase_listings.flagged_entries(rows),
        category=category_names(subject, rows["category"]),
        unmet=lists.cell_series(unmet, rows),
        why=_pending_reasons(subject, rows["submission_id"], requirements),
    )


def _unmet_names(codes: object, requirements: Mapping[str, str]) -> tuple[str, ...]:
    """The names of requirements whose codes stand joined by | in a cell; none of a missing cell."""
    if not isinstance(codes, str):
        return ()
    return tuple(requirements.get(code, code) for code in codes.split("|"))


def _pending_reasons(
    subject: Subject, ids: pd.Series, requirements: Mapping[str, str]
) -> pd.Series:
    """Why each submission would be pending: nothing was answered, some requirements have an empty
    or unclear answer, or nobody has decided.
    """
    findings = subject.of_phase("findings")
    unscreened = findings[findings["rule"] == "not_screened"].drop_duplicates("submission_id")
    pairs = zip(unscreened["submission_id"], unscreened["field"], strict=True)
    reasons = {id_: _unscreened_reason(subject, codes, requirements) for id_, codes in pairs}
    undecided = subject.edition.words.say("screening.undecided")
    return ids.map(reasons).astype("str").fillna(undecided)


def _unscreened_reason(subject: Subject, codes: object, requirements: Mapping[str, str]) -> str:
    """The reason of a finding not_screened, whose field has the codes of unclear requirements."""
    say = subject.edition.words.say
    unclear = _unmet_names(codes, requirements)
    if not unclear:
        return say("screening.not_screened")
    return say("screening.unclear", requirements=", ".join(unclear))


def _list_requirements(subject: Subject, requirements: Mapping[str, str]) -> Listing:
    """How many submissions do not meet each requirement; all requirements, zeros too."""
    cells = subject.of_phase("screening")["unmet"].dropna()
    unmet = cells.str.split("|").explode()
    counts = unmet.value_counts().reindex(list(requirements), fill_value=0)
    names = list(requirements.values())
    rows = pd.DataFrame({"requirement": names, "not_met": counts.to_numpy()})
    return lists.listing("by_requirement", "requirement not_met", rows)


def _list_outcomes_by_category(subject: Subject, rows: pd.DataFrame) -> Listing:
    """The submissions of each outcome by category; a last row for those without a category, where
    there are any.
    """
    counts = _count_outcomes_by_category(subject, rows)
    shown = counts.assign(entered_phase=counts.sum(axis=1)).reset_index(names="category_row")
    columns = ("entered_phase", *SCREENING_OUTCOMES)
    sums = (int(shown[column].sum()) for column in columns)
    shown_columns = " ".join(("category_row", *columns))
    return lists.listing("screened_by_category", shown_columns, shown, total=(None, *sums))


def _count_outcomes_by_category(subject: Subject, rows: pd.DataFrame) -> pd.DataFrame:
    """A column per outcome: one row per category, by name, in the competition's order."""
    stray = subject.edition.words.say("registration.no_category")
    categories = rows["category"].fillna(stray)
    names = list(subject.edition.categories.values())
    if (categories == stray).any():
        names.append(stray)
    table = pd.crosstab(categories, rows["standing"])
    return table.reindex(index=names, columns=list(SCREENING_OUTCOMES), fill_value=0)


def book(page: Screening, words: Words) -> Book:
    """The report's workbook."""
    figures = [
        ("figure.entered", page.entered),
        ("figure.passes", page.passes),
        ("figure.fails", page.fails),
        ("figure.pending", page.pending),
    ]
    shown = [page.passing, page.failing, page.waiting, page.by_requirement, page.by_category]
    shown += [page.decisions, page.corrections, page.findings]
    return books.page_book(page, words, figures, shown)
