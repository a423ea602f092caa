"""Jotform's exports: what its own columns give, and how it is known."""

import pytest

from tasks.intake.services.jotform import JOTFORM
from tasks.intake.services.registry import plain_table_service
from tests.tasks.intake.services.exported import HEAD, LAPOR, SENT, of, table


@pytest.mark.parametrize("beside", ["Submission IP", "Last Update Date", "Submission Status"])
def test_jotform_is_known_by_its_date_beside_another_column_of_its_own(beside):
    headings = ["Submission Date", *HEAD, beside]
    assert plain_table_service([headings, ["x"] * 5]) == JOTFORM


def test_its_own_columns_give_the_time_and_the_number():
    own = ["Submission Date", "Submission ID", "Submission IP", "Flow Status"]
    frame, findings = table([[*own, *HEAD], [SENT, "77", "10.0.0.1", "Done", *LAPOR]])
    assert of(frame, "kind", "response_id", "submitted_at", "title") == [
        ["plain", "77", "2022-02-01T01:15:03+07:00", LAPOR[0]]
    ]
    assert findings["rule"].tolist() == []
