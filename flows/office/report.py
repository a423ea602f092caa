"""One report, asked for now: from data/ of the published run and never from an export, without an
orchestrator.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from flows.messages import sentences
from flows.night import credentials
from flows.night.gather import Request, competition_storage, published_runs
from flows.office import output as output_file
from reports.content import paths
from reports.content.edition import Edition, edition
from reports.formats.logo import logo_data_uri
from tasks.disk.folder import load_competition, logo_bytes
from tasks.disk.inbox import pull_inbox
from tasks.disk.manifest import Manifest
from tasks.disk.runs import PublishedFolder
from tasks.disk.storage import DiskStorage
from tasks.errors import CallError, ErrorMessage
from tasks.rules.competition import Competition

if TYPE_CHECKING:
    import pandas as pd

    from reports.documents.document import PlannedDocument
    from tasks.results.results import Results

AGENCIES = "agencies"  # beside the phases: One Agency One Innovation
PHASE_TABLES = {
    "registration": "submissions",
    "screening": "screening",
    "judging": "rankings",
    "nomination": "nominations",
}


@dataclass(frozen=True)
class ReportRequest:
    """Which report: of a phase (or `agencies`), of a category or an agency of it, for whom, in
    which form.
    """

    folder: Path
    phase: str
    category: str | None = None
    agency: str | None = None
    audience: str = "internal"
    form: str = "pdf"


def write_report(wanted: ReportRequest, output: Path | None, where: Path | None = None) -> Path:
    """Writes the report to `output`, or under its own name in `where` (the current folder). Raises
    CallError.
    """
    competition = load_competition(wanted.folder)
    refuse_unknown_names(wanted, competition)
    there = published_runs(Request(wanted.folder), competition)
    manifest = there.manifest()
    if manifest is None:
        raise CallError(ErrorMessage("flows.nothing_published", str(wanted.folder)))
    name, content = make_report(
        wanted, there, manifest, newer_inbox_notice(wanted.folder, competition, manifest)
    )
    target = output or (where or Path.cwd()) / name
    return output_file.write_output(target, content)


def requested_reports_folder(wanted: ReportRequest) -> Path:
    """Where reports on request are kept for the browser: published/requested/; in .kipp/ where that
    is remote.
    """
    there = published_runs(Request(wanted.folder), load_competition(wanted.folder)).place
    return (there.root if isinstance(there, DiskStorage) else wanted.folder / ".kipp") / "requested"


def refuse_unknown_names(wanted: ReportRequest, competition: Competition) -> None:
    """Raises CallError for what the competition does not have; it names what there is."""
    phases = [phase.code for phase in competition.phases]
    categories = [category.code for category in competition.categories]
    if wanted.audience != "internal":
        raise CallError(ErrorMessage("flows.not_public", "--audience"))
    if wanted.category and wanted.agency:
        raise CallError(ErrorMessage("flows.category_or_agency"))
    if wanted.phase not in (*phases, AGENCIES):
        raise CallError(
            ErrorMessage(
                "flows.no_phase",
                "PHASE",
                {"phase": wanted.phase, "known": ", ".join([*phases, AGENCIES])},
            )
        )
    if wanted.category and (wanted.category not in categories or wanted.phase == AGENCIES):
        raise CallError(
            ErrorMessage(
                "flows.no_category",
                "--category",
                {"category": wanted.category, "known": ", ".join(categories)},
            )
        )


def newer_inbox_notice(folder: Path, competition: Competition, manifest: Manifest) -> str:
    """The sentence, said and printed, that the inbox is newer than what is published; "" where it
    is not.
    """
    words = sentences.folder_words(folder)
    inbox = competition_storage(Request(folder), competition, "inbox")
    pulled = pull_inbox(inbox, folder / ".kipp", options=credentials.storage_options())
    if any(refused.name == "inbox" for refused in pulled.refused):
        return ""  # it cannot be reached: nobody knows
    now = {f"inbox/{raw.name}": raw.sha256 for raw in pulled.raws}
    then = {file.path: file.sha256 for file in manifest.inputs if file.path.startswith("inbox/")}
    if now == then:
        return ""
    as_of = words.time(manifest.as_of)
    sentences.say_sentence(words.say("flows.newer_inbox", as_of=as_of))
    return words.say("flows.newer_inbox.printed", as_of=as_of)


def make_report(
    wanted: ReportRequest, there: PublishedFolder, manifest: Manifest, notice: str = ""
) -> tuple[str, bytes]:
    """The report's file name and bytes."""
    from tasks.results.results import Results  # start-up time

    results = Results.of_files(there.data_files(manifest))
    made_for = _edition_with_notice(results, wanted.folder, notice)
    if wanted.form == "csv":
        return f"{_report_name(wanted)}.csv", report_csv(results, wanted)
    planned = choose_document(results, made_for, wanted, manifest.as_of)
    from reports.documents.document import render_documents as make  # start-up time

    return f"{_report_name(wanted)}.{wanted.form}", next(make([planned])).bytes


