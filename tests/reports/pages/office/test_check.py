"""What a check found, as a page."""

import pytest

from reports.pages.office.check import invisible_notes
from tasks.words import Words

TOLD = {
    "id": 'baris 2 "Judul Inovasi"; baris 9',
    "en": 'row 2 "Judul Inovasi"; row 9',
}


@pytest.mark.parametrize("language", ["id", "en"])
def test_hidden_characters_are_told_with_their_number_and_first_places(language):
    [said] = invisible_notes(
        {"invisible": "12", "invisible_at": "2 Judul Inovasi|9"}, Words(language)
    )
    assert said.startswith("12 ")
    assert said.endswith(TOLD[language])


@pytest.mark.parametrize("row", [{"invisible": "0", "invisible_at": ""}, {"invisible": ""}, {}])
def test_without_them_nothing_is_told_not_even_of_a_run_of_before(row):
    assert invisible_notes(row, Words("id")) == ()
