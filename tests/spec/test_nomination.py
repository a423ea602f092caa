"""Section 4, Nomination: the best of the last judging phase, over all lists, for each level."""

from pathlib import Path

import pytest

from tests.small.exports import form_text
from tests.small.folder import FORM
from tests.small.night import Night, compute_night
from tests.small.rules import JUDGING, NOMINATION, REGISTRATION, SCREENING, rules_text

MARKS = "inbox/scores/proposal/n.csv"
PLACEMENTS = "year,agency_code,title,level,placement\n"
Entries = dict[str, tuple[str, str, str]]  # title -> category, x, y


def nominated(
    tmp_path: Path,
    entries: Entries,
    levels: str = "",
    placements: str = "",
    judging: str = JUDGING,
    as_of: str = "2022-06-01",
) -> Night:
    rows = [
        f"2022-02-10 10:00:00,{title},Disdik,{category}"
        for title, (category, *_) in entries.items()
    ]
    sheets = "".join(f"Juri 1,{title},{x},{y}\n" for title, (_, x, y) in entries.items() if x)
    rules = NOMINATION.replace(
        'levels = [{ code = "provinsi", quota = 1, barred = ["Top 45"] }]', levels or "levels = []"
    )
    return compute_night(
        tmp_path,
        rules_text(REGISTRATION, judging, rules if levels else NOMINATION),
        {
            FORM: form_text(*rows),
            MARKS: "judge,submission,x,y\n" + sheets,
            "placements.csv": PLACEMENTS + placements,
        },
        as_of=as_of,
    )


def places(found: Night, *columns: str) -> list[tuple[str, ...]]:
    return found.cells("nominations", "title", "place", *(columns or ("ranked_outcome", "outcome")))


BEST: Entries = {
    "Lentera": ("satu", "90", "90"),
    "Gerobak": ("dua", "80", "80"),
    "Sapa Warga": ("satu", "70", "70"),
}


def test_the_first_quota_over_all_lists_are_nominated_and_the_others_reserve(
    tmp_path: Path,
) -> None:
    found = nominated(tmp_path, BEST, 'levels = [{ code = "provinsi", quota = 2 }]')

    assert places(found) == [
        ("Lentera", "1", "nominated", "nominated"),
        ("Gerobak", "2", "nominated", "nominated"),
        ("Sapa Warga", "3", "reserve", "reserve"),
    ]
    assert found.cells("nominations", "phase", "level", "agency_code", "category", "score") == [
        ("nominasi", "provinsi", "DISDIK", "satu", "90.00"),
        ("nominasi", "provinsi", "DISDIK", "dua", "80.00"),
        ("nominasi", "provinsi", "DISDIK", "satu", "70.00"),
    ]


def test_a_quota_larger_than_the_candidates_nominates_all(tmp_path: Path) -> None:
    found = nominated(tmp_path, BEST, 'levels = [{ code = "provinsi", quota = 9 }]')

    assert {row["outcome"] for row in found["nominations"]} == {"nominated"}


def test_each_level_is_on_its_own(tmp_path: Path) -> None:
    levels = (
        'levels = [{ code = "provinsi", quota = 1, barred = ["Top 45"] }, { code = "nasional", '
        "quota = 2,"
        ' barred = ["Top 99"] }]'
    )

    found = nominated(
        tmp_path,
        BEST,
        levels,
        "2019,DISDIK,Lentera,nasional,Top 45\n2018,DISDIK,Gerobak,provinsi,Top 99\n",
    )

    assert found.cells("nominations", "level", "title", "place", "outcome") == [
        ("provinsi", "Gerobak", "1", "nominated"),
        ("provinsi", "Sapa Warga", "2", "reserve"),
        ("provinsi", "Lentera", "", "barred"),
        ("nasional", "Lentera", "1", "nominated"),
        ("nasional", "Sapa Warga", "2", "nominated"),
        ("nasional", "Gerobak", "", "barred"),
    ]


def test_only_those_who_advance_from_the_last_judging_phase_are_candidates(tmp_path: Path) -> None:
    found = nominated(tmp_path, BEST, judging=JUDGING + "advance = { overall = 2 }\n")

    assert [title for title, *_ in places(found)] == ["Lentera", "Gerobak"]


def test_barred_takes_the_same_agency_and_title_in_an_earlier_year(tmp_path: Path) -> None:
    found = nominated(tmp_path, BEST, placements="2021,DISDIK,LENTERA!,provinsi,TOP 45\n")

    assert places(found) == [
        ("Gerobak", "1", "nominated", "nominated"),
        ("Sapa Warga", "2", "reserve", "reserve"),
        ("Lentera", "", "barred", "barred"),
    ]
    assert found.cells("findings", "severity", "rule", "phase", "submission_id", "value") == [
        ("warning", "already_awarded", "nominasi", found.ids()["Lentera"], "TOP 45"),
    ]


@pytest.mark.parametrize(
    "row",
    [
        "2022,DISDIK,Lentera,provinsi,Top 45",
        "2023,DISDIK,Lentera,provinsi,Top 45",
        "2021,DISDIK,Lentera,provinsi,Top 99",
        "2021,DISDIK,Kampung Hijau,provinsi,Top 45",
    ],
)
def test_the_same_or_a_later_year_another_placement_or_title_bars_nobody(
    tmp_path: Path, row: str
) -> None:
    found = nominated(tmp_path, BEST, placements=row + "\n")

    assert places(found)[0] == ("Lentera", "1", "nominated", "nominated")
    assert found["findings"] == []


