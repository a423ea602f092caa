"""What the command says: sentences on standard error, in the competition's language."""

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

DISK_ERRORS = (
    errno.ENOSPC,
    errno.EDQUOT,
    errno.EROFS,
    errno.EACCES,
    errno.EPERM,
)  # full, or not ours to write
_NARROWEST, _WIDEST = 40, 110  # columns; longer lines are hard to read
_PLAIN_LETTERS = str.maketrans(
    {"“": '"', "”": '"', "’": "'", "→": "->", "·": "-", "–": "-", "…": "...", "×": "x"}
)
_LANGUAGE_LINE = re.compile(r"^\s*language\s*=\s*[\"'](id|en)[\"']", re.MULTILINE)


def machine_words() -> Words:
    """The words of the machine's language: English where it says so, else Indonesian."""
    said = next(
        (os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), ""
    )
    return Words("en" if said.startswith("en") else "id")


def folder_words(folder: Path) -> Words:
    """The words of the competition in the folder, though its rules be wrong; without one, the
    machine's.
    """
    try:
        found = _LANGUAGE_LINE.search(
            (folder / "competition.toml").read_text(encoding="utf-8", errors="replace")
        )
    except OSError:
        return machine_words()
    return Words(found[1] if found else "id")


def call_words(arguments: list[str]) -> Words:
    """The words for a call: those of the first argument that is a competition's folder, else the
    machine's.
    """
    folders = (Path(argument) for argument in arguments if not argument.startswith("-"))
    found = next((folder for folder in folders if (folder / "competition.toml").is_file()), None)
    return folder_words(found) if found else machine_words()


def error_sentences(error: UserError, words: Words) -> str:
    """Every problem of the error, one a line: its place, what is wrong, what to do."""
    spoken = Words(error.language) if error.language else words
    lines = [_message_sentence(problem, spoken) for problem in error.problems]
    return "\n".join(
        f"{problem.place}: {line}" if problem.place else line
        for problem, line in zip(error.problems, lines, strict=True)
    )


def wrap_error_sentences(error: UserError, words: Words) -> str:
    """The same for a terminal: the mistakes in the rules, which may be many, in lines that can be
    read.
    """
    told = error_sentences(error, words)
    if not isinstance(error, RulesError):
        return told
    return "\n".join(
        line for mistake in told.split("\n") for line in wrap_text(mistake, terminal_width(), "")
    )


def disk_sentence(error: OSError, words: Words) -> str:
    """What is told of a disk that is full, or of a file that may not be read or written."""
    told = words.say("flows.disk", cause=error.strerror)
    return f"{error.filename}: {told}" if error.filename else told


def _message_sentence(problem: ErrorMessage, words: Words) -> str:
    """The sentence of a problem; a problem among its parameters is said within it."""
    params = {
        k: _message_sentence(v, words) if isinstance(v, ErrorMessage) else v
        for k, v in problem.params.items()
    }
    return words.say(problem.message, **{"place": problem.place, **params})


def terminal_width() -> int:
    """The columns to write in: the terminal's, within what can be read."""
    return max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size((100, 40)).columns))


def wrap_text(text: str, columns: int, indent: str, after: str | None = None) -> list[str]:
    """The text in lines of at most so many columns; a long word or path is broken only where it has
    no space.
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
    """The text on standard error."""
    print(encodable_text(text, sys.stderr.encoding), file=sys.stderr)


def show_text(text: str) -> None:
    """What was asked for, on standard output."""
    write_to_stdout([encodable_text(text, sys.stdout.encoding), "\n"])


def encodable_text(text: str, encoding: str | None) -> str:
    """The text in letters that the terminal has: plain quotes and dashes for ours, a question mark
    for the others.
    """
    try:
        text.encode(encoding or "utf-8")
    except UnicodeEncodeError:
        return (
            text.translate(_PLAIN_LETTERS)
            .encode(encoding or "utf-8", errors="replace")
            .decode(encoding or "utf-8")
        )
    return text


def show_json(pieces: Iterable[str]) -> None:
    """JSON on standard output: UTF-8, whatever the terminal writes."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    write_to_stdout([*pieces, "\n"])


def write_to_stdout(pieces: Iterable[str]) -> None:
    """Writes to standard output as long as there is one who reads: `head` has had enough, and the
    command goes on.
    """
    try:
        sys.stdout.writelines(pieces)
        sys.stdout.flush()
    except BrokenPipeError:
        stop_showing()


def stop_showing() -> None:
    """Lets what is still to be shown go nowhere, so that the interpreter's end does not stumble
    over it.
    """
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def write_defect_log(error: BaseException) -> Path:
    """Writes what the developers need to a file of its own, and gives its path."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    handle, name = tempfile.mkstemp(prefix=f"kipp-{stamp}-", suffix=".log")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write("".join(traceback.format_exception(error)))
    return Path(name)
