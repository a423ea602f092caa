"""Rows on a table's columns that are none of its rows are left out where that is sure, and said."""

import pytest

from tasks.findings.frame import no_findings
from tasks.intake.tables import rows_left_out
from tasks.words import Words
from tests.tasks.intake.tables.test_heading_row import table

HEAD = ["No", "Judul Inovasi", "Instansi", "Kategori"]
ROWS = [["1", "Antrean", "Dinas Kesehatan", "Kesehatan"], ["2", "Kampung", "DLH", "Lingkungan"]]


def kept(*rows: list[str]) -> list[int]:
    return list(rows_left_out.leave_out_rows(table(HEAD, *rows)).body.index)


@pytest.mark.parametrize(
    "total",
    [
        ["", "Jumlah"],
        ["Jumlah", "", "", "2"],
        ["Total", "2"],
        ["", "TOTAL KESELURUHAN", "2"],
        ["Sub Total", "", "2"],
        ["Subtotal: 2"],
        ["Grand Total", "2", "3", "4"],
        ["Rata-rata", "87,5", "90"],
        ["Jumlah Usulan", "2"],
    ],
)
def test_a_total_is_no_row(total):
    assert kept(*ROWS, total) == [2, 3]


@pytest.mark.parametrize(
    "row",
    [
        ["3", "Jumlah", "Dinas Kesehatan", "Kesehatan"],
        ["3", "Total Football", "", ""],
        ["3", "Totalitas"],
        ["3", "Jumlah Lansia Terlayani", "", "Kesehatan"],
        ["3", "Catatan Warga", "DLH", "Lingkungan"],
        ["3", "Kolam"],
        ["", "Sumber Air Bersih", "DLH", "Lingkungan"],
        ["", "Kolam"],
    ],
)
def test_an_answer_that_only_begins_like_one_stays_a_row(row):
    assert kept(*ROWS, row) == [2, 3, 4]
    assert kept(*ROWS, [], row) == [2, 3, 5]


@pytest.mark.parametrize(
    "under",
    [
        [["Keterangan:"], ["", "a"], ["", "b"]],
        [["* sementara"]],
        [["Sumber: Bagian Organisasi"]],
        [["Halaman 1 dari 2"]],
        [[], ["", "", "", "Malang, 1 Maret 2022"], ["", "", "", "Kepala"]],
        [["Dicetak 1 Maret 2022"]],
        [["NB: a"]],
        [[], ["", "Kategori", "Jumlah"], ["", "Kesehatan", "1"]],
        [[], ["Rekap"], ["Kategori", "Jumlah"], ["Gizi", "1"]],
    ],
)
def test_what_stands_under_a_table_is_none_of_its_rows(under):
    assert kept(*ROWS, *under) == [2, 3]


def test_an_example_over_the_rows_is_none_of_them():
    assert kept(["Contoh", "Judul contoh", "Dinas Contoh", "Kesehatan"], *ROWS) == [3, 4]


def test_remarks_between_the_rows_stay_for_their_findings():
    assert kept(ROWS[0], ["Keterangan"], ROWS[1]) == [2, 3, 4]


def test_rows_left_out_are_said_with_their_numbers_and_what_they_begin_with():
    found = rows_left_out.left_out_rows_finding(
        rows_left_out.leave_out_rows(
            table(HEAD, *ROWS, ["Jumlah", "2"], [], ["Keterangan:"], ["", "a"])
        )
    )
    assert found[["rule", "source", "row"]].values.tolist() == [
        ["unknown_column", "submissions/a.xlsx", 4]
    ]
    assert found["params"].tolist() == [
        {"case": "no_row", "rows": "4, 6, 7", "texts": '"Jumlah", "Keterangan:", "a"'}
    ]


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_finding_can_be_said_in_words(language):
    words = Words(language)
    assert all(words.has(f"rule.unknown_column.no_row.{part}") for part in ("message", "remedy"))


def test_a_table_without_such_rows_is_the_same_table_and_nothing_is_said():
    whole = table(HEAD, *ROWS)
    assert rows_left_out.leave_out_rows(whole) is whole
    assert rows_left_out.left_out_rows_finding(whole).equals(no_findings())


def test_an_empty_table_has_none():
    assert rows_left_out.leave_out_rows(table(HEAD)).body.empty


@pytest.mark.parametrize(
    ("rows", "numbers"),
    [
        ([["A", "Kesehatan"], ROWS[0], ["B.", "Lingkungan"], ROWS[1]], [3, 5]),
        ([["I", "Kesehatan"], ROWS[0], ["IV", "Lingkungan"], ROWS[1]], [3, 5]),
        ([["A", "Antrean"], ["B", "Kampung"]], [2, 3]),  # letters count all of them
        ([*ROWS, ["A", "Antrean", "DLH"]], [2, 3, 4]),
        ([*ROWS, ["Ada", "Antrean"]], [2, 3, 4]),
    ],
)
def test_the_name_of_a_group_of_counted_rows_is_none_of_them(rows, numbers):
    assert kept(*rows) == numbers


def test_a_subtotal_that_names_nothing_is_no_row_wherever_it_stands():
    assert kept(["Sub Total", "", "1", "1"], *ROWS, *ROWS, ["x", "y", "z", "z"]) == [3, 4, 5, 6, 7]


@pytest.mark.parametrize(
    ("title", "numbers"), [("Jumlah Data", [2, 3, 4]), ("Total Nilai", [2, 3]), ("Jumlah", [2, 3])]
)
def test_a_title_that_may_be_an_innovation_s_stays_a_row_beside_numbers(title, numbers):
    assert kept(*ROWS, ["", title, "90", "88"]) == numbers


LEGEND = [["Keterangan:"], ["", "90-100", "Sangat baik"], ["", "80-89", "Baik"]]


def test_what_a_remark_under_a_gap_explains_is_no_row():
    wide = ["No", "Judul Inovasi", "Instansi", "Kategori", "Ringkasan", "Kelompok"]
    rows = [[*ROWS[0], "a", "b"], [*ROWS[1], "a", "b"]]
    assert list(rows_left_out.leave_out_rows(table(wide, *rows, [], *LEGEND)).body.index) == [2, 3]
    more = [["3", "Kolam", "DLH", "Lingkungan", "a", "b"]]
    assert (
        list(rows_left_out.leave_out_rows(table(wide, *rows, [], *LEGEND, *more)).body.index)[-1]
        == 8
    )
