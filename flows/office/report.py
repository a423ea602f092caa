"""kipp report: one report, made from data/ of the published run and never from an export."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from flows.night.gather import (
    Credentials,
    Request,
    no_credentials,
    published_runs,
    require_manifest,
)
from flows.office.newer_inbox import newer_inbox_notice
from flows.office.output import write_output
from flows.office.report_choices import Audience, ReportFormat
from reports.content import paths
from reports.content.edition import Edition, edition
from reports.formats.logo import logo_data_uri
from tasks.disk.folder import load_competition, logo_bytes
from tasks.disk.manifest import Manifest
from tasks.disk.runs import PublishedFolder
from tasks.disk.storage import DiskStorage
from tasks.errors import CallError, ErrorMessage
from tasks.rules.competition import Competition
from tasks.schema import TABLES

if TYPE_CHECKING:
    import pandas as pd

    from reports.documents.document import PlannedDocument
    from tasks.results.results import Results

AGENCIES = "agencies"  # chosen like a phase: One Agency One Innovation
PHASE_TABLES = {
    "registration": "submissions",
    "screening": "screening",
    "judging": "rankings",
    "nomination": "nominations",
}


@dataclass(frozen=True)
class ReportRequest:
    """Which report of the competition in `folder`.

    `phase`: the code of a phase, or AGENCIES. `category`, `agency`: codes; None for all.
    `credentials`: what remote storages are opened with.
    """

    folder: Path
    phase: str
    category: str | None = None
    agency: str | None = None
    audience: Audience = Audience.internal
    form: ReportFormat = ReportFormat.pdf
    credentials: Credentials = no_credentials

    @property
    def request(self) -> Request:
        """The request that finds what is published."""
        return Request(self.folder, credentials=self.credentials)

    @property
    def name(self) -> str:
        """The name of the report's file, without its suffix."""
        part = self.category or self.agency
        return f"{self.phase}-{part}" if part else self.phase


def write_report(wanted: ReportRequest, output: Path | None, where: Path | None = None) -> Path:
    """The path of the report, after it was written to `output`, else under its own name in `where`.

    `where`: None for the current folder. Raises CallError.
    """
    competition = load_competition(wanted.folder)
    refuse_unknown_names(wanted, competition)
    published = published_runs(wanted.request, competition)
    manifest = require_manifest(published, wanted.folder)
    notice = newer_inbox_notice(wanted.request, competition, manifest)
    content = make_report(wanted, published, manifest, notice)
    target = output or (where or Path.cwd()) / f"{wanted.name}.{wanted.form}"
    return write_output(target, content)


def requested_reports_folder(wanted: ReportRequest) -> Path:
    """Where reports on request are kept for the browser: published/requested/.

    Where published/ is remote: .kipp/requested/.
    """
    storage = published_runs(wanted.request, load_competition(wanted.folder)).storage
    if isinstance(storage, DiskStorage):
        return storage.root / "requested"
    return wanted.request.kipp / "requested"


def refuse_unknown_names(wanted: ReportRequest, competition: Competition) -> None:
    """Raises CallError for a phase or category that is not there, and names those there are.

    Also for a public report, and for a category and an agency at once.
    """
    phases = [*(phase.code for phase in competition.phases), AGENCIES]
    categories = [category.code for category in competition.categories]
    if wanted.audience != Audience.internal:
        raise CallError(ErrorMessage("flows.not_public", "--audience"))
    if wanted.category and wanted.agency:
        raise CallError(ErrorMessage("flows.category_or_agency"))
    if wanted.phase not in phases:
        params = {"phase": wanted.phase, "known": ", ".join(phases)}
        raise CallError(ErrorMessage("flows.no_phase", "PHASE", params))
    if wanted.category and (wanted.category not in categories or wanted.phase == AGENCIES):
        params = {"category": wanted.category, "known": ", ".join(categories)}
        raise CallError(ErrorMessage("flows.no_category", "--category", params))


