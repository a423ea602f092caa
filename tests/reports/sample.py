"""The office of tests/cases/results-office: nine agencies, twelve submissions, every phase, every
outcome.
"""

from pathlib import Path

import pandas as pd

from reports.content.edition import Edition, edition
from tasks.results.results import Results
from tests.published_data import read_results

_KEPT = read_results(Path(__file__).parents[1] / "cases" / "results-office")
RULES = _KEPT.rules_text


def results(rules: str = RULES, **tables: pd.DataFrame) -> Results:
    """The sample's Results; `tables` replace its own."""
    return Results.of(rules, {**_KEPT.tables, **tables})


def office(rules: str = RULES) -> Edition:
    """The sample's edition."""
    return edition(results(rules).competition)
