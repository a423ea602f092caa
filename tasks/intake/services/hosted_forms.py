"""Google Forms and Microsoft Forms: told by their headings, and what the columns give that they add
by themselves.
"""

import re
from collections.abc import Sequence

import pandas as pd

from tasks.intake.cells import dates
from tasks.intake.services import form_languages as said
from tasks.intake.tables import vocabulary
from tasks.intake.tables.headings import heading_key

_MOST_OWN_HEADINGS = 6  # headings among which those of a service are
_PROBED_ROWS = 40  # rows that tell a Microsoft form by its cells


def _heading_keys(*words: str) -> frozenset[str]:
    return frozenset(map(heading_key, words))


_COUNTER_KEYS = _heading_keys(*vocabulary.COUNTER_HEADINGS)
_GOOGLE_TIMESTAMPS, _GOOGLE_SCORES = (
    _heading_keys(*said.GOOGLE_TIMESTAMPS),
    _heading_keys(*said.GOOGLE_SCORES),
)
_GOOGLE_EMAILS = _heading_keys(*said.GOOGLE_EMAILS)
_MICROSOFT_STARTS, _MICROSOFT_ENDS = (
    _heading_keys(*said.MICROSOFT_STARTS),
    _heading_keys(*said.MICROSOFT_ENDS),
)
_MICROSOFT_EMAILS = _heading_keys(*said.MICROSOFT_EMAILS)
_MICROSOFT_NAMES = _heading_keys(*said.MICROSOFT_NAMES)
_MICROSOFT_OTHERS = _heading_keys(*said.MICROSOFT_OTHERS)
_MICROSOFT_TOTALS = _heading_keys(*said.MICROSOFT_TOTALS)
_BRACKETED_END = re.compile(r"\[([^\[\]]*)\]\s*$")
_QUIZ_BRACKETS = _GOOGLE_SCORES | _heading_keys(*said.GOOGLE_REMARKS)
_DASH = re.compile(r"\s*[-:\u2013\u2014]\s")
_MICROSOFT_POINTS = _heading_keys(*said.MICROSOFT_POINTS)


def has_google_headings(headings: Sequence[str]) -> bool:
    """Whether the first heading, a counter that somebody put before it left aside, is the one that
    Google's sheets of answers begin with.
    """
    lead = count_columns_before_google(headings)
    return len(headings) > lead and heading_key(headings[lead]) in _GOOGLE_TIMESTAMPS


def count_columns_before_google(headings: Sequence[str]) -> int:
    """How many columns somebody put before Google's own: one that counts, or none."""
    return int(
        len(headings) > 1
        and heading_key(headings[0]) in _COUNTER_KEYS
        and heading_key(headings[1]) in _GOOGLE_TIMESTAMPS
    )


def has_microsoft_headings(headings: Sequence[str]) -> bool:
    """Whether the times at which an answer was begun and sent are among the first headings."""
    first = {heading_key(heading) for heading in headings[:_MOST_OWN_HEADINGS]}
    return bool(_MICROSOFT_STARTS & first) and bool(_MICROSOFT_ENDS & first)


def has_microsoft_cells(headings: Sequence[str], body: pd.DataFrame) -> bool:
    """Whether a table is one of Microsoft's in a language that is not known: `ID`, then two columns
    of moments, none of the second before the first.
    """
    if (
        len(headings) < _MOST_OWN_HEADINGS
        or heading_key(headings[0]) != "id"
        or body.empty
        or body.shape[1] < 3
    ):
        return False
    begun, sent = (dates.parse_dates(body[position].head(_PROBED_ROWS)) for position in (1, 2))
    if not all((read["is_date"] & (read["seconds"] >= 0)).all() for read in (begun, sent)):
        return False
    return any(
        (dates.moments_as_written(begun, order) <= dates.moments_as_written(sent, order)).all()
        for order in ("dmy", "mdy")
    )


def google_field(heading: str, position: int) -> str | None:
    """What one of Google's own columns gives, "" for no field; None for a question of the form."""
    text, quiz = heading_key(heading), _BRACKETED_END.search(heading)
    if position == 0 and text in _GOOGLE_TIMESTAMPS:
        return "submitted_at"
    if (quiz and heading_key(quiz[1]) in _QUIZ_BRACKETS) or (
        position in (1, 2) and text in _GOOGLE_SCORES
    ):
        return ""
    return "contact_email" if position in (1, 2) and text in _GOOGLE_EMAILS else None


def microsoft_field(heading: str, position: int) -> str | None:
    """The same for Microsoft's."""
    text = heading_key(heading)
    if text in _MICROSOFT_TOTALS or (
        _DASH.search(heading) and heading_key(_DASH.split(heading)[0]) in _MICROSOFT_POINTS
    ):
        return ""
    if position > _MOST_OWN_HEADINGS:
        return None
    if position == 0 and text == "id":
        return "submission_id"
    if text in _MICROSOFT_ENDS:
        return "submitted_at"
    if text in _MICROSOFT_STARTS or text in _MICROSOFT_OTHERS:
        return ""
    return (
        "contact_email"
        if text in _MICROSOFT_EMAILS
        else "contact_name"
        if text in _MICROSOFT_NAMES
        else None
    )
