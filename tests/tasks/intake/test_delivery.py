"""What is said of exports as wholes: headings that give nothing, fields that none gives, files that
give nothing.
"""

import pandas as pd
import pytest

from tasks.findings.wording import word_findings
from tasks.intake import delivery, submissions
from tasks.intake.delivery import Delivery
from tasks.words import LANGUAGES, Words
from tests.small.exports import csv_bytes, raw, xlsx_bytes
from tests.tasks.intake.test_submissions import RULES

HEADINGS = ["Timestamp", "Judul Inovasi", "Instansi", "Kategori"]
ROWS = [
    ["15/02/2022 08:30:00", "Antrean", "Dinas", "Kesehatan"],
    ["16/02/2022 08:30:00", "Kampung", "DLH", "Lingkungan"],
]


def read(folder, table: list[list[str]], settings: dict[str, str] | None = None) -> Delivery:
    forms = RULES.forms.model_copy(update={"submissions": settings or {}})
    return submissions.read_submissions(
        [raw(folder, "submissions/a.csv", csv_bytes(table))],
        RULES.model_copy(update={"forms": forms}),
    )


def with_column(heading: str, *cells: str) -> list[list[str]]:
    return [[*row, cell] for row, cell in zip([HEADINGS, *ROWS], [heading, *cells], strict=True)]


def test_what_was_read_as_what_is_listed_heading_by_heading(tmp_path):
    found = read(tmp_path, with_column("Warna favorit", "merah", ""))
    assert found.headings.astype("object").where(found.headings.notna(), "").values.tolist() == [
        ["submissions/a.csv", "Timestamp", "submitted_at"],
        ["submissions/a.csv", "Judul Inovasi", "title"],
        ["submissions/a.csv", "Instansi", "agency"],
        ["submissions/a.csv", "Kategori", "category"],
        ["submissions/a.csv", "Warna favorit", ""],
    ]


