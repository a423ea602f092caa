"""Form services whose exports are plain tables: what their own columns give, and over how many rows
they head.

Told by headings that only they write. Their `Start Date` is when an answer was begun and never when
an innovation was; a second row of headings names the parts of a question, a third one what a
program reads. Computes; data and no file.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tasks.intake.tables.headings import FURNITURE, SENDER, SERVICE, Claim

_PROGRAM_HEADING = '{"ImportId"'
_DIGIT = re.compile(r"\d")
_WHOLE_ANSWER_WORDS = (
    "response",
    "open-ended response",
)  # a part of a question that is the whole of it


@dataclass(frozen=True)
class PlainService:
    """`told_by`: headings that must all be there; `own`: what its columns give, "" for none;
    `answer`: the heading of a column that every answer fills, and no row of headings under the
    first does.
    """

    told_by: frozenset[str]
    own: Mapping[str, str]
    answer: str = ""


@dataclass(frozen=True)
class ServiceHeadings:
    """The headings of a table, the claims of those that a service adds by itself, and rows of
    headings besides the first.
    """

    headings: list[str]
    claims: dict[int, Claim] = field(default_factory=dict)
    more: int = 0


def _plain_service(
    told_by: str, own: Mapping[str, str], furniture: str, answer: str = ""
) -> PlainService:
    return PlainService(
        frozenset(told_by.split("|")), dict.fromkeys(furniture.split("|"), "") | dict(own), answer
    )


_SENDER_FIELDS = {
    "email address": "contact_email",
    "recipientemail": "contact_email",
    "recipient email": "contact_email",
}
PLAIN_SERVICES = (
    _plain_service(  # SurveyMonkey
        "respondent id|collector id",
        {
            "respondent id": "submission_id",
            "end date": "submitted_at",
            "date modified": "submitted_at",
        }
        | _SENDER_FIELDS,
        "collector id|start date|date created|ip address|first name|last name|custom data 1|"
        "custom data 2|custom data 3",
        "respondent id",
    ),
    _plain_service(  # SurveyMonkey before 2017
        "respondentid|collectorid",
        {"respondentid": "submission_id", "enddate": "submitted_at"} | _SENDER_FIELDS,
        "collectorid|startdate|ip address|ip_address|first name|lastname|custom data",
        "respondentid",
    ),
    _plain_service(  # Qualtrics, headed by names
        "startdate|enddate|responseid",
        {"responseid": "submission_id", "recordeddate": "submitted_at"} | _SENDER_FIELDS,
        "startdate|enddate|status|ipaddress|progress|duration (in seconds)|finished|"
        "recipientlastname|"
        "recipientfirstname|externalreference|locationlatitude|locationlongitude|distributionchannel|userlanguage|"
        "q_recaptchascore|q_relevantidfraudscore|q_ballotboxstuffing",
        "responseid",
    ),
    _plain_service(  # Qualtrics, headed by texts
        "recorded date|response id|end date",
        {"response id": "submission_id", "recorded date": "submitted_at"} | _SENDER_FIELDS,
        "start date|end date|response type|ip address|progress|duration (in seconds)|finished|"
        "recipient last name|"
        "recipient first name|external data reference|location latitude|location longitude|"
        "distribution channel|"
        "user language",
        "response id",
    ),
    _plain_service(  # Typeform
        "start date (utc)|submit date (utc)",
        {"#": "submission_id", "submit date (utc)": "submitted_at"},
        "start date (utc)|stage date (utc)|network id|response type|tags|ending",
    ),
    *(  # Jotform, with one or the other of its own columns
        _plain_service(
            f"submission date|{other}",
            {"submission date": "submitted_at", "submission id": "submission_id"},
            "last update date|submission ip|submission url|submission edit url|submission status|"
            "flow status",
        )
        for other in ("submission ip", "last update date", "submission status")
    ),
    _plain_service(  # Gravity Forms, WPForms
        "entry id|entry date",
        {"entry id": "submission_id", "entry date": "submitted_at"},
        "date updated|source url|transaction id|payment amount|payment date|payment status|post "
        "id|user agent|user ip|"
        "created by (user id)|viewed|starred|entry notes|unique generated user id|geolocation "
        "details",
    ),
    _plain_service(  # Elementor
        "submission id|created at|user agent",
        {"submission id": "submission_id", "created at": "submitted_at"},
        "form name (id)|user id|user agent|user ip|referrer",
    ),
    _plain_service(  # Nextcloud
        "user id|user display name|timestamp",
        {"timestamp": "submitted_at", "user display name": "contact_name"},
        "user id|submission id",
    ),
    _plain_service(  # Zoho
        "added time|ip address",
        {"added time": "submitted_at"},
        "ip address|referrer name|task owner|added by|modified time|record status",
    ),
    _plain_service(  # Wenjuanxing
        "序号|提交答卷时间",
        {"序号": "submission_id", "提交答卷时间": "submitted_at"},
        "所用时间|来源|来源详情|来自ip|总分",
    ),
)


def find_service_headings(rows: Sequence[Sequence[str]]) -> ServiceHeadings | None:
    """How a table whose first rows these are is headed; None where no service of these made it."""
    lower = [text.strip().casefold() for text in rows[0]] if rows else []
    told = next((one for one in PLAIN_SERVICES if one.told_by <= set(lower)), None)
    service = told or (PLAIN_SERVICES[0] if _has_question_parts(rows) else None)
    if service is None:
        return None
    more = _count_more_heading_rows(service, lower, rows[1:])
    own = {
        position: service.own[text] for position, text in enumerate(lower) if text in service.own
    }
    claims = {position: _own_field_claim(name) for position, name in own.items()}
    is_coded = "responseid" in service.told_by  # the names of questions stand over what they ask
    return ServiceHeadings(
        _headings_with_parts(rows[0], rows[1 : 1 + more], set(claims), is_coded), claims, more
    )


def _has_question_parts(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the second row is SurveyMonkey's, of an export whose own columns somebody took
    out.
    """
    under = [text.casefold() for text in rows[1]] if len(rows) > 1 else []
    return any(rows[0]) and (
        _WHOLE_ANSWER_WORDS[1] in under or under.count(_WHOLE_ANSWER_WORDS[0]) > 1
    )


