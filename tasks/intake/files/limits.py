"""What python-calamine must not be given: zip bombs, and sheets whose cells would fill the memory.

python-calamine lays a sheet out from its first to its last cell before it gives a row. Where there
is no memory for the sheet, the whole program ends. So the places of the cells are looked at first,
in every way in which its parsers take them. It also has one word for all that it cannot read; the
password, the kind of document and the dialect that an official can mend are looked for here.
Why this is no child process with a limit on its memory: docs/decisions.md.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from itertools import pairwise
from lzma import LZMAError

from tasks.intake.files.unreadable import MOST_CELLS, UnreadableFile

_ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, LZMAError, struct.error, NotImplementedError)
_DAMAGE_ERRORS = (*_ZIP_ERRORS, EOFError, OSError, ValueError)
_MOST_UNPACKED = 300_000_000  # bytes of all parts of a workbook
_HONEST_UNPACKED = 20_000_000  # bytes that may be packed in any ratio
_MOST_PACKING_RATIO = 250  # an honest sheet packs to a tenth or a fiftieth
_MOST_PARTS = 10_000  # files in the zip; a workbook with a picture a row has some thousands
_PIECE = 1_000_000  # bytes unpacked at a time


def inspect_workbook(content: bytes) -> None:
    """Raises UnreadableFile for a workbook that is damaged, locked, strict OOXML, larger than it
    may be, or no workbook.
    """
    if not content.startswith(b"PK"):
        _inspect_xls(content)
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            _inspect_parts(parts, len(content))
            _inspect_kind(parts)
    except _DAMAGE_ERRORS as error:
        raise UnreadableFile("damaged_workbook") from error
    except RuntimeError as error:  # of a zip with a password, zipfile has no class of its own
        raise UnreadableFile("encrypted") from error


def _inspect_kind(parts: zipfile.ZipFile) -> None:
    names = set(parts.namelist())
    if "xl/workbook.xml" in names:
        _inspect_ooxml(parts)
    elif "content.xml" in names:
        _inspect_ods(parts)
    elif "encrypted-package" in names:  # LibreOffice's newer way
        raise UnreadableFile("encrypted")
    elif "xl/workbook.bin" not in names:
        raise UnreadableFile("no_table")


# --- Zip
# --------------------------------------------------------------------------------------------------


def _inspect_parts(parts: zipfile.ZipFile, packed: int) -> None:
    """Raises UnreadableFile for what would unpack to too much, for parts that share bytes, and for
    parts without end. `packed`: bytes of the workbook.
    """
    listed = parts.infolist()
    unpacked = sum(part.file_size for part in listed)
    is_packed_oddly = unpacked > _HONEST_UNPACKED and unpacked > _MOST_PACKING_RATIO * packed
    if unpacked > _MOST_UNPACKED or is_packed_oddly:
        raise UnreadableFile("zip_bomb", unpacked=unpacked // 1_000_000)
    spans = sorted((part.header_offset, part.header_offset + part.compress_size) for part in listed)
    is_shared = any(end > start for (_, end), (start, _) in pairwise(spans))
    if is_shared or len(listed) > _MOST_PARTS:
        raise UnreadableFile("damaged_workbook")


def _unpack_part(parts: zipfile.ZipFile, name: str) -> bytes:
    return b"".join(_part_pieces(parts, name))


def _measure_part(parts: zipfile.ZipFile, name: str) -> None:
    """Unpacks a part to see that it is as long as the directory says, and keeps nothing of it."""
    for _ in _part_pieces(parts, name):
        pass


def _part_pieces(parts: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """The bytes of a part. zipfile stops at the length that the directory says: a longer part is
    never in memory whole, and raises BadZipFile.
    """
    with parts.open(name) as part:
        yield from iter(lambda: part.read(_PIECE), b"")


# --- OOXML
# --------------------------------------------------------------------------------------------------

_STRICT_NAMESPACE = b"purl.oclc.org/ooxml"
_NAMESPACE_BYTES = 20_000  # bytes at the start of a workbook's own part that name its namespaces
_FAR_CELL = re.compile(rb"""r\s*=\s*["'](?:[A-Za-z]*\d{4}|[A-Za-z]{4,}\d)""")
_PLAIN_CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"')
_OTHER_CELL = re.compile(rb'<c(?:[>/\n\r\t]| (?!r="))')
_PREFIXED_CELLS = (b":c ", b":c>", b":c\n")
_CELL_TAG = re.compile(rb"<(?:[^\s<>/:]+:)?(row|c)(?=[\s/>])([^>]*)>")
_CELL_PLACE = re.compile(rb"""(?:^|\s)r\s*=\s*["']([A-Za-z]*)(\d*)["']""")