def test_an_export_is_listed_with_its_hash_its_kind_and_what_it_delivered(tmp_path):
    assert read(tmp_path, [["Rekap"], HEADINGS, *ROWS]).exports.to_dict("records") == [
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


def test_a_heading_that_gives_nothing_is_one_finding(tmp_path):
    found = read(tmp_path, with_column("Warna favorit", "merah", "biru")).findings
    assert found[["rule", "table", "source", "row", "field"]].values.tolist() == [
        ["unknown_column", "submissions", "submissions/a.csv", 1, "Warna favorit"]
    ]


def test_a_heading_that_is_repeated_is_said_once(tmp_path):
    table = [[*row, "a", "b"] for row in with_column("Warna", "merah", "biru")]
    table[0][-2:] = ["Warna", "Warna"]
    assert read(tmp_path, table).findings["field"].tolist() == ["Warna"]


def test_an_empty_column_that_gives_nothing_is_not_worth_a_word(tmp_path):
    assert read(tmp_path, with_column("Warna favorit", "", "")).findings.empty


def test_answers_under_no_heading_are_told_by_the_letter_of_their_column(tmp_path):
    found = read(tmp_path, with_column("", "merah", "")).findings
    assert (found["field"].tolist(), found["params"][0]["case"]) == (["E"], "unheaded")


def test_a_setting_makes_a_heading_give_its_field(tmp_path):
    found = read(
        tmp_path, with_column("Warna favorit", "merah", "biru"), {"warna  FAVORIT?": "summary"}
    )
    assert found.findings.empty
    assert found.rows["summary"].tolist() == ["merah", "biru"]


def test_a_required_field_without_heading_is_a_finding_with_the_line_to_add(
    tmp_path,
):
    table = [[*row[:1], *row[2:], "Sepasar"] for row in [HEADINGS, *ROWS]]
    table[0][-1] = "Sebutan resmi"
    [missing] = (
        read(tmp_path, table).findings.query("rule == 'missing_required'").to_dict("records")
    )
    assert (missing["source"], missing["row"], missing["field"]) == (
        "submissions/a.csv",
        1,
        "title",
    )
    assert missing["params"] == {
        "line": '"…" = "title"',
        "case": "no_heading",
        "headings": '"Sebutan resmi"',
        "section": "forms.submissions",
    }


def test_two_headings_that_give_one_field_differently_are_a_finding_and_the_first_counts(tmp_path):
    found = read(tmp_path, with_column("Judul  inovasi:", "Antrean", "Kampung Baru"))
    [said] = found.findings.to_dict("records")
    assert (said["rule"], said["field"], said["params"]["case"]) == (
        "unknown_column",
        "Judul  inovasi:",
        "same_headings",
    )
    assert said["params"]["headings"] == '"Judul Inovasi", "Judul inovasi:"'
    assert said["params"]["line"] == '"Judul Inovasi" = "title"'
    assert found.rows["title"].tolist() == ["Antrean", "Kampung"]


def test_a_question_repeated_for_each_kind_of_entrant_is_one_field_without_a_finding(tmp_path):
    table = [
        ["Timestamp", "Judul Inovasi", "Instansi", "Judul Inovasi", "Kategori"],
        [*ROWS[0][:2], "Dinas", "", "Kesehatan"],
        [ROWS[1][0], "", "SDN 1", "Kampung", "Pendidikan"],
    ]
    found = read(tmp_path, table)
    assert found.rows["title"].tolist() == ["Antrean", "Kampung"]
    assert found.findings.empty


def test_a_heading_that_only_seems_to_give_a_field_that_another_gives_is_a_finding(tmp_path):
    found = read(tmp_path, with_column("Judul inovasi lain yang pernah ada di kota", "x", "y"))
    assert found.rows["title"].tolist() == ["Antrean", "Kampung"]
    [said] = read(tmp_path, with_column("Judul inovasi serupa di kota", "x", "y")).findings.to_dict(
        "records"
    )
    assert (said["params"]["case"], said["params"]["claims"]) == ("claimed", "title")


def test_a_file_without_a_known_table_is_named_with_its_headings(tmp_path):
    found = read(tmp_path, [["Warna", "Ukuran"], ["merah", "1"]])
    assert found.rows.empty
    assert found.findings["rule"].tolist() == ["no_readable_export", "unreadable_file"]
    assert found.findings["params"][1] == {"case": "no_headings", "headings": '"Warna", "Ukuran"'}


def test_of_a_workbook_without_a_known_table_the_largest_sheet_is_named(tmp_path):
    sheets = {
        "Kode": [["Kode", "Tahun"], [0, 2000]],
        "Data": [["Warna", "Ukuran"], *([n, n] for n in range(9))],
    }
    found = submissions.read_submissions(
        [raw(tmp_path, "submissions/a.xlsx", xlsx_bytes(sheets))], RULES
    )
    assert found.findings["params"][1]["headings"] == '"Warna", "Ukuran"'


def test_a_sheet_beside_others_that_is_called_an_example_is_none_and_said(tmp_path):
    sheets = {
        "Contoh": [HEADINGS[1:], ["Judul Anda", "Instansi Anda", "Kesehatan"]],
        "Usulan": [HEADINGS, *ROWS],
    }
    found = submissions.read_submissions(
        [raw(tmp_path, "submissions/a.xlsx", xlsx_bytes(sheets))], RULES
    )
    assert found.exports["source"].tolist() == ["submissions/a.xlsx#Usulan"]
    [said] = found.findings.to_dict("records")
    assert (said["source"], said["params"]["case"], said["row"]) == (
        "submissions/a.xlsx#Contoh",
        "no_row",
        2,
    )
    alone = submissions.read_submissions(
        [raw(tmp_path, "submissions/b.xlsx", xlsx_bytes({"Contoh": [HEADINGS, *ROWS]}))], RULES
    )
    assert len(alone.rows) == len(ROWS)


def test_that_no_export_can_be_read_is_critical_and_that_there_is_none_is_not(tmp_path):
    nothing = submissions.read_submissions([], RULES)
    left_behind = submissions.read_submissions(
        [raw(tmp_path, "submissions/.DS_Store", b"\0")], RULES
    )
    assert (len(nothing.findings), len(left_behind.findings), len(nothing.rows)) == (0, 0, 0)
    bad = [raw(tmp_path, f"submissions/{name}.csv", b"") for name in "ba"]
    found = submissions.read_submissions(bad, RULES).findings
    assert found["rule"].tolist() == ["no_readable_export", "unreadable_file", "unreadable_file"]
    assert found["params"][0] == {"count": 2, "files": '"submissions/a.csv", "submissions/b.csv"'}


def test_one_bad_file_does_not_keep_the_others_from_being_read(tmp_path):
    both = [
        raw(tmp_path, "submissions/a.csv", b""),
        raw(tmp_path, "submissions/b.csv", csv_bytes([HEADINGS, *ROWS])),
    ]
    found = submissions.read_submissions(both, RULES)
    assert (found.findings["rule"].tolist(), len(found.rows)) == (["unreadable_file"], 2)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_of_headings_can_be_said(tmp_path, language):
    tables = [
        with_column("Warna", "a", "b"),
        with_column("", "a", "b"),
        with_column("Judul inovasi", "a", "b"),
        [["x"], ["y"]],
        [["Timestamp", "Judul"], ["kemarin", "a"]],
    ]
    for table in tables:
        found = read(tmp_path, table)
        _, unclear = submissions.type_submissions(found.rows, RULES)
        said = word_findings(pd.concat([found.findings, unclear]), Words(language))
        assert said["message"].str.contains(" → ").all()
        assert not said["message"].str.contains(r"[{}]").any()


@pytest.mark.parametrize(
    ("position", "letters"),
    [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")],
)
def test_columns_are_called_as_a_spreadsheet_calls_them(position, letters):
    assert delivery.column_letters(position) == letters


def test_cells_that_hidden_characters_were_taken_out_of_are_counted_with_their_row_and_heading(
    tmp_path,
):
    first = ["15/02/2022 08:30:00", "Antre\u202ean", "Dinas", "Kesehatan"]
    table = [HEADINGS, first, [*ROWS[1][:3], "Ling\u200bkungan"]]
    found = read(tmp_path, table)
    [export] = found.exports.to_dict("records")
    assert (export["invisible"], export["invisible_at"]) == (2, "2 Judul Inovasi|3 Kategori")
    assert found.rows["title"].tolist() == ["Antrean", "Kampung"]
