"""Zoho Forms' exports: what its own columns give, and how it is known."""

from tasks.intake.services.registry import plain_table_service
from tasks.intake.services.zoho import ZOHO
from tests.tasks.intake.services.exported import HEAD, LAPOR, SENT, of, table

OWN = ["Added Time", "IP Address", "Task Owner"]


def test_zoho_is_known_by_the_moment_of_adding_beside_the_address():
    assert plain_table_service([[*HEAD, *OWN], ["x"] * 6]) == ZOHO


def test_its_own_columns_give_the_time():
    frame, findings = table([[*HEAD, *OWN], [*LAPOR, SENT, "10.0.0.1", "Sri"]])
    assert of(frame, "kind", "submitted_at", "title") == [
        ["plain", "2022-02-01T01:15:03+07:00", LAPOR[0]]
    ]
    assert findings["rule"].tolist() == []
