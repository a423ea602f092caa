"""JSON of very many rows, made some rows at a time: the whole text of a million findings is half a
gigabyte.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

_TOGETHER = 1000  # rows in one piece
_said = json.JSONEncoder(ensure_ascii=False).encode
_in_lines = json.JSONEncoder(ensure_ascii=False, separators=(",\n      ", ": ")).encode


@dataclass(frozen=True, eq=False)
class Rows:
    """A list of rows of text, each as `made` makes it, when it is written."""

    rows: Sequence[Mapping[str, str]]
    made: Callable[[Mapping[str, str]], Mapping[str, str]] = dict


def pieces(values: Mapping[str, Any]) -> Iterator[str]:
    """The text of json.dumps(values, ensure_ascii=False, indent=2) in pieces; values that are Rows
    are written as lists of objects.
    """
    before = "{"
    for key, value in values.items():
        yield f"{before}\n  {_said(key)}: "
        if isinstance(value, Rows):
            yield from _listed(value)
        else:
            yield json.dumps(value, ensure_ascii=False, indent=2).replace("\n", "\n  ")
        before = ","
    yield "\n}"


def encoded(texts: Iterable[str]) -> Iterator[bytes]:
    """The pieces as UTF-8, with an end of line after the last."""
    yield from (text.encode("utf-8") for text in texts)
    yield b"\n"


def _listed(value: Rows) -> Iterator[str]:
    if not value.rows:
        yield "[]"
        return
    rows, before = iter(value.rows), "["
    while some := [value.made(row) for row in islice(rows, _TOGETHER)]:
        objects = _in_lines(some)[2:-2].replace(
            "},\n      {", "\n    },\n    {\n      "
        )  # no text has a line's end
        yield f"{before}\n    {{\n      {objects}\n    }}"
        before = ","
    yield "\n  ]"
