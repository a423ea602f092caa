"""The bytes of a delimited text file -> the cells of its sheet.

The content says what the file is: separator, line ends, and whether each line was saved again as
one quoted cell. encoding.py says the encoding.
"""

import io
import re
import warnings
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd

from tasks.intake.cells.text import clean_texts, has_controls, texts_with_controls
from tasks.intake.files.csv_rows import csv_rows
from tasks.intake.files.encoding import convert_to_utf8
from tasks.intake.files.grid import CellPlace, SheetCells, build_cells
from tasks.intake.files.saved_again import unwrap_lines
from tasks.intake.files.unreadable import MOST_CELLS, MOST_COLUMNS, UnreadableFile

SEPARATORS = (",", ";", "\t", "|")
_MOST_PARSED_COLUMNS = 20_000  # columns, empty ones too; a spreadsheet saves up to 16,384
_PIECE = 1 << 18  # bytes looked at at a time
_SAMPLE_BYTES = 60_000  # bytes that show the separator
_LEAST_SAMPLE_LINES = 20  # lines that a sample has where the file has as many
_MOST_SAMPLE_BYTES = 4_000_000  # bytes looked at to have as many lines
_SAMPLE_ROWS = 200  # rows whose widths are compared
# Share of the bytes of a text that may be control characters where NULs are among them.
_STRAY_CONTROLS_SHARE = 0.01

_SEPARATOR_HINT = re.compile(rb'^"?sep=([,;|\t])"?[,;]*\r?\n', re.IGNORECASE)
_BACKSLASHED_QUOTE = re.compile(rb'[^\\]\\"(?![,;\t|\r\n])')
_TEXT_FORMULA = re.compile(r'^="([^"]*)"$')
_CONTROL_BYTES = bytes(b for b in (*range(32), 127) if b not in b"\t\n\r")
_RETURN, _LINE_FEED = ord("\r"), ord("\n")


def read_cells(content: bytes) -> SheetCells:
    """The cells of the file as text.

    Rows are numbered as a spreadsheet numbers them: blank lines count, line breaks in a cell do
    not. Raises UnreadableFile.
    """
    text = convert_to_utf8(content)
    if b"\0" in text and not _has_stray_nuls(text):
        raise UnreadableFile("nul_bytes")
    text = _unify_line_ends(text)
    if not has_controls(text):
        return _read_text(_cut_blank_end(text))
    cells = _read_text(_cut_blank_end(text.translate(None, _CONTROL_BYTES)))
    return replace(cells, hidden={**cells.hidden, **_cells_with_controls(text)})


def _has_stray_nuls(text: bytes) -> bool:
    """Whether NULs are no more than a form service or a pasted line leaves in a text: few, and
    never two together, as where a part of the file was lost.
    """
    controls = len(text) - len(text.translate(None, _CONTROL_BYTES))
    return b"\0\0" not in text and controls <= _STRAY_CONTROLS_SHARE * len(text)


def _read_text(text: bytes) -> SheetCells:
    hint = _SEPARATOR_HINT.match(text)
    if hint:  # a line for Excel, which Excel does not count as a row
        text, separator = text[hint.end() :], hint[1].decode()
    else:
        text = unwrap_lines(text, _SAMPLE_BYTES)
        separator = find_separator(text)
    cells = _parse_cells(text, separator)
    # Most texts have no formula, and one letter is sooner looked for than two.
    if b"=" in text and b'="' in text:
        return replace(cells, texts=_unwrap_formulas(cells.texts))
    return cells


def _cells_with_controls(text: bytes) -> dict[CellPlace, str]:
    """The cells that have a control character, as delivered: the text is read again with them."""
    try:
        cells = _read_text(text)
    except UnreadableFile:
        # Beside a quotation mark the character ends no cell: which cell it is in cannot be said.
        return {}
    hidden = dict(cells.hidden)  # texts beyond ASCII have lost their control characters already
    for position in range(cells.texts.shape[1]):
        column = texts_with_controls(cells.texts[position].fillna("").to_list())
        hidden |= {(at + 1, position): text for at, text in column.items()}
    return hidden


# --- Lines
# --------------------------------------------------------------------------------------------------


def _unify_line_ends(text: bytes) -> bytes:
    """The text in which line ends of old Macs, and mixed ones, are \\n."""
    if not _has_lone_returns(text):
        return text
    return text.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _has_lone_returns(text: bytes) -> bool:
    """Whether a \\r stands without a \\n behind; looked for in pieces, to save memory."""
    if b"\r" not in text:
        return False
    if text.endswith(b"\r"):
        return True
    codes = np.frombuffer(text, dtype="uint8")
    pieces = (codes[start : start + _PIECE + 1] for start in range(0, len(text), _PIECE))
    return any((piece[1:][piece[:-1] == _RETURN] != _LINE_FEED).any() for piece in pieces)


def _cut_blank_end(text: bytes) -> bytes:
    end = text.find(b"\n", _length_without_blank_end(text))
    return text[: end + 1] if 0 <= end < len(text) - 1 else text


def _length_without_blank_end(text: bytes) -> int:
    """The length without blank rows at the end; looked for in pieces, from the end."""
    end = len(text)
    while end > 0:
        start = max(0, end - _PIECE)
        piece = text[start:end].rstrip(b",;\t \r\n")
        if piece:
            return start + len(piece)
        end -= _PIECE
    return 0


