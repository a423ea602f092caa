"""What a reader of workbooks must not be given: zip bombs, and cells so far apart that they would
fill the memory. Computes; reads no file.

python-calamine lays a sheet out from its first to its last cell before it gives a row, and where
there is no memory for it, the whole program ends. So the places of the cells are looked at first,
in every way in which its parsers take them.
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

_DAMAGE_ERRORS = (
    *(zipfile.BadZipFile, zlib.error, LZMAError, struct.error),
    *(NotImplementedError, EOFError, OSError, ValueError),
)
_MOST_UNPACKED = 300_000_000  # bytes of all parts of a workbook
_MOST_PARTS = 10_000  # files in the zip; a workbook with a picture a row has some thousands
_PIECE = 1_000_000  # bytes unpacked at a time
_MOST_PACKING_RATIO = 250  # an honest sheet packs to a tenth or a fiftieth
_STRICT_NAMESPACE = b"purl.oclc.org/ooxml"
_LAST_COLUMN = 16_384  # XFD


def inspect_workbook(content: bytes) -> None:
    """Raises Unreadable for a workbook that is damaged, none, strict OOXML, or larger than it may
    be.
    """
    if not content.startswith(b"PK"):
        _inspect_xls(content)
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            _inspect_zip(parts, len(content))
            names = set(parts.namelist())
            if "xl/workbook.xml" in names:
                _inspect_ooxml(parts)
            elif "content.xml" in names:
                _inspect_ods(parts)
            elif "encrypted-package" in names:  # LibreOffice's newer way
                raise UnreadableFile("encrypted")
            elif "xl/workbook.bin" not in names:
                raise UnreadableFile("no_table")
    except _DAMAGE_ERRORS as error:
        raise UnreadableFile("damaged_workbook") from error
    except RuntimeError as error:  # zipfile's word for a zip with a password
        raise UnreadableFile("encrypted") from error


def _inspect_zip(parts: zipfile.ZipFile, packed: int) -> None:
    """Raises Unreadable for what would unpack to too much, for parts that share bytes, and for
    parts without end.
    """
    listed = parts.infolist()
    unpacked = sum(part.file_size for part in listed)
    if unpacked > _MOST_UNPACKED or (
        unpacked > 20_000_000 and unpacked > _MOST_PACKING_RATIO * packed
    ):
        raise UnreadableFile("zip_bomb", unpacked=unpacked // 1_000_000)
    spans = sorted((part.header_offset, part.header_offset + part.compress_size) for part in listed)
    if len(listed) > _MOST_PARTS or any(end > start for (_, end), (start, _) in pairwise(spans)):
        raise UnreadableFile("damaged_workbook")


def _unpack_part(parts: zipfile.ZipFile, name: str) -> bytes:
    """A part of the workbook. One that is longer than the directory says is never in memory whole:
    it is damaged.
    """
    return b"".join(_part_pieces(parts, name))


def _measure_part(parts: zipfile.ZipFile, name: str) -> None:
    """Unpacks a part to see that it is as long as the directory says, and keeps nothing of it."""
    for _ in _part_pieces(parts, name):
        pass


def _part_pieces(parts: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with parts.open(name) as part:
        yield from iter(lambda: part.read(_PIECE), b"")


# --- OOXML
# --------------------------------------------------------------------------------------------------

_FAR_CELL = re.compile(rb"""r\s*=\s*["'](?:[A-Za-z]*\d{4}|[A-Za-z]{4,}\d)""")
_PLAIN_CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"')
_OTHER_CELL = re.compile(rb'<c(?:[>/\n\r\t]| (?!r="))')
_CELL_TAG = re.compile(rb"<(?:[^\s<>/:]+:)?(row|c)(?=[\s/>])([^>]*)>")
_CELL_PLACE = re.compile(rb"""(?:^|\s)r\s*=\s*["']([A-Za-z]*)(\d*)["']""")


def _inspect_ooxml(parts: zipfile.ZipFile) -> None:
    if _STRICT_NAMESPACE in _unpack_part(parts, "xl/workbook.xml")[:20_000]:
        raise UnreadableFile("strict_workbook")
    for part in parts.infolist():
        if "worksheets/" in part.filename and part.filename.endswith(".xml"):
            _inspect_sheet(_unpack_part(parts, part.filename))
        elif part.filename.endswith((".xml", ".rels")):
            _measure_part(parts, part.filename)


def _inspect_sheet(sheet: bytes) -> None:
    """Raises Unreadable where the cells stand so far apart that there are too many between them."""
    is_plain = _has_plain_cells(sheet)
    if is_plain and not _FAR_CELL.search(sheet):
        return  # three digits and three letters: fewer cells than there may be
    if (
        not (is_plain and 0 < _plain_sheet_extent(sheet) <= MOST_CELLS)
        and _sheet_extent(sheet) > MOST_CELLS
    ):
        raise UnreadableFile("too_many_cells", limit=MOST_CELLS)


def _has_plain_cells(sheet: bytes) -> bool:
    """Whether each cell says where it stands in the way in which nearly all programs write it."""
    return (
        not _OTHER_CELL.search(sheet)
        and b":c " not in sheet
        and b":c>" not in sheet
        and b":c\n" not in sheet
    )


