"""Section 4, Ranks, and Who advances."""

from pathlib import Path

import pytest

from tests.small.exports import form_text
from tests.small.folder import FORM
from tests.small.night import Night, compute_night
from tests.small.rules import JUDGING, NOMINATION, REGISTRATION, rules_text

MARKS = "inbox/scores/proposal/n.csv"
Entries = dict[str, tuple[str, str, str]]  # title -> category, x, y


def ranked(
    tmp_path: Path, entries: Entries, more: str = "", groups: str = "", as_of: str = "2022-06-01"
) -> Night:
    rows = [
        f"2022-02-10 10:00:00,{title},Disdik,{category}"
        for title, (category, *_) in entries.items()
    ]
    sheets = "".join(f"Juri 1,{title},{x},{y}\n" for title, (_, x, y) in entries.items() if x)
    return compute_night(
        tmp_path,
        rules_text(REGISTRATION, groups, JUDGING + more, NOMINATION),
        {
            FORM: form_text(*rows),
            MARKS: "judge,submission,x,y\n" + sheets,
        },
        as_of=as_of,
    )


def ranks(found: Night, *columns: str) -> dict[str, tuple[str, ...]]:
    return found.by_title("rankings", "rank", *columns)


def test_equal_scores_share_a_rank_1_2_2_4(tmp_path: Path) -> None:
    entries = {
        "A": ("satu", "70", "70"),
        "B": ("satu", "80", "80"),
        "C": ("satu", "80", "80"),
        "D": ("satu", "90", "90"),
    }

    assert ranks(ranked(tmp_path, entries)) == {"D": ("1",), "B": ("2",), "C": ("2",), "A": ("4",)}


def test_what_is_shown_is_what_is_ranked(tmp_path: Path) -> None:
    entries = {
        "A": ("satu", "80.004", "80.004"),
        "B": ("satu", "80.001", "80.001"),
        "C": ("satu", "80.005", "80.005"),
    }

    assert ranks(ranked(tmp_path, entries), "score") == {
        "C": ("1", "80.01"),
        "A": ("2", "80.00"),
        "B": ("2", "80.00"),
    }


def test_tie_break_criteria_are_compared_in_turn(tmp_path: Path) -> None:
    three = (
        'criteria = [{ code = "x", weight = 30 }, { code = "y", weight = 70 }]',
        (
            'criteria = [{ code = "x", weight = 1 }, { code = "y", weight = 1 }, { code = "z", '
            "weight = 1 }]"
        ),
    )
    rows = ["A", "B", "C", "D"]
    sheets = "Juri 1,A,80,70,60\nJuri 1,B,80,60,70\nJuri 1,C,60,80,70\nJuri 1,D,80,60,70\n"

    found = compute_night(
        tmp_path,
        rules_text(REGISTRATION, JUDGING.replace(*three) + 'tie_break = ["x", "z"]\n'),
        {
            FORM: form_text(*rows),
            MARKS: "judge,submission,x,y,z\n" + sheets,
        },
    )

    assert found.by_title("rankings", "rank", "score") == {
        "B": ("1", "70.00"),
        "D": ("1", "70.00"),
        "A": ("3", "70.00"),
        "C": ("4", "70.00"),
    }


def test_tie_break_compares_criterion_scores_as_they_are_rounded(tmp_path: Path) -> None:
    entries = {"A": ("satu", "50.001", "50"), "B": ("satu", "50.002", "50")}

    assert ranks(ranked(tmp_path, entries, 'tie_break = ["x"]\n')) == {"A": ("1",), "B": ("1",)}


