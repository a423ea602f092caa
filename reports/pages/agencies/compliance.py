"""One Agency One Innovation: which agencies comply, by agency and by type, with and without their
units, next to the years before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import pandas as pd

from reports.content import paths
from reports.content.book import Book
from reports.content.edition import Edition
from reports.content.page import Page
from reports.pages.parts import books, lists
from reports.pages.parts.lists import Column, Link, Listing
from reports.pages.parts.subject import Subject, type_names
from reports.pages.phases import registration
from tasks.results.results import Results
from tasks.words import Words

COMPLIANCE_STATUSES = ("compliant", "short", "rejected_only", "none")
_INNOVATION_COUNTS = ("received", "accepted", "screened")


@dataclass(frozen=True)
class TypeShare:
    """The obliged agencies of one type: how many there are, and how many have each status."""

    content_tag: ClassVar[str] = "Share"

    name: str
    obliged: int
    compliant: int
    short: int
    rejected_only: int
    none: int


@dataclass(frozen=True)
class Compliance(Page):
    """The city's compliance. `rate`, `rate_before`: shares of 1 as text; None where no agency is
    obliged, or the share is not known.
    """

    template: ClassVar[str] = "compliance.html"

    minimum: int
    counts: str
    roll_up: bool
    bodies: int
    obliged: int
    compliant: int
    short: int
    rejected_only: int
    none: int
    rate: str | None
    year_before: int | None
    rate_before: str | None
    shares: tuple[TypeShare, ...]
    by_type: Listing
    wanting: Listing
    by_agency: Listing
    history: Listing
    account: Listing


def build(results: Results, edition: Edition) -> Compliance:
    """The page of compliance, from the tables compliance and history."""
    subject = Subject(results, edition, edition.competition.registration.code)
    rules, bodies = edition.competition.obligation, results["compliance"]
    obliged = bodies[_is_obliged(bodies)]
    counts = {status: int((obliged["status"] == status).sum()) for status in COMPLIANCE_STATUSES}
    year_before, rate_before = _last_known_rate(results, edition.competition.year)
    by_type = _counts_by_type(subject)
    return Compliance(
        masthead=edition.masthead,
        path=paths.AGENCIES,
        title=edition.words.say("compliance.title"),
        is_draft=_is_count_draft(edition),
        minimum=rules.minimum,
        counts=rules.counts,
        roll_up=rules.roll_up,
        bodies=len(bodies),
        obliged=len(obliged),
        **counts,
        rate=compliance_rate(counts["compliant"], len(obliged)),
        year_before=year_before,
        rate_before=rate_before,
        shares=_type_shares(by_type),
        by_type=_list_compliance_by_type(by_type),
        wanting=_list_noncompliant_agencies(subject),
        by_agency=_agency_listing(subject),
        history=_list_years(results),
        account=_account_for_innovations(subject),
    )


def _is_obliged(bodies: pd.DataFrame) -> pd.Series:
    """Whether each row of the table compliance is obliged (bool)."""
    return bodies["obliged"].fillna(False).astype("bool")


def compliance_rate(compliant: int, obliged: int) -> str | None:
    """compliant / obliged to six decimals, as text; None where nobody is obliged."""
    return f"{compliant / obliged:.6f}" if obliged else None


def _is_count_draft(edition: Edition) -> bool:
    """Whether a phase that the count depends on is not signed yet."""
    kinds = {"registration"}
    if edition.competition.obligation.counts == "screened":
        kinds.add("screening")
    phases = (phase for phase in edition.competition.phases if phase.kind in kinds)
    return any(edition.is_draft(phase.code) for phase in phases)


def _last_known_rate(results: Results, year: int) -> tuple[int | None, str | None]:
    """The latest earlier year whose compliance is known, and its rate; None for both where there
    is none.
    """
    history = results["history"]
    known = history.dropna(subset=["agencies_obliged", "agencies_compliant"])
    earlier = known[known["year"] < year].sort_values("year")
    if earlier.empty:
        return None, None
    last = earlier.iloc[-1]
    rate = compliance_rate(int(last["agencies_compliant"]), int(last["agencies_obliged"]))
    return int(last["year"]), rate


# --- agency types
# --------------------------------------------------------------------------------------------------


def _counts_by_type(subject: Subject) -> pd.DataFrame:
    """type_row (name), bodies, obliged, a column per status, rate, a column per count of
    innovations: one row per agency type, in the register's order.
    """
    bodies = subject.results["compliance"]
    kinds = list(bodies["type"].dropna().unique())
    statuses = _statuses_by_type(bodies, kinds)
    innovations = bodies.groupby("type")[list(_INNOVATION_COUNTS)].sum().reindex(kinds)
    names = type_names(subject, pd.Series(kinds, dtype="str"))
    counts = statuses.join(innovations, validate="1:1").assign(
        type_row=list(names),
        bodies=bodies["type"].value_counts().reindex(kinds),
        obliged=statuses.sum(axis=1),
        rate=_compliance_rates(statuses["compliant"], statuses.sum(axis=1)),
    )
    return counts.reset_index(drop=True)


def _statuses_by_type(bodies: pd.DataFrame, kinds: list[str]) -> pd.DataFrame:
    """A column per status, with how many obliged agencies have it: one row per type of `kinds`."""
    obliged = bodies[_is_obliged(bodies)]
    table = pd.crosstab(obliged["type"], obliged["status"])
    return table.reindex(index=kinds, columns=list(COMPLIANCE_STATUSES), fill_value=0)


def _compliance_rates(compliant: pd.Series, obliged: pd.Series) -> pd.Series:
    """The rate of each row, on the index of the counts; None where a count is missing."""
    counts = pd.DataFrame({"compliant": compliant, "obliged": obliged})
    known = counts.dropna()
    pairs = zip(known["compliant"], known["obliged"], strict=True)
    rates = [compliance_rate(int(complies), int(all_obliged)) for complies, all_obliged in pairs]
    return pd.Series(rates, index=known.index, dtype="object").reindex(counts.index)


def _list_compliance_by_type(by_type: pd.DataFrame) -> Listing:
    counted = ("bodies", "obliged", *COMPLIANCE_STATUSES)
    sums = {name: int(by_type[name].sum()) for name in counted}
    total = (None, *sums.values(), compliance_rate(sums["compliant"], sums["obliged"]))
    columns = [*map(lists.column, ("type_row", *counted)), lists.column("rate", 1)]
    return lists.listing("compliance_by_type", columns, by_type, total=total)


def _type_shares(by_type: pd.DataFrame) -> tuple[TypeShare, ...]:
    """The types that have obliged agencies, for the chart."""
    obliged = by_type[by_type["obliged"] > 0]
    columns = ["type_row", "obliged", *COMPLIANCE_STATUSES]
    return tuple(
        TypeShare(name, *(int(count) for count in counts))
        for name, *counts in obliged[columns].itertuples(index=False)
    )


# --- agencies and years
# --------------------------------------------------------------------------------------------------


def _list_noncompliant_agencies(subject: Subject) -> Listing:
    """The obliged agencies that do not comply, in the register's order."""
    bodies = subject.results["compliance"]
    is_wanting = _is_obliged(bodies) & (bodies["status"] != "compliant")
    wanting = bodies[is_wanting].reset_index(drop=True)
    shown = wanting.assign(type=type_names(subject, wanting["type"]))
    return lists.listing("wanting", "number agency type received received_with_units status", shown)


