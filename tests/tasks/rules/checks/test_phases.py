"""What several keys show together: bounds that are still right, and that no check needs what
another one refused.
"""

import re
import tomllib
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.rules.checks.phases import competition_zone, find_mistakes
from tests.tasks.rulebook import WHOLE, problems

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
    assert problems(WHOLE.replace(old, new, 1)) == []


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


@given(
    st.lists(
        st.decimals(min_value=Decimal("-0.5"), max_value=Decimal("1.5"), places=2),
        min_size=1,
        max_size=4,
    )
)
def test_shares_are_right_when_each_is_above_zero_and_all_are_below_one(
    shares: list[Decimal],
) -> None:
    phases = [{"code": f"p{n}", "kind": "judging", "scale": [0, 100]} for n in range(len(shares))]
    carry = {f"p{n}": share for n, share in enumerate(shares)}
    tree = {
        "phases": [*phases, {"code": "last", "kind": "judging", "scale": [0, 100], "carry": carry}]
    }
    told = [m for m in find_mistakes(tree) if "carry" in m.path]
    assert (told == []) == (all(share > 0 for share in shares) and sum(shares) < 1)


@given(st.permutations(range(5)))
def test_phases_close_in_order_or_each_that_does_not_is_told(days: list[int]) -> None:
    lines = iter([f"closes = 2022-06-{day + 1:02}T00:00:00" for day in days])
    text = re.sub(r"closes = [\dT:-]+", lambda _: next(lines), WHOLE)
    codes = ["pendaftaran", "administrasi", "proposal", "presentasi", "nominasi"]
    early = [
        f"phases[{code}].closes" for n, code in enumerate(codes) if n and days[n] <= days[n - 1]
    ]
    assert [place for place, message in problems(text) if message == "closes_early"] == early


@pytest.mark.parametrize(
    "other", ["kesehatan", "KESEHATAN", "Health", "bidang kesehatan", "Bidang-Kesehatan"]
)
@pytest.mark.parametrize("key", ["code", "name", "alias"])
def test_no_text_may_mean_two_categories(other: str, key: str) -> None:
    second = {
        "code": {"code": other.replace(" ", "_")},
        "name": {"code": "b", "name": {"id": other}},
        "alias": {"code": "b", "aliases": [other]},
    }[key]
    (told,) = find_mistakes({"categories": [*PLAIN["categories"], second]})
    assert told.message in ("duplicate_code", "shared_name")


def test_the_settings_that_the_checks_name_are_the_keys_of_the_example() -> None:
    assert find_mistakes(PLAIN) == []
