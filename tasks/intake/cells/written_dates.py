"""One date or moment as somebody wrote it -> its parts.

The forms are those of the tables in date_words.py and of interface.md. Which of two numbers is the
day is not guessed here: dates.py settles that for a whole column.
"""

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from tasks.intake.cells.date_words import HALF_DAY_MARKERS, MONTHS, WEEKDAYS, ZONE_OFFSETS

FIRST_YEAR, LAST_YEAR = 1900, 2100
NO_SECONDS = -1  # the seconds of a text without a time
_SERIAL_RANGE = (20_000, 80_000)  # Excel's day numbers from 1954 to 2119
_EXCEL_EPOCH = date(1899, 12, 30)  # day 0 of Excel's calendar, for days after February 1900
_DAY_SECONDS = 86_400


class DateParts(NamedTuple):
    """The parts of a date that a text gives.

    `first` and `second` are day and month where `is_certain`, else the two numbers in the order in
    which they were written. `seconds` counts from midnight, -1 for a text without a time. `offset`
    is in minutes from UTC, NaN for a text without one.
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
    r"^(\d{4})\s?[-/.\u5e74\ub144]\s?(\d{1,2})\s?[-/.\u6708\uc6d4]"
    r"\s?(\d{1,2})[\u65e5\uc77c]?(?!\d)(.*)$",
    re.S,
)
_TIME_FIRST_DATE = re.compile(
    r"^(\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s+[a-z]{2,4})?)[\s,]+(\S.*\d{4}.*|\d{4}.*)$", re.S
)
_DAY_MONTH_DATE = re.compile(
    r"^(\d{1,2})(?:st|nd|rd|th|\.)?[\s\-/.,]*(?:de\s+)?"
    r"([^\W\d_]+)\.?[\s\-/.,]*(?:de\s+)?(\d{4}|\d{2})(?!\d)(.*)$",
    re.S,
)
_MONTH_DAY_DATE = re.compile(
    r"^([^\W\d_]+)\.?\s*(\d{1,2})(?:st|nd|rd|th)?\s*,?\s+(\d{4})(?!\d)(.*)$", re.S
)
_COMPACT_DATE = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})?Z?)?$")
_SERIAL_DATE = re.compile(r"^(\d{5})(?:[.,](\d+))?( utc)?$")
_HALF_DAY_MARKER = "|".join(map(re.escape, HALF_DAY_MARKERS))
_BEFORE_CLOCK = r"[\s,.t]*(?:(?:pukul|pkl\.?|jam|at|um|klo|kl\.?|г\.?)[\s,:]*|[-(@])?"
_HOURS_TO_SECONDS = r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?"
_NAMED_ZONE = r"\s*(?:[(\[]?([^\W\d_]{1,5})[)\]]?)?"
_ZONE_OFFSET = r"(?:([+\-\u2212])(\d{1,2}):?(\d{2})?[)\]]?(?:\s*utc|\s*\([^()]*\))?)?[)\]]?\s*\.?"
_CLOCK_TIME = re.compile(
    rf"^{_BEFORE_CLOCK}\s*({_HALF_DAY_MARKER})?\s*{_HOURS_TO_SECONDS}\s*({_HALF_DAY_MARKER})?"
    rf"{_NAMED_ZONE}\s*{_ZONE_OFFSET}$"
)


@lru_cache(maxsize=400_000)
def parse_date(written: str) -> DateParts | None:
    """The parts of a text that is a date; None for any other text."""
    text = written.casefold().replace("\xa0", " ").replace("\u202f", " ").strip()
    text = _TIME_FIRST_DATE.sub(r"\2 \1", text)
    if numeric := _NUMERIC_DATE.match(text):
        return _numeric_date(numeric)
    if year_first := _YEAR_FIRST_DATE.match(text):
        year, month, day, rest = year_first.groups()
        return _date_with_clock(True, int(day), int(month), int(year), rest)
    return _date_in_words(_WEEKDAY.sub("", text)) or _date_in_digits(text)


def _numeric_date(numeric: re.Match[str]) -> DateParts | None:
    first, second, year, rest = numeric.groups()
    return _date_with_clock(False, int(first), int(second), _full_year(year), rest)


def _date_in_words(text: str) -> DateParts | None:
    """The parts of a text that names its month, or of numbers that stood behind a weekday."""
    day_first = _DAY_MONTH_DATE.match(text)
    if day_first and day_first[2] in MONTHS:
        day, month, year, rest = day_first.groups()
        return _date_with_clock(True, int(day), MONTHS[month], _full_year(year), rest)
    month_first = _MONTH_DAY_DATE.match(text)
    if month_first and month_first[1] in MONTHS:
        month, day, year, rest = month_first.groups()
        return _date_with_clock(True, int(day), MONTHS[month], int(year), rest)
    numeric = _NUMERIC_DATE.match(text)
    return _numeric_date(numeric) if numeric else None


def _date_in_digits(text: str) -> DateParts | None:
    """The parts of Excel's day number (44635.5) or of a compact stamp (20220315T064500Z)."""
    serial = _SERIAL_DATE.match(text)
    if serial and _SERIAL_RANGE[0] < int(serial[1]) < _SERIAL_RANGE[1]:
        return _serial_date(serial)
    compact = _COMPACT_DATE.match(text.upper())
    if not compact:
        return None
    year, month, day, hours, minutes, seconds = compact.groups()
    time = NO_SECONDS
    if hours:
        time = int(hours) * 3600 + int(minutes) * 60 + int(seconds or 0)
    offset = 0.0 if text.endswith("z") else np.nan
    return _certain_date(int(day), int(month), int(year), time, offset)


