"""What people typed for categories and groups."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from tasks.names.categories import match_categories, match_groups
from tests.small.rules import parse_limits, parse_rules

RULES = parse_limits()


def _texts(*texts: str | None) -> pd.Series:
    return pd.Series(texts, dtype="str", index=range(10, 10 + len(texts)))


def _plain(values: pd.Series) -> list[object]:
    return [None if pd.isna(value) else value for value in values]


def test_categories_match_by_code_name_in_either_language_and_alias() -> None:
    typed = _texts(
        "kesehatan",
        "Kesehatan",
        "HEALTH",
        "bidang  kesehatan.",
        "pendidikan",
        "Kesehatn",
        None,
        "-",
    )

    coded = match_categories(typed, RULES)

    assert _plain(coded) == ["kesehatan"] * 4 + ["pendidikan", None, None, None]
    assert coded.index.equals(typed.index)


def test_a_name_that_two_categories_share_matches_neither() -> None:
    rules = parse_rules(head="", categories="ab")
    shared = rules.model_copy(
        update={
            "categories": tuple(
                category.model_copy(update={"aliases": ("Sama",)}) for category in rules.categories
            ),
        }
    )

    assert _plain(match_categories(_texts("sama", "a", "B"), shared)) == [None, "a", "b"]


def test_groups_match_as_categories_do_and_nothing_matches_where_there_are_none() -> None:
    without = RULES.model_copy(update={"groups": ()})

    assert _plain(match_groups(_texts("UMUM", "khusus"), RULES)) == ["umum", None]
    assert _plain(match_groups(_texts("umum"), without)) == [None]


@given(
    st.sampled_from(["kesehatan", "bidang kesehatan", "health"]),
    st.sampled_from(["upper", "title", "capitalize"]),
    st.sampled_from([" ", "-", ". ", "  "]),
)
def test_case_and_punctuation_never_decide_a_category(name: str, change: str, between: str) -> None:
    typed = getattr(name, change)().replace(" ", between) + between

    assert _plain(match_categories(_texts(typed), RULES)) == ["kesehatan"]
