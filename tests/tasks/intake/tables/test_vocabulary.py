"""No word of the vocabulary stands for two things, and each can be compared."""

import pytest

from tasks.intake.cells.heading_keys import heading_key
from tasks.intake.tables import vocabulary
from tasks.schema import SUBMISSION_FIELDS


def test_every_word_of_the_vocabulary_belongs_to_one_field():
    words = [
        (heading_key(word), field)
        for field, listed in vocabulary.WHOLE_HEADINGS.items()
        for word in listed
    ]
    assert len(dict(words)) == len(set(words))


def test_no_word_of_the_vocabulary_is_one_that_makes_a_heading_none():
    within = {heading_key(word) for listed in vocabulary.WORDS_WITHIN.values() for word in listed}
    others = {heading_key(word) for word in vocabulary.OTHER_WORDS}
    assert within & others == set()


@pytest.mark.parametrize("words", [vocabulary.WHOLE_HEADINGS, vocabulary.WORDS_WITHIN])
def test_every_word_stands_for_a_field_and_is_written_as_it_is_compared(words):
    assert set(words) <= set(SUBMISSION_FIELDS) | {"submission_id", "submitted_at"}
    assert [word for listed in words.values() for word in listed if heading_key(word) != word] == []
