"""A delimited text that was opened with another separator and saved so: each line has become one
cell. Computes.

Excel opens a comma file whose list separator is the semicolon with each line in the first column.
Saved again, a line is quoted where it must be (it has a quotation mark, or the separator, in it)
and bare elsewhere; where other columns were touched, separators of empty cells stand behind each
line. Both together are seen in public exports.
"""

import csv
import io
from collections.abc import Sequence

_INNER_SEPARATORS = (";", "\t", ",")
_ALIKE_SHARE = 0.9  # share of the lines inside that are as wide as most


def unwrap_lines(text: bytes, sample: int) -> bytes:
    """The text inside, or the same text; told by its first `sample` bytes."""
    start = text[:sample].decode("utf-8", "ignore")
    cut = start if len(text) <= sample else start[: start.rfind("\n") + 1]
    if '"' in cut and _are_table_lines(_rows_as_lines(cut, ",")):
        return "\n".join(_rows_as_lines(text.decode("utf-8"), ",")).encode()
    for outer in (";", "\t"):
        if _may_be_wrapped(cut, outer) and _are_wrapped_rows(_parse_rows(cut, outer)):
            return "\n".join(
                _rejoin_line(row, outer) for row in _parse_rows(text.decode("utf-8"), outer)
            ).encode()
    return text


def _parse_rows(text: str, outer: str) -> list[list[str]]:
    """The rows; none where a quotation mark stands where none can."""
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=outer, strict=True))
    except csv.Error:
        return []


def _rows_as_lines(text: str, outer: str) -> list[str]:
    """Each row as one text, with as many empty cells behind each; none where a row has several
    cells.
    """
    rows = _parse_rows(text, outer)
    has_one = len({len(row) for row in rows if row}) < 2 and not any(any(row[1:]) for row in rows)
    return [row[0] if row else "" for row in rows] if has_one else []


def _are_table_lines(lines: Sequence[str]) -> bool:
    filled = [line for line in lines if line.strip()]
    return len(filled) > 1 and any(
        all(inner in line for line in filled) for inner in _INNER_SEPARATORS
    )


def _may_be_wrapped(text: str, outer: str) -> bool:
    """Whether every line ends with the separator, or one is quoted from end to end; looked at
    before it is parsed.
    """
    lines = [line.rstrip("\r") for line in text.split("\n") if line.strip()]
    return all(line.endswith(outer) for line in lines) or any(
        line.startswith('"') and line.rstrip(outer).endswith('"') and '""' in line for line in lines
    )


def _are_wrapped_rows(rows: Sequence[Sequence[str]]) -> bool:
    """Whether nearly all rows fill their first cell alone, and those cells are lines of a comma
    table of one width.

    Some must be what no bare comma table has: empty cells behind each line, or a line that is one
    cell of it.
    """
    filled = [row for row in rows if any(row)]
    lone = [row[0] for row in filled if row[0] and not any(row[1:])]
    if len(lone) < 2 or len(lone) < _ALIKE_SHARE * len(filled):
        return False
    widths = [len(next(csv.reader([line]), [])) for line in lone]
    most = max(set(widths), key=widths.count)
    has_tails = min(len(row) for row in filled) > 1
    return (
        most > 1
        and widths.count(most) >= _ALIKE_SHARE * len(widths)
        and (has_tails or any('"' in line for line in lone))
    )


def _rejoin_line(row: Sequence[str], outer: str) -> str:
    """The line as it was before it was cut at the separators in it."""
    return outer.join(row).rstrip(outer)
