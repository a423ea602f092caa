"""ODK, as Central, Briefcase and Aggregate export it: known by its keys of responses."""

import re
from functools import partial

from tasks.intake.services.form_service import Fields, FormService, Row, fields_by_position
from tasks.intake.services.xlsforms import (
    PLACE_CODE,
    first_key_position,
    grouped_question_texts,
    heading_code,
    single_answer_fields,
)

# Columns that ODK adds: the heading in lower case, the field that it gives, "" for none.
COLUMNS: dict[str, str] = {
    "key": "submission_id",
    "submissiondate": "submitted_at",
    "*meta-instance-id*": "submission_id",
    "*meta-submission-date*": "submitted_at",
    "phonenumber": "contact_phone",
    **dict.fromkeys(
        (
            "meta-instanceid",
            "meta-instancename",
            "instanceid",
            "instancename",
            "submitterid",
            "submittername",
            "attachmentspresent",
            "attachmentsexpected",
            "status",
            "reviewstate",
            "deviceid",
            "edits",
            "formversion",
            "start",
            "end",
            "today",
            "parent_key",
            "set-of",
            "simserial",
            "subscriberid",
            "devicephonenum",
            "username",
            "meta-audit",
            "meta/instanceid",
            "audit",
            "meta:instanceid",
            "meta:instancename",
            "meta-entity-label",
            "starttime",
            "endtime",
            "duration",
            "caseid",
            "formdef_version",
            "device_info",
            "imei",
            "subscriber_id",
            "comments",
            "text_audit",
            "audio_audit",
            "instancefolder",
            "reviewcomments",
            "reviewcorrections",
            "reviewquality",
            "*meta-model-version*",
            "*meta-ui-version*",
            "*meta-is-complete*",
            "*meta-date-marked-as-complete*",
        ),
        "",
    ),
}
# What tells a response where the column that numbers responses was left out of the export.
_RESPONSE_KEYS = ("meta-instanceid", "meta:instanceid", "meta/instanceid", "instanceid")
_MARKS = frozenset(
    ("meta-instanceid", "meta:instanceid", "meta-instancename", "*meta-instance-id*")
)
_CENTRAL_MARKS = frozenset(("key", "submissiondate"))
_SEPARATED = re.compile(r"(?s)(.*)[/-](.*)")


def has_odk_headings(headings: Row) -> bool:
    """Whether a key of responses is there; a key called "KEY" needs the time of sending as well."""
    codes = frozenset(map(heading_code, headings))
    return codes >= _CENTRAL_MARKS or bool(codes & _MARKS)


def _own_fields(headings: Row) -> Fields:
    return fields_by_position(headings, odk_field)


def odk_field(heading: str, position: int) -> str | None:
    """The field that one of ODK's own columns gives, "" for none; None for a question of the
    form.
    """
    code = heading.lower()
    if PLACE_CODE.search(code) or code.startswith("set-of-"):
        return ""
    return COLUMNS.get(code)


def _key_position(headings: Row) -> int | None:
    return first_key_position(headings, _RESPONSE_KEYS)


ODK = FormService(
    "odk",
    has_headings=has_odk_headings,
    own_fields=_own_fields,
    fixed_fields=single_answer_fields,
    key_position=_key_position,
    question_texts=partial(grouped_question_texts, _SEPARATED),
    counts_all_forms=True,
)
