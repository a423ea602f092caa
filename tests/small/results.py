"""Results that stand in a folder, with the rules or tables that a test changes: the small city and
the office of tests/cases, and what a run published.

The city (results-city) can be checked on paper: nine rows and three identical ones; three
innovations in health, one each in education and governance, none in food; in the proposal phase
Lentera Ibu and Gerobak Sehat tie at 80.00, and significance breaks the tie. The office
(results-office) has nine agencies and twelve submissions, every phase and every outcome.
"""

from pathlib import Path

import pandas as pd

from reports.content.edition import Edition, edition
from tasks.results.results import Results

CASES = Path(__file__).parents[1] / "cases"


def read_results(folder: Path) -> Results:
    """The Results whose files the folder holds."""
    return Results.of_files({file.name: file.read_bytes() for file in folder.iterdir()})


CITY = read_results(CASES / "results-city")
OFFICE = read_results(CASES / "results-office")
OFFICE_RULES = OFFICE.rules_text


def city_results(rules: str = CITY.rules_text, **tables: pd.DataFrame) -> Results:
    """The city's Results; `tables` replace its own."""
    return Results.of(rules, {**CITY.tables, **tables})


def first_morning() -> Results:
    """The city's Results before any export: rules and register, and every phase still to come."""
    tables = {name: frame.iloc[:0] for name, frame in CITY.tables.items()}
    compliance = CITY["compliance"]
    counts = [c for c in compliance if c.startswith(("received", "accepted", "screened"))]
    status = compliance["obliged"].map({True: "none", False: "not_obliged"})
    tables["agencies"] = CITY["agencies"]
    tables["phases"] = CITY["phases"].assign(state="not_begun", entered=0, delivered=0)
    tables["compliance"] = compliance.assign(status=status, **dict.fromkeys(counts, 0))
    return city_results(**tables)


def office_results(rules: str = OFFICE_RULES, **tables: pd.DataFrame) -> Results:
    """The office's Results; `tables` replace its own."""
    return Results.of(rules, {**OFFICE.tables, **tables})


def office_edition(rules: str = OFFICE_RULES) -> Edition:
    """The office's edition."""
    return edition(office_results(rules).competition)
