"""Dates as people and services write them; which way a doubtful one reads is settled or said, never
guessed.
"""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.intake.cells import dates, written_dates
from tasks.rules import competition
from tests.small.exports import clock
from tests.small.rules import INTAKE_RULES

SURE = {  # text: day, seconds of the day, minutes from UTC
    "15/03/2022": ("2022-03-15", None, None),
    "03/15/2022": ("2022-03-15", None, None),
    "15-03-2022": ("2022-03-15", None, None),
    "15.03.2022": ("2022-03-15", None, None),
    "15/3/22": ("2022-03-15", None, None),
    "15/03/98": ("1998-03-15", None, None),
    "5/5/2022": ("2022-05-05", None, None),
    "2022-03-15": ("2022-03-15", None, None),
    "2022/3/5": ("2022-03-05", None, None),
    "20220315": ("2022-03-15", None, None),
    "15 Maret 2022": ("2022-03-15", None, None),
    "15 Mar 2022": ("2022-03-15", None, None),
    "15-Mar-22": ("2022-03-15", None, None),
    "1 Nopember 2021": ("2021-11-01", None, None),
    "2 Pebruari 2020": ("2020-02-02", None, None),
    "17 Agustus 1945": ("1945-08-17", None, None),
    "12 DESEMBER 2021": ("2021-12-12", None, None),
    "March 15, 2022": ("2022-03-15", None, None),
    "15th March 2022": ("2022-03-15", None, None),
    "Selasa, 15 Maret 2022": ("2022-03-15", None, None),
    "Jum'at 18 Maret 2022": ("2022-03-18", None, None),
    "15 de marzo de 2022": ("2022-03-15", None, None),
    "15\u00a0Maret\u00a02022": ("2022-03-15", None, None),
    "44635": ("2022-03-15", None, None),
    "44635.5": ("2022-03-15", 43_200, None),
    "44635,25": ("2022-03-15", 21_600, None),
    "15/03/2022 13.45": ("2022-03-15", 49_500, None),
    "15/03/2022 13:45:30": ("2022-03-15", 49_530, None),
    "15 Maret 2022 pukul 13.45 WIB": ("2022-03-15", 49_500, 420),
    "15 Maret 2022, 13:45 WITA": ("2022-03-15", 49_500, 480),
    "5/26/2023 5:27:21": ("2023-05-26", 19_641, None),
    "2024/10/01 3:33:47 PM GMT+7": ("2024-10-01", 56_027, 420),
    "2022/02/02 8:16:53 AM OEZ": ("2022-02-02", 29_813, 120),
    "2022-03-15T13:45:00+07:00": ("2022-03-15", 49_500, 420),
    "2022-03-15T06:45:00Z": ("2022-03-15", 24_300, 0),
    "2022-03-15T06:45:00.123Z": ("2022-03-15", 24_300, 0),
    "2022-03-15 06:45:00 UTC": ("2022-03-15", 24_300, 0),
    "2022-03-15 13:45:00 +0700": ("2022-03-15", 49_500, 420),
    "15/03/2022 12:05 AM": ("2022-03-15", 300, None),
    "15/03/2022 12:05 PM": ("2022-03-15", 43_500, None),
    "15/03/2022 1:45 p.m.": ("2022-03-15", 49_500, None),
    "2022/03/15 下午 9:29:50": ("2022-03-15", 77_390, None),
    "2022. 3. 15 오후 1:45:00": ("2022-03-15", 49_500, None),
}
NONE = [
    "",
    "belum",
    "2021",
    "Maret 2022",
    "31/02/2022",
    "32/01/2022",
    "13/13/2022",
    "15/03/0222",
    "15/03/2022 25:00",
    "15/03/2022 sore",
    "15 Foobar 2022",
    "0/0/2022",
    "1/2/3/2022",
    "12345678901",
    "99999",
    "15/03",
    "2022-13-01",
    "29 Februari 2021",
]


def frame(*texts: str | None) -> pd.DataFrame:
    rows = {
        "source": "submissions/a.csv",
        "row": range(2, len(texts) + 2),
        "submitted_at": texts,
        "started_on": texts,
        "kind": "plain",
    }
    return pd.DataFrame(rows).astype({"submitted_at": "str", "started_on": "str", "row": "Int64"})


def rules(order: str | None = None) -> competition.Competition:
    return INTAKE_RULES.model_copy(
        update={"forms": INTAKE_RULES.forms.model_copy(update={"dates": order})}
    )


def times(*texts: str | None, order: str | None = None, utc: bool = False):
    rows = frame(*texts)
    typed = dates.type_times(
        rows, "submitted_at", rules(order), utc=pd.Series(utc, index=rows.index)
    )
    moments = [None if pd.isna(moment) else moment.isoformat() for moment in typed.values]
    return moments, typed.findings


def days(*texts: str | None, order: str | None = None):
    typed = dates.type_days(frame(*texts), "started_on", rules(order))
    return [None if pd.isna(day) else day for day in typed.values], typed.findings


