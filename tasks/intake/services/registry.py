"""The form services in the order in which a table is tried with them, and which of them made it."""

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from tasks.intake.services.form_service import PLAIN, FormService, Row
from tasks.intake.services.google import GOOGLE
from tasks.intake.services.jotform import JOTFORM
from tasks.intake.services.kobo import KOBO
from tasks.intake.services.limesurvey import LIMESURVEY
from tasks.intake.services.microsoft import MICROSOFT
from tasks.intake.services.nextcloud import NEXTCLOUD
from tasks.intake.services.odk import ODK
from tasks.intake.services.plain_tables import lower_texts
from tasks.intake.services.province import PROVINCE
from tasks.intake.services.qualtrics import QUALTRICS
from tasks.intake.services.surveymonkey import SURVEYMONKEY
from tasks.intake.services.typeform import TYPEFORM
from tasks.intake.services.wenjuanxing import WENJUANXING
from tasks.intake.services.wordpress import ELEMENTOR, GRAVITY_FORMS
from tasks.intake.services.xlsforms import has_parent_headings, is_first_sheet
from tasks.intake.services.zoho import ZOHO

# Services with a kind of their own. The province's workbook is known by its shape.
SERVICES = (KOBO, ODK, LIMESURVEY, MICROSOFT, GOOGLE, PROVINCE)
# Services whose exports are plain tables.
PLAIN_SERVICES = (
    *SURVEYMONKEY,
    *QUALTRICS,
    TYPEFORM,
    JOTFORM,
    GRAVITY_FORMS,
    ELEMENTOR,
    NEXTCLOUD,
    ZOHO,
    WENJUANXING,
)
NO_SERVICE = FormService(PLAIN)
SERVICE_KINDS = (*(service.kind for service in SERVICES), PLAIN)
UTC_KINDS = frozenset(service.kind for service in SERVICES if service.writes_utc)
# Headings of the time of sending, of all services.
TIMESTAMP_HEADINGS = tuple(heading for service in SERVICES for heading in service.timestamps)
# The kind of a sheet of a repeated group: answers to submissions on another sheet, never
# submissions.
REPEATED_GROUP = "repeat"
_SERVICES_BY_KIND: Mapping[str, FormService] = {service.kind: service for service in SERVICES}


def service_of_kind(kind: str) -> FormService:
    """The service of a table of this kind; no service for "plain" and "repeat"."""
    return _SERVICES_BY_KIND.get(kind, NO_SERVICE)


def kind_by_headings(headings: Row) -> str:
    """The kind of a table with these headings; "plain" where no service of these has them."""
    return REPEATED_GROUP if has_parent_headings(headings) else _service_kind(headings)


def kind_of_table(headings: Row, body: pd.DataFrame) -> str:
    """The kind of a table, its cells considered."""
    kind = kind_by_headings(headings)
    if kind == PLAIN:
        by_cells = (service.kind for service in SERVICES if service.has_cells(headings, body))
        return next(by_cells, PLAIN)
    if kind == REPEATED_GROUP and is_first_sheet(headings, body):
        return _service_kind(headings)
    return kind


def _service_kind(headings: Row) -> str:
    """The kind of a table that is no sheet of a repeated group."""
    by_headings = (service.kind for service in SERVICES if service.has_headings(headings))
    return next(by_headings, PLAIN)


def plain_table_service(rows: Sequence[Row]) -> FormService | None:
    """The service that made a plain table whose first rows these are; None where none did."""
    headings = frozenset(lower_texts(rows[0])) if rows else frozenset()
    for service in PLAIN_SERVICES:
        if any(marks <= headings for marks in service.marks):
            return service
    return next((service for service in PLAIN_SERVICES if service.has_parts(rows)), None)


def is_row_of_codes(texts: Iterable[str]) -> bool:
    """Whether a row under headings in words has the codes of a service's columns."""
    cells = frozenset(texts)
    return any(service.codes and service.codes <= cells for service in SERVICES)
