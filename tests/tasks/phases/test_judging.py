"""One judging phase as tables: every mark, every sheet, equals and cuts, and their order."""

import pandas as pd
import pytest

from tasks.phases import fold
from tests.small.rows import mark_rows, records, settled_rows
from tests.small.rules import JUDGING, moment, parse_rules
from tests.small.tables import folder_tables

SETTLED = settled_rows(
    "A-1 X b",
    "A-2 Y a",
    "A-3 X a",
    "A-4 Y b",
    "A-5 X a",
    **{
        "A-1": {"group": "replikasi"},
        "A-2": {"group": "umum"},
        "A-3": {"group": "replikasi"},
        "A-4": {"group": "umum"},
        "A-5": {"group": "umum"},
    },
)
REGISTER = [
    {"agency_code": "X", "agency": "Badan X", "type": "dinas"},
    {"agency_code": "Y", "agency": "Badan Y", "type": "badan"},
]


def _tables(marked: pd.DataFrame, text: str = "") -> dict[str, pd.DataFrame]:
    results = fold.fold_phases(
        parse_rules(JUDGING + text),
        moment("2022-06-01"),
        SETTLED,
        {"proposal": marked},
        folder_tables(agencies=REGISTER),
    )
    return fold.phase_tables(results)


MARKED = mark_rows("Juri 1;A-1;80;80", "Juri 1;A-2;60;60", "Juri 1;A-3;90;90", "Juri 1;A-5;60;60")


@pytest.mark.parametrize(
    ("within", "order"),
    [
        ('["category"]', ["A-3", "A-2", "A-5", "A-1", "A-4"]),
        ('["group", "category"]', ["A-2", "A-5", "A-4", "A-3", "A-1"]),
        ('["agency_type"]', ["A-2", "A-4", "A-3", "A-1", "A-5"]),
        ("[]", ["A-3", "A-1", "A-2", "A-5", "A-4"]),
    ],
)
def test_rankings_stand_by_list_in_the_order_of_the_rules_then_rank_title_and_id(
    within: str, order: list[str]
) -> None:
    assert (
        _tables(MARKED, f"rank_within = {within}\n")["rankings"]["submission_id"].tolist() == order
    )


def test_marks_has_every_mark_read_as_it_was_written_with_what_left_it_out() -> None:
    marked = mark_rows(
        "Juri 1;A-1;80;87.50", "Juri 2;A-1;;70", "Juri 3;A-1;tujuh;70", "Juri 4;A-1;;"
    )

    assert records(_tables(marked)["marks"], "judge", "criterion", "mark", "used", "reason") == [
        ("Juri 1", "x", "80", True, None),
        ("Juri 1", "y", "87.50", True, None),
        ("Juri 2", "y", "70", False, "incomplete_sheet"),
        ("Juri 3", "x", None, False, "unreadable_number"),
        ("Juri 3", "y", "70", False, "unreadable_number"),
    ]


def test_a_left_out_sheet_is_not_missing_and_one_that_nobody_filled_in_is() -> None:
    marked = mark_rows("Juri 1;A-2;80;80", "Juri 1;A-3;;80", "Juri 1;A-5;;")

    assert records(
        _tables(marked)["sheets"], "submission_id", "row", "sheet_status", "reason", "sheet_score"
    ) == [
        ("A-2", 2, "used", None, "80.00"),
        ("A-3", 3, "left_out", "incomplete_sheet", None),
        ("A-5", None, "missing", None, None),
    ]


def test_judges_has_everyone_who_delivered_or_is_expected_with_the_number_of_used_sheets() -> None:
    marked = mark_rows("Juri 2;A-1;80;80", "Juri 2;A-4;;80", "Juri 1;A-1;;80")

    assert records(_tables(marked)["judges"], "phase", "judge", "sheets") == [
        ("proposal", "Juri 1", 0),
        ("proposal", "Juri 2", 1),
    ]


def test_criterion_scores_stand_in_the_order_of_the_criteria() -> None:
    table = _tables(mark_rows("Juri 1;A-1;80;70", "Juri 2;A-1;81;70"))["criterion_scores"]

    assert records(table, "phase", "submission_id", "criterion", "criterion_score") == [
        ("proposal", "A-1", "x", "80.50"),
        ("proposal", "A-1", "y", "70.00"),
    ]


