"""JSON of very many rows, made some rows at a time: the whole text of a million findings is half a
gigabyte.
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
    """A list of rows of text, each as `made` makes it, when it is written."""

    rows: Sequence[Mapping[str, str]]
    made: Callable[[Mapping[str, str]], Mapping[str, str]] = dict


def json_pieces(values: Mapping[str, Any]) -> Iterator[str]:
    """The text of json.dumps(values, ensure_ascii=False, indent=2) in pieces; values that are Rows
    are written as lists of objects.
    """
    before = "{"
    for key, value in values.items():
        yield f"{before}\n  {_encode_value(key)}: "
        if isinstance(value, LazyRows):
            yield from _list_pieces(value)
        else:
            yield json.dumps(value, ensure_ascii=False, indent=2).replace("\n", "\n  ")
        before = ","
    yield "\n}"


def encode_pieces(texts: Iterable[str]) -> Iterator[bytes]:
    """The pieces as UTF-8, with an end of line after the last."""
    yield from (text.encode("utf-8") for text in texts)
    yield b"\n"


def _list_pieces(value: LazyRows) -> Iterator[str]:
    if not value.rows:
        yield "[]"
        return
    rows, before = iter(value.rows), "["
    while some := [value.made(row) for row in islice(rows, _ROWS_PER_PIECE)]:
        objects = _encode_rows(some)[2:-2].replace(
            "},\n      {", "\n    },\n    {\n      "
        )  # no text has a line's end
        yield f"{before}\n    {{\n      {objects}\n    }}"
        before = ","
    yield "\n  ]"