def choose_document(
    results: "Results", made_for: Edition, wanted: ReportRequest, as_of: datetime
) -> "PlannedDocument":
    """The document that is wanted. Raises CallError that names those there are."""
    from reports.documents import catalogue  # start-up time

    if wanted.agency or wanted.phase == AGENCIES:
        planned = list(catalogue.plan_agency_documents(results, made_for))
        stem = paths.agency_path(wanted.agency) if wanted.agency else paths.AGENCIES_REPORT
    else:
        planned = list(catalogue.plan_phase_documents(results, made_for, wanted.phase, as_of))
        stem = paths.phase_path(wanted.phase, wanted.category)
    by_path = {document.path: document for document in planned}
    path = f"{stem}.{wanted.form}"
    if path == f"{paths.AGENCIES_REPORT}.html":
        path = f"{paths.AGENCIES}.html"
    if path not in by_path and wanted.category and wanted.form == "xlsx":
        return catalogue.plan_category_book(results, made_for, wanted.phase, wanted.category)
    if (
        path not in by_path
        and wanted.agency
        and not any(there.startswith(f"{stem}.") for there in by_path)
    ):
        raise CallError(ErrorMessage("flows.no_agency", "--agency", {"agency": wanted.agency}))
    if path not in by_path:
        known = ", ".join(there for there in by_path if there.startswith(f"{stem}."))
        raise CallError(
            ErrorMessage("flows.no_such_report", "--format", {"path": path, "known": known})
        )
    return by_path[path]


def report_csv(results: "Results", wanted: ReportRequest) -> bytes:
    """The rows that the report is about, as CSV: of the phase's table, or of submissions for an
    agency.
    """
    from tasks import schema  # start-up time
    from tasks.results.results import table_csv  # start-up time

    name = _report_table(results, wanted)
    rows = results[name]
    keep = _rows_of_report(rows, results, wanted)
    return table_csv(rows[keep], schema.TABLES[name])


def _report_table(results: "Results", wanted: ReportRequest) -> str:
    if wanted.phase == AGENCIES:
        return "submissions" if wanted.agency else "compliance"
    return PHASE_TABLES[results.competition.phase(wanted.phase).kind]


def _rows_of_report(rows: "pd.DataFrame", results: "Results", wanted: ReportRequest) -> "pd.Series":
    """Which rows of the table the report is about."""
    import pandas as pd  # start-up time

    submissions = results["submissions"]
    keep = pd.Series(True, index=rows.index)
    if "phase" in rows:
        keep &= rows["phase"] == wanted.phase
    for column, value in (("category", wanted.category), ("agency_code", wanted.agency)):
        if value and "submission_id" in rows:
            keep &= rows["submission_id"].isin(
                submissions.loc[submissions[column] == value, "submission_id"]
            )
    return keep


def _edition_with_notice(results: "Results", folder: Path, notice: str) -> Edition:
    competition = results.competition
    logo = competition.publication.letterhead.logo
    plain = edition(competition, logo_data_uri(logo, logo_bytes(folder, logo)))
    return replace(plain, masthead=replace(plain.masthead, notice=notice))


def _report_name(wanted: ReportRequest) -> str:
    return "-".join(part for part in (wanted.phase, wanted.category or wanted.agency) if part)
