"""Registration: what came in, from whom, when, what was rejected and why, and how the rows
delivered add up.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

import pandas as pd

from reports.content.book import Book
from reports.pages.parts import books, excerpt, lists, phase_listings
from reports.pages.parts.lists import Listing, Reason
from reports.pages.parts.phase import NOTICE_RULES, PhasePage, page_facts
from reports.pages.parts.subject import Subject, category_names, sort_by_agency, type_names
from tasks.words import Words

STATUS_COUNTS = ("received", "accepted", "rejected", "withdrawn")
# Findings of these rules have a listing of their own: what came more than once, or seems to.
_REPETITION_RULES = ("overlap", "similar_title", "already_awarded")


@dataclass(frozen=True)
class RowError:
    """An error of a delivered row: its rule and its message."""

    rule: str
    message: str


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


def build(subject: Subject) -> Registration:
    """The page of the registration phase: all of it, or of one category."""
    entered = received_innovations(subject)
    statuses = entered["status"].value_counts()
    days = _counts_by_day(entered)
    undated = _count_undated(entered)
    is_whole = subject.category is None
    year_before, received_before = _last_known_year(subject) if is_whole else (None, None)
    return Registration(
        **page_facts(subject),  # type: ignore[arg-type]  # the fields of PhasePage
        received=len(entered),
        accepted=int(statuses.get("accepted", 0)),
        rejected=int(statuses.get("rejected", 0)),
        withdrawn=int(statuses.get("withdrawn", 0)),
        superseded=_count_status(subject.results["submissions"], "superseded"),
        target=subject.edition.competition.target if is_whole else None,
        year_before=year_before,
        received_before=received_before,
        days=_chart_days(days, undated),
        undated=undated,
        by_day=_list_days(subject, days, undated),
        by_category=_list_statuses_by_category(subject, entered),
        by_type=_list_statuses_by_type(subject, entered),
        absent=_list_absent_agencies(subject),
        rejections=_list_rejections(subject),
        received_list=_list_innovations(subject, entered),
        repeated=_list_repetitions(subject),
        decisions=phase_listings.decision_listing(subject, entered, by_rule="ranked_status"),
        corrections=phase_listings.correction_listing(subject, "submissions/"),
        findings=_list_other_findings(subject),
        account=_account_for_rows(subject),
    )


def received_innovations(subject: Subject) -> pd.DataFrame:
    """The row of submissions that counts, and `first`, when its first row was sent: one row per
    innovation that came in.

    Where a rejected row stands next to an accepted one (it supersedes nothing), the accepted row
    counts.
    """
    rows = subject.results["submissions"]
    first = rows.groupby("submission_id")["submitted_at"].min().rename("first")
    counting = rows[rows["status"] != "superseded"]
    status_order = counting["status"].map({"accepted": 0, "withdrawn": 1, "rejected": 2})
    best_first = status_order.sort_values(kind="stable").index
    once = counting.loc[best_first].drop_duplicates("submission_id").sort_index()
    return once.join(first, on="submission_id", validate="m:1").reset_index(drop=True)


def _count_status(rows: pd.DataFrame, status: str) -> int:
    """How many rows of submissions have this status."""
    return int((rows["status"] == status).sum())


def _last_known_year(subject: Subject) -> tuple[int | None, int | None]:
    """The latest earlier year whose innovations were counted, and how many came in; None for
    both where there is none.
    """
    history = subject.results["history"]
    is_earlier = history["year"] < subject.edition.competition.year
    known = history[is_earlier & history["received"].notna()].sort_values("year")
    if known.empty:
        return None, None
    last = known.iloc[-1]
    return int(last["year"]), int(last["received"])


# --- days
# --------------------------------------------------------------------------------------------------


def _count_undated(entered: pd.DataFrame) -> tuple[int, int]:
    """How many innovations were received, and accepted, without a time."""
    undated = entered[entered["first"].isna()]
    return len(undated), _count_status(undated, "accepted")


def _counts_by_day(entered: pd.DataFrame) -> pd.DataFrame:
    """day, received, accepted: one row per day on which an innovation first came in."""
    dated = entered.dropna(subset="first")
    counted = pd.DataFrame(
        {"day": dated["first"].dt.normalize(), "accepted": dated["status"] == "accepted"}
    )
    by_day = counted.groupby("day")["accepted"]
    return by_day.agg(received="size", accepted="sum").reset_index()


def _chart_days(days: pd.DataFrame, undated: tuple[int, int]) -> tuple[Day, ...]:
    """The days for the chart; the sums count the undated innovations before the first day."""
    received, accepted = undated
    shown = days.assign(
        received_sum=received + days["received"].cumsum(),
        accepted_sum=accepted + days["accepted"].cumsum(),
    )
    columns = ["day", "received", "received_sum", "accepted_sum"]
    return tuple(
        Day(day.to_pydatetime(), *(int(count) for count in counts))
        for day, *counts in shown[columns].itertuples(index=False)
    )


def _list_days(subject: Subject, days: pd.DataFrame, undated: tuple[int, int]) -> Listing:
    """The days with their sums; innovations without a time stand before the first day, under
    words.
    """
    rows = days.astype({"day": "object"})
    received, accepted = undated
    if received:
        label = subject.edition.words.say("registration.no_time")
        first = pd.DataFrame({"day": [label], "received": [received], "accepted": [accepted]})
        rows = pd.concat([first, rows], ignore_index=True)
    sums = rows[["received", "accepted"]].cumsum().add_suffix("_sum")
    shown = rows.join(sums)
    return lists.listing("by_day", "day received accepted received_sum accepted_sum", shown)


# --- categories and agency types
# --------------------------------------------------------------------------------------------------


def _list_statuses_by_category(subject: Subject, entered: pd.DataFrame) -> Listing:
    counts = _count_statuses(entered, entered["category"], list(subject.edition.categories))
    names = category_names(subject, counts["key"])
    stray = subject.edition.words.say("registration.no_category")
    return _list_with_total("by_category", "category_row", names.fillna(stray), counts)


def _list_statuses_by_type(subject: Subject, entered: pd.DataFrame) -> Listing:
    register = subject.results["agencies"]
    types = register.set_index("agency_code")["type"]
    all_types = list(register["type"].dropna().unique())
    counts = _count_statuses(entered, entered["agency_code"].map(types), all_types)
    names = type_names(subject, counts["key"].where(counts["key"] != ""))
    stray = subject.edition.words.say("account.unknown_agency")
    return _list_with_total("by_type", "type_row", names.fillna(stray), counts)


def _count_statuses(
    entered: pd.DataFrame, keys: pd.Series, all_keys: Collection[str]
) -> pd.DataFrame:
    """key, accepted, rejected, withdrawn, received: one row per key of `all_keys`, and a last one
    with key "" where innovations have none.
    """
    filled = keys.fillna("")
    shown_keys = [*all_keys, ""] if (filled == "").any() else list(all_keys)
    statuses = list(STATUS_COUNTS[1:])
    table = pd.crosstab(filled, entered["status"])
    full = table.reindex(index=shown_keys, columns=statuses, fill_value=0)
    counts = full.rename_axis(index="key", columns=None)
    return counts.assign(received=counts.sum(axis=1)).reset_index()


def _list_with_total(
    listing_name: str, name_column: str, names: pd.Series, counts: pd.DataFrame
) -> Listing:
    """The counts of each status next to the names, with their total."""
    sums = (int(counts[status].sum()) for status in STATUS_COUNTS)
    columns = " ".join((name_column, *STATUS_COUNTS))
    shown = counts.assign(**{name_column: names})
    return lists.listing(listing_name, columns, shown, total=(None, *sums))


def _list_absent_agencies(subject: Subject) -> Listing:
    """The agencies that are obliged and sent nothing (with roll_up: nor did their units), in the
    register's order.
    """
    agencies = subject.results["compliance"]
    roll_up = subject.edition.competition.obligation.roll_up
    received = agencies["received_with_units" if roll_up else "received"]
    is_absent = agencies["obliged"].fillna(False) & (received == 0)
    absent = agencies[is_absent].reset_index(drop=True)
    shown = absent.assign(type=type_names(subject, absent["type"]))
    return lists.listing("absent", "number agency type received_with_units", shown)


# --- rejected rows
# --------------------------------------------------------------------------------------------------


def _list_rejections(subject: Subject) -> Listing:
    """The rejected rows, each with every reason and its remedy, after the reason of the decision
    that rejected it.
    """
    rows = subject.results["submissions"]
    rejected = rows[rows["status"] == "rejected"].reset_index(drop=True)
    accepted_ids = rows.loc[rows["status"] == "accepted", "submission_id"]
    errors = _errors_by_place(subject)
    row_errors = [errors.get(place, []) for place in _row_places(rejected)]
    shown = rejected.assign(
        entry=_flag_rejected_entries(rejected, accepted_ids),
        reasons=_rejection_reasons(rejected, row_errors),
        place_in_export=phase_listings.place_texts(subject, rejected),
    )
    first_rules = (row[0].rule if row else "" for row in row_errors)
    groups = excerpt.cut_groups(first_rules)
    return lists.listing("rejections", "number entry reasons place_in_export", shown, groups=groups)


def _rejection_reasons(
    rejected: pd.DataFrame, row_errors: Iterable[Sequence[RowError]]
) -> pd.Series:
    """The reasons of each rejected row: that of its decision, then its errors, each once."""
    reasons = []
    for decision_reason, errors in zip(rejected["reason"], row_errors, strict=True):
        by_rule = lists.reasons(error.message for error in errors)
        reasons.append(_decision_reasons(decision_reason) + by_rule)
    return lists.cell_series(reasons, rejected)


def _flag_rejected_entries(rejected: pd.DataFrame, accepted_ids: pd.Series) -> pd.Series:
    """The entries of rejected rows, flagged where an earlier row of the same innovation stands."""
    stands = rejected["submission_id"].isin(accepted_ids)
    return phase_listings.flag_entries(lists.entries(rejected), stands, "stands")


def _decision_reasons(reason: object) -> tuple[Reason, ...]:
    """The reason of the decision on a row, as a cell of its table; none where it is missing."""
    return (Reason(reason),) if isinstance(reason, str) else ()


def _errors_by_place(subject: Subject) -> dict[tuple[str, int], list[RowError]]:
    """The errors of each row of submissions, by the row's place."""
    findings = _registration_findings(subject)
    errors = findings[findings["severity"] == "error"]
    row_errors = map(RowError, errors["rule"], errors["message"])
    by_place: dict[tuple[str, int], list[RowError]] = {}
    for place, error in zip(_row_places(errors), row_errors, strict=True):
        by_place.setdefault(place, []).append(error)
    return by_place


