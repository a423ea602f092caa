"""Form services: which one made a table, by its headings, and what the columns it adds by itself
give.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache

from tasks.intake.services import hosted_forms
from tasks.intake.tables import vocabulary as words
from tasks.intake.tables.headings import FURNITURE, SENDER, SERVICE, Claim, heading_key

SERVICE_KINDS = ("google", "microsoft", "kobo", "odk", "limesurvey", "province", "plain")
# a sheet of a form's repeated group: answers to submissions on another sheet, never submissions
REPEATED_GROUP = "repeat"

_CODES_BY_LABEL = {heading_key(label): code for label, code in words.LIMESURVEY_LABELS.items()}
_LIMESURVEY_CODE = re.compile(r"^([A-Za-z]\w*(?:\[[^\]]*\])*)\.\s+(?=\S)")
_TIMING_HEADING = re.compile(
    r"^(?:(?i:interviewtime|group ?time|question ?time|fragenzeit:|gruppenzeit:|durée pour (?:la "
    r"question|le groupe)|"
    r"tiempo (?:de la pregunta|del grupo)|tempo (?:da quest|do grupo))|\w+Time$)"
)
_R_PREFIX = re.compile(r"^x(?=_)")
_PLACE_CODE = re.compile(
    r"(?:(?<=[\w)\]?.])[_:.-]|gps)(?:latitude|longitude|altitude|precision|accuracy)$"
)
_VERSION_CODE = re.compile(r"^_+version_+(?:\d+)?$")
PARENT_HEADINGS = frozenset(("_parent_index", "_parent_table_name", "parent_key"))
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
_GROUP_SEPARATORS = {
    "kobo": re.compile(r"(?s)(.*)[/.](.*)"),
    "odk": re.compile(r"(?s)(.*)[/-](.*)"),
}
_ATTACHED_NUMBER = re.compile(r"(?<=[^\W\d])\d$")


def service_kind(headings: Sequence[str]) -> str:
    """The service whose headings these are, "plain" where it is none."""
    return (
        REPEATED_GROUP
        if PARENT_HEADINGS & set(map(_heading_code, headings))
        else service_kind_of_answers(headings)
    )


def service_kind_of_answers(headings: Sequence[str]) -> str:
    """`kind`, for a sheet that is known to answer no other sheet."""
    codes = set(map(_heading_code, headings))
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
        and heading_key(headings[0]) != "id"
        and "_" not in headings[0]
    ):
        return "limesurvey"
    if hosted_forms.has_microsoft_headings(headings):
        return "microsoft"
    return "google" if hosted_forms.has_google_headings(headings) else "plain"


def own_column_claim(service: str, heading: str, position: int) -> Claim | None:
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
def _heading_code(heading: str) -> str:
    """A heading as codes are compared; R writes X_uuid for _uuid."""
    return _R_PREFIX.sub("", heading.strip().lower())


def _kobo_field(heading: str, position: int) -> str | None:
    code = _heading_code(heading)
    return (
        ""
        if _PLACE_CODE.search(code) or _VERSION_CODE.match(code)
        else words.KOBO_COLUMNS.get(code.replace(".", "/"))
    )


def _odk_field(heading: str, position: int) -> str | None:
    code = heading.lower()
    return (
        ""
        if _PLACE_CODE.search(code) or code.startswith("set-of-")
        else words.ODK_COLUMNS.get(code)
    )


def response_key_position(service: str, headings: Sequence[str]) -> int | None:
    """Where a response's key stands in an export without the column that numbers responses; None
    where nowhere.
    """
    codes = [_heading_code(heading).replace(".", "/") for heading in headings]
    return next(
        (codes.index(code) for code in words.RESPONSE_KEYS.get(service, ()) if code in codes), None
    )


def _limesurvey_field(heading: str, position: int) -> str | None:
    code = limesurvey_code(heading) if position < 12 else ""
    if _TIMING_HEADING.match(heading):
        return ""
    return words.LIMESURVEY_COLUMNS.get(code) if code != "id" or position == 0 else None


def limesurvey_code(heading: str) -> str:
    """The code of one of LimeSurvey's own columns, whether headed by code, by label or by both; ""
    for another.
    """
    stripped = heading.strip()
    code = _LIMESURVEY_CODE.match(stripped)
    for text in (
        code[1].lower() if code else stripped.lower(),
        _CODES_BY_LABEL.get(heading_key(stripped), ""),
    ):
        if text in words.LIMESURVEY_COLUMNS:
            return text
    return ""


_OWN_COLUMNS: dict[str, Callable[[str, int], str | None]] = {
    "kobo": _kobo_field,
    "odk": _odk_field,
    "limesurvey": _limesurvey_field,
    "microsoft": hosted_forms.microsoft_field,
    "google": hosted_forms.google_field,
}


def single_answer_headings(service: str, headings: Sequence[str]) -> frozenset[str]:
    """The headings of single answers that stand beside their question's own column: sdgs/4 beside
    sdgs.
    """
    if service not in _GROUP_SEPARATORS:
        return frozenset()
    there = set(headings) - {""}
    return frozenset(heading for heading in headings if heading.rpartition("/")[0] in there)


def question_groups(
    service: str, headings: Sequence[str], is_told: Callable[[str], bool]
) -> frozenset[str]:
    """The groups of questions that these headings name: what stands before the last separator of
    two or more, one of which is told by itself. Of the answers to one question (SDGs/Air Bersih)
    none is.
    """
    apart = [_split_group(service, heading) for heading in headings]
    several = Counter(group for group, _ in apart)
    return frozenset(
        group for group, question in apart if group and several[group] > 1 and is_told(question)
    )


def _split_group(service: str, heading: str) -> tuple[str, str]:
    """A group and the question in it; no group where the service writes none."""
    apart = _GROUP_SEPARATORS[service].fullmatch(heading) if service in _GROUP_SEPARATORS else None
    return (apart[1], apart[2]) if apart else ("", heading)


def question_texts(service: str, heading: str, of: frozenset[str] = frozenset()) -> list[str]:
    """The texts that a question's heading may be told by: without the service's code, its group,
    its counting.

    A group of several questions (`of`) says nothing of any of them: "inovasi/Perangkat Daerah" asks
    for the agency.
    """
    if service == "limesurvey":
        code = _LIMESURVEY_CODE.match(heading)
        return [heading[code.end() :], code[1]] if code else [heading]
    if service == "microsoft":
        return [heading, _ATTACHED_NUMBER.sub("", heading.rstrip())]
    if service in ("kobo", "odk"):
        group, question = _split_group(service, heading)
        return [question] if group in of or not group else [question, heading]
    return [heading]
