"""The contents of the copies: tables, exports, earlier years; read, corrected, typed."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from flows.night.gather import Inputs
from tasks.corrections.corrections import CorrectedDeliveries, apply_corrections
from tasks.findings.frame import Found, join_findings, make_finding, no_findings
from tasks.findings.wording import quote_texts
from tasks.intake import marks, screening, submissions
from tasks.intake.delivery import Delivery
from tasks.intake.raw import Raw
from tasks.register.tables import Tables, read_tables
from tasks.rules.competition import Competition, JudgingPhase, ScreeningPhase

SUBMISSIONS = "submissions"
_KIND_OF_FOLDER = {"scores": "judging", "screening": "screening"}  # of the inbox
EARLIER_YEAR_COLUMNS = ("year", "received", "accepted", "agencies_obliged", "agencies_compliant")


@dataclass(frozen=True, eq=False)
class InputFrames:
    """The frames that a night computes with, and the findings on them.

    `tables`: those of the folder. `earlier`: see `earlier_years`. `submissions`: typed
    rows. `evidence`: typed marks and answers by phase code. `listed`: tables of data/ that are
    complete already, by name.
    """

    tables: Tables
    earlier: pd.DataFrame
    submissions: pd.DataFrame
    evidence: Mapping[str, pd.DataFrame]
    listed: Mapping[str, pd.DataFrame]
    findings: pd.DataFrame


@dataclass(frozen=True, eq=False)
class TypedEvidence:
    """The typed marks and answers by phase code, and the findings on their cells."""

    frames: Mapping[str, pd.DataFrame]
    findings: pd.DataFrame


def read_inputs(inputs: Inputs) -> InputFrames:
    """All frames of the inputs."""
    rules = inputs.competition
    register = read_tables(inputs.tables, rules)
    tables = register.tables
    earlier = earlier_years(inputs.tables, tables.counts)
    corrected = apply_corrections(read_deliveries(inputs), tables, rules)
    delivered = corrected.deliveries
    typed = submissions.type_submissions(delivered[SUBMISSIONS].rows, rules)
    evidence = type_evidence(delivered, rules, inputs.states)
    listed = _listed_tables(corrected)
    findings = [
        register.findings,
        refused_file_findings(inputs),
        corrected.findings,
        *(delivery.findings for delivery in delivered.values()),
        typed.findings,
        evidence.findings,
    ]
    joined = join_findings(findings)
    return InputFrames(tables, earlier, typed.frame, evidence.frames, listed, joined)


def _listed_tables(corrected: CorrectedDeliveries) -> dict[str, pd.DataFrame]:
    """The tables of data/ that are complete once the corrections are made, by name."""
    deliveries = corrected.deliveries.values()
    return {
        "exports": _concat_frames(delivery.exports for delivery in deliveries),
        "headings": _concat_frames(delivery.headings for delivery in deliveries),
        "corrections": corrected.corrections,
        "corrected": corrected.corrected,
    }


def _concat_frames(frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat(list(frames), ignore_index=True)


def read_deliveries(inputs: Inputs) -> dict[str, Delivery]:
    """The exports of each place, cells still text: of `submissions`, and by the code of each phase
    with evidence.
    """
    rules, pulled = inputs.competition, inputs.pulled
    delivered = {SUBMISSIONS: submissions.read_submissions(pulled.copies_at("submissions"), rules)}
    for phase in rules.phases:
        if isinstance(phase, JudgingPhase):
            raws = pulled.copies_at(f"scores/{phase.code}")
            delivered[phase.code] = marks.read_marks(raws, phase, rules)
        elif isinstance(phase, ScreeningPhase):
            raws = pulled.copies_at(f"screening/{phase.code}")
            delivered[phase.code] = screening.read_answers(raws, phase, rules)
    return delivered


def type_evidence(
    delivered: Mapping[str, Delivery], rules: Competition, states: Mapping[str, str]
) -> TypedEvidence:
    """The marks and answers of each phase for which anything was delivered.

    Rows of a phase that has not begun are counted and not judged: their cells have no findings.
    """
    frames: dict[str, pd.DataFrame] = {}
    findings: list[pd.DataFrame] = []
    for code, delivery in delivered.items():
        if code == SUBMISSIONS or delivery.rows.empty:
            continue
        typed = _type_rows(delivery.rows, code, rules)
        frames[code] = typed.frame
        if states[code] != "not_begun":
            findings.append(typed.findings.assign(phase=code))
    return TypedEvidence(frames, join_findings(findings))


def _type_rows(rows: pd.DataFrame, phase_code: str, rules: Competition) -> Found:
    """The rows of marks or answers of a phase, typed, and the findings on their cells."""
    if isinstance(rules.phase(phase_code), JudgingPhase):
        return marks.type_marks(rows, rules)
    return screening.type_answers(rows, rules)


def refused_file_findings(inputs: Inputs) -> pd.DataFrame:
    """A finding for each file that was not read: too large, in no place of the inbox, in a folder
    that is no phase.
    """
    rows = [
        {"source": file.name, "case": file.reason, **file.params} for file in inputs.pulled.refused
    ]
    for place, raws in inputs.pulled.places.items():
        params = _no_phase_params(place, inputs.competition)
        if params:
            rows += [{"source": raw.name, **params} for raw in raws]
    findings = [
        make_finding("unreadable_file", table="exports", file=row["source"], **row) for row in rows
    ]
    return join_findings([*findings, no_readable_export_finding(inputs)])


def _no_phase_params(place: str, rules: Competition) -> dict[str, Any] | None:
    """The parameters of the finding that a folder of the inbox (`scores/<code>`) is that of no
    phase; None where there is such a phase.
    """
    folder, _, code = place.partition("/")
    kind = _KIND_OF_FOLDER.get(folder)
    known = [phase.code for phase in rules.phases if phase.kind == kind]
    if kind is None or code in known:
        return None
    names = ", ".join(known) or "-"
    return {"case": "no_phase", "folder": place, "kind": kind, "known": names}


def no_readable_export_finding(inputs: Inputs) -> pd.DataFrame:
    """The critical finding `no_readable_export` where submissions were delivered and none of them
    could be copied.
    """
    refused = [file.name for file in inputs.pulled.refused]
    files = [name for name in refused if name == "inbox" or name.startswith("submissions/")]
    if inputs.pulled.copies_at(SUBMISSIONS) or not files:
        return no_findings()
    return make_finding(
        "no_readable_export", table=SUBMISSIONS, count=len(files), files=quote_texts(files)
    )


def earlier_years(raws: Iterable[Raw], counts: pd.DataFrame) -> pd.DataFrame:
    """What earlier years came to, one row per year: as their archives say, else counts.csv.

    Int64 columns EARLIER_YEAR_COLUMNS. `raws`: the copies of the folder's files without the
    inbox; among them is each archive's history.csv.
    """
    histories = [raw for raw in raws if raw.name.endswith("/data/history.csv")]
    histories.sort(key=lambda raw: raw.name.split("/"))
    columns = list(EARLIER_YEAR_COLUMNS)
    own_years = [_last_history_row(raw.load()) for raw in histories]
    archived = pd.DataFrame(own_years, columns=columns)
    years = pd.concat([archived, counts.reindex(columns=columns)])
    numbers: pd.DataFrame = years.apply(pd.to_numeric).astype("Int64")
    return numbers.drop_duplicates("year", keep="first").reset_index(drop=True)


def _last_history_row(history: bytes) -> dict[str, str | None]:
    """The archive's own year: the last row of its history.csv."""
    text = io.StringIO(history.decode("utf-8"), newline="")
    rows = list(csv.DictReader(text))
    return {name: value or None for name, value in rows[-1].items()}
