"""Last year's rules for the next year: the file as it was left, with blank dates and nothing
signed.
"""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.office import next_year
from tasks.errors import CallError
from tests.small.whole_rules import WHOLE, rule_problems


def test_the_year_is_one_more_and_everything_else_that_holds_stays() -> None:
    before, after = tomllib.loads(WHOLE), tomllib.loads(next_year.advance_rules(WHOLE))
    changed = {key for key in before if before[key] != after.get(key)}
    assert (after["year"], changed) == (2023, {"year", "phases", "publication", "documents"})
    assert after["publication"] == before["publication"] | {"final": []}


def test_every_date_is_a_comment_that_proposes_the_day_of_the_year_after() -> None:
    text = next_year.advance_rules(WHOLE)
    assert "\n# opens = 2023-02-01T00:00:00\n" in text
    assert text.count("\n# closes = 2023-") == 5
    assert {message for _, message in rule_problems(text)} == {"missing_closes"}
    assert (
        rule_problems(text.replace("# opens =", "opens =").replace("# closes =", "closes =")) == []
    )


def test_a_leap_day_proposes_the_day_before() -> None:
    text = WHOLE.replace("opens = 2022-02-01", "opens = 2024-02-29").replace(
        "year = 2022", "year = 2024"
    )
    assert "# opens = 2025-02-28T00:00:00" in next_year.advance_rules(text)


def test_comments_and_layout_are_left_as_they_are() -> None:
    kept = [
        line
        for line in WHOLE.split("\n")
        if line.strip().startswith(("[[", "code", "criteria", "#"))
    ]
    assert [line for line in kept if line not in next_year.advance_rules(WHOLE).split("\n")] == []


def test_the_new_year_neither_reads_nor_writes_the_places_of_the_old_one() -> None:
    places = '[storage]\ninbox = "s3://a/2022/inbox"\nhistory = "s3://a/history"\npublished = "s3://a/2022/out"\n'
    after = tomllib.loads(next_year.advance_rules(WHOLE + places))
    assert after["storage"] == {"history": "s3://a/history"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("year = 2022", '"year" = 2022'),
        ("closes = 2022-03-15", '"closes" = 2022-03-15'),
        (
            "[documents.minutes-proposal]",
            "[documents]\n[documents.announcement-proposal]\n[documents.minutes-proposal]",
        ),
    ],
)
def test_a_layout_that_cannot_be_taken_over_line_by_line_is_refused_or_right(
    old: str, new: str
) -> None:
    text = WHOLE.replace(old, new)
    try:
        after = tomllib.loads(next_year.advance_rules(text))
    except CallError as error:
        assert error.problems[0].message == "new.layout"
    else:
        assert after == next_year._expected_rules(tomllib.loads(text))


@given(
    st.integers(2000, 2099), st.sampled_from(["", "  ", "\t"]), st.sampled_from(["=", " = ", "  ="])
)
def test_any_spacing_is_taken_over(year: int, indent: str, equals: str) -> None:
    text = WHOLE.replace("year = 2022", f"year{equals}{year}").replace(
        "closes = ", f"{indent}closes{equals}"
    )
    assert tomllib.loads(next_year.advance_rules(text))["year"] == year + 1
