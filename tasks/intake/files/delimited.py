"""The bytes of a delimited text file -> a grid of its cells. Computes; reads no file.

Told by content: encoding, separator, line ends, and whether each line was saved again as one quoted
cell.
"""

import codecs
import csv
import io
import re
import warnings
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd
from charset_normalizer import from_bytes

from tasks.intake.cells.text import HIDDEN_ATTRIBUTE, clean_texts, has_controls, texts_with_controls
from tasks.intake.cells.text import build_grid as grid_of
from tasks.intake.files.saved_again import unwrap_lines
from tasks.intake.files.unreadable import LARGEST_FILE, MOST_CELLS, MOST_COLUMNS, UnreadableFile

SEPARATORS = (",", ";", "\t", "|")
_MOST_PARSED_COLUMNS = 20_000  # columns, empty ones too; a spreadsheet saves up to 16,384
_PIECE = 1 << 18  # bytes looked at at a time
_SAMPLE_BYTES = 60_000  # bytes looked at to tell the separator
_MOST_SAMPLE_BYTES, _LEAST_SAMPLE_LINES = (
    4_000_000,
    20,
)  # ... and at most, where fewer lines than these are in it
csv.field_size_limit(
    LARGEST_FILE
)  # of the csv module, for the whole program: our own limit is LONGEST
_SEPARATOR_HINT = re.compile(rb'^"?sep=([,;|\t])"?[,;]*\r?\n', re.IGNORECASE)
_MAC_LETTER, _LATIN_LETTER = (
    re.compile(rb"[A-Za-z][\x87\x8d-\x90\x9f]"),
    re.compile(rb"[\xc0-\xff]"),
)
_UTF8_LETTER = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_BACKSLASHED_QUOTE = re.compile(rb'[^\\]\\"(?![,;\t|\r\n])')
_TEXT_FORMULA = re.compile(r'^="([^"]*)"$')
_ASCII_BYTES = bytes(range(128))
_BEYOND_ASCII = b" " * 128 + bytes(range(128, 256))
_CONTROL_BYTES = bytes(b for b in (*range(32), 127) if b not in b"\t\n\r")
_STRAY_CONTROLS_SHARE = (
    0.01  # share of a text's bytes that may be control characters where NULs are among them
)


def read_cells(content: bytes) -> pd.DataFrame:
    """The cells as text: rows numbered as a spreadsheet numbers them (1.., blank lines count, line
    breaks in a cell do not), columns 0.., NaN where empty. Raises Unreadable.
    """
    text = convert_to_utf8(content)
    if b"\0" in text and not _has_stray_nuls(text):
        raise UnreadableFile("nul_bytes")
    text = _unify_line_ends(text)
    if not has_controls(text):
        return _read_text(_cut_blank_end(text))
    cells = _read_text(_cut_blank_end(text.translate(None, _CONTROL_BYTES)))
    cells.attrs[HIDDEN_ATTRIBUTE] |= _cells_with_controls(text)
    return cells


def _has_stray_nuls(text: bytes) -> bool:
    """Whether NULs are no more than a form service or a pasted line leaves in a text: few, and
    never two together, as where a part of the file was lost.
    """
    controls = len(text) - len(text.translate(None, _CONTROL_BYTES))
    return b"\0\0" not in text and controls <= _STRAY_CONTROLS_SHARE * len(text)


def _read_text(text: bytes) -> pd.DataFrame:
    hint = _SEPARATOR_HINT.match(text)
    text = (
        text[hint.end() :] if hint else text
    )  # a line for Excel, which it does not count as a row
    text = text if hint else unwrap_lines(text, _SAMPLE_BYTES)
    return _unwrap_formulas(
        _parse_cells(text, hint[1].decode() if hint else find_separator(text)), text
    )


def _cells_with_controls(text: bytes) -> dict[tuple[int, int], str]:
    """The cells of a text that have a control character, as delivered, by row and column; told by
    reading it again.
    """
    try:
        cells = _read_text(text)
    except (
        UnreadableFile
    ):  # beside a quotation mark it ends no cell; which cell it is in cannot be told
        return {}
    columns = (texts_with_controls(cells[at].fillna("").to_list()) for at in cells)
    found = {(i + 1, at): said for at, texts in enumerate(columns) for i, said in texts.items()}
    in_others: dict[tuple[int, int], str] = cells.attrs[
        HIDDEN_ATTRIBUTE
    ]  # texts beyond ASCII are without them already
    return in_others | found


