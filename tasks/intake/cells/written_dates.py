"""One date as somebody wrote it -> its parts: which of two numbers is the day is not guessed here.

The forms are those of months.py's tables and of interface.md; a column settles what one text leaves
open (dates.py). Computes; touches nothing.
"""

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from tasks.intake.cells.months import HALF_DAY_MARKERS, MONTHS, WEEKDAYS, ZONE_OFFSETS

FIRST_YEAR, LAST_YEAR = 1900, 2100
_SERIAL_RANGE = (20_000, 80_000)  # Excel's day numbers from 1954 to 2119
_EXCEL_EPOCH = date(1899, 12, 30)  # day 0 of Excel's calendar, for days after February 1900
NO_SECONDS = -1  # the seconds of a text without a time


class DateParts(NamedTuple):
    """What a text says: `first` and `second` are day and month where `is_certain`, else as they
    were written.

    `seconds` of the day and `offset` in minutes from UTC are -1 and NaN where the text does not
    say.
    """

    is_certain: bool
    first: int
    second: int
    year: int
    seconds: int
    offset: float


_WEEKDAY = re.compile(rf"^(?:{'|'.join(WEEKDAYS)})\b[.,]*\s*", re.I)
_NUMERIC_DATE = re.compile(
    r"^(\d{1,2})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{4}|\d{2})(?!\d)(.*)$", re.S
)
_YEAR_FIRST_DATE = re.compile(
    r"^(\d{4})\s?[-/.\u5e74\ub144]\s?(\d{1,2})\s?[-/.\u6708\uc6d4]\s?(\d{1,2})[\u65e5\uc77c]?(?!\d)(.*)$",
    re.S,
)
_TIME_FIRST_DATE = re.compile(
    r"^(\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s+[a-z]{2,4})?)[\s,]+(\S.*\d{4}.*|\d{4}.*)$", re.S
)
_DAY_MONTH_DATE = re.compile(
    r"^(\d{1,2})(?:st|nd|rd|th|\.)?[\s\-/.,]*(?:de\s+)?([^\W\d_]+)\.?[\s\-/.,]*(?:de\s+)?(\d{4}|\d{2})(?!\d)(.*)$",
    re.S,
)
_MONTH_DAY_DATE = re.compile(
    r"^([^\W\d_]+)\.?\s*(\d{1,2})(?:st|nd|rd|th)?\s*,?\s+(\d{4})(?!\d)(.*)$", re.S
)
_COMPACT_DATE = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})?Z?)?$")
_SERIAL_DATE = re.compile(r"^(\d{5})(?:[.,](\d+))?( utc)?$")
_HALF_DAY_MARKER = "|".join(map(re.escape, HALF_DAY_MARKERS))
_BEFORE_CLOCK = r"[\s,.t]*(?:(?:pukul|pkl\.?|jam|at|um|klo|kl\.?|г\.?)[\s,:]*|[-(@])?"
_NAMED_ZONE = r"\s*(?:[(\[]?([^\W\d_]{1,5})[)\]]?)?"
_CLOCK_TIME = re.compile(
    rf"^{_BEFORE_CLOCK}\s*({_HALF_DAY_MARKER})?\s*(\d{{1,2}})[:.](\d{{2}})(?:[:.](\d{{2}})(?:[.,]\d+)?)?\s*({_HALF_DAY_MARKER})?"
    rf"{_NAMED_ZONE}\s*(?:([+\-\u2212])(\d{{1,2}}):?(\d{{2}})?[)\]]?(?:\s*utc|\s*\([^()]*\))?)?[)\]]?\s*\.?$"
)


@lru_cache(maxsize=400_000)
def parse_date(written: str) -> DateParts | None:
    """What a text says of a day and a time; None where it is no date."""
    text = written.casefold().replace("\xa0", " ").replace("\u202f", " ").strip()
    text = _TIME_FIRST_DATE.sub(r"\2 \1", text)
    if found := _NUMERIC_DATE.match(text):
        return _date_with_clock(False, int(found[1]), int(found[2]), _full_year(found[3]), found[4])
    if found := _YEAR_FIRST_DATE.match(text):
        return _date_with_clock(True, int(found[3]), int(found[2]), int(found[1]), found[4])
    return _date_in_words(_WEEKDAY.sub("", text)) or _date_in_digits(text)


