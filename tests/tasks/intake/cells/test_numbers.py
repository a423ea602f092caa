"""Numbers as judges write them: exact, with a decimal comma or point that is never guessed."""

from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.intake.cells import numbers

ONE_READING = {
    "87": "87",
    "87,5": "87.5",
    "87.5": "87.5",
    "87,50": "87.5",
    "0,875": "0.875",
    "0.875": "0.875",
    "1.234.567": "1234567",
    "1,234,567": "1234567",
    "1.234,5": "1234.5",
    "1,234.5": "1234.5",
    "1 234,5": "1234.5",
    "-5": "-5",
    "+5": "5",
    "100": "100",
    "007": "7",
    "1234.567": "1234.567",
    "12.3456": "12.3456",
    "\u22123,5": "-3.5",
    "1'234.50": "1234.5",
    "1.2340": "1.234",
    "85,": None,
}
NONE = ["abc", "87/100", "87%", "", "-", "1.23.4", "1,2,3", "8O", "delapan puluh"]
NONE += ["1..2", "1,234,5", "١٢", "NaN", "1e3", "=87"]


def column(*texts: str | None):
    read, none, unsettled = numbers.parse_numbers(pd.Series(list(texts), dtype="str"))
    return (
        [None if pd.isna(number) else number for number in read],
        none.tolist(),
        unsettled.tolist(),
    )


@pytest.mark.parametrize(("text", "number"), ONE_READING.items())
def test_a_number_that_reads_one_way_is_its_exact_decimal(text, number):
    assert column(text) == ([number], [number is None], [False])


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_number_is_said_to_be_none(text):
    assert column(text) == ([None], [True], [False])


@pytest.mark.parametrize("text", ["1.234", "1,234", "87.500", "87,500", "100,000"])
def test_a_number_that_reads_two_ways_is_not_guessed(text):
    assert column(text, "90", None) == ([None, "90", None], [False] * 3, [True, False, False])


def test_the_other_values_of_the_column_say_which_mark_is_the_decimal_one():
    assert column("1.234", "87,5")[0] == ["1234", "87.5"]
    assert column("1.234", "87.5")[0] == ["1.234", "87.5"]
    assert column("1,234", "87,5")[0] == ["1.234", "87.5"]


def test_values_that_contradict_each_other_settle_nothing():
    assert column("1.234", "87,5", "87.5") == (
        [None, "87.5", "87.5"],
        [False] * 3,
        [True, False, False],
    )


@given(st.decimals(0, 999, places=2).map(Decimal.normalize), st.sampled_from([",", "."]))
def test_a_mark_of_two_decimals_reads_back_exactly(mark, sign):
    written = f"{mark:f}".replace(".", sign)
    assert column(written)[0] == [f"{mark:f}"]


def rows(*texts: str) -> pd.DataFrame:
    cells = {"row": range(2, len(texts) + 2), "criterion": "kebaruan", "text": texts}
    places = {"phase": "proposal", "source": "scores/proposal/a.csv"}
    return pd.DataFrame(places | cells).astype({"row": "Int64", "text": "str"})


def test_a_cell_that_gives_no_number_is_a_finding_at_its_place():
    typed = numbers.type_numbers(rows("90", "abc", "1.234"), "text", ["source", "criterion"])
    found = typed.findings
    assert typed.values.dropna().tolist() == ["90"]
    assert typed.is_unreadable.tolist() == [False, True, True]
    assert found[["rule", "table", "phase", "source", "row", "field", "value"]].values.tolist() == [
        ["unreadable_number", "marks", "proposal", "scores/proposal/a.csv", 3, "kebaruan", "abc"],
        ["unreadable_number", "marks", "proposal", "scores/proposal/a.csv", 4, "kebaruan", "1.234"],
    ]
    assert [params.get("case") for params in found["params"]] == [None, "two_ways"]


def test_each_criterion_of_each_export_is_a_column_of_its_own():
    other = rows("1.234", "87,5").assign(criterion="signifikansi")
    both = pd.concat([rows("1.234", "87.5"), other], ignore_index=True)
    typed = numbers.type_numbers(both, "text", ["source", "criterion"])
    assert typed.values.tolist() == ["1.234", "87.5", "1234", "87.5"]
    assert typed.findings.empty


@pytest.mark.parametrize(
    ("text", "scale", "mark"),
    [
        ("87.333", (0, 100), "87.333"),
        ("87,500", (0, 100), "87.5"),
        ("1.234", (100, 2000), "1234"),
        ("1.234", (0, 5000), ""),
        ("1.234", (2, 100), ""),
    ],
)
def test_a_number_that_reads_two_ways_is_the_one_on_the_scale_where_only_one_is(text, scale, mark):
    low, high = map(Decimal, scale)

    read, _, unsettled = numbers.parse_numbers(pd.Series([text], dtype="str"), (low, high))

    assert (read.fillna("").tolist(), unsettled.tolist()) == ([mark], [mark == ""])
