"""Findings: one frame, one row a finding; codes and parameters, no sentences.

Columns: rule, severity, table, phase, source, row, submission_id, field, value, params (a dict for
the sentence). Severity is empty until `grade_findings`; wording.py makes the sentences when Results
are put together.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from tasks.findings.catalogue import RULES, FindingSeverity, finding_severity

FINDING_COLUMNS = [
    "rule",
    "severity",
    "table",
    "phase",
    "source",
    "row",
    "submission_id",
    "field",
    "value",
    "params",
]
_FINDING_DTYPES = dict.fromkeys(FINDING_COLUMNS, "str") | {"row": "Int64", "params": "object"}


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
    return pd.DataFrame({name: pd.Series(dtype=_FINDING_DTYPES[name]) for name in FINDING_COLUMNS})


def make_finding(rule: str, **cells: Any) -> pd.DataFrame:
    """One finding. `cells` are columns of a finding; any others become parameters of its
    sentence.
    """
    return make_findings(rule, pd.DataFrame({name: [value] for name, value in cells.items()}))


def make_findings(rule: str, places: pd.DataFrame, **cells: Any) -> pd.DataFrame:
    """One finding a row of `places`.

    Columns of `places` that a finding has are taken; its other columns become parameters. `cells`
    are the same for all.
    """
    assert rule in RULES, rule
    if places.empty:
        return no_findings()
    known = {
        name: places[name].to_numpy()
        for name in FINDING_COLUMNS
        if name in places and name != "params"
    }
    constant = {name: value for name, value in cells.items() if name in FINDING_COLUMNS}
    extra = [name for name in places.columns if name not in FINDING_COLUMNS]
    shared = {name: value for name, value in cells.items() if name not in FINDING_COLUMNS}
    columns = {
        name: _finding_column(known.get(name, constant.get(name)), name, len(places))
        for name in FINDING_COLUMNS[:-1]
    }
    columns["rule"] = _finding_column(rule, "rule", len(places))
    return pd.DataFrame(columns | {"params": _finding_params(places[extra], shared)}, copy=False)


def _finding_column(values: Any, name: str, many: int) -> pd.Series:
    """A column of findings: of what stands in each of them, or the same for all (that text then is
    one text).
    """
    dtype: Any = _FINDING_DTYPES[name]
    column: pd.Series = pd.Series(values, index=pd.RangeIndex(many), dtype=dtype)
    return column


def _finding_params(places: pd.DataFrame, shared: Mapping[str, Any]) -> pd.Series:
    """The parameters of each finding. Findings with the same ones share one dict: never change it,
    make another.
    """
    number = np.zeros(len(places), dtype=np.int64)
    for name in places:
        codes, _ = pd.factorize(places[name], use_na_sentinel=False)
        number, _ = pd.factorize(number * (codes.max() + 1) + codes)
    _, first = np.unique(number, return_index=True)
    names = places.columns.tolist()
    records = (
        zip(*(places[name].iloc[first].tolist() for name in names), strict=True) if names else [()]
    )
    of_number = np.array(
        [{**shared, **dict(zip(names, cells, strict=True))} for cells in records], dtype="object"
    )
    return pd.Series(of_number[number], index=pd.RangeIndex(len(places)), dtype="object")


def is_at_place(rows: pd.DataFrame, places: pd.DataFrame) -> np.ndarray:
    """Whether each row stands at one of the places: by `source` and `row`, which may be missing
    (booleans).
    """
    if places.empty:
        return np.zeros(len(rows), dtype=bool)
    names, _ = pd.factorize(pd.concat([rows["source"], places["source"]]), use_na_sentinel=False)
    numbers = pd.concat([rows["row"], places["row"]]).to_numpy(dtype="float64", na_value=-1.0)
    keys = names * float(1 << 32) + numbers
    return np.isin(keys[: len(rows)], keys[len(rows) :])


def join_findings(parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """All findings in one frame, in the order given."""
    full = [part for part in parts if len(part)]
    return pd.concat(full, ignore_index=True) if full else no_findings()


def grade_findings(
    findings: pd.DataFrame, required: tuple[str, ...], overrides: Mapping[str, FindingSeverity]
) -> pd.DataFrame:
    """The findings with their severity where it is not set yet, without those that [rules] turned
    off.
    """
    if findings.empty:
        return findings
    grade = cache(
        lambda rule, field: finding_severity(
            rule, None if pd.isna(field) else field, required, dict(overrides)
        )
    )
    pairs = zip(findings["rule"].tolist(), findings["field"].tolist(), strict=True)
    by_rule = pd.Series(
        [grade(rule, field) for rule, field in pairs], index=findings.index, dtype="str"
    )
    graded_ = findings.assign(severity=findings["severity"].fillna(by_rule))
    return graded_[graded_["severity"] != "off"].reset_index(drop=True)
