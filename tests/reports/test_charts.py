"""Charts: what the SVG says, and that no text of a form can be more than text in it."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.charts import Bar, axis_top, axis_values, columns

SVG = "{http://www.w3.org/2000/svg}"


def drawn(*bars: Bar, title: str = "Inovasi masuk", description: str = "per hari") -> ElementTree.Element:
    return ElementTree.fromstring(columns(bars, title, description))


def test_no_bars_are_no_chart():
    assert columns([], "Inovasi masuk", "per hari") == ""


def test_a_column_a_bar_as_tall_as_its_count():
    heights = [float(r.attrib["height"]) for r in drawn(Bar("1", 2), Bar("2", 4), Bar("3", 0)).iter(f"{SVG}rect")]
    assert len(heights) == 2
    assert heights[1] == pytest.approx(2 * heights[0])


def test_the_chart_has_a_title_and_says_what_it_shows():
    chart = drawn(Bar("1 Feb", 2))
    assert chart.find(f"{SVG}title").text == "Inovasi masuk: per hari"
    assert chart.attrib["role"] == "img"
    assert chart.attrib["aria-label"] == "Inovasi masuk: per hari"


def test_labels_stand_under_their_columns():
    assert [t.text for t in drawn(Bar("1 Feb", 2), Bar("", 1), Bar("3 Feb", 0)).iter(f"{SVG}text")] == [
        "0", "1", "2", "1 Feb", "3 Feb",
    ]


def test_hostile_text_stays_text():
    evil = '"><script>alert(1)</script>&'
    chart = drawn(Bar(evil, 1), title=evil, description=evil)
    assert not list(chart.iter(f"{SVG}script"))
    assert [t.text for t in chart.iter(f"{SVG}text")][-1] == evil
    assert chart.find(f"{SVG}title").text == f"{evil}: {evil}"


@pytest.mark.parametrize(("largest", "values"), [
    (0, [0, 1]), (1, [0, 1]), (5, [0, 1, 2, 3, 4, 5]), (6, [0, 2, 4, 6]), (7, [0, 2, 4, 6, 8]), (11, [0, 5, 10, 15]),
    (62, [0, 20, 40, 60, 80]), (101, [0, 50, 100, 150]),
])
def test_the_axis_has_round_values_up_to_the_largest(largest: int, values: list[int]):
    assert axis_values(axis_top(largest)) == values


@given(st.integers(0, 10**7))
def test_the_axis_reaches_the_largest_in_at_most_five_steps(largest: int):
    top = axis_top(largest)
    assert top >= max(largest, 1)
    assert 2 <= len(axis_values(top)) <= 6
    assert axis_values(top)[-1] == top
