"""What the command says: sentences on standard error, results on standard output.

The words are those of the competition's language. Texts of pages do not stand here.
"""

import errno
import io
import os
import re
import shutil
import sys
import tempfile
import textwrap
import traceback
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from tasks.errors import ErrorMessage, RulesError, UserError
from tasks.words import Words

# the disk is full, or the command may not write to it
DISK_ERRORS = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM)
_NARROWEST, _WIDEST = 40, 110  # columns; longer lines are hard to read
_LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")  # the first that is set holds
_PLAIN_LETTERS = str.maketrans(
    {"“": '"', "”": '"', "’": "'", "→": "->", "·": "-", "–": "-", "…": "...", "×": "x"}
)
_LANGUAGE_LINE = re.compile(r"^\s*language\s*=\s*[\"'](id|en)[\"']", re.MULTILINE)


def machine_words() -> Words:
    """The words of the machine's language: English where its locale is, else Indonesian."""
    settings = [os.environ[name] for name in _LOCALE_VARIABLES if os.environ.get(name)]
    is_english = bool(settings) and settings[0].startswith("en")
    return Words("en" if is_english else "id")


def folder_words(folder: Path) -> Words:
    """The words of the competition in the folder; the machine's where there is no competition.

    The language is found also in rules that are wrong, so that their mistakes are told in it.
    """
    try:
        rules = (folder / "competition.toml").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return machine_words()
    line = _LANGUAGE_LINE.search(rules)
    return Words(line[1] if line else "id")


def call_words(arguments: list[str]) -> Words:
    """The words for a call: of the first competition among its arguments, else the machine's."""
    for argument in arguments:
        if not argument.startswith("-") and (Path(argument) / "competition.toml").is_file():
            return folder_words(Path(argument))
    return machine_words()


def error_sentences(error: UserError, words: Words) -> str:
    """The problems of the error, one line per problem: its place, what is wrong, what to do.

    In the language of the error where it has one, else in these words.
    """
    error_words = Words(error.language) if error.language else words
    return "\n".join(_problem_line(problem, error_words) for problem in error.problems)


def wrap_error_sentences(error: UserError, words: Words) -> str:
    """The problems of the error for a terminal.

    Mistakes in the rules may be many: their lines are wrapped to the terminal's width.
    """
    text = error_sentences(error, words)
    if not isinstance(error, RulesError):
        return text
    lines: list[str] = []
    for mistake in text.split("\n"):
        lines += wrap_text(mistake, terminal_width(), "")
    return "\n".join(lines)


def disk_sentence(error: OSError, words: Words) -> str:
    """The sentence on a disk that is full, or on a file that may not be read or written."""
    sentence = words.say("flows.disk", cause=error.strerror)
    return f"{error.filename}: {sentence}" if error.filename else sentence


def _problem_line(problem: ErrorMessage, words: Words) -> str:
    sentence = _message_sentence(problem, words)
    return f"{problem.place}: {sentence}" if problem.place else sentence


def _message_sentence(problem: ErrorMessage, words: Words) -> str:
    """The sentence of a problem. A parameter that is a problem itself becomes its own sentence."""
    params = {"place": problem.place}
    for name, value in problem.params.items():
        is_problem = isinstance(value, ErrorMessage)
        params[name] = _message_sentence(value, words) if is_problem else value
    return words.say(problem.message, **params)


def terminal_width() -> int:
    """The columns to write in: those of the terminal, but not too few and not too many to read."""
    columns = shutil.get_terminal_size((100, 40)).columns
    return max(_NARROWEST, min(_WIDEST, columns))


def wrap_text(text: str, columns: int, indent: str, after: str | None = None) -> list[str]:
    """The text in lines of at most so many columns, the first after `indent`.

    `after`: what the other lines begin with; None: two spaces more than `indent`. A word or path
    that is longer than a line stays whole.
    """
    rest = indent + "  " if after is None else after
    return textwrap.wrap(
        text,
        columns,
        initial_indent=indent,
        subsequent_indent=rest,
        break_on_hyphens=False,
        break_long_words=False,
    )


def say_sentence(text: str) -> None:
    """Writes the text to standard error, as a line."""
    print(encodable_text(text, sys.stderr.encoding), file=sys.stderr)


def show_text(text: str) -> None:
    """Writes the text to standard output, as a line."""
    write_to_stdout([encodable_text(text, sys.stdout.encoding), "\n"])


def encodable_text(text: str, encoding: str | None) -> str:
    """The text in letters that the terminal has.

    Typographic quotes and dashes become plain ones, other letters a question mark.
    """
    encoding = encoding or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        plain = text.translate(_PLAIN_LETTERS)
        return plain.encode(encoding, errors="replace").decode(encoding)
    return text


def show_json(pieces: Iterable[str]) -> None:
    """Writes JSON to standard output: in UTF-8, whatever the terminal's encoding is."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    write_to_stdout([*pieces, "\n"])


def write_to_stdout(pieces: Iterable[str]) -> None:
    """Writes the pieces to standard output.

    Where the reader has stopped reading, as `head` does, the rest goes nowhere and the command goes
    on.
    """
    try:
        sys.stdout.writelines(pieces)
        sys.stdout.flush()
    except BrokenPipeError:
        stop_showing()


def stop_showing() -> None:
    """Turns standard output to nowhere, so that the interpreter can flush it when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())


def write_defect_log(error: BaseException) -> Path:
    """The path of a new file with the traceback, for the developers."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    handle, name = tempfile.mkstemp(prefix=f"kipp-{stamp}-", suffix=".log")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write("".join(traceback.format_exception(error)))
    return Path(name)