# --- Separator
# --------------------------------------------------------------------------------------------------


def find_separator(text: bytes) -> str:
    """The separator whose rows are widest and most alike, over the first rows; a comma where there
    is none.
    """
    sample = _sample_text(text)
    # The sample loses at most three bytes where it ends within a letter.
    is_cut = len(sample.encode("utf-8")) < len(text) - 3
    scores = {
        separator: _width_evenness(sample, separator, is_cut) if separator in sample else 0.0
        for separator in SEPARATORS
    }
    return max(SEPARATORS, key=lambda separator: scores[separator])


def _sample_text(text: bytes) -> str:
    """The first rows: as many bytes as a sample has, more where the headings alone are as long."""
    end = _SAMPLE_BYTES
    most = min(len(text), _MOST_SAMPLE_BYTES)
    while end < most and text.count(b"\n", 0, end) < _LEAST_SAMPLE_LINES:
        end *= 2
    return text[:end].decode("utf-8", "ignore")


def _width_evenness(sample: str, separator: str, is_cut: bool) -> float:
    """How many cells the rows have in common: the commonest width over 1, by the share of the rows
    that have it. The last row of a sample that was cut off plays no part.
    """
    rows = islice(csv_rows(io.StringIO(sample, newline=""), separator), _SAMPLE_ROWS)
    widths = [len(row) for row in rows if any(cell.strip() for cell in row)]
    if is_cut and len(widths) > 1:
        widths = widths[:-1]
    if not widths:
        return 0.0
    if max(widths) < 2:
        return 0.0
    several = {width for width in widths if width > 1}
    commonest = max(several, key=lambda width: (widths.count(width), width))
    return widths.count(commonest) / len(widths) * (1 + min(commonest, 30) / 100)


# --- Cells
# --------------------------------------------------------------------------------------------------


def _parse_cells(text: bytes, separator: str) -> SheetCells:
    sample = list(csv_rows(io.StringIO(_sample_text(text), newline=""), separator))
    filled = max(map(_filled_width, sample), default=1)
    if filled > MOST_COLUMNS:
        raise UnreadableFile("too_many_columns", columns=filled, limit=MOST_COLUMNS)
    try:
        return _parse_with_width(text, separator, max(map(len, sample), default=1))
    except pd.errors.ParserError as error:
        if "EOF inside string" in str(error):
            raise UnreadableFile("open_quote", at=_row_number_in(str(error)) + 1) from error
    except pd.errors.ParserWarning:
        pass  # a row after the first ones is wider than they are
    lines = io.TextIOWrapper(io.BytesIO(text), encoding="utf-8", newline="")
    widest = max(map(len, csv_rows(lines, separator)), default=1)
    return _parse_with_width(text, separator, widest)


def _filled_width(row: Sequence[str]) -> int:
    """The cells of a row without the empty ones at its end."""
    width = len(row)
    while width and not row[width - 1]:
        width -= 1
    return width


def _parse_with_width(text: bytes, separator: str, width: int) -> SheetCells:
    """The cells of rows of up to `width` cells. Raises ParserWarning where a row is wider.

    One column more is asked for: pandas would take the first cell of a longer row for an index.
    """
    if width > _MOST_PARSED_COLUMNS:
        raise UnreadableFile("too_many_columns", columns=width, limit=MOST_COLUMNS)
    if (text.count(b"\n") + 1) * width > MOST_CELLS:
        raise UnreadableFile("too_many_cells", limit=MOST_CELLS)
    with warnings.catch_warnings():
        # As a warning only, cells of longer rows would be lost.
        warnings.simplefilter("error", pd.errors.ParserWarning)
        cells = pd.read_csv(
            io.BytesIO(text),
            sep=separator,
            header=None,
            names=range(width + 1),
            index_col=False,
            dtype="object",
            na_filter=False,
            skip_blank_lines=False,
            low_memory=False,
            encoding="utf-8",
            **_quoting_options(text, separator),
        )
    columns = [clean_texts(cells[column].to_list()) for column in cells]
    return build_cells(columns, range(1, len(cells) + 1))


def _quoting_options(text: bytes, separator: str) -> dict[str, Any]:
    """How the cells are quoted where it is not as usual: after a space, with backslashes, all
    headings in single marks.
    """
    start = text[:_SAMPLE_BYTES]
    headings = start.partition(b"\n")[0].strip().split(separator.encode())
    is_single = len(headings) > 1 and all(map(_is_in_single_marks, headings))
    is_spaced = start.count(separator.encode() + b' "') >= max(start.count(b"\n"), 1)
    has_backslashes = _BACKSLASHED_QUOTE.search(start)
    return {
        "quotechar": "'" if is_single else '"',
        "skipinitialspace": is_spaced,
        "escapechar": "\\" if has_backslashes else None,
    }


def _is_in_single_marks(cell: bytes) -> bool:
    return len(cell) > 2 and cell.startswith(b"'") and cell.endswith(b"'")


def _row_number_in(message: str) -> int:
    row = re.search(r"row (\d+)", message)
    return int(row[1]) if row else 0


def _unwrap_formulas(texts: pd.DataFrame) -> pd.DataFrame:
    """Cells that make Excel keep a text as it is (="0123") as that text."""
    unwrapped = texts.copy()
    for column in texts:
        if texts[column].notna().any():
            unwrapped[column] = texts[column].str.replace(_TEXT_FORMULA, r"\1", regex=True)
    return unwrapped
