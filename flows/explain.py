"""kipp explain: an innovation of the published run, with its exports read again from their
copies.
"""

import json
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from flows import messages, request
from flows.copies import Copies
from flows.inputs import Request, published
from reports.edition import edition
from reports.pages import explanation
from reports.pages.explanation import Explanation
from reports.plain import harmless, plain
from tasks import competition as rules
from tasks import innovations
from tasks.errors import CallError, Problem
from tasks.results import Results


def explain(folder: Path, asked: str, as_json: bool = False) -> str:
    """The explanation as text for a terminal, or as JSON.

    Raises CallError where nothing is published, or where it is not clear which innovation is meant.
    """
    made = made_of(folder, asked)
    if as_json:
        return json_of(made)
    return plain("explanation.txt", rules.load(folder).language, messages.width(), it=made)


def made_of(folder: Path, asked: str) -> Explanation:
    """The explanation of the innovation that `asked` means: an id or a title."""
    competition = rules.load(folder)
    there = published(Request(folder), competition)
    manifest = there.manifest()
    if manifest is None:
        raise CallError(Problem("flows.nothing_published", str(folder)))
    is_current = not request.notice(folder, competition, manifest)
    with request.on_disk(there, manifest) as data:
        results = Results.read(data)
    settled = innovations.settled(results["submissions"])
    rows = settled[settled["innovation"] == _innovation(asked, settled)]
    evidence = Copies(Request(folder).kipp / "raw", results, settled, rows).evidence()
    as_of = datetime.fromisoformat(manifest["as_of"])
    return explanation.build(
        results, edition(results.competition), rows, evidence, manifest["run"], as_of, is_current
    )


def _innovation(asked: str, settled: pd.DataFrame) -> str:
    found = innovations.find(asked, settled)
    if found.submission_id is None:
        near = "; ".join(f"{submission_id} ({title})" for submission_id, title in found.candidates)
        message = "explain.not_found.near" if near else "explain.not_found"
        told = {"asked": harmless(asked), "near": harmless(near)}
        raise CallError(Problem(message, "SUBMISSION", told))
    counting = settled[settled["counts"] & (settled["submission_id"] == found.submission_id)]
    return str(counting["innovation"].iloc[0])


def json_of(made: Explanation) -> str:
    """The explanation as JSON: its fields by name, scores as text with their decimals, times as ISO
    8601.

    What would steer a terminal is escaped, though a program would not mind.
    """
    text = json.dumps(_values(made), ensure_ascii=False, indent=2)
    return "".join(c if harmless(c) == c else json.dumps(c)[1:-1] for c in text)


def _values(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        named = getattr(
            type(value), "kind", None
        )  # of a phase; other dataclasses have a field of that name
        kind = {"kind": named} if isinstance(named, str) else {}
        return kind | {field.name: _values(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_values(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
