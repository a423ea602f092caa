"""Workbooks: cells of their kind, text that stays text, the same bytes twice, sheets that print."""

import io
import zipfile
from datetime import date, datetime
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from reports.content.book import Book, BookColumn, BookSheet
from reports.formats.workbook import render_book
from tasks.words import Words

WORDS = Words("id")
COLUMNS = (
    BookColumn("Judul", "text", 40),
    BookColumn("Jumlah", "integer"),
    BookColumn("Nilai", "decimal", places=2),
    BookColumn("Bagian", "percent"),
    BookColumn("Tanggal", "date"),
    BookColumn("Waktu", "time"),
    BookColumn("Kode", "code"),
)
ROW = (
    "Bank Sampah",
    1234,
    "87.50",
    "0.5",
    date(2022, 3, 15),
    datetime(2022, 3, 15, 23, 59, 59, tzinfo=ZoneInfo("Asia/Jakarta")),
    "0012",
)


def book(*rows: tuple[object, ...], name: str = "Peringkat", **more: str) -> Book:
    return Book("Laporan", (BookSheet(name, "Peringkat per kategori", COLUMNS, rows),), **more)


def opened(made: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(made))


def local(text: str) -> datetime:
    """A workbook's cells have no zone."""
    return datetime.fromisoformat(text)


def xml(made: bytes, part: str) -> str:
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return archive.read(part).decode()


def test_cells_are_held_as_what_they_are():
    sheet = opened(render_book(book(ROW), WORDS))["Peringkat"]
    assert sheet["A1"].value == "Peringkat per kategori"
    assert [cell.value for cell in sheet[3]] == [
        "Judul",
        "Jumlah",
        "Nilai",
        "Bagian",
        "Tanggal",
        "Waktu",
        "Kode",
    ]
    assert [cell.value for cell in sheet[4]] == [
        "Bank Sampah",
        1234,
        87.5,
        0.5,
        local("2022-03-15"),
        local("2022-03-15T23:59:59"),
        "0012",
    ]


def test_numbers_are_shown_with_their_decimals():
    sheet = opened(render_book(book(ROW), WORDS))["Peringkat"]
    assert [cell.number_format for cell in sheet[4]] == [
        "@",
        "#,##0",
        "#,##0.00",
        "0.00%",
        "dd/mm/yyyy",
        "dd/mm/yyyy hh:mm",
        "@",
    ]


HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "https://example.org",
    "\t=1",
    "'=1",
    "{=1}",
    "123",
    "1e9",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_text(text: str):
    cell = opened(render_book(book((text, *ROW[1:])), WORDS))["Peringkat"]["A4"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_missing_cells_are_empty():
    sheet = opened(render_book(book((None, None, None, None, None, None, "")), WORDS))["Peringkat"]
    assert [cell.value for cell in sheet[4]] == [None] * 7


def test_the_same_book_is_the_same_bytes():
    assert render_book(book(ROW), WORDS) == render_book(book(ROW), WORDS)


def test_no_clock_is_read():
    core = xml(render_book(book(ROW), WORDS), "docProps/core.xml")
    assert core.count("2000-01-01T00:00:00Z") == 2


def test_a_sheet_prints_on_the_competition_s_paper_with_its_head_repeated_and_its_code():
    sheet = opened(render_book(book(ROW, paper="F4", code="22222-33333", draft="KONSEP"), WORDS))[
        "Peringkat"
    ]
    assert sheet.page_setup.paperSize == 14
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.oddFooter.left.text == "Kode dokumen 22222-33333"
    assert sheet.oddFooter.right.text == "Halaman &P dari &N"
    assert sheet.oddHeader.right.text == "KONSEP"


def test_a_sheet_filters_and_keeps_its_head_in_sight():
    sheet = opened(render_book(book(ROW, ROW), WORDS))["Peringkat"]
    assert sheet.auto_filter.ref == "A3:G5"
    assert sheet.freeze_panes == "B4"


def test_a_row_is_as_high_as_its_texts_need_and_no_other_is_set():
    sheet = opened(
        render_book(book(ROW, ("kata " * 20, *ROW[1:]), ("satu\ndua", *ROW[1:])), WORDS)
    )["Peringkat"]
    assert [sheet.row_dimensions[row].height for row in (4, 5, 6)] == [None, 48.75, 33.75]


def test_a_heading_stands_over_its_numbers_and_is_never_broken_within_a_word():
    columns = (BookColumn("Judul", "text", 40), BookColumn("Nilai keberlanjutan", "decimal", 10))
    made = render_book(
        Book("Laporan", (BookSheet("Peringkat", "", columns, (("Satu", "1.00"),)),)), WORDS
    )
    sheet = opened(made)["Peringkat"]
    assert [sheet[cell].alignment.horizontal for cell in ("A3", "B3", "B4")] == [
        None,
        "right",
        "right",
    ]
    assert sheet.column_dimensions["B"].width >= len("keberlanjutan") + 5


def test_a_sheet_without_rows_has_its_head():
    sheet = opened(render_book(book(), WORDS))["Peringkat"]
    assert [cell.value for cell in sheet[3]][:2] == ["Judul", "Jumlah"]
    assert sheet.auto_filter.ref is None


def test_sheet_names_are_what_excel_takes_and_none_twice():
    names = (
        "A/B: [C]*?",
        "'Tata Kelola'",
        "Pertumbuhan Ekonomi dan Kesempatan Kerja",
        "pertumbuhan ekonomi dan kesempatan",
        "",
        "Kesehatan",
        "KESEHATAN",
    )
    grids = tuple(BookSheet(name, name, COLUMNS, ()) for name in names)
    assert opened(render_book(Book("Laporan", grids), WORDS)).sheetnames == [
        "A B C",
        "Tata Kelola",
        "Pertumbuhan Ekonomi dan Kesempa",
        "pertumbuhan ekonomi dan kesem 4",
        "5",
        "Kesehatan",
        "KESEHATAN 7",
    ]


def test_a_title_with_an_ampersand_is_no_command_of_the_header():
    sheet = opened(render_book(Book("Dinas A & B &D", (BookSheet("x", "x", COLUMNS, ()),)), WORDS))[
        "x"
    ]
    assert sheet.oddHeader.left.text.replace("&&", "&") == "Dinas A & B &D"


def test_a_text_longer_than_a_cell_is_cut():
    assert (
        len(opened(render_book(book(("x" * 40_000, *ROW[1:])), WORDS))["Peringkat"]["A4"].value)
        == 32_767
    )


def test_rows_that_no_sheet_holds_are_told_in_its_title(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("reports.formats.workbook.MOST_SHEET_ROWS", 2)

    sheet = opened(render_book(book(*(ROW,) * 1_202), WORDS))["Peringkat"]
    assert (
        sheet["A1"].value
        == "Peringkat per kategori – 1.200 baris selebihnya hanya ada dalam data/*.csv"
    )
    assert sheet.max_row == 5
    assert (
        opened(render_book(book(ROW, ROW), WORDS))["Peringkat"]["A1"].value
        == "Peringkat per kategori"
    )
