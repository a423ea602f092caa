"""Findings as a reader meets them."""

from reports.problems import Problem, by_submission, problem, problems, rows
from tests.reports import sample

ROW = {
    "severity": "error", "rule": "late", "message": "Terlambat. → Hubungi panitia.", "source": "submissions/a.csv",
    "row": "11",
}


def test_a_message_falls_into_what_is_wrong_and_what_to_do():
    assert problem(ROW) == Problem("error", "late", "Terlambat.", "Hubungi panitia.", "submissions/a.csv", "11")


def test_only_the_first_arrow_parts_them():
    assert problem(ROW | {"message": "Terlambat. → Tulis a → b."}).remedy == "Tulis a → b."


def test_a_message_without_a_remedy_and_a_finding_without_a_place_are_whole():
    bare = ROW | {"message": "Terlambat.", "source": "", "row": ""}
    assert problem(bare) == Problem("error", "late", "Terlambat.", remedy="", source="", row="")


def test_cells_of_the_frame_become_text():
    findings = sample.results()["findings"]
    assert [(r["source"], r["row"], r["submission_id"]) for r in rows(findings)] == [
        ("submissions/form.csv", "11", "DINSOSP3AP2KB-8DF2"), ("submissions/form.csv", "11", "DINSOSP3AP2KB-8DF2"),
        ("submissions/form.csv", "12", "KEL-BAKALANKRAJAN-3GH5"), ("submissions/form.csv", "", ""),
    ]


def test_findings_are_found_by_submission():
    found = by_submission(sample.results()["findings"])
    assert {key: [p.rule for p in value] for key, value in found.items()} == {
        "DINSOSP3AP2KB-8DF2": ["late", "missing_required"], "KEL-BAKALANKRAJAN-3GH5": ["similar_title"],
    }


def test_no_findings_are_no_problems():
    assert problems(sample.results()["findings"].iloc[:0]) == ()
