"""Google's and Microsoft's own columns, quizzes among them, and Microsoft's forms in languages that
nobody listed.
"""

import pandas as pd
import pytest

from tasks.intake import submissions
from tasks.intake.services import hosted_forms
from tests.tasks.intake.test_submissions import RULES
from tests.tasks.intake.writing import clock, csv_bytes, raw, xlsx_bytes


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
    assert hosted_forms.google_field(heading, position) == field


@pytest.mark.parametrize(
    ("heading", "position", "field"),
    [
        ("ID", 0, "submission_id"),
        ("Id", 0, "submission_id"),
        ("Id", 9, None),
        ("Hora de conclusão", 2, "submitted_at"),
        ("Adresse de messagerie", 3, "contact_email"),
        ("Navn", 4, "contact_name"),
        ("Tidspunkt for siste endring", 5, ""),
        ("Total de pontos", 5, ""),
        ("Hora de postagem da nota", 7, ""),
        ("Points - Judul inovasi", 9, ""),
        ("Pontos \u2013 Judul inovasi", 9, ""),
        ("Comentários \u2013 Judul inovasi", 10, ""),
        ("Comentarios: Judul inovasi", 10, ""),
        ("Poin penting inovasi", 10, None),
        ("Points of interest - what are they?", 10, None),
        ("Nama instansi", 8, None),
    ],
)
def test_microsofts_own_columns(heading, position, field):
    assert hosted_forms.microsoft_field(heading, position) == field


UNKNOWN = ["ID", "დაწყების დრო", "დასრულების დრო", "ელფოსტა", "სახელი", "Judul"]


def body(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame([[*row, "anonymous", None, "Antrean"] for row in rows], dtype="str")


@pytest.mark.parametrize(
    ("headings", "cells", "is_one"),
    [
        (UNKNOWN, [("1", "3/1/22 8:15:22", "3/1/22 8:31:05")], True),
        (UNKNOWN, [("1", "2022-03-01T08:15:22", "2022-03-01T08:31:05")], True),
        (UNKNOWN, [("1", "3/1/22 8:31:05", "3/1/22 8:15:22")], False),  # sent before it was begun
        (
            UNKNOWN,
            [("1", "3/1/22", "3/2/22")],
            False,
        ),  # days: when something was held, and till when
        (UNKNOWN, [("1", "3/1/22 8:15:22", "")], False),
        (["No", *UNKNOWN[1:]], [("1", "3/1/22 8:15:22", "3/1/22 8:31:05")], False),
        (UNKNOWN[:3], [("1", "3/1/22 8:15:22", "3/1/22 8:31:05")], False),
        (UNKNOWN, [], False),
    ],
)
def test_a_microsoft_form_in_any_language_is_told_by_its_id_and_two_moments_in_order(
    headings, cells, is_one
):
    assert hosted_forms.has_microsoft_cells(headings, body(*cells)) is is_one


def test_the_csv_of_a_sheet_rounds_its_moments_and_is_the_same_response_as_in_the_workbook(
    tmp_path,
):
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
        [raw(tmp_path, name, content) for name, content in files.items()], RULES
    ).rows
    by_file = {name: of_file["cells"].tolist() for name, of_file in rows.groupby("export_name")}
    assert by_file["submissions/a.csv"] == by_file["submissions/b.xlsx"]
    assert len(set(by_file["submissions/a.csv"])) == 3


@pytest.mark.parametrize(
    "answer",
    ["Instagram, TikTok, WhatsApp", "Kategori inovasi", "Dinas Kesehatan", "email", "0341 000001"],
)
def test_a_first_answer_that_is_a_word_of_headings_is_no_second_row_of_them(tmp_path, answer):
    table = [
        ["Judul Inovasi", "Instansi", "Media yang dipakai"],
        ["Antrean", "Dinas", answer],
        ["B", "C", "-"],
    ]
    rows = submissions.read_submissions(
        [raw(tmp_path, "submissions/a.csv", csv_bytes(table))], RULES
    ).rows
    assert rows[["row", "title", "agency"]].values.tolist() == [
        [2, "Antrean", "Dinas"],
        [3, "B", "C"],
    ]


@pytest.mark.parametrize("question", ["Kebaruan", "Jelaskan kebaruan inovasi Anda"])
def test_a_rating_of_oneself_is_not_the_narrative_that_it_rates(tmp_path, question):
    table = [
        [
            "Timestamp",
            "Judul Inovasi",
            "Instansi",
            "Penilaian diri [Kebaruan]",
            " [Signifikansi]",
            question,
        ],
        ["15/02/2022 08:15:03", "Antrean", "Dinas", "4", "5", "Nomor antrean diambil dari rumah."],
    ]
    rows = submissions.read_submissions(
        [raw(tmp_path, "submissions/a.csv", csv_bytes(table))], RULES
    ).rows
    assert rows["novelty"].tolist() == ["Nomor antrean diambil dari rumah."]


def test_what_only_a_grids_row_names_is_taken_where_no_question_asks_for_it(tmp_path):
    table = [
        ["Timestamp", "Identitas [Judul Inovasi]", "Identitas [Instansi]"],
        ["15/02/2022 08:15", "Antrean", "Dinas"],
    ]
    rows = submissions.read_submissions(
        [raw(tmp_path, "submissions/a.csv", csv_bytes(table))], RULES
    ).rows
    assert rows[["title", "agency"]].values.tolist() == [["Antrean", "Dinas"]]


def test_a_counter_that_somebody_put_before_googles_columns_leaves_them_googles(tmp_path):
    rows = [
        ["No", "Stempel waktu", "Skor", "Judul inovasi"],
        ["1", "15/03/2022 13:45:00", "0 / 0", "Antrean"],
    ]
    found = submissions.read_submissions([raw(tmp_path, "submissions/g", csv_bytes(rows))], RULES)
    assert found.rows[["kind", "submitted_at", "title"]].to_numpy().tolist() == [
        ["google", "15/03/2022 13:45:00", "Antrean"]
    ]
    assert "unknown_column" not in set(found.findings["rule"])


@pytest.mark.parametrize("headings", [["Judul", "Timestamp"], ["No"], ["No", "Judul", "Timestamp"]])
def test_another_column_before_the_time_makes_a_plain_table(headings):
    assert not hosted_forms.has_google_headings(headings)
