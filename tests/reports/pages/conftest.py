"""The small city of tests/cases/results-city, whose every number can be checked on paper: what the
page tests read.

Nine rows and three identical ones; three innovations in health, one each in education and
governance, none in food. In the proposal phase Lentera Ibu and Gerobak Sehat tie at 80.00, and
significance breaks the tie.
"""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from tasks.results.results import Results
from tests.published_data import read_results

KEPT = read_results(Path(__file__).parents[2] / "cases" / "results-city")


@pytest.fixture
def city() -> Callable[..., Results]:
    """The small city; `city(rules=..., rankings=...)` with other rules or other tables."""

    def make(rules: str = KEPT.rules_text, **tables: pd.DataFrame) -> Results:
        return Results.of(rules, {**KEPT.tables, **tables})

    return make


@pytest.fixture
def fresh(city: Callable[..., Results]) -> Results:
    """The same city on the first morning: rules and register, no export, every phase still to
    come.
    """
    phases = KEPT["phases"].assign(state="not_begun", entered=0, delivered=0)
    known = ("agencies", "phases", "compliance")
    empty = {name: frame.iloc[:0] for name, frame in KEPT.tables.items() if name not in known}
    complied = KEPT["compliance"]
    counts = [c for c in complied.columns if c.startswith(("received", "accepted", "screened"))]
    status = complied["obliged"].map({True: "none", False: "not_obliged"})
    nobody = complied.assign(status=status, **dict.fromkeys(counts, 0))
    return city(**empty | {"phases": phases, "compliance": nobody})