@pytest.mark.parametrize(
    ("title", "awarded"),
    [
        ("SEPASAR PEDAS (Sekolah Pasar Pedagang Cerdas)", "Sepasar Pedas"),
        ("Sepasar Pedas", "SEPASAR PEDAS (Sekolah Pasar Pedagang Cerdas)"),
        ("Gerobak Baca Kota", "Gerobak Baca Kot"),
        ("Baca Gerobak", "Gerobak Baca"),
        ("Lentera Kotaku", "lentera kota-ku"),
    ],
)
def test_a_near_title_or_one_that_contains_the_other_is_undecided_without_a_place(
    tmp_path: Path, title: str, awarded: str
) -> None:
    found = nominated(
        tmp_path,
        {title: ("satu", "90", "90"), "Sungai": ("satu", "80", "80")},
        placements=f"2021,DISDIK,{awarded},provinsi,Top 45\n",
    )

    assert places(found) == [
        ("Sungai", "1", "nominated", "nominated"),
        (title, "", "undecided", "undecided"),
    ]
    assert found.rules() == ["already_awarded"]


def test_the_same_title_of_another_agency_is_a_near_title(tmp_path: Path) -> None:
    found = nominated(tmp_path, BEST, placements="2021,DINKES,Lentera,provinsi,Top 45\n")

    assert places(found)[-1] == ("Lentera", "", "undecided", "undecided")


def test_an_exact_award_bars_though_another_is_near(tmp_path: Path) -> None:
    found = nominated(
        tmp_path,
        BEST,
        placements="2020,DISDIK,Lentera Kota,nasional,Top 45\n2021,DISDIK,Lentera,nasional,Top "
        "45\n",
    )

    assert places(found)[-1] == ("Lentera", "", "barred", "barred")
    assert found.rules() == ["already_awarded"]


def test_the_placements_own_level_plays_no_part(tmp_path: Path) -> None:
    found = nominated(tmp_path, BEST, placements="2021,DISDIK,Lentera,,Top 45\n")

    assert places(found)[-1] == ("Lentera", "", "barred", "barred")


def test_equals_at_the_last_place_are_undecided_and_a_tie_at_cutoff_each(tmp_path: Path) -> None:
    entries = {
        "A": ("satu", "90", "90"),
        "B": ("dua", "80", "80"),
        "C": ("satu", "80", "80"),
        "D": ("satu", "70", "70"),
    }

    found = nominated(tmp_path, entries, 'levels = [{ code = "provinsi", quota = 2 }]')

    assert places(found) == [
        ("A", "1", "nominated", "nominated"),
        ("B", "2", "undecided", "undecided"),
        ("C", "2", "undecided", "undecided"),
        ("D", "4", "reserve", "reserve"),
    ]
    assert found.rules(phase="nominasi") == ["tie_at_cutoff", "tie_at_cutoff"]


def test_tie_breaks_of_the_last_judging_phase_place_equals(tmp_path: Path) -> None:
    entries = {"A": ("satu", "80", "80"), "B": ("dua", "100", "71.43")}

    found = nominated(tmp_path, entries, judging=JUDGING + 'tie_break = ["x"]\n')

    assert places(found) == [("B", "1", "nominated", "nominated"), ("A", "2", "reserve", "reserve")]


def test_while_the_nomination_is_open_outcomes_are_undecided_and_there_is_no_tie_finding(
    tmp_path: Path,
) -> None:
    entries = {"A": ("satu", "80", "80"), "B": ("dua", "80", "80"), "C": ("satu", "80", "80")}

    found = nominated(
        tmp_path, entries, placements="2021,DISDIK,C,provinsi,Top 45\n", as_of="2022-04-20"
    )

    assert places(found) == [
        ("A", "1", "undecided", "undecided"),
        ("B", "1", "undecided", "undecided"),
        ("C", "", "barred", "undecided"),
    ]
    assert found.rules() == ["already_awarded"]


def test_a_decision_may_nominate_a_barred_one(tmp_path: Path) -> None:
    rows = [f"2022-02-10 10:00:00,{title},Disdik,satu" for title in BEST]
    found = compute_night(
        tmp_path,
        rules_text(REGISTRATION, JUDGING, NOMINATION),
        {
            FORM: form_text(*rows),
            MARKS: "judge,submission,x,y\nJuri 1,Lentera,90,90\nJuri 1,Gerobak,80,80\n",
            "placements.csv": PLACEMENTS + "2021,DISDIK,Lentera,provinsi,Top 45\n",
            "decisions.csv": "phase,submission,outcome,reason,level\nnominasi,Lentera,nominated,"
            "Pleno,provinsi\n",
        },
    )

    assert places(found, "ranked_outcome", "outcome", "reason") == [
        ("Gerobak", "1", "nominated", "nominated", ""),
        ("Lentera", "", "barred", "nominated", "Pleno"),
    ]


def test_the_score_is_that_of_the_last_judging_phase_though_a_screening_comes_between(
    tmp_path: Path,
) -> None:
    after = SCREENING.replace("2022-03-22", "2022-04-20")
    rows = [f"2022-02-10 10:00:00,{title},Disdik,satu" for title in BEST]
    found = compute_night(
        tmp_path,
        rules_text(REGISTRATION, JUDGING, after, NOMINATION),
        {
            FORM: form_text(*rows),
            MARKS: "judge,submission,x,y\nJuri 1,Lentera,90,90\nJuri 1,Gerobak,80,80\n",
            "inbox/screening/administrasi/c.csv": "submission,surat,video\n"
            "Lentera,ya,tidak\nGerobak,ya,ya\n",
        },
    )

    assert places(found, "score", "outcome") == [("Gerobak", "1", "80.00", "nominated")]
