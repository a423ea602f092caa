"""Lines of competition.toml: on which line each key and each entry of a list stands, and how the
line of a heading is written.

No TOML library tells line numbers. The text is read a second time, by its marks alone, and only
once a mistake is to be told. What is found is compared with the tree that tomllib read: a line that
is not certain is not given.
"""

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

from tasks.rules.mistakes import KeyPath, Tree

_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*|[^\s"\'#\[\]{}=,]+|[\[\]{}=,\n]',
    re.DOTALL,
)


def line_numbers(text: str, tree: Tree) -> dict[KeyPath, int]:
    """The line, from 1, of every path of the tree that has one of its own; empty where the text is
    not understood.
    """
    try:
        found = _LineReader(text).read()
    except (IndexError, ValueError, RecursionError):
        return {}
    return found if set(found) == set(_tree_paths(tree, ())) else {}


def toml_line(heading: str, field: str) -> str:
    """The line that says which field a heading gives."""
    quoted = " ".join(heading.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}" = "{field}"'


def _tree_paths(value: Any, path: KeyPath) -> Iterator[KeyPath]:
    """Every path of a tree, its own first, the root's left out."""
    if path:
        yield path
    inner = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for part, child in inner:
        yield from _tree_paths(child, (*path, part))


class _LineReader:
    """One reading of a text that is known to be TOML."""

    def __init__(self, text: str):
        marks = [found for found in _TOKEN.finditer(text) if not found[0].startswith("#")]
        self.tokens = [found[0] for found in marks]
        self.starts = [found.start() for found in marks]
        self.breaks = [found.start() for found in re.finditer("\n", text)]
        self.at = 0
        self.found: dict[KeyPath, int] = {}
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
                table = self._header()
            else:
                self._pair(table)
        return self.found

    def _line(self) -> int:
        return bisect_left(self.breaks, self.starts[self.at]) + 1

    def _header(self) -> KeyPath:
        number, is_entry = self._line(), self.tokens[self.at + 1] == "["
        self.at += 2 if is_entry else 1
        *above, last = self._key("]")
        path: KeyPath = ()
        for part in above:
            path = self._inside((*path, part), number)
        path = (*path, last)
        self.found.setdefault(path, number)
        if not is_entry:
            return path
        self.at += 1
        self.entries[path] = self.entries.get(path, 0) + 1
        path = (*path, self.entries[path] - 1)
        self.found[path] = number
        return path

    def _inside(self, path: KeyPath, number: int) -> KeyPath:
        """The table that a name means: of a list of tables the last one."""
        self.found.setdefault(path, number)
        return (*path, self.entries[path] - 1) if path in self.entries else path

    def _key(self, end: str) -> list[str]:
        """The parts of a key up to `end`, which is passed."""
        parts: list[str] = []
        while self.tokens[self.at] != end:
            token = self.tokens[self.at]
            parts += (
                [tomllib.loads(f"k={token}")["k"]]
                if token[0] in "\"'"
                else [p for p in token.split(".") if p]
            )
            self.at += 1
        self.at += 1
        return parts

    def _pair(self, table: KeyPath) -> None:
        number = self._line()
        path = table
        for part in self._key("="):
            path = (*path, part)
            self.found.setdefault(path, number)
        self._value(path)

    def _value(self, path: KeyPath) -> None:
        token = self.tokens[self.at]
        if token == "[":
            self._list(path)
        elif token == "{":
            self._inline(path)
        else:
            while self.at < len(self.tokens) and self.tokens[self.at] not in (",", "]", "}", "\n"):
                self.at += 1

    def _list(self, path: KeyPath) -> None:
        self.at += 1
        number = 0
        while self.tokens[self.at] != "]":
            if self.tokens[self.at] in (",", "\n"):
                self.at += 1
                continue
            self.found[(*path, number)] = self._line()
            self._value((*path, number))
            number += 1
        self.at += 1

    def _inline(self, path: KeyPath) -> None:
        self.at += 1
        while self.tokens[self.at] != "}":
            if self.tokens[self.at] == ",":
                self.at += 1
            else:
                self._pair(path)
        self.at += 1
