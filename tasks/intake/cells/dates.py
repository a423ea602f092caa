"""A column of dates or moments as people and services write them -> days and moments.

A text reads one way (15/03/2022, 15 Maret 2022, 2022-03-15) or two ways (12/1/2025). Day first or
month first is never guessed: the other values of the column say which, then the order of the rows,
then [forms].dates. Where nothing says, the cell is a finding. written_dates.py reads one text.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from tasks.findings.frame import join_findings, make_findings
from tasks.intake.cells.written_dates import (
    FIRST_YEAR,
    LAST_YEAR,
    NO_SECONDS,
    DateParts,
    parse_date,
)
from tasks.rules.competition import Competition

DateOrder = Literal["dmy", "mdy"]
DATE_ORDERS: tuple[DateOrder, DateOrder] = ("dmy", "mdy")
PartColumns = Mapping[str, np.ndarray]  # the fields of DateParts and `is_date`, an entry per text

# Stamps and days as services write them; a 0 stands for a digit.
_DAY_SHAPE = "00/00/0000"
_STAMP_SHAPE = "00/00/0000 00:00:00"
_ISO_SHAPES = ("0000-00-00 00:00:00", "0000-00-00T00:00:00")
_ZERO_TIME = " 00:00:00"
_NO_STAMP = "x" * len(_STAMP_SHAPE)
_DAYS_IN_EVERY_MONTH = 28
_NO_MOMENT = np.datetime64("NaT", "us")  # a NaT without a unit is deprecated in NumPy


@dataclass(frozen=True, eq=False)
class TypedDates:
    """A column of dates: its values on the index of the rows, and findings on its cells."""

    values: pd.Series
    findings: pd.DataFrame


@dataclass(frozen=True, eq=False)
class _SettledDates:
    """The parts of each cell, its moment as written (NaT where nothing is settled), findings."""

    parts: PartColumns
    written: np.ndarray
    findings: pd.DataFrame


def parse_dates(texts: pd.Series | np.ndarray) -> PartColumns:
    """The parts of each text, and whether the text is a date; an empty cell is no date."""
    codes, distinct = pd.factorize(np.asarray(texts, dtype="object"))
    written = np.asarray(distinct, dtype="object")
    is_usual, parts = _parse_usual_stamps(written)
    others = np.flatnonzero(~is_usual)
    dates = [parse_date(text) for text in written[others]]
    absent = DateParts(True, 1, 1, 1970, NO_SECONDS, np.nan)
    rows = [date or absent for date in dates]
    rows.append(absent)  # a missing cell has the code -1, and so takes the last entry
    for name, values in zip(DateParts._fields, zip(*rows, strict=True), strict=True):
        parts[name][[*others, -1]] = values
    is_date = np.append(is_usual, False)
    is_date[others] = [date is not None for date in dates]
    parts["is_date"] = is_date
    return {name: values[codes] for name, values in parts.items()}


def _parse_usual_stamps(distinct: np.ndarray) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Which texts are stamps or days as services write them that `parse_date` reads one way only;
    and the columns of DateParts for these texts, with one entry more than there are texts.

    All texts at once, and not one after the other: an inbox has a stamp per row.
    """
    codes, is_day = _stamp_codes(distinct)
    is_slashed = _match_shape(codes, _STAMP_SHAPE)
    is_iso = _match_shape(codes, _ISO_SHAPES[0]) | _match_shape(codes, _ISO_SHAPES[1])
    first, second, year = _numbers_of_day(codes, is_iso)
    seconds, is_time = _seconds_of_day(codes)
    is_year = (year >= FIRST_YEAR) & (year <= LAST_YEAR)
    is_usual = (is_slashed | is_iso) & _is_plain_day(first, second, is_iso) & is_year & is_time
    parts = {
        "is_certain": is_iso,
        "first": first,
        "second": second,
        "year": year,
        "seconds": np.where(is_day, NO_SECONDS, seconds),
        "offset": np.full(len(codes), np.nan),
    }
    return is_usual[:-1], parts


