"""Findings: places and parameters in, one frame out; severity set once; sentences with a remedy."""

import numpy as np
import pandas as pd
import pytest

from tasks.findings.catalogue import RULES
from tasks.findings.frame import (
    FINDING_COLUMNS,
    grade_findings,
    join_findings,
    make_finding,
    make_findings,
    no_findings,
)
from tasks.words import Words

ID = Words("id")


def test_each_row_of_the_places_is_one_finding() -> None:
    places = pd.DataFrame(
        {"source": ["a.csv", "a.csv"], "row": [2, 5], "value": ["x", None], "when": ["15", "15"]}
    )
    found = make_findings("late", places, table="submissions", field="submitted_at", limit="14")
    assert found[["rule", "table", "source", "row", "field"]].to_numpy().tolist() == [
        ["late", "submissions", "a.csv", 2, "submitted_at"],
        ["late", "submissions", "a.csv", 5, "submitted_at"],
    ]
    assert found["params"].tolist() == [{"limit": "14", "when": "15"}] * 2


def test_no_places_are_no_findings() -> None:
    assert list(make_findings("late", pd.DataFrame({"source": []})).columns) == FINDING_COLUMNS
    assert join_findings([no_findings(), no_findings()]).empty


def test_a_rule_that_does_not_exist_is_a_defect() -> None:
    with pytest.raises(ValueError, match="no_such_rule"):
        make_finding("no_such_rule", source="a.csv")


def test_a_finding_without_a_parameter_of_its_sentence_is_a_defect() -> None:
    make_finding("late", source="a.csv", when="15", limit="14")
    with pytest.raises(ValueError, match="limit"):
        make_finding("late", source="a.csv", when="15")


def test_each_case_among_the_places_needs_its_own_parameters() -> None:
    places = pd.DataFrame({"value": ["x", "y"], "case": ["", "alike"]})
    make_findings("unknown_agency", places, candidates="z")
    with pytest.raises(ValueError, match="candidates"):
        make_findings("unknown_agency", places)


@pytest.mark.parametrize("case", ["no_such_case", np.nan])
def test_a_case_that_the_rule_does_not_have_is_a_defect(case: object) -> None:
    with pytest.raises(ValueError, match="unknown_agency"):
        make_finding("unknown_agency", value="x", case=case)


@pytest.mark.parametrize(
    ("rule", "field", "overrides", "expected"),
    [
        ("too_long", "summary", {}, ["error"]),
        ("too_long", "novelty", {}, ["warning"]),  # required does not name it
        ("too_long", "novelty", {"too_long": "error"}, ["error"]),  # [rules] wins over required
        ("too_long", "summary", {"too_long": "warning"}, ["warning"]),
        ("too_long", "summary", {"too_long": "off"}, []),
        ("unknown_agency", "agency", {}, ["error"]),
        ("unknown_category", "category", {}, ["error"]),  # always an error, whatever required names
        ("overlap", None, {}, ["warning"]),
        ("overlap", None, {"overlap": "error"}, ["error"]),
        ("correction_failed", "title", {}, ["critical"]),
    ],
)
def test_severity_follows_the_rule_the_field_and_the_settings(
    rule, field, overrides, expected
) -> None:
    params = dict.fromkeys(RULES[rule].params, "x")
    found = make_finding(rule, **params | {"source": "a.csv", "row": 2, "field": field})
    assert grade_findings(found, ("title", "summary"), overrides)["severity"].tolist() == expected


def test_a_severity_that_is_set_stays() -> None:
    found = make_finding("conflict_of_interest", source="a.csv", severity="warning")
    assert grade_findings(found, (), {})["severity"].tolist() == ["warning"]
