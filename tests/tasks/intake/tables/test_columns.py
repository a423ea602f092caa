"""What each column of a table gives: a service's own columns, and questions of the form."""

import pytest

from tasks.intake import submissions
from tasks.intake.services.registry import plain_table_service
from tasks.intake.tables.columns import plain_service_columns, table_columns
from tasks.intake.tables.headings import FURNITURE, SENDER, SERVICE, UNKNOWN, WHOLE, Claim
from tests.small.rules import INTAKE_RULES
from tests.tasks.intake.tables.test_sheet_tables import table

NAMES = submissions.submission_heading_names(INTAKE_RULES)


@pytest.mark.parametrize(
    ("kind", "headings", "claims"),
    [
        (
            "google",
            ["Timestamp", "Email Address", "Skor", "Judul"],
            [
                Claim("submitted_at", SERVICE),
                Claim("contact_email", SENDER),
                FURNITURE,
                Claim("title", WHOLE),
            ],
        ),
        ("google", ["Judul", "", "x" * 1501], [Claim("title", WHOLE), UNKNOWN, UNKNOWN]),
        (
            "kobo",
            ["sdgs", "sdgs/4", "_uuid", "_submission_time"],
            [
                Claim("sdgs", WHOLE),
                FURNITURE,
                Claim("submission_id", SENDER),
                Claim("submitted_at", SERVICE),
            ],
        ),
        ("repeat", ["Judul", "_parent_index"], [UNKNOWN, UNKNOWN]),
    ],
)
def test_a_column_gives_what_the_service_or_its_heading_says(kind, headings, claims):
    columns = table_columns(headings, kind, NAMES)
    assert [column.claim for column in columns] == claims


def test_what_a_service_knows_of_the_sender_gives_way_to_a_question_of_the_form():
    headings = ["Respondent ID", "Collector ID", "Email Address", "Judul"]
    service = plain_table_service([headings])
    columns = plain_service_columns(headings, headings, service, NAMES)
    assert [column.claim for column in columns] == [
        Claim("submission_id", SERVICE),
        FURNITURE,
        Claim("contact_email", SENDER),
        Claim("title", WHOLE),
    ]


def test_the_column_of_each_choice_gives_nothing_beside_the_column_of_all():
    found = table(
        ["judul", "sdgs", "sdgs/3", "sdgs/10", "_id", "_uuid", "_submission_time"],
        ["Antrean", "3 10", "1", "1", "7", "u", "2022-02-01T00:00:00"],
    )
    assert [column.heading for column in found.columns if column.claim.field == "sdgs"] == ["sdgs"]
    assert {column.claim.field for column in found.columns if "/" in column.heading} == {""}
