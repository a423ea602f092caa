"""Workbooks that would fill the memory are refused before they are laid out, however cells say
where they stand.
"""

import io
import struct
import time
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.intake.files import workbooks
from tasks.intake.files.unreadable import UnreadableFile
from tests.bench import old_workbook
from tests.small.exports import with_part, xlsx_bytes
from tests.tasks.intake.files.test_reader import CELL, of_ods

WORKBOOK = xlsx_bytes({"Data": [["Judul"]]})
SHEET = "xl/worksheets/sheet1.xml"
FIRST = b'<row r="1"><c r="A1"><v>1</v></c></row>'
HERE, THERE = b"<sheetData>", b"</sheetData></worksheet>"
DIMENSIONS, NUMBER, TEXT = 0x0200, 0x0203, 0x0204


def sheet(rows: bytes) -> bytes:
    return with_part(WORKBOOK, SHEET, lambda part: part[: part.index(HERE)] + HERE + rows + THERE)


def old(*records: bytes, instead: bool = False) -> bytes:
    """An old workbook with these records in its sheet; instead of the one for its size where said
    so.
    """
    content = old_workbook.xls("Data", [["Judul"], ["Antrean"]])
    size = struct.pack("<HH", DIMENSIONS, 14)
    at = content.index(size)
    added = b"".join(records) + (b"" if instead else content[at : at + 18])
    return content[:at] + added + content[at + 18 : len(content) - len(added) + 18]


def record(kind: int, *parts: bytes) -> bytes:
    content = b"".join(parts)
    return struct.pack("<HH", kind, len(content)) + content


def number(row: int, column: int) -> bytes:
    return record(NUMBER, struct.pack("<HHHd", row, column, 0, 5.0))


def text(row: int, column: int) -> bytes:
    return record(TEXT, struct.pack("<HHHHB", row, column, 0, 1, 0), b"x")


def size(*span: int) -> bytes:
    return record(DIMENSIONS, struct.pack("<IIHHH", *span, 0))


FAR = {
    "as programs write it": sheet(FIRST + b'<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'),
    "in the cell alone": sheet(
        b'<row r="1"><c r="A1"><v>1</v></c><c r="XFD1048576"><v>2</v></c></row>'
    ),
    "in single quotes": sheet(FIRST + b"<row r='9'><c r='XFD1048576'><v>2</v></c></row>"),
    "after a line break": sheet(FIRST + b'<row\nr="1048576"><c\nr="XFD1048576"><v>2</v></c></row>'),
    "with spaces": sheet(FIRST + b'<row r = "9"><c r = "XFD1048576"><v>2</v></c></row>'),
    "in small letters": sheet(FIRST + b'<row r="2"><c r="xfd1048576"><v>2</v></c></row>'),
    "in a column that no program has": sheet(
        FIRST + b'<row r="2"><c r="ZZZZZZ2"><v>2</v></c></row>'
    ),
    "in a row that no program has": sheet(
        FIRST + b'<row r="2"><c r="A4000000000"><v>2</v></c></row>'
    ),
    "in an old workbook": old(number(65_535, 65_535)),
    "as a text of an old workbook": old(text(65_535, 65_535)),
    "in the size of an old workbook": old(size(0, 65_536, 0, 65_535), instead=True),
    "in a size that ends before it begins": old(size(5, 1, 9, 1), instead=True),
    "in rows of an ODS that are repeated": of_ods(
        f"<table:table-row "
        f"table:number-rows-repeated='1048576'>{CELL.format(1000)}</table:table-row>"
    ),
    "in cells of an ODS that are repeated": of_ods(
        f"<table:table-row\ntable:number-rows-repeated = "
        f"'2000'>{CELL.format(16_384)}</table:table-row>"
    ),
}


def grid_of(content: bytes):
    [(_, sheet)] = workbooks.read_sheets(content)
    return sheet.texts


@pytest.mark.parametrize("how", FAR)
def test_cells_too_far_apart_are_refused_however_it_is_said_where_they_stand(how):
    with pytest.raises(UnreadableFile) as refused:
        list(workbooks.read_sheets(FAR[how]))
    assert refused.value.reason == "too_many_cells"


def test_an_old_workbook_within_its_256_columns_is_read():
    grid = grid_of(old(number(40_000, 200), size(0, 40_001, 0, 201), instead=True))
    assert (grid.index[-1], grid.loc[40_001, 200]) == (40_001, "5")


def test_cells_without_a_place_are_read_where_they_come():
    content = sheet(b"<row><c><v>1</v></c><c><v>2</v></c></row><row/><row><c><v>3</v></c></row>")
    assert grid_of(content).fillna("").values.tolist() == [["1", "2"], ["", ""], ["3", ""]]


def test_the_rows_of_a_sheet_may_stand_in_any_order():
    content = sheet(
        b'<row r="5"><c r="B5"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>'
    )
    assert grid_of(content).fillna("").values.tolist() == [
        ["", ""],
        ["2", ""],
        ["", ""],
        ["", ""],
        ["", "1"],
    ]


