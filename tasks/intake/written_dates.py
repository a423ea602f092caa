"""One date as somebody wrote it -> its parts: which of two numbers is the day is not guessed here.

The forms are those of months.py's tables and of interface.md; a column settles what one text leaves
open (dates.py). Computes; touches nothing.
"""

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from tasks.intake.months import MARKERS, MONTHS, WEEKDAYS, ZONES

FIRST_YEAR, LAST_YEAR = 1900, 2100
_SERIALS = (20_000, 80_000)  # Excel's day numbers from 1954 to 2119
_EPOCH = date(1899, 12, 30)  # day 0 of Excel's calendar, for days after February 1900
UNSAID = -1  # the seconds of a text without a time


class Parts(NamedTuple):
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
_NUMERIC = re.compile(r"^(\d{1,2})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{4}|\d{2})(?!\d)(.*)$", re.S)
_YEAR_FIRST = re.compile(
    r"^(\d{4})\s?[-/.\u5e74\ub144]\s?(\d{1,2})\s?[-/.\u6708\uc6d4]\s?(\d{1,2})[\u65e5\uc77c]?(?!\d)(.*)$",
    re.S,
)
_TIME_FIRST = re.compile(
    r"^(\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s+[a-z]{2,4})?)[\s,]+(\S.*\d{4}.*|\d{4}.*)$", re.S
)
_DAY_NAMED = re.compile(
    r"^(\d{1,2})(?:st|nd|rd|th|\.)?[\s\-/.,]*(?:de\s+)?([^\W\d_]+)\.?[\s\-/.,]*(?:de\s+)?(\d{4}|\d{2})(?!\d)(.*)$",
    re.S,
)
_MONTH_NAMED = re.compile(
    r"^([^\W\d_]+)\.?\s*(\d{1,2})(?:st|nd|rd|th)?\s*,?\s+(\d{4})(?!\d)(.*)$", re.S
)
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})?Z?)?$")
_SERIAL = re.compile(r"^(\d{5})(?:[.,](\d+))?( utc)?$")
_MARKER = "|".join(map(re.escape, MARKERS))
_BEFORE = r"[\s,.t]*(?:(?:pukul|pkl\.?|jam|at|um|klo|kl\.?|г\.?)[\s,:]*|[-(@])?"
_NAMED_ZONE = r"\s*(?:[(\[]?([^\W\d_]{1,5})[)\]]?)?"
_CLOCK = re.compile(
    rf"^{_BEFORE}\s*({_MARKER})?\s*(\d{{1,2}})[:.](\d{{2}})(?:[:.](\d{{2}})(?:[.,]\d+)?)?\s*({_MARKER})?"
    rf"{_NAMED_ZONE}\s*(?:([+\-\u2212])(\d{{1,2}}):?(\d{{2}})?[)\]]?(?:\s*utc|\s*\([^()]*\))?)?[)\]]?\s*\.?$"
)


@lru_cache(maxsize=400_000)
def parts(written: str) -> Parts | None:
    """What a text says of a day and a time; None where it is no date."""
    text = written.casefold().replace("\xa0", " ").replace("\u202f", " ").strip()
    text = _TIME_FIRST.sub(r"\2 \1", text)
    if found := _NUMERIC.match(text):
        return _with_clock(False, int(found[1]), int(found[2]), _year(found[3]), found[4])
    if found := _YEAR_FIRST.match(text):
        return _with_clock(True, int(found[3]), int(found[2]), int(found[1]), found[4])
    return _in_words(_WEEKDAY.sub("", text)) or _in_digits(text)


def _in_words(text: str) -> Parts | None:
    if (found := _DAY_NAMED.match(text)) and found[2] in MONTHS:
        return _with_clock(True, int(found[1]), MONTHS[found[2]], _year(found[3]), found[4])
    if (found := _MONTH_NAMED.match(text)) and found[1] in MONTHS:
        return _with_clock(True, int(found[2]), MONTHS[found[1]], int(found[3]), found[4])
    if found := _NUMERIC.match(text):
        return _with_clock(False, int(found[1]), int(found[2]), _year(found[3]), found[4])
    return None


def _in_digits(text: str) -> Parts | None:
    if (found := _SERIAL.match(text)) and _SERIALS[0] < int(found[1]) < _SERIALS[1]:
        day = _EPOCH + timedelta(days=int(found[1]))
        seconds = round(float(f"0.{found[2]}") * 86_400) if found[2] else UNSAID
        day, seconds = (day + timedelta(days=1), 0) if seconds == 86_400 else (day, seconds)
        return _certain(day.day, day.month, day.year, seconds, 0.0 if found[3] else np.nan)
    if found := _COMPACT.match(text.upper()):
        seconds = (
            int(found[4]) * 3600 + int(found[5]) * 60 + int(found[6] or 0) if found[4] else UNSAID
        )
        return _certain(
            int(found[3]),
            int(found[2]),
            int(found[1]),
            seconds,
            0.0 if text.endswith("z") else np.nan,
        )
    return None


def _year(digits: str) -> int:
    return (
        int(digits)
        if len(digits) == 4
        else 2000 + int(digits)
        if int(digits) < 70
        else 1900 + int(digits)
    )


def _with_clock(is_certain: bool, first: int, second: int, year: int, rest: str) -> Parts | None:
    if not rest or rest.isspace():
        seconds, offset = UNSAID, np.nan
    elif clock := _clock(rest):
        seconds, offset = clock
    else:
        return None
    if is_certain or first == second:
        return _certain(first, second, year, seconds, offset)
    if first > 12 or second > 12:
        day, month = (first, second) if first > 12 else (second, first)
        valid = _certain(day, month, year, seconds, offset)
        return valid._replace(is_certain=False, first=first, second=second) if valid else None
    return (
        Parts(False, first, second, year, seconds, offset)
        if FIRST_YEAR <= year <= LAST_YEAR
        else None
    )


def _certain(day: int, month: int, year: int, seconds: int, offset: float) -> Parts | None:
    try:
        date(year, month, day)
    except ValueError:
        return None
    return (
        Parts(True, day, month, year, seconds, offset) if FIRST_YEAR <= year <= LAST_YEAR else None
    )


@lru_cache(maxsize=100_000)
def _clock(rest: str) -> tuple[int, float] | None:
    """Seconds of the day and minutes from UTC (NaN where not said); None where it is no time of
    day.
    """
    found = _CLOCK.match(rest)
    if not found:
        return None
    before, hours, minutes, seconds, after, zone, sign, ahead, ahead_minutes = found.groups()
    hour = _hour(int(hours), MARKERS.get(before or after or "", ""))
    if hour > 23 or int(minutes) > 59 or int(seconds or 0) > 59 or (zone and zone not in ZONES):
        return None
    offset = float(ZONES[zone]) if zone else np.nan
    if sign:
        shift = int(ahead) * 60 + int(ahead_minutes or 0)
        offset = (0.0 if np.isnan(offset) else offset) + (shift if sign == "+" else -shift)
    return hour * 3600 + int(minutes) * 60 + int(seconds or 0), offset


def _hour(hour: int, half: str) -> int:
    if half == "am":
        return 0 if hour == 12 else hour
    return hour + 12 if half == "pm" and hour < 12 else hour
