"""Google's own columns, quizzes among them, in every language that is listed."""

from itertools import combinations

import pytest

from tasks.intake import submissions
from tasks.intake.cells.heading_keys import heading_keys
from tasks.intake.services import google, registry
from tests.small.exports import clock, csv_bytes, raw, xlsx_bytes
from tests.small.rules import INTAKE_RULES

# Remarks may be called as scores are: both stand in brackets.
APART = list(combinations((google.TIMESTAMPS, google.EMAILS, google.SCORES), 2))


@pytest.mark.parametrize("heading", google.TIMESTAMPS)
def test_a_sheet_of_answers_is_googles_in_each_language(heading):
    headings = [heading.capitalize(), "Judul inovasi", "Instansi"]
    assert registry.kind_by_headings(headings) == "google"


@pytest.mark.parametrize(("words", "others"), APART)
def test_no_heading_stands_for_two_of_googles_columns(words, others):
    assert heading_keys(*words) & heading_keys(*others) == set()


@pytest.mark.parametrize("words", [google.TIMESTAMPS, google.EMAILS, google.SCORES, google.REMARKS])
def test_a_word_can_be_compared(words):
    assert "" not in heading_keys(*words)


@pytest.mark.parametrize(
    ("heading", "position", "field"),
    [
        ("Timestamp", 0, "submitted_at"),
        ("Timestamp", 3, None),
        ("E-posta Adresi", 1, "contact_email"),
        ("Endereço de e-mail", 1, "contact_email"),
        ("E-mailadres", 1, "contact_email"),
        ("Puntuación", 1, ""),
        ("Score", 2, ""),  # after the address
        ("Score", 7, None),  # a question of the form
        ("Judul inovasi [Skor]", 4, ""),
        ("Judul inovasi [Puan]", 4, ""),
        ("Judul inovasi [Masukan]", 5, ""),
        ("Judul inovasi [Geri bildirim]", 5, ""),
        ("Penilaian diri [Kebaruan]", 5, None),
        ("Judul inovasi", 2, None),
    ],
)
def test_googles_own_columns(heading, position, field):
    assert google.google_field(heading, position) == field


def test_the_csv_of_a_sheet_rounds_its_moments_and_is_the_same_response_as_in_the_workbook():
    headings = ["Timestamp", "Judul Inovasi", "Instansi", "Kategori"]
    said = ["Antrean", "Dinas", "Kesehatan"]
    moments = [
        clock(2022, 2, 1, 8, 15, 3, 289000),
        clock(2022, 2, 3, 21, 29, 50, 999000),
        clock(2022, 2, 14),
    ]
    shown = ["01/02/2022 8:15:03", "03/02/2022 21:29:51", "14/02/2022 0:00:00"]
    files = {
        "submissions/a.csv": csv_bytes([headings, *([text, *said] for text in shown)]),
        "submissions/b.xlsx": xlsx_bytes(
            {"Form Responses 1": [headings, *([moment, *said] for moment in moments)]}
        ),
    }
    rows = submissions.read_submissions(
        [raw(name, content) for name, content in files.items()], INTAKE_RULES
    ).rows
    by_file = {name: of_file["cells"].tolist() for name, of_file in rows.groupby("export_name")}
    assert by_file["submissions/a.csv"] == by_file["submissions/b.xlsx"]
    assert len(set(by_file["submissions/a.csv"])) == 3


def test_a_counter_that_somebody_put_before_googles_columns_leaves_them_googles():
    rows = [
        ["No", "Stempel waktu", "Skor", "Judul inovasi"],
        ["1", "15/03/2022 13:45:00", "0 / 0", "Antrean"],
    ]
    found = submissions.read_submissions([raw("submissions/g", csv_bytes(rows))], INTAKE_RULES)
    assert found.rows[["kind", "submitted_at", "title"]].to_numpy().tolist() == [
        ["google", "15/03/2022 13:45:00", "Antrean"]
    ]
    assert "unknown_column" not in set(found.findings["rule"])


@pytest.mark.parametrize("headings", [["Judul", "Timestamp"], ["No"], ["No", "Judul", "Timestamp"]])
def test_another_column_before_the_time_makes_a_plain_table(headings):
    assert not google.has_google_headings(headings)
