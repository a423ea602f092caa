"""Findings in words: a sentence for each, in the competition's language.

What a rule is called and how severe a finding is belongs into catalogue.py; what a finding is made
of, into frame.py.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

import pandas as pd

from tasks.words import REMEDY_ARROW, Words

DisplayNames = Mapping[tuple[Any, str], str]
# parameters of sentences that are names for people, by the parameter that has the field's code
DERIVED_PARAMS = {"gives_name": "gives", "claims_name": "claims"}
_ARROW = REMEDY_ARROW.strip()
_SEVERITY_ORDER = {"critical": 0, "error": 1, "warning": 2}
_LONGEST_VALUE = 120  # characters; a sentence shows the beginning of a longer value
_MOST_QUOTED = 12  # texts quoted in one sentence
_LONGEST_QUOTED = 80  # characters of a quoted text


def word_findings(
    findings: pd.DataFrame, words: Words, names: DisplayNames = MappingProxyType({})
) -> pd.DataFrame:
    """The table findings of data/, with `message`: what is wrong and what to do.

    One row per finding: the severest first, then by table, phase and place. `names` has the names
    of criteria, requirements and levels by phase and code, and of phases by phase and "".
    """
    ordered = findings.assign(grade=findings["severity"].map(_SEVERITY_ORDER)).sort_values(
        ["grade", "table", "phase", "source", "row", "rule", "field", "value", "submission_id"],
        na_position="first",
        kind="stable",
    )
    messages = pd.Series(_sentences(ordered, words, names), index=ordered.index, dtype="str")
    return ordered.assign(message=messages).drop(columns=["params", "grade"])


def _sentences(findings: pd.DataFrame, words: Words, names: DisplayNames) -> list[str]:
    """A sentence for each finding, in order. A sentence that many findings have is made once."""
    field_name = cache(lambda rule, phase, field: _field_name(rule, phase, field, words, names))
    phase_name = cache(lambda phase: names.get((phase, ""), _shortened_text(phase)))
    known: dict[tuple[Any, ...], str] = {}
    sentences = []
    columns = [findings[name].tolist() for name in ("rule", "phase", "field", "value", "params")]
    for rule, phase, field, value, params in zip(*columns, strict=True):
        key = (rule, phase, field, value, id(params))
        if key not in known:
            known[key] = finding_sentence(
                words,
                rule,
                field=field_name(rule, phase, field),
                value=_shortened_text(value),
                phase=phase_name(phase),
                **_params_for_people(params or {}, words),
            )
        sentences.append(known[key])
    return sentences


def finding_sentence(words: Words, rule: str, **params: Any) -> str:
    """What is wrong, an arrow, what to do. Text from a form cannot pass for the arrow.

    A rule with several causes has a sentence for each: the parameter `case` picks
    `rule.<code>.<case>.message`. With `earlier_stands` the sentence says besides that an earlier
    row of the innovation stands. Raises KeyError for a parameter that is missing.
    """
    clean = {
        name: value.replace(_ARROW, "->") if isinstance(value, str) else value
        for name, value in params.items()
    }
    message = f"rule.{rule}.{clean['case']}" if clean.get("case") else f"rule.{rule}"
    sentence = _sentence_template(words, message).format(**clean)
    if clean.get("earlier_stands"):
        sentence += f"; {words.say('finding.earlier_stands')}"
    return sentence


@cache
def _sentence_template(words: Words, message: str) -> str:
    return words.say(f"{message}.message") + REMEDY_ARROW + words.say(f"{message}.remedy")


def quote_texts(texts: Iterable[str]) -> str:
    """Texts as a sentence shows them, in one line each: in quotes, the first of many."""
    lines = [" ".join(text.split()) for text in texts]
    quoted = [f'"{_first_characters(line)}"' for line in lines[:_MOST_QUOTED]]
    return ", ".join(quoted) + (" …" if len(lines) > _MOST_QUOTED else "")


def _first_characters(line: str) -> str:
    return f"{line[:_LONGEST_QUOTED]}…" if len(line) > _LONGEST_QUOTED else line


def _shortened_text(value: Any) -> str:
    """The value as text, "" where there is none."""
    if value is None or value is pd.NA or value != value:
        return ""
    text = str(value)
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 3] + "..."


def _params_for_people(params: Mapping[str, Any], words: Words) -> dict[str, Any]:
    """The parameters with names that people know, in place of codes and paths.

    `gives_name` and `claims_name`: the names of the fields that a heading gives or seems to give.
    `later_source`, `cell_source`: files as people call them ("a.xlsx, lembar Juri 1"). `cell`:
    that file and row, where a correction names its cell by source and row.
    """
    readable = {**params}
    for name, code in DERIVED_PARAMS.items():
        if code in params:
            field = f"field.{params[code]}"
            readable[name] = words.say(field) if words.has(field) else str(params[code])
    for name in ("later_source", "cell_source"):
        if isinstance(params.get(name), str):
            readable[name] = _source_name(params[name], words)
    if isinstance(params.get("cell_source"), str):
        readable["cell"] = readable["cell_source"] + _row_suffix(params.get("cell_row"), words)
    return readable


def _source_name(source: str, words: Words) -> str:
    """A file and its sheet as people call them."""
    file, _, sheet = source.partition("#")
    return f"{file}, {words.say('report.sheet', sheet=sheet)}" if sheet else file


def _row_suffix(row: Any, words: Words) -> str:
    if row is None or pd.isna(row):
        return ""
    return f", {words.say('report.row', row=row)}"


def _field_name(rule: str, phase: Any, field: Any, words: Words, names: DisplayNames) -> str:
    """A field by its name for people, several (joined by |) as a list. A column of the folder's
    tables as the file has it.
    """
    name = _shortened_text(field)
    if rule == "broken_register":
        return name
    codes = name.split("|")
    if all((phase, code) in names for code in codes):
        return ", ".join(names[phase, code] for code in codes)
    return words.say(f"field.{name}") if words.has(f"field.{name}") else name
