"""What the command says: sentences on standard error, in the competition's language."""

import errno
import os
import re
import sys
import tempfile
import traceback
from datetime import UTC, datetime
from pathlib import Path

from tasks.errors import Problem, UserError
from tasks.words import Words

OF_THE_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM)  # full, or not ours to write
_LANGUAGE = re.compile(r"^\s*language\s*=\s*[\"'](id|en)[\"']", re.MULTILINE)


def of_machine() -> Words:
    """The words of the machine's language: English where it says so, else Indonesian."""
    said = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return Words("en" if said.startswith("en") else "id")


def of_folder(folder: Path) -> Words:
    """The words of the competition in the folder, though its rules be wrong; without one, the machine's."""
    try:
        found = _LANGUAGE.search((folder / "competition.toml").read_text(encoding="utf-8", errors="replace"))
    except OSError:
        return of_machine()
    return Words(found[1] if found else "id")


def of_call(arguments: list[str]) -> Words:
    """The words for a call: those of the first argument that is a competition's folder, else the machine's."""
    folders = (Path(argument) for argument in arguments if not argument.startswith("-"))
    found = next((folder for folder in folders if (folder / "competition.toml").is_file()), None)
    return of_folder(found) if found else of_machine()


def of_error(error: UserError, words: Words) -> str:
    """Every problem of the error, one a line: its place, what is wrong, what to do."""
    spoken = Words(error.language) if error.language else words
    lines = [_said(problem, spoken) for problem in error.problems]
    return "\n".join(
        f"{problem.place}: {line}" if problem.place else line
        for problem, line in zip(error.problems, lines, strict=True)
    )


def of_disk(error: OSError, words: Words) -> str:
    """What is told of a disk that is full, or of a file that may not be read or written."""
    told = words.say("flows.disk", cause=error.strerror)
    return f"{error.filename}: {told}" if error.filename else told


def _said(problem: Problem, words: Words) -> str:
    """The sentence of a problem; a problem among its parameters is said within it."""
    params = {k: _said(v, words) if isinstance(v, Problem) else v for k, v in problem.params.items()}
    return words.say(problem.message, **{"place": problem.place, **params})


def say(text: str) -> None:
    """The text on standard error."""
    print(text, file=sys.stderr)


def show(text: str) -> None:
    """What was asked for, on standard output; a sign in place of a letter that the terminal does not have."""
    encoding = sys.stdout.encoding or "utf-8"
    print(text.encode(encoding, errors="replace").decode(encoding))


def log_of_defect(error: BaseException) -> Path:
    """Writes what the developers need to a file of its own, and gives its path."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    handle, name = tempfile.mkstemp(prefix=f"kipp-{stamp}-", suffix=".log")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write("".join(traceback.format_exception(error)))
    return Path(name)
