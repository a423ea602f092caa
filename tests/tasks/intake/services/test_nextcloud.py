"""Nextcloud Forms' exports: what its own columns give, and how it is known."""

from tasks.intake.services.nextcloud import NEXTCLOUD
from tasks.intake.services.registry import plain_table_service
from tests.tasks.intake.services.exported import HEAD, LAPOR, of, table

OWN = ["User ID", "User display name", "Timestamp"]


def test_nextcloud_is_known_by_the_user_beside_the_moment():
    assert plain_table_service([[*OWN, *HEAD], ["x"] * 6]) == NEXTCLOUD


def test_its_own_columns_give_the_time_and_the_sender():
    cells = ["sri", "Sri Wahyuni", "2022-02-01T08:15:03+07:00"]
    frame, findings = table([[*OWN, *HEAD], [*cells, *LAPOR]])
    assert of(frame, "kind", "submitted_at", "contact_name", "title") == [
        ["plain", "2022-02-01T08:15:03+07:00", "Sri Wahyuni", LAPOR[0]]
    ]
    assert findings["rule"].tolist() == []
