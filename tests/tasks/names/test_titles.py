"""When two titles are the same, and when they are near."""

import unicodedata

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.names import titles
from tests.tasks import cases

LETTERS = "Sepasar Pedas"


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Jarik Ma' Siti!", "jarik ma siti"),
        ("  JARIK\tMÂ’SITI ", "jarik ma siti"),
        ("E-Kinerja (versi 2.0)", "e kinerja versi 2 0"),
        ("under_score", "under score"),
        ("Straße", "strasse"),
        ("ＦＵＬＬ ＷＩＤＴＨ", "full width"),
        ("İstanbul", "istanbul"),
        ("꧋꧋", ""),
        ("---", ""),
    ],
)
def test_a_key_has_no_case_accents_punctuation_or_extra_spaces(title: str, key: str) -> None:
    assert titles.title_key(title) == key


@given(st.text())
def test_the_key_of_a_key_is_itself(text: str) -> None:
    assert titles.title_key(titles.title_key(text)) == titles.title_key(text)


@given(st.text(alphabet="abcXYZ éß12"), st.sampled_from(["upper", "title", "swapcase"]))
def test_case_and_the_way_accents_are_written_change_no_key(text: str, change: str) -> None:
    assert titles.title_key(
        unicodedata.normalize("NFD", getattr(text, change)())
    ) == titles.title_key(text)


@given(
    st.lists(st.text(alphabet="abc1", min_size=1), min_size=1),
    st.sampled_from(["-", " , ", "!?", "\n", "  ", "—"]),
)
def test_punctuation_is_a_space(words: list[str], between: str) -> None:
    assert titles.title_key(between.join(words)) == " ".join(words)


def test_keys_keep_the_index_and_leave_titles_without_letters_missing() -> None:
    keys = titles.title_keys(
        pd.Series(["A b", None, "?!", "a  B"], index=[9, 8, 7, 6], dtype="str")
    )

    pd.testing.assert_series_equal(
        keys, pd.Series(["a b", np.nan, np.nan, "a b"], index=[9, 8, 7, 6], dtype="str")
    )


@pytest.mark.parametrize(
    ("left", "right", "is_near"),
    [
        ("Sepasar Pedas", "SEPASAR PEDAS (Sekolah Pasar Pedagang Cerdas)", True),
        ("Pedas Sepasar", "Sepasar Pedas", True),  # all the words of one in the other
        ("Lapor Pak Lurah", "LaporPakLurah", True),  # the same letters
        ("Gerakan Sehat", "Gerakan Cerdas", False),
        ("Sehat", "Gerakan Sehat", True),
        ("Sekat", "Gerakan Sehat", False),
        ("abcdefghij", "abcdefghiX", True),  # 1 of 10
        ("abcdefghi", "abcdefghX", False),  # 1 of 9
        ("abcdefghijklmnopqrs", "abcdefghijklmnopqXX", False),  # 2 of 19
        ("abcdefghijklmnopqrst", "abcdefghijklmnopqrXX", True),  # 2 of 20
        ("abcdefghij", "abcdefghijk", True),  # 1 of 11
        ("abcdefghij", "abcdefghijkl", False),  # 2 of 12
        ("SMART Kampung 1", "SMART Kampung 2", True),  # 1 of 13 letters
    ],
)
def test_near_is_all_words_of_one_in_the_other_or_nine_of_ten_letters_alike(
    left: str, right: str, is_near: bool
) -> None:
    one, other = (
        titles.title_keys(pd.Series([left, right])),
        titles.title_keys(pd.Series([right, left])),
    )

    assert titles.is_near(one, other).tolist() == [is_near, is_near]


def test_texts_of_more_than_300_letters_are_alike_only_where_they_are_the_same() -> None:
    long = "x" * 300
    left, right = (
        pd.Series([long, long + "a", long + "a"]),
        pd.Series([long[:-1], long + "b", long + " a"]),
    )

    assert titles.is_near(left, right).tolist() == [True, False, True]


def test_near_of_no_pairs_is_empty() -> None:
    none = pd.Series(dtype="str")

    assert titles.is_near(none, none).tolist() == []


@pytest.mark.parametrize("case", cases.of("near-titles"))
def test_a_case_of_near_titles(case: cases.Case) -> None:
    given = case.tables["input"]

    found = titles.is_near(titles.title_keys(given["left"]), titles.title_keys(given["right"]))

    assert cases.rows(found.to_frame("near")) == cases.rows(case.tables["output"])
