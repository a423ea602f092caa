"""What a delivered file is, told by its content; and every file that gives nothing says why."""

import io
import random
import struct
import time
import tracemalloc
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.disk.raw_copies import raw_file
from tasks.intake.files import reader
from tasks.intake.files.unreadable import LARGEST_FILE, MOST_ROWS
from tasks.words import LANGUAGES, Words
from tests.small.exports import csv_bytes, raw, with_part, xlsx_bytes

ROWS = [["Timestamp", "Judul"], ["01/02/2022 08:00:00", "Antrean"]]
WORKBOOK = xlsx_bytes({"Data": ROWS})
SPREADSHEETML = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BLANKS = b"<sheetData>" + b" " * 700_000_000


def of_zip(**parts: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        for name, text in parts.items():
            made.writestr(name, text)
    return content.getvalue()


def charts_alone() -> bytes:
    def chart(book, sheets):
        drawn = book.add_chart({"type": "bar"})
        drawn.add_series({"values": "=Data!$A$1"})
        page = book.add_chartsheet()
        page.set_chart(drawn)
        page.activate()
        sheets["Data"].very_hidden()

    return xlsx_bytes({"Data": [[1]]}, chart)


def far_apart() -> bytes:
    return xlsx_bytes(
        {"Data": [["a"]]}, lambda book, sheets: sheets["Data"].write(1_048_575, 16_383, "b")
    )


def lying_bomb() -> bytes:
    sheet = zipfile.ZipFile(io.BytesIO(WORKBOOK)).read("xl/worksheets/sheet1.xml")
    bomb = with_part(
        WORKBOOK, "xl/worksheets/sheet1.xml", lambda part: part.replace(b"<sheetData>", BLANKS)
    )
    real, claimed = (struct.pack("<I", size) for size in (len(sheet) - 11 + len(BLANKS), 1000))
    assert bomb.count(real) == 2
    return bomb.replace(real, claimed)


def bomb() -> bytes:
    return with_part(
        WORKBOOK, "xl/worksheets/sheet1.xml", lambda part: part.replace(b"<sheetData>", BLANKS)
    )


def strict() -> bytes:
    return with_part(WORKBOOK, "xl/workbook.xml", lambda part: part.replace(SPREADSHEETML, STRICT))


BAD = {
    "empty": ("ekspor.csv", lambda: b""),
    "blank": ("ekspor.csv", lambda: b"\n,,,\n\n;;\n"),
    "nul_bytes": ("ekspor.csv", lambda: b"Judul,Instansi\nAntr\0ean,Dinas\n"),
    "picture": ("ekspor.csv", lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256))),
    "pdf": ("ekspor.xlsx", lambda: b"%PDF-1.7\n..."),
    "html": (
        "ekspor.xls",
        lambda: b"\xef\xbb\xbf\n<html><table><tr><td>Judul</td></tr></table></html>",
    ),
    "no_table": ("ekspor.xlsx", lambda: of_zip(catatan="bukan tabel")),
    "damaged_workbook": ("ekspor.xlsx", lambda: WORKBOOK[: len(WORKBOOK) // 2]),
    "encrypted": (
        "ekspor.xlsx",
        lambda: OLE + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 1000,
    ),
    "strict_workbook": ("ekspor.xlsx", strict),
    "zip_bomb": ("ekspor.xlsx", bomb),
    "too_many_cells": ("ekspor.xlsx", far_apart),
    "too_many_columns": (
        "ekspor.csv",
        lambda: (",".join(f"k{i}" for i in range(10_000)) + "\n").encode() * 3,
    ),
    "open_quote": (
        "ekspor.csv",
        lambda: b'Judul,Instansi\nAntrean,"Dinas\n' + b"Perpustakaan,Dinas\n" * 50,
    ),
    "encoding": ("ekspor.csv", lambda: random.Random(1).randbytes(5000).replace(b"\0", b"")),
}
MILLION = 'table:number-rows-repeated="1048576"'
CELL = (
    '<table:table-cell table:number-columns-repeated="{}" office:value-type="string">'
    "<text:p>x</text:p></table:table-cell>"
)
OPEN_DOCUMENT = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"


def of_ods(rows: str, kind: str = "spreadsheet") -> bytes:
    named = " ".join(
        f'xmlns:{name}="{OPEN_DOCUMENT.format(name)}"' for name in ("office", "table", "text")
    )
    table = (
        f'<office:spreadsheet><table:table table:name="A">{rows}</table:table></office:spreadsheet>'
    )
    content = (
        f"<office:document-content "
        f"{named}><office:body>{table}</office:body></office:document-content>"
    )
    manifest = f'<m:manifest xmlns:m="{OPEN_DOCUMENT.format("manifest")}"/>'
    mimetype = f"application/vnd.oasis.opendocument.{kind}"
    return of_zip(
        **{"mimetype": mimetype, "META-INF/manifest.xml": manifest, "content.xml": content}
    )


ALSO_BAD = {
    "a row of an ODS that stands a million times": (
        "too_many_cells",
        lambda: of_ods(f"<table:table-row {MILLION}>{CELL.format(1000)}</table:table-row>"),
    ),
    "a text document": ("no_table", lambda: of_ods("", "text")),
    "a web page as XML": ("html", lambda: b'<?xml version="1.0"?><Workbook/>'),
    "a workbook cut at its end": ("damaged_workbook", lambda: WORKBOOK[:-10]),
    "an old workbook cut off": ("damaged_workbook", lambda: OLE + bytes(range(256)) * 8),
    "a zip bomb that lies about its size": ("damaged_workbook", lying_bomb),
    "a workbook of charts": ("blank", charts_alone),
    "ten thousand columns of a workbook": (
        "too_many_columns",
        lambda: xlsx_bytes({"A": [[f"k{i}" for i in range(10_000)]]}),
    ),
}


def read(content: bytes, name: str = "submissions/ekspor.csv"):
    return reader.read_grids(raw(name, content))


@pytest.mark.parametrize("reason", BAD)
def test_a_file_that_gives_nothing_is_one_finding_that_says_why(reason):
    name, content = BAD[reason]
    sheets, found = read(content(), f"submissions/{name}")
    assert sheets == []
    assert found[["rule", "table", "source"]].values.tolist() == [
        ["unreadable_file", "exports", f"submissions/{name}"]
    ]
    assert found["params"][0]["case"] == reason


@pytest.mark.parametrize("kind", ALSO_BAD)
def test_a_file_that_gives_nothing_is_told_whatever_form_it_takes(kind):
    reason, content = ALSO_BAD[kind]
    sheets, found = read(content())
    assert (sheets, [params["case"] for params in found["params"]]) == ([], [reason])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "reason", [*BAD, "too_large", "too_many_rows", "cell_too_long", "no_headings", "not_a_judge"]
)
def test_every_reason_has_its_sentence_and_its_remedy(language, reason):
    words = Words(language)
    assert words.has(f"rule.unreadable_file.{reason}.message")
    assert words.has(f"rule.unreadable_file.{reason}.remedy")


