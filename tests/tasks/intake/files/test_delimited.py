"""Delimited text: whatever program wrote it, the same cells come back in the same rows."""

import csv

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.intake.files import delimited
from tasks.intake.files.unreadable import UnreadableFile
from tests.small.exports import csv_bytes
from tests.tasks.intake.services.exported import read

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252")
# What Windows-1252 can write, so that a table reads back from every encoding; no character that
# cleaning takes out.
LETTERS = st.sampled_from("abc xyz AZ 0189 .,;'\"-–é ü “kutip” \n (/) & <b> %=")
CELLS = st.text(LETTERS, max_size=12).map(str.strip)
HEADINGS = ["Judul inovasi", "Perangkat daerah", "Kategori"]


def cells_of(content: bytes) -> list[list[str]]:
    grid = delimited.read_cells(content).texts
    return grid.fillna("").iloc[:, : grid.shape[1] - 1].values.tolist()


@st.composite
def tables(draw) -> list[list[str]]:
    rows = draw(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=8))
    return [HEADINGS, *rows, ["akhir", "baris", "tabel"]]


@settings(max_examples=150)
@given(
    tables(),
    st.sampled_from(ENCODINGS),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["\r\n", "\n", "\r"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_a_table_reads_back_the_same_from_every_form_it_is_written_in(
    table, encoding, separator, end, quoting
):
    quoted = (
        csv.QUOTE_ALL if end == "\r" else quoting
    )  # the csv module leaves a \n bare in a file of \r
    assert cells_of(csv_bytes(table, separator, encoding, end, quoting=quoted)) == table


@settings(max_examples=60)
@given(st.lists(st.sampled_from(["", "a;b;c", '"x\ny";2;3', ";;"]), min_size=1, max_size=12))
def test_rows_are_numbered_as_a_spreadsheet_numbers_them(lines):
    content = "\n".join(["judul;instansi;kategori", *lines, "akhir;baris;tabel"]).encode()
    grid = delimited.read_cells(content).texts
    assert grid.index[grid[0] == "akhir"].tolist() == [len(lines) + 2]


@pytest.mark.parametrize(
    ("content", "separator"),
    [
        ("a,b,c\n1,2,3\n", ","),
        ("a;b;c\n1,5;2,5;3,5\n", ";"),
        ("a\tb\tc\n1,5\t2;5\t3\n", "\t"),
        (
            'Rekap Inovasi\n\nNo;Judul;Ringkasan\n1;A;"satu, dua,\ntiga; empat"\n2;B;lima, enam\n',
            ";",
        ),
        ("judul\nAntrean\nKampung\n", ","),
        ('"a";"b"\n"x, y";"z, w"\n', ";"),
    ],
)
def test_the_separator_is_told_by_rows_of_one_width(content, separator):
    assert delimited.find_separator(content.encode()) == separator


def test_a_semicolon_file_saved_again_with_each_line_as_one_cell_is_unwrapped():
    lines = [
        "Judul;Instansi;Kategori",
        'Antrean "Lansia";Dinas, Kota;Kesehatan',
        "Kampung;Dinas;Lingkungan",
    ]
    assert cells_of(csv_bytes([[line] for line in lines])) == [
        ["Judul", "Instansi", "Kategori"],
        ['Antrean "Lansia"', "Dinas, Kota", "Kesehatan"],
        ["Kampung", "Dinas", "Lingkungan"],
    ]


def test_ragged_rows_keep_all_of_their_cells():
    grid = delimited.read_cells(b"a,b\n1\n1,2,3,4,5\n\n6,7\n").texts
    assert grid.iloc[:, :5].fillna("").values.tolist() == [
        ["a", "b", "", "", ""],
        ["1", "", "", "", ""],
        ["1", "2", "3", "4", "5"],
        [""] * 5,
        ["6", "7", "", "", ""],
    ]


def test_a_row_longer_than_all_of_the_first_ones_is_read_whole():
    content = b"a,b\n" * 60_000 + b"1,2,3,4,5,6\n"
    assert delimited.read_cells(content).texts.loc[60_001].dropna().tolist() == list("123456")


def test_the_line_that_tells_excel_the_separator_is_no_row():
    assert cells_of(b"sep=;\r\nJudul;Instansi\r\nAntrean;Dinas\r\n") == [
        ["Judul", "Instansi"],
        ["Antrean", "Dinas"],
    ]


def test_a_byte_order_mark_before_a_quoted_heading_is_no_part_of_it():
    assert cells_of(b'\xef\xbb\xbf"Judul","Instansi"\n"a","b"\n')[0] == ["Judul", "Instansi"]


def test_mixed_line_ends_end_lines_each():
    assert cells_of(b"a,b\r\n1,2\r3,4\n5,6\n") == [["a", "b"], ["1", "2"], ["3", "4"], ["5", "6"]]


def test_line_breaks_in_cells_are_written_one_way():
    assert cells_of(b'a,b\r\n"satu\r\ndua",x\r\n') == [["a", "b"], ["satu\ndua", "x"]]


def test_control_and_direction_characters_are_taken_out_and_letters_composed():
    content = "judul,instansi\nAn\x07tre\u202ean\u200b,Cafe\u0301\n".encode()
    assert cells_of(content) == [["judul", "instansi"], ["Antrean", "Caf\u00e9"]]


def test_a_nul_that_a_service_left_in_a_text_is_taken_out_as_other_controls_are():
    text = b"judul,instansi\nAn\0trean,\0\n" + b"Kampung Sadar Sampah,Dinas Lingkungan Hidup\n" * 20
    cells = delimited.read_cells(text)
    assert cells.texts.loc[2, [0, 1]].fillna("").tolist() == ["Antrean", ""]
    assert cells.hidden[2, 0] == "An\0trean"


@pytest.mark.parametrize("nuls", [b"\0\0", b"\0a" * 30])
def test_nuls_that_stand_together_or_are_many_are_of_no_text(nuls):
    with pytest.raises(UnreadableFile) as said:
        delimited.read_cells(
            b"judul,instansi\n" + b"Kampung Sadar Sampah,Dinas Lingkungan Hidup\n" * 20 + nuls
        )
    assert said.value.reason == "nul_bytes"


def test_white_space_alone_is_an_empty_cell():
    grid = delimited.read_cells("a,b\n \u00a0 ,x\n".encode()).texts
    assert grid.loc[2].isna().tolist() == [True, False, True]
    assert grid.loc[2, 1] == "x"


def test_words_that_other_programs_take_for_missing_are_text():
    assert cells_of(b"a,b\nNA,NULL\nnan,None\n")[1:] == [["NA", "NULL"], ["nan", "None"]]


def test_a_row_wider_than_the_first_rows_loses_no_cell():
    lines = [
        "judul;instansi;kategori",
        *["Lapor;Dinas;Kesehatan"] * 20_000,
        "Taman;Dinas;Kesehatan;a;b;c",
    ]
    frame, found, _ = read("\r\n".join(lines).encode())
    assert len(frame) == 20_001
    assert found["field"].tolist() == ["D", "E", "F"]
