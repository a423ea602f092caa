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

from flows import messages
from tasks.errors import CallError, Problem


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
    from flows import new as making

    making.new(folder, sample, last_year, messages.of_machine().language)
    messages.say(messages.of_folder(folder).say("flows.made_folder", folder=folder))


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
    from flows import checking
    from flows.inputs import Request, folder_of

    return checking.check(
        Request(folder_of(folder), as_of), as_json=as_json, html=html, data_docs=docs
    )


def run(
    folder: Folder,
    as_of: AsOf = None,
    out: Annotated[str | None, typer.Option("--out", metavar="DIR", help="flows.help.out")] = None,
    accept_vanished: Annotated[
        bool, typer.Option("--accept-vanished", help="flows.help.accept_vanished")
    ] = False,
) -> None:
    from flows import launch, progress
    from flows.inputs import Request, folder_of

    words = messages.of_folder(folder)
    with progress.bar(words) as show:
        outcome = launch.launch(Request(folder_of(folder), as_of, out, accept_vanished), show)
    messages.say(progress.told(outcome, words))


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
    from flows import request
    from flows.inputs import folder_of

    wanted = request.Wanted(folder_of(folder), phase, category, agency, audience.value, kind.value)
    written = request.write(wanted, output)
    messages.say(messages.of_folder(folder).say("flows.written", path=written))


def sheets(
    folder: Folder,
    phase: Annotated[str, typer.Argument(metavar="PHASE", help="flows.help.sheets_phase")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="flows.help.sheets_output")
    ] = None,
) -> None:
    from flows import sheets as filling
    from flows.inputs import folder_of

    written = filling.write(folder_of(folder), phase, output)
    messages.say(messages.of_folder(folder).say("sheets.written", path=written))


def explain(
    folder: Folder,
    submission: Annotated[str, typer.Argument(metavar="SUBMISSION", help="flows.help.submission")],
    as_json: Annotated[bool, typer.Option("--json", help="flows.help.json")] = False,
) -> None:
    from flows import explain as explaining
    from flows.inputs import folder_of

    told = explaining.explain(folder_of(folder), submission, as_json)
    if as_json:
        messages.show_json([told])
    else:
        messages.show(told)


def serve(
    folders: Annotated[list[Path], typer.Argument(metavar="DIR", help="flows.help.folders")],
    port: Annotated[int, typer.Option("--port", metavar="N", help="flows.help.port")] = 8080,
) -> None:
    from flows import serve as serving
    from flows.inputs import folder_of

    serving.serve([folder_of(folder) for folder in folders], port)


def archive(
    folder: Folder,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="BAG", help="flows.help.bag")
    ] = None,
) -> None:
    from flows import annual
    from flows.inputs import folder_of

    bag = annual.archive(folder_of(folder), output)
    messages.say(messages.of_folder(folder).say("flows.archived", path=bag))


def verify(
    place: Annotated[Path, typer.Argument(metavar="BAG|DIR", help="flows.help.verified")],
    code: Annotated[str | None, typer.Argument(metavar="CODE", help="flows.help.code")] = None,
    rerun: Annotated[bool, typer.Option("--rerun", help="flows.help.rerun")] = False,
) -> None:
    from flows import annual
    from flows.inputs import folder_of

    if code is not None and rerun:
        raise CallError(Problem("flows.code_or_rerun", "--rerun"))
    words = messages.of_folder(place)
    for line in (
        annual.verify_code(folder_of(place), code, words)
        if code
        else annual.verify(place, rerun, words)
    ):
        messages.say(line)


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
