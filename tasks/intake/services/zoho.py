"""Zoho Forms: known by the moment at which an answer was added and by the sender's address."""

from tasks.intake.services.plain_tables import plain_service

ZOHO = plain_service(
    marks=["added time|ip address"],
    own={"added time": "submitted_at"},
    furniture="ip address|referrer name|task owner|added by|modified time|record status",
)
