"""Rules on a cell or a key, as Great Expectations on whole typed frames: findings, and the table
validation.

A suite is made from schema.py and the competition's rules: a list of `Check`, one an expectation.
Who evaluates it is given: Great Expectations in this process (expectations.here), or in one beside
it. Computes; touches nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import numpy as np
import pandas as pd

from tasks import findings, marks
from tasks.competition import Competition, Judging
from tasks.expectations import Check, Evaluator, Outcome, Suite, here
from tasks.schema import SUBMISSION_FIELDS, TABLES, Table
from tasks.words import Words

MATCHED = ("agency", "category", "group")  # fields whose codes stand beside what was typed
UNREADABLE = ("unreadable_date", "ambiguous_date")
LINK = r"(?i)^https?://[^\s/.]+(?:\.[^\s/.]+)+(?:/\S*)?$"
EMAIL = r"^[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+$"
COLUMNS = TABLES["validation"].names
_DAY, _MOMENT = "%d/%m/%Y", "%d/%m/%Y %H:%M:%S"  # in sentences of either language


# --- submissions
# --------------------------------------------------------------------------------------------------


def validate_submissions(
    frame: pd.DataFrame, competition: Competition, found: pd.DataFrame, evaluate: Evaluator = here
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Findings, and rows of the table validation, for the frame that `submissions.matched` gives.

    `found` has what reading found: a date that could not be read is unreadable_date and not
    missing.
    """
    suite = submission_suite(frame, competition, found)
    (outcomes,) = evaluate([suite])()
    made = [
        _findings(outcome, suite.frame, "submissions", None)
        for outcome in outcomes
        if outcome.check.rule not in _FORMS
    ]
    return findings.together(made), _table(outcomes, "submissions", None)


def submission_suite(frame: pd.DataFrame, competition: Competition, found: pd.DataFrame) -> Suite:
    """The suite for submissions, on the frame that `submissions.matched` gives; `found` is what
    reading found.
    """
    return Suite(
        "submissions", _prepared(frame, competition, found), submission_checks(competition)
    )


_FORMS = ("link", "email", "unique")


def submission_checks(competition: Competition) -> list[Check]:
    """The suite for submissions, in the order of the page: required, known, in time, old enough, in
    length, in form.
    """
    required = [name for name in competition.submission.required if name in SUBMISSION_FIELDS]
    return [
        *(
            Check(
                "missing_required",
                name,
                "ExpectColumnValuesToNotBeNull",
                {"column": f"given_{name}"},
            )
            for name in required
        ),
        *_known(competition),
        *_in_time(competition),
        *_old_enough(competition),
        *_in_length(competition),
        Check(
            "link",
            "video_url",
            "ExpectColumnValuesToMatchRegex",
            {"column": "video_url", "regex": LINK},
        ),
        Check(
            "email",
            "contact_email",
            "ExpectColumnValuesToMatchRegex",
            {"column": "contact_email", "regex": EMAIL},
        ),
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
            Check(
                rule,
                name,
                "ExpectColumnValuesToBeInSet",
                given,
                f"{name}_typed",
                {"choices": names},
            )
        )
    return checks


def _in_time(competition: Competition) -> list[Check]:
    checks = []
    for rule, most, limit in (
        ("late", "max_value", competition.registration.closes),
        ("early", "min_value", competition.registration.opens),
    ):
        if limit is not None:
            told = {
                "when": "submitted_at",
                "limit": limit.astimezone(competition.zone).strftime(_MOMENT),
            }
            given = {"column": "submitted_at", most: pd.Timestamp(limit)}
            checks.append(
                Check(
                    rule,
                    "submitted_at",
                    "ExpectColumnValuesToBeBetween",
                    given,
                    "submitted_at",
                    told,
                )
            )
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
    return [
        Check(
            "too_young",
            "started_on",
            "ExpectColumnPairValuesAToBeGreaterThanB",
            given,
            "started_on",
            params,
        )
    ]


def _in_length(competition: Competition) -> list[Check]:
    checks = []
    for name, (least, most) in competition.submission.words.items():
        params, column = {"least": least, "most": most}, f"words_{name}"
        limits = {"too_long": {"max_value": most}}
        if least > 0:  # nothing is shorter than no word at all
            limits = {"too_short": {"min_value": least}} | limits
        checks += [
            Check(
                rule,
                name,
                "ExpectColumnValuesToBeBetween",
                {"column": column} | limit,
                column,
                params,
            )
            for rule, limit in limits.items()
        ]
    return checks


def _prepared(frame: pd.DataFrame, competition: Competition, found: pd.DataFrame) -> pd.DataFrame:
    """The frame with a plain index and the columns that only checks need.

    given_<field>: something where the cell was not empty. coded_<field>: the code, else what was
    typed. started and youngest: when the innovation began and the last day on which it could have,
    `age` years before registration closes.
    """
    rows = frame.reset_index(drop=True)
    added: dict[str, pd.Series] = {
        f"given_{name}": _given(rows, name, found)
        for name in competition.submission.required
        if name in SUBMISSION_FIELDS
    }
    added |= {
        f"coded_{name}": rows[name].fillna(rows[f"{name}_typed"]) for name in ("category", "group")
    }
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


