"""Headings that give nothing, fields that no heading gives, fields that several give."""

import pandas as pd
import pytest

from tasks.findings.wording import word_findings
from tasks.intake import heading_findings, submissions
from tasks.words import LANGUAGES, Words
from tests.small.rules import INTAKE_RULES
from tests.tasks.intake.test_delivery import HEADINGS, ROWS, read, with_column


def test_a_heading_that_gives_nothing_is_one_finding():
    found = read(with_column("Warna favorit", "merah", "biru")).findings
    assert found[["rule", "table", "source", "row", "field"]].values.tolist() == [
        ["unknown_column", "submissions", "submissions/a.csv", 1, "Warna favorit"]
    ]


def test_a_heading_that_is_repeated_is_said_once():
    table = [[*row, "a", "b"] for row in with_column("Warna", "merah", "biru")]
    table[0][-2:] = ["Warna", "Warna"]
    assert read(table).findings["field"].tolist() == ["Warna"]


def test_an_empty_column_that_gives_nothing_is_not_worth_a_word():
    assert read(with_column("Warna favorit", "", "")).findings.empty


def test_answers_under_no_heading_are_told_by_the_letter_of_their_column():
    found = read(with_column("", "merah", "")).findings
    assert (found["field"].tolist(), found["params"][0]["case"]) == (["E"], "unheaded")


def test_a_setting_makes_a_heading_give_its_field():
    found = read(with_column("Warna favorit", "merah", "biru"), {"warna  FAVORIT?": "summary"})
    assert found.findings.empty
    assert found.rows["summary"].tolist() == ["merah", "biru"]


def test_a_required_field_without_heading_is_a_finding_with_the_line_to_add():
    table = [[*row[:1], *row[2:], "Sepasar"] for row in [HEADINGS, *ROWS]]
    table[0][-1] = "Sebutan resmi"
    [missing] = read(table).findings.query("rule == 'missing_required'").to_dict("records")
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


def test_two_headings_that_give_one_field_differently_are_a_finding_and_the_first_counts():
    found = read(with_column("Judul  inovasi:", "Antrean", "Kampung Baru"))
    [said] = found.findings.to_dict("records")
    assert (said["rule"], said["field"], said["params"]["case"]) == (
        "unknown_column",
        "Judul  inovasi:",
        "same_headings",
    )
    assert said["params"]["headings"] == '"Judul Inovasi", "Judul inovasi:"'
    assert said["params"]["line"] == '"Judul Inovasi" = "title"'
    assert found.rows["title"].tolist() == ["Antrean", "Kampung"]


def test_a_question_repeated_for_each_kind_of_entrant_is_one_field_without_a_finding():
    table = [
        ["Timestamp", "Judul Inovasi", "Instansi", "Judul Inovasi", "Kategori"],
        [*ROWS[0][:2], "Dinas", "", "Kesehatan"],
        [ROWS[1][0], "", "SDN 1", "Kampung", "Pendidikan"],
    ]
    found = read(table)
    assert found.rows["title"].tolist() == ["Antrean", "Kampung"]
    assert found.findings.empty


def test_a_heading_that_only_seems_to_give_a_field_that_another_gives_is_a_finding():
    found = read(with_column("Judul inovasi lain yang pernah ada di kota", "x", "y"))
    assert found.rows["title"].tolist() == ["Antrean", "Kampung"]
    [said] = read(with_column("Judul inovasi serupa di kota", "x", "y")).findings.to_dict("records")
    assert (said["params"]["case"], said["params"]["claims"]) == ("claimed", "title")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_of_headings_can_be_said(language):
    tables = [
        with_column("Warna", "a", "b"),
        with_column("", "a", "b"),
        with_column("Judul inovasi", "a", "b"),
        [["x"], ["y"]],
        [["Timestamp", "Judul"], ["kemarin", "a"]],
    ]
    for table in tables:
        found = read(table)
        unclear = submissions.type_submissions(found.rows, INTAKE_RULES).findings
        said = word_findings(pd.concat([found.findings, unclear]), Words(language))
        assert said["message"].str.contains(" → ").all()
        assert not said["message"].str.contains(r"[{}]").any()


@pytest.mark.parametrize(
    ("position", "letters"),
    [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")],
)
def test_columns_are_called_as_a_spreadsheet_calls_them(position, letters):
    assert heading_findings.column_letters(position) == letters
