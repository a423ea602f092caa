"""Rules on a cell or a key, as Great Expectations on whole typed frames: findings, and the table validation.

The only importer of great_expectations, and inside functions: it takes seconds to import, and a frame without rows
needs none of it. A suite is made from schema.py and the competition's rules: a list of `Check`, one an expectation.
Computes; touches nothing.

Missing cells pass every expectation but the one that wants them there. What could not be checked (a column is
missing, a value cannot be compared) is a state of its own, `unchecked`, and never counts as passed.
"""

import dataclasses
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from tasks import findings, marks
from tasks.competition import Competition, Judging
from tasks.schema import SUBMISSION_FIELDS, TABLES, Table
from tasks.words import Words

MATCHED = ("agency", "category", "group")  # fields whose codes stand beside what was typed
UNREADABLE = ("unreadable_date", "ambiguous_date")
LINK = r"(?i)^https?://[^\s/.]+(?:\.[^\s/.]+)+(?:/\S*)?$"
EMAIL = r"^[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+$"
COLUMNS = TABLES["validation"].names
_DAY, _MOMENT = "%d/%m/%Y", "%d/%m/%Y %H:%M:%S"  # in sentences of either language


@dataclass(frozen=True)
class Check:
    """One expectation: its rule and field, its name in Great Expectations and what that is given.

    `params` are columns of the frame or constants for the sentence of the finding, `value` the column that shows what
    stands there. A rule that is not one of rules.RULES (link, email, unique) makes no finding.
    """

    rule: str
    field: str
    expectation: str
    given: Mapping[str, Any]
    value: str = ""
    params: Mapping[str, Any] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Suite:
    """Checks on one frame, which has a plain index and every column that they name."""

    name: str
    frame: pd.DataFrame
    checks: Sequence[Check]


@dataclass(frozen=True, eq=False)
class Outcome:
    """What came of one check: how many cells it looked at, the positions of the rows that break it, and its state."""

    check: Check
    checked: int
    rows: np.ndarray
    state: str


# --- submissions -----------------------------------------------------------------------------------------------------


