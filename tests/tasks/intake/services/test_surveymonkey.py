"""SurveyMonkey's rows of headings: the parts of a question stand under it."""

import pytest

from tasks.intake.services import registry
from tasks.intake.services.form_service import JoinedHeadings

MONKEY = [
    "Respondent ID",
    "Collector ID",
    "Start Date",
    "End Date",
    "IP Address",
    "Email Address",
    "Judul inovasi",
]


def joined(rows: list[list[str]]) -> JoinedHeadings:
    """The headings of a plain table that a service made."""
    service = registry.plain_table_service(rows)
    return service.join_headings(rows, service.own_fields(rows[0]))


def test_parts_of_a_question_stand_in_a_second_row_of_headings():
    first = [*MONKEY, "Identitas", "", "Kategori"]
    second = [*[""] * 6, "Open-Ended Response", "Nama instansi", "Nomor telepon", "Response"]
    answer = [
        "118",
        "4",
        "03/01/2022",
        "03/01/2022",
        "",
        "",
        "Antrean",
        "Dinas",
        "0341",
        "Kesehatan",
    ]
    headed = joined([first, second, answer])
    assert (headed.more, headed.headings[6:]) == (
        1,
        ["Judul inovasi", "Identitas [Nama instansi]", "Identitas [Nomor telepon]", "Kategori"],
    )


def test_words_tell_a_second_row_of_parts_where_the_services_own_columns_are_gone():
    first = ["Judul inovasi", "Identitas", "", "Kategori"]
    second = ["Open-Ended Response", "Instansi", "HP", "Response"]
    rows = [first, second, ["Antrean", "Dinas", "0341", "Kesehatan"]]
    assert joined(rows) == JoinedHeadings(
        ["Judul inovasi", "Identitas [Instansi]", "Identitas [HP]", "Kategori"], 1
    )
    assert registry.plain_table_service(rows).own_fields(first) == {}


def test_the_respondents_number_counts_where_the_services_other_columns_are_gone():
    first = ["Respondent ID", "", "Judul inovasi", "Kategori"]
    second = ["", "Email", "Open-Ended Response", "Response"]
    rows = [first, second, ["118", "", "Antrean", "Kesehatan"]]
    assert joined(rows).headings == ["Respondent ID", "Email", "Judul inovasi", "Kategori"]
    assert registry.plain_table_service(rows).own_fields(first) == {0: "submission_id"}


@pytest.mark.parametrize("under", [["Antrean", "Response"], ["a response", "open-ended"], ["", ""]])
def test_an_answer_that_happens_to_say_response_is_no_heading(under):
    assert registry.plain_table_service([["Judul inovasi", "Kategori"], under]) is None