def _numbers_of_day(
    codes: np.ndarray, is_iso: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The fields `first`, `second` and `year` of DateParts, for each row of letters."""
    slashed = _two_digit_numbers(codes, _STAMP_SHAPE)
    iso = _two_digit_numbers(codes, _ISO_SHAPES[0])
    # Day before month in an ISO stamp, as `parse_date` gives it.
    first = np.where(is_iso, iso[:, 3], slashed[:, 0])
    second = np.where(is_iso, iso[:, 2], slashed[:, 1])
    slashed_year = slashed[:, 2] * 100 + slashed[:, 3]
    iso_year = iso[:, 0] * 100 + iso[:, 1]
    return first, second, np.where(is_iso, iso_year, slashed_year)


def _seconds_of_day(codes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The seconds from midnight for each row of letters, and which rows have a time of day."""
    # All stamps have their time in the same places.
    hour, minute, second = _two_digit_numbers(codes, _STAMP_SHAPE)[:, 4:].T
    is_time = (hour < 24) & (minute < 60) & (second < 60)
    return hour * 3600 + minute * 60 + second, is_time


def _stamp_codes(distinct: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The letters of each text as codes, a row per text and one row more; which texts are days.

    A day has midnight behind it. A text of any other length has the letters of no stamp.
    """
    texts = [*distinct, ""]
    is_day = np.array([len(text) == len(_DAY_SHAPE) for text in texts])
    stamps = [text + _ZERO_TIME if len(text) == len(_DAY_SHAPE) else text for text in texts]
    length = len(_STAMP_SHAPE)
    stamps = [text if len(text) == length and text.isascii() else _NO_STAMP for text in stamps]
    codes = np.frombuffer("".join(stamps).encode(), dtype=np.uint8).reshape(-1, length)
    return codes, is_day


def _is_plain_day(first: np.ndarray, second: np.ndarray, is_iso: np.ndarray) -> np.ndarray:
    """Which pairs of numbers are a day that every month has, and a month.

    In an ISO stamp `second` is the month. In another stamp the smaller number may be the month, and
    the two numbers differ: `parse_date` takes two equal numbers as a certain date.
    """
    smaller, larger = np.minimum(first, second), np.maximum(first, second)
    is_month = np.where(is_iso, second <= 12, (smaller <= 12) & (smaller < larger))
    is_plain: np.ndarray = (smaller >= 1) & (larger <= _DAYS_IN_EVERY_MONTH) & is_month
    return is_plain


def _match_shape(codes: np.ndarray, shape: str) -> np.ndarray:
    """Which rows of letters have a digit for each 0 of the shape, and the other letters of the
    shape in their places.
    """
    is_digit = np.array([letter == "0" for letter in shape])
    separators = np.array([ord(letter) for letter in shape if letter != "0"])
    digits = codes[:, is_digit] - np.uint8(ord("0"))  # a letter before 0 wraps to a number above 9
    has_digits = (digits <= 9).all(axis=1)
    has_shape: np.ndarray = has_digits & (codes[:, ~is_digit] == separators).all(axis=1)
    return has_shape


def _two_digit_numbers(codes: np.ndarray, shape: str) -> np.ndarray:
    """The digits of rows of this shape as numbers of two digits, a column per number."""
    digits = codes[:, [letter == "0" for letter in shape]].astype(np.int64) - ord("0")
    numbers: np.ndarray = digits[:, 0::2] * 10 + digits[:, 1::2]
    return numbers


def day_month_order(
    parts: PartColumns, default: DateOrder | None, is_in_order: bool
) -> DateOrder | None:
    """Day first or month first, for the texts of a column that leave this open.

    The other texts of the column say, then the order of the rows (of rows in order of arrival),
    then `default`. None where nothing says.
    """
    is_open = parts["is_date"] & ~parts["is_certain"]
    has_day_first = (is_open & (parts["first"] > 12)).any()
    has_month_first = (is_open & (parts["second"] > 12)).any()
    if has_day_first != has_month_first:
        return "dmy" if has_day_first else "mdy"
    by_arrival = _order_by_arrival(parts) if is_in_order else None
    return by_arrival or default


def _order_by_arrival(parts: PartColumns) -> DateOrder | None:
    """The only order of day and month in which the rows rise; else the only order in which they
    fall, since some services write the newest row first. None where both do, or neither.
    """
    steps: dict[DateOrder, np.ndarray] = {}
    for order in DATE_ORDERS:
        moments = moments_as_written(parts, order)[parts["is_date"]]
        steps[order] = np.diff(moments).astype("int64")
    rising = [order for order, step in steps.items() if (step >= 0).all()]
    falling = [order for order, step in steps.items() if (step <= 0).all()]
    in_order = rising or falling
    return in_order[0] if len(in_order) == 1 else None


def is_ambiguous(parts: PartColumns) -> np.ndarray:
    """Which texts can be read two ways."""
    is_open = parts["is_date"] & ~parts["is_certain"]
    has_two_months = (parts["first"] <= 12) & (parts["second"] <= 12)
    is_either: np.ndarray = is_open & has_two_months
    return is_either


def moments_as_written(parts: PartColumns, order: DateOrder | None) -> np.ndarray:
    """The moments as they are written, without offset (datetime64[us]).

    NaT for a text that is no date, or no date of the calendar in this order.
    """
    day, month = _days_and_months(parts, order)
    months = ((parts["year"] - 1970) * 12 + month - 1).astype("datetime64[M]")
    days = months.astype("datetime64[D]") + (day - 1).astype("timedelta64[D]")
    is_valid = (days.astype("datetime64[M]") == months) & parts["is_date"]
    seconds = np.maximum(parts["seconds"], 0) * np.timedelta64(1_000_000, "us")
    return np.where(is_valid, days.astype("datetime64[us]") + seconds, _NO_MOMENT)


def _days_and_months(parts: PartColumns, order: DateOrder | None) -> tuple[np.ndarray, np.ndarray]:
    """The numbers of day and month of each text in this order; a number over 12 is a day."""
    first, second = parts["first"], parts["second"]
    is_month_first = (second > 12) | ((first <= 12) & (order == "mdy"))
    is_swapped = ~parts["is_certain"] & is_month_first
    day = np.where(is_swapped, second, first)
    month = np.where(is_swapped, first, second)
    return day, month


def _moments_in_zone(
    parts: PartColumns, written: np.ndarray, zone: str, is_utc: np.ndarray | bool
) -> pd.DatetimeIndex:
    """The moments in this zone (datetime64[us, zone]).

    A moment without an offset of its own is UTC where `is_utc`, else the local time of the zone.
    """
    offset = np.where(np.isnan(parts["offset"]) & is_utc, 0.0, parts["offset"])
    has_offset = ~np.isnan(offset)
    shift = np.where(has_offset, offset, 0.0) * np.timedelta64(60_000_000, "us")
    moved = pd.DatetimeIndex(written - shift).tz_localize("UTC").tz_convert(zone)
    if has_offset.all():
        return moved
    is_summer = np.ones(len(written), dtype=bool)  # the first of two hours of one name
    local = pd.DatetimeIndex(written).tz_localize(
        zone, ambiguous=is_summer, nonexistent="shift_forward"
    )
    return local.where(~has_offset, moved) if has_offset.any() else local


def type_times(
    rows: pd.DataFrame, field: str, competition: Competition, utc: pd.Series
) -> TypedDates:
    """The column `field` as moments in the zone of the competition, NaT where empty or not settled.

    `rows` has source, row and the column. Each source is a column of its own, with rows in order
    of arrival. `utc`: which rows are of a service that writes UTC.
    """
    dates = _settle_dates(rows, field, competition, is_in_order=True)
    is_utc = utc.to_numpy(dtype=bool)
    moments = _moments_in_zone(dates.parts, dates.written, competition.timezone, is_utc)
    return TypedDates(pd.Series(moments, index=rows.index), dates.findings)


def type_days(rows: pd.DataFrame, field: str, competition: Competition) -> TypedDates:
    """The column `field` as days, YYYY-MM-DD (NaN where empty or not settled).

    `rows` as in `type_times`, in any order. A moment with an offset is the day that it was here.
    """
    dates = _settle_dates(rows, field, competition, is_in_order=False)
    local = dates.written
    has_offset = ~np.isnan(dates.parts["offset"]) & (dates.parts["seconds"] >= 0)
    if has_offset.any():
        moments = _moments_in_zone(dates.parts, dates.written, competition.timezone, False)
        local = np.where(has_offset, moments.tz_localize(None), dates.written)
    values = pd.Series(_iso_days(local), index=rows.index, dtype="str")
    return TypedDates(values, dates.findings)


def _iso_days(moments: np.ndarray) -> np.ndarray:
    """The day of each moment as YYYY-MM-DD, NaN for NaT; each distinct day is written once."""
    codes, distinct = pd.factorize(moments.astype("datetime64[D]"))
    days = pd.DatetimeIndex(distinct).strftime("%Y-%m-%d").to_numpy(dtype="object")
    days = np.append(days, np.nan)  # a missing day has the code -1, and so takes the last entry
    return np.asarray(days[codes])


def _settle_dates(
    rows: pd.DataFrame, field: str, competition: Competition, is_in_order: bool
) -> _SettledDates:
    parts = parse_dates(rows[field])
    written = np.full(len(rows), _NO_MOMENT, dtype="datetime64[us]")
    is_open = np.zeros(len(rows), dtype=bool)
    for positions in rows.groupby("source", sort=False).indices.values():
        column = {name: values[positions] for name, values in parts.items()}
        order = day_month_order(column, competition.forms.dates, is_in_order)
        is_open[positions] = is_ambiguous(column) & (order is None)
        written[positions] = moments_as_written(column, order)
    written[is_open] = _NO_MOMENT
    is_unreadable = rows[field].notna().to_numpy() & np.isnat(written) & ~is_open
    unreadable = _unreadable_date_findings(rows, field, is_unreadable)
    ambiguous = _ambiguous_date_findings(rows, field, parts, is_open)
    return _SettledDates(parts, written, join_findings([unreadable, ambiguous]))


def _date_places(rows: pd.DataFrame, field: str, where: np.ndarray) -> pd.DataFrame:
    kept = [name for name in ("phase", "source", "row", field) if name in rows]
    return rows.loc[where, kept].rename(columns={field: "value"})


def _unreadable_date_findings(rows: pd.DataFrame, field: str, where: np.ndarray) -> pd.DataFrame:
    return make_findings("unreadable_date", _date_places(rows, field, where), field=field)


def _ambiguous_date_findings(
    rows: pd.DataFrame, field: str, parts: PartColumns, where: np.ndarray
) -> pd.DataFrame:
    """A finding per cell with both readings, as_dmy and as_mdy."""
    column = {name: values[where] for name, values in parts.items()}
    places = _date_places(rows, field, where)
    for order in DATE_ORDERS:
        days = pd.DatetimeIndex(moments_as_written(column, order)).strftime("%Y-%m-%d")
        places[f"as_{order}"] = days
    return make_findings("ambiguous_date", places, field=field)


def comparable_moments(
    texts: np.ndarray, competition: Competition, is_in_order: bool, is_utc: bool = False
) -> np.ndarray:
    """The moments by which the dates of two exports are compared: in UTC (datetime64[us]).

    NaT where no moment is settled. A text without an offset is UTC where `is_utc`, else local time
    of the competition.
    """
    parts = parse_dates(texts)
    order = day_month_order(parts, competition.forms.dates, is_in_order)
    written = moments_as_written(parts, order)
    if not order:
        written = np.where(is_ambiguous(parts), _NO_MOMENT, written)
    moments = _moments_in_zone(parts, written, competition.timezone, is_utc)
    return moments.to_numpy(dtype="datetime64[us]")