@pytest.mark.parametrize(
    ("within", "expected"),
    [
        ('["category"]', {"A": "1", "B": "1", "C": "2", "D": "2"}),
        ("[]", {"A": "1", "B": "2", "C": "3", "D": "4"}),
        ('["agency_type"]', {"A": "1", "B": "1", "C": "2", "D": "2"}),
        ('["group"]', {"A": "1", "B": "2", "C": "1", "D": "2"}),
        ('["category", "group"]', {"A": "1", "B": "1", "C": "1", "D": "1"}),
        ('["group", "agency_type"]', {"A": "1", "B": "1", "C": "1", "D": "1"}),
    ],
)
def test_lists_are_what_rank_within_makes_of_them(
    tmp_path: Path, within: str, expected: dict[str, str]
) -> None:
    groups = '[[groups]]\ncode = "umum"\n[[groups]]\ncode = "khusus"\n'
    rows = [
        "A,Disdik,satu,umum",
        "B,Bappeda,dua,umum",
        "C,Disdik,satu,khusus",
        "D,Bappeda,dua,khusus",
    ]
    sheets = "Juri 1,A,90,90\nJuri 1,B,80,80\nJuri 1,C,70,70\nJuri 1,D,60,60\n"

    found = compute_night(
        tmp_path,
        rules_text(REGISTRATION, groups, JUDGING + f"rank_within = {within}\n"),
        {
            FORM: form_text(*rows, headings="Judul,Instansi,Kategori,Kelompok"),
            MARKS: "judge,submission,x,y\n" + sheets,
        },
    )

    assert {
        title: rank for title, (rank,) in found.by_title("rankings", "rank").items()
    } == expected
    assert found.by_title("rankings", "group", "category") == {
        "A": ("umum", "satu"),
        "B": ("umum", "dua"),
        "C": ("khusus", "satu"),
        "D": ("khusus", "dua"),
    }


def test_without_advance_all_with_a_score_advance(tmp_path: Path) -> None:
    found = ranked(
        tmp_path, {"A": ("satu", "90", "90"), "B": ("dua", "10", "10"), "C": ("satu", "", "")}
    )

    assert ranks(found, "ranked_outcome") == {
        "A": ("1", "advances"),
        "B": ("1", "advances"),
        "C": ("", "undecided"),
    }


def test_per_list_takes_the_first_of_each_list(tmp_path: Path) -> None:
    entries = {
        "A": ("satu", "90", "90"),
        "B": ("satu", "80", "80"),
        "C": ("dua", "70", "70"),
        "D": ("satu", "60", "60"),
    }

    found = ranked(tmp_path, entries, "advance = { per_list = 2 }\n")

    assert ranks(found, "outcome") == {
        "A": ("1", "advances"),
        "B": ("2", "advances"),
        "C": ("1", "advances"),
        "D": ("3", "stays"),
    }


def test_overall_takes_the_first_over_all_lists_by_score_and_tie_breaks(tmp_path: Path) -> None:
    entries = {
        "A": ("satu", "90", "90"),
        "B": ("satu", "80", "80"),
        "C": ("dua", "100", "71.43"),
        "D": ("dua", "60", "60"),
    }

    found = ranked(tmp_path, entries, 'advance = { overall = 2 }\ntie_break = ["x"]\n')

    assert ranks(found, "score", "outcome") == {
        "A": ("1", "90.00", "advances"),
        "B": ("2", "80.00", "stays"),
        "C": ("1", "80.00", "advances"),
        "D": ("2", "60.00", "stays"),
    }


@pytest.mark.parametrize(
    ("minimum", "outcome"),
    [("80", "advances"), ("80.01", "stays"), ("80.005", "stays"), ("79.995", "advances")],
)
def test_only_those_at_or_over_minimum_score_advance(
    tmp_path: Path, minimum: str, outcome: str
) -> None:
    found = ranked(
        tmp_path,
        {"A": ("satu", "80", "80")},
        f"advance = {{ per_list = 3, minimum_score = {minimum} }}\n",
    )

    assert ranks(found, "outcome") == {"A": ("1", outcome)}


def test_minimum_score_alone_lets_all_at_or_over_it_advance(tmp_path: Path) -> None:
    entries = {
        "A": ("satu", "60", "60"),
        "B": ("satu", "59.99", "59.99"),
        "C": ("dua", "60", "60"),
        "D": ("satu", "60", "60"),
    }

    found = ranked(tmp_path, entries, "advance = { minimum_score = 60 }\n")

    assert ranks(found, "outcome") == {
        "A": ("1", "advances"),
        "D": ("1", "advances"),
        "B": ("3", "stays"),
        "C": ("1", "advances"),
    }