def _row_places(rows: pd.DataFrame) -> list[tuple[str, int]]:
    """Export and row number of each row; -1 for a row of a two-column workbook, which has no
    number.
    """
    sources = rows["source"].fillna("")
    numbers = rows["row"].fillna(-1).astype(int)
    return list(zip(sources, numbers, strict=True))


# --- innovations, findings, account
# --------------------------------------------------------------------------------------------------


def _list_innovations(subject: Subject, entered: pd.DataFrame) -> Listing:
    """Every innovation received, by category in the competition's order, then by agency and
    title.
    """
    ordered = sort_by_agency(subject, entered)
    shown = ordered.assign(
        entry=lists.entries(ordered), category=category_names(subject, ordered["category"])
    )
    columns = "number entry submitted_at status"
    if not subject.category:
        columns = "number entry category submitted_at status"
    return lists.listing("received", columns, shown)


def _list_repetitions(subject: Subject) -> Listing:
    """What came more than once or seems to: overlaps of exports, similar titles, earlier awards."""
    findings = _registration_findings(subject)
    repetitions = findings[findings["rule"].isin(_REPETITION_RULES)].reset_index(drop=True)
    return phase_listings.finding_listing(subject, repetitions, "repeated")


def _list_other_findings(subject: Subject) -> Listing:
    """The other findings of registration: without those that stand as reasons of a rejected row."""
    findings = _registration_findings(subject)
    is_error = findings["severity"] == "error"
    is_reason = is_error & _is_at_rejected_row(findings, subject.results["submissions"])
    is_apart = findings["rule"].isin((*_REPETITION_RULES, *NOTICE_RULES))
    others = findings[~is_reason & ~is_apart].reset_index(drop=True)
    return phase_listings.finding_listing(subject, others)