def _inspect_ooxml(parts: zipfile.ZipFile) -> None:
    if _STRICT_NAMESPACE in _unpack_part(parts, "xl/workbook.xml")[:_NAMESPACE_BYTES]:
        raise UnreadableFile("strict_workbook")
    for part in parts.infolist():
        if "worksheets/" in part.filename and part.filename.endswith(".xml"):
            _inspect_sheet(_unpack_part(parts, part.filename))
        elif part.filename.endswith((".xml", ".rels")):
            _measure_part(parts, part.filename)


def _inspect_sheet(sheet: bytes) -> None:
    """Raises UnreadableFile where the cells stand so far apart that there are too many between
    them.
    """
    is_plain = _has_plain_cells(sheet)
    if is_plain and not _FAR_CELL.search(sheet):
        return  # three digits and three letters: fewer cells than there may be
    # The places of a plain sheet are found in a third of the time.
    if is_plain and 0 < _plain_sheet_extent(sheet) <= MOST_CELLS:
        return
    if _sheet_extent(sheet) > MOST_CELLS:
        raise UnreadableFile("too_many_cells", limit=MOST_CELLS)


def _has_plain_cells(sheet: bytes) -> bool:
    """Whether each cell says where it stands in the way in which nearly all programs write it."""
    if any(prefixed in sheet for prefixed in _PREFIXED_CELLS):
        return False
    return not _OTHER_CELL.search(sheet)


def _plain_sheet_extent(sheet: bytes) -> int:
    """Cells from the first to the last one, filled or not; 0 where a place is none that a
    spreadsheet has.
    """
    places = _PLAIN_CELL.findall(sheet)
    if not places or len(places) < sheet.count(b'<c r="'):
        return 0
    rows = [int(number) for _, number in places]
    columns = [_column_number(letters) for letters in {letters for letters, _ in places}]
    return _spanned_cells(rows, columns)


def _sheet_extent(sheet: bytes) -> int:
    """Cells from the first to the last one with something in it, wherever a parser may take it to
    stand.
    """
    row = column = 0
    rows, columns = [], []
    for tag in _CELL_TAG.finditer(sheet):
        place = _CELL_PLACE.search(tag[2])
        letters, number = (place[1], int(place[2] or 0)) if place else (b"", 0)
        if tag[1] == b"row":
            row, column = number or row + 1, 0
            continue
        column = _column_number(letters) if letters else column + 1
        if not tag[2].endswith(b"/"):
            rows.append(number or row)
            columns.append(column)
    return _spanned_cells(rows, columns)


