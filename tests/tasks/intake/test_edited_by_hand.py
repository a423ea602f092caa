"""Tables that people made or saved again by hand: the right rows come out, under their own numbers,
or a finding.
"""

import datetime as dt
from typing import Any

import pandas as pd
import pytest

from tasks.findings.frame import join_findings
from tasks.intake import submissions
from tests.small.exports import csv_bytes, raw, xlsx_bytes
from tests.small.rules import INTAKE_RULES

HEAD = ["Judul Inovasi", "Perangkat Daerah", "Kategori"]
LAPOR = ["Lapor Lampu", "Dinas Perhubungan", "Kesehatan"]
TAMAN = ["Taman Baca", "Dinas Perpustakaan", "Kesehatan"]
BOTH = [(2, *LAPOR), (3, *TAMAN)]


def read(content: bytes, name: str = "a.csv") -> tuple[pd.DataFrame, pd.DataFrame]:
    delivery = submissions.read_submissions([raw(f"submissions/{name}", content)], INTAKE_RULES)
    step = submissions.type_submissions(delivery.rows, INTAKE_RULES)
    frame, found = step.frame, step.findings
    return frame, join_findings([delivery.findings, found])


def given(frame: pd.DataFrame) -> list[tuple[Any, ...]]:
    columns = ["row", "title", "agency", "category"]
    return list(
        frame[columns]
        .astype("object")
        .where(frame[columns].notna(), "")
        .itertuples(index=False, name=None)
    )


def lines(*rows: str, end: str = "\r\n") -> bytes:
    return (end.join(rows) + end).encode()


PLAIN = ["Judul Inovasi;Perangkat Daerah;Kategori", ";".join(LAPOR), ";".join(TAMAN)]
DELIMITED = {
    "a byte order mark before a quoted heading": b"\xef\xbb\xbf"
    + csv_bytes([HEAD, LAPOR, TAMAN], quoting=1),
    "two byte order marks": b"\xef\xbb\xbf\xef\xbb\xbf" + csv_bytes([HEAD, LAPOR, TAMAN]),
    "old Macs' line ends": lines(*PLAIN, end="\r"),
    "mixed line ends": (PLAIN[0] + "\r\n" + PLAIN[1] + "\n" + PLAIN[2] + "\r").encode(),
    "a separator named in the first line": lines("sep=;", *PLAIN),
    "a separator named in the first line, in quotes": lines('"sep=;"', *PLAIN),
    "a separator named after a byte order mark": b"\xef\xbb\xbf" + lines("sep=;", *PLAIN),
    "a separator named in UTF-16": (
        "\ufeff" + "\r\n".join(["sep=\t", *(x.replace(";", "\t") for x in PLAIN)])
    ).encode("utf-16-le"),
    "a separator after the last cell": lines(*(f"{line};" for line in PLAIN)),
    "a separator after the last cell of answers only": lines(
        PLAIN[0], *(f"{line};" for line in PLAIN[1:])
    ),
    "empty columns behind": lines(*(f"{line};;;;;" for line in PLAIN)),
    "each line saved again as one cell": lines(*(f'"{line}"' for line in PLAIN)),
    "each line saved again as one cell, commas behind": lines(*(f'"{line}",,,' for line in PLAIN)),
    "each line saved again as one cell, with quotes inside": lines(
        *('"' + ";".join(f'""{cell}""' for cell in row) + '"' for row in (HEAD, LAPOR, TAMAN))
    ),
    "texts as formulas": lines(
        *(",".join(f'"=""{cell}"""' for cell in row) for row in (HEAD, LAPOR, TAMAN))
    ),
    "texts as formulas without outer quotes": lines(
        *(";".join(f'="{cell}"' for cell in row) for row in (HEAD, LAPOR, TAMAN))
    ),
    "spaces after the separators": lines(*(", ".join(row) for row in (HEAD, LAPOR, TAMAN))),
    "spaces before quoted cells": lines(
        *(", ".join(f'"{cell}"' for cell in row) for row in (HEAD, LAPOR, TAMAN))
    ),
    "single quotation marks": lines(
        *(";".join(f"'{cell}'" for cell in row) for row in (HEAD, LAPOR, TAMAN))
    ),
    "tabs": lines(*(line.replace(";", "\t") for line in PLAIN)),
    "bars": lines(*(line.replace(";", "|") for line in PLAIN)),
    "no line end behind": "\r\n".join(PLAIN).encode(),
}


