"""One Agency One Innovation: who complies, by agency and type, directly and with units, against the
years before.
"""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd

from reports.content import paths
from reports.content.book import Book
from reports.content.edition import Edition
from reports.content.page import Page
from reports.pages.parts import books, lists
from reports.pages.parts.lists import Link, Listing
from reports.pages.parts.subject import Subject, type_names
from reports.pages.phases import registration
from tasks.results.results import Results
from tasks.words import Words

COMPLIANCE_STATUSES = ("compliant", "short", "rejected_only", "none")
_INNOVATION_COUNTS = ("received", "accepted", "screened")


@dataclass(frozen=True)
class TypeShare:
    """Of one agency type: how many bodies are obliged, and how many of them stand with each
    status.
    """

    content_tag: ClassVar[str] = "Share"

    name: str
    obliged: int
    compliant: int
    short: int
    rejected_only: int
    none: int


@dataclass(frozen=True)
class Compliance(Page):
    """The city's compliance. `rate`, `rate_before`: shares of 1 as text; None where nobody is
    obliged or known.
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
    """The page of compliance, of the tables compliance and history."""
    subject = Subject(results, edition, edition.competition.registration.code)
    rules, bodies = edition.competition.obligation, results["compliance"]
    obliged = bodies[bodies["obliged"].fillna(False)]
    counts = obliged["status"].value_counts()
    before = _last_known_rate(results, edition.competition.year)
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
        compliant=int(counts.get("compliant", 0)),
        short=int(counts.get("short", 0)),
        rejected_only=int(counts.get("rejected_only", 0)),
        none=int(counts.get("none", 0)),
        rate=compliance_rate(int(counts.get("compliant", 0)), len(obliged)),
        year_before=before[0] if before else None,
        rate_before=before[1] if before else None,
        shares=_type_shares(by_type),
        by_type=_list_compliance_by_type(by_type),
        wanting=_list_noncompliant_agencies(subject),
        by_agency=_list_agencies(subject),
        history=_list_years(results),
        account=_account_for_innovations(subject),
    )


def compliance_rate(compliant: int, obliged: int) -> str | None:
    """compliant / obliged to six decimals, as text; None where nobody is obliged."""
    return f"{compliant / obliged:.6f}" if obliged else None


def _is_count_draft(edition: Edition) -> bool:
    """Whether a phase that the count rests on is not signed yet."""
    rests_on = {"registration"} | (
        {"screening"} if edition.competition.obligation.counts == "screened" else set()
    )
    return any(edition.is_draft(p.code) for p in edition.competition.phases if p.kind in rests_on)


def _last_known_rate(results: Results, year: int) -> tuple[int, str | None] | None:
    """The latest earlier year whose compliance is known, and its rate."""
    history = results["history"]
    known = history[
        (history["year"] < year)
        & history["agencies_obliged"].notna()
        & history["agencies_compliant"].notna()
    ]
    if known.empty:
        return None
    last = known.sort_values("year").iloc[-1]
    return int(last["year"]), compliance_rate(
        int(last["agencies_compliant"]), int(last["agencies_obliged"])
    )


def _counts_by_type(subject: Subject) -> pd.DataFrame:
    """A row a type in the register's order: type_row (name), bodies, obliged, a column a status,
    rate, counts.
    """
    bodies = subject.results["compliance"]
    kinds = list(bodies["type"].dropna().unique())
    obliged = bodies[bodies["obliged"].fillna(False)]
    statuses = pd.crosstab(obliged["type"], obliged["status"]).reindex(
        index=kinds, columns=list(COMPLIANCE_STATUSES), fill_value=0
    )
    sums = bodies.groupby("type")[list(_INNOVATION_COUNTS)].sum().reindex(kinds)
    sizes = bodies["type"].value_counts().reindex(kinds)
    table = statuses.join(sums, validate="1:1").assign(bodies=sizes, obliged=statuses.sum(axis=1))
    pairs = zip(table["compliant"], table["obliged"], strict=True)
    rates = lists.cell_series(
        (compliance_rate(int(compliant), int(obliged)) for compliant, obliged in pairs), table
    )
    return table.assign(
        type_row=list(type_names(subject, pd.Series(kinds, dtype="str"))), rate=rates
    ).reset_index(drop=True)


def _list_compliance_by_type(by_type: pd.DataFrame) -> Listing:
    counted = ["bodies", "obliged", *COMPLIANCE_STATUSES]
    sums = [int(by_type[c].sum()) for c in counted]
    shown = [*(lists.column(c) for c in ("type_row", *counted)), lists.column("rate", 1)]
    return lists.listing(
        "compliance_by_type", shown, by_type, total=(None, *sums, compliance_rate(sums[2], sums[1]))
    )


def _type_shares(by_type: pd.DataFrame) -> tuple[TypeShare, ...]:
    """The types that have obliged bodies, for the chart."""
    some = by_type[by_type["obliged"] > 0]
    columns = ["obliged", *COMPLIANCE_STATUSES]
    return tuple(
        TypeShare(name, *(int(n) for n in counts))
        for name, *counts in some[["type_row", *columns]].itertuples(index=False)
    )


def _list_noncompliant_agencies(subject: Subject) -> Listing:
    """The obliged bodies that do not comply, in the register's order."""
    bodies = subject.results["compliance"]
    wanting = bodies[
        bodies["obliged"].fillna(False) & (bodies["status"] != "compliant")
    ].reset_index(drop=True)
    told = wanting.assign(type=type_names(subject, wanting["type"]))
    return lists.listing("wanting", "number agency type received received_with_units status", told)