def test_a_million_blank_rows_between_two_keep_their_numbers_and_cost_seconds():
    rows = (
        FIRST + b'<row r="2"><c r="T2"><v>2</v></c></row><row r="1000002"><c '
        b'r="C1000002"><v>3</v></c></row>'
    )
    started = time.process_time()
    grid = grid_of(sheet(rows))
    assert time.process_time() - started < 15
    assert grid.index.tolist() == [*range(1, 101), 1_000_002]
    assert (grid.loc[2, 19], grid.loc[1_000_002, 2]) == ("2", "3")


def test_a_million_rows_that_were_only_coloured_are_none():
    blank = b"".join(
        b'<row r="%d"><c r="A%d" s="1"/><c r="XFD%d" s="1"/></row>' % (n, n, n)
        for n in range(2, 300_000)
    )
    assert grid_of(sheet(FIRST + blank)).values.tolist() == [["1"]]


@settings(max_examples=40)
@given(st.integers(0, 130), st.integers(1, 30), st.integers(0, 5))
def test_a_large_sheet_reads_as_a_small_one_but_for_its_blank_rows(gap, width, left):
    rows = [
        [],
        ["" for _ in range(left)] + ["x"] * width,
        *[[]] * gap,
        ["" for _ in range(left)] + ["y"] * width,
    ]
    content = xlsx_bytes({"Data": rows})
    small = grid_of(content)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workbooks, "_LARGE_SHEET", 0)
        large = grid_of(content)
    filled = small[small.notna().any(axis=1)]
    assert large[large.notna().any(axis=1)].to_csv() == filled.to_csv()


def zipped(*parts: tuple[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as made:
        for name, part in parts:
            made.writestr(name, part)
    return content.getvalue()


def overlapping() -> bytes:
    """A zip whose directory names one part of 2 MB many times."""
    bomb = zipped(
        ("xl/workbook.xml", b"<workbook/>"), ("xl/worksheets/sheet1.xml", b" " * 2_000_000)
    )
    end = bomb.index(b"PK\x05\x06")
    start = struct.unpack("<I", bomb[end + 16 : end + 20])[0]
    entry = bomb[bomb.index(b"PK\x01\x02", start + 4) : end]
    listed = bomb[start:end] + b"".join(
        entry.replace(b"sheet1", b"sheet%d" % n) for n in range(2, 8)
    )
    tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 8, 8, len(listed), start, 0)
    return bomb[:start] + listed + tail


BOOK = ("xl/workbook.xml", b"<workbook/>")
BOMBS = {
    "parts that share their bytes": ("damaged_workbook", overlapping),
    "parts without end": (
        "damaged_workbook",
        lambda: zipped(BOOK, *((f"xl/{n}", b"") for n in range(10_001))),
    ),
    "a part of 400 MB": (
        "zip_bomb",
        lambda: zipped(BOOK, ("xl/sharedStrings.xml", b"<si/>" * 80_000_000)),
    ),
}


@pytest.mark.parametrize("kind", BOMBS)
def test_a_zip_that_would_unpack_to_too_much_is_not_opened(kind):
    reason, content = BOMBS[kind]
    with pytest.raises(UnreadableFile) as refused:
        list(workbooks.read_sheets(content()))
    assert refused.value.reason == reason


def test_a_zip_within_a_workbook_is_not_unpacked():
    inner = zipped(("bomb", b"\0" * 5_000_000))
    content = io.BytesIO(WORKBOOK)
    with zipfile.ZipFile(content, "a") as made:
        made.writestr("xl/embeddings/inner.zip", inner)
    assert grid_of(content.getvalue()).values.tolist() == [["Judul"]]


def test_a_part_whose_packed_bytes_are_spoilt_is_damage():
    at = WORKBOOK.index(SHEET.encode()) + len(SHEET)
    spoilt = WORKBOOK[: at + 4] + bytes(40) + WORKBOOK[at + 44 :]
    with pytest.raises(UnreadableFile) as refused:
        list(workbooks.read_sheets(spoilt))
    assert refused.value.reason == "damaged_workbook"


def test_an_old_workbook_with_a_password_says_so():
    begin = struct.pack("<HH", 0x0809, 16)
    locked = record(0x002F, struct.pack("<HHHH", 1, 1, 1, 1), bytes(48))
    content = old_workbook.xls("Data", [["Judul"]])
    at = content.index(begin) + 20
    with pytest.raises(UnreadableFile) as refused:
        list(
            workbooks.read_sheets(content[:at] + locked + content[at : len(content) - len(locked)])
        )
    assert refused.value.reason == "encrypted"


def test_an_open_document_that_is_encrypted_as_a_whole_says_so():
    content = zipped(
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("encrypted-package", b"x" * 900),
    )
    with pytest.raises(UnreadableFile) as refused:
        list(workbooks.read_sheets(content))
    assert refused.value.reason == "encrypted"