def _agency_listing(subject: Subject) -> Listing:
    """Every agency that exists in the year, in the register's order."""
    bodies = subject.results["compliance"]
    counts = _count_columns(subject.edition)
    # A sum of the counts with units would count an innovation of a unit twice.
    sums = [int(bodies[count].sum()) for count in counts]
    without_sum = [None] * len(counts)
    total = (None, *sums, *without_sum, None)
    links = map(_agency_link, bodies["agency"], bodies["agency_code"])
    shown = bodies.assign(body=lists.cell_series(links, bodies))
    return lists.listing("by_agency", _agency_columns(counts), shown, total=total)


def _agency_columns(counts: Sequence[str]) -> list[Column]:
    """The columns of the listing of agencies: each count alone, then each with units."""
    alone = [lists.column(count, width=15) for count in counts]
    with_units = [lists.column(f"{count}_with_units", width=16) for count in counts]
    body, status = lists.column("body", width=58), lists.column("status", width=27)
    return [body, *alone, *with_units, status]


def _agency_link(name: str, code: str) -> Link:
    """The link from this page to an agency's own page."""
    return Link(name, f"{paths.file_name(paths.agency_path(code))}.html")


def _count_columns(edition: Edition) -> tuple[str, ...]:
    """The counts of innovations to show. Without a screening phase `screened` would repeat
    `accepted`, and is left out.
    """
    has_screening = edition.competition.has_screening
    return _INNOVATION_COUNTS if has_screening else ("received", "accepted")


def _list_years(results: Results) -> Listing:
    """The years, earliest first."""
    years = results["history"].sort_values("year").reset_index(drop=True)
    shown = years.assign(
        year=years["year"].astype("str"),
        obliged=years["agencies_obliged"],
        compliant=years["agencies_compliant"],
        rate=_compliance_rates(years["agencies_compliant"], years["agencies_obliged"]),
    )
    names = ("year", "received", "accepted", "obliged", "compliant")
    columns = [*map(lists.column, names), lists.column("rate", 1)]
    return lists.listing("history", columns, shown)


def _account_for_innovations(subject: Subject) -> Listing:
    """How the innovations received and accepted add up: those of obliged agencies, of others, and
    of agencies that the register does not have.
    """
    bodies, say = subject.results["compliance"], subject.edition.words.say
    innovations = registration.received_innovations(subject)
    is_stranger = ~innovations["agency_code"].isin(bodies["agency_code"])
    is_obliged = _is_obliged(bodies)
    counts = bodies[["received", "accepted"]]
    rows = [
        (say("account.obliged"), *counts[is_obliged].sum()),
        (say("account.not_obliged"), *counts[~is_obliged].sum()),
        (say("account.unknown_agency"), *_count_received_accepted(innovations[is_stranger])),
    ]
    account = pd.DataFrame(rows, columns=["what", "received", "accepted"])
    total = (None, *_count_received_accepted(innovations))
    return lists.listing("bodies_account", "what received accepted", account, total=total)


def _count_received_accepted(innovations: pd.DataFrame) -> tuple[int, int]:
    """How many innovations were received, and how many of them are accepted."""
    return len(innovations), int((innovations["status"] == "accepted").sum())


def book(page: Compliance, words: Words) -> Book:
    """The report's workbook."""
    figures = [
        ("figure.bodies", page.bodies),
        ("figure.obliged", page.obliged),
        ("figure.compliant", page.compliant),
        ("figure.short", page.short),
        ("figure.rejected_only", page.rejected_only),
        ("figure.none", page.none),
    ]
    shown = [page.by_agency, page.by_type, page.wanting, page.history, page.account]
    return books.page_book(page, words, figures, shown)
