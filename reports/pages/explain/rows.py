"""The delivered rows of one innovation: which row counts and why, how its cells were read, and the
result of each rule.
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

    `errors`: codes of the rules that it breaks; a superseded row would break them if it counted.
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
    """A cell of the counting row: its heading, its text as delivered, the field that the heading
    gives ("" for none), and the field's value as it was read. `raw`: see DeliveredCell.
    """

    heading: str
    delivered: str
    field: str
    value: str | date
    correction: CellCorrection | None
    raw: str = ""


@dataclass(frozen=True)
class AgencyMatch:
    """How the agency was matched: the text that was typed, the agency (code, name), and `how`:
    name, other_name, approximate (`similarity` of 100), or none.
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
    """The delivered rows. `rows` come in the order in which they replace each other, with `counts`
    (bool); one row counts.
    """
    ordered = rows.reset_index(drop=True)
    counting = int(ordered.index[ordered["counts"]][0])
    why = [
        _counting_reason(number, counting, len(ordered), cell_text(by_rule))
        for number, by_rule in enumerate(ordered["ranked_status"])
    ]
    return tuple(
        _delivered_row(ordered.iloc[number], number == counting, why[number], results, evidence)
        for number in range(len(ordered))
    )


def _delivered_row(
    row: pd.Series, counts: bool, why: str, results: Results, evidence: InnovationEvidence
) -> DeliveredRow:
    place = _row_place(row)
    return DeliveredRow(
        place=place,
        submission_id=str(row["submission_id"]),
        title=cell_text(row["title"]),
        submitted_at=cell_time(row["submitted_at"]),
        status=str(row["status"]),
        counts=counts,
        why=why,
        errors=_broken_rules(row, results),
        copies=evidence.copies.get(place, ()),
    )


def _row_place(row: pd.Series) -> RowPlace:
    place = RowPlace.from_cells(row["source"], row["row"])
    assert place is not None, "every submission has a source"
    return place


def _broken_rules(row: pd.Series, results: Results) -> tuple[str, ...]:
    """The codes of the rules that a row breaks, each once. Findings on a superseded row are
    warnings, also those of rules that would reject it.
    """
    findings = _findings_on_row(row, results["findings"])
    is_error = findings["severity"] == "error"
    if row["status"] == "superseded":
        is_error |= findings["rule"].isin(_ERROR_RULES)
    return tuple(findings.loc[is_error, "rule"].unique())


def _counting_reason(number: int, counting: int, size: int, by_rule: str) -> str:
    """Why the row of this number counts or does not: interface.md section 4, Submissions."""
    if number < counting:
        return "replaced"
    if number > counting:
        return "wrong_later"
    if size == 1:
        return "only"
    if by_rule == "rejected":
        return "all_wrong"
    return "last" if number == size - 1 else "last_right"


def cell_readings(
    row: pd.Series, results: Results, edition: Edition, evidence: InnovationEvidence
) -> tuple[CellReading, ...]:
    """Every filled cell of the counting row, in the order of its columns, then corrections of cells
    that were not delivered; none where the export's copy is gone.
    """
    place = _row_place(row)
    cells = evidence.cells.get(place, ())
    if not cells:
        return ()
    corrections = corrections_at_place(results, place)
    values = _read_values(row, edition, evidence.typed.get(place, {}))
    readings = []
    for cell in cells:
        field = cell.read_as
        value, correction = values.get(field, ""), corrections.get(field)
        readings.append(CellReading(cell.heading, cell.text, field, value, correction, cell.raw))
    delivered_fields = {cell.read_as for cell in cells}
    for field, correction in corrections.items():
        if field not in delivered_fields:
            readings.append(CellReading("", "", field, values.get(field, ""), correction))
    return tuple(readings)


def _read_values(
    row: pd.Series, edition: Edition, typed: Mapping[str, str]
) -> dict[str, str | date]:
    """The value of each field of a row, as the value was read; `typed` as in the evidence."""
    return {**typed, **_matched_values(row, edition), **_time_values(row, typed)}


def _matched_values(row: pd.Series, edition: Edition) -> dict[str, str]:
    """The fields that the table submissions holds, by the names that people know."""
    agency = cell_text(row["agency"]) if cell_text(row["agency_code"]) else ""
    return {
        "title": cell_text(row["title"]),
        "agency": agency,
        "category": edition.categories.get(cell_text(row["category"]), ""),
        "group": edition.groups.get(cell_text(row["group"]), ""),
    }


def _time_values(row: pd.Series, typed: Mapping[str, str]) -> dict[str, date]:
    """When the row was sent and when the innovation began, where the cells could be read."""
    values: dict[str, date] = {}
    if pd.notna(row["submitted_at"]):
        values["submitted_at"] = row["submitted_at"].to_pydatetime()
    if typed.get("started_on"):
        values["started_on"] = date.fromisoformat(typed["started_on"])
    return values


def agency_match(row: pd.Series, results: Results, evidence: InnovationEvidence) -> AgencyMatch:
    """How the agency of a row was matched."""
    place = RowPlace.from_cells(row["source"], row["row"])
    code = cell_text(row["agency_code"])
    name = cell_text(row["agency"])
    typed = evidence.typed.get(place, {}).get("agency", "") if place else ""
    if not code:
        return AgencyMatch(typed or name, "", "", "none", "")
    kind, similarity = agency_match_kind(typed, name, results["matches"])
    return AgencyMatch(typed, code, name, kind, similarity)


def rule_checks(row: pd.Series, results: Results) -> tuple[RuleCheck, ...]:
    """The result of each rule that Great Expectations checks, for this row."""
    validation = results["validation"]
    checks = validation[validation["table"] == "submissions"].drop_duplicates(["rule", "field"])
    findings = _findings_on_row(row, results["findings"])
    fields = findings["field"].fillna("")
    broken = set(zip(findings["rule"], fields, strict=True))
    row_checks = []
    for check in records(checks):
        field = check.field or ""
        state = _row_check_state(check.check_state, (check.rule, field) in broken)
        row_checks.append(RuleCheck(check.rule, field, state))
    return tuple(row_checks)


def _row_check_state(column_state: str, is_broken: bool) -> str:
    if is_broken:
        return "failed"
    return "unchecked" if column_state == "unchecked" else "passed"


def row_problems(row: pd.Series, results: Results) -> tuple[Problem, ...]:
    """The findings on the counting row, severest first."""
    return make_problems(_findings_on_row(row, results["findings"]))


def _findings_on_row(row: pd.Series, findings: pd.DataFrame) -> pd.DataFrame:
    """The findings on a row of the table submissions: those at its place, and those of its id that
    name no place.
    """
    of_table = findings[findings["table"] == "submissions"]
    is_same_source = of_table["source"] == row["source"]
    is_same_row = of_table["row"].isna()
    if pd.notna(row["row"]):
        is_same_row = (of_table["row"] == row["row"]).fillna(False)
    is_at_place = is_same_source & is_same_row
    is_same_id = of_table["submission_id"] == row["submission_id"]
    is_of_id_alone = is_same_id & of_table["source"].isna()
    is_of_row = (is_at_place | is_of_id_alone).fillna(False).astype("bool")
    on_row: pd.DataFrame = of_table[is_of_row]
    return on_row
