"""KoboToolbox: known by two of the columns that it adds, also as R and Python write them."""

import re
from functools import partial

import pandas as pd

from tasks.intake.services.form_service import (
    Fields,
    FormService,
    Row,
    clear_texts,
    fields_by_position,
)
from tasks.intake.services.xlsforms import (
    PLACE_CODE,
    first_key_position,
    grouped_question_texts,
    heading_code,
    single_answer_fields,
)

# Columns that Kobo adds: the code of the heading, the field that it gives, "" for none.
COLUMNS: dict[str, str] = {
    "_id": "submission_id",
    "_submission_time": "submitted_at",
    "submission_time": "submitted_at",
    "phonenumber": "contact_phone",
    **dict.fromkeys(
        (
            "start",
            "end",
            "today",
            "deviceid",
            "subscriberid",
            "simserial",
            "simid",
            "devicephonenum",
            "imei",
            "username",
            "audit",
            "_uuid",
            "_validation_status",
            "_notes",
            "_status",
            "_submitted_by",
            "__version__",
            "_version_",
            "_version",
            "_tags",
            "_index",
            "_parent_index",
            "_parent_table_name",
            "_xform_id_string",
            "_attachments",
            "_geolocation",
            "_edited",
            "formhub/uuid",
            "meta/instanceid",
            "meta/rootuuid",
            "meta/deprecatedid",
            "meta/instancename",
            "background-audio",
            "_submission__id",
            "_submission__uuid",
            "_submission__submission_time",
            "_submission__validation_status",
            "_submission__notes",
            "_submission__status",
            "_submission__submitted_by",
            "_submission___version__",
            "_submission__tags",
            "uuid",
            "index",
            "validation_status",
            "submitted_by",
            "_xform_id",
            "_duration",
            "_date_modified",
            "_last_edited_by",
            "_total_media",
            "_media_count",
            "_media_all_received",
            "_review_status",
            "_review_comment",
            "_bamboo_dataset_id",
            "_geolocation_latitude",
            "_geolocation_longitude",
        ),
        "",
    ),
}
# What tells a response where the column that numbers responses was left out of the export.
_RESPONSE_KEYS = ("_uuid", "uuid", "meta/rootuuid", "meta/instanceid")
_MARKS = frozenset(
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
_RENAMED_MARKS = frozenset(("uuid", "submission_time"))
_VERSION_CODE = re.compile(r"^_+version_+(?:\d+)?$")
_SEPARATED = re.compile(r"(?s)(.*)[/.](.*)")


def has_kobo_headings(headings: Row) -> bool:
    """Whether two of the columns that Kobo adds are there."""
    codes = frozenset(map(heading_code, headings))
    return len(codes & _MARKS) >= 2 or codes >= _RENAMED_MARKS


def _own_fields(headings: Row) -> Fields:
    return fields_by_position(headings, kobo_field)


def kobo_field(heading: str, position: int) -> str | None:
    """The field that one of Kobo's own columns gives, "" for none; None for a question of the
    form.
    """
    code = heading_code(heading)
    if PLACE_CODE.search(code) or _VERSION_CODE.match(code):
        return ""
    return COLUMNS.get(code.replace(".", "/"))


def _key_position(headings: Row) -> int | None:
    return first_key_position(headings, _RESPONSE_KEYS)


def clean_kobo_responses(body: pd.DataFrame, sent_at: int | None) -> pd.DataFrame:
    """The rows without "n/a", which Kobo writes for no answer."""
    return clear_texts(body, "n/a")


KOBO = FormService(
    "kobo",
    has_headings=has_kobo_headings,
    own_fields=_own_fields,
    fixed_fields=single_answer_fields,
    key_position=_key_position,
    question_texts=partial(grouped_question_texts, _SEPARATED),
    clean_responses=clean_kobo_responses,
    writes_utc=True,
    counts_all_forms=True,
)
