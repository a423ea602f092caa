"""Services whose exports are plain tables are known by their own columns, and these give what they
give.
"""

import pytest

from tasks.intake import submissions
from tasks.intake.services import registry
from tests.small.exports import csv_bytes, raw
from tests.small.rules import INTAKE_RULES

MONKEY = [
    "Respondent ID",
    "Collector ID",
    "Start Date",
    "End Date",
    "IP Address",
    "Email Address",
    "Judul inovasi",
]


def own_fields(rows: list[list[str]]) -> dict[str, str]:
    """The fields of the own columns of a plain table, by their headings."""
    service = registry.plain_table_service(rows)
    return {rows[0][at]: field for at, field in service.own_fields(rows[0]).items()}


@pytest.mark.parametrize(
    ("headings", "own"),
    [
        (
            MONKEY,
            {
                "Respondent ID": "submission_id",
                "Collector ID": "",
                "Start Date": "",
                "End Date": "submitted_at",
                "IP Address": "",
                "Email Address": "contact_email",
            },
        ),
        (
            [
                "RespondentID",
                "CollectorID",
                "StartDate",
                "EndDate",
                "IP_Address",
                "Email Address",
                "LastName",
                "Judul",
            ],
            {
                "RespondentID": "submission_id",
                "CollectorID": "",
                "StartDate": "",
                "EndDate": "submitted_at",
                "IP_Address": "",
                "Email Address": "contact_email",
                "LastName": "",
            },
        ),
        (
            ["#", "Judul", "Start Date (UTC)", "Submit Date (UTC)", "Network ID"],
            {
                "#": "submission_id",
                "Start Date (UTC)": "",
                "Submit Date (UTC)": "submitted_at",
                "Network ID": "",
            },
        ),
        (
            ["Submission Date", "Judul", "Submission IP", "Submission ID"],
            {
                "Submission Date": "submitted_at",
                "Submission IP": "",
                "Submission ID": "submission_id",
            },
        ),
        (
            ["Judul", "Entry Id", "Entry Date", "Source Url", "User IP"],
            {
                "Entry Id": "submission_id",
                "Entry Date": "submitted_at",
                "Source Url": "",
                "User IP": "",
            },
        ),
        (
            [
                "Judul",
                "Form Name (ID)",
                "Submission ID",
                "Created At",
                "User Agent",
                "User IP",
                "Referrer",
            ],
            {
                "Form Name (ID)": "",
                "Submission ID": "submission_id",
                "Created At": "submitted_at",
                "User Agent": "",
                "User IP": "",
                "Referrer": "",
            },
        ),
        (
            ["User ID", "User display name", "Timestamp", "Judul"],
            {"User ID": "", "User display name": "contact_name", "Timestamp": "submitted_at"},
        ),
        (["Added Time", "IP Address", "Judul"], {"Added Time": "submitted_at", "IP Address": ""}),
    ],
)
def test_a_services_own_columns_are_known_and_its_start_is_no_innovations(headings, own):
    assert own_fields([headings]) == own


@pytest.mark.parametrize(
    "headings",
    [
        ["Judul", "Instansi"],
        ["Submission ID", "Submission Date", "Judul"],
        ["Entry Id", "Judul"],
        [],
        ["ID", "Status"],
    ],
)
def test_a_table_that_no_service_made_is_headed_as_it_stands(headings):
    assert registry.plain_table_service([headings]) is None


def test_the_settings_say_otherwise_than_a_service():
    table = [MONKEY, ["118", "4", "03/01/2022 08:00", "03/14/2022 08:00", "", "", "Antrean"]]
    settings = {"Start Date": "started_on"}
    rules = INTAKE_RULES.model_copy(
        update={"forms": INTAKE_RULES.forms.model_copy(update={"submissions": settings})}
    )
    rows = submissions.read_submissions([raw("submissions/a.csv", csv_bytes(table))], rules).rows
    assert rows[["started_on", "title"]].values.tolist() == [["03/01/2022 08:00", "Antrean"]]
