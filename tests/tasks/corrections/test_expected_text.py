"""Whether a cell says what a correction expects, however both are written."""

import pytest

from tasks.corrections.expected_text import says_expected


@pytest.mark.parametrize(
    ("cell", "expected", "field", "is_said"),
    [
        ("a  b\nc", "a b c", "summary", True),
        ("Kesehatan", "kesehatan", "category", False),
        ("15/03/2022", "2022-03-15", "started_on", True),
        ("15 Maret 2022", "15/3/2022", "started_on", True),
        ("15/03/2022", "2022-03-16", "started_on", False),
        ("15/03/2022 10:00:00", "2022-03-15", "submitted_at", True),
        ("15/03/2022 10:00:00", "2022-03-15 11:00", "submitted_at", False),
        (
            "2022-03-15 10:00:30",
            "15/03/2022 10:00",
            "submitted_at",
            True,
        ),  # as a spreadsheet shows it
        ("2022-03-15 10:00:30", "15/03/2022 10.00.31", "submitted_at", False),
        ("2022-03-15 10:01:30", "15/03/2022 10:00", "submitted_at", False),
        ("2022-03-15", "15/03/2022 00:00", "submitted_at", True),
        (
            "2022-03-15 10:00:30",
            "2022-03-15T10:00:30+07:00",
            "submitted_at",
            True,
        ),  # as submissions.csv has it
        (
            "2022-03-15T03:00:30",
            "2022-03-15T10:00:30+07:00",
            "submitted_at",
            True,
        ),  # a service's UTC
        ("2022-03-14T23:00:30Z", "2022-03-15T06:00:30+07:00", "submitted_at", True),
        ("2022-03-15T10:00:30Z", "2022-03-15T10:00:30+07:00", "submitted_at", False),
        ("04/03/2022 10:00:00", "2022-03-04 10:00", "submitted_at", True),
        ("31/31/2022", "2022-03-31", "submitted_at", False),
        ("kapan", "2022-03-31", "submitted_at", False),
        ("<p>Satu</p> &amp; dua", "Satu & dua", "title", True),  # as pages show it
        ("<p>Satu</p>", "<p>Satu</p>", "title", True),
        ("=1+1", "'=1+1", "title", True),  # as data/*.csv have it
        ("'Aisyiyah", "'Aisyiyah", "title", True),
        ("<br>", "", "title", True),
        ("15/03/2022", "2022-03-15", "title", False),
        ("87,5", "87.50", "x", True),
        ("87,5", "87", "x", False),
        ("x", None, "x", False),
        (None, "x", "x", False),
        (None, None, "x", True),
    ],
)
def test_a_cell_says_what_is_expected_but_for_white_space_and_ways_of_writing(
    cell: str | None, expected: str | None, field: str, is_said: bool
) -> None:
    assert says_expected(cell, expected, field) is is_said
