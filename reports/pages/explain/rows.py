"""The delivered rows of one innovation: which counts and why, how its cells were read, what the
rules said. Pure.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

from reports.content.edition import Edition
from reports.content.problems import Problem, make_problems
from reports.content.records import records
from reports.pages.explain.evidence import (
    CellCorrection,
    InnovationEvidence,
    RowPlace,
    cell_text,
    cell_time,
    corrections_at_place,
)
from tasks.findings.catalogue import RULES
from tasks.results.agency_matches import agency_match_kind
from tasks.results.results import Results

_ERROR_RULES = [rule.code for rule in RULES.values() if rule.severity == "error"]


@dataclass(frozen=True)
class DeliveredRow:
    """One delivered row. `why` is a code: only, last, last_right, replaced, wrong_later, all_wrong.

    `errors` are the rules that it breaks (of a superseded row: that it would break), by code.
    """

    place: RowPlace
    submission_id: str
    title: str
    submitted_at: datetime | None
    status: str
    counts: bool
    why: str
    errors: tuple[str, ...]
    copies: tuple[RowPlace, ...]


@dataclass(frozen=True)
class CellReading:
    """A heading of the counting row, what was delivered under it, the field that it gives ("" for
    none), and that field as it was read. `raw`: see evidence.Cell.
    """

    heading: str
    delivered: str
    field: str
    value: str | date
    correction: CellCorrection | None
    raw: str = ""


@dataclass(frozen=True)
class AgencyMatch:
    """What was typed, which body was taken, and how: name, other_name, approximate (`similarity` of
    100), or none.
    """

    typed: str
    code: str
    name: str
    how: str
    similarity: str


@dataclass(frozen=True)
class RuleCheck:
    """A rule on a field: passed, failed or unchecked for the counting row."""

    rule: str
    field: str
    state: str


def delivered_rows(
    rows: pd.DataFrame, results: Results, evidence: InnovationEvidence
) -> tuple[DeliveredRow, ...]:
    """The rows, which come in the order in which they replace each other. `rows` has `counts`
    (boolean); one counts.
    """
    ordered = rows.reset_index(drop=True)
    counting = int(ordered.index[ordered["counts"]][0])
    return tuple(
        _delivered_row(ordered.iloc[at], at, counting, len(ordered), results, evidence)
        for at in range(len(ordered))
    )


def _delivered_row(
    row: pd.Series,
    at: int,
    counting: int,
    size: int,
    results: Results,
    evidence: InnovationEvidence,
) -> DeliveredRow:
    place = RowPlace.of(row["source"], row["row"])
    assert place is not None, "every submission has a source"
    broken = _row_findings(row, results["findings"])
    mild = broken["rule"].isin(_ERROR_RULES) & (
        row["status"] == "superseded"
    )  # its findings are warnings
    errors = broken.loc[(broken["severity"] == "error") | mild, "rule"]
    return DeliveredRow(
        place,
        str(row["submission_id"]),
        cell_text(row["title"]),
        cell_time(row["submitted_at"]),
        str(row["status"]),
        at == counting,
        _counting_reason(at, counting, size, cell_text(row["ranked_status"])),
        tuple(errors.unique()),
        evidence.copies.get(place, ()),
    )


def _counting_reason(at: int, counting: int, size: int, by_rule: str) -> str:
    """Why the row counts or does not: interface.md section 4, Submissions."""
    if at < counting:
        return "replaced"
    if at > counting:
        return "wrong_later"
    if size == 1:
        return "only"
    if by_rule == "rejected":
        return "all_wrong"
    return "last" if at == size - 1 else "last_right"


def cell_readings(
    row: pd.Series, results: Results, edition: Edition, evidence: InnovationEvidence
) -> tuple[CellReading, ...]:
    """Every filled cell of the counting row, in the order of its columns; empty where the export's
    copy is gone.
    """
    place = RowPlace.of(row["source"], row["row"])
    assert place is not None, "every submission has a source"
    fixed = corrections_at_place(results, place)
    typed = evidence.typed.get(place, {})
    values: dict[str, str | date] = {
        **typed,
        **_matched_values(row, edition),
        **_time_values(row, typed),
    }
    cells = evidence.cells.get(place, ())
    made = [
        CellReading(
            cell.heading,
            cell.text,
            cell.read_as,
            values.get(cell.read_as, ""),
            fixed.get(cell.read_as),
            cell.raw,
        )
        for cell in cells
    ]
    given = {cell.read_as for cell in cells}
    return (
        *made,
        *(
            CellReading("", "", f, values.get(f, ""), c)
            for f, c in fixed.items()
            if f not in given and cells
        ),
    )


def _matched_values(row: pd.Series, edition: Edition) -> dict[str, str]:
    """The fields that the table submissions holds, by the names that people know."""
    names = {"category": edition.categories, "group": edition.groups}
    told = {
        "title": cell_text(row["title"]),
        "agency": cell_text(row["agency"]) if cell_text(row["agency_code"]) else "",
    }
    told |= {field: named.get(cell_text(row[field]), "") for field, named in names.items()}
    return told


def _time_values(row: pd.Series, typed: Mapping[str, str]) -> dict[str, date]:
    """When it was sent and when the innovation began, where they could be read."""
    sent, began = row["submitted_at"], typed.get("started_on")
    read = {"submitted_at": sent.to_pydatetime()} if pd.notna(sent) else {}
    return read | ({"started_on": date.fromisoformat(began)} if began else {})


def agency_match(row: pd.Series, results: Results, evidence: InnovationEvidence) -> AgencyMatch:
    """How the agency was found."""
    place = RowPlace.of(row["source"], row["row"])
    code, name = cell_text(row["agency_code"]), cell_text(row["agency"])
    typed = evidence.typed.get(place, {}).get("agency", "") if place else ""
    if not code:
        return AgencyMatch(typed or name, "", "", "none", "")
    kind, similarity = agency_match_kind(typed, name, results["matches"])
    return AgencyMatch(typed, code, name, kind, similarity)


def rule_checks(row: pd.Series, results: Results) -> tuple[RuleCheck, ...]:
    """The rules that Great Expectations looked at, as they came out for this row."""
    every = results["validation"]
    of_rows = every[every["table"] == "submissions"].drop_duplicates(["rule", "field"])
    broken = _row_findings(row, results["findings"])
    pairs = set(zip(broken["rule"], broken["field"].fillna(""), strict=True))
    return tuple(
        RuleCheck(
            one.rule,
            one.field or "",
            _row_check_state(one.check_state, (one.rule, one.field or "") in pairs),
        )
        for one in records(of_rows)
    )


def _row_check_state(of_column: str, is_broken: bool) -> str:
    return "failed" if is_broken else "unchecked" if of_column == "unchecked" else "passed"


def row_problems(row: pd.Series, results: Results) -> tuple[Problem, ...]:
    """The findings on the counting row, severest first."""
    return make_problems(_row_findings(row, results["findings"]))


def _row_findings(row: pd.Series, findings: pd.DataFrame) -> pd.DataFrame:
    """The findings on a row of the table submissions: at its place, else those of its id that name
    no place.
    """
    same_row = (
        findings["row"].isna()
        if pd.isna(row["row"])
        else (findings["row"] == row["row"]).fillna(False)
    )
    at = (findings["source"] == row["source"]) & same_row
    of_id = (findings["submission_id"] == row["submission_id"]) & findings["source"].isna()
    found: pd.DataFrame = findings[
        (findings["table"] == "submissions") & (at | of_id).fillna(False).astype("bool")
    ]
    return found
