"""The `kipp` command: runs one command, says how it ended, and exits. Only this module exits."""

import io
import signal
import sys
from typing import Any

import typer
from typer.exceptions import Abort, Exit, TyperException

from flows.messages import sentences
from flows.messages.usage_data import turn_off_usage_data
from flows.night import garbage
from flows.terminal import usage
from flows.terminal.commands import COMMANDS
from tasks.errors import CallError, UserError
from tasks.words import Words

INTERRUPTED_EXIT_CODE = 130  # the exit code of a command that Ctrl-C ended


def main() -> None:
    """Runs the command that this process was called with, and exits with its code."""
    turn_off_usage_data()
    # SIGTERM, which ends services, ends a command as Ctrl-C does
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    garbage.raise_thresholds()  # before a command imports heavy libraries
    if isinstance(sys.stdout, io.TextIOWrapper):
        # a terminal that lacks a letter shows a sign in its place
        sys.stdout.reconfigure(errors="replace")
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """The exit code of one command (interface.md section 6), after the command has run.

    What a user can cause is said in a sentence and without a traceback.
    """
    words = sentences.call_words(arguments)
    command = make_command(words)
    try:
        result = command.main(args=arguments, prog_name="kipp", standalone_mode=False)
        code = int(result or 0)
        if code == INTERRUPTED_EXIT_CODE:  # the library makes this code of Ctrl-C
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
    except SystemExit:  # the library ends so where nobody reads on, as in `kipp --help | head`
        return 0
    except (KeyboardInterrupt, Abort):
        sentences.say_sentence(words.say("flows.stopped"))
        return INTERRUPTED_EXIT_CODE
    except Exception as error:
        return _say_failure(error, words)


def _say_failure(error: Exception, words: Words) -> int:
    """The exit code, after a sentence on a disk that is full or closed, else on a defect.

    A defect of the program: its developers need the traceback, the user needs one sentence.
    """
    if isinstance(error, OSError) and error.errno in sentences.DISK_ERRORS:
        sentences.say_sentence(sentences.disk_sentence(error, words))
        return CallError.exit_code
    log = sentences.write_defect_log(error)
    sentences.say_sentence(words.say("flows.defect", log=log))
    return 1


def make_command(words: Words) -> Any:
    """The group of all commands, with its help in these words.

    The texts of the help are message ids until help is asked for (usage.py).
    """
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
    for command in (group, *group.commands.values()):
        command.words = words
    return group
