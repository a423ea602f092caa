"""Forms of WordPress: Gravity Forms and WPForms, known by their entries; Elementor, known by the
sender's program.
"""

from tasks.intake.services.plain_tables import plain_service

GRAVITY_FORMS = plain_service(
    marks=["entry id|entry date"],
    own={"entry id": "submission_id", "entry date": "submitted_at"},
    furniture="date updated|source url|transaction id|payment amount|payment date|payment status|"
    "post id|user agent|user ip|created by (user id)|viewed|starred|entry notes|"
    "unique generated user id|geolocation details",
)
ELEMENTOR = plain_service(
    marks=["submission id|created at|user agent"],
    own={"submission id": "submission_id", "created at": "submitted_at"},
    furniture="form name (id)|user id|user agent|user ip|referrer",
)
