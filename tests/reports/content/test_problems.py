"""Findings as a reader meets them."""

import pytest

from reports.content.problems import (
    Problem,
    add_subjects,
    findings_by_rule,
    make_problem,
    make_problems,
    problems_by_submission,
    text_rows,
)
from tasks.findings.catalogue import RULES
from tests.small.results import office_results

ROW = {
    "severity": "error",
    "rule": "late",
    "message": "Terlambat. → Hubungi panitia.",
    "source": "submissions/a.csv",
    "row": "11",
}


def test_a_message_falls_into_what_is_wrong_and_what_to_do():
    assert make_problem(ROW) == Problem(
        "error", "late", "Terlambat.", "Hubungi panitia.", "submissions/a.csv", "11"
    )


def test_only_the_first_arrow_parts_them():
    assert make_problem(ROW | {"message": "Terlambat. → Tulis a → b."}).remedy == "Tulis a → b."


def test_a_message_without_a_remedy_and_a_finding_without_a_place_are_whole():
    bare = ROW | {"message": "Terlambat.", "source": "", "row": ""}
    assert make_problem(bare) == Problem(
        "error", "late", "Terlambat.", remedy="", source="", row=""
    )


def test_cells_of_the_frame_become_text():
    findings = office_results()["findings"]
    assert [(r["source"], r["row"], r["submission_id"]) for r in text_rows(findings)] == [
        ("submissions/form.csv", "11", "DINSOSP3AP2KB-8DF2"),
        ("submissions/form.csv", "11", "DINSOSP3AP2KB-8DF2"),
        ("submissions/form.csv", "12", "KEL-BAKALANKRAJAN-3GH5"),
        ("submissions/form.csv", "", ""),
    ]


def test_findings_are_found_by_submission():
    found = problems_by_submission(office_results()["findings"])
    assert {key: [p.rule for p in value] for key, value in found.items()} == {
        "DINSOSP3AP2KB-8DF2": ["late", "missing_required"],
        "KEL-BAKALANKRAJAN-3GH5": ["similar_title"],
    }


def test_no_findings_are_no_problems():
    assert make_problems(office_results()["findings"].iloc[:0]) == ()


ROWS = [
    {
        "source": "a.csv",
        "row": "2",
        "submission_id": "A-1",
        "title": "LENTERA",
        "status": "rejected",
        "ranked_status": "rejected",
    },
    {
        "source": "a.csv",
        "row": "3",
        "submission_id": "A-2",
        "title": "SUMUR",
        "status": "accepted",
        "ranked_status": "rejected",
    },
    {
        "source": "a.csv",
        "row": "4",
        "submission_id": "A-1",
        "title": "LENTERA",
        "status": "superseded",
        "ranked_status": "superseded",
    },
]


@pytest.mark.parametrize(
    ("place", "about", "decided"),
    [
        (("a.csv", "2", ""), "LENTERA", ""),
        (("a.csv", "3", ""), "SUMUR", "accepted"),
        (("a.csv", "4", ""), "LENTERA", "superseded"),
        (("marks.csv", "2", "A-2"), "SUMUR", "accepted"),
        (("marks.csv", "9", ""), "", ""),
    ],
)
def test_a_finding_is_told_with_its_innovation_and_whether_that_is_settled(place, about, decided):
    row = dict(zip(("source", "row", "submission_id"), place, strict=True))
    assert add_subjects([row], ROWS) == [{**row, "about": about, "decided": decided}]


def test_a_title_that_the_message_has_is_not_said_again():
    row = {"severity": "error", "rule": "late", "source": "a.csv", "row": "2", "about": "LENTERA"}
    assert make_problem({**row, "message": 'Juri 1: "LENTERA" → Tanya'}).about == ""
    assert make_problem({**row, "message": "Terlambat → Tanya"}).about == "LENTERA"


def test_every_rule_has_its_place_in_the_order_in_which_findings_are_told():
    rows = [{"severity": "error", "rule": rule} for rule in reversed(RULES)]
    assert {rule for _, rule, _ in findings_by_rule(rows)} == set(RULES)