def make_report(
    wanted: ReportRequest, published: PublishedFolder, manifest: Manifest, notice: str = ""
) -> bytes:
    """The report's bytes. `notice`: what is printed at its head, "" for nothing."""
    from reports.documents.document import render_documents  # start-up time
    from tasks.results.results import Results  # start-up time

    results = Results.of_files(published.data_files(manifest))
    if wanted.form == ReportFormat.csv:
        return report_csv(results, wanted)
    made_for = _edition_with_notice(results, wanted.folder, notice)
    planned = choose_document(results, made_for, wanted, manifest.as_of)
    document = next(render_documents([planned]))
    return document.bytes


def choose_document(
    results: "Results", made_for: Edition, wanted: ReportRequest, as_of: datetime
) -> "PlannedDocument":
    """The document that is wanted. Raises CallError for a document that is not there; the message
    names those there are.
    """
    from reports.documents import catalogue  # start-up time

    if wanted.agency or wanted.phase == AGENCIES:
        planned = catalogue.plan_agency_documents(results, made_for)
    else:
        planned = catalogue.plan_phase_documents(results, made_for, wanted.phase, as_of)
    by_path = {document.path: document for document in planned}
    path = _document_path(wanted)
    if path in by_path:
        return by_path[path]
    if wanted.category and wanted.form == ReportFormat.xlsx:
        return catalogue.plan_category_book(results, made_for, wanted.phase, wanted.category)
    raise _no_document_error(wanted, by_path)


def _document_stem(wanted: ReportRequest) -> str:
    """The path in a run of the document that is wanted, without its suffix."""
    if wanted.agency:
        return paths.agency_path(wanted.agency)
    if wanted.phase == AGENCIES:
        return paths.AGENCIES_REPORT
    return paths.phase_path(wanted.phase, wanted.category)


def _document_path(wanted: ReportRequest) -> str:
    """The path in a run of the document that is wanted; the page of agencies has one of its own."""
    stem = _document_stem(wanted)
    if stem == paths.AGENCIES_REPORT and wanted.form == ReportFormat.html:
        return f"{paths.AGENCIES}.html"
    return f"{stem}.{wanted.form}"


def _no_document_error(wanted: ReportRequest, published: Iterable[str]) -> CallError:
    """The error that says that the document is not among these paths, and names those that are like
    it.
    """
    stem = _document_stem(wanted)
    known = [path for path in published if path.startswith(f"{stem}.")]
    if wanted.agency and not known:
        return CallError(ErrorMessage("flows.no_agency", "--agency", {"agency": wanted.agency}))
    params = {"path": _document_path(wanted), "known": ", ".join(known)}
    return CallError(ErrorMessage("flows.no_such_report", "--format", params))


def report_csv(results: "Results", wanted: ReportRequest) -> bytes:
    """The rows that the report is about, as CSV: of the phase's table, of compliance, or of an
    agency's submissions.
    """
    from tasks.results.results import table_csv  # start-up time

    table = _report_table(results, wanted)
    rows = results[table]
    is_reported = _is_reported(rows, results, wanted)
    return table_csv(rows[is_reported], TABLES[table])


def _report_table(results: "Results", wanted: ReportRequest) -> str:
    if wanted.phase == AGENCIES:
        return "submissions" if wanted.agency else "compliance"
    return PHASE_TABLES[results.competition.phase(wanted.phase).kind]


def _is_reported(rows: "pd.DataFrame", results: "Results", wanted: ReportRequest) -> "pd.Series":
    """For each row of the table, whether the report is about it."""
    import pandas as pd  # start-up time

    submissions = results["submissions"]
    is_reported = pd.Series(True, index=rows.index)
    if "phase" in rows:
        is_reported &= rows["phase"] == wanted.phase
    for column, code in (("category", wanted.category), ("agency_code", wanted.agency)):
        if code and "submission_id" in rows:
            chosen = submissions.loc[submissions[column] == code, "submission_id"]
            is_reported &= rows["submission_id"].isin(chosen)
    return is_reported


def _edition_with_notice(results: "Results", folder: Path, notice: str) -> Edition:
    """The edition of the results, with the letterhead's logo and the notice in its masthead."""
    competition = results.competition
    logo = competition.publication.letterhead.logo
    plain = edition(competition, logo_data_uri(logo, logo_bytes(folder, logo)))
    return replace(plain, masthead=replace(plain.masthead, notice=notice))