def _spanned_cells(rows: list[int], columns: list[int]) -> int:
    if not rows:
        return 0
    return (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


# --- ODS
# --------------------------------------------------------------------------------------------------

_ODS_REPEATS = re.compile(rb"""number-(?:rows|columns)-repeated\s*=\s*["']\s*(\d+)""")
_ODS_SHEET = re.compile(rb"<table:table(?=[\s>])")
_MOST_ODS_CELLS = MOST_CELLS // 2  # the reader has them twice in memory
_MANIFEST = "META-INF/manifest.xml"


def _inspect_ods(parts: zipfile.ZipFile) -> None:
    names = parts.namelist()
    if "mimetype" in names and b"spreadsheet" not in _unpack_part(parts, "mimetype"):
        raise UnreadableFile("no_table")
    if _MANIFEST in names and b"encryption-data" in _unpack_part(parts, _MANIFEST):
        raise UnreadableFile("encrypted")
    content = _unpack_part(parts, "content.xml")
    repeats = sum(map(int, _ODS_REPEATS.findall(content))) if b"repeated" in content else 0
    most_rows = content.count(b"table-row") + repeats
    most_columns = content.count(b"table-cell") + repeats
    if most_rows * most_columns <= _MOST_ODS_CELLS:
        return
    sheets = _ODS_SHEET.split(content)[1:]
    if any(_ods_sheet_extent(sheet) > _MOST_ODS_CELLS for sheet in sheets):
        raise UnreadableFile("too_many_cells", limit=_MOST_ODS_CELLS)


def _ods_sheet_extent(sheet: bytes) -> int:
    """Cells of an ODS sheet up to its last row with something in it: a row or cell may say that it
    stands a million times.
    """
    height = filled = widest = 0
    for row in sheet.split(b"<table:table-row")[1:]:
        head, _, cells = row.partition(b">")
        height += int((_ODS_REPEATS.findall(head) or [b"1"])[0])
        last = max(cells.rfind(b"office:value-type"), cells.rfind(b"<text:p"))
        if last >= 0:
            filled = height
            counted = cells[: cells.find(b">", last)]
            repeats = sum(int(number) - 1 for number in _ODS_REPEATS.findall(counted))
            widest = max(widest, counted.count(b"table-cell") + repeats)
    return filled * widest


# --- XLS
# --------------------------------------------------------------------------------------------------

# The first of the workbook's own records.
_BOOK_RECORD = re.compile(rb"\x09\x08(?:\x08|\x10)\x00\x00[\x05\x06]\x05\x00", re.DOTALL)
_PASSWORD_RECORD, _FIRST_RECORDS = 0x002F, 8
_LONGEST_RECORD = 8_224  # bytes
# The size of a sheet with numbers of four or two bytes, and the length of the record behind.
_SHEET_SIZES = re.compile(
    rb"\x00\x02(?:\x0e\x00(?=(.{12})\0\0..(..))|\x0a\x00(?=(.{8})\0\0..(..)))", re.DOTALL
)
# A number, a small number, a shared text, yes or no beyond column 256: row and column.
_WIDE_CELL = re.compile(
    rb"(?:\x03\x02\x0e\x00|\x7e\x02\x0a\x00|\xfd\x00\x0a\x00|\x05\x02\x08\x00)"
    rb"(?=(..)(.[\x01-\xff]).\x00)",
    re.DOTALL,
)
# A text beyond column 256: length, row, column, letters, and whether each has two bytes.
_WIDE_TEXT = re.compile(
    rb"\x04\x02(?=(.[\x00-\x20])(..)(.[\x01-\xff])..(..)([\x00\x01]))", re.DOTALL
)
_TEXT_HEAD = 9  # bytes of the record of a text before its letters


def _inspect_xls(content: bytes) -> None:
    """Raises UnreadableFile for an old workbook that says that it has more cells than there may be,
    or has a cell so far beyond the 256 columns of its kind.

    Records are looked for in the whole file, in whatever order its sectors are.
    """
    if _has_password(content):
        raise UnreadableFile("encrypted")
    is_large = any(map(_is_xls_size_too_large, _SHEET_SIZES.finditer(content)))
    if is_large or _has_far_xls_cell(content):
        raise UnreadableFile("too_many_cells", limit=MOST_CELLS)


def _has_password(content: bytes) -> bool:
    """Whether an old workbook says so in one of its first records; its reader takes such a file for
    none.
    """
    book = _BOOK_RECORD.search(content)
    at = book.start() if book else len(content)
    for _ in range(_FIRST_RECORDS):
        if at + 4 > len(content):
            return False
        kind, length = struct.unpack_from("<HH", content, at)
        if kind == _PASSWORD_RECORD:
            return True
        at += 4 + length
    return False


def _is_xls_size_too_large(sizes: re.Match[bytes]) -> bool:
    """Whether the size that a sheet says for itself would fill the memory. Bytes that only look so
    have no record behind them.
    """
    long_span, long_next, short_span, short_next = sizes.groups()
    if int.from_bytes(long_next or short_next, "little") > _LONGEST_RECORD:
        return False
    form = "<IIHH" if long_span else "<HHHH"
    top, bottom, left, right = map(int, struct.unpack(form, long_span or short_span))
    return bottom < top or right < left or (bottom - top) * (right - left) > MOST_CELLS


def _has_far_xls_cell(content: bytes) -> bool:
    """Whether a sheet from its first cell to one beyond the columns of an old workbook is too
    large.
    """
    for cell in _WIDE_CELL.finditer(content):
        row, column = (int.from_bytes(part, "little") for part in cell.groups())
        if row * column > MOST_CELLS:
            return True
    for text in _WIDE_TEXT.finditer(content):
        length, row, column, letters, width = (
            int.from_bytes(part, "little") for part in text.groups()
        )
        if length == _TEXT_HEAD + letters * (width + 1) and row * column > MOST_CELLS:
            return True
    return False
