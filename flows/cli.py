"""The `kipp` command: the only place that exits. It says what to do, and computes nothing.

Each command imports what it needs when it is called, so that help and a night with nothing new come at once.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Literal

import click
import typer

from flows import messages
from tasks.errors import UserError
from tasks.words import Words

Audience = Literal["internal", "public"]
Format = Literal["pdf", "html", "xlsx", "csv"]


def main() -> None:
    """Runs the command of this process and exits with its code."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Runs one command and gives its exit code (interface.md section 6); no traceback for what a user can cause."""
    words = messages.of_call(arguments)
    try:
        return int(app(words)(args=arguments, prog_name="kipp", standalone_mode=False) or 0)
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.ClickException as error:
        error.show(sys.stderr)
        return 2
    except UserError as error:
        messages.say(messages.of_error(error, words))
        return error.exit_code
    except (KeyboardInterrupt, click.exceptions.Abort):
        messages.say(words.say("flows.stopped"))
        return 130
    except Exception as error:
        messages.say(words.say("flows.defect", log=messages.log_of_defect(error)))
        return 1


def app(words: Words) -> Callable[..., Any]:
    """The command with its help in these words."""
    kipp = typer.Typer(
        help=words.say("flows.help"), no_args_is_help=True, add_completion=False, rich_markup_mode=None,
        pretty_exceptions_enable=False, context_settings={"help_option_names": ["-h", "--help"]},
    )
    for name, command in COMMANDS.items():
        kipp.command(name, help=words.say(f"flows.help.{name}"))(_spoken(command, words))
    return typer.main.get_command(kipp)


def _spoken(command: Callable[..., Any], words: Words) -> Callable[..., Any]:
    """The command with the help of its arguments in these words; their ids stand in its signature."""
    import copy
    import functools
    import inspect

    def put(parameter: inspect.Parameter) -> inspect.Parameter:
        kind, info = parameter.annotation.__origin__, copy.copy(parameter.annotation.__metadata__[0])
        info.help = words.say(info.help)
        return parameter.replace(annotation=Annotated[kind, info])

    @functools.wraps(command)
    def spoken(*args: Any, **kwargs: Any) -> Any:
        return command(*args, **kwargs)

    signature = inspect.signature(command)
    spoken.__signature__ = signature.replace(parameters=[put(p) for p in signature.parameters.values()])  # type: ignore[attr-defined]
    del spoken.__wrapped__  # typer would read the words' ids there
    spoken.__annotations__ = {name: p.annotation for name, p in spoken.__signature__.parameters.items()}  # type: ignore[attr-defined]
    return spoken


Folder = Annotated[Path, typer.Argument(help="flows.help.folder", metavar="DIR")]
