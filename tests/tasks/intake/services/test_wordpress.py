"""Exports of WordPress's forms: what their own columns give, and how they are known."""

import pytest

from tasks.intake.services.registry import plain_table_service
from tasks.intake.services.wordpress import ELEMENTOR, GRAVITY_FORMS
from tests.tasks.intake.services.exported import HEAD, LAPOR, SENT, of, table

GRAVITY_OWN = ["Entry Id", "Entry Date", "Source Url", "User Agent"]
ELEMENTOR_OWN = ["Submission ID", "Created At", "User IP", "User Agent"]


@pytest.mark.parametrize(
    ("own", "service"), [(GRAVITY_OWN, GRAVITY_FORMS), (ELEMENTOR_OWN, ELEMENTOR)]
)
def test_each_form_of_wordpress_is_known_by_its_own_columns(own, service):
    assert plain_table_service([[*HEAD, *own], ["x"] * 7]) == service


@pytest.mark.parametrize("own", [GRAVITY_OWN, ELEMENTOR_OWN])
def test_their_own_columns_give_the_number_and_the_time(own):
    frame, findings = table([[*HEAD, *own], [*LAPOR, "41", SENT, "x", "Mozilla"]])
    assert of(frame, "kind", "response_id", "submitted_at") == [
        ["plain", "41", "2022-02-01T01:15:03+07:00"]
    ]
    assert findings["rule"].tolist() == []
