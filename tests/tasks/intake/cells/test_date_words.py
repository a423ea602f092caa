"""The words in dates: what stands for which month, half of the day and zone."""

import pytest

from tasks.intake.cells.date_words import HALF_DAY_MARKERS, MONTHS, WEEKDAYS, ZONE_OFFSETS


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("januari", 1),
        ("peb", 2),
        ("märz", 3),
        ("mei", 5),
        ("agt", 8),
        ("nopember", 11),
        ("des", 12),
    ],
)
def test_a_month_has_its_number_in_every_spelling(word, number):
    assert MONTHS[word] == number


def test_every_month_has_words_and_no_weekday_is_a_month():
    assert sorted(set(MONTHS.values())) == list(range(1, 13))
    assert set(MONTHS) & set(WEEKDAYS) == {"mar"} & set(WEEKDAYS)


def test_halves_of_the_day_stand_longest_first():
    lengths = [len(word) for word in HALF_DAY_MARKERS]
    assert lengths == sorted(lengths, reverse=True)
    assert (HALF_DAY_MARKERS["pagi"], HALF_DAY_MARKERS["sore"]) == ("am", "pm")
    assert set(HALF_DAY_MARKERS.values()) == {"am", "pm"}


def test_zones_are_minutes_ahead_of_utc():
    zones = ("wib", "wita", "wit", "utc", "est")
    assert [ZONE_OFFSETS[zone] for zone in zones] == [420, 480, 540, 0, -300]
    assert {"cst", "ist"} & set(ZONE_OFFSETS) == set()  # each names several zones
