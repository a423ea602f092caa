"""Findings in words: a sentence for each, in the competition's language."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

import pandas as pd

from tasks.words import REMEDY_ARROW, Words

DisplayNames = Mapping[tuple[Any, str], str]
_ARROW = REMEDY_ARROW.strip()
_SEVERITY_ORDER = {"critical": 0, "error": 1, "warning": 2}


def word_findings(
    findings: pd.DataFrame, words: Words, names: DisplayNames = MappingProxyType({})
) -> pd.DataFrame:
    """The table findings of data/: severest first, then by table, phase and place; `message` says
    what is wrong and what to do. `names`: of criteria, requirements and levels by phase and code,
    and of phases by phase and "".
    """
    ordered = findings.assign(grade=findings["severity"].map(_SEVERITY_ORDER)).sort_values(
        ["grade", "table", "phase", "source", "row", "rule", "field", "value", "submission_id"],
        na_position="first",
        kind="stable",
    )
    shown = cache(lambda rule, phase, field: _field_name(rule, phase, field, words, names))
    called = cache(lambda phase: names.get((phase, ""), _shortened_text(phase)))
    said: dict[tuple[Any, ...], str] = {}  # a sentence that many findings have is made once
    messages = []
    for rule, phase, field, value, params in zip(
        *(ordered[name].tolist() for name in ("rule", "phase", "field", "value", "params")),
        strict=True,
    ):
        key = (rule, phase, field, value, id(params))
        if key not in said:
            said[key] = finding_sentence(
                words,
                rule,
                field=shown(rule, phase, field),
                value=_shortened_text(value),
                phase=called(phase),
                **_params_for_people(params or {}, words),
            )
        messages.append(said[key])
    told = pd.Series(messages, index=ordered.index, dtype="str")
    return ordered.assign(message=told).drop(columns=["params", "grade"])


def finding_sentence(words: Words, rule: str, **params: Any) -> str:
    """What is wrong, an arrow, what to do. Text from a form cannot pass for the arrow.

    A rule with several causes has a sentence for each: the parameter `case` picks
    `rule.<code>.<case>.message`. With `earlier_stands` it is said besides that an earlier row of
    the innovation stands.
    """
    clean = {k: v.replace(_ARROW, "->") if isinstance(v, str) else v for k, v in params.items()}
    told = f"rule.{rule}.{clean['case']}" if clean.get("case") else f"rule.{rule}"
    stands = f"; {words.say('finding.earlier_stands')}" if clean.get("earlier_stands") else ""
    return _sentence_template(words, told).format(**clean) + stands


@cache
def _sentence_template(words: Words, told: str) -> str:
    return words.say(f"{told}.message") + REMEDY_ARROW + words.say(f"{told}.remedy")


def _shortened_text(value: Any) -> str:
    text = "" if value is None or value is pd.NA or value != value else str(value)
    return text if len(text) <= 120 else text[:117] + "..."


def _params_for_people(params: Mapping[str, Any], words: Words) -> dict[str, Any]:
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


def _field_name(rule: str, phase: Any, field: Any, words: Words, names: DisplayNames) -> str:
    """A field by its name for people, several joined by | as a list; a column of the folder's
    tables as it is written there.
    """
    if rule == "broken_register":
        return _shortened_text(field)
    name = _shortened_text(field)
    codes = name.split("|")
    if all((phase, code) in names for code in codes):
        return ", ".join(names[phase, code] for code in codes)
    return words.say(f"field.{name}") if words.has(f"field.{name}") else name
