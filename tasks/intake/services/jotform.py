"""Jotform: known by its submission date with one or the other of its own columns."""

from tasks.intake.services.plain_tables import plain_service

JOTFORM = plain_service(
    marks=[
        "submission date|submission ip",
        "submission date|last update date",
        "submission date|submission status",
    ],
    own={"submission date": "submitted_at", "submission id": "submission_id"},
    furniture="last update date|submission ip|submission url|submission edit url|"
    "submission status|flow status",
)
