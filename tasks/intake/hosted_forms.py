"""Google Forms and Microsoft Forms: told by their headings, and what the columns give that they add
by themselves.
"""

import re
from collections.abc import Sequence

import pandas as pd

from tasks.intake import dates, vocabulary
from tasks.intake import form_languages as said
from tasks.intake.headings import key

_LOOKED_AT = 6  # headings among which those of a service are
_PROBE = 40  # rows that tell a Microsoft form by its cells


def _keys(*words: str) -> frozenset[str]:
    return frozenset(map(key, words))


_COUNTERS = _keys(*vocabulary.COUNTERS)
_TIMESTAMPS, _SCORES = _keys(*said.TIMESTAMPS), _keys(*said.SCORES)
_GOOGLE_EMAILS = _keys(*said.GOOGLE_EMAILS)
_STARTS, _ENDS = _keys(*said.MICROSOFT_STARTS), _keys(*said.MICROSOFT_ENDS)
_EMAILS = _keys(*said.MICROSOFT_EMAILS)
_NAMES = _keys(*said.MICROSOFT_NAMES)
_OTHERS = _keys(*said.MICROSOFT_OTHERS)
_TOTALS = _keys(*said.MICROSOFT_TOTALS)
_BRACKETS = re.compile(r"\[([^\[\]]*)\]\s*$")
_QUIZ_BRACKETS = _SCORES | _keys(*said.REMARKS)
_DASH = re.compile(r"\s*[-:\u2013\u2014]\s")
_POINTS = _keys(*said.MICROSOFT_POINTS)


def is_google(headings: Sequence[str]) -> bool:
    """Whether the first heading, a counter that somebody put before it left aside, is the one that
    Google's sheets of answers begin with.
    """
    lead = google_lead(headings)
    return len(headings) > lead and key(headings[lead]) in _TIMESTAMPS


def google_lead(headings: Sequence[str]) -> int:
    """How many columns somebody put before Google's own: one that counts, or none."""
    return int(
        len(headings) > 1 and key(headings[0]) in _COUNTERS and key(headings[1]) in _TIMESTAMPS
    )


def is_microsoft(headings: Sequence[str]) -> bool:
    """Whether the times at which an answer was begun and sent are among the first headings."""
    first = {key(heading) for heading in headings[:_LOOKED_AT]}
    return bool(_STARTS & first) and bool(_ENDS & first)


def is_microsoft_by_cells(headings: Sequence[str], body: pd.DataFrame) -> bool:
    """Whether a table is one of Microsoft's in a language that is not known: `ID`, then two columns
    of moments, none of the second before the first.
    """
    if len(headings) < _LOOKED_AT or key(headings[0]) != "id" or body.empty or body.shape[1] < 3:
        return False
    begun, sent = (dates.readings(body[position].head(_PROBE)) for position in (1, 2))
    if not all((read["is_date"] & (read["seconds"] >= 0)).all() for read in (begun, sent)):
        return False
    return any(
        (dates.moments(begun, order) <= dates.moments(sent, order)).all()
        for order in ("dmy", "mdy")
    )


def google_field(heading: str, position: int) -> str | None:
    """What one of Google's own columns gives, "" for no field; None for a question of the form."""
    text, quiz = key(heading), _BRACKETS.search(heading)
    if position == 0 and text in _TIMESTAMPS:
        return "submitted_at"
    if (quiz and key(quiz[1]) in _QUIZ_BRACKETS) or (position in (1, 2) and text in _SCORES):
        return ""
    return "contact_email" if position in (1, 2) and text in _GOOGLE_EMAILS else None


def microsoft_field(heading: str, position: int) -> str | None:
    """The same for Microsoft's."""
    text = key(heading)
    if text in _TOTALS or (_DASH.search(heading) and key(_DASH.split(heading)[0]) in _POINTS):
        return ""
    if position > _LOOKED_AT:
        return None
    if position == 0 and text == "id":
        return "submission_id"
    if text in _ENDS:
        return "submitted_at"
    if text in _STARTS or text in _OTHERS:
        return ""
    return "contact_email" if text in _EMAILS else "contact_name" if text in _NAMES else None