def _list_agencies(subject: Subject) -> Listing:
    """Every body that exists in the year, in the register's order."""
    bodies, counts = subject.results["compliance"], _count_columns(subject.edition)
    columns = (
        lists.column("body", width=58),
        *(lists.column(c, width=15) for c in counts),
        *(lists.column(f"{c}_with_units", width=16) for c in counts),
        lists.column("status", width=27),
    )
    sums = (int(bodies[c].sum()) for c in counts)
    links = [
        Link(name, f"{paths.file_name(paths.agency_path(code))}.html")
        for name, code in zip(bodies["agency"], bodies["agency_code"], strict=True)
    ]
    told = bodies.assign(body=lists.cell_series(links, bodies))
    return lists.listing(
        "by_agency", columns, told, total=(None, *sums, *[None] * len(counts), None)
    )


def _count_columns(edition: Edition) -> tuple[str, ...]:
    """Without a screening phase what is screened is what is accepted, and is not said twice."""
    return tuple(
        count
        for count in _INNOVATION_COUNTS
        if count != "screened" or edition.competition.has_screening
    )


def _list_years(results: Results) -> Listing:
    """The years, earliest first."""
    years = results["history"].sort_values("year")
    known = years["agencies_obliged"].notna() & years["agencies_compliant"].notna()
    pairs = zip(years["agencies_compliant"], years["agencies_obliged"], known, strict=True)
    rates = lists.cell_series(
        (compliance_rate(int(c), int(o)) if is_known else None for c, o, is_known in pairs), years
    )
    told = years.assign(
        year=years["year"].astype("str"),
        obliged=years["agencies_obliged"],
        compliant=years["agencies_compliant"],
        rate=rates,
    )
    shown = [
        *(lists.column(c) for c in ("year", "received", "accepted", "obliged", "compliant")),
        lists.column("rate", 1),
    ]
    return lists.listing("history", shown, told.reset_index(drop=True))


def _account_for_innovations(subject: Subject) -> Listing:
    """How the innovations received and accepted add up over the bodies, and those of no body in the
    register.
    """
    bodies = subject.results["compliance"]
    everything = registration.received_innovations(subject)
    strangers = everything[~everything["agency_code"].isin(bodies["agency_code"])]
    said = subject.edition.words.say
    obliged = bodies["obliged"].fillna(False)
    parts = [("obliged", bodies[obliged]), ("not_obliged", bodies[~obliged])]
    rows = [
        (said(f"account.{name}"), int(part["received"].sum()), int(part["accepted"].sum()))
        for name, part in parts
    ]
    rows.append(
        (
            said("account.unknown_agency"),
            len(strangers),
            int((strangers["status"] == "accepted").sum()),
        )
    )
    told = pd.DataFrame(rows, columns=["what", "received", "accepted"])
    total = (None, len(everything), int((everything["status"] == "accepted").sum()))
    return lists.listing("bodies_account", "what received accepted", told, total=total)


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
    return books.page_book(
        page,
        words,
        figures,
        (page.by_agency, page.by_type, page.wanting, page.history, page.account),
    )
