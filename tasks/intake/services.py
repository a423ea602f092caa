"""Form services: which one made a table, by its headings, and what the columns it adds by itself
give.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache

from tasks.intake import hosted_forms
from tasks.intake import vocabulary as words
from tasks.intake.headings import FURNITURE, SENDER, SERVICE, Claim, key

KINDS = ("google", "microsoft", "kobo", "odk", "limesurvey", "province", "plain")
# a sheet of a form's repeated group: answers to submissions on another sheet, never submissions
REPEAT = "repeat"

_LABELS = {key(label): code for label, code in words.LIMESURVEY_LABELS.items()}
_CODE = re.compile(r"^([A-Za-z]\w*(?:\[[^\]]*\])*)\.\s+(?=\S)")
_TIMING = re.compile(
    r"^(?:(?i:interviewtime|group ?time|question ?time|fragenzeit:|gruppenzeit:|durée pour (?:la "
    r"question|le groupe)|"
    r"tiempo (?:de la pregunta|del grupo)|tempo (?:da quest|do grupo))|\w+Time$)"
)
_MANGLED = re.compile(r"^x(?=_)")
_OF_A_PLACE = re.compile(
    r"(?:(?<=[\w)\]?.])[_:.-]|gps)(?:latitude|longitude|altitude|precision|accuracy)$"
)
_OF_A_VERSION = re.compile(r"^_+version_+(?:\d+)?$")
PARENTS = frozenset(("_parent_index", "_parent_table_name", "parent_key"))
_ODK_MARKS = frozenset(
    ("meta-instanceid", "meta:instanceid", "meta-instancename", "*meta-instance-id*")
)
_KOBO_MARKS = frozenset(
    (
        "_id",
        "_uuid",
        "_submission_time",
        "_index",
        "__version__",
        "meta/instanceid",
        "meta.instanceid",
        "formhub/uuid",
        "formhub.uuid",
        "_validation_status",
        "_submitted_by",
        "_xform_id_string",
    )
)
_SEPARATORS = {"kobo": re.compile(r"(?s)(.*)[/.](.*)"), "odk": re.compile(r"(?s)(.*)[/-](.*)")}
_ATTACHED_NUMBER = re.compile(r"(?<=[^\W\d])\d$")


def kind(headings: Sequence[str]) -> str:
    """The service whose headings these are, "plain" where it is none."""
    return REPEAT if PARENTS & set(map(_code_of, headings)) else kind_of_answers(headings)


def kind_of_answers(headings: Sequence[str]) -> str:
    """`kind`, for a sheet that is known to answer no other sheet."""
    codes = set(map(_code_of, headings))
    if len(codes & _KOBO_MARKS) >= 2 or {"uuid", "submission_time"} <= codes:
        return "kobo"
    if {"key", "submissiondate"} <= codes or codes & _ODK_MARKS:
        return "odk"
    own = {limesurvey_code(heading) for heading in headings[:12]}
    if (
        len(own & {"id", "submitdate", "lastpage", "startlanguage", "seed"}) >= 3
        or {"submitdate", "lastpage"} <= own
    ):
        return "limesurvey"
    if (
        headings
        and limesurvey_code(headings[0]) == "id"
        and key(headings[0]) != "id"
        and "_" not in headings[0]
    ):
        return "limesurvey"
    if hosted_forms.is_microsoft(headings):
        return "microsoft"
    return "google" if hosted_forms.is_google(headings) else "plain"


def claim(service: str, heading: str, position: int) -> Claim | None:
    """What a column gives that the service adds by itself; None for a question of the form."""
    of_kind = _OWN_COLUMNS.get(service)
    field = of_kind(heading.strip(), position) if of_kind else None
    if field is None:
        return None
    return (
        FURNITURE
        if not field
        else Claim(field, SENDER if field.startswith("contact_") else SERVICE)
    )


@lru_cache(maxsize=20_000)
def _code_of(heading: str) -> str:
    """A heading as codes are compared; R writes X_uuid for _uuid."""
    return _MANGLED.sub("", heading.strip().lower())


def _kobo(heading: str, position: int) -> str | None:
    code = _code_of(heading)
    return (
        ""
        if _OF_A_PLACE.search(code) or _OF_A_VERSION.match(code)
        else words.KOBO.get(code.replace(".", "/"))
    )


def _odk(heading: str, position: int) -> str | None:
    code = heading.lower()
    return "" if _OF_A_PLACE.search(code) or code.startswith("set-of-") else words.ODK.get(code)


def response_key(service: str, headings: Sequence[str]) -> int | None:
    """Where a response's key stands in an export without the column that numbers responses; None
    where nowhere.
    """
    codes = [_code_of(heading).replace(".", "/") for heading in headings]
    return next(
        (codes.index(code) for code in words.RESPONSE_KEYS.get(service, ()) if code in codes), None
    )


def _limesurvey(heading: str, position: int) -> str | None:
    code = limesurvey_code(heading) if position < 12 else ""
    if _TIMING.match(heading):
        return ""
    return words.LIMESURVEY.get(code) if code != "id" or position == 0 else None


def limesurvey_code(heading: str) -> str:
    """The code of one of LimeSurvey's own columns, whether headed by code, by label or by both; ""
    for another.
    """
    stripped = heading.strip()
    code = _CODE.match(stripped)
    for text in (code[1].lower() if code else stripped.lower(), _LABELS.get(key(stripped), "")):
        if text in words.LIMESURVEY:
            return text
    return ""


_OWN_COLUMNS: dict[str, Callable[[str, int], str | None]] = {
    "kobo": _kobo,
    "odk": _odk,
    "limesurvey": _limesurvey,
    "microsoft": hosted_forms.microsoft_field,
    "google": hosted_forms.google_field,
}


def answered_apart(service: str, headings: Sequence[str]) -> frozenset[str]:
    """The headings of single answers that stand beside their question's own column: sdgs/4 beside
    sdgs.
    """
    if service not in _SEPARATORS:
        return frozenset()
    there = set(headings) - {""}
    return frozenset(heading for heading in headings if heading.rpartition("/")[0] in there)


def groups(service: str, headings: Sequence[str], is_told: Callable[[str], bool]) -> frozenset[str]:
    """The groups of questions that these headings name: what stands before the last separator of
    two or more, one of which is told by itself. Of the answers to one question (SDGs/Air Bersih)
    none is.
    """
    apart = [_split(service, heading) for heading in headings]
    several = Counter(group for group, _ in apart)
    return frozenset(
        group for group, question in apart if group and several[group] > 1 and is_told(question)
    )


def _split(service: str, heading: str) -> tuple[str, str]:
    """A group and the question in it; no group where the service writes none."""
    apart = _SEPARATORS[service].fullmatch(heading) if service in _SEPARATORS else None
    return (apart[1], apart[2]) if apart else ("", heading)


def questions(service: str, heading: str, of: frozenset[str] = frozenset()) -> list[str]:
    """The texts that a question's heading may be told by: without the service's code, its group,
    its counting.

    A group of several questions (`of`) says nothing of any of them: "inovasi/Perangkat Daerah" asks
    for the agency.
    """
    if service == "limesurvey":
        code = _CODE.match(heading)
        return [heading[code.end() :], code[1]] if code else [heading]
    if service == "microsoft":
        return [heading, _ATTACHED_NUMBER.sub("", heading.rstrip())]
    if service in ("kobo", "odk"):
        group, question = _split(service, heading)
        return [question] if group in of or not group else [question, heading]
    return [heading]
