"""The delivered rows of one innovation: which counts and why, how its cells were read, what the
rules said. Pure.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

from reports.edition import Edition
from reports.pages.evidence import Correction, Evidence, Place, corrections, moment, text
from reports.problems import Problem, problems
from reports.records import records
from tasks import titles
from tasks.results import Results
from tasks.rules import RULES

_ERRORS = [rule.code for rule in RULES.values() if rule.severity == "error"]


@dataclass(frozen=True)
class Delivered:
    """One delivered row. `why` is a code: only, last, last_right, replaced, wrong_later, all_wrong.

    `errors` are the rules that it breaks (of a superseded row: that it would break), by code.
    """

    place: Place
    submission_id: str
    title: str
    submitted_at: datetime | None
    status: str
    counts: bool
    why: str
    errors: tuple[str, ...]
    copies: tuple[Place, ...]


@dataclass(frozen=True)
class Reading:
    """A heading of the counting row, what was delivered under it, the field that it gives ("" for
    none), and that field as it was read. `raw`: see evidence.Cell.
    """

    heading: str
    delivered: str
    field: str
    value: str | date
    correction: Correction | None
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
class Check:
    """A rule on a field: passed, failed or unchecked for the counting row."""

    rule: str
    field: str
    state: str


def delivered(rows: pd.DataFrame, results: Results, evidence: Evidence) -> tuple[Delivered, ...]:
    """The rows, which come in the order in which they replace each other. `rows` has `counts`
    (boolean); one counts.
    """
    ordered = rows.reset_index(drop=True)
    counting = int(ordered.index[ordered["counts"]][0])
    return tuple(
        _delivered(ordered.iloc[at], at, counting, len(ordered), results, evidence)
        for at in range(len(ordered))
    )


def _delivered(
    row: pd.Series, at: int, counting: int, size: int, results: Results, evidence: Evidence
) -> Delivered:
    place = Place.of(row["source"], row["row"])
    assert place is not None, "every submission has a source"
    broken = _at(row, results["findings"])
    mild = broken["rule"].isin(_ERRORS) & (
        row["status"] == "superseded"
    )  # its findings are warnings
    errors = broken.loc[(broken["severity"] == "error") | mild, "rule"]
    return Delivered(
        place,
        str(row["submission_id"]),
        text(row["title"]),
        moment(row["submitted_at"]),
        str(row["status"]),
        at == counting,
        _why(at, counting, size, text(row["ranked_status"])),
        tuple(errors.unique()),
        evidence.copies.get(place, ()),
    )


def _why(at: int, counting: int, size: int, by_rule: str) -> str:
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


def readings(
    row: pd.Series, results: Results, edition: Edition, evidence: Evidence
) -> tuple[Reading, ...]:
    """Every filled cell of the counting row, in the order of its columns; empty where the export's
    copy is gone.
    """
    place = Place.of(row["source"], row["row"])
    assert place is not None, "every submission has a source"
    said = {cell.read_as: cell.text for cell in evidence.cells.get(place, ())}
    fixed = corrections(results["corrections"], place, str(row["submission_id"]), said)
    typed = evidence.typed.get(place, {})
    values: dict[str, str | date] = {**typed, **_matched(row, edition), **_times(row, typed)}
    cells = evidence.cells.get(place, ())
    made = [
        Reading(
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
            Reading("", "", f, values.get(f, ""), c)
            for f, c in fixed.items()
            if f not in given and cells
        ),
    )


def _matched(row: pd.Series, edition: Edition) -> dict[str, str]:
    """The fields that the table submissions holds, by the names that people know."""
    names = {"category": edition.categories, "group": edition.groups}
    told = {
        "title": text(row["title"]),
        "agency": text(row["agency"]) if text(row["agency_code"]) else "",
    }
    told |= {field: named.get(text(row[field]), "") for field, named in names.items()}
    return told


def _times(row: pd.Series, typed: Mapping[str, str]) -> dict[str, date]:
    """When it was sent and when the innovation began, where they could be read."""
    sent, began = row["submitted_at"], typed.get("started_on")
    read = {"submitted_at": sent.to_pydatetime()} if pd.notna(sent) else {}
    return read | ({"started_on": date.fromisoformat(began)} if began else {})


def match(row: pd.Series, results: Results, evidence: Evidence) -> AgencyMatch:
    """How the agency was found."""
    place = Place.of(row["source"], row["row"])
    code, name = text(row["agency_code"]), text(row["agency"])
    typed = evidence.typed.get(place, {}).get("agency", "") if place else ""
    if not code:
        return AgencyMatch(typed or name, "", "", "none", "")
    near = results["matches"]
    near = near[(near["field"] == "agency") & (near["typed"] == typed)]
    if len(near):
        return AgencyMatch(typed, code, name, "approximate", text(near["similarity"].iloc[0]))
    is_name = not typed or titles.key(typed) == titles.key(name)
    return AgencyMatch(typed, code, name, "name" if is_name else "other_name", "")


def checks(row: pd.Series, results: Results) -> tuple[Check, ...]:
    """The rules that Great Expectations looked at, as they came out for this row."""
    every = results["validation"]
    of_rows = every[every["table"] == "submissions"].drop_duplicates(["rule", "field"])
    broken = _at(row, results["findings"])
    pairs = set(zip(broken["rule"], broken["field"].fillna(""), strict=True))
    return tuple(
        Check(
            one.rule, one.field or "", _state(one.check_state, (one.rule, one.field or "") in pairs)
        )
        for one in records(of_rows)
    )


def _state(of_column: str, is_broken: bool) -> str:
    return "failed" if is_broken else "unchecked" if of_column == "unchecked" else "passed"


def found(row: pd.Series, results: Results) -> tuple[Problem, ...]:
    """The findings on the counting row, severest first."""
    return problems(_at(row, results["findings"]))


def _at(row: pd.Series, findings: pd.DataFrame) -> pd.DataFrame:
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