@pytest.mark.parametrize(("text", "said"), SURE.items())
def test_a_date_that_reads_one_way_is_read_so(text, said):
    day, seconds, offset = said
    read = dates.parse_dates(pd.Series([text], dtype="str"))
    assert dates.moments_as_written(read, None).astype("datetime64[D]").astype(str) == [day]
    assert read["seconds"][0] == (-1 if seconds is None else seconds)
    assert (None if np.isnan(read["offset"][0]) else read["offset"][0]) == offset
    assert not dates.is_ambiguous(read)[0]


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_date_is_none(text):
    assert written_dates.parse_date(text) is None


@given(
    st.datetimes(clock(1970, 1, 1), clock(2099, 12, 31)),
    st.sampled_from(["%d/%m/%Y %H:%M:%S", "%m/%d/%Y %H:%M:%S"]),
)
def test_a_day_above_twelve_settles_a_whole_column(moment, written):
    column = [moment.strftime(written), clock(2022, 3, 15, 1, 2, 3).strftime(written)]
    assert times(*column)[0] == [
        moment.strftime("%Y-%m-%dT%H:%M:%S+07:00"),
        "2022-03-15T01:02:03+07:00",
    ]


def test_other_values_of_the_column_settle_a_doubtful_one():
    assert days("05/03/2022", "25/12/2021")[0] == ["2022-03-05", "2021-12-25"]
    assert days("05/03/2022", "12/25/2021")[0] == ["2022-05-03", "2021-12-25"]


def test_where_no_value_settles_it_the_order_of_the_rows_does():
    assert times("2/1/2022 10:00", "2/3/2022 09:00", "3/1/2022 08:00")[0] == [
        "2022-02-01T10:00:00+07:00",
        "2022-02-03T09:00:00+07:00",
        "2022-03-01T08:00:00+07:00",
    ]
    assert times("1/2/2022 10:00", "3/2/2022 09:00", "1/3/2022 08:00")[0] == [
        "2022-02-01T10:00:00+07:00",
        "2022-02-03T09:00:00+07:00",
        "2022-03-01T08:00:00+07:00",
    ]


@pytest.mark.parametrize(
    ("texts", "first"),
    [
        (("3/1/2022", "2/3/2022", "2/1/2022"), "2022-03-01"),  # newest first, month first
        (("1/3/2022", "3/2/2022", "1/2/2022"), "2022-03-01"),  # newest first, day first
        (
            ("3/2/2022", "1/3/2022"),
            "2022-02-03",
        ),  # rising day first comes before falling month first
        (("12/2/2025", "12/1/2025"), None),  # falling both ways
        (("5/3/2022", "3/5/2022", "4/4/2022"), None),  # in no order either way
    ],
)
def test_rows_may_be_in_order_with_the_newest_first(texts, first):
    assert (times(*texts)[0][0] or "")[:10] == (first or "")


def test_the_order_of_rows_says_nothing_of_days_that_are_no_time_of_arrival():
    read, found = days("2/1/2020", "2/3/2020", "3/1/2020")
    assert read == [None, None, None]
    assert found["rule"].tolist() == ["ambiguous_date"] * 3


def test_where_nothing_settles_it_the_setting_does():
    assert days("12/1/2021", "12/2/2021", order="dmy")[0] == ["2021-01-12", "2021-02-12"]
    assert days("12/1/2021", "12/2/2021", order="mdy")[0] == ["2021-12-01", "2021-12-02"]


def test_where_nothing_at_all_settles_it_each_cell_is_a_finding_with_both_readings():
    read, found = times("12/1/2021 08:00", "12/2/2021 09:00")
    assert read == [None, None]
    assert found[["rule", "source", "row", "field", "value"]].values.tolist() == [
        ["ambiguous_date", "submissions/a.csv", 2, "submitted_at", "12/1/2021 08:00"],
        ["ambiguous_date", "submissions/a.csv", 3, "submitted_at", "12/2/2021 09:00"],
    ]
    assert found["params"][0] == {"as_dmy": "2021-01-12", "as_mdy": "2021-12-01"}


def test_cells_that_read_one_way_are_read_in_a_column_that_is_not_settled():
    read, found = days("15/03/2022", "03/16/2022", "5/4/2022", "7 Mei 2021", "6/6/2022")
    assert read == ["2022-03-15", "2022-03-16", None, "2021-05-07", "2022-06-06"]
    assert found[["rule", "row"]].values.tolist() == [["ambiguous_date", 4]]


def test_each_export_is_a_column_of_its_own():
    rows = pd.concat(
        [
            frame("05/03/2022", "25/12/2021"),
            frame("05/03/2022", "12/25/2021").assign(source="submissions/b.csv"),
        ]
    )
    typed = dates.type_days(rows.reset_index(drop=True), "started_on", rules())
    assert (typed.values.tolist(), len(typed.findings)) == (
        ["2022-03-05", "2021-12-25", "2022-05-03", "2021-12-25"],
        0,
    )


