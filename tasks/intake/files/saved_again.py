"""A delimited text that was opened with another separator and saved so: each line became one cell.

Excel opens a comma file whose list separator is the semicolon with each line in the first column.
Saved again, a line is quoted where the line has a quotation mark or the separator in it, and bare
elsewhere; where other columns were touched, separators of empty cells stand behind each line. Both
together are seen in public exports.
"""

import csv
import io
from collections.abc import Sequence

from tasks.intake.files.csv_rows import csv_rows

_OUTER_SEPARATORS = (";", "\t")
_INNER_SEPARATORS = (";", "\t", ",")
_ALIKE_SHARE = 0.9  # share of the lines inside that are as wide as most


def unwrap_lines(text: bytes, sample: int) -> bytes:
    """The text inside, or the same text: the first `sample` bytes say which."""
    start = text[:sample].decode("utf-8", "ignore")
    lines = start if len(text) <= sample else start[: start.rfind("\n") + 1]
    if '"' in lines and _are_table_lines(_rows_as_lines(lines, ",")):
        return _encode_lines(_rows_as_lines(text.decode("utf-8"), ","))
    for outer in _OUTER_SEPARATORS:
        if _may_be_wrapped(lines, outer) and _are_wrapped_rows(_parse_rows(lines, outer)):
            rows = _parse_rows(text.decode("utf-8"), outer)
            return _encode_lines([_rejoin_line(row, outer) for row in rows])
    return text


def _encode_lines(lines: Sequence[str]) -> bytes:
    return "\n".join(lines).encode()


def _parse_rows(text: str, outer: str) -> list[list[str]]:
    """The rows; none where a quotation mark stands where none can."""
    try:
        return list(csv_rows(io.StringIO(text, newline=""), outer, strict=True))
    except csv.Error:
        return []


def _rows_as_lines(text: str, outer: str) -> list[str]:
    """The only filled cell of each row; none where a row has several, or rows differ in width."""
    rows = _parse_rows(text, outer)
    widths = {len(row) for row in rows if row}
    if len(widths) > 1 or any(any(row[1:]) for row in rows):
        return []
    return [row[0] if row else "" for row in rows]


def _are_table_lines(lines: Sequence[str]) -> bool:
    filled = [line for line in lines if line.strip()]
    if len(filled) < 2:
        return False
    return any(all(inner in line for line in filled) for inner in _INNER_SEPARATORS)


def _may_be_wrapped(text: str, outer: str) -> bool:
    """Whether every line ends with the separator, or one is quoted from end to end.

    Looked at before the text is parsed.
    """
    lines = [line.rstrip("\r") for line in text.split("\n") if line.strip()]
    if all(line.endswith(outer) for line in lines):
        return True
    return any(_is_quoted_line(line, outer) for line in lines)


def _is_quoted_line(line: str, outer: str) -> bool:
    return line.startswith('"') and line.rstrip(outer).endswith('"') and '""' in line


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
    widths = [len(next(csv_rows([line], ","), [])) for line in lone]
    commonest = max(set(widths), key=widths.count)
    if commonest < 2 or widths.count(commonest) < _ALIKE_SHARE * len(widths):
        return False
    has_tails = min(len(row) for row in filled) > 1
    return has_tails or any('"' in line for line in lone)


def _rejoin_line(row: Sequence[str], outer: str) -> str:
    """The line as it was before it was cut at the separators in it."""
    return outer.join(row).rstrip(outer)
