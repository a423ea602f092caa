"""Rules on a cell or a key, as Great Expectations on whole typed frames: findings, and the table
validation.

A suite is made from schema.py and the competition's rules: a list of `ExpectedCheck`, one an
expectation. Who evaluates the suites is given: Great Expectations in this process
(expectations.evaluate_here), or in another process. What does not belong here: how Great
Expectations is called (expectations.py).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd

from tasks.findings.frame import is_at_place, join_findings, make_findings, no_findings
from tasks.judging import sheets
from tasks.rules.competition import Category, Competition, Group, JudgingPhase
from tasks.schema import SUBMISSION_FIELDS, TABLES, DataTable
from tasks.validation.expectations import (
    Evaluator,
    ExpectedCheck,
    Suite,
    SuiteOutcome,
    evaluate_here,
)
from tasks.words import Words

MATCHED_FIELDS = ("agency", "category", "group")  # fields that have a code and the typed text
UNREADABLE_DATE_RULES = ("unreadable_date", "ambiguous_date")
LINK_PATTERN = r"(?i)^https?://[^\s/.]+(?:\.[^\s/.]+)+(?:/\S*)?$"
EMAIL_PATTERN = r"^[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+$"
VALIDATION_COLUMNS = TABLES["validation"].names
_DAY_FORMAT, _MOMENT_FORMAT = "%d/%m/%Y", "%d/%m/%Y %H:%M:%S"  # in sentences of either language


# --- submissions
# --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class ValidatedCells:
    """What Great Expectations says of the cells of a frame.

    findings: a frame of findings, one row per cell that breaks a rule. checks: rows of the table
    validation, one row per check.
    """

    findings: pd.DataFrame
    checks: pd.DataFrame


def validate_submissions(
    frame: pd.DataFrame,
    competition: Competition,
    reading: pd.DataFrame,
    evaluate: Evaluator = evaluate_here,
) -> ValidatedCells:
    """What is wrong with the cells of the rows that registration matched (MatchedRows).

    `reading`: the findings of reading: a date that could not be read is unreadable_date and not
    missing.
    """
    suite = submission_suite(frame, competition, reading)
    (outcomes,) = evaluate([suite])()
    findings = [
        _outcome_findings(outcome, suite.frame, "submissions", None)
        for outcome in outcomes
        if outcome.check.rule not in _FORM_RULES
    ]
    return ValidatedCells(join_findings(findings), _validation_rows(outcomes, "submissions", None))


def submission_suite(frame: pd.DataFrame, competition: Competition, reading: pd.DataFrame) -> Suite:
    """The suite for submissions, on the rows that registration matched; `reading`: the findings of
    reading.
    """
    prepared = _prepare_frame(frame, competition, reading)
    return Suite("submissions", prepared, submission_checks(competition))


_FORM_RULES = ("link", "email", "unique")


def submission_checks(competition: Competition) -> list[ExpectedCheck]:
    """The suite for submissions, in the order of the page: required, known, in time, old enough, in
    length, in form.
    """
    required = [name for name in competition.submission.required if name in SUBMISSION_FIELDS]
    return [
        *(_filled_check("missing_required", name, f"given_{name}") for name in required),
        *_known_name_checks(competition),
        *_time_checks(competition),
        *_age_checks(competition),
        *_length_checks(competition),
        _pattern_check("link", "video_url", LINK_PATTERN),
        _pattern_check("email", "contact_email", EMAIL_PATTERN),
        _unique_check("", ["source", "row"]),
    ]


def _filled_check(rule: str, field: str, column: str) -> ExpectedCheck:
    return ExpectedCheck(rule, field, "ExpectColumnValuesToNotBeNull", {"column": column})


def _pattern_check(rule: str, field: str, pattern: str) -> ExpectedCheck:
    given = {"column": field, "regex": pattern}
    return ExpectedCheck(rule, field, "ExpectColumnValuesToMatchRegex", given)


def _unique_check(field: str, columns: list[str]) -> ExpectedCheck:
    given = {"column_list": columns}
    return ExpectedCheck("unique", field, "ExpectCompoundColumnsToBeUnique", given)


def _known_name_checks(competition: Competition) -> list[ExpectedCheck]:
    return [
        _known_agency_check("unknown_agency", competition),
        _known_agency_check("ambiguous_agency", competition),
        _known_code_check("unknown_category", "category", competition.categories, competition),
        _known_code_check("unknown_group", "group", competition.groups, competition),
    ]


def _known_agency_check(rule: str, competition: Competition) -> ExpectedCheck:
    given = {"column": "agency_means", "value_set": [rule]}
    params = {name: f"agency_{name}" for name in ("case", "candidates", "years")}
    return ExpectedCheck(
        rule,
        "agency",
        "ExpectColumnValuesToNotBeInSet",
        given,
        "agency_typed",
        params | {"year": competition.year},
    )


def _known_code_check(
    rule: str, field: str, choices: Sequence[Category | Group], competition: Competition
) -> ExpectedCheck:
    """The check that a category or group is one of those of competition.toml."""
    words = Words(competition.language)
    codes = [choice.code for choice in choices]
    names = ", ".join(words.name(choice.name) for choice in choices)
    given = {"column": f"coded_{field}", "value_set": codes or [""]}
    return ExpectedCheck(
        rule, field, "ExpectColumnValuesToBeInSet", given, f"{field}_typed", {"choices": names}
    )


def _time_checks(competition: Competition) -> list[ExpectedCheck]:
    registration, zone = competition.registration, competition.zone
    checks = []
    for rule, end, limit in (
        ("late", "max_value", registration.closes),
        ("early", "min_value", registration.opens),
    ):
        if limit is not None:
            written = limit.astimezone(zone).strftime(_MOMENT_FORMAT)
            params = {"when": "submitted_at", "limit": written}
            between = {end: pd.Timestamp(limit)}
            checks.append(_between_check(rule, "submitted_at", "submitted_at", between, params))
    return checks


def _between_check(
    rule: str, field: str, column: str, limits: Mapping[str, Any], params: Mapping[str, Any]
) -> ExpectedCheck:
    given = {"column": column, **limits}
    return ExpectedCheck(rule, field, "ExpectColumnValuesToBeBetween", given, column, params)


def _age_checks(competition: Competition) -> list[ExpectedCheck]:
    if competition.submission.minimum_age_years is None:
        return []
    given = {
        "column_A": "youngest",
        "column_B": "started",
        "or_equal": True,
        "ignore_row_if": "either_value_is_missing",
    }
    return [
        ExpectedCheck(
            "too_young",
            "started_on",
            "ExpectColumnPairValuesAToBeGreaterThanB",
            given,
            "started_on",
            {"when": "started", "limit": "youngest", "years": "age"},
        )
    ]


def _length_checks(competition: Competition) -> list[ExpectedCheck]:
    checks = []
    for name, (least, most) in competition.submission.words.items():
        column, params = f"words_{name}", {"least": least, "most": most}
        if least > 0:  # nothing is shorter than no word at all
            checks.append(_between_check("too_short", name, column, {"min_value": least}, params))
        checks.append(_between_check("too_long", name, column, {"max_value": most}, params))
    return checks


def _prepare_frame(
    frame: pd.DataFrame, competition: Competition, reading: pd.DataFrame
) -> pd.DataFrame:
    """The frame with a plain index and the columns that only checks need.

    given_<field>: something where the cell was not empty. coded_<field>: the code, else what was
    typed. started and youngest: when the innovation began and the last day on which it could have,
    `age` years before registration closes.
    """
    rows = frame.reset_index(drop=True)
    added: dict[str, pd.Series] = {
        f"given_{name}": _given_column(rows, name, reading)
        for name in competition.submission.required
        if name in SUBMISSION_FIELDS
    }
    added |= {
        f"coded_{name}": rows[name].fillna(rows[f"{name}_typed"]) for name in ("category", "group")
    }
    added["agency_means"] = rows["agency_rule"].fillna("exact").where(rows["agency_typed"].notna())
    return rows.assign(**added, **_age_columns(rows, competition))


def _age_columns(rows: pd.DataFrame, competition: Competition) -> dict[str, pd.Series]:
    age = _least_ages(rows, competition)
    closes = competition.registration.closes.astimezone(competition.zone).date()
    limits = {years: years_before(closes, int(years)) for years in age.dropna().unique()}
    youngest = pd.to_datetime(age.map(limits))
    started = pd.to_datetime(rows["started_on"], format="%Y-%m-%d")
    return {"age": age, "youngest": youngest, "started": started}


def _given_column(rows: pd.DataFrame, name: str, reading: pd.DataFrame) -> pd.Series:
    """1 where the cell was filled, whether it could be read or not; else NaN."""
    column = f"{name}_typed" if name in MATCHED_FIELDS else name
    is_given = rows[column].notna().to_numpy()
    is_unread = reading["rule"].isin(UNREADABLE_DATE_RULES) & (reading["field"] == name)
    unread = reading.loc[is_unread, ["source", "row"]]
    if len(unread):
        is_given = is_given | is_at_place(rows, unread)
    return pd.Series(np.where(is_given, 1.0, np.nan), index=rows.index)


def _least_ages(rows: pd.DataFrame, competition: Competition) -> pd.Series:
    """The least age in years by row; NaN where none is asked for."""
    years = competition.submission.minimum_age_years
    if isinstance(years, Mapping):
        return rows["group"].map(dict(years)).astype("Int64")
    return pd.Series(years, index=rows.index, dtype="Int64")


def years_before(day: date, years: int) -> date:
    """The same day so many years earlier; for 29 February the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


