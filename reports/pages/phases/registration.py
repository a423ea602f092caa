"""Registration: what came in, from whom, when, what was rejected and why, and how the rows
delivered add up.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

import pandas as pd

from reports.content.book import Book
from reports.content.edition import Edition
from reports.pages.parts import books, excerpt, lists, phase
from reports.pages.parts.lists import Entry, Listing
from reports.pages.parts.phase import PhasePage, Subject
from tasks.results.results import Results
from tasks.words import Words

_RULES_LISTED_APART = ("overlap", "similar_title", "already_awarded", *phase.NOTICE_RULES)


@dataclass(frozen=True)
class Day:
    """One day of registration: innovations received on it, and received and accepted until its
    end.
    """

    day: datetime
    received: int
    received_sum: int
    accepted_sum: int


@dataclass(frozen=True)
class Registration(PhasePage):
    """The registration report; of one category it has no figures of other bodies and no account of
    rows.

    `received_before` is what came in the year before (None: not known), `year_before` that year;
    `undated` are those received and accepted without a time, which come before all others.
    """

    template: ClassVar[str] = "registration.html"

    received: int
    accepted: int
    rejected: int
    withdrawn: int
    superseded: int
    target: int | None
    year_before: int | None
    received_before: int | None
    days: tuple[Day, ...]
    undated: tuple[int, int]
    by_day: Listing
    by_category: Listing
    by_type: Listing
    absent: Listing
    rejections: Listing
    received_list: Listing
    repeated: Listing
    decisions: Listing
    corrections: Listing
    findings: Listing
    account: Listing


def build(
    results: Results,
    edition: Edition,
    phase_code: str,
    as_of: datetime | None = None,
    category: str | None = None,
) -> Registration:
    """The page of the registration phase: all of it, or of one category."""
    about = phase.subject(results, edition, phase_code, as_of, category)
    entered = received_innovations(about)
    counts = entered["status"].value_counts()
    by_day = _counts_by_day(about, entered)
    before = _last_known_year(results, edition.competition.year) if category is None else None
    return Registration(
        **phase.page_facts(about),  # type: ignore[arg-type]  # the fields of PhasePage
        received=len(entered),
        accepted=int(counts.get("accepted", 0)),
        rejected=int(counts.get("rejected", 0)),
        withdrawn=int(counts.get("withdrawn", 0)),
        superseded=int((about.results["submissions"]["status"] == "superseded").sum()),
        target=edition.competition.target if category is None else None,
        year_before=before[0] if before else None,
        received_before=before[1] if before else None,
        days=_chart_days(by_day),
        undated=_count_undated(entered),
        by_day=lists.listing("by_day", "day received accepted received_sum accepted_sum", by_day),
        by_category=_list_statuses_by_category(about, entered),
        by_type=_list_statuses_by_type(about, entered),
        absent=_list_absent_agencies(about),
        rejections=_list_rejections(about),
        received_list=_list_innovations(about, entered),
        repeated=_list_repetitions(about),
        decisions=phase.decision_listing(
            about, entered.set_index("submission_id")["ranked_status"].to_dict()
        ),
        corrections=phase.correction_listing(about, "submissions/"),
        findings=_list_other_findings(about),
        account=_account_for_rows(about),
    )


def received_innovations(about: Subject) -> pd.DataFrame:
    """Each innovation that came in, once: the row that counts, and `first`, when its first row was
    sent.

    Where a rejected row stands beside an accepted one (it supersedes nothing), the accepted row
    counts.
    """
    rows = about.results["submissions"]
    first = rows.groupby("submission_id")["submitted_at"].min().rename("first")
    order = {"accepted": 0, "withdrawn": 1, "rejected": 2}
    counting = rows[rows["status"] != "superseded"].assign(order=lambda f: f["status"].map(order))
    once = (
        counting.sort_values("order", kind="stable").drop_duplicates("submission_id").sort_index()
    )
    return (
        once.drop(columns="order")
        .join(first, on="submission_id", validate="m:1")
        .reset_index(drop=True)
    )


def _last_known_year(results: Results, year: int) -> tuple[int, int] | None:
    history = results["history"]
    before = history[(history["year"] < year) & history["received"].notna()].sort_values("year")
    return (int(before["year"].iloc[-1]), int(before["received"].iloc[-1])) if len(before) else None


def _count_undated(entered: pd.DataFrame) -> tuple[int, int]:
    """How many were received, and accepted, without a time."""
    undated = entered[entered["first"].isna()]
    return len(undated), int((undated["status"] == "accepted").sum())


def _counts_by_day(about: Subject, entered: pd.DataFrame) -> pd.DataFrame:
    """day, received, accepted, received_sum, accepted_sum: a row for each day on which an
    innovation first came in.

    Those without a time stand before the first day, under words.
    """
    dated = entered.dropna(subset="first").assign(
        day=lambda f: f["first"].dt.normalize(), accepted=lambda f: f["status"] == "accepted"
    )
    days = (
        dated.groupby("day")
        .agg(received=("status", "size"), accepted=("accepted", "sum"))
        .reset_index()
        .astype({"day": "object"})
    )
    undated = _count_undated(entered)
    if undated[0]:
        head = {
            "day": [about.edition.words.say("registration.no_time")],
            "received": [undated[0]],
            "accepted": [undated[1]],
        }
        days = pd.concat([pd.DataFrame(head), days], ignore_index=True)
    return days.assign(
        received_sum=days["received"].cumsum(), accepted_sum=days["accepted"].cumsum()
    )


def _chart_days(by_day: pd.DataFrame) -> tuple[Day, ...]:
    dated = by_day[~by_day["day"].map(lambda day: isinstance(day, str)).astype("bool")]
    shown = dated[["day", "received", "received_sum", "accepted_sum"]]
    return tuple(
        Day(d.to_pydatetime(), int(r), int(rs), int(s))
        for d, r, rs, s in shown.itertuples(index=False)
    )


STATUS_COUNTS = ["received", "accepted", "rejected", "withdrawn"]


def _count_statuses(entered: pd.DataFrame, by: pd.Series, over: list[str]) -> pd.DataFrame:
    """A row for each of `over`, and one for missing keys if any: received, accepted, rejected,
    withdrawn.
    """
    keys = by.fillna("")
    table = pd.crosstab(keys, entered["status"]).reindex(
        [*over, ""] if (keys == "").any() else over, fill_value=0
    )
    full = table.reindex(columns=["accepted", "rejected", "withdrawn"], fill_value=0).rename_axis(
        index="key", columns=None
    )
    return full.assign(received=full.sum(axis=1)).reset_index()


def _list_statuses_by_category(about: Subject, entered: pd.DataFrame) -> Listing:
    table = _count_statuses(entered, entered["category"], list(about.edition.categories))
    named = phase.category_names(about, table["key"]).fillna(
        about.edition.words.say("registration.no_category")
    )
    return _list_with_total("by_category", "category_row", table.assign(category_row=named))


def _list_statuses_by_type(about: Subject, entered: pd.DataFrame) -> Listing:
    register = about.results["agencies"]
    kinds = register.set_index("agency_code")["type"]
    table = _count_statuses(
        entered, entered["agency_code"].map(kinds), list(register["type"].dropna().unique())
    )
    named = phase.type_names(about, table["key"].where(table["key"] != "")).fillna(
        about.edition.words.say("account.unknown_agency")
    )
    return _list_with_total("by_type", "type_row", table.assign(type_row=named))


def _list_with_total(name: str, key: str, table: pd.DataFrame) -> Listing:
    sums = tuple(int(table[c].sum()) for c in STATUS_COUNTS)
    return lists.listing(name, f"{key} {' '.join(STATUS_COUNTS)}", table, total=(None, *sums))


def _list_absent_agencies(about: Subject) -> Listing:
    """Bodies that are obliged and sent nothing (with roll_up: nor did their units), in the
    register's order.
    """
    bodies = about.results["compliance"]
    counted = bodies[
        "received_with_units" if about.edition.competition.obligation.roll_up else "received"
    ]
    nothing = bodies[bodies["obliged"].fillna(False) & (counted == 0)].reset_index(drop=True)
    told = nothing.assign(type=phase.type_names(about, nothing["type"]))
    return lists.listing("absent", "number agency type received_with_units", told)


def _list_rejections(about: Subject) -> Listing:
    """The rejected rows, each with every reason and its remedy; and the decision's reason where one
    rejected it.
    """
    rows = about.results["submissions"]
    rejected = rows[rows["status"] == "rejected"].reset_index(drop=True)
    errors = _reasons_by_place(about)
    found = [errors.get(place, ("", ())) for place in _row_places(rejected)]
    decided = [(lists.Reason(r),) if not pd.isna(r) else () for r in rejected["reason"]]
    told = rejected.assign(
        entry=_flag_rejected_entries(
            rejected, rows.loc[rows["status"] == "accepted", "submission_id"]
        ),
        reasons=lists.cell_series(
            (d + reasons for d, (_, reasons) in zip(decided, found, strict=True)), rejected
        ),
        place_in_export=phase.place_texts(about, rejected),
    )
    groups = excerpt.cut_groups(rule for rule, _ in found)
    return lists.listing("rejections", "number entry reasons place_in_export", told, groups=groups)


def _flag_rejected_entries(rejected: pd.DataFrame, accepted: pd.Series) -> pd.Series:
    """The entries of rejected rows, flagged where an earlier row of the same innovation stands."""
    named = zip(lists.entries(rejected), rejected["submission_id"].isin(accepted), strict=True)
    return lists.cell_series(
        (Entry(e.title, e.agency, ("stands",)) if stands else e for e, stands in named), rejected
    )


def _reasons_by_place(
    about: Subject,
) -> dict[tuple[str, int], tuple[str, tuple[lists.Reason, ...]]]:
    """Of each row of submissions with errors, by its place: the rule of the first, and all of them
    as reasons.
    """
    findings = _registration_findings(about)
    errors = findings[findings["severity"] == "error"]
    by_place: dict[tuple[str, int], list[tuple[str, str]]] = {}
    for place, rule, message in zip(
        _row_places(errors), errors["rule"], errors["message"], strict=True
    ):
        by_place.setdefault(place, []).append((rule, message))
    return {
        place: (found[0][0], lists.reasons(m for _, m in found))
        for place, found in by_place.items()
    }


def _row_places(rows: pd.DataFrame) -> list[tuple[str, int]]:
    """Export and row of each row; a two-column workbook has no row, and stands for itself."""
    return list(zip(rows["source"].fillna(""), rows["row"].fillna(-1).astype(int), strict=True))


def _registration_findings(about: Subject) -> pd.DataFrame:
    """The findings about registration: of its phase, or of the table submissions where no phase is
    named.
    """
    findings = about.results["findings"]
    mine = (findings["phase"] == about.phase) | (
        findings["phase"].isna() & (findings["table"] == "submissions")
    )
    return findings[mine].reset_index(drop=True)


def _list_innovations(about: Subject, entered: pd.DataFrame) -> Listing:
    """Every innovation received, by category in the competition's order, then by agency and
    title.
    """
    order = {c: i for i, c in enumerate(about.edition.categories)}
    told = (
        entered.assign(
            order=entered["category"].map(order),
            entry=lists.entries(entered),
            by=entered["agency"].str.casefold(),
            called=entered["title"].str.casefold(),
            category=phase.category_names(about, entered["category"]),
        )
        .sort_values(["order", "by", "called"], na_position="last", kind="stable")
        .reset_index(drop=True)
    )
    shown = (
        "number entry submitted_at status"
        if about.category
        else "number entry category submitted_at status"
    )
    return lists.listing("received", shown, told)


def _list_repetitions(about: Subject) -> Listing:
    """What came more than once or looks as if it did: overlaps of exports, similar titles,
    superseded rows.
    """
    findings = _registration_findings(about)
    return phase.finding_listing(
        about,
        findings[findings["rule"].isin(_RULES_LISTED_APART[:3])].reset_index(drop=True),
        "repeated",
    )


def _list_other_findings(about: Subject) -> Listing:
    """The other findings of registration: not those that stand as reasons of a rejected row."""
    findings = _registration_findings(about)
    rows = about.results["submissions"]
    rejected = set(_row_places(rows[rows["status"] == "rejected"]))
    shown = [
        p not in rejected or s != "error"
        for p, s in zip(_row_places(findings), findings["severity"], strict=True)
    ]
    return phase.finding_listing(
        about,
        findings[
            pd.Series(shown, dtype=bool) & ~findings["rule"].isin(_RULES_LISTED_APART)
        ].reset_index(drop=True),
    )


def _account_for_rows(about: Subject) -> Listing:
    """How the rows delivered add up: identical ones, and those of each status; the total is what
    the exports held.
    """
    exports, rows = about.results["exports"], about.results["submissions"]
    delivered = int(exports.loc[exports["table"] == "submissions", "delivered"].sum())
    statuses = ["accepted", "rejected", "withdrawn", "superseded"]
    counts = rows["status"].value_counts().reindex(statuses, fill_value=0)
    words = about.edition.words
    told = pd.DataFrame(
        {
            "what": [words.say(f"account.{s}") for s in [*statuses, "identical"]],
            "rows": [*(int(c) for c in counts), delivered - len(rows)],
        }
    )
    return lists.listing("account", "what rows", told, total=(None, delivered))


def book(page: Registration, words: Words) -> Book:
    """The report's workbook."""
    figures = [
        ("figure.received", page.received),
        ("figure.accepted", page.accepted),
        ("figure.rejected", page.rejected),
        ("figure.withdrawn", page.withdrawn),
        ("figure.superseded", page.superseded),
        ("figure.target", page.target),
        ("figure.received_before", page.received_before),
    ]
    return books.page_book(
        page,
        words,
        figures,
        (
            page.received_list,
            page.rejections,
            page.by_day,
            page.by_category,
            page.by_type,
            page.absent,
            page.repeated,
            page.decisions,
            page.corrections,
            page.findings,
            page.account,
        ),
    )
