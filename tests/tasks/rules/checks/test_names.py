"""Codes and names that two entries of a list would share."""

import tomllib
from decimal import Decimal

import pytest

from tasks.rules.checks.consistency import find_mistakes
from tests.small.whole_rules import WHOLE

PLAIN = tomllib.loads(WHOLE, parse_float=Decimal)


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


@pytest.mark.parametrize("code", ["a", "ab"])
def test_a_code_that_two_entries_have_is_told_however_short_it_is(code: str) -> None:
    categories = tomllib.loads(f"list = [{{ code = '{code}' }}, {{ code = '{code}' }}]")["list"]

    (mistake,) = find_mistakes({"categories": categories})

    assert (mistake.path, mistake.message) == (("categories", 1, "code"), "duplicate_code")
