"""Qualtrics' rows of headings: questions stand under their codes, what programs read under both."""

import pytest

from tasks.intake import submissions
from tasks.intake.services import registry
from tasks.intake.services.form_service import JoinedHeadings
from tests.small.exports import csv_bytes, raw, xlsx_bytes
from tests.small.rules import INTAKE_RULES

QUALTRICS = ["StartDate", "EndDate", "RecordedDate", "ResponseId", "RecipientEmail", "Q1", "Q2_1"]
TEXTS = [
    "Start Date",
    "End Date",
    "Recorded Date",
    "Response ID",
    "Recipient Email",
    "Judul inovasi",
    "SDGs - SDG 3",
]


def joined(rows: list[list[str]]) -> JoinedHeadings:
    """The headings of a plain table that a service made."""
    service = registry.plain_table_service(rows)
    return service.join_headings(rows, service.own_fields(rows[0]))


def test_questions_stand_under_their_codes_and_what_a_program_reads_under_both():
    machine = [f'{{"ImportId":"QID{i}"}}' for i in range(7)]
    headed = joined([QUALTRICS, TEXTS, machine])
    assert (headed.more, headed.headings) == (2, [*QUALTRICS[:5], *TEXTS[5:]])


def test_an_answer_under_one_row_of_headings_is_an_answer():
    answer = ["2022-03-01", "2022-03-01", "2022-03-01", "R_1", "", "Antrean", ""]
    assert joined([QUALTRICS, answer]).more == 0


def test_settings_name_a_question_by_its_code_or_by_its_text():
    questions = [
        "Start Date",
        "End Date",
        "Recorded Date",
        "Response ID",
        "Recipient Email",
        "Apa itu?",
        "Siapa itu?",
    ]
    answer = ["2022-03-01", "2022-03-01", "2022-03-01 09:00:00", "R_1", "", "Antrean", "Dinas"]
    settings = {"Q1": "title", "Siapa itu?": "agency"}
    rules = INTAKE_RULES.model_copy(
        update={"forms": INTAKE_RULES.forms.model_copy(update={"submissions": settings})}
    )
    content = csv_bytes([QUALTRICS, questions, answer])
    rows = submissions.read_submissions([raw("submissions/a.csv", content)], rules).rows
    assert rows[["row", "title", "agency"]].values.tolist() == [[3, "Antrean", "Dinas"]]


def test_a_second_row_of_headings_in_another_language_is_no_response():
    under = [
        "Anfangsdatum",
        "Enddatum",
        "Erfassungsdatum",
        "Antwort-ID",
        "E-Mail",
        "Judul inovasi",
        "Instansi",
    ]
    row = [
        "2022-02-09 15:51:52",
        "2022-02-09 15:55:54",
        "2022-02-09 15:55:55",
        "R_1",
        "a@b.id",
        "Antrean",
        "DLH",
    ]
    found = submissions.read_submissions(
        [raw("submissions/q", xlsx_bytes({"Sheet1": [QUALTRICS, under, row]}))],
        INTAKE_RULES,
    )
    assert found.rows[["row", "title", "agency", "response_id"]].to_numpy().tolist() == [
        [3, "Antrean", "DLH", "R_1"]
    ]


@pytest.mark.parametrize(
    "moments", [["", "", ""], ["", "2022-02-09", ""], ["kemarin", "", "hari ini"]]
)
def test_a_response_without_moments_is_no_row_of_headings(moments):
    assert joined([QUALTRICS, [*moments, "R_1", "", "Antrean", "DLH"]]).more == 0
