"""What each command of `kipp` takes, calls and says.

The help of a parameter is a message id, which usage.py puts in words. A command imports what it
calls when it is called, so that help and a night with nothing new come at once. Another command is
another function in COMMANDS, with `flows.help.<name>` and `flows.short.<name>` in the catalogues.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.messages import sentences
from flows.office.report_choices import Audience, ReportFormat
from tasks.errors import CallError, ErrorMessage

if TYPE_CHECKING:
    from flows.night.gather import Request

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="flows.help.folder")]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="T", help="flows.help.as_of")]


def new(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="flows.help.new_folder")],
    sample: Annotated[bool, typer.Option("--sample", help="flows.help.sample")] = False,
    last_year: Annotated[
        Path | None, typer.Option("--from", metavar="LAST_YEAR", help="flows.help.from")
    ] = None,
) -> None:
    from flows.office.new import make_folder  # start-up time
    from flows.prefect.credentials import storage_options  # start-up time

    language = sentences.machine_words().language
    make_folder(folder, sample, last_year, language, credentials=storage_options)
    sentences.say_sentence(sentences.folder_words(folder).say("flows.made_folder", folder=folder))


def check(
    folder: Folder,
    as_json: Annotated[bool, typer.Option("--json", help="flows.help.json")] = False,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="flows.help.html")
    ] = None,
    docs: Annotated[
        Path | None, typer.Option("--data-docs", metavar="FOLDER", help="flows.help.data_docs")
    ] = None,
    as_of: AsOf = None,
) -> int:
    from flows.office.check import check_folder  # start-up time

    return check_folder(_request(folder, as_of), as_json=as_json, html=html, data_docs=docs)


def run(
    folder: Folder,
    as_of: AsOf = None,
    out: Annotated[str | None, typer.Option("--out", metavar="DIR", help="flows.help.out")] = None,
    accept_vanished: Annotated[
        bool, typer.Option("--accept-vanished", help="flows.help.accept_vanished")
    ] = False,
) -> None:
    from flows.prefect import run_now  # start-up time
    from flows.terminal.progress import progress_bar, word_outcome  # start-up time

    words = sentences.folder_words(folder)
    with progress_bar(words) as show:
        request = _request(folder, as_of, out, accept_vanished)
        outcome = run_now.launch_night(request, show)
    sentences.say_sentence(word_outcome(outcome, words))


def report(
    folder: Folder,
    phase: Annotated[str, typer.Argument(metavar="PHASE", help="flows.help.phase")],
    category: Annotated[
        str | None, typer.Option("--category", metavar="C", help="flows.help.category")
    ] = None,
    agency: Annotated[
        str | None, typer.Option("--agency", metavar="A", help="flows.help.agency")
    ] = None,
    audience: Annotated[
        Audience, typer.Option("--audience", help="flows.help.audience")
    ] = Audience.internal,
    kind: Annotated[
        ReportFormat, typer.Option("--format", help="flows.help.format")
    ] = ReportFormat.pdf,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="flows.help.output")
    ] = None,
) -> None:
    from flows.office.report import ReportRequest, write_report  # start-up time

    request = _request(folder)
    wanted = ReportRequest(
        request.folder, phase, category, agency, audience, kind, request.credentials
    )
    file = write_report(wanted, output)
    sentences.say_sentence(sentences.folder_words(folder).say("flows.written", path=file))


def sheets(
    folder: Folder,
    phase: Annotated[str, typer.Argument(metavar="PHASE", help="flows.help.sheets_phase")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="flows.help.sheets_output")
    ] = None,
) -> None:
    from flows.office.sheets import write_sheets  # start-up time

    workbook = write_sheets(_request(folder), phase, output)
    sentences.say_sentence(sentences.folder_words(folder).say("sheets.written", path=workbook))


def explain(
    folder: Folder,
    submission: Annotated[str, typer.Argument(metavar="SUBMISSION", help="flows.help.submission")],
    as_json: Annotated[bool, typer.Option("--json", help="flows.help.json")] = False,
) -> None:
    from flows.office.explain import explain_innovation  # start-up time

    explanation = explain_innovation(_request(folder), submission, as_json)
    if as_json:
        sentences.show_json([explanation])
    else:
        sentences.show_text(explanation)


def serve(
    folders: Annotated[list[Path], typer.Argument(metavar="DIR", help="flows.help.folders")],
    port: Annotated[int, typer.Option("--port", metavar="N", help="flows.help.port")] = 8080,
) -> None:
    from flows.night.gather import competition_folder  # start-up time
    from flows.prefect.serve import serve_folders  # start-up time

    serve_folders([competition_folder(folder) for folder in folders], port)


def archive(
    folder: Folder,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="BAG", help="flows.help.bag")
    ] = None,
) -> None:
    from flows.office.archive import make_archive  # start-up time

    bag = make_archive(_request(folder), output)
    sentences.say_sentence(sentences.folder_words(folder).say("flows.archived", path=bag))


def verify(
    place: Annotated[Path, typer.Argument(metavar="BAG|DIR", help="flows.help.verified")],
    code: Annotated[str | None, typer.Argument(metavar="CODE", help="flows.help.code")] = None,
    rerun: Annotated[bool, typer.Option("--rerun", help="flows.help.rerun")] = False,
) -> None:
    from flows.office.verify import verify_bag, verify_code  # start-up time

    if code is not None and rerun:
        raise CallError(ErrorMessage("flows.code_or_rerun", "--rerun"))
    words = sentences.folder_words(place)
    lines = verify_code(_request(place), code, words) if code else verify_bag(place, rerun, words)
    for line in lines:
        sentences.say_sentence(line)


def _request(
    folder: Path, as_of: str | None = None, out: str | None = None, accept_vanished: bool = False
) -> "Request":
    """The request for a competition's folder, with the keys of its storages. Raises CallError."""
    from flows.night.gather import Request, competition_folder  # start-up time
    from flows.prefect.credentials import storage_options  # start-up time

    return Request(
        competition_folder(folder), as_of, out, accept_vanished, credentials=storage_options
    )


COMMANDS: dict[str, Callable[..., Any]] = {
    "new": new,
    "check": check,
    "sheets": sheets,
    "run": run,
    "report": report,
    "explain": explain,
    "serve": serve,
    "archive": archive,
    "verify": verify,
}