def _own_field_claim(name: str) -> Claim:
    return (
        FURNITURE if not name else Claim(name, SENDER if name.startswith("contact_") else SERVICE)
    )


def _count_more_heading_rows(
    service: PlainService, lower: Sequence[str], rows: Sequence[Sequence[str]]
) -> int:
    """Rows of headings under the first: in those the column that every answer fills is empty, a
    heading again, or what a program reads; or no column of moments has a digit in it, as in a
    second row in any language.
    """
    if not service.answer:
        return 0
    if service.answer not in lower:
        return 1  # told by its second row
    at = lower.index(service.answer)
    moments = [
        position for position, text in enumerate(lower) if text in service.own and "date" in text
    ]
    count = 0
    for row in rows[:2]:
        said = row[at].strip()
        is_heading = (
            not said
            or said.startswith(_PROGRAM_HEADING)
            or said.casefold() in ("response id", "respondent id")
        )
        if not (is_heading or _are_moments_in_words([row[i].strip() for i in moments])) or not any(
            row
        ):
            break
        count += 1
    return count


def _are_moments_in_words(moments: Sequence[str]) -> bool:
    """Whether the columns of moments, of two or more, say something in a row, and nowhere with a
    digit.
    """
    return len(moments) > 1 and all(text and not _DIGIT.search(text) for text in moments)


def _headings_with_parts(
    first: Sequence[str], more: Sequence[Sequence[str]], own: set[int], is_coded: bool
) -> list[str]:
    """The headings with what stands under them: a part of a question in brackets; the question for
    a name of it.
    """
    under = more[0] if more else [""] * len(first)
    is_text = is_coded or any(text.startswith(_PROGRAM_HEADING) for row in more for text in row)
    over, headings = "", []
    for position, (above, below) in enumerate(zip(first, under, strict=True)):
        over = "" if position in own else above or over
        whole = below.casefold() in _WHOLE_ANSWER_WORDS or not below
        part = f"{over} [{below}]" if over else below
        headings.append(
            above if position in own else below or above if is_text else over if whole else part
        )
    return [heading if first[i] or under[i] else "" for i, heading in enumerate(headings)]
