"""JSON as the command writes it, in files and on standard output: two spaces a level.

Rows are written some at a time, because the whole text of a million findings is half a gigabyte.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

_ROWS_PER_PIECE = 1000  # rows in one piece
_encode_value = json.JSONEncoder(ensure_ascii=False).encode
_encode_rows = json.JSONEncoder(ensure_ascii=False, separators=(",\n      ", ": ")).encode


@dataclass(frozen=True, eq=False)
class LazyRows:
    """A list of rows of text; `convert` gives what is written of a row, when it is written."""

    rows: Sequence[Mapping[str, str]]
    convert: Callable[[Mapping[str, str]], Mapping[str, str]] = dict


def json_pieces(values: Mapping[str, Any]) -> Iterator[str]:
    """The text of json.dumps(values, ensure_ascii=False, indent=2), in pieces.

    A value that is a LazyRows is written as a list of objects.
    """
    opening = "{"
    for key, value in values.items():
        yield f"{opening}\n  {_encode_value(key)}: "
        if isinstance(value, LazyRows):
            yield from _list_pieces(value)
        else:
            yield json.dumps(value, ensure_ascii=False, indent=2).replace("\n", "\n  ")
        opening = ","
    yield "\n}"


def encode_pieces(texts: Iterable[str]) -> Iterator[bytes]:
    """The pieces as UTF-8, with a line break after the last."""
    for text in texts:
        yield text.encode("utf-8")
    yield b"\n"


def _list_pieces(value: LazyRows) -> Iterator[str]:
    if not value.rows:
        yield "[]"
        return
    opening = "["
    rows = map(value.convert, value.rows)
    while piece := list(islice(rows, _ROWS_PER_PIECE)):
        objects = _encode_rows(piece)[2:-2]
        # between two objects alone: a line break within a text is written as \\n
        spaced = objects.replace("},\n      {", "\n    },\n    {\n      ")
        yield f"{opening}\n    {{\n      {spaced}\n    }}"
        opening = ","
    yield "\n  ]"