def _is_at_rejected_row(findings: pd.DataFrame, rows: pd.DataFrame) -> pd.Series:
    """Whether each finding stands at a rejected row of submissions (bool)."""
    rejected = set(_row_places(rows[rows["status"] == "rejected"]))
    is_at = [place in rejected for place in _row_places(findings)]
    return pd.Series(is_at, index=findings.index, dtype=bool)


def _registration_findings(subject: Subject) -> pd.DataFrame:
    """The findings of the registration phase, and those of the table submissions that name no
    phase.
    """
    findings = subject.results["findings"]
    is_without_phase = findings["phase"].isna() & (findings["table"] == "submissions")
    is_registration = (findings["phase"] == subject.phase) | is_without_phase
    return findings[is_registration].reset_index(drop=True)


def _account_for_rows(subject: Subject) -> Listing:
    """How the rows delivered add up: those of each status, and identical ones; the total is what
    the exports held.
    """
    exports, rows = subject.results["exports"], subject.results["submissions"]
    is_registration = exports["table"] == "submissions"
    delivered = int(exports.loc[is_registration, "delivered"].sum())
    statuses = ("accepted", "rejected", "withdrawn", "superseded")
    counts = {status: _count_status(rows, status) for status in statuses}
    counts["identical"] = delivered - len(rows)
    labels = [subject.edition.words.say(f"account.{name}") for name in counts]
    account = pd.DataFrame({"what": labels, "rows": list(counts.values())})
    return lists.listing("account", "what rows", account, total=(None, delivered))


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
    shown = [page.received_list, page.rejections, page.by_day, page.by_category, page.by_type]
    shown += [page.absent, page.repeated, page.decisions, page.corrections, page.findings]
    return books.page_book(page, words, figures, [*shown, page.account])
