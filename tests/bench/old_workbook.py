"""An old workbook (.xls), as small as a reader takes it: BIFF8 records in a stream of an OLE file.
For the bench.
"""

import datetime as dt
import struct
from collections.abc import Iterator, Sequence

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SHORTEST = 4096  # bytes of a stream; a shorter one would be in the small stream
_EPOCH = dt.datetime(1899, 12, 30)  # noqa: DTZ001  # a spreadsheet's day 0 has no zone
Value = str | int | float | dt.datetime | None


def xls(name: str, rows: Sequence[Sequence[Value]]) -> bytes:
    """The rows as the one sheet of a workbook; times have the form of a date."""
    records = [
        _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0)),
        _record(0x0042, b"\xb0\x04"),
    ]
    records += [
        _record(0x00E0, struct.pack("<HH16x", 0, form)) for form in (0, 22)
    ]  # plain, and date with time
    title = struct.pack("<BB", len(name), 1) + name.encode("utf-16-le")
    start = sum(map(len, records)) + 4 + 6 + len(title) + 4
    records += [_record(0x0085, struct.pack("<IH", start, 0) + title), _record(0x000A, b"")]
    return _ole("Workbook", b"".join([*records, *_sheet(rows)]))


def _sheet(rows: Sequence[Sequence[Value]]) -> Iterator[bytes]:
    yield _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    yield _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows)), 0))
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            if value not in (None, ""):
                yield _cell(row, column, value)
    yield _record(0x000A, b"")


def _cell(row: int, column: int, value: Value) -> bytes:
    if isinstance(value, str):
        text = struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")
        return _record(0x0204, struct.pack("<HHH", row, column, 0) + text)
    if isinstance(value, dt.datetime):
        return _record(
            0x0203, struct.pack("<HHHd", row, column, 1, (value - _EPOCH) / dt.timedelta(days=1))
        )
    return _record(0x0203, struct.pack("<HHHd", row, column, 0, value))


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _ole(name: str, stream: bytes) -> bytes:
    """An OLE file with one stream: the header, the table of sectors, the directory, the stream."""
    padded = stream.ljust(max(_SHORTEST, -(-len(stream) // _SECTOR) * _SECTOR), b"\0")
    sectors = len(padded) // _SECTOR
    tables = next(n for n in range(1, 110) if n * 128 >= n + 1 + sectors)
    links = [*[_FAT] * tables, _END, *range(tables + 2, tables + 1 + sectors), _END]
    fat = struct.pack(f"<{tables * 128}I", *links, *[_FREE] * (tables * 128 - len(links)))
    directory = _entry("Root Entry", 5, 1, _END, 0) + _entry(
        name, 2, _FREE, tables + 1, len(padded)
    )
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + struct.pack("<16xHHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, tables, tables, 0, _SHORTEST, _END, 0, _END, 0)
    header += struct.pack("<109I", *range(tables), *[_FREE] * (109 - tables))
    return header + fat + directory.ljust(_SECTOR, b"\0") + padded


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII36xIQ", text, len(text), kind, 1, _FREE, _FREE, child, start, size
    )
