"""Microsoft's own columns, quizzes among them, in every language that is listed, and its forms in
languages that nobody listed.
"""

from itertools import combinations

import pandas as pd
import pytest

from tasks.intake.cells.heading_keys import heading_keys
from tasks.intake.services import microsoft, registry

# What stands beside points, "feedback", may also be called so in the whole of a quiz.
LISTS = (
    microsoft.STARTS,
    microsoft.ENDS,
    microsoft.EMAILS,
    microsoft.NAMES,
    microsoft.OTHERS,
    microsoft.TOTALS,
)


@pytest.mark.parametrize("heading", microsoft.ENDS)
def test_the_time_of_sending_is_microsofts_completion_time_in_each_language(heading):
    headings = ["ID", "Start time", heading, "Judul"]
    assert microsoft.microsoft_field(heading.capitalize(), 2) == "submitted_at"
    assert registry.kind_by_headings(headings) == "microsoft"


@pytest.mark.parametrize("heading", microsoft.STARTS)
def test_the_time_of_beginning_gives_nothing_and_is_never_when_an_innovation_began(heading):
    assert microsoft.microsoft_field(heading.capitalize(), 1) == ""


@pytest.mark.parametrize(("words", "others"), list(combinations(LISTS, 2)))
def test_no_heading_stands_for_two_of_microsofts_columns(words, others):
    assert heading_keys(*words) & heading_keys(*others) == set()


@pytest.mark.parametrize("words", [*LISTS, microsoft.POINTS])
def test_a_word_can_be_compared(words):
    assert "" not in heading_keys(*words)


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
    assert microsoft.microsoft_field(heading, position) == field


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
    assert microsoft.has_microsoft_cells(headings, body(*cells)) is is_one


@pytest.mark.parametrize("headings", [UNKNOWN, ["ID", "Start time", "Completion time"]])
def test_the_times_of_a_form_in_a_language_that_is_not_known_are_known_by_their_place(headings):
    fixed = microsoft.MICROSOFT.fixed_fields(headings)
    assert fixed == ({1: "", 2: "submitted_at"} if headings is UNKNOWN else {})
