"""Qualtrics: known by its numbers of responses and moments, headed by names or by texts."""

from tasks.intake.services.plain_tables import SENDER_FIELDS, plain_service

_HEADED_BY_NAMES = plain_service(
    marks=["startdate|enddate|responseid"],
    own=SENDER_FIELDS | {"responseid": "submission_id", "recordeddate": "submitted_at"},
    furniture="startdate|enddate|status|ipaddress|progress|duration (in seconds)|finished|"
    "recipientlastname|recipientfirstname|externalreference|locationlatitude|locationlongitude|"
    "distributionchannel|userlanguage|"
    "q_recaptchascore|q_relevantidfraudscore|q_ballotboxstuffing",
    answer="responseid",
    is_coded=True,
)
_HEADED_BY_TEXTS = plain_service(
    marks=["recorded date|response id|end date"],
    own=SENDER_FIELDS | {"response id": "submission_id", "recorded date": "submitted_at"},
    furniture="start date|end date|response type|ip address|progress|duration (in seconds)|"
    "finished|recipient last name|recipient first name|external data reference|"
    "location latitude|location longitude|distribution channel|user language",
    answer="response id",
)
QUALTRICS = (_HEADED_BY_NAMES, _HEADED_BY_TEXTS)
