"""Typeform: known by its moments in UTC."""

from tasks.intake.services.plain_tables import plain_service

TYPEFORM = plain_service(
    marks=["start date (utc)|submit date (utc)"],
    own={"#": "submission_id", "submit date (utc)": "submitted_at"},
    furniture="start date (utc)|stage date (utc)|network id|response type|tags|ending",
)