# --- marks and result tables
# -----------------------------------------------------------------------------------------


def validate_marks(
    typed: pd.DataFrame, phase: JudgingPhase, evaluate: Evaluator = evaluate_here
) -> ValidatedCells:
    """Which typed marks of one phase that has begun are off its scale (mark_off_scale)."""
    suite = marks_suite(typed, phase)
    (outcomes,) = evaluate([suite])()
    findings = [
        _outcome_findings(outcome, suite.frame, "marks", phase.code) for outcome in outcomes
    ]
    return ValidatedCells(join_findings(findings), _validation_rows(outcomes, "marks", phase.code))


def marks_suite(typed: pd.DataFrame, phase: JudgingPhase) -> Suite:
    """The suite for the typed marks of one phase."""
    frame = typed.reset_index(drop=True)
    is_off = sheets.is_off_scale(frame, phase)
    highest = {c.code: f"{phase.criterion_scale(c)[1]:f}" for c in phase.criteria}
    frame = frame.assign(
        is_off=is_off.where(frame["mark"].notna()),
        highest=frame["criterion"].map(highest),
    )
    given = {"column": "is_off", "value_set": [False]}
    params = {
        "low": f"{phase.scale[0]:f}",
        "high": "highest",
        "judge": "judge",
        "submission": "submission",
    }
    check = ExpectedCheck(
        "mark_off_scale", "mark", "ExpectColumnValuesToBeInSet", given, "mark", params
    )
    return Suite(f"marks-{phase.code}", frame, [check])


