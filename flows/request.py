"""One report, asked for now: from data/ of the published run and never from an export, without an
orchestrator.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows import credentials, messages
from flows import output as output_file
from flows.inputs import Request, published, stored
from reports.edition import Edition, edition
from reports.logo import data_uri
from tasks import competition as rules
from tasks.competition import Competition
from tasks.errors import CallError, Problem
from tasks.store.places import Disk, read
from tasks.store.pull import pull
from tasks.store.runs import Published

if TYPE_CHECKING:
    import pandas as pd

    from reports.document import Planned
    from tasks.results import Results

AGENCIES = "agencies"  # beside the phases: One Agency One Innovation
TABLES = {
    "registration": "submissions",
    "screening": "screening",
    "judging": "rankings",
    "nomination": "nominations",
}


@dataclass(frozen=True)
class Wanted:
    """Which report: of a phase (or `agencies`), of a category or an agency of it, for whom, in
    which form.
    """

    folder: Path
    phase: str
    category: str | None = None
    agency: str | None = None
    audience: str = "internal"
    form: str = "pdf"


def write(wanted: Wanted, output: Path | None, where: Path | None = None) -> Path:
    """Writes the report to `output`, or under its own name in `where` (the current folder). Raises
    CallError.
    """
    competition = rules.load(wanted.folder)
    refuse_unknown(wanted, competition)
    there = published(Request(wanted.folder), competition)
    manifest = there.manifest()
    if manifest is None:
        raise CallError(Problem("flows.nothing_published", str(wanted.folder)))
    name, content = made(wanted, there, manifest, notice(wanted.folder, competition, manifest))
    target = output or (where or Path.cwd()) / name
    return output_file.write(target, content)


def shelf(wanted: Wanted) -> Path:
    """Where reports on request are kept for the browser: published/requested/; in .kipp/ where that
    is remote.
    """
    there = published(Request(wanted.folder), rules.load(wanted.folder)).place
    return (there.root if isinstance(there, Disk) else wanted.folder / ".kipp") / "requested"


def refuse_unknown(wanted: Wanted, competition: Competition) -> None:
    """Raises CallError for what the competition does not have; it names what there is."""
    phases = [phase.code for phase in competition.phases]
    categories = [category.code for category in competition.categories]
    if wanted.audience != "internal":
        raise CallError(Problem("flows.not_public", "--audience"))
    if wanted.category and wanted.agency:
        raise CallError(Problem("flows.category_or_agency"))
    if wanted.phase not in (*phases, AGENCIES):
        raise CallError(
            Problem(
                "flows.no_phase",
                "PHASE",
                {"phase": wanted.phase, "known": ", ".join([*phases, AGENCIES])},
            )
        )
    if wanted.category and (wanted.category not in categories or wanted.phase == AGENCIES):
        raise CallError(
            Problem(
                "flows.no_category",
                "--category",
                {"category": wanted.category, "known": ", ".join(categories)},
            )
        )


def notice(folder: Path, competition: Competition, manifest: dict[str, Any]) -> str:
    """The sentence, said and printed, that the inbox is newer than what is published; "" where it
    is not.
    """
    words = messages.of_folder(folder)
    inbox = stored(Request(folder), competition, "inbox")
    pulled = pull(inbox, folder / ".kipp", options=credentials.options())
    if any(refused.name == "inbox" for refused in pulled.refused):
        return ""  # it cannot be reached: nobody knows
    now = {f"inbox/{raw.name}": raw.sha256 for raw in pulled.raws}
    then = {
        file["path"]: file["sha256"]
        for file in manifest["inputs"]
        if file["path"].startswith("inbox/")
    }
    if now == then:
        return ""
    as_of = words.time(datetime.fromisoformat(manifest["as_of"]))
    messages.say(words.say("flows.newer_inbox", as_of=as_of))
    return words.say("flows.newer_inbox.printed", as_of=as_of)


def made(
    wanted: Wanted, there: Published, manifest: dict[str, Any], notice: str = ""
) -> tuple[str, bytes]:
    """The report's file name and bytes."""
    from tasks.results import Results

    with on_disk(there, manifest) as data:
        results = Results.read(data)
    made_for = _edition(results, wanted.folder, notice)
    if wanted.form == "csv":
        return f"{_name(wanted)}.csv", csv_of(results, wanted)
    planned = chosen(results, made_for, wanted, datetime.fromisoformat(manifest["as_of"]))
    from reports.document import made as make

    return f"{_name(wanted)}.{wanted.form}", next(make([planned])).bytes


@contextmanager
def on_disk(there: Published, manifest: dict[str, Any]) -> Iterator[Path]:
    """The folder data/ of the published run on a disk, copied there where it is remote."""
    run = f"runs/{manifest['run']}"
    if isinstance(there.place, Disk):
        yield there.place.root / run / "data"
        return
    with tempfile.TemporaryDirectory() as folder:
        for file in manifest["outputs"]:
            if file["path"].startswith("data/"):
                (Path(folder) / Path(file["path"]).name).write_bytes(
                    read(there.place, f"{run}/{file['path']}")
                )
        yield Path(folder)


def chosen(results: "Results", made_for: Edition, wanted: Wanted, as_of: datetime) -> "Planned":
    """The document that is wanted. Raises CallError that names those there are."""
    from reports import catalogue

    if wanted.agency or wanted.phase == AGENCIES:
        planned = list(catalogue.of_agencies(results, made_for))
        stem = f"agencies/{wanted.agency}" if wanted.agency else "agencies/report"
    else:
        planned = list(catalogue.of_phase(results, made_for, wanted.phase, as_of))
        stem = f"phases/{wanted.phase}/{wanted.category or 'report'}"
    by_path = {document.path: document for document in planned}
    path = f"{stem}.{wanted.form}"
    if path == "agencies/report.html":
        path = "agencies/index.html"
    if path not in by_path and wanted.category and wanted.form == "xlsx":
        return catalogue.book_of_category(results, made_for, wanted.phase, wanted.category)
    if (
        path not in by_path
        and wanted.agency
        and not any(there.startswith(f"{stem}.") for there in by_path)
    ):
        raise CallError(Problem("flows.no_agency", "--agency", {"agency": wanted.agency}))
    if path not in by_path:
        known = ", ".join(there for there in by_path if there.startswith(f"{stem}."))
        raise CallError(Problem("flows.no_such_report", "--format", {"path": path, "known": known}))
    return by_path[path]


def csv_of(results: "Results", wanted: Wanted) -> bytes:
    """The rows that the report is about, as CSV: of the phase's table, or of submissions for an
    agency.
    """
    from tasks import schema
    from tasks.results import csv_bytes

    name = _table(results, wanted)
    rows = results[name]
    keep = _about(rows, results, wanted)
    return csv_bytes(rows[keep], schema.TABLES[name])


def _table(results: "Results", wanted: Wanted) -> str:
    if wanted.phase == AGENCIES:
        return "submissions" if wanted.agency else "compliance"
    return TABLES[results.competition.phase(wanted.phase).kind]


def _about(rows: "pd.DataFrame", results: "Results", wanted: Wanted) -> "pd.Series":
    """Which rows of the table the report is about."""
    import pandas as pd

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


def _edition(results: "Results", folder: Path, notice: str) -> Edition:
    competition = results.competition
    plain = edition(competition, data_uri(folder, competition.publication.letterhead.logo))
    return replace(plain, masthead=replace(plain.masthead, notice=notice))


def _name(wanted: Wanted) -> str:
    return "-".join(part for part in (wanted.phase, wanted.category or wanted.agency) if part)
