"""The order of phases, their times and the time zone."""

import re
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.rules.checks.phases import competition_zone
from tests.small.whole_rules import WHOLE, rule_problems


@pytest.mark.parametrize(
    ("name", "zone", "mistakes"),
    [
        ("Asia/Makassar", "Asia/Makassar", 0),
        ("UTC", "UTC", 0),
        ("Asia", "UTC", 1),
        ("", "UTC", 1),
        ("Asia/", "UTC", 1),
        ("Factory", "UTC", 1),
        ("/etc/localtime", "UTC", 1),
        ("Asia/Jakarta\0", "UTC", 1),
    ],
)
def test_a_zone_is_one_that_means_the_same_on_every_machine(
    name: str, zone: str, mistakes: int
) -> None:
    found = competition_zone({"timezone": name})
    assert (found[0], len(found[1])) == (ZoneInfo(zone), mistakes)


def test_a_zone_of_a_wrong_type_is_the_models_to_tell() -> None:
    assert competition_zone({"timezone": 7}) == (ZoneInfo("UTC"), [])
    assert competition_zone({}) == (ZoneInfo("UTC"), [])


@given(st.permutations(range(5)))
def test_phases_close_in_order_or_each_that_does_not_is_told(days: list[int]) -> None:
    lines = iter([f"closes = 2022-06-{day + 1:02}T00:00:00" for day in days])
    text = re.sub(r"closes = [\dT:-]+", lambda _: next(lines), WHOLE)
    codes = ["pendaftaran", "administrasi", "proposal", "presentasi", "nominasi"]
    early = [
        f"phases[{code}].closes" for n, code in enumerate(codes) if n and days[n] <= days[n - 1]
    ]
    assert [place for place, message in rule_problems(text) if message == "closes_early"] == early
