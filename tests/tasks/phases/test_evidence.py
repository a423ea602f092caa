"""What people typed in sheets and answers, matched; and what is said of what means nothing."""

import pandas as pd

from tasks.findings.frame import Found, grade_findings
from tasks.findings.wording import word_findings
from tasks.judging.sheets import delivered_sheets
from tasks.phases import evidence
from tasks.rules.competition import JudgingPhase
from tasks.words import Words
from tests.small.rows import mark_rows, records, settled_rows
from tests.small.rules import JUDGING, judging_phase, parse_rules
from tests.small.tables import folder_tables

SETTLED = settled_rows(
    "A-1 A a",
    "B-2 B a",
    "C-3 C b",
    "D-4 D b",
    "E-5 E b",
    **{
        "C-3": {"title": "Sama"},
        "D-4": {"title": "SAMA!"},
        "E-5": {"title": "Inovasi A-1", "status": "rejected"},
    },
)
PHASE: JudgingPhase = judging_phase()


def _matched(*lines: str) -> Found:
    return evidence.match_evidence(
        delivered_sheets(mark_rows(*lines)), SETTLED, "marks", PHASE, "sheet"
    )


def test_a_sheet_is_matched_by_id_or_title_and_keeps_all_its_rows() -> None:
    delivered = _matched("Juri 1;A-1;1;2", "Juri 1;inovasi b 2;3;4")

    assert records(delivered.frame, "row", "criterion", "submission_id") == [
        (2, "x", "A-1"),
        (2, "y", "A-1"),
        (3, "x", "B-2"),
        (3, "y", "B-2"),
    ]
    assert len(delivered.findings) == 0


def test_a_title_that_a_rejected_innovation_shares_means_the_accepted_one() -> None:
    assert records(_matched("Juri 1;Inovasi A-1;1;2").frame, "submission_id") == [
        ("A-1",),
        ("A-1",),
    ]


def test_a_sheet_that_means_nothing_or_two_things_is_one_finding_and_no_row() -> None:
    delivered = _matched("Juri 1;Z-9;1;2", "Juri 1;Sama;1;2", "Juri 1;;1;2")

    assert len(delivered.frame) == 0
    assert records(
        delivered.findings, "rule", "table", "phase", "source", "row", "field", "value"
    ) == [
        ("unknown_submission", "marks", "proposal", "scores/nilai.csv", 2, "submission", "Z-9"),
        ("unknown_submission", "marks", "proposal", "scores/nilai.csv", 4, "submission", None),
        ("ambiguous_submission", "marks", "proposal", "scores/nilai.csv", 3, "submission", "Sama"),
    ]


def test_a_sheet_that_nobody_signed_is_one_finding_and_no_row() -> None:
    matched = _matched("Juri 1;A-1;1;2", ";A-1;3;4")

    signed = evidence.signed_sheets(matched.frame, pd.Series({"Juri 1": "Juri 1"}), PHASE)

    assert records(signed.frame, "row", "judge") == [(2, "Juri 1"), (2, "Juri 1")]
    assert records(signed.findings, "rule", "row", "submission_id", "field") == [
        ("incomplete_sheet", 3, "A-1", "judge")
    ]


def test_assignments_of_the_phase_are_matched_and_a_category_or_all_of_it_is_no_submission() -> (
    None
):
    rows = [
        {"phase": phase, "judge": "juri 1", "submission": text}
        for phase, text in (
            ("proposal", "*"),
            ("proposal", "b"),
            ("proposal", "Inovasi B-2"),
            ("proposal", "Z"),
            ("lain", "Z"),
        )
    ]
    folder = folder_tables(assignments=rows, judges=[{"judge": "Juri 1"}])

    names = evidence.judge_names(mark_rows(), folder, PHASE)
    assigned = evidence.match_assignments(folder, names, SETTLED, parse_rules(JUDGING), PHASE)

    assert records(assigned.frame, "judge", "submission", "submission_id") == [
        ("Juri 1", "*", None),
        ("Juri 1", "b", None),
        ("Juri 1", "Inovasi B-2", "B-2"),
        ("Juri 1", "Z", None),
    ]
    assert records(assigned.findings, "rule", "table", "source", "row", "value") == [
        ("unknown_submission", "assignments", "assignments.csv", 5, "Z")
    ]


def test_a_judge_whom_no_register_has_is_one_person_in_sheets_assignments_and_conflicts() -> None:
    of = parse_rules(JUDGING + 'conflicts = [{ judge = "JURI 9", agency = "A" }]\n')
    phase = of.phase("proposal")
    assert isinstance(phase, JudgingPhase)
    folder = folder_tables(
        assignments=[{"phase": "proposal", "judge": "juri 9", "submission": "*"}]
    )

    names = evidence.judge_names(mark_rows("Juri 9;A-1;1;2"), folder, phase)

    assert names.to_dict() == {"Juri 9": "JURI 9", "juri 9": "JURI 9", "JURI 9": "JURI 9"}


def test_nothing_delivered_has_all_the_columns_that_typed_rows_have() -> None:
    nothing = evidence.no_evidence("Asia/Jakarta")

    assert len(nothing) == 0
    for typed in (mark_rows("Juri 1;A-1;1;2"),):
        common = [name for name in typed.columns if name != "phase"]
        pd.testing.assert_series_equal(nothing[common].dtypes, typed[common].dtypes)


def test_a_misspelt_title_or_id_is_offered_the_one_that_comes_clearly_nearest() -> None:
    settled = settled_rows(
        "A-1 A a",
        "B-2 B a",
        **{"A-1": {"title": "Lentera Malam"}, "B-2": {"title": "Gerobak Baca"}},
    )
    typed = delivered_sheets(mark_rows("Juri 1;Lentera Malm;1;2", "Juri 1;Kereta;1;2"))

    found = evidence.match_evidence(typed, settled, "marks", PHASE, "sheet").findings
    told = word_findings(grade_findings(found, (), {}), Words("en"))["message"]

    assert told.str.contains("perhaps A-1 (Lentera Malam) is meant", regex=False).tolist() == [
        True,
        False,
    ]


def test_each_delivered_row_is_of_the_submission_that_it_means() -> None:
    delivered = mark_rows("Juri 1;Inovasi A-1;1;2", "Juri 1;tiada;1;2", "Juri 2;a-1;;")

    ids = evidence.evidence_ids(delivered, SETTLED)

    assert records(ids, "source", "row", "submission_id") == [
        ("scores/nilai.csv", 2, "A-1"),
        ("scores/nilai.csv", 4, "A-1"),
    ]