@pytest.mark.parametrize("form", DELIMITED)
def test_a_delimited_file_in_any_form_gives_its_rows(form):
    frame, found = read(DELIMITED[form])
    assert given(frame) == BOTH
    assert found.empty


HEADINGS = {
    "line breaks": ["Judul\nInovasi", "Perangkat\r\nDaerah", "Kategori\n(pilih satu)"],
    "tabs": ["Judul\tInovasi", "\tPerangkat Daerah", "Kategori\t"],
    "no-break spaces": ["Judul\xa0Inovasi", "Perangkat\xa0Daerah\xa0", "\xa0Kategori"],
    "entities": [
        "Judul Inovasi &amp; Nama Program",
        "Perangkat&nbsp;Daerah",
        "Kategori &lt;wajib&gt;",
    ],
    "stars": ["Judul Inovasi *", "* Perangkat Daerah", "**Kategori**"],
    "numbers": ["1. Judul Inovasi", "2) Perangkat Daerah", "(3) Kategori"],
    "letters": ["A. Judul Inovasi", "b. Perangkat Daerah", "c) Kategori"],
    "roman numbers": ["I. Judul Inovasi", "II. Perangkat Daerah", "III. Kategori"],
    "capitals": ["JUDUL INOVASI", "PERANGKAT DAERAH", "KATEGORI"],
    "quotation marks": ["\u201cJudul Inovasi\u201d", "\u2018Perangkat Daerah\u2019", "«Kategori»"],
    "colons": ["Judul Inovasi :", "Perangkat Daerah:", "Kategori\uff1a"],
    "markup": ["<b>Judul Inovasi</b>", "<p>Perangkat Daerah</p>", "Kategori<br>"],
    "zero-width characters": ["Judul\u200b Inovasi", "\u2060Perangkat Daerah", "Kate\u00adgori"],
    "underscores": ["judul_inovasi", "perangkat_daerah", "KATEGORI_"],
    "typing errors": ["Judul Inovsai", "Perangkat Daerh", "Katagori"],
}


@pytest.mark.parametrize("form", HEADINGS)
def test_headings_are_known_however_they_are_written(form):
    frame, found = read(csv_bytes([HEADINGS[form], LAPOR, TAMAN]))
    assert given(frame) == BOTH
    assert found.empty


CONSENT = (
    "Dengan ini saya menyatakan bahwa judul inovasi, instansi, kategori dan ringkasan yang saya "
    "isi benar, "
    "tidak meniru karya pihak lain, dan dapat dipertanggungjawabkan menurut ketentuan yang berlaku."
)


def test_a_whole_consent_text_as_a_heading_gives_no_field():
    frame, found = read(csv_bytes([[CONSENT, *HEAD], ["Setuju", *LAPOR], ["Setuju", *TAMAN]]))
    assert given(frame) == BOTH
    assert found["rule"].tolist() == ["unknown_column"]


SHEETS: dict[str, tuple[list[list[Any]], list[tuple[Any, ...]]]] = {
    "title rows, a blank row, and the printing date": (
        [
            ["REKAP INOVASI DAERAH"],
            ["Tahun 2022"],
            [],
            ["Dicetak:", dt.date(2022, 3, 1)],
            HEAD,
            LAPOR,
            TAMAN,
        ],
        [(6, *LAPOR), (7, *TAMAN)],
    ),
    "a title that names a field": (
        [["Daftar Judul Inovasi per Perangkat Daerah"], HEAD, LAPOR, TAMAN],
        [(3, *LAPOR), (4, *TAMAN)],
    ),
    "an empty first column": (
        [["", *HEAD], ["", *LAPOR], ["", *TAMAN]],
        BOTH,
    ),
    "an empty heading over a filled column": (
        [[*HEAD, ""], [*LAPOR, "catatan"], [*TAMAN, ""]],
        BOTH,
    ),
    "blank rows between the rows": ([HEAD, [], LAPOR, [], [], TAMAN], [(3, *LAPOR), (6, *TAMAN)]),
    "a row of numbers under the headings": (
        [HEAD, [1, 2, 3], LAPOR, TAMAN],
        [(3, *LAPOR), (4, *TAMAN)],
    ),
    "a row of letters under the headings": (
        [HEAD, ["a", "b", "c"], LAPOR, TAMAN],
        [(3, *LAPOR), (4, *TAMAN)],
    ),
    "headings repeated on each page": ([HEAD, LAPOR, HEAD, TAMAN], [(2, *LAPOR), (4, *TAMAN)]),
    "headings repeated, other spaces and case": (
        [HEAD, LAPOR, [f" {text.upper()} " for text in HEAD], TAMAN],
        [(2, *LAPOR), (4, *TAMAN)],
    ),
    "a total under the table": (
        [["No", *HEAD], [1, *LAPOR], [2, *TAMAN], ["Jumlah", "2 inovasi"]],
        BOTH,
    ),
    "a total and its number in the last column": (
        [["No", *HEAD, "Anggaran"], [1, *LAPOR, 5], [2, *TAMAN, 7], ["", "TOTAL", "", "", 12]],
        BOTH,
    ),
    "a subtotal after each group": (
        [
            ["No", *HEAD],
            [1, *LAPOR],
            ["Subtotal", 1],
            [2, *TAMAN],
            ["Sub Total", 1],
            ["Grand Total", 2],
        ],
        [(2, *LAPOR), (4, *TAMAN)],
    ),
    "remarks under the table": (
        [
            HEAD,
            LAPOR,
            TAMAN,
            [],
            ["Keterangan:"],
            ["* data per 1 Maret"],
            ["Sumber: Bagian Organisasi"],
        ],
        BOTH,
    ),
    "a place for the signature under the table": (
        [
            HEAD,
            LAPOR,
            TAMAN,
            [],
            ["", "", "Malang, 1 Maret 2022"],
            ["", "", "Kepala Bagian"],
            [],
            ["", "", "(........)"],
        ],
        BOTH,
    ),
    "a line that tells of a group over its rows": (
        [["No", *HEAD], ["A. Kecamatan"], [1, *LAPOR], ["B. Dinas"], [2, *TAMAN]],
        [(3, *LAPOR), (5, *TAMAN)],
    ),
}