def _serial_date(serial: re.Match[str]) -> DateParts | None:
    number, fraction, utc = serial.groups()
    day = _EXCEL_EPOCH + timedelta(days=int(number))
    seconds = round(float(f"0.{fraction}") * _DAY_SECONDS) if fraction else NO_SECONDS
    if seconds == _DAY_SECONDS:
        day, seconds = day + timedelta(days=1), 0
    return _certain_date(day.day, day.month, day.year, seconds, 0.0 if utc else np.nan)


def _full_year(digits: str) -> int:
    """The year of four digits, or of two: 70 to 99 are of the last century."""
    year = int(digits)
    if len(digits) == 4:
        return year
    return year + (2000 if year < 70 else 1900)


def _date_with_clock(
    is_certain: bool, first: int, second: int, year: int, rest: str
) -> DateParts | None:
    """The parts of a date with `rest`, the text after it: a time of day or nothing."""
    clock = _parse_clock(rest) if rest and not rest.isspace() else (NO_SECONDS, np.nan)
    if clock is None:
        return None
    seconds, offset = clock
    if is_certain or first == second:
        return _certain_date(first, second, year, seconds, offset)
    if first > 12 or second > 12:
        day, month = (first, second) if first > 12 else (second, first)
        valid = _certain_date(day, month, year, seconds, offset)
        return valid._replace(is_certain=False, first=first, second=second) if valid else None
    if FIRST_YEAR <= year <= LAST_YEAR:
        return DateParts(False, first, second, year, seconds, offset)
    return None


def _certain_date(day: int, month: int, year: int, seconds: int, offset: float) -> DateParts | None:
    """The parts of a day that the calendar has, between the years that are read."""
    try:
        date(year, month, day)
    except ValueError:
        return None
    if FIRST_YEAR <= year <= LAST_YEAR:
        return DateParts(True, day, month, year, seconds, offset)
    return None


@lru_cache(maxsize=100_000)
def _parse_clock(rest: str) -> tuple[int, float] | None:
    """Seconds of the day and minutes from UTC (NaN without an offset); None for no time of day."""
    clock = _CLOCK_TIME.match(rest)
    if not clock:
        return None
    before, hours, minutes, seconds, after, zone, sign, ahead, ahead_minutes = clock.groups()
    hour = _hour_of_day(int(hours), HALF_DAY_MARKERS.get(before or after or "", ""))
    minute, second = int(minutes), int(seconds or 0)
    if hour > 23 or minute > 59 or second > 59 or (zone and zone not in ZONE_OFFSETS):
        return None
    offset = float(ZONE_OFFSETS[zone]) if zone else np.nan
    if sign:
        shift = int(ahead) * 60 + int(ahead_minutes or 0)
        offset = (0.0 if np.isnan(offset) else offset) + (shift if sign == "+" else -shift)
    return hour * 3600 + minute * 60 + second, offset


def _hour_of_day(hour: int, half: str) -> int:
    if half == "am":
        return 0 if hour == 12 else hour
    return hour + 12 if half == "pm" and hour < 12 else hour
