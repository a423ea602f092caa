"""Findings: one frame, one row a finding; codes and parameters, no sentences.

Columns: rule, severity, table, phase, source, row, submission_id, field, value, params (a dict for
the sentence). Severity is empty until `graded`; the sentence is made by `worded` when Results are
put together.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from tasks.rules import RULES, Severity, severity
from tasks.words import REMEDY, Words

COLUMNS = [
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
_DTYPES = dict.fromkeys(COLUMNS, "str") | {"row": "Int64", "params": "object"}
Names = Mapping[tuple[Any, str], str]
_ARROW = REMEDY.strip()
_RANK = {"critical": 0, "error": 1, "warning": 2}


def none() -> pd.DataFrame:
    """No findings: an empty frame with the columns of one."""
    return _empty().copy(deep=False)


@cache
def _empty() -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(dtype=_DTYPES[name]) for name in COLUMNS})


def one(rule: str, **cells: Any) -> pd.DataFrame:
    """One finding. `cells` are columns of a finding; any others become parameters of its
    sentence.
    """
    return of(rule, pd.DataFrame({name: [value] for name, value in cells.items()}))


def of(rule: str, places: pd.DataFrame, **cells: Any) -> pd.DataFrame:
    """One finding a row of `places`.

    Columns of `places` that a finding has are taken; its other columns become parameters. `cells`
    are the same for all.
    """
    assert rule in RULES, rule
    if places.empty:
        return none()
    known = {
        name: places[name].to_numpy() for name in COLUMNS if name in places and name != "params"
    }
    constant = {name: value for name, value in cells.items() if name in COLUMNS}
    extra = [name for name in places.columns if name not in COLUMNS]
    shared = {name: value for name, value in cells.items() if name not in COLUMNS}
    columns = {
        name: _column(known.get(name, constant.get(name)), name, len(places))
        for name in COLUMNS[:-1]
    }
    columns["rule"] = _column(rule, "rule", len(places))
    return pd.DataFrame(columns | {"params": _params(places[extra], shared)}, copy=False)


def _column(values: Any, name: str, many: int) -> pd.Series:
    """A column of findings: of what stands in each of them, or the same for all (that text then is
    one text).
    """
    dtype: Any = _DTYPES[name]
    column: pd.Series = pd.Series(values, index=pd.RangeIndex(many), dtype=dtype)
    return column


def _params(places: pd.DataFrame, shared: Mapping[str, Any]) -> pd.Series:
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


def at(rows: pd.DataFrame, places: pd.DataFrame) -> np.ndarray:
    """Whether each row stands at one of the places: by `source` and `row`, which may be missing
    (booleans).
    """
    if places.empty:
        return np.zeros(len(rows), dtype=bool)
    names, _ = pd.factorize(pd.concat([rows["source"], places["source"]]), use_na_sentinel=False)
    numbers = pd.concat([rows["row"], places["row"]]).to_numpy(dtype="float64", na_value=-1.0)
    keys = names * float(1 << 32) + numbers
    return np.isin(keys[: len(rows)], keys[len(rows) :])


def together(parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """All findings in one frame, in the order given."""
    full = [part for part in parts if len(part)]
    return pd.concat(full, ignore_index=True) if full else none()


def graded(
    findings: pd.DataFrame, required: tuple[str, ...], overrides: Mapping[str, Severity]
) -> pd.DataFrame:
    """The findings with their severity where it is not set yet, without those that [rules] turned
    off.
    """
    if findings.empty:
        return findings
    grade = cache(
        lambda rule, field: severity(
            rule, None if pd.isna(field) else field, required, dict(overrides)
        )
    )
    pairs = zip(findings["rule"].tolist(), findings["field"].tolist(), strict=True)
    by_rule = pd.Series(
        [grade(rule, field) for rule, field in pairs], index=findings.index, dtype="str"
    )
    graded_ = findings.assign(severity=findings["severity"].fillna(by_rule))
    return graded_[graded_["severity"] != "off"].reset_index(drop=True)


def worded(
    findings: pd.DataFrame, words: Words, names: Names = MappingProxyType({})
) -> pd.DataFrame:
    """The table findings of data/: severest first, then by table, phase and place; `message` says
    what is wrong and what to do. `names`: of criteria, requirements and levels by phase and code,
    and of phases by phase and "".
    """
    ordered = findings.assign(grade=findings["severity"].map(_RANK)).sort_values(
        ["grade", "table", "phase", "source", "row", "rule", "field", "value", "submission_id"],
        na_position="first",
        kind="stable",
    )
    shown = cache(lambda rule, phase, field: _shown(rule, phase, field, words, names))
    called = cache(lambda phase: names.get((phase, ""), _plain(phase)))
    said: dict[tuple[Any, ...], str] = {}  # a sentence that many findings have is made once
    messages = []
    for rule, phase, field, value, params in zip(
        *(ordered[name].tolist() for name in ("rule", "phase", "field", "value", "params")),
        strict=True,
    ):
        key = (rule, phase, field, value, id(params))
        if key not in said:
            said[key] = sentence(
                words,
                rule,
                field=shown(rule, phase, field),
                value=_plain(value),
                phase=called(phase),
                **_named(params or {}, words),
            )
        messages.append(said[key])
    told = pd.Series(messages, index=ordered.index, dtype="str")
    return ordered.assign(message=told).drop(columns=["params", "grade"])


def sentence(words: Words, rule: str, **params: Any) -> str:
    """What is wrong, an arrow, what to do. Text from a form cannot pass for the arrow.

    A rule with several causes has a sentence for each: the parameter `case` picks
    `rule.<code>.<case>.message`. With `earlier_stands` it is said besides that an earlier row of
    the innovation stands.
    """
    clean = {k: v.replace(_ARROW, "->") if isinstance(v, str) else v for k, v in params.items()}
    told = f"rule.{rule}.{clean['case']}" if clean.get("case") else f"rule.{rule}"
    stands = f"; {words.say('finding.earlier_stands')}" if clean.get("earlier_stands") else ""
    return _both_halves(words, told).format(**clean) + stands


@cache
def _both_halves(words: Words, told: str) -> str:
    return words.say(f"{told}.message") + REMEDY + words.say(f"{told}.remedy")


def _plain(value: Any) -> str:
    text = "" if value is None or value is pd.NA or value != value else str(value)
    return text if len(text) <= 120 else text[:117] + "..."


def _named(params: Mapping[str, Any], words: Words) -> dict[str, Any]:
    """The parameters; the names for people of the fields that a heading gives or seems to; the
    sources among them as people call them ("a.xlsx, lembar Juri 1"); and `cell`, where a correction
    names one by source and row, as such a place.
    """
    told = {**params}
    for name in ("gives", "claims"):
        if name in params:
            field = f"field.{params[name]}"
            told[f"{name}_name"] = words.say(field) if words.has(field) else str(params[name])
    for name in ("later_source", "cell_source"):
        if isinstance(source := params.get(name), str):
            file, _, sheet = source.partition("#")
            told[name] = f"{file}, {words.say('report.sheet', sheet=sheet)}" if sheet else file
    if isinstance(told.get("cell_source"), str):
        row = params.get("cell_row")
        at_row = "" if row is None or pd.isna(row) else f", {words.say('report.row', row=row)}"
        told["cell"] = told["cell_source"] + at_row
    return told


def _shown(rule: str, phase: Any, field: Any, words: Words, names: Names) -> str:
    """A field by its name for people, several joined by | as a list; a column of the folder's
    tables as it is written there.
    """
    if rule == "broken_register":
        return _plain(field)
    name = _plain(field)
    codes = name.split("|")
    if all((phase, code) in names for code in codes):
        return ", ".join(names[phase, code] for code in codes)
    return words.say(f"field.{name}") if words.has(f"field.{name}") else name