# --- marks and result tables
# -----------------------------------------------------------------------------------------


def validate_marks(
    typed: pd.DataFrame, phase: Judging, evaluate: Evaluator = here
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """mark_off_scale findings, and rows of the table validation, for the typed marks of one phase
    that has begun.
    """
    suite = marks_suite(typed, phase)
    (outcomes,) = evaluate([suite])()
    made = [_findings(outcome, suite.frame, "marks", phase.code) for outcome in outcomes]
    return findings.together(made), _table(outcomes, "marks", phase.code)


def marks_suite(typed: pd.DataFrame, phase: Judging) -> Suite:
    """The suite for the typed marks of one phase."""
    frame = typed.reset_index(drop=True)
    frame = frame.assign(
        is_off=marks.off_scale(frame["mark"], phase.scale).where(frame["mark"].notna())
    )
    low, high = phase.scale
    given = {"column": "is_off", "value_set": [False]}
    params = {"low": f"{low:f}", "high": f"{high:f}", "judge": "judge", "submission": "submission"}
    check = Check("mark_off_scale", "mark", "ExpectColumnValuesToBeInSet", given, "mark", params)
    return Suite(f"marks-{phase.code}", frame, [check])


def validate_keys(
    tables: Mapping[str, pd.DataFrame], evaluate: Evaluator = here
) -> Callable[[], pd.DataFrame]:
    """Rows of the table validation, once they are asked for: whether the key of each result table
    tells its rows apart, and whether what must be there is.
    """
    suites = [
        Suite(name, tables[name].reset_index(drop=True), _key_checks(table))
        for name, table in TABLES.items()
        if name in tables and name != "validation"
    ]
    answer = evaluate(suites)

    def rows() -> pd.DataFrame:
        parts = [
            _table(outcomes, suite.name, None)
            for suite, outcomes in zip(suites, answer(), strict=True)
        ]
        return pd.concat([_nothing(), *parts], ignore_index=True)

    return rows


def _key_checks(table: Table) -> list[Check]:
    checks = [
        Check("present", name, "ExpectColumnValuesToNotBeNull", {"column": name})
        for name in table.required
    ]
    if len(table.key) == 1:
        checks.append(
            Check("unique", table.key[0], "ExpectColumnValuesToBeUnique", {"column": table.key[0]})
        )
    elif table.key:
        checks.append(
            Check(
                "unique",
                ", ".join(table.key),
                "ExpectCompoundColumnsToBeUnique",
                {"column_list": list(table.key)},
            )
        )
    return checks


def _findings(outcome: Outcome, frame: pd.DataFrame, table: str, phase: str | None) -> pd.DataFrame:
    check = outcome.check
    if not len(outcome.rows):
        return findings.none()
    rows = frame.iloc[outcome.rows]
    places = rows[["source", "row"]].assign(
        field=rows["criterion"] if table == "marks" else check.field
    )
    if check.value:
        places["value"] = _written(rows[check.value])
    for name, given in check.params.items():
        places[name] = _told(rows[given]) if isinstance(given, str) and given in frame else given
    return findings.of(check.rule, places, table=table, **({"phase": phase} if phase else {}))


def _told(values: pd.Series) -> pd.Series:
    """What stands in the cells as parameters of a sentence: a time as people write it, a day
    without its hour; "" where there is nothing.
    """
    if pd.api.types.is_datetime64_any_dtype(values.dtype):
        values = values.dt.strftime(
            _MOMENT if isinstance(values.dtype, pd.DatetimeTZDtype) else _DAY
        )
    return values.astype("object").fillna("")


def _written(values: pd.Series) -> pd.Series:
    """What stands in the cells as text; a time as data/ has it: ISO 8601 with its offset."""
    if isinstance(values.dtype, pd.DatetimeTZDtype):
        return values.map(
            lambda moment: moment.isoformat(timespec="seconds"), na_action="ignore"
        ).astype("str")
    return values.astype("str")


def _table(outcomes: Sequence[Outcome], table: str, phase: str | None) -> pd.DataFrame:
    rows = [
        (o.check.rule, table, phase, o.check.field, o.checked, len(o.rows), o.state)
        for o in outcomes
    ]
    return pd.DataFrame(rows, columns=COLUMNS).astype(_nothing().dtypes.to_dict())


def _nothing() -> pd.DataFrame:
    dtypes = dict.fromkeys(COLUMNS, "str") | {"checked": "Int64", "failed": "Int64"}
    return pd.DataFrame({name: pd.Series(dtype=dtypes[name]) for name in COLUMNS})
