"""Nextcloud Forms: known by the columns of the user and of the moment."""

from tasks.intake.services.plain_tables import plain_service

NEXTCLOUD = plain_service(
    marks=["user id|user display name|timestamp"],
    own={"timestamp": "submitted_at", "user display name": "contact_name"},
    furniture="user id|submission id",
)