def test_blank_rows_at_the_end_of_an_ods_that_stand_a_million_times_are_none():
    blank = (
        f"<table:table-row {MILLION}><table:table-cell "
        f'table:number-columns-repeated="16384"/></table:table-row>'
    )
    sheets, found = read(of_ods(f"<table:table-row>{CELL.format(2)}</table:table-row>{blank}"))
    assert (sheets[0].grid.values.tolist(), len(found)) == ([["x", "x"]], 0)


def test_a_file_of_200_megabytes_is_refused_without_being_opened(tmp_path):
    file = tmp_path / "besar.csv"
    with file.open("wb") as opened:
        opened.truncate(LARGEST_FILE)
    copy = raw_file(file, "submissions/besar.csv", "0" * 64)
    big = replace(copy, load=lambda: pytest.fail("the file was opened"))
    sheets, found = reader.read_grids(big)
    assert (sheets, found["params"][0]["case"], found["params"][0]["size"]) == (
        [],
        "too_large",
        200,
    )


def test_a_zip_bomb_costs_neither_time_nor_memory():
    content = lying_bomb()
    tracemalloc.start()
    started = time.process_time()
    read(content)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert time.process_time() - started < 5
    assert most < 100_000_000


def test_a_million_blank_rows_cost_seconds_and_keep_the_row_numbers():
    content = b"Timestamp,Judul\n" + b",\n" * 1_000_000 + b"01/02/2022,Antrean\n"
    started = time.process_time()
    sheets, found = read(content)
    assert time.process_time() - started < 10
    assert sheets[0].grid.index[-1] == 1_000_002
    assert found.empty