@pytest.mark.parametrize("form", SHEETS)
def test_what_stands_around_a_table_is_no_row_of_it(form):
    rows, expected = SHEETS[form]
    frame, _ = read(xlsx_bytes({"Data": rows}), "a.xlsx")
    assert given(frame) == expected


def merged(*ranges: tuple[int, int, int, int, str]):
    def finish(_book: Any, sheets: dict[str, Any]) -> None:
        for cells in ranges:
            next(iter(sheets.values())).merge_range(*cells)

    return finish


def hidden(_book: Any, sheets: dict[str, Any]) -> None:
    sheets["Data"].set_row(1, None, None, {"hidden": True})
    sheets["Data"].set_column(2, 2, None, None, {"hidden": True})
    sheets["Data"].autofilter(0, 0, 2, 2)


GROUPED = [
    ["No", "Judul Inovasi", "Penyelenggara", "", "Waktu", ""],
    ["", "", "Perangkat Daerah", "Kategori", "Tanggal Mulai", "Selesai"],
]
MERGED = {
    "headings merged over columns and rows": (
        [*GROUPED, [1, *LAPOR, "", ""], [2, *TAMAN, "", ""]],
        merged(
            (0, 0, 1, 0, "No"),
            (0, 1, 1, 1, "Judul Inovasi"),
            (0, 2, 0, 3, "Penyelenggara"),
            (0, 4, 0, 5, "Waktu"),
        ),
        [(3, *LAPOR), (4, *TAMAN)],
    ),
    "a title merged over columns and rows": (
        [["", "", ""], ["", "", ""], HEAD, LAPOR, TAMAN],
        merged((0, 0, 1, 2, "DAFTAR USULAN INOVASI")),
        [(4, *LAPOR), (5, *TAMAN)],
    ),
    "an agency merged over its rows": (
        [HEAD, LAPOR, ["Halte Ramah", "", "Kesehatan"], TAMAN],
        merged((1, 1, 2, 1, "Dinas Perhubungan")),
        [(2, *LAPOR), (3, "Halte Ramah", *LAPOR[1:]), (4, *TAMAN)],
    ),
    "an entry merged over its rows, which all are its": (
        [HEAD, LAPOR, ["", "", ""], TAMAN],
        merged(*((1, at, 2, at, text) for at, text in enumerate(LAPOR))),
        [(2, *LAPOR), (4, *TAMAN)],
    ),
    "hidden rows, hidden columns, a filter": ([HEAD, LAPOR, TAMAN], hidden, BOTH),
}


@pytest.mark.parametrize("form", MERGED)
def test_merged_and_hidden_cells_hold_what_they_show(form):
    rows, finish, expected = MERGED[form]
    frame, found = read(xlsx_bytes({"Data": rows}, finish), "a.xlsx")
    assert given(frame) == expected
    assert set(found["rule"]) <= {"unknown_column"}


