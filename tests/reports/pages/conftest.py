"""What the page tests read: the small city of tests/small/results.py."""

from collections.abc import Callable

import pytest

from tasks.results.results import Results
from tests.small.results import city_results, first_morning


@pytest.fixture
def city() -> Callable[..., Results]:
    """The small city; `city(rules=..., rankings=...)` with other rules or other tables."""
    return city_results


@pytest.fixture
def fresh() -> Results:
    """The same city on the first morning: no export, every phase still to come."""
    return first_morning()
