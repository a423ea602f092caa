"""Typeform's exports: what its own columns give, and how it is known."""

from tasks.intake.services.registry import plain_table_service
from tasks.intake.services.typeform import TYPEFORM
from tests.tasks.intake.services.exported import HEAD, LAPOR, SENT, SENT_HERE, of, table

OWN = ["Start Date (UTC)", "Submit Date (UTC)", "Network ID"]


def test_typeform_is_known_by_its_moments_in_utc():
    assert plain_table_service([["#", *HEAD, *OWN], ["x"] * 7]) == TYPEFORM


def test_its_own_columns_give_the_number_and_the_time_in_utc():
    rows = [["#", *HEAD, *OWN], ["7f", *LAPOR, SENT, SENT, "n1"]]
    frame, findings = table(rows)
    assert of(frame, "kind", "response_id", "submitted_at") == [["plain", "7f", SENT_HERE]]
    assert findings["rule"].tolist() == []
