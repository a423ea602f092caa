"""kipp explain: an innovation of the published run, with its exports read again from their
copies.
"""

import json
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from flows.messages import sentences
from flows.night.gather import Request, published_runs
from flows.office import report
from flows.office.delivered_cells import ExportCopies
from reports.content.edition import edition
from reports.formats.terminal_text import harmless_text, render_text
from reports.pages.explain import explanation
from reports.pages.explain.explanation import Explanation
from tasks.disk.folder import load_competition
from tasks.errors import CallError, ErrorMessage
from tasks.results import innovations
from tasks.results.results import Results


def explain_innovation(folder: Path, asked: str, as_json: bool = False) -> str:
    """The explanation as text for a terminal, or as JSON.

    Raises CallError where nothing is published, or where it is not clear which innovation is meant.
    """
    made = make_explanation(folder, asked)
    if as_json:
        return explanation_json(made)
    return render_text(
        "explanation.txt",
        load_competition(folder).language,
        sentences.terminal_width(),
        it=made,
    )


def make_explanation(folder: Path, asked: str) -> Explanation:
    """The explanation of the innovation that `asked` means: an id or a title."""
    competition = load_competition(folder)
    there = published_runs(Request(folder), competition)
    manifest = there.manifest()
    if manifest is None:
        raise CallError(ErrorMessage("flows.nothing_published", str(folder)))
    is_current = not report.newer_inbox_notice(folder, competition, manifest)
    results = Results.of_files(there.data_files(manifest))
    settled = innovations.add_innovations(results["submissions"])
    rows = settled[settled["innovation"] == _find_innovation(asked, settled)]
    evidence = ExportCopies(Request(folder).kipp / "raw", results, settled, rows).evidence()
    return explanation.build(
        results,
        edition(results.competition),
        rows,
        evidence,
        manifest.run,
        manifest.as_of,
        is_current,
    )


def _find_innovation(asked: str, settled: pd.DataFrame) -> str:
    found = innovations.find_innovation(asked, settled)
    if found.submission_id is None:
        near = "; ".join(f"{submission_id} ({title})" for submission_id, title in found.candidates)
        message = "explain.not_found.near" if near else "explain.not_found"
        told = {"asked": harmless_text(asked), "near": harmless_text(near)}
        raise CallError(ErrorMessage(message, "SUBMISSION", told))
    counting = settled[settled["counts"] & (settled["submission_id"] == found.submission_id)]
    return str(counting["innovation"].iloc[0])


def explanation_json(made: Explanation) -> str:
    """The explanation as JSON: its fields by name, scores as text with their decimals, times as ISO
    8601.

    What would steer a terminal is escaped, though a program would not mind.
    """
    text = json.dumps(_json_values(made), ensure_ascii=False, indent=2)
    return "".join(c if harmless_text(c) == c else json.dumps(c)[1:-1] for c in text)


def _json_values(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        named = getattr(
            type(value), "kind", None
        )  # of a phase; other dataclasses have a field of that name
        kind = {"kind": named} if isinstance(named, str) else {}
        return kind | {
            field.name: _json_values(getattr(value, field.name)) for field in fields(value)
        }
    if isinstance(value, tuple):
        return [_json_values(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