def test_a_million_blank_rows_at_the_end_are_no_rows():
    sheets, found = read(csv_bytes(ROWS, ";") + b";;;;;;;;;;;;;;\r\n" * 1_000_000)
    assert sheets[0].grid.shape == (2, 2)
    assert found.empty


def test_more_rows_than_a_country_has_innovations_are_refused():
    content = b"Timestamp,Judul\n" + b"".join(
        b"01/02/2022,%d\n" % number for number in range(MOST_ROWS)
    )
    sheets, found = read(content)
    assert (sheets, found["params"].tolist()) == (
        [],
        [{"case": "too_many_rows", "rows": MOST_ROWS + 1, "limit": MOST_ROWS}],
    )


def test_a_cell_of_a_megabyte_is_a_finding_on_its_row_and_the_file_is_read():
    sheets, found = read(
        csv_bytes([*ROWS, ["02/02/2022", "y" * 1_000_000], ["03/02/2022", "Kampung"]])
    )
    assert sheets[0].grid[1].tolist()[-1] == "Kampung"
    assert found[["rule", "source", "row"]].values.tolist() == [
        ["unreadable_file", "submissions/ekspor.csv", 3]
    ]
    assert found["params"][0] == {"case": "cell_too_long", "length": 1_000_000, "limit": 500_000}


def test_formulas_are_their_text():
    sheets, _ = read(b"Judul,Instansi\n=1+1,@SUM(A1)\n")
    assert sheets[0].grid.loc[2].tolist() == ["=1+1", "@SUM(A1)"]


@pytest.mark.parametrize(
    "name",
    [
        "~$ekspor.xlsx",
        ".DS_Store",
        "Thumbs.db",
        "desktop.ini",
        "._ekspor.csv",
        ".~lock.ekspor.csv#",
    ],
)
def test_what_programs_leave_behind_is_no_export(name):
    sheets, found = read(b"\0\0\0", f"submissions/{name}")
    assert (sheets, len(found)) == ([], 0)


def test_content_decides_and_never_the_name():
    as_csv = read(csv_bytes(ROWS, ";"), "submissions/ekspor.xlsx")[0]
    as_workbook = read(WORKBOOK, "submissions/ekspor.csv")[0]
    assert as_csv[0].grid.values.tolist() == as_workbook[0].grid.values.tolist() == ROWS


def test_a_sheet_is_named_where_a_file_has_several():
    one = read(WORKBOOK, "submissions/a.xlsx")[0]
    two = read(xlsx_bytes({"Juri 1": ROWS, "Kosong": [], "Juri 2": ROWS}), "submissions/b.xlsx")[0]
    assert [(sheet.source, sheet.name) for sheet in one + two] == [
        ("submissions/a.xlsx", "Data"),
        ("submissions/b.xlsx#Juri 1", "Juri 1"),
        ("submissions/b.xlsx#Juri 2", "Juri 2"),
    ]


def test_a_sheet_that_only_a_program_can_show_is_not_read():
    def hide(book, sheets):
        sheets["Rahasia"].very_hidden()
        sheets["Disembunyikan"].hide()

    content = xlsx_bytes({"Data": ROWS, "Rahasia": [["x"]], "Disembunyikan": [["y"]]}, hide)
    assert [sheet.name for sheet in read(content)[0]] == ["Data", "Disembunyikan"]


def test_empty_rows_and_columns_at_the_ends_are_cut_and_those_inside_stay():
    sheets, _ = read(b",a,,\n,,,\n,b,c,\n,,,\n")
    assert sheets[0].grid.shape == (3, 3)
    assert list(sheets[0].grid.index) == [1, 2, 3]