def convert_to_utf8(content: bytes) -> bytes:
    """The same text as UTF-8 without a byte order mark: of UTF-8, UTF-16 both ways, Windows-1252,
    else as detected.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _recode_text(content, "utf-16")
    wide = _utf16_encoding(content[:2000])
    if wide:
        return _recode_text(content, wide)
    plain = content.removeprefix(b"\xef\xbb\xbf")
    if plain.isascii() or _is_utf8(plain):
        return plain
    return (
        _mend_utf8(plain)
        if _is_nearly_utf8(plain)
        else _recode_text(plain, _legacy_encoding(plain))
    )


def _recode_text(content: bytes, encoding: str) -> bytes:
    try:
        return content.decode(encoding).removeprefix("\ufeff").encode("utf-8")
    except UnicodeError as error:
        raise UnreadableFile("encoding") from error


def _is_utf8(content: bytes) -> bool:
    decoder = codecs.getincrementaldecoder(
        "utf-8"
    )()  # in pieces, to save memory and the time to take it
    try:
        for start in range(0, len(content), _PIECE):
            decoder.decode(content[start : start + _PIECE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _is_nearly_utf8(content: bytes) -> bool:
    """Whether bytes beyond ASCII are letters of UTF-8 but for a few, as where a line was pasted in
    another program.
    """
    beyond = b" ".join(content[:_MOST_SAMPLE_BYTES].translate(_BEYOND_ASCII).split())
    letters = len(_UTF8_LETTER.findall(beyond))
    others = len(_UTF8_LETTER.sub(b"", beyond).translate(None, _ASCII_BYTES))
    return letters > 0 and others <= 0.2 * (letters + others) + 1


def _mend_utf8(content: bytes) -> bytes:
    """UTF-8 in which the bytes that are none are read as Windows-1252."""
    return content.decode("utf-8", "one-of-cp1252").encode("utf-8")


def _replace_with_cp1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return wrong.decode("cp1252" if _is_cp1252(wrong) else "latin-1"), error.end


codecs.register_error("one-of-cp1252", _replace_with_cp1252)


def _utf16_encoding(start: bytes) -> str | None:
    """UTF-16 by its zero bytes: in Latin text every second byte is one, and only those."""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    half = len(start) // 2
    if half < 4 or max(even, odd) < 0.7 * half or min(even, odd) > 0.05 * half:
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def _legacy_encoding(content: bytes) -> str:
    """Windows-1252, as Indonesian Excel saves, unless the bytes are no such text or plainly another
    script's; Mac Roman where lines end as an old Mac's do and letters stand where Windows has other
    signs.
    """
    if (
        b"\n" not in content
        and b"\r" in content
        and _MAC_LETTER.search(content)
        and not _LATIN_LETTER.search(content)
    ):
        return "mac_roman"
    sample = content[:_SAMPLE_BYTES]
    high = len(sample.translate(None, _ASCII_BYTES))
    guess = (
        from_bytes(sample).best() if high > 0.15 * len(sample) or not _is_cp1252(content) else None
    )
    if guess is not None and guess.encoding not in ("ascii", "utf_8"):
        return guess.encoding
    if not _is_cp1252(content):
        raise UnreadableFile("encoding")
    return "cp1252"


def _is_cp1252(content: bytes) -> bool:
    return not any(byte in content for byte in (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d"))


def _cut_blank_end(text: bytes) -> bytes:
    end = text.find(b"\n", _length_without_blank_end(text))
    return text[: end + 1] if 0 <= end < len(text) - 1 else text


def _unify_line_ends(text: bytes) -> bytes:
    """The text in which line ends of old Macs, and mixed ones, are \\n."""
    return text.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if _has_lone_returns(text) else text


def _has_lone_returns(text: bytes) -> bool:
    """Whether a \\r stands without a \\n after it; looked for in pieces, to save memory."""
    if b"\r" not in text:
        return False
    codes = np.frombuffer(text, dtype="uint8")
    pieces = (codes[start : start + _PIECE + 1] for start in range(0, len(text), _PIECE))
    return text.endswith(b"\r") or any(
        (piece[1:][piece[:-1] == 13] != 10).any() for piece in pieces
    )


def _length_without_blank_end(text: bytes) -> int:
    """The length without blank rows at the end."""
    end = len(text)
    while end > 0 and not (piece := text[max(0, end - _PIECE) : end].rstrip(b",;\t \r\n")):
        end -= _PIECE
    return max(0, end - _PIECE) + len(piece) if end > 0 else 0


def find_separator(text: bytes) -> str:
    """The separator whose rows are widest and most alike, over the first rows; a comma where there
    is none.
    """
    sample = _sample_text(text)
    is_cut = (
        len(sample.encode("utf-8")) < len(text) - 3
    )  # within a letter the sample loses at most three bytes
    scores = {
        one: _width_evenness(sample, one, is_cut) if one in sample else 0.0 for one in SEPARATORS
    }
    return max(SEPARATORS, key=lambda separator: scores[separator])


def _sample_text(text: bytes) -> str:
    """The first rows: as many bytes as a sample has, more where the headings alone are as long as
    that.
    """
    end = _SAMPLE_BYTES
    while (
        end < min(len(text), _MOST_SAMPLE_BYTES) and text.count(b"\n", 0, end) < _LEAST_SAMPLE_LINES
    ):
        end *= 2
    return text[:end].decode("utf-8", "ignore")


def _width_evenness(sample: str, separator: str, is_cut: bool) -> float:
    """How many cells its rows have in common: the commonest width over 1, by the share of the rows
    that have it. Of a sample that was cut off, the last row plays no part.
    """
    widths = [
        len(row)
        for row in islice(_csv_rows(sample, separator), 200)
        if any(cell.strip() for cell in row)
    ]
    if is_cut and len(widths) > 1:
        widths = widths[:-1]
    if not widths:
        return 0.0
    commonest = max(set(widths), key=lambda width: (widths.count(width) * (width > 1), width))
    return (commonest > 1) * widths.count(commonest) / len(widths) * (1 + min(commonest, 30) / 100)


def _csv_rows(text: str, separator: str) -> "csv._reader":  # type: ignore[name-defined]  # the reader's type has no public name
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator)


def _parse_cells(text: bytes, separator: str) -> pd.DataFrame:
    width, filled = _sample_widths(text, separator)
    if filled > MOST_COLUMNS:
        raise UnreadableFile("too_many_columns", columns=filled, limit=MOST_COLUMNS)
    try:
        return _parse_with_width(text, separator, width)
    except pd.errors.ParserError as error:
        if "EOF inside string" in str(error):
            raise UnreadableFile("open_quote", at=_row_number_in(str(error)) + 1) from error
    except pd.errors.ParserWarning:
        pass  # a row after the first ones is wider than they are
    return _parse_with_width(text, separator, _widest_row(text, separator))


def _parse_with_width(text: bytes, separator: str, width: int) -> pd.DataFrame:
    """One column more than the rows have is asked for: pandas would take a longer row's first cell
    for an index.
    """
    if width > _MOST_PARSED_COLUMNS:
        raise UnreadableFile("too_many_columns", columns=width, limit=MOST_COLUMNS)
    if (text.count(b"\n") + 1) * width > MOST_CELLS:
        raise UnreadableFile("too_many_cells", limit=MOST_CELLS)
    with warnings.catch_warnings():
        warnings.simplefilter(
            "error", pd.errors.ParserWarning
        )  # cells of longer rows would be lost
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
    return grid_of(
        [clean_texts(cells[column].to_list()) for column in cells], range(1, len(cells) + 1)
    )


def _quoting_options(text: bytes, separator: str) -> dict[str, Any]:
    """How the cells are quoted where it is not as usual: after a space, with backslashes, all
    headings in single marks.
    """
    start = text[:_SAMPLE_BYTES]
    heads = start.partition(b"\n")[0].strip().split(separator.encode())
    single = len(heads) > 1 and all(
        len(h) > 2 and h.startswith(b"'") and h.endswith(b"'") for h in heads
    )
    spaced = start.count(separator.encode() + b' "') >= max(start.count(b"\n"), 1)
    escape = "\\" if _BACKSLASHED_QUOTE.search(start) else None
    return {"quotechar": "'" if single else '"', "skipinitialspace": spaced, "escapechar": escape}


def _unwrap_formulas(cells: pd.DataFrame, text: bytes) -> pd.DataFrame:
    """Cells that make Excel keep a text as it is (="0123") as that text."""
    if (
        b"=" not in text or b'="' not in text
    ):  # most texts have neither, and one letter is sooner looked for
        return cells
    kept = cells.copy()
    for name in cells:
        if cells[name].notna().any():
            kept[name] = cells[name].str.replace(_TEXT_FORMULA, r"\1", regex=True)
    return kept


def _sample_widths(text: bytes, separator: str) -> tuple[int, int]:
    """Cells of the widest of the first rows, and without the empty ones at its end."""
    rows = list(_csv_rows(_sample_text(text), separator))
    filled = (
        len(row) - next((i for i, cell in enumerate(reversed(row)) if cell), len(row))
        for row in rows
    )
    return max(map(len, rows), default=1), max(filled, default=1)


def _widest_row(text: bytes, separator: str) -> int:
    lines = io.TextIOWrapper(io.BytesIO(text), encoding="utf-8", newline="")
    return max((len(row) for row in csv.reader(lines, delimiter=separator)), default=1)


def _row_number_in(message: str) -> int:
    found = re.search(r"row (\d+)", message)
    return int(found[1]) if found else 0
