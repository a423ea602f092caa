"""Why a decision can have no effect, and the finding on each."""

import pandas as pd

from tasks.registration import refused_decisions
from tests.small.rows import records

SUBMISSIONS = pd.DataFrame(
    {
        "submission_id": ["A-1", "A-1", "B-2"],
        "title": ["Lentera", "Lentera Kota", "Gerobak Baca"],
        "counts": [False, True, True],
    }
)


def _rows(*lines: str) -> pd.DataFrame:
    """Decisions from "submission;outcome;problem" lines."""
    cells = [line.split(";") for line in lines]
    rows = pd.DataFrame(cells, columns=["submission", "outcome", "problem"], dtype="str")
    return rows.assign(phase="pendaftaran", level="", table_row=range(2, len(rows) + 2))


def test_a_decision_takes_the_title_of_the_row_that_counts_else_what_was_typed():
    rows = _rows("lentera;rejected;", "Tidak Ada;rejected;")
    ids = pd.Series(["A-1", None], dtype="str")
    titled = refused_decisions.add_titles(rows, ids, SUBMISSIONS)
    assert records(titled, "submission_id", "title") == [
        ("A-1", "Lentera Kota"),
        (None, "Tidak Ada"),
    ]


def test_the_last_able_decision_of_a_key_holds_and_the_others_that_differ_contradict_it():
    rows = _rows("A;accepted;", "A;rejected;", "A;accepted;ambiguous", "A;rejected;", "B;accepted;")
    problems = refused_decisions.mark_contradicted(rows, ["submission"])
    assert problems.tolist() == ["contradicted", "", "ambiguous", "", ""]


def test_findings_stand_problem_by_problem_with_what_might_stand_there():
    rows = _rows("B;terima;outcome", "Gerobak Bacaan;rejected;submission", "A;x;ambiguous")
    rows.loc[3] = ["Xyzzy", "rejected", "submission", "pendaftaran", "", 5]
    choices = {"submission": (), "outcome": ("accepted", "rejected"), "ambiguous": ()}
    findings = refused_decisions.refusal_findings(rows, SUBMISSIONS, choices)
    cases = [(params.get("case"), params.get("choices")) for params in findings["params"]]
    assert records(findings, "rule", "row", "value") == [
        ("unknown_decision", 5, "Xyzzy"),
        ("unknown_decision", 3, "Gerobak Bacaan"),
        ("unknown_decision", 2, "B"),
        ("ambiguous_submission", 4, "A"),
    ]
    assert cases == [
        ("submission", None),
        ("submission.near", None),
        ("outcome", "accepted, rejected"),
        (None, None),
    ]
    assert findings["params"].iloc[1]["near"] == "B-2 (Gerobak Baca)"


def test_no_decision_is_no_finding():
    assert refused_decisions.unknown_decision_findings(_rows(), "submission").empty