@settings(max_examples=60)
@given(st.one_of(st.binary(max_size=400), st.text(max_size=200).map(lambda text: text.encode())))
def test_no_content_stops_the_reader(content):
    sheets, found = read(content)
    assert len(sheets) == 1 or found["rule"].tolist() == ["unreadable_file"]


@settings(max_examples=40)
@given(st.integers(0, len(WORKBOOK) - 1), st.integers(0, 255), st.integers(0, len(WORKBOOK)))
def test_no_damage_to_a_workbook_stops_the_reader(place, byte, length):
    damaged = bytearray(WORKBOOK)
    damaged[place] = byte
    sheets, found = read(bytes(damaged[:length]))
    assert len(sheets) == 1 or found["rule"].tolist() == ["unreadable_file"]


HIDDEN = [
    ["Judul", "Instansi"],
    ["Lentera\u202e", "Dinas"],
    ["Sumur", "Di\x07nas"],
    ["Pasar", "Dinas"],
]
FOUND = {(2, 0): "Lentera\u202e", (3, 1): "Di\x07nas"}


def _hidden(name, content):
    [sheet], _ = reader.read_grids(raw(name, content))
    return dict(sheet.hidden), sheet.grid.iloc[1:3].to_numpy().tolist()


def test_cells_with_characters_that_are_not_shown_are_told_of_a_csv():
    lines = "\r\n".join(";".join(row) for row in HIDDEN)
    assert _hidden("a.csv", lines.encode()) == (
        FOUND,
        [["Lentera", "Dinas"], ["Sumur", "Dinas"]],
    )


def test_both_kinds_in_one_cell_are_told_as_delivered_also_beyond_ascii():
    content = "Judul;Instansi\nKafé\x07;Dinas\nSu\u202emur\x07;Dinas\n".encode()
    assert _hidden("a.csv", content) == (
        {(2, 0): "Kafé\x07", (3, 0): "Su\u202emur\x07"},
        [["Kafé", "Dinas"], ["Sumur", "Dinas"]],
    )


def test_a_file_without_such_characters_tells_of_none():
    assert _hidden("a.csv", b"Judul;Instansi\nKaf\xc3\xa9;Dinas\nSumur;Dinas\n")[0] == {}


def test_cells_with_characters_that_are_not_shown_are_told_of_a_workbook():
    table = [[text.replace("\x07", "\u200f") for text in row] for row in HIDDEN]
    found, shown = _hidden("a.xlsx", xlsx_bytes({"Data": table}))
    assert found == {(2, 0): "Lentera\u202e", (3, 1): "Di\u200fnas"}
    assert shown == [["Lentera", "Dinas"], ["Sumur", "Dinas"]]


# --- files of other programs under the name of an export
# ------------------------------------------------------------------

TAIL = bytes(range(1, 256)) * 12
OTHERS = {
    "a picture of a telephone": ("picture", b"\0\0\0\x18ftypheic" + TAIL),
    "a film": ("picture", b"\0\0\0\x20ftypisom" + TAIL),
    "a drawing": ("html", b'<svg xmlns="http://www.w3.org/2000/svg"><text>x</text></svg>'),
    "a page saved with its pictures": (
        "html",
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n<html>",
    ),
    "a packed folder": ("no_table", b"7z\xbc\xaf\x27\x1c" + TAIL),
    "a database": ("no_table", b"SQLite format 3\0" + TAIL),
    "a program": ("no_table", b"MZ\x90\0" + TAIL),
    "a table for programs": ("no_table", b"PAR1" + TAIL + b"PAR1"),
    "a print file": ("no_table", b"%!PS-Adobe-3.0\n"),
    "separators alone": ("too_many_columns", b"," * 5_000_000),
}


@pytest.mark.parametrize("kind", OTHERS)
def test_a_file_of_another_program_is_one_finding_that_says_what_it_is(kind):
    reason, content = OTHERS[kind]
    sheets, found = reader.read_grids(raw("submissions/ekspor.csv", content))
    assert (sheets, [params["case"] for params in found["params"]]) == ([], [reason])