QUESTIONS = [
    ["Judul Inovasi", LAPOR[0]],
    ["Perangkat Daerah", LAPOR[1]],
    ["Kategori", LAPOR[2]],
    ["Ringkasan", "a"],
]
SIDEWAYS: dict[str, list[list[Any]]] = {
    "bare": QUESTIONS,
    "three questions": QUESTIONS[:3],
    "headed": [["Data", "Deskripsi"], *QUESTIONS],
    "titled, numbered and headed": [
        ["PROPOSAL"],
        ["Tahun 2022"],
        [],
        ["No", "Data", "Deskripsi"],
        *([n, *q] for n, q in enumerate(QUESTIONS, 1)),
    ],
    "with colons in a column": [
        ["Formulir usulan"],
        *([label, ":", answer] for label, answer in QUESTIONS),
    ],
    "with colons before the answers": [[label, f": {answer}"] for label, answer in QUESTIONS],
    "with colons after the labels": [[f"{label} :", answer] for label, answer in QUESTIONS],
    "in parts": [
        ["A", "IDENTITAS"],
        *([n, *q] for n, q in enumerate(QUESTIONS[:3], 1)),
        ["B", "ISI"],
        [4, *QUESTIONS[3]],
    ],
    "with a column of remarks": [
        ["Data", "Deskripsi", "Catatan"],
        *([*q, "lengkap"] for q in QUESTIONS),
    ],
    "signed under the answers": [
        *QUESTIONS,
        [],
        ["", "Malang, 1 Maret 2022"],
        ["", "Kepala Bagian"],
    ],
}


@pytest.mark.parametrize("form", SIDEWAYS)
def test_a_proposal_on_a_sheet_of_its_own_is_one_row_without_a_number(form):
    frame, _ = read(xlsx_bytes({"Proposal": SIDEWAYS[form]}), "a.xlsx")
    assert given(frame) == [("", *LAPOR)]
    assert frame["kind"].tolist() == ["province"]


@pytest.mark.parametrize("again", ["", "Ringkasan"])
def test_an_answer_over_several_rows_is_one_answer(again):
    rows = [["Data", "Deskripsi"], *QUESTIONS, [again, "b"], [again, "c"], ["Signifikansi", "s"]]
    frame, _ = read(xlsx_bytes({"Proposal": rows}), "a.xlsx")
    assert frame[["summary", "significance"]].values.tolist() == [["a\nb\nc", "s"]]


def test_a_sheet_that_runs_sideways_has_a_row_a_column():
    rows = [
        ["No", 1, 2],
        *([head, one, two] for head, one, two in zip(HEAD, LAPOR, TAMAN, strict=True)),
    ]
    frame, _ = read(xlsx_bytes({"Data": rows}), "a.xlsx")
    assert given(frame) == BOTH


BESIDE: dict[str, list[list[Any]]] = {
    "how to fill in": [
        ["Petunjuk pengisian"],
        ["1. Isi judul inovasi"],
        ["2. Isi perangkat daerah"],
    ],
    "what the columns mean": [
        ["Variabel", "Arti"],
        ["judul", "Judul Inovasi"],
        ["opd", "Perangkat Daerah"],
        ["kategori", "Kategori"],
        ["ringkasan", "Ringkasan"],
    ],
    "what may be chosen": [["Perangkat Daerah", "Kategori"], ["Dinas Perhubungan", "Kesehatan"]],
    "a pivot table": [
        ["Row Labels", "Count of Judul Inovasi"],
        ["Dinas Perhubungan", 1],
        ["Grand Total", 1],
    ],
    "an empty sheet": [],
    "numbers": [["Bulan", "Jumlah"], ["Januari", 5]],
}


@pytest.mark.parametrize("is_first", [True, False])
@pytest.mark.parametrize("form", BESIDE)
def test_another_sheet_beside_the_data_is_no_export(form, is_first):
    data, other = {"Data": [HEAD, LAPOR, TAMAN]}, {"Lain": BESIDE[form]}
    frame, found = read(xlsx_bytes(other | data if is_first else data | other), "a.xlsx")
    assert given(frame) == BOTH
    assert found.empty


def test_two_tables_of_the_same_headings_below_each_other_are_one():
    rows = [["Tabel 1"], HEAD, LAPOR, [], ["Tabel 2"], HEAD, TAMAN]
    frame, _ = read(xlsx_bytes({"Data": rows}), "a.xlsx")
    assert given(frame) == [(3, *LAPOR), (7, *TAMAN)]
