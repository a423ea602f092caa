"""Listings that the pages of several phases show: decisions, corrections, findings, and the
submissions of one outcome.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

import pandas as pd

from reports.content import problems
from reports.pages.parts import excerpt, lists
from reports.pages.parts.lists import Column, Entry, Listing
from reports.pages.parts.phase import NOTICE_RULES
from reports.pages.parts.subject import Subject, add_entries, field_label
from tasks.words import Words

DECISION_COLUMNS = "entry by_rule decided reason applied"
CORRECTION_COLUMNS = "where field expected value reason reviewed applied"
_APPLIED_CODES = {True: "applied", False: "not_applied"}


# --- outcomes
# --------------------------------------------------------------------------------------------------


def is_decided(rows: pd.DataFrame) -> pd.Series:
    """Whether a decision gave each row another outcome than the rule (bool): of the columns
    ranked_outcome, outcome, reason.
    """
    return rows["outcome"].ne(rows["ranked_outcome"]) & rows["reason"].notna()


def flagged_entries(rows: pd.DataFrame) -> pd.Series:
    """The entry of each row with title, agency and outcomes, flagged `decided` where a decision
    stands next to the rule.
    """
    return flag_entries(lists.entries(rows), is_decided(rows), "decided")


def flag_entries(entries: pd.Series, is_flagged: pd.Series, flag: str) -> pd.Series:
    """The entries, with one flag more where `is_flagged`; on their index."""
    flagged = [
        _flag_entry(entry, flag) if has_flag else entry
        for entry, has_flag in zip(entries, is_flagged, strict=True)
    ]
    return pd.Series(flagged, index=entries.index, dtype="object")


def _flag_entry(entry: Entry, flag: str) -> Entry:
    """The entry with one flag more."""
    return Entry(entry.title, entry.agency, (*entry.flags, flag))


def outcome_listing(
    rows: pd.DataFrame, outcome: str, name: str, columns: str | Iterable[Column]
) -> Listing:
    """The rows of one outcome, by their column `standing`, as the listing of this name."""
    of_outcome = rows[rows["standing"] == outcome].reset_index(drop=True)
    return lists.listing(name, columns, of_outcome)


# --- decisions
# --------------------------------------------------------------------------------------------------


def decision_listing(
    subject: Subject, rows: pd.DataFrame, by_rule: str = "ranked_outcome"
) -> Listing:
    """The phase's decisions next to what the rule gave: column `by_rule` of `rows`, one row per
    submission_id.
    """
    outcomes = rows.set_index("submission_id")[by_rule].to_dict()
    decisions = _phase_decisions(subject)
    rule_outcomes = [outcomes.get(id_) for id_ in decisions["submission_id"]]
    return _list_decisions(decisions, rule_outcomes, DECISION_COLUMNS)


def level_decision_listing(
    subject: Subject, rows: pd.DataFrame, level_names: Mapping[str, str]
) -> Listing:
    """The decisions of a nomination phase next to what the rule gave: column ranked_outcome of
    `rows`, one row per submission_id and level.
    """
    outcomes = rows.set_index(["submission_id", "level"])["ranked_outcome"].to_dict()
    decisions = _phase_decisions(subject)
    keys = zip(decisions["submission_id"], decisions["level"], strict=True)
    rule_outcomes = [outcomes.get(key) for key in keys]
    shown = decisions.assign(level=decisions["level"].map(dict(level_names)))
    return _list_decisions(shown, rule_outcomes, f"level {DECISION_COLUMNS}")


def _phase_decisions(subject: Subject) -> pd.DataFrame:
    """The phase's decisions with `entry`; a decision on an unknown submission has its title as it
    was typed.
    """
    decisions = add_entries(subject, subject.of_phase("decisions"))
    is_unknown = decisions["submission_id"].isna()
    titles = decisions["title"].fillna("–")
    typed_entries = (Entry(title, "–") for title in titles)
    typed = lists.cell_series(typed_entries, decisions)
    return decisions.assign(entry=decisions["entry"].where(~is_unknown, typed))


def _list_decisions(
    decisions: pd.DataFrame, rule_outcomes: Iterable[str | None], columns: str
) -> Listing:
    rows = decisions.assign(
        by_rule=pd.Series(list(rule_outcomes), dtype="str"),
        decided=decisions["outcome"],
        applied=decisions["applied"].map(_APPLIED_CODES),
    )
    return lists.listing("decisions", columns, rows)


# --- corrections
# --------------------------------------------------------------------------------------------------


def correction_listing(subject: Subject, folder: str) -> Listing:
    """The corrections of cells in exports under this folder of the inbox ("submissions/",
    "scores/proposal/").
    """
    corrections = subject.results["corrections"]
    is_in_folder = corrections["source"].str.startswith(folder, na=False)
    rows = corrections[is_in_folder].reset_index(drop=True)
    words = subject.edition.words
    reviewers = zip(rows["corrected_by"], rows["corrected_on"], strict=True)
    reviewed = [_reviewer_text(by, on, words) for by, on in reviewers]
    shown = rows.assign(
        where=place_texts(subject, rows),
        field=rows["field"].map(lambda field: field_label(field, words), na_action="ignore"),
        reviewed=reviewed,
        applied=rows["applied"].map(_APPLIED_CODES),
    )
    groups = excerpt.cut_groups(shown["applied"])
    return lists.listing("corrections", CORRECTION_COLUMNS, shown, groups=groups)


def _reviewer_text(by: str | None, on: str | None, words: Words) -> str:
    """Who reviewed a correction, and on which day."""
    parts = [] if pd.isna(by) else [str(by)]
    if not pd.isna(on):
        parts.append(_date_text(str(on), words))
    return ", ".join(parts)


def _date_text(day: str, words: Words) -> str:
    """The day as the language writes it; a text that is no ISO date unchanged."""
    try:
        return words.date(date.fromisoformat(day))
    except ValueError:
        return day


# --- findings
# --------------------------------------------------------------------------------------------------


def other_findings_listing(subject: Subject, rules_apart: Collection[str] = ()) -> Listing:
    """The phase's findings, but those of NOTICE_RULES and `rules_apart`, which stand elsewhere on
    the page.
    """
    findings = subject.of_phase("findings")
    is_apart = findings["rule"].isin((*rules_apart, *NOTICE_RULES))
    return finding_listing(subject, findings[~is_apart].reset_index(drop=True))


def finding_listing(subject: Subject, findings: pd.DataFrame, name: str = "findings") -> Listing:
    """The findings as the listing of this name: where, and what with its remedy."""
    reasons = ((lists.reason(message),) for message in findings["message"])
    rows = findings.assign(
        where=place_texts(subject, findings), finding=lists.cell_series(reasons, findings)
    )
    groups = excerpt.cut_groups(findings["rule"])
    return lists.listing(name, "where finding", rows, groups=groups)


def place_texts(subject: Subject, frame: pd.DataFrame) -> pd.Series:
    """Where each row of the frame stands: its export with its sheet, and the spreadsheet's row;
    missing where no export is named.
    """
    words = subject.edition.words
    exports = frame["source"].map(
        lambda source: problems.export_name(source, words), na_action="ignore"
    )
    numbers = frame["row"].map(
        lambda row: f", {words.say('phase.row', row=int(row))}", na_action="ignore"
    )
    places: pd.Series = _fill_texts(exports) + _fill_texts(numbers)
    return places.where(places != "").astype("str")


def _fill_texts(column: pd.Series) -> pd.Series:
    """The column as text, "" where a cell is missing."""
    return column.astype("str").fillna("")
