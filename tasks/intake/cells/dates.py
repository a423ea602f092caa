"""Dates and times as people and services write them -> days and moments; day first or month first
is never guessed.

A text reads one way (15/03/2022, 15 Maret 2022, 2022-03-15), or two (12/1/2025). Which, the
column's other values say, then the order of the rows, then [forms].dates; where nothing does, it is
a finding. Computes; touches nothing.
"""

from collections.abc import Mapping
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
_STAMP_SHAPE, _ISO_SHAPES = (
    "00/00/0000 00:00:00",
    ("0000-00-00 00:00:00", "0000-00-00T00:00:00"),
)  # as services write them
_DAY_SHAPE, _ZERO_TIME, _NO_STAMP = "00/00/0000", " 00:00:00", "x" * len(_STAMP_SHAPE)
_DAYS_IN_EVERY_MONTH = 28  # days that every month has
PartColumns = Mapping[str, np.ndarray]  # the columns of `readings`


def parse_dates(texts: pd.Series) -> pd.DataFrame:
    """What each text says, on the same index: the columns of Parts, besides `is_date`; empty cells
    are no dates.
    """
    return pd.DataFrame(_parse_dates(texts.to_numpy(dtype="object")), index=texts.index, copy=False)


def _parse_dates(texts: np.ndarray) -> dict[str, np.ndarray]:
    codes, distinct = pd.factorize(texts)
    written = np.asarray(distinct, dtype="object")
    is_usual, taken = _parse_usual_stamps(written)
    others = np.flatnonzero(~is_usual)
    said = [parse_date(text) for text in written[others]]
    absent = DateParts(True, 1, 1, 1970, NO_SECONDS, np.nan)
    columns = zip(*(one or absent for one in (*said, None)), strict=True)
    for name, values in zip(DateParts._fields, columns, strict=True):
        taken[name][[*others, -1]] = values  # the last is what a missing cell's code -1 takes
    is_date = np.append(is_usual, False)
    is_date[others] = [one is not None for one in said]
    return {name: values[codes] for name, values in (*taken.items(), ("is_date", is_date))}


