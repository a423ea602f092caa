"""Screening: who passes, who does not and for which requirement, who is pending and why."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

import pandas as pd

from reports.content.book import Book
from reports.content.edition import Edition
from reports.pages.parts import books, lists, phase
from reports.pages.parts.lists import Listing
from reports.pages.parts.phase import PhasePage, Subject
from tasks.results.results import Results
from tasks.rules.competition import ScreeningPhase as ScreeningRules
from tasks.words import Words

SCREENING_OUTCOMES = ("passes", "fails", "pending")


@dataclass(frozen=True)
class Screening(PhasePage):
    """The screening report. While the phase is open, outcomes are what the rule gives as it
    stands.
    """

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


def build(
    results: Results,
    edition: Edition,
    phase_code: str,
    as_of: datetime | None = None,
    category: str | None = None,
) -> Screening:
    """The page of a screening phase: all of it, or of one category."""
    about = phase.subject(results, edition, phase_code, as_of, category)
    rules = edition.competition.phase(phase_code)
    assert isinstance(rules, ScreeningRules)
    checked = _screened_rows(about, rules)
    counts = checked["standing"].value_counts()
    by_rule = checked.set_index("submission_id")["ranked_outcome"].to_dict()
    return Screening(
        **phase.page_facts(about),  # type: ignore[arg-type]  # the fields of PhasePage
        passes=int(counts.get("passes", 0)),
        fails=int(counts.get("fails", 0)),
        pending=int(counts.get("pending", 0)),
        by_requirement=_list_requirements(about, rules),
        by_category=_list_outcomes_by_category(about, checked),
        passing=_list_outcome(checked, "passes", "passing", "number entry category"),
        failing=_list_outcome(checked, "fails", "failing", "number entry unmet note"),
        waiting=_list_outcome(checked, "pending", "waiting", "number entry why note"),
        decisions=phase.decision_listing(about, by_rule),
        corrections=phase.correction_listing(about, f"screening/{phase_code}/"),
        findings=_list_other_findings(about),
    )


def _screened_rows(about: Subject, rules: ScreeningRules) -> pd.DataFrame:
    """The phase's rows with entry, category (name), unmet (requirement names), why; by category,
    agency, title.

    `standing` is the outcome; while the phase is open, what the rule gives as it stands.
    """
    rows = about.of_phase("screening").merge(
        phase.known_submissions(about), on="submission_id", how="left", validate="1:1"
    )
    order = {c: i for i, c in enumerate(about.edition.categories)}
    standing = "ranked_outcome" if about.row["state"] == "open" else "outcome"
    names = {r.code: about.edition.words.name(r.name) or r.code for r in rules.requirements}
    return (
        rows.assign(
            standing=rows[standing],
            entry=phase.flagged_entries(rows),
            order=rows["category"].map(order),
            by=rows["agency"].str.casefold(),
            called=rows["title"].str.casefold(),
            category=phase.category_names(about, rows["category"]),
            unmet=lists.cell_series((_unmet_names(u, names) for u in rows["unmet"]), rows),
            why=_pending_reasons(about, rows["submission_id"], names),
        )
        .sort_values(["order", "by", "called"], na_position="last", kind="stable")
        .reset_index(drop=True)
    )


def _unmet_names(unmet: object, names: dict[str, str]) -> tuple[str, ...]:
    return (
        tuple(names.get(code, code) for code in unmet.split("|")) if isinstance(unmet, str) else ()
    )


def _pending_reasons(about: Subject, ids: pd.Series, names: dict[str, str]) -> pd.Series:
    """Why a submission is pending: nothing was answered, or which requirements have an empty or
    unclear answer.
    """
    findings = about.of_phase("findings")
    waiting = (
        findings[findings["rule"] == "not_screened"]
        .drop_duplicates("submission_id")
        .set_index("submission_id")
    )
    said = about.edition.words.say
    told = {
        id_: said("screening.unclear", requirements=", ".join(_unmet_names(unclear, names)))
        if isinstance(unclear, str)
        else said("screening.not_screened")
        for id_, unclear in waiting["field"].items()
    }
    return ids.map(told).astype("str").fillna(said("screening.undecided"))


def _list_outcome(checked: pd.DataFrame, outcome: str, name: str, columns: str) -> Listing:
    return lists.listing(
        name, columns, checked[checked["standing"] == outcome].reset_index(drop=True)
    )


def _list_requirements(about: Subject, rules: ScreeningRules) -> Listing:
    """How many submissions do not meet each requirement; all requirements, zeros too."""
    unmet = about.of_phase("screening")["unmet"].dropna().str.split("|").explode().value_counts()
    words = about.edition.words
    told = pd.DataFrame(
        {
            "requirement": [words.name(r.name) or r.code for r in rules.requirements],
            "not_met": [int(unmet.get(r.code, 0)) for r in rules.requirements],
        }
    )
    return lists.listing("by_requirement", "requirement not_met", told)


def _list_outcomes_by_category(about: Subject, checked: pd.DataFrame) -> Listing:
    stray = about.edition.words.say("registration.no_category")
    named = checked["category"].fillna(stray)
    names = list(about.edition.categories.values()) + ([stray] if (named == stray).any() else [])
    table = pd.crosstab(named, checked["standing"]).reindex(names, fill_value=0)
    counts = table.reindex(columns=list(SCREENING_OUTCOMES), fill_value=0)
    told = counts.assign(entered_phase=counts.sum(axis=1), category_row=names).reset_index(
        drop=True
    )
    total = (None, *(int(told[c].sum()) for c in ("entered_phase", *SCREENING_OUTCOMES)))
    return lists.listing(
        "screened_by_category", "category_row entered_phase passes fails pending", told, total=total
    )


def _list_other_findings(about: Subject) -> Listing:
    """The phase's findings but those that stand elsewhere on the page."""
    findings = about.of_phase("findings")
    apart = findings["rule"].isin(("not_screened", *phase.NOTICE_RULES))
    return phase.finding_listing(about, findings[~apart].reset_index(drop=True))


def book(page: Screening, words: Words) -> Book:
    """The report's workbook."""
    figures = [
        ("figure.entered", page.entered),
        ("figure.passes", page.passes),
        ("figure.fails", page.fails),
        ("figure.pending", page.pending),
    ]
    return books.page_book(
        page,
        words,
        figures,
        (
            page.passing,
            page.failing,
            page.waiting,
            page.by_requirement,
            page.by_category,
            page.decisions,
            page.corrections,
            page.findings,
        ),
    )
