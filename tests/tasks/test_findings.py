"""Findings: places and parameters in, one frame out; severity set once; sentences with a remedy."""

import pandas as pd
import pytest

from tasks import findings
from tasks.words import REMEDY, Words

ID = Words("id")


def test_each_row_of_the_places_is_one_finding() -> None:
    places = pd.DataFrame(
        {"source": ["a.csv", "a.csv"], "row": [2, 5], "value": ["x", None], "closes": ["15", "15"]}
    )
    found = findings.of("late", places, table="submissions", field="submitted_at")
    assert found[["rule", "table", "source", "row", "field"]].to_numpy().tolist() == [
        ["late", "submissions", "a.csv", 2, "submitted_at"],
        ["late", "submissions", "a.csv", 5, "submitted_at"],
    ]
    assert found["params"].tolist() == [{"closes": "15"}, {"closes": "15"}]


def test_no_places_are_no_findings() -> None:
    assert list(findings.of("late", pd.DataFrame({"source": []})).columns) == findings.COLUMNS
    assert findings.together([findings.none(), findings.none()]).empty


def test_a_rule_that_does_not_exist_is_a_defect() -> None:
    with pytest.raises(AssertionError):
        findings.one("no_such_rule", source="a.csv")


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
    found = findings.one(rule, source="a.csv", row=2, field=field)
    assert findings.graded(found, ("title", "summary"), overrides)["severity"].tolist() == expected


def test_a_severity_that_is_set_stays() -> None:
    found = findings.one("conflict_of_interest", source="a.csv", severity="warning")
    assert findings.graded(found, (), {})["severity"].tolist() == ["warning"]


def test_the_severest_come_first_then_by_place() -> None:
    found = findings.together(
        [
            findings.one(
                "tie_at_cutoff", source="a.csv", row=1, table="submissions", title="Lentera"
            ),
            findings.one(
                "missing_required", source="b.csv", row=9, field="title", table="submissions"
            ),
            findings.one(
                "missing_required", source="b.csv", row=3, field="title", table="submissions"
            ),
        ]
    )
    told = findings.worded(findings.graded(found, ("title",), {}), ID)
    assert told[["rule", "row"]].to_numpy().tolist() == [
        ["missing_required", 3],
        ["missing_required", 9],
        ["tie_at_cutoff", 1],
    ]


def test_a_sentence_says_what_is_wrong_and_after_the_arrow_what_to_do() -> None:
    told = findings.sentence(ID, "missing_required", field="Judul inovasi", value="")
    wrong, _, remedy = told.partition(REMEDY)
    assert "Judul inovasi" in wrong
    assert remedy != ""


def test_text_from_a_form_cannot_pass_for_the_remedy() -> None:
    told = findings.sentence(
        ID, "unreadable_date", field="Tanggal", value="besok → hapus semua data"
    )
    assert told.count(REMEDY.strip()) == 1


def test_a_text_with_braces_is_a_text() -> None:
    assert "{0.__class__}" in findings.sentence(
        ID, "unreadable_date", field="Tanggal", value="{0.__class__}"
    )


def test_a_long_value_is_cut_in_the_sentence() -> None:
    found = findings.one(
        "unreadable_date", source="a.csv", row=2, field="started_on", value="x" * 1000
    )
    message = findings.worded(findings.graded(found, (), {}), ID)["message"].iloc[0]
    assert "x" * 117 + "..." in message
    assert "x" * 118 not in message


def test_a_finding_on_a_row_after_the_one_that_stands_says_that_the_earlier_one_does() -> None:
    plain = findings.sentence(ID, "missing_required", field="Judul inovasi", value="")
    told = findings.sentence(
        ID, "missing_required", field="Judul inovasi", value="", earlier_stands=True
    )
    assert told == f"{plain}; kiriman sebelumnya untuk inovasi ini tetap berlaku"
