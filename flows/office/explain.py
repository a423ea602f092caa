"""kipp explain: how the result of an innovation came about, from the published run and its exports.

The exports are read again from their copies, in delivered_cells.py.
"""

import json
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

import pandas as pd

from flows.messages import sentences
from flows.messages.json_rows import json_pieces
from flows.night.gather import Request, published_runs, require_manifest
from flows.office.delivered_cells import ExportCopies
from flows.office.newer_inbox import newer_inbox_notice
from reports.content.edition import edition
from reports.formats.terminal_text import harmless_text, render_text
from reports.pages.explain import explanation
from reports.pages.explain.explanation import Explanation
from tasks.disk.folder import load_competition
from tasks.errors import CallError, ErrorMessage
from tasks.results import innovations
from tasks.results.results import Results


def explain_innovation(request: Request, asked: str, as_json: bool = False) -> str:
    """The explanation as text for a terminal, or as JSON.

    `asked`: an id or a title. Raises CallError where nothing is published, or where it is not clear
    which innovation is meant.
    """
    explained = make_explanation(request, asked)
    if as_json:
        return explanation_json(explained)
    language = load_competition(request.folder).language
    return render_text("explanation.txt", language, sentences.terminal_width(), it=explained)


def make_explanation(request: Request, asked: str) -> Explanation:
    """The explanation of the innovation that `asked` means: an id or a title."""
    competition = load_competition(request.folder)
    published = published_runs(request, competition)
    manifest = require_manifest(published, request.folder)
    is_current = not newer_inbox_notice(request, competition, manifest)
    results = Results.of_files(published.data_files(manifest))
    settled = innovations.add_innovations(results["submissions"])
    rows = settled[settled["innovation"] == _find_innovation(asked, settled)]
    evidence = ExportCopies(request.kipp / "raw", results, settled, rows).evidence()
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
    """The innovation that `asked` means. Raises CallError that names similar ones."""
    match = innovations.find_innovation(asked, settled)
    if match.submission_id is None:
        near = "; ".join(f"{submission_id} ({title})" for submission_id, title in match.candidates)
        message = "explain.not_found.near" if near else "explain.not_found"
        params = {"asked": harmless_text(asked), "near": harmless_text(near)}
        raise CallError(ErrorMessage(message, "SUBMISSION", params))
    counting = settled[settled["counts"] & (settled["submission_id"] == match.submission_id)]
    return str(counting["innovation"].iloc[0])


def explanation_json(explained: Explanation) -> str:
    """The explanation as JSON: its fields by name, scores as text with their decimals, times as ISO
    8601.

    Letters that would steer a terminal are escaped, though a program would not mind them.
    """
    text = "".join(json_pieces(_json_values(explained)))
    return "".join(_escape_letter(letter) for letter in text)


def _escape_letter(letter: str) -> str:
    return letter if harmless_text(letter) == letter else json.dumps(letter)[1:-1]


def _json_values(value: Any) -> Any:
    """The value with its dataclasses as mappings; of a phase also its `kind`."""
    if is_dataclass(value) and not isinstance(value, type):
        # a phase has its kind on its class; in other dataclasses `kind` is a field
        phase_kind = getattr(type(value), "kind", None)
        kind = {"kind": phase_kind} if isinstance(phase_kind, str) else {}
        values = {field.name: _json_values(getattr(value, field.name)) for field in fields(value)}
        return kind | values
    if isinstance(value, tuple):
        return [_json_values(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
