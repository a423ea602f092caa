"""The words of Google's and Microsoft's own columns are told apart, in every language that is
listed.
"""

from itertools import combinations

import pytest

from tasks.intake import form_languages as said
from tasks.intake import services, vocabulary
from tasks.intake.headings import key

LISTS = {name: getattr(said, name) for name in dir(said) if name.isupper()}
# "nota" is a quiz's score, "note" a French one's; "feedback" stands beside points in Microsoft's
# quizzes
APART = [
    ("TIMESTAMPS", "GOOGLE_EMAILS"),
    ("TIMESTAMPS", "SCORES"),
    ("GOOGLE_EMAILS", "SCORES"),
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


@pytest.mark.parametrize("heading", said.TIMESTAMPS)
def test_a_sheet_of_answers_is_googles_in_each_language(heading):
    assert services.kind([heading.capitalize(), "Judul inovasi", "Instansi"]) == "google"


@pytest.mark.parametrize("heading", said.MICROSOFT_ENDS)
def test_the_time_of_sending_is_microsofts_completion_time_in_each_language(heading):
    claim = services.claim("microsoft", heading.capitalize(), 2)
    assert (claim.field, services.kind(["ID", "Start time", heading, "Judul"])) == (
        "submitted_at",
        "microsoft",
    )


@pytest.mark.parametrize("heading", said.MICROSOFT_STARTS)
def test_the_time_of_beginning_gives_nothing_and_is_never_when_an_innovation_began(heading):
    assert services.claim("microsoft", heading.capitalize(), 1).field == ""


@pytest.mark.parametrize(("one", "other"), APART)
def test_no_heading_stands_for_two_of_a_services_columns(one, other):
    assert {key(word) for word in LISTS[one]} & {key(word) for word in LISTS[other]} == set()


@pytest.mark.parametrize("name", LISTS)
def test_a_word_can_be_compared(name):
    assert [word for word in LISTS[name] if not key(word)] == []


def test_no_services_time_is_a_name_of_a_question_about_the_innovation():
    asked = {
        key(word)
        for field, words in vocabulary.WHOLE.items()
        if field != "submitted_at"
        for word in words
    }
    own = {
        key(word)
        for name in ("TIMESTAMPS", "MICROSOFT_STARTS", "MICROSOFT_ENDS")
        for word in LISTS[name]
    }
    assert own & asked == set()