def validate_submissions(
    frame: pd.DataFrame, competition: Competition, found: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Findings, and rows of the table validation, for the frame that `submissions.matched` gives.

    `found` has what reading found: a date that could not be read is unreadable_date and not missing.
    """
    suite = submission_suite(frame, competition, found)
    outcomes = _outcomes(suite)
    made = [
        _findings(outcome, suite.frame, "submissions", None) for outcome in outcomes if outcome.check.rule not in _FORMS
    ]
    return findings.together(made), _table(outcomes, "submissions", None)


def submission_suite(frame: pd.DataFrame, competition: Competition, found: pd.DataFrame) -> Suite:
    """The suite for submissions, on the frame that `submissions.matched` gives; `found` is what reading found."""
    return Suite("submissions", _prepared(frame, competition, found), submission_checks(competition))


_FORMS = ("link", "email", "unique")


def submission_checks(competition: Competition) -> list[Check]:
    """The suite for submissions, in the order of the page: required, known, in time, old enough, in length, in form."""
    required = [name for name in competition.submission.required if name in SUBMISSION_FIELDS]
    return [
        *(
            Check("missing_required", name, "ExpectColumnValuesToNotBeNull", {"column": f"given_{name}"})
            for name in required
        ),
        *_known(competition),
        *_in_time(competition),
        *_old_enough(competition),
        *_in_length(competition),
        Check("link", "video_url", "ExpectColumnValuesToMatchRegex", {"column": "video_url", "regex": LINK}),
        Check("email", "contact_email", "ExpectColumnValuesToMatchRegex", {"column": "contact_email", "regex": EMAIL}),
        Check("unique", "", "ExpectCompoundColumnsToBeUnique", {"column_list": ["source", "row"]}),
    ]


def _known(competition: Competition) -> list[Check]:
    agency = {name: f"agency_{name}" for name in ("case", "candidates", "years")}
    checks = [
        Check(
            rule,
            "agency",
            "ExpectColumnValuesToNotBeInSet",
            {"column": "agency_means", "value_set": [rule]},
            "agency_typed",
            agency | {"year": competition.year},
        )
        for rule in ("unknown_agency", "ambiguous_agency")
    ]
    for rule, name, choices in (
        ("unknown_category", "category", competition.categories),
        ("unknown_group", "group", competition.groups),
    ):
        codes = [choice.code for choice in choices]
        names = ", ".join(Words(competition.language).name(choice.name) for choice in choices)
        given = {"column": f"coded_{name}", "value_set": codes or [""]}
        checks.append(
            Check(rule, name, "ExpectColumnValuesToBeInSet", given, f"{name}_typed", {"choices": names})
        )
    return checks


def _in_time(competition: Competition) -> list[Check]:
    checks = []
    for rule, most, limit in (
        ("late", "max_value", competition.registration.closes),
        ("early", "min_value", competition.registration.opens),
    ):
        if limit is not None:
            told = {"when": "submitted_at", "limit": limit.astimezone(competition.zone).strftime(_MOMENT)}
            given = {"column": "submitted_at", most: pd.Timestamp(limit)}
            checks.append(Check(rule, "submitted_at", "ExpectColumnValuesToBeBetween", given, "submitted_at", told))
    return checks


def _old_enough(competition: Competition) -> list[Check]:
    if competition.submission.minimum_age_years is None:
        return []
    given = {
        "column_A": "youngest",
        "column_B": "started",
        "or_equal": True,
        "ignore_row_if": "either_value_is_missing",
    }
    params = {"when": "started", "limit": "youngest", "years": "age"}
    return [Check("too_young", "started_on", "ExpectColumnPairValuesAToBeGreaterThanB", given, "started_on", params)]


def _in_length(competition: Competition) -> list[Check]:
    checks = []
    for name, (least, most) in competition.submission.words.items():
        params, column = {"least": least, "most": most}, f"words_{name}"
        given = {"column": column}
        checks += [
            Check("too_short", name, "ExpectColumnValuesToBeBetween", given | {"min_value": least}, column, params),
            Check("too_long", name, "ExpectColumnValuesToBeBetween", given | {"max_value": most}, column, params),
        ]
    return checks


def _prepared(frame: pd.DataFrame, competition: Competition, found: pd.DataFrame) -> pd.DataFrame:
    """The frame with a plain index and the columns that only checks need.

    given_<field>: something where the cell was not empty. coded_<field>: the code, else what was typed. started and
    youngest: when the innovation began and the last day on which it could have, `age` years before registration closes.
    """
    rows = frame.reset_index(drop=True)
    added: dict[str, pd.Series] = {
        f"given_{name}": _given(rows, name, found)
        for name in competition.submission.required
        if name in SUBMISSION_FIELDS
    }
    added |= {f"coded_{name}": rows[name].fillna(rows[f"{name}_typed"]) for name in ("category", "group")}
    added["agency_means"] = rows["agency_rule"].fillna("exact").where(rows["agency_typed"].notna())
    return rows.assign(**added, **_ages(rows, competition))


def _ages(rows: pd.DataFrame, competition: Competition) -> dict[str, pd.Series]:
    age = _age(rows, competition)
    closes = competition.registration.closes.astimezone(competition.zone).date()
    limits = {years: years_before(closes, int(years)) for years in age.dropna().unique()}
    youngest = pd.to_datetime(age.map(limits))
    started = pd.to_datetime(rows["started_on"], format="%Y-%m-%d")
    return {"age": age, "youngest": youngest, "started": started}


def _given(rows: pd.DataFrame, name: str, found: pd.DataFrame) -> pd.Series:
    """1 where the cell was filled, with what could be read or not; else NaN."""
    is_given = rows[f"{name}_typed" if name in MATCHED else name].notna().to_numpy()
    unread = found.loc[found["rule"].isin(UNREADABLE) & (found["field"] == name), ["source", "row"]]
    if len(unread):
        is_given = is_given | findings.at(rows, unread)
    return pd.Series(np.where(is_given, 1.0, np.nan), index=rows.index)


def _age(rows: pd.DataFrame, competition: Competition) -> pd.Series:
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


# --- marks and result tables -----------------------------------------------------------------------------------------


def validate_marks(typed: pd.DataFrame, phase: Judging) -> tuple[pd.DataFrame, pd.DataFrame]:
    """mark_off_scale findings, and rows of the table validation, for the typed marks of one phase that has begun."""
    suite = marks_suite(typed, phase)
    outcomes = _outcomes(suite)
    made = [_findings(outcome, suite.frame, "marks", phase.code) for outcome in outcomes]
    return findings.together(made), _table(outcomes, "marks", phase.code)


def marks_suite(typed: pd.DataFrame, phase: Judging) -> Suite:
    """The suite for the typed marks of one phase."""
    frame = typed.reset_index(drop=True)
    frame = frame.assign(is_off=marks.off_scale(frame["mark"], phase.scale).where(frame["mark"].notna()))
    low, high = phase.scale
    given = {"column": "is_off", "value_set": [False]}
    params = {"low": f"{low:f}", "high": f"{high:f}", "judge": "judge", "submission": "submission"}
    check = Check("mark_off_scale", "mark", "ExpectColumnValuesToBeInSet", given, "mark", params)
    return Suite(f"marks-{phase.code}", frame, [check])


def validate_keys(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Rows of the table validation: whether the key of each result table tells its rows apart, and whether what must
    be there is."""
    suites = [
        Suite(name, tables[name].reset_index(drop=True), _key_checks(table))
        for name, table in TABLES.items()
        if name in tables and name != "validation"
    ]
    batches = _batches(quiet_context(), "keys") if any(len(suite.frame) for suite in suites) else None
    parts = [_table(_outcomes(suite, batches), suite.name, None) for suite in suites]
    return pd.concat([_nothing(), *parts], ignore_index=True)


def _key_checks(table: Table) -> list[Check]:
    checks = [Check("present", name, "ExpectColumnValuesToNotBeNull", {"column": name}) for name in table.required]
    if len(table.key) == 1:
        checks.append(Check("unique", table.key[0], "ExpectColumnValuesToBeUnique", {"column": table.key[0]}))
    elif table.key:
        checks.append(
            Check("unique", ", ".join(table.key), "ExpectCompoundColumnsToBeUnique", {"column_list": list(table.key)})
        )
    return checks


# --- Great Expectations ----------------------------------------------------------------------------------------------


def _outcomes(suite: Suite, batches: Any = None) -> list[Outcome]:
    """What came of the checks, in their order. A frame without rows passes them all, with nothing checked.

    `batches`: a definition of whole frames where there is one already; each takes longer to make than to use.
    """
    if suite.frame.empty:
        return [Outcome(check, 0, np.array([], dtype=np.int64), "passed") for check in suite.checks]
    looked_at = suite.frame[_looked_at(suite.checks, suite.frame)]  # a batch is hashed, twice: without what nobody asks
    whole = batches or _batches(quiet_context(), suite.name)
    batch = whole.get_batch({"dataframe": looked_at})
    result_format = {"result_format": "COMPLETE", "return_unexpected_index_query": False}
    result = batch.validate(_expectations(suite), result_format=result_format)
    by_check = {one.expectation_config.meta["check"]: one for one in result.results}
    return [_outcome(check, by_check[number], suite.frame) for number, check in enumerate(suite.checks)]


def quiet_context() -> Any:
    """A context of Great Expectations in memory that reports to nobody and draws no progress bars."""
    context = _great_expectations().get_context(mode="ephemeral")
    context.enable_analytics(False)
    context.variables.progress_bars = {"globally": False}
    return context


def defined(context: Any, suite: Suite) -> Any:
    """The suite as a validation definition in the context; its `run` wants the frame as batch parameter `dataframe`."""
    kept = context.suites.add(_expectations(suite))
    gx = _great_expectations()
    return context.validation_definitions.add(
        gx.ValidationDefinition(name=suite.name, data=_batches(context, suite.name), suite=kept)
    )


def _batches(context: Any, name: str) -> Any:
    """A definition of batches that are a whole frame each; `get_batch` wants it as `dataframe`."""
    source = context.data_sources.add_or_update_pandas(name)
    return source.add_dataframe_asset("frame").add_batch_definition_whole_dataframe("whole")


def _expectations(suite: Suite) -> Any:
    gx = _great_expectations()
    made = [
        getattr(gx.expectations, check.expectation)(**check.given, meta={"check": number})
        for number, check in enumerate(suite.checks)
    ]
    return gx.ExpectationSuite(name=suite.name, expectations=made)  # added singly, each is compared with all others


def _looked_at(checks: Sequence[Check], frame: pd.DataFrame) -> list[str]:
    """The columns of the frame that the checks name, in its order; a name that it does not have is GX's to report."""
    named = [check.given.get(key) for check in checks for key in ("column", "column_A", "column_B")]
    listed = [name for check in checks for name in check.given.get("column_list", ())]
    return [name for name in frame.columns if name in {*named, *listed}]


def _outcome(check: Check, result: Any, frame: pd.DataFrame) -> Outcome:
    told = result.result
    if "unexpected_index_list" not in told:  # its other shape: an exception, told by metric
        return Outcome(check, 0, np.array([], dtype=np.int64), "unchecked")
    rows = np.array(sorted(told["unexpected_index_list"] or []), dtype=np.int64)
    checked = len(frame) - int(told.get("missing_count") or 0)
    return Outcome(check, checked, rows, "passed" if result.success else "failed")


@cache
def _great_expectations() -> Any:
    """The library, without its messages home, progress bars and warnings."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"  # read when it is imported
    import great_expectations as gx
    import great_expectations.expectations

    return gx


def _findings(outcome: Outcome, frame: pd.DataFrame, table: str, phase: str | None) -> pd.DataFrame:
    check = outcome.check
    if not len(outcome.rows):
        return findings.none()
    rows = frame.iloc[outcome.rows]
    places = rows[["source", "row"]].assign(field=rows["criterion"] if table == "marks" else check.field)
    if check.value:
        places["value"] = _written(rows[check.value])
    for name, given in check.params.items():
        places[name] = _told(rows[given]) if isinstance(given, str) and given in frame else given
    return findings.of(check.rule, places, table=table, **({"phase": phase} if phase else {}))


def _told(values: pd.Series) -> pd.Series:
    """What stands in the cells as parameters of a sentence: a time as people write it, a day without its hour; "" where
    there is nothing."""
    if pd.api.types.is_datetime64_any_dtype(values.dtype):
        values = values.dt.strftime(_MOMENT if isinstance(values.dtype, pd.DatetimeTZDtype) else _DAY)
    return values.astype("object").fillna("")


def _written(values: pd.Series) -> pd.Series:
    """What stands in the cells as text; a time as data/ has it: ISO 8601 with its offset."""
    if isinstance(values.dtype, pd.DatetimeTZDtype):
        return values.map(lambda moment: moment.isoformat(timespec="seconds"), na_action="ignore").astype("str")
    return values.astype("str")


def _table(outcomes: Sequence[Outcome], table: str, phase: str | None) -> pd.DataFrame:
    rows = [(o.check.rule, table, phase, o.check.field, o.checked, len(o.rows), o.state) for o in outcomes]
    return pd.DataFrame(rows, columns=COLUMNS).astype(_nothing().dtypes.to_dict())


def _nothing() -> pd.DataFrame:
    dtypes = dict.fromkeys(COLUMNS, "str") | {"checked": "Int64", "failed": "Int64"}
    return pd.DataFrame({name: pd.Series(dtype=dtypes[name]) for name in COLUMNS})
