"""Whether a delivered cell says what a correction expects of it: the same text, date or number,
however each is written.

What does not belong here: which cell a correction means (corrections.py), how cells are read
(tasks/intake/cells).
"""

from datetime import date, datetime, timedelta
from math import isnan

import pandas as pd

from tasks.intake.cells import numbers, text, written_dates
from tasks.intake.cells.written_dates import DateParts

DATE_FIELDS = ("submitted_at", "started_on")
_EPOCH = datetime.fromisoformat("1900-01-01")


def says_expected(cell: str | None, expected: str | None, field: str) -> bool:
    """Whether a cell says what is expected: the same but for white space and for how the cell is
    shown (without markup, with the apostrophe that keeps a spreadsheet from running it), or the
    same date or number written otherwise.
    """
    if cell is None or expected is None:
        return cell is expected
    shown = {_collapse_spaces(cell), _collapse_spaces(_strip_markup(cell))}
    asked = {_collapse_spaces(expected), _collapse_spaces(expected.removeprefix("'"))}
    if shown & asked:
        return True
    if field in DATE_FIELDS:
        moment = written_dates.parse_date(cell)
        return _says_expected_moment(moment, written_dates.parse_date(expected))
    return bool(_possible_numbers(cell) & _possible_numbers(expected))


def _collapse_spaces(written: str) -> str:
    return " ".join(written.split())


def _strip_markup(cell: str) -> str:
    plain = text.remove_markup(pd.Series([cell], dtype="str")).fillna("")
    return str(plain.iloc[0])


def _says_expected_moment(cell: DateParts | None, expected: DateParts | None) -> bool:
    """Whether a cell says the day, the minute or the second that is expected. With an offset on
    both sides the moment counts; with an offset on one side, the other may be local, or in UTC as
    services write it.
    """
    if cell is None or expected is None:
        return False
    if expected.seconds < 0:
        return bool(_possible_days(cell) & _possible_days(expected))
    step = timedelta(seconds=1 if expected.seconds % 60 else 60)
    cell_moments, expected_moments = _utc_moments(cell), _utc_moments(expected)
    if isnan(cell.offset) or isnan(expected.offset):
        cell_moments |= _possible_moments(cell)
        expected_moments |= _possible_moments(expected)
    return bool(_whole_steps(cell_moments, step) & _whole_steps(expected_moments, step))


def _whole_steps(moments: set[datetime], step: timedelta) -> set[int]:
    """The moments as numbers of whole steps."""
    return {(moment - _EPOCH) // step for moment in moments}


def _possible_days(parts: DateParts) -> set[date]:
    return {moment.date() for moment in _possible_moments(parts)}


def _possible_moments(parts: DateParts) -> set[datetime]:
    """The moments that a text can mean, as they are written: two where day and month could be
    either.
    """
    orders = [(parts.second, parts.first)]
    if not parts.is_certain:
        orders.append((parts.first, parts.second))
    days = [f"{parts.year:04}-{month:02}-{day:02}" for month, day in orders]
    known = pd.to_datetime(pd.Series(days), format="%Y-%m-%d", errors="coerce").dropna()
    time = timedelta(seconds=max(parts.seconds, 0))
    return {day.to_pydatetime() + time for day in known}


def _utc_moments(parts: DateParts) -> set[datetime]:
    """The moments that a text can mean, in UTC; none where the text has no offset."""
    if isnan(parts.offset):
        return set()
    offset = timedelta(minutes=parts.offset)
    return {moment - offset for moment in _possible_moments(parts)}


def _possible_numbers(written: str) -> set[str]:
    """The numbers that a text can mean, as plain decimals."""
    reading = numbers.parse_number(written)
    return {reading.comma, reading.point} - {""} if reading else set()