def validate_keys(
    tables: Mapping[str, pd.DataFrame], evaluate: Evaluator = evaluate_here
) -> Callable[[], pd.DataFrame]:
    """Rows of the table validation, once they are asked for: whether the key of each result table
    tells its rows apart, and whether what must be there is.
    """
    suites = [
        Suite(name, tables[name].reset_index(drop=True), _key_checks(table))
        for name, table in TABLES.items()
        if name in tables and (table.key or table.required)
    ]
    answer = evaluate(suites)

    def key_rows() -> pd.DataFrame:
        rows = [
            _validation_rows(outcomes, suite.name, None)
            for suite, outcomes in zip(suites, answer(), strict=True)
        ]
        return pd.concat([_no_validation_rows(), *rows], ignore_index=True)

    return key_rows


def _key_checks(table: DataTable) -> list[ExpectedCheck]:
    checks = [_filled_check("present", name, name) for name in table.required]
    if len(table.key) == 1:
        (column,) = table.key
        given = {"column": column}
        checks.append(ExpectedCheck("unique", column, "ExpectColumnValuesToBeUnique", given))
    elif table.key:
        checks.append(_unique_check(", ".join(table.key), list(table.key)))
    return checks


def _outcome_findings(
    outcome: SuiteOutcome, frame: pd.DataFrame, table: str, phase: str | None
) -> pd.DataFrame:
    """The findings of a check, one per row that breaks it."""
    check = outcome.check
    if not len(outcome.rows):
        return no_findings()
    rows = frame.iloc[outcome.rows]
    field = rows["criterion"] if table == "marks" else check.field
    places = rows[["source", "row"]].assign(field=field)
    if check.value:
        places["value"] = _value_texts(rows[check.value])
    for name, given in check.params.items():
        is_column = isinstance(given, str) and given in frame
        places[name] = _parameter_values(rows[given]) if is_column else given
    return make_findings(check.rule, places, table=table, phase=phase)


def _parameter_values(values: pd.Series) -> pd.Series:
    """What stands in the cells as parameters of a sentence: a time as people write it, a day
    without its hour; "" where there is nothing.
    """
    if pd.api.types.is_datetime64_any_dtype(values.dtype):
        is_moment = isinstance(values.dtype, pd.DatetimeTZDtype)
        values = values.dt.strftime(_MOMENT_FORMAT if is_moment else _DAY_FORMAT)
    return values.astype("object").fillna("")


def _value_texts(values: pd.Series) -> pd.Series:
    """What stands in the cells as text; a time as data/ has it: ISO 8601 with its offset."""
    if isinstance(values.dtype, pd.DatetimeTZDtype):
        values = values.map(_moment_text, na_action="ignore")
    return values.astype("str")


def _moment_text(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _validation_rows(
    outcomes: Sequence[SuiteOutcome], table: str, phase: str | None
) -> pd.DataFrame:
    """Rows of the table validation, one per check."""
    rows = [
        (o.check.rule, table, phase, o.check.field, o.checked, len(o.rows), o.state)
        for o in outcomes
    ]
    dtypes = _no_validation_rows().dtypes.to_dict()
    return pd.DataFrame(rows, columns=VALIDATION_COLUMNS).astype(dtypes)


def _no_validation_rows() -> pd.DataFrame:
    dtypes = dict.fromkeys(VALIDATION_COLUMNS, "str") | {"checked": "Int64", "failed": "Int64"}
    return pd.DataFrame({name: pd.Series(dtype=dtypes[name]) for name in VALIDATION_COLUMNS})
