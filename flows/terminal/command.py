"""The `kipp` command: the only place that exits. It says what to do, and computes nothing."""

import io
import signal
import sys
from typing import Any

import typer
from typer.exceptions import Abort, Exit, TyperException

from flows.messages import sentences
from flows.night import garbage
from flows.terminal import usage
from flows.terminal.commands import COMMANDS
from tasks.errors import CallError, UserError
from tasks.words import Words

INTERRUPTED_EXIT_CODE = 130  # the exit code of a command that Ctrl-C ended


def main() -> None:
    """Runs the command of this process and exits with its code."""
    signal.signal(
        signal.SIGTERM, signal.default_int_handler
    )  # what ends services ends a command as Ctrl-C does
    garbage.raise_thresholds()  # before a command imports what is heavy
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(
            errors="replace"
        )  # a terminal without a letter shows a sign in its place
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Runs one command and gives its exit code (interface.md section 6); no traceback for what a
    user can cause.
    """
    words = sentences.call_words(arguments)
    try:
        code = int(
            make_command(words).main(args=arguments, prog_name="kipp", standalone_mode=False) or 0
        )
        if code == INTERRUPTED_EXIT_CODE:  # what the library makes of Ctrl-C
            sentences.say_sentence(words.say("flows.stopped"))
        return code
    except Exit as end:
        return end.exit_code
    except TyperException as error:
        sentences.say_sentence(words.say("flows.wrong_call", detail=usage.complaint(error, words)))
        return 2
    except UserError as error:
        sentences.say_sentence(sentences.wrap_error_sentences(error, words))
        return error.exit_code
    except SystemExit:  # how the library ends where nobody reads on, as `kipp --help | head` does
        return 0
    except (KeyboardInterrupt, Abort):
        sentences.say_sentence(words.say("flows.stopped"))
        return INTERRUPTED_EXIT_CODE
    except Exception as error:
        if isinstance(error, OSError) and error.errno in sentences.DISK_ERRORS:
            sentences.say_sentence(sentences.disk_sentence(error, words))
            return CallError.exit_code
        # a defect of ours: the developers need all of it, the user one sentence
        sentences.say_sentence(words.say("flows.defect", log=sentences.write_defect_log(error)))
        return 1


def make_command(words: Words) -> Any:
    """The command with its help in these words: message ids until it is asked for (usage.py)."""
    kipp = typer.Typer(
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
        cls=usage.HelpfulGroup,
    )
    kipp.callback(help="flows.help")(lambda: None)
    for name, function in COMMANDS.items():
        kipp.command(
            name,
            cls=usage.HelpfulCommand,
            help=f"flows.help.{name}",
            short_help=f"flows.short.{name}",
        )(function)
    group: Any = typer.main.get_command(kipp)
    for one in (group, *group.commands.values()):
        one.words = words
    return group
