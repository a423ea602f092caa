"""Findings: a frame with one row per finding, of codes and parameters.

Columns: rule, severity, table, phase, source, row, submission_id, field, value, params (a dict for
the sentence). Severity is missing until `grade_findings`. Sentences do not belong here: wording.py
makes them when Results are put together.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from tasks.findings.catalogue import RULES, FindingSeverity, finding_severity
from tasks.schema import FRAMES

_FRAME = FRAMES["findings"]
FINDING_COLUMNS = list(_FRAME.columns)


@dataclass(frozen=True, eq=False)
class Found:
    """What a step gives: its frame, and the findings on what the step read.

    The docstring of each step says what one row of `frame` is; `findings` is a frame of findings.
    """

    frame: pd.DataFrame
    findings: pd.DataFrame


def no_findings() -> pd.DataFrame:
    """No findings: an empty frame with the columns of one."""
    return _empty_findings().copy(deep=False)


@cache
def _empty_findings() -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(dtype=_FRAME.dtypes[name]) for name in FINDING_COLUMNS})


def make_finding(rule: str, **cells: Any) -> pd.DataFrame:
    """One finding. Cells with the name of a finding's column go there; the others are parameters
    of its sentence.

    Raises ValueError as `make_findings` does.
    """
    return make_findings(rule, pd.DataFrame({name: [value] for name, value in cells.items()}))


def make_findings(rule: str, places: pd.DataFrame, **cells: Any) -> pd.DataFrame:
    """One finding for each row of `places`; `cells` are the same for all of them.

    Columns and cells with the name of a finding's column go there; the others are parameters of the
    sentence. Raises ValueError for a rule or a case that is not in the catalogue, and where a
    parameter that the catalogue declares for the sentence is missing.
    """
    if rule not in RULES:
        raise ValueError(f"the catalogue has no rule {rule!r}")
    if places.empty:
        return no_findings()
    _check_params(rule, places, cells)
    own_columns = {
        name: places[name].to_numpy()
        for name in FINDING_COLUMNS
        if name in places and name != "params"
    }
    shared_columns = {name: value for name, value in cells.items() if name in FINDING_COLUMNS}
    shared_columns["rule"] = rule
    shared_params = {name: value for name, value in cells.items() if name not in FINDING_COLUMNS}
    columns = {
        name: _finding_column(own_columns.get(name, shared_columns.get(name)), name, len(places))
        for name in FINDING_COLUMNS[:-1]
    }
    param_names = [name for name in places.columns if name not in FINDING_COLUMNS]
    columns["params"] = _finding_params(places[param_names], shared_params)
    return pd.DataFrame(columns, copy=False)


def _check_params(rule: str, places: pd.DataFrame, cells: Mapping[str, Any]) -> None:
    """Raises ValueError where a finding has a case without a sentence, or lacks a parameter of its
    sentence.
    """
    given = {*places.columns, *cells}
    cases = places["case"].unique() if "case" in places else [cells.get("case")]
    for case in cases:
        if case and case not in RULES[rule].cases:
            raise ValueError(f"rule {rule} has no case {case!r}")
        missing = set(RULES[rule].sentence_params(case)) - given
        if missing:
            names = ", ".join(sorted(missing))
            raise ValueError(f"rule {rule}, case {case!r}: without the parameters {names}")


def _finding_column(values: Any, name: str, count: int) -> pd.Series:
    """A column of findings. `values`: a value for each of them, or one that all of them share."""
    dtype: Any = _FRAME.dtypes[name]
    column: pd.Series = pd.Series(values, index=pd.RangeIndex(count), dtype=dtype)
    return column


def _finding_params(places: pd.DataFrame, shared: Mapping[str, Any]) -> pd.Series:
    """The parameters of each finding, a dict each.

    Findings with equal parameters share one dict: never change a dict, make another.
    """
    group = _groups_of_equal_rows(places)
    _, first = np.unique(group, return_index=True)
    names = places.columns.tolist()
    columns = [places[name].iloc[first].tolist() for name in names]
    rows = zip(*columns, strict=True) if names else [()]
    dicts = [{**shared, **dict(zip(names, row, strict=True))} for row in rows]
    dict_of_group = np.array(dicts, dtype="object")
    return pd.Series(dict_of_group[group], index=pd.RangeIndex(len(places)), dtype="object")


def _groups_of_equal_rows(rows: pd.DataFrame) -> np.ndarray:
    """A number from 0 for each row, the same for equal rows."""
    group = np.zeros(len(rows), dtype=np.int64)
    for name in rows:
        codes, _ = pd.factorize(rows[name], use_na_sentinel=False)
        group, _ = pd.factorize(group * (codes.max() + 1) + codes)
    return group


def is_at_place(rows: pd.DataFrame, places: pd.DataFrame) -> np.ndarray:
    """Whether each row stands at one of the places (booleans). Both frames have `source` and
    `row`, which may be missing.
    """
    if places.empty:
        return np.zeros(len(rows), dtype=bool)
    sources, _ = pd.factorize(pd.concat([rows["source"], places["source"]]), use_na_sentinel=False)
    numbers = pd.concat([rows["row"], places["row"]]).to_numpy(dtype="float64", na_value=-1.0)
    keys = sources * float(1 << 32) + numbers
    return np.isin(keys[: len(rows)], keys[len(rows) :])


def join_findings(parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """All findings in one frame, in the order given."""
    filled = [part for part in parts if len(part)]
    return pd.concat(filled, ignore_index=True) if filled else no_findings()


def grade_findings(
    findings: pd.DataFrame, required: tuple[str, ...], overrides: Mapping[str, FindingSeverity]
) -> pd.DataFrame:
    """The findings with a severity where they had none, without those that [rules] turned off."""
    if findings.empty:
        return findings

    @cache
    def severity(rule: str, field: object) -> FindingSeverity:
        field_code = field if isinstance(field, str) else None
        return finding_severity(rule, field_code, required, dict(overrides))

    pairs = zip(findings["rule"].tolist(), findings["field"].tolist(), strict=True)
    severities = [severity(rule, field) for rule, field in pairs]
    by_rule = pd.Series(severities, index=findings.index, dtype="str")
    with_severity = findings.assign(severity=findings["severity"].fillna(by_rule))
    return with_severity[with_severity["severity"] != "off"].reset_index(drop=True)
