"""SurveyMonkey: known by its numbers of respondents and collectors, or by the second row of its
headings, which names the parts of questions.
"""

from collections.abc import Sequence
from dataclasses import replace

from tasks.intake.services.form_service import Row
from tasks.intake.services.plain_tables import (
    OPEN_ANSWER,
    SENDER_FIELDS,
    WHOLE_ANSWER,
    plain_service,
)


def has_question_parts(rows: Sequence[Row]) -> bool:
    """Whether the second row is SurveyMonkey's, of an export whose own columns somebody took
    out.
    """
    parts = [text.casefold() for text in rows[1]] if len(rows) > 1 else []
    has_part = OPEN_ANSWER in parts or parts.count(WHOLE_ANSWER) > 1
    return has_part and any(rows[0])


_NOW = plain_service(
    marks=["respondent id|collector id"],
    own=SENDER_FIELDS
    | {
        "respondent id": "submission_id",
        "end date": "submitted_at",
        "date modified": "submitted_at",
    },
    furniture="collector id|start date|date created|ip address|first name|last name|"
    "custom data 1|custom data 2|custom data 3",
    answer="respondent id",
)
_BEFORE_2017 = plain_service(
    marks=["respondentid|collectorid"],
    own=SENDER_FIELDS | {"respondentid": "submission_id", "enddate": "submitted_at"},
    furniture="collectorid|startdate|ip address|ip_address|first name|lastname|custom data",
    answer="respondentid",
)
SURVEYMONKEY = (replace(_NOW, has_parts=has_question_parts), _BEFORE_2017)
