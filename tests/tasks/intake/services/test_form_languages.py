"""The words of Google's and Microsoft's own columns are told apart, in every language that is
listed.
"""

from itertools import combinations

import pytest

from tasks.intake.services import form_languages as said
from tasks.intake.services import services
from tasks.intake.tables import vocabulary
from tasks.intake.tables.headings import heading_key

LISTS = {name: getattr(said, name) for name in dir(said) if name.isupper()}
# "nota" is a quiz's score, "note" a French one's; "feedback" stands beside points in Microsoft's
# quizzes
APART = [
    ("GOOGLE_TIMESTAMPS", "GOOGLE_EMAILS"),
    ("GOOGLE_TIMESTAMPS", "GOOGLE_SCORES"),
    ("GOOGLE_EMAILS", "GOOGLE_SCORES"),
    *combinations(
        (
            "MICROSOFT_STARTS",
            "MICROSOFT_ENDS",
            "MICROSOFT_EMAILS",
            "MICROSOFT_NAMES",
            "MICROSOFT_OTHERS",
            "MICROSOFT_TOTALS",
        ),
        2,
    ),
]


@pytest.mark.parametrize("heading", said.GOOGLE_TIMESTAMPS)
def test_a_sheet_of_answers_is_googles_in_each_language(heading):
    assert services.service_kind([heading.capitalize(), "Judul inovasi", "Instansi"]) == "google"


@pytest.mark.parametrize("heading", said.MICROSOFT_ENDS)
def test_the_time_of_sending_is_microsofts_completion_time_in_each_language(heading):
    claim = services.own_column_claim("microsoft", heading.capitalize(), 2)
    assert (claim.field, services.service_kind(["ID", "Start time", heading, "Judul"])) == (
        "submitted_at",
        "microsoft",
    )


@pytest.mark.parametrize("heading", said.MICROSOFT_STARTS)
def test_the_time_of_beginning_gives_nothing_and_is_never_when_an_innovation_began(heading):
    assert services.own_column_claim("microsoft", heading.capitalize(), 1).field == ""


@pytest.mark.parametrize(("one", "other"), APART)
def test_no_heading_stands_for_two_of_a_services_columns(one, other):
    assert {heading_key(word) for word in LISTS[one]} & {
        heading_key(word) for word in LISTS[other]
    } == set()


@pytest.mark.parametrize("name", LISTS)
def test_a_word_can_be_compared(name):
    assert [word for word in LISTS[name] if not heading_key(word)] == []


def test_no_services_time_is_a_name_of_a_question_about_the_innovation():
    asked = {
        heading_key(word)
        for field, words in vocabulary.WHOLE_HEADINGS.items()
        if field != "submitted_at"
        for word in words
    }
    own = {
        heading_key(word)
        for name in ("GOOGLE_TIMESTAMPS", "MICROSOFT_STARTS", "MICROSOFT_ENDS")
        for word in LISTS[name]
    }
    assert own & asked == set()