def _date_in_words(text: str) -> DateParts | None:
    if (found := _DAY_MONTH_DATE.match(text)) and found[2] in MONTHS:
        return _date_with_clock(
            True, int(found[1]), MONTHS[found[2]], _full_year(found[3]), found[4]
        )
    if (found := _MONTH_DAY_DATE.match(text)) and found[1] in MONTHS:
        return _date_with_clock(True, int(found[2]), MONTHS[found[1]], int(found[3]), found[4])
    if found := _NUMERIC_DATE.match(text):
        return _date_with_clock(False, int(found[1]), int(found[2]), _full_year(found[3]), found[4])
    return None


def _date_in_digits(text: str) -> DateParts | None:
    if (found := _SERIAL_DATE.match(text)) and _SERIAL_RANGE[0] < int(found[1]) < _SERIAL_RANGE[1]:
        day = _EXCEL_EPOCH + timedelta(days=int(found[1]))
        seconds = round(float(f"0.{found[2]}") * 86_400) if found[2] else NO_SECONDS
        day, seconds = (day + timedelta(days=1), 0) if seconds == 86_400 else (day, seconds)
        return _certain_date(day.day, day.month, day.year, seconds, 0.0 if found[3] else np.nan)
    if found := _COMPACT_DATE.match(text.upper()):
        seconds = (
            int(found[4]) * 3600 + int(found[5]) * 60 + int(found[6] or 0)
            if found[4]
            else NO_SECONDS
        )
        return _certain_date(
            int(found[3]),
            int(found[2]),
            int(found[1]),
            seconds,
            0.0 if text.endswith("z") else np.nan,
        )
    return None


def _full_year(digits: str) -> int:
    return (
        int(digits)
        if len(digits) == 4
        else 2000 + int(digits)
        if int(digits) < 70
        else 1900 + int(digits)
    )


def _date_with_clock(
    is_certain: bool, first: int, second: int, year: int, rest: str
) -> DateParts | None:
    if not rest or rest.isspace():
        seconds, offset = NO_SECONDS, np.nan
    elif clock := _parse_clock(rest):
        seconds, offset = clock
    else:
        return None
    if is_certain or first == second:
        return _certain_date(first, second, year, seconds, offset)
    if first > 12 or second > 12:
        day, month = (first, second) if first > 12 else (second, first)
        valid = _certain_date(day, month, year, seconds, offset)
        return valid._replace(is_certain=False, first=first, second=second) if valid else None
    return (
        DateParts(False, first, second, year, seconds, offset)
        if FIRST_YEAR <= year <= LAST_YEAR
        else None
    )


def _certain_date(day: int, month: int, year: int, seconds: int, offset: float) -> DateParts | None:
    try:
        date(year, month, day)
    except ValueError:
        return None
    return (
        DateParts(True, day, month, year, seconds, offset)
        if FIRST_YEAR <= year <= LAST_YEAR
        else None
    )


@lru_cache(maxsize=100_000)
def _parse_clock(rest: str) -> tuple[int, float] | None:
    """Seconds of the day and minutes from UTC (NaN where not said); None where it is no time of
    day.
    """
    found = _CLOCK_TIME.match(rest)
    if not found:
        return None
    before, hours, minutes, seconds, after, zone, sign, ahead, ahead_minutes = found.groups()
    hour = _hour_of_day(int(hours), HALF_DAY_MARKERS.get(before or after or "", ""))
    if (
        hour > 23
        or int(minutes) > 59
        or int(seconds or 0) > 59
        or (zone and zone not in ZONE_OFFSETS)
    ):
        return None
    offset = float(ZONE_OFFSETS[zone]) if zone else np.nan
    if sign:
        shift = int(ahead) * 60 + int(ahead_minutes or 0)
        offset = (0.0 if np.isnan(offset) else offset) + (shift if sign == "+" else -shift)
    return hour * 3600 + int(minutes) * 60 + int(seconds or 0), offset


def _hour_of_day(hour: int, half: str) -> int:
    if half == "am":
        return 0 if hour == 12 else hour
    return hour + 12 if half == "pm" and hour < 12 else hour
