"""What each command of `kipp` takes, calls and says. The help of a parameter is a message id
(cli.py puts it in words).

Each command imports what it needs when it is called, so that help and a night with nothing new come
at once. Another command is another function in COMMANDS, with `flows.help.<name>` and
`flows.short.<name>` in the catalogues.
"""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from flows.messages import sentences
from tasks.errors import CallError, ErrorMessage


class Audience(StrEnum):
    internal = "internal"
    public = "public"


class Format(StrEnum):
    pdf = "pdf"
    html = "html"
    xlsx = "xlsx"
    csv = "csv"


Folder = Annotated[Path, typer.Argument(metavar="DIR", help="flows.help.folder")]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="T", help="flows.help.as_of")]


def new(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="flows.help.new_folder")],
    sample: Annotated[bool, typer.Option("--sample", help="flows.help.sample")] = False,
    last_year: Annotated[
        Path | None, typer.Option("--from", metavar="LAST_YEAR", help="flows.help.from")
    ] = None,
) -> None:
    from flows.office import new as making  # start-up time

    making.make_folder(folder, sample, last_year, sentences.machine_words().language)
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
    from flows.night.gather import Request, competition_folder  # start-up time
    from flows.office.check import check_folder  # start-up time

    return check_folder(
        Request(competition_folder(folder), as_of), as_json=as_json, html=html, data_docs=docs
    )


def run(
    folder: Folder,
    as_of: AsOf = None,
    out: Annotated[str | None, typer.Option("--out", metavar="DIR", help="flows.help.out")] = None,
    accept_vanished: Annotated[
        bool, typer.Option("--accept-vanished", help="flows.help.accept_vanished")
    ] = False,
) -> None:
    from flows.night.gather import Request, competition_folder  # start-up time
    from flows.prefect import run_now  # start-up time
    from flows.terminal import progress  # start-up time

    words = sentences.folder_words(folder)
    with progress.progress_bar(words) as show:
        outcome = run_now.launch_night(
            Request(competition_folder(folder), as_of, out, accept_vanished), show
        )
    sentences.say_sentence(progress.word_outcome(outcome, words))


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
    kind: Annotated[Format, typer.Option("--format", help="flows.help.format")] = Format.pdf,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="flows.help.output")
    ] = None,
) -> None:
    from flows.night.gather import competition_folder  # start-up time
    from flows.office.report import ReportRequest, write_report  # start-up time

    wanted = ReportRequest(
        competition_folder(folder), phase, category, agency, audience.value, kind.value
    )
    written = write_report(wanted, output)
    sentences.say_sentence(sentences.folder_words(folder).say("flows.written", path=written))


def sheets(
    folder: Folder,
    phase: Annotated[str, typer.Argument(metavar="PHASE", help="flows.help.sheets_phase")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="flows.help.sheets_output")
    ] = None,
) -> None:
    from flows.night.gather import competition_folder  # start-up time
    from flows.office import sheets as filling  # start-up time

    written = filling.write_sheets(competition_folder(folder), phase, output)
    sentences.say_sentence(sentences.folder_words(folder).say("sheets.written", path=written))


def explain(
    folder: Folder,
    submission: Annotated[str, typer.Argument(metavar="SUBMISSION", help="flows.help.submission")],
    as_json: Annotated[bool, typer.Option("--json", help="flows.help.json")] = False,
) -> None:
    from flows.night.gather import competition_folder  # start-up time
    from flows.office import explain as explaining  # start-up time

    told = explaining.explain_innovation(competition_folder(folder), submission, as_json)
    if as_json:
        sentences.show_json([told])
    else:
        sentences.show_text(told)


def serve(
    folders: Annotated[list[Path], typer.Argument(metavar="DIR", help="flows.help.folders")],
    port: Annotated[int, typer.Option("--port", metavar="N", help="flows.help.port")] = 8080,
) -> None:
    from flows.night.gather import competition_folder  # start-up time
    from flows.prefect import serve as serving  # start-up time

    serving.serve_folders([competition_folder(folder) for folder in folders], port)


def archive(
    folder: Folder,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="BAG", help="flows.help.bag")
    ] = None,
) -> None:
    from flows.night.gather import competition_folder  # start-up time
    from flows.office.archive import make_archive  # start-up time

    bag = make_archive(competition_folder(folder), output)
    sentences.say_sentence(sentences.folder_words(folder).say("flows.archived", path=bag))


def verify(
    place: Annotated[Path, typer.Argument(metavar="BAG|DIR", help="flows.help.verified")],
    code: Annotated[str | None, typer.Argument(metavar="CODE", help="flows.help.code")] = None,
    rerun: Annotated[bool, typer.Option("--rerun", help="flows.help.rerun")] = False,
) -> None:
    from flows.night.gather import competition_folder  # start-up time
    from flows.office.archive import verify_bag, verify_code  # start-up time

    if code is not None and rerun:
        raise CallError(ErrorMessage("flows.code_or_rerun", "--rerun"))
    words = sentences.folder_words(place)
    for line in (
        verify_code(competition_folder(place), code, words)
        if code
        else verify_bag(place, rerun, words)
    ):
        sentences.say_sentence(line)


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