def _plain_sheet_extent(sheet: bytes) -> int:
    """Cells from the first to the last one, filled or not; 0 where a place is none that a
    spreadsheet has.
    """
    places = _PLAIN_CELL.findall(sheet)
    if not places or len(places) < sheet.count(b'<c r="'):
        return 0
    rows = [int(number) for _, number in places]
    columns = [_column_number(letters) for letters in {letters for letters, _ in places}]
    return (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1)


def _sheet_extent(sheet: bytes) -> int:
    """Cells from the first to the last one with something in it, wherever a parser may take it to
    stand.
    """
    row = column = 0
    rows, columns = [0], [0]
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
    if len(rows) == 1:
        return 0
    return (max(rows) - min(rows[1:]) + 1) * (max(columns) - min(columns[1:]) + 1)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


# --- ODS
# --------------------------------------------------------------------------------------------------

_ODS_REPEATS = re.compile(rb"""number-(?:rows|columns)-repeated\s*=\s*["']\s*(\d+)""")
_MOST_ODS_CELLS = MOST_CELLS // 2  # the reader has them twice in memory


def _inspect_ods(parts: zipfile.ZipFile) -> None:
    names = parts.namelist()
    if "mimetype" in names and b"spreadsheet" not in _unpack_part(parts, "mimetype"):
        raise UnreadableFile("no_table")
    if "META-INF/manifest.xml" in names and b"encryption-data" in _unpack_part(
        parts, "META-INF/manifest.xml"
    ):
        raise UnreadableFile("encrypted")
    content = _unpack_part(parts, "content.xml")
    repeats = sum(map(int, _ODS_REPEATS.findall(content))) if b"repeated" in content else 0
    if (content.count(b"table-row") + repeats) * (
        content.count(b"table-cell") + repeats
    ) <= _MOST_ODS_CELLS:
        return
    for sheet in re.split(rb"<table:table(?=[\s>])", content)[1:]:
        if _ods_sheet_extent(sheet) > _MOST_ODS_CELLS:
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

_BOOK_RECORD = re.compile(
    rb"\x09\x08(?:\x08|\x10)\x00\x00[\x05\x06]\x05\x00", re.DOTALL
)  # of the workbook's own records
_PASSWORD_RECORD, _FIRST_RECORDS = 0x002F, 8
_LONGEST_RECORD = 8_224  # bytes
_SHEET_SIZES = re.compile(
    rb"\x00\x02(?:\x0e\x00(?=(.{12})\0\0..(..))|\x0a\x00(?=(.{8})\0\0..(..)))", re.DOTALL
)
_WIDE_CELL = re.compile(  # of a number, a small number, a shared text, yes or no: row and column
    rb"(?:\x03\x02\x0e\x00|\x7e\x02\x0a\x00|\xfd\x00\x0a\x00|\x05\x02\x08\x00)(?=(..)(.[\x01-\xff]).\x00)",
    re.DOTALL,
)
_WIDE_TEXT = re.compile(  # of a text: length, row, column, letters and whether each has two bytes
    rb"\x04\x02(?=(.[\x00-\x20])(..)(.[\x01-\xff])..(..)([\x00\x01]))", re.DOTALL
)


def _inspect_xls(content: bytes) -> None:
    """Raises Unreadable for an old workbook that says that it has, or has, more cells than there
    may be: beyond the 256 columns of its kind. Records are looked for in the whole file, in
    whatever order its sectors are.
    """
    if _has_password(content):
        raise UnreadableFile("encrypted")
    if any(_is_xls_too_large(found) for found in _SHEET_SIZES.finditer(content)) or any(
        _wide_xls_cells(content)
    ):
        raise UnreadableFile("too_many_cells", limit=MOST_CELLS)


def _has_password(content: bytes) -> bool:
    """Whether an old workbook says so in one of its first records; its reader takes such a file for
    none.
    """
    begun = _BOOK_RECORD.search(content)
    at = begun.start() if begun else len(content)
    for _ in range(_FIRST_RECORDS):
        kind, length = struct.unpack_from("<HH", content, at) if at + 4 <= len(content) else (0, 0)
        if kind == _PASSWORD_RECORD:
            return True
        at += 4 + length
    return False


def _is_xls_too_large(found: re.Match[bytes]) -> bool:
    """Whether a sheet's own word for its size, followed by another record, is one that would fill
    the memory.
    """
    sizes, following = (found[1], found[2]) if found[1] is not None else (found[3], found[4])
    top, bottom, left, right = struct.unpack("<IIHH" if len(sizes) == 12 else "<HHHH", sizes)
    is_record = int.from_bytes(following, "little") <= _LONGEST_RECORD
    return is_record and (
        bottom < top or right < left or (bottom - top) * (right - left) > MOST_CELLS
    )


def _wide_xls_cells(content: bytes) -> Iterator[bool]:
    """For each cell beyond the columns of an old workbook, whether a sheet from its first cell to
    it is too large.
    """
    for found in _WIDE_CELL.finditer(content):
        row, column = (int.from_bytes(part, "little") for part in found.groups())
        yield row * column > MOST_CELLS
    for found in _WIDE_TEXT.finditer(content):
        length, row, column, letters, width = (
            int.from_bytes(part, "little") for part in found.groups()
        )
        yield length == 9 + letters * (width + 1) and row * column > MOST_CELLS
