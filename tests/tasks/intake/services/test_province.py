"""The province's workbook is known by its two headings and its one column of answers."""

import pandas as pd
import pytest

from tasks.intake.services.province import (
    PROVINCE,
    is_answers_heading,
    is_heading_pair,
    is_one_proposal,
)


def test_its_kind_is_province():
    assert PROVINCE.kind == "province"


@pytest.mark.parametrize(
    ("labels", "answers", "is_pair"),
    [
        ("Data", "Deskripsi", True),
        (" DATA ", "deskripsi:", True),
        ("Deskripsi", "Data", False),
        ("Data", "Deskripsi Inovasi", False),
        ("Data", None, False),
        (7, "Deskripsi", False),
    ],
)
def test_two_cells_head_it(labels, answers, is_pair):
    assert is_heading_pair(labels, answers) is is_pair


@pytest.mark.parametrize(("cell", "is_one"), [("Deskripsi", True), ("Data", False), (None, False)])
def test_a_column_of_answers_is_headed_by_one_word(cell, is_one):
    assert is_answers_heading(cell) is is_one


@pytest.mark.parametrize(("columns", "is_one"), [(0, True), (1, True), (2, False)])
def test_it_has_one_column_of_answers(columns, is_one):
    assert is_one_proposal(pd.DataFrame({"title": ["Lapor Lampu"] * columns})) is is_one