def test_a_cell_that_is_no_date_is_a_finding_at_its_place_and_an_empty_one_is_none():
    read, found = days("15/03/2020", "kemarin", None)
    assert read == ["2020-03-15", None, None]
    assert found[["rule", "source", "row", "field", "value"]].values.tolist() == [
        ["unreadable_date", "submissions/a.csv", 3, "started_on", "kemarin"]
    ]


def test_a_time_without_an_offset_is_local_and_one_with_is_moved_to_the_zone():
    assert (
        times("15/03/2022 13:45", "2022-03-15T06:45:00Z", "2022-03-15T14:45:00+08:00")[0]
        == ["2022-03-15T13:45:00+07:00"] * 3
    )


def test_a_field_that_the_service_writes_in_utc_is_utc_unless_it_says_otherwise():
    assert (
        times("2022-03-15T17:30:00", "2022-03-16T00:30:00+07:00", utc=True)[0]
        == ["2022-03-16T00:30:00+07:00"] * 2
    )


def test_a_day_written_as_a_moment_of_another_zone_is_the_day_it_was_here():
    assert days("2022-03-14T17:00:00Z", "2022-03-15T00:00:00+07:00")[0] == [
        "2022-03-15",
        "2022-03-15",
    ]


@given(st.dates(date(1955, 1, 1), date(2100, 12, 31)))
def test_the_day_number_of_a_spreadsheet_is_its_day(day):
    number = (day - date(1899, 12, 30)).days
    assert written_dates.parse_date(str(number))[:4] == (True, day.day, day.month, day.year)


@given(
    st.dates(date(1950, 1, 1), date(2099, 12, 31)),
    st.sampled_from(["%Y-%m-%d", "%d %B %Y", "%d-%b-%Y", "%B %d, %Y"]),
)
def test_a_date_that_names_its_month_or_its_order_reads_back(day, written):
    assert written_dates.parse_date(day.strftime(written))[:4] == (
        True,
        day.day,
        day.month,
        day.year,
    )


def test_a_column_without_any_cell_is_read_without_a_finding():
    assert times(None, None)[0] == [None, None]
    assert len(times(None, None)[1]) == 0
    none = dates.type_times(frame(), "submitted_at", rules(), utc=pd.Series(dtype="bool"))
    assert none.values.tolist() == []


def test_hours_that_a_change_of_clocks_leaves_out_or_repeats_are_read():
    berlin = rules().model_copy(update={"timezone": "Europe/Berlin"})
    rows = frame("27/03/2022 02:30", "30/10/2022 02:30")
    typed = dates.type_times(rows, "submitted_at", berlin, utc=pd.Series(False, index=rows.index))
    assert [moment.utcoffset() for moment in typed.values] == [
        timedelta(hours=2),
        timedelta(hours=2),
    ]


@settings(max_examples=300)
@given(
    st.lists(
        st.one_of(
            st.from_regex(
                r"[0-3][0-9]/[01][0-9]/(1899|19[0-9]{2}|20[0-9]{2}|2101) "
                r"[0-2][0-9]:[0-6][0-9]:[0-6][0-9]",
                fullmatch=True,
            ),
            st.from_regex(
                r"[0-9]{2}[/-][0-9]{2}/20[0-9]{2}[ T][0-9]{2}[:.][0-9]{2}[:.][0-9]{2}",
                fullmatch=True,
            ),
            st.from_regex(
                r"(1899|19[0-9]{2}|20[0-9]{2}|2101)[-/][01][0-9]-[0-3][0-9][ "
                r"Tt][0-2][0-9]:[0-6][0-9]:[0-6][0-9]Z?",
                fullmatch=True,
            ),
            st.from_regex(
                r"[0-3][0-9][/-][01][0-9]/(1899|19[0-9]{2}|20[0-9]{2}|2101)", fullmatch=True
            ),
            st.from_regex(
                r"(1899|19[0-9]{2}|20[0-9]{2}|2101)[-/][01][0-9]-[0-3][0-9]", fullmatch=True
            ),
            st.sampled_from(["", "15 Maret 2022", "kapan-kapan"]),
            st.sampled_from(["\u0661\u0661/01/2022 10:00:00", "\u0661\u0661/01/2022"]),
        ),
        max_size=20,
    )
)
def test_stamps_read_all_at_once_say_what_each_says_alone(texts: list[str]) -> None:
    read = pd.DataFrame(dates.parse_dates(pd.Series([*texts, None], dtype="str")))

    for position, text in enumerate(texts):
        alone = written_dates.parse_date(text)
        assert bool(read["is_date"].iloc[position]) == (alone is not None)
        if alone is not None:
            together = written_dates.DateParts(
                *read[list(written_dates.DateParts._fields)].iloc[position]
            )
            assert together[:5] == alone[:5]
            assert np.array_equal(together.offset, alone.offset, equal_nan=True)
    assert not read["is_date"].iloc[-1]
