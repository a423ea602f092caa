"""What several keys show together: bounds that are still right, and that no check needs what
another one refused.
"""

import tomllib
from decimal import Decimal

import pytest

from tasks.rules.checks.consistency import find_mistakes
from tests.small.whole_rules import WHOLE, rule_problems

AGAIN = """
[[phases]]
code = "nasional_lagi"
kind = "nomination"
closes = 2022-05-30T00:00:00
levels = [{ code = "nasional", quota = 1 }]
"""
RIGHT = [  # changes of the example that are still right
    ("opens = 2022-02-01T00:00:00\n", ""),
    ("closes = 2022-03-22T23:59:59", "opens = 2022-02-15T00:00:00\ncloses = 2022-03-22T23:59:59"),
    ("closes = 2022-03-22T23:59:59", "closes = 2022-03-16T00:00:00"),
    ("proposal = 0.3", "proposal = 0.999999999"),
    ("minimum_score = 60", "minimum_score = 0"),
    ("minimum_score = 60", "minimum_score = 100"),
    ("advance = { per_list = 3, minimum_score = 60 }", "advance = { minimum_score = 60 }"),
    ("weight = 30 }, {", "weight = 0 }, {"),
    ("summary = [0, 200]", "summary = [200, 200]"),
    ('final = ["pendaftaran"]', 'final = ["pendaftaran", "nominasi"]'),
    ('rank_within = ["category"]', 'rank_within = ["category", "group", "agency_type"]'),
    ('rank_within = ["category"]', "rank_within = []"),
    ("[documents.minutes-proposal]", "[documents.reminder-DINKES]"),
    ("[documents.minutes-proposal]", "[documents.minutes]"),
    ("[forms.scores.proposal]", '[forms.scores.proposal]\nNilai = "signifikansi"\nJuri = "judge"'),
    (
        "[forms.screening.administrasi]",
        '[forms.screening.administrasi]\nSurat = "surat_pernyataan"',
    ),
    ('aliases = ["Bidang Kesehatan"]', 'aliases = ["Kesehatan", "KESEHATAN", "kesehatan!"]'),
    ("[forms]\n", AGAIN + "\n[forms]\n"),
    *(
        ('"0 1 * * *"', f'"{cron}"')
        for cron in ("*/5 * * * *", "0 1 * * MON-FRI", "0 1 1,15 JAN *", "0-30 1 * * 0")
    ),
    *(
        ("[schedule]", f'[storage]\ninbox = "{place}"\n[schedule]')
        for place in (
            "../inbox",
            "/srv/kipp/inbox",
            "s3://wadah/inbox",
            "https://example.org/d/e/1/pub?output=csv",
            "file:///srv/kipp",
            "memory://kipp",
            "https://docs.google.com/spreadsheets/d/e/1/pub?gid=0&single=true&output=csv&authuser=0",
            "sftp://bagian-organisasi@host/inbox",
        )
    ),
]
PLAIN = tomllib.loads(WHOLE, parse_float=Decimal)


@pytest.mark.parametrize(("old", "new"), RIGHT)
def test_what_makes_sense_is_no_mistake(old: str, new: str) -> None:
    assert old in WHOLE
    assert rule_problems(WHOLE.replace(old, new, 1)) == []


@pytest.mark.parametrize(
    "tree",
    [
        {},
        {"phases": []},
        {"phases": [None, {}]},
        {"phases": [{"kind": "judging"}]},
        {"phases": [{"kind": "judging", "scale": [0, None], "criteria": [None]}]},
    ],
)
def test_what_is_not_there_is_not_checked(tree: dict[str, object]) -> None:
    assert {mistake.message for mistake in find_mistakes(tree)} <= {"registration_first"}


def test_the_settings_that_the_checks_name_are_the_keys_of_the_example() -> None:
    assert find_mistakes(PLAIN) == []
