"""Listings: columns of a frame as content of a page."""

from datetime import date, datetime

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.content.page import content_text
from reports.pages.parts import lists
from reports.pages.parts.lists import COLUMN_LAYOUT, Column, Entry, Listing, Reason
from tasks.words import LANGUAGES, Words


def test_a_listing_holds_the_named_columns_in_order_with_missing_cells_as_none():
    frame = pd.DataFrame(
        {
            "agency": ["Dinas A", None],
            "received": pd.Series([3, None], dtype="Int64"),
            "other": [1, 2],
        }
    )
    shown = lists.listing("absent", "received agency", frame)
    assert [c.name for c in shown.columns] == ["received", "agency"]
    assert shown.rows == ((3, "Dinas A"), (None, None))


def test_a_number_column_counts_the_rows_where_the_frame_has_none():
    shown = lists.listing("absent", "number agency", pd.DataFrame({"agency": ["A", "B"]}))
    assert shown.rows == ((1, "A"), (2, "B"))


def test_a_number_column_of_the_frame_is_taken_as_it_stands():
    shown = lists.listing("absent", "number agency", pd.DataFrame({"number": [7], "agency": ["A"]}))
    assert shown.rows == ((7, "A"),)


def test_no_rows_make_a_listing_without_rows():
    assert (
        lists.listing("absent", "agency", pd.DataFrame({"agency": pd.Series(dtype="str")})).rows
        == ()
    )


def test_times_become_datetimes_and_whole_numbers_ints():
    moment = pd.Timestamp("2022-03-15 23:59:59", tz="Asia/Jakarta")
    assert type(lists.content_cell(moment)) is datetime
    assert lists.content_cell(moment) == moment.to_pydatetime()
    assert lists.content_cell(pd.Series([5], dtype="Int64")[0]) == 5


@pytest.mark.parametrize(
    "value", ["x", date(2022, 1, 2), Entry("t", "a"), (Reason("p"),), ("one", "two"), ()]
)
def test_what_is_content_already_stays_as_it_is(value):
    assert lists.content_cell(value) == value


@pytest.mark.parametrize("value", [None, float("nan"), pd.NA, pd.NaT])
def test_every_kind_of_missing_is_none(value):
    assert lists.content_cell(value) is None


def test_widths_are_percentages_that_fill_the_table():
    shown = Listing("x", (Column("a", "text", 3), Column("b", "integer", 1)), ())
    assert shown.widths == ("75.00", "25.00")


@given(st.lists(st.integers(1, 90), min_size=1, max_size=14))
def test_widths_sum_to_a_hundred_within_their_rounding(widths):
    shown = Listing("x", tuple(Column(str(i), "text", w) for i, w in enumerate(widths)), ())
    assert abs(sum(map(float, shown.widths)) - 100) < 0.1


def test_entries_put_a_dash_where_a_title_or_an_agency_is_missing():
    frame = pd.DataFrame({"title": ["Lentera", None], "agency": [None, "Dinkes"]}, dtype="str")
    assert list(lists.entries(frame)) == [Entry("Lentera", "–"), Entry("–", "Dinkes")]


def test_a_message_is_divided_at_its_arrow():
    assert lists.reason("Kategori kosong → Isilah kategori") == Reason(
        "Kategori kosong", "Isilah kategori"
    )
    assert lists.reason("Ditarik oleh pengusul") == Reason("Ditarik oleh pengusul", "")


def test_reasons_name_each_message_once_in_order():
    assert lists.reasons(["b → c", "a", "b → c"]) == (Reason("b", "c"), Reason("a", ""))


def test_a_column_may_be_wider_than_usual_or_have_decimals():
    assert lists.column("score", 2) == Column("score", "decimal", 11, "", 2)
    assert lists.column("score", 2, 30) == Column("score", "decimal", 30, "", 2)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_has_a_heading(language):
    words = Words(language)
    assert [name for name in COLUMN_LAYOUT if not words.has(f"col.{name}")] == []


def test_a_listing_is_content_of_a_page():
    frame = pd.DataFrame(
        {
            "agency": ["A"],
            "received": [1],
            "day": [pd.Timestamp("2022-02-01")],
            "entry": [Entry("t", "a")],
        }
    )
    shown = lists.listing(
        "x", "agency received day entry", frame, total=(None, 1, None, None), strong=(0,)
    )
    assert content_text(shown).startswith("Listing(name='x'")
