"""A workbook to read, as content."""

import pytest

from reports.content.book import BookColumn, CellKind


@pytest.mark.parametrize(
    ("kind", "is_right"),
    [("text", False), ("code", False), ("integer", True), ("percent", True), ("date", True)],
)
def test_numbers_and_times_stand_at_the_right(kind: CellKind, is_right: bool):
    assert BookColumn("Nilai", kind).is_right is is_right


def test_a_column_has_room_for_its_longest_word_and_the_arrow_of_the_filter():
    assert BookColumn("Nilai akhir", width=18).wide == 18
    assert BookColumn("Pertanggungjawaban", width=10).wide == 18 + 3
    assert BookColumn("Pertanggungjawaban", "integer", width=10).wide == 18 + 5
    assert BookColumn("", width=4).wide == 4
