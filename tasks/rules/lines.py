"""Lines of competition.toml: on which line each key and each entry of a list stands, and how the
line of a heading is written.

No TOML library tells line numbers. The text is read a second time, token by token, and only once
there is a mistake to tell. The paths are compared with those of the tree that tomllib read: where
they differ, no line is given.
"""

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Any

from tasks.rules.tree import KeyPath, Tree

_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\''
    r'|#[^\n]*|[^\s"\'#\[\]{}=,]+|[\[\]{}=,\n]',
    re.DOTALL,
)


def line_numbers(text: str, tree: Tree) -> dict[KeyPath, int]:
    """The line, from 1, of every path of the tree that has a line of its own; {} where the text is
    not understood.
    """
    try:
        lines = _LineReader(text).read()
    except (IndexError, ValueError, RecursionError):
        return {}
    return lines if set(lines) == set(_tree_paths(tree, ())) else {}


def toml_line(heading: str, field: str) -> str:
    """The line that says which field a heading gives."""
    quoted = " ".join(heading.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}" = "{field}"'


def _tree_paths(value: Any, path: KeyPath) -> Iterator[KeyPath]:
    """Every path of a tree, that of a value before those of its children, without the root's."""
    if path:
        yield path
    for part, child in _children(value):
        yield from _tree_paths(child, (*path, part))


def _children(value: Any) -> Iterable[tuple[str | int, Any]]:
    if isinstance(value, dict):
        return value.items()
    return enumerate(value) if isinstance(value, list) else ()


class _LineReader:
    """One reading of a text that is known to be TOML. `at` is the number of the next token."""

    def __init__(self, text: str):
        every = _TOKEN.finditer(text)
        tokens = [token for token in every if not token[0].startswith("#")]
        self.tokens = [token[0] for token in tokens]
        self.starts = [token.start() for token in tokens]
        self.line_ends = [end.start() for end in re.finditer("\n", text)]
        self.at = 0
        self.lines: dict[KeyPath, int] = {}
        self.entries: dict[KeyPath, int] = {}  # of lists of tables: how many have begun

    def read(self) -> dict[KeyPath, int]:
        """The line of every path. Raises IndexError or ValueError where the text is not what was
        expected.
        """
        table: KeyPath = ()
        while self.at < len(self.tokens):
            if self.tokens[self.at] == "\n":
                self.at += 1
            elif self.tokens[self.at] == "[":
                table = self._read_header()
            else:
                self._read_pair(table)
        return self.lines

    def _line(self) -> int:
        return bisect_left(self.line_ends, self.starts[self.at]) + 1

    def _read_header(self) -> KeyPath:
        line, is_entry = self._line(), self.tokens[self.at + 1] == "["
        self.at += 2 if is_entry else 1
        *above, last = self._read_key("]")
        path: KeyPath = ()
        for part in above:
            path = self._meant_table((*path, part), line)
        path = (*path, last)
        self.lines.setdefault(path, line)
        if not is_entry:
            return path
        self.at += 1
        self.entries[path] = self.entries.get(path, 0) + 1
        path = (*path, self.entries[path] - 1)
        self.lines[path] = line
        return path

    def _meant_table(self, path: KeyPath, line: int) -> KeyPath:
        """The table that a name means: of a list of tables the last table."""
        self.lines.setdefault(path, line)
        return (*path, self.entries[path] - 1) if path in self.entries else path

    def _read_key(self, end: str) -> list[str]:
        """The parts of a key up to `end`, which is passed."""
        parts: list[str] = []
        while self.tokens[self.at] != end:
            token = self.tokens[self.at]
            if token[0] in "\"'":
                parts.append(tomllib.loads(f"k={token}")["k"])
            else:
                parts += filter(None, token.split("."))
            self.at += 1
        self.at += 1
        return parts

    def _read_pair(self, table: KeyPath) -> None:
        line = self._line()
        path = table
        for part in self._read_key("="):
            path = (*path, part)
            self.lines.setdefault(path, line)
        self._read_value(path)

    def _read_value(self, path: KeyPath) -> None:
        token = self.tokens[self.at]
        if token == "[":
            self._read_list(path)
        elif token == "{":
            self._read_inline_table(path)
        else:
            while self.at < len(self.tokens) and self.tokens[self.at] not in (",", "]", "}", "\n"):
                self.at += 1

    def _read_list(self, path: KeyPath) -> None:
        self.at += 1
        number = 0
        while self.tokens[self.at] != "]":
            if self.tokens[self.at] in (",", "\n"):
                self.at += 1
                continue
            self.lines[(*path, number)] = self._line()
            self._read_value((*path, number))
            number += 1
        self.at += 1

    def _read_inline_table(self, path: KeyPath) -> None:
        self.at += 1
        while self.tokens[self.at] != "}":
            if self.tokens[self.at] == ",":
                self.at += 1
            else:
                self._read_pair(path)
        self.at += 1