def test_one_without_a_used_sheet_has_no_score_and_no_rank_and_is_undecided() -> None:
    table = _tables(mark_rows("Juri 1;A-1;;70"))["rankings"]

    columns = ("rank", "score", "own_score", "sheets", "ranked_outcome", "outcome")
    assert records(table[table["submission_id"] == "A-1"], *columns) == [
        (None, None, None, 0, "undecided", "undecided")
    ]


def test_rows_of_a_phase_that_nobody_marked_are_all_there() -> None:
    made = _tables(mark_rows())

    assert (
        len(made["rankings"]),
        len(made["marks"]),
        len(made["sheets"]),
        len(made["judges"]),
    ) == (5, 0, 0, 0)


# --- equals and cuts
# --------------------------------------------------------------------------------------------------

# x weighs 30 and y 70, so that each has 80.00
EQUAL = mark_rows(
    "Juri 1;A-1;80;80",
    "Juri 1;A-2;94;74",
    "Juri 1;A-3;80;80",
    "Juri 1;A-4;66;86",
    "Juri 1;A-5;80;80",
)
BY_X = 'tie_break = ["x"]\n'
OF_LISTS = [
    ("proposal", "a", 1, "A-2", "x"),
    ("proposal", "a", 2, "A-3", "x"),
    ("proposal", "a", 2, "A-5", "x"),
    ("proposal", "b", 1, "A-1", "x"),
    ("proposal", "b", 2, "A-4", "x"),
]


@pytest.mark.parametrize(
    ("text", "ties"),
    [
        (BY_X + "advance = { per_list = 1 }\n", OF_LISTS),
        (
            BY_X + "advance = { overall = 2 }\n",
            [
                *OF_LISTS,
                ("proposal", "overall", 1, "A-2", "x"),
                ("proposal", "overall", 2, "A-3", "x"),
                ("proposal", "overall", 2, "A-5", "x"),
                ("proposal", "overall", 2, "A-1", "x"),
                ("proposal", "overall", 5, "A-4", "x"),
            ],
        ),
        (
            'rank_within = ["category", "agency_type"]\n',
            [("proposal", "a|dinas", 1, "A-3", None), ("proposal", "a|dinas", 1, "A-5", None)],
        ),
        (
            "rank_within = []\n",
            [("proposal", "overall", 1, f"A-{number}", None) for number in range(1, 6)],
        ),
    ],
)
def test_equals_of_each_list_are_listed_with_what_told_them_apart(
    text: str, ties: list[tuple[object, ...]]
) -> None:
    table = _tables(EQUAL, text)["ties"]

    assert records(table, "phase", "list", "rank", "submission_id", "broken_by") == ties


@pytest.mark.parametrize(
    ("text", "cuts"),
    [
        (BY_X + "advance = { per_list = 1 }\n", [("a", 1, "80.00"), ("b", 1, "80.00")]),
        ("advance = { per_list = 1 }\n", [("a", 1, None), ("b", 1, None)]),
        (BY_X + "advance = { overall = 2 }\n", [("overall", 2, "80.00")]),
        ("rank_within = []\nadvance = { per_list = 5 }\n", [("overall", 5, "80.00")]),
        ("advance = { minimum_score = 80 }\n", [("overall", None, "80.00")]),
        ("", []),
    ],
)
def test_each_cut_is_listed_with_the_last_score_that_advances_by_the_rule(
    text: str, cuts: list[tuple[object, ...]]
) -> None:
    table = _tables(EQUAL, text)["cutoffs"]

    assert records(table, "list", "places", "score") == cuts
    assert set(table["phase"]) <= {"proposal"}


def test_equals_by_the_adjusted_score_are_those_that_are_ranked_by_it() -> None:
    uneven = mark_rows(
        "Juri 1;A-2;70;70",
        "Juri 2;A-2;80;80",
        "Juri 1;A-3;60;60",
        "Juri 2;A-3;70;70",
        "Juri 1;A-5;70;70",
    )

    given = _tables(uneven, 'adjust = "severity"\nadvance = { per_list = 2 }\n')

    assert records(given["rankings"].head(3), "submission_id", "rank", "own_score", "score") == [
        ("A-2", 1, "75.00", "75.00"),
        ("A-5", 1, "70.00", "75.00"),
        ("A-3", 3, "65.00", "65.00"),
    ]
    assert records(given["ties"], "list", "rank", "submission_id", "broken_by") == [
        ("a", 1, "A-2", None),
        ("a", 1, "A-5", None),
    ]
    assert records(given["cutoffs"], "list", "places", "score") == [
        ("a", 2, "75.00"),
        ("b", 2, None),
    ]