def test_equals_that_straddle_the_last_place_are_all_undecided(tmp_path: Path) -> None:
    entries = {
        "A": ("satu", "90", "90"),
        "B": ("satu", "80", "80"),
        "C": ("satu", "80", "80"),
        "D": ("satu", "70", "70"),
    }

    found = ranked(tmp_path, entries, "advance = { per_list = 2 }\n")

    assert ranks(found, "ranked_outcome", "outcome") == {
        "A": ("1", "advances", "advances"),
        "B": ("2", "undecided", "undecided"),
        "C": ("2", "undecided", "undecided"),
        "D": ("4", "stays", "stays"),
    }
    assert found.cells(
        "findings", "severity", "rule", "phase", "submission_id", rule="tie_at_cutoff"
    ) == [
        ("warning", "tie_at_cutoff", "proposal", found.ids()[title])
        for title in sorted("BC", key=lambda t: found.ids()[t])
    ]
    assert found.by_title("submissions", "stage") == {
        "A": ("nominasi",),
        "B": ("proposal",),
        "C": ("proposal",),
        "D": ("proposal",),
    }


def test_equals_that_fit_all_advance(tmp_path: Path) -> None:
    entries = {"A": ("satu", "80", "80"), "B": ("satu", "80", "80"), "C": ("satu", "70", "70")}

    found = ranked(tmp_path, entries, "advance = { per_list = 2 }\n")

    assert ranks(found, "outcome") == {
        "A": ("1", "advances"),
        "B": ("1", "advances"),
        "C": ("3", "stays"),
    }


def test_equals_at_an_overall_cut_off_of_different_lists_are_undecided(tmp_path: Path) -> None:
    entries = {"A": ("satu", "80", "80"), "B": ("dua", "80", "80"), "C": ("dua", "70", "70")}

    found = ranked(tmp_path, entries, "advance = { overall = 1 }\n")

    assert ranks(found, "outcome") == {
        "A": ("1", "undecided"),
        "B": ("1", "undecided"),
        "C": ("2", "stays"),
    }


def test_those_under_minimum_score_do_not_straddle(tmp_path: Path) -> None:
    entries = {"A": ("satu", "80", "80"), "B": ("satu", "50", "50"), "C": ("satu", "50", "50")}

    found = ranked(tmp_path, entries, "advance = { per_list = 2, minimum_score = 60 }\n")

    assert ranks(found, "outcome") == {
        "A": ("1", "advances"),
        "B": ("2", "stays"),
        "C": ("2", "stays"),
    }


@pytest.mark.parametrize(
    ("as_of", "rules"),
    [
        ("2022-04-01", []),
        ("2022-04-11", ["tie_at_cutoff", "tie_at_cutoff", "too_few_judges", "too_few_judges"]),
    ],
)
def test_too_few_judges_and_tie_at_cutoff_are_one_a_submission_once_the_phase_has_closed(
    tmp_path: Path, as_of: str, rules: list[str]
) -> None:
    entries = {"A": ("satu", "80", "80"), "B": ("satu", "80", "80"), "C": ("satu", "", "")}

    found = ranked(
        tmp_path, entries, "advance = { per_list = 1 }\nminimum_judges = 2\n", as_of=as_of
    )

    assert found.rules() == rules
    assert ranks(found, "sheets") == {"A": ("1", "1"), "B": ("1", "1"), "C": ("", "0")}


def test_a_list_is_in_the_order_of_its_ranks_and_those_without_one_come_last(
    tmp_path: Path,
) -> None:
    entries = {
        "C": ("dua", "90", "90"),
        "B": ("satu", "", ""),
        "A": ("satu", "70", "70"),
        "D": ("satu", "80", "80"),
    }

    assert list(ranks(ranked(tmp_path, entries))) == ["D", "A", "B", "C"]
