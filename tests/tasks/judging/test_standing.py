"""Scores raw and adjusted, and cuts over panels that no judge connects."""

import pandas as pd
import pytest

from tasks.phases import fold
from tests.small.rows import mark_rows, records, settled_rows
from tests.small.rules import JUDGING, NOMINATION, moment, parse_rules
from tests.small.tables import folder_tables

SETTLED = settled_rows("A-1 A a", "A-2 A a", "B-3 B b", "B-4 B b")
COLUMNS = ("submission_id", "rank", "score", "own_score", "adjusted_score", "adjusted_rank")


def _ranked(marked: pd.DataFrame, text: str = "") -> fold.PhaseResult:
    of = parse_rules(JUDGING + text, NOMINATION)
    return fold.fold_phases(
        of, moment("2022-06-01"), SETTLED, {"proposal": marked}, folder_tables()
    )[1]


# Juri 1 is 10 lower than Juri 2 on both that they share; A-1 has Juri 1 alone, B-3 Juri 2 alone.
UNEVEN = mark_rows(
    "Juri 1;A-2;70;70",
    "Juri 2;A-2;80;80",
    "Juri 1;B-4;60;60",
    "Juri 2;B-4;70;70",
    "Juri 1;A-1;72;72",
    "Juri 2;B-3;75;75",
)


def test_the_adjusted_score_stands_beside_the_official_one() -> None:
    table = _ranked(UNEVEN, "rank_within = []\n").tables["rankings"]

    assert records(table, *COLUMNS) == [
        ("A-2", 1, "75.00", "75.00", "75.00", 2),
        ("B-3", 1, "75.00", "75.00", "70.00", 3),
        ("A-1", 3, "72.00", "72.00", "77.00", 1),
        ("B-4", 4, "65.00", "65.00", "65.00", 4),
    ]


def test_adjust_severity_makes_it_official_and_the_own_score_stays_as_given() -> None:
    result = _ranked(UNEVEN, 'rank_within = []\nadjust = "severity"\nadvance = { per_list = 1 }\n')

    assert records(result.tables["rankings"], *COLUMNS, "ranked_outcome") == [
        ("A-1", 1, "77.00", "72.00", "77.00", 1, "advances"),
        ("A-2", 2, "75.00", "75.00", "75.00", 2, "stays"),
        ("B-3", 3, "70.00", "75.00", "70.00", 3, "stays"),
        ("B-4", 4, "65.00", "65.00", "65.00", 4, "stays"),
    ]
    assert records(result.tables["judges"], "judge", "sheets", "judge_severity") == [
        ("Juri 1", 3, "5.0000"),
        ("Juri 2", 3, "-5.0000"),
    ]


def test_judges_who_do_not_differ_leave_the_raw_means_untouched() -> None:
    lines = [
        f"{judge};{code};{mark};{mark}"
        for code, pair in (("A-1", (80, 81)), ("A-2", (70, 69)), ("B-3", (60.5, 60.5)))
        for judge, mark in zip(("Juri 1", "Juri 2"), pair, strict=True)
    ]

    table = _ranked(mark_rows(*lines)).tables["rankings"]

    assert (
        table["adjusted_score"].dropna().tolist()
        == table["own_score"].dropna().tolist()
        == ["80.50", "69.50", "60.50"]
    )


PANELS = mark_rows("Juri 1;A-1;80;80", "Juri 1;B-3;70;70", "Juri 2;A-2;75;75", "Juri 2;B-4;65;65")


def test_unconnected_panels_are_said_of_each_list_and_the_official_score_still_ranks() -> None:
    result = _ranked(PANELS, "advance = { per_list = 1 }\n")

    assert records(result.findings, "rule", "table", "field") == [
        ("unconnected_panels", "rankings", "a"),
        ("unconnected_panels", "rankings", "b"),
    ]
    assert (
        records(result.tables["rankings"], "rank", "ranked_outcome")
        == [(1, "advances"), (2, "stays")] * 2
    )


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("rank_within = []\nadvance = { per_list = 1 }\n", [None]),
        ("advance = { overall = 1 }\n", ["a", "b", None]),
        ('rank_within = ["category", "agency_type"]\n', ["a, -", "b, -"]),
    ],
)
def test_the_finding_names_the_list_or_none_for_all_of_the_phase(
    text: str, fields: list[str | None]
) -> None:
    assert records(_ranked(PANELS, text).findings, "field") == [(field,) for field in fields]


@pytest.mark.parametrize(
    ("text", "outcomes"),
    [
        ("advance = { per_list = 1 }\n", ["undecided"] * 4),
        ("advance = { overall = 2 }\n", ["undecided"] * 4),
        ("advance = { minimum_score = 70 }\n", ["advances", "advances", "advances", "stays"]),
        ("", ["advances"] * 4),
    ],
)
def test_with_adjusted_scores_a_cut_over_unconnected_panels_is_undecided(
    text: str, outcomes: list[str]
) -> None:
    result = _ranked(PANELS, 'adjust = "severity"\n' + text)

    assert result.tables["rankings"]["ranked_outcome"].tolist() == outcomes
    assert "tie_at_cutoff" not in result.findings["rule"].tolist()


def test_a_list_of_one_panel_is_cut_as_ever_though_another_panel_marked_elsewhere() -> None:
    marked = mark_rows(
        "Juri 1;A-1;80;80", "Juri 1;A-2;70;70", "Juri 2;B-3;75;75", "Juri 2;B-4;65;65"
    )

    result = _ranked(marked, 'adjust = "severity"\nadvance = { per_list = 1 }\n')

    assert result.tables["rankings"]["ranked_outcome"].tolist() == ["advances", "stays"] * 2
    assert result.findings["rule"].tolist() == []
