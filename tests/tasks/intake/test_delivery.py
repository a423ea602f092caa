"""Exports as wholes: what they list, and files that give nothing."""

import pytest

from tasks.intake import submissions
from tasks.intake.delivery import Delivery
from tests.small.exports import csv_bytes, raw, xlsx_bytes
from tests.small.rules import INTAKE_RULES

HEADINGS = ["Timestamp", "Judul Inovasi", "Instansi", "Kategori"]
ROWS = [
    ["15/02/2022 08:30:00", "Antrean", "Dinas", "Kesehatan"],
    ["16/02/2022 08:30:00", "Kampung", "DLH", "Lingkungan"],
]


def read(table: list[list[str]], settings: dict[str, str] | None = None) -> Delivery:
    forms = INTAKE_RULES.forms.model_copy(update={"submissions": settings or {}})
    return submissions.read_submissions(
        [raw("submissions/a.csv", csv_bytes(table))],
        INTAKE_RULES.model_copy(update={"forms": forms}),
    )


def with_column(heading: str, *cells: str) -> list[list[str]]:
    return [[*row, cell] for row, cell in zip([HEADINGS, *ROWS], [heading, *cells], strict=True)]


def test_what_was_read_as_what_is_listed_heading_by_heading():
    found = read(with_column("Warna favorit", "merah", ""))
    assert found.headings.astype("object").where(found.headings.notna(), "").values.tolist() == [
        ["submissions/a.csv", "Timestamp", "submitted_at"],
        ["submissions/a.csv", "Judul Inovasi", "title"],
        ["submissions/a.csv", "Instansi", "agency"],
        ["submissions/a.csv", "Kategori", "category"],
        ["submissions/a.csv", "Warna favorit", ""],
    ]


def test_an_export_is_listed_with_its_hash_its_kind_and_what_it_delivered():
    assert read([["Rekap"], HEADINGS, *ROWS]).exports.to_dict("records") == [
        {
            "source": "submissions/a.csv",
            "export_name": "submissions/a.csv",
            "export_sha256": "0" * 64,
            "table": "submissions",
            "phase": pytest.approx(float("nan"), nan_ok=True),
            "kind": "google",
            "heading_row": 2,
            "delivered": 2,
            "stale_since": pytest.approx(float("nan"), nan_ok=True),
            "invisible": 0,
            "invisible_at": pytest.approx(float("nan"), nan_ok=True),
        }
    ]


def test_a_file_without_a_known_table_is_named_with_its_headings():
    found = read([["Warna", "Ukuran"], ["merah", "1"]])
    assert found.rows.empty
    assert found.findings["rule"].tolist() == ["no_readable_export", "unreadable_file"]
    assert found.findings["params"][1] == {"case": "no_headings", "headings": '"Warna", "Ukuran"'}


def test_of_a_workbook_without_a_known_table_the_largest_sheet_is_named():
    sheets = {
        "Kode": [["Kode", "Tahun"], [0, 2000]],
        "Data": [["Warna", "Ukuran"], *([n, n] for n in range(9))],
    }
    found = submissions.read_submissions(
        [raw("submissions/a.xlsx", xlsx_bytes(sheets))], INTAKE_RULES
    )
    assert found.findings["params"][1]["headings"] == '"Warna", "Ukuran"'


def test_a_sheet_beside_others_that_is_called_an_example_is_none_and_said():
    sheets = {
        "Contoh": [HEADINGS[1:], ["Judul Anda", "Instansi Anda", "Kesehatan"]],
        "Usulan": [HEADINGS, *ROWS],
    }
    found = submissions.read_submissions(
        [raw("submissions/a.xlsx", xlsx_bytes(sheets))], INTAKE_RULES
    )
    assert found.exports["source"].tolist() == ["submissions/a.xlsx#Usulan"]
    [said] = found.findings.to_dict("records")
    assert (said["source"], said["params"]["case"], said["row"]) == (
        "submissions/a.xlsx#Contoh",
        "no_row",
        2,
    )
    alone = submissions.read_submissions(
        [raw("submissions/b.xlsx", xlsx_bytes({"Contoh": [HEADINGS, *ROWS]}))],
        INTAKE_RULES,
    )
    assert len(alone.rows) == len(ROWS)


def test_that_no_export_can_be_read_is_critical_and_that_there_is_none_is_not():
    nothing = submissions.read_submissions([], INTAKE_RULES)
    left_behind = submissions.read_submissions([raw("submissions/.DS_Store", b"\0")], INTAKE_RULES)
    assert (len(nothing.findings), len(left_behind.findings), len(nothing.rows)) == (0, 0, 0)
    bad = [raw(f"submissions/{name}.csv", b"") for name in "ba"]
    found = submissions.read_submissions(bad, INTAKE_RULES).findings
    assert found["rule"].tolist() == ["no_readable_export", "unreadable_file", "unreadable_file"]
    assert found["params"][0] == {"count": 2, "files": '"submissions/a.csv", "submissions/b.csv"'}


def test_one_bad_file_does_not_keep_the_others_from_being_read():
    both = [
        raw("submissions/a.csv", b""),
        raw("submissions/b.csv", csv_bytes([HEADINGS, *ROWS])),
    ]
    found = submissions.read_submissions(both, INTAKE_RULES)
    assert (found.findings["rule"].tolist(), len(found.rows)) == (["unreadable_file"], 2)


def test_cells_that_hidden_characters_were_taken_out_of_are_counted_with_their_row_and_heading():
    first = ["15/02/2022 08:30:00", "Antre\u202ean", "Dinas", "Kesehatan"]
    table = [HEADINGS, first, [*ROWS[1][:3], "Ling\u200bkungan"]]
    found = read(table)
    [export] = found.exports.to_dict("records")
    assert (export["invisible"], export["invisible_at"]) == (2, "2 Judul Inovasi|3 Kategori")
    assert found.rows["title"].tolist() == ["Antrean", "Kampung"]