def _parse_usual_stamps(distinct: np.ndarray) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Which texts are stamps as services write them, 26/01/2022 21:29:50 or 2022-01-26 21:29:50, or
    days without the time, that `parts` can only read one way; and the columns of Parts with what
    these say, one row more than there are texts. All at once: an inbox has a stamp a row.
    """
    is_day = np.array([len(text) == len(_DAY_SHAPE) for text in [*distinct, ""]])
    long = [text + _ZERO_TIME if len(text) == len(_DAY_SHAPE) else text for text in distinct]
    long = [
        text if len(text) == len(_STAMP_SHAPE) and text.isascii() else _NO_STAMP for text in long
    ]
    codes = np.frombuffer("".join([*long, _NO_STAMP]).encode(), dtype=np.uint8).reshape(
        -1, len(_STAMP_SHAPE)
    )
    is_iso = _match_shape(codes, _ISO_SHAPES[0]) | _match_shape(codes, _ISO_SHAPES[1])
    slashed, iso = (
        _two_digit_numbers(codes, _STAMP_SHAPE),
        _two_digit_numbers(codes, _ISO_SHAPES[0]),
    )
    first = np.where(
        is_iso, iso[:, 3], slashed[:, 0]
    )  # of an ISO stamp the day, as `parts` gives it
    second = np.where(is_iso, iso[:, 2], slashed[:, 1])
    year = np.where(is_iso, iso[:, 0] * 100 + iso[:, 1], slashed[:, 2] * 100 + slashed[:, 3])
    hour, minute, sec = slashed[:, 4:].T
    one, other = np.minimum(first, second), np.maximum(first, second)
    is_real = (
        (one >= 1)
        & (other <= _DAYS_IN_EVERY_MONTH)
        & np.where(is_iso, second <= 12, (one <= 12) & (one < other))
    )
    is_time = (hour < 24) & (minute < 60) & (sec < 60) & (year >= FIRST_YEAR) & (year <= LAST_YEAR)
    seconds = np.where(is_day, NO_SECONDS, hour * 3600 + minute * 60 + sec)
    values = (is_iso, first, second, year, seconds)
    taken = dict(zip(DateParts._fields, (*values, np.full(len(codes), np.nan)), strict=True))
    return ((_match_shape(codes, _STAMP_SHAPE) | is_iso) & is_real & is_time)[:-1], taken


def _match_shape(codes: np.ndarray, shape: str) -> np.ndarray:
    """Which rows of letters have a digit for each 0 of the shape, and its other letters where they
    stand in it.
    """
    is_digit = np.array([letter == "0" for letter in shape])
    marks = np.array([ord(letter) for letter in shape if letter != "0"])
    digits = codes[:, is_digit] - np.uint8(ord("0"))  # what comes before 0 is beyond 9 then
    are: np.ndarray = (digits <= 9).all(axis=1) & (codes[:, ~is_digit] == marks).all(axis=1)
    return are


def _two_digit_numbers(codes: np.ndarray, shape: str) -> np.ndarray:
    """The digits of such rows as numbers of two digits, a column each."""
    digits = codes[:, [letter == "0" for letter in shape]].astype(np.int64) - ord("0")
    tens: np.ndarray = digits[:, 0::2] * 10 + digits[:, 1::2]
    return tens


def _part_columns(read: pd.DataFrame) -> PartColumns:
    return {str(name): read[name].to_numpy() for name in read}


def day_month_order(
    read: PartColumns, default: DateOrder | None, is_in_order: bool
) -> DateOrder | None:
    """Day first or month first, for the texts of a column that do not say: by its other texts, then
    by the order of the rows (where they are in order of arrival), then the setting. None where
    nothing says.
    """
    open_ = read["is_date"] & ~read["is_certain"]
    day_first, month_first = ((open_ & (read[part] > 12)).any() for part in ("first", "second"))
    if day_first != month_first:
        return "dmy" if day_first else "mdy"
    return (_order_by_arrival(read) if is_in_order else None) or default


def _order_by_arrival(read: PartColumns) -> DateOrder | None:
    """The only reading that has the rows in order; some services write the newest first. None where
    both have, or neither.
    """
    steps: dict[DateOrder, np.ndarray] = {
        order: np.diff(_moments_as_written(read, order)[read["is_date"]]).astype("int64")
        for order in DATE_ORDERS
    }
    rising = [order for order, step in steps.items() if (step >= 0).all()]
    falling = [order for order, step in steps.items() if (step <= 0).all()]
    in_order = rising or falling
    return in_order[0] if len(in_order) == 1 else None


def is_ambiguous(read: pd.DataFrame) -> pd.Series:
    """Whether a text could be read two ways."""
    return pd.Series(_is_ambiguous(_part_columns(read)), index=read.index)


def _is_ambiguous(read: PartColumns) -> np.ndarray:
    two_ways: np.ndarray = (
        read["is_date"] & ~read["is_certain"] & (read["first"] <= 12) & (read["second"] <= 12)
    )
    return two_ways


def moments_as_written(read: pd.DataFrame, order: DateOrder | None) -> pd.Series:
    """The moments as they are written, without offset (datetime64[us]), NaT where no date or none
    in this order.
    """
    return pd.Series(_moments_as_written(_part_columns(read), order), index=read.index)


def _moments_as_written(read: PartColumns, order: DateOrder | None) -> np.ndarray:
    first, second = read["first"], read["second"]
    swapped = ~read["is_certain"] & ((second > 12) | ((first <= 12) & (order == "mdy")))
    day, month = np.where(swapped, second, first), np.where(swapped, first, second)
    months = ((read["year"] - 1970) * 12 + month - 1).astype("datetime64[M]")
    days = months.astype("datetime64[D]") + (day - 1)
    is_valid = (days.astype("datetime64[M]") == months) & read["is_date"]
    written = days.astype("datetime64[us]") + np.maximum(read["seconds"], 0) * np.timedelta64(
        1_000_000, "us"
    )
    return np.where(is_valid, written, np.datetime64("NaT"))


def _moments_in_zone(
    read: PartColumns, written: np.ndarray, zone: str, is_utc: np.ndarray | bool
) -> pd.DatetimeIndex:
    """The moments in this zone (datetime64[us, zone]): by their own offset, UTC where `is_utc`,
    else local to it.
    """
    offset = np.where(np.isnan(read["offset"]) & is_utc, 0.0, read["offset"])
    has_own = ~np.isnan(offset)
    own = np.where(has_own, offset, 0.0) * np.timedelta64(60_000_000, "us")
    utc = pd.DatetimeIndex(written - own).tz_localize("UTC").tz_convert(zone)
    if has_own.all():
        return utc
    local = pd.DatetimeIndex(written).tz_localize(
        zone, ambiguous=np.ones(len(written), dtype=bool), nonexistent="shift_forward"
    )
    return local.where(~has_own, utc) if has_own.any() else local


def type_times(
    rows: pd.DataFrame, field: str, competition: Competition, utc: pd.Series
) -> tuple[pd.Series, pd.DataFrame]:
    """The column as moments in the competition's zone (NaT where empty or not settled), and
    findings on its cells.

    `rows` has source, row and the column; each source is a column of its own, with rows in order of
    arrival.
    """
    read, written, found = _settle_dates(rows, field, competition, is_in_order=True)
    zoned = _moments_in_zone(read, written, competition.timezone, utc.to_numpy(dtype=bool))
    return pd.Series(zoned, index=rows.index), found


def type_days(
    rows: pd.DataFrame, field: str, competition: Competition
) -> tuple[pd.Series, pd.DataFrame]:
    """The column as days, YYYY-MM-DD (NaN where empty or not settled), and findings on its cells,
    as `times`.
    """
    read, written, found = _settle_dates(rows, field, competition, is_in_order=False)
    is_moment = ~np.isnan(read["offset"]) & (read["seconds"] >= 0)
    local = (
        _moments_in_zone(read, written, competition.timezone, False).tz_localize(None)
        if is_moment.any()
        else written
    )
    codes, distinct = pd.factorize(np.where(is_moment, local, written).astype("datetime64[D]"))
    written_out = np.append(
        pd.DatetimeIndex(distinct).strftime("%Y-%m-%d").to_numpy(dtype="object"), np.nan
    )
    return pd.Series(written_out[codes], index=rows.index, dtype="str"), found


def _settle_dates(
    rows: pd.DataFrame, field: str, competition: Competition, is_in_order: bool
) -> tuple[PartColumns, np.ndarray, pd.DataFrame]:
    read = _parse_dates(rows[field].to_numpy(dtype="object"))
    written = np.full(len(rows), np.datetime64("NaT"), dtype="datetime64[us]")
    is_left = np.zeros(len(rows), dtype=bool)
    for positions in rows.groupby("source", sort=False).indices.values():
        column = {name: values[positions] for name, values in read.items()}
        order = day_month_order(column, competition.forms.dates, is_in_order)
        is_left[positions] = _is_ambiguous(column) & (order is None)
        written[positions] = _moments_as_written(column, order)
    written[is_left] = np.datetime64("NaT")
    is_unreadable = rows[field].notna().to_numpy() & np.isnat(written) & ~is_left
    said = [
        _unreadable_date_findings(rows, field, is_unreadable),
        _ambiguous_date_findings(rows, field, read, is_left),
    ]
    return read, written, join_findings(said)


def _date_places(rows: pd.DataFrame, field: str, where: np.ndarray) -> pd.DataFrame:
    kept = [name for name in ("phase", "source", "row", field) if name in rows]
    return rows.loc[where, kept].rename(columns={field: "value"})


def _unreadable_date_findings(rows: pd.DataFrame, field: str, where: np.ndarray) -> pd.DataFrame:
    return make_findings("unreadable_date", _date_places(rows, field, where), field=field)


def _ambiguous_date_findings(
    rows: pd.DataFrame, field: str, read: PartColumns, where: np.ndarray
) -> pd.DataFrame:
    column = {name: values[where] for name, values in read.items()}
    both = {
        f"as_{order}": pd.DatetimeIndex(_moments_as_written(column, order)).strftime("%Y-%m-%d")
        for order in DATE_ORDERS
    }
    return make_findings(
        "ambiguous_date", _date_places(rows, field, where).assign(**both), field=field
    )


def comparable_moments(
    texts: np.ndarray, competition: Competition, is_in_order: bool, is_utc: bool = False
) -> np.ndarray:
    """What two exports' dates are compared by: the moments that they mean, in UTC (datetime64[us]),
    NaT where none is settled; one without an offset is UTC where `is_utc`, else in the
    competition's zone.
    """
    read = _parse_dates(texts)
    order = day_month_order(read, competition.forms.dates, is_in_order)
    written = _moments_as_written(read, order)
    settled = written if order else np.where(_is_ambiguous(read), np.datetime64("NaT"), written)
    return _moments_in_zone(read, settled, competition.timezone, is_utc).to_numpy(
        dtype="datetime64[us]"
    )
