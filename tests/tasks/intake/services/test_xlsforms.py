"""What Kobo and ODK have in common: codes of headings, sheets of repeated groups, groups of
questions.
"""

import re

import pandas as pd
import pytest

from tasks.intake.services import xlsforms

SLASHED = re.compile(r"(.+)/(.+)")


@pytest.mark.parametrize(
    ("heading", "code"), [(" _UUID ", "_uuid"), ("X_uuid", "_uuid"), ("xylem", "xylem")]
)
def test_a_heading_s_code_has_no_case_and_no_x_that_r_wrote(heading, code):
    assert xlsforms.heading_code(heading) == code


@pytest.mark.parametrize(
    ("headings", "has_parents"),
    [
        (["nama", "_parent_index"], True),
        (["nama", "PARENT_KEY"], True),
        (["nama", "_index"], False),
        ([], False),
    ],
)
def test_a_repeated_group_has_the_columns_of_its_parent(headings, has_parents):
    assert xlsforms.has_parent_headings(headings) is has_parents


@pytest.mark.parametrize(
    ("headings", "parents", "is_first"),
    [
        (["judul", "_parent_index"], ["-1", ""], True),
        (["judul", "_parent_index"], ["-1", None], True),
        (["judul", "_parent_index"], ["-1", "3"], False),
        (["_submission__id", "_parent_index"], ["-1", "-1"], False),
        (["judul", "_parent_index"], [], False),
    ],
)
def test_a_first_sheet_answers_no_other_sheet(headings, parents, is_first):
    body = pd.DataFrame({0: ["x"] * len(parents), 1: pd.array(parents, dtype="str")})
    assert xlsforms.is_first_sheet(headings, body) is is_first


def test_the_first_code_that_is_there_is_the_key():
    headings = ["judul", "meta.instanceID", "_uuid"]
    assert xlsforms.first_key_position(headings, ("_id", "_uuid", "meta/instanceid")) == 2
    assert xlsforms.first_key_position(headings, ("meta/instanceid", "_uuid")) == 1
    assert xlsforms.first_key_position(headings, ("_id",)) is None


def test_a_single_answer_beside_its_question_gives_nothing():
    headings = ["sdgs", "sdgs/4", "saluran/web", ""]
    assert xlsforms.single_answer_fields(headings) == {1: ""}


def test_a_question_is_known_without_its_group_and_whole_unless_the_group_has_a_known_one():
    headings = ["inovasi/Judul", "inovasi/Lain", "SDGs/Air", "SDGs/Api", "Instansi"]
    texts = xlsforms.grouped_question_texts(SLASHED, headings, lambda text: text == "Judul")
    assert texts == [
        ["Judul"],
        ["Lain"],
        ["Air", "SDGs/Air"],
        ["Api", "SDGs/Api"],
        ["Instansi"],
    ]
