from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from flows.messages import moment
from tasks.errors import CallError

ZONE = ZoneInfo("Asia/Jakarta")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2022-05-15", "2022-05-15T23:59:59+07:00"),
        ("2022-05-15T13:00", "2022-05-15T13:00:00+07:00"),
        ("2022-05-15 13:00:30", "2022-05-15T13:00:30+07:00"),
        ("2022-05-15T13:00:00+00:00", "2022-05-15T20:00:00+07:00"),
        ("2022-05-15T13:00:00Z", "2022-05-15T20:00:00+07:00"),
        ("2022-05-15T13:00:00.75", "2022-05-15T13:00:00+07:00"),
        (" 2022-05-15 ", "2022-05-15T23:59:59+07:00"),
    ],
)
def test_a_date_alone_is_its_end_and_a_time_without_offset_is_local(typed, meant):
    assert moment.read_moment(typed, ZONE).isoformat() == meant


@pytest.mark.parametrize("typed", ["besok", "15/05/2022", "2022-02-30", "", "2022-05-15T25:00"])
def test_what_is_no_time_is_refused_with_what_was_typed(typed):
    with pytest.raises(CallError) as told:
        moment.read_moment(typed, ZONE)
    assert (told.value.problems[0].message, told.value.problems[0].params) == (
        "flows.not_a_time",
        {"text": typed},
    )


def test_now_is_this_moment_to_the_second_in_the_competitions_zone():
    now = moment.current_moment(ZONE)
    assert (now.tzinfo, now.microsecond) == (ZONE, 0)
    assert abs((datetime.now(UTC) - now).total_seconds()) < 5
