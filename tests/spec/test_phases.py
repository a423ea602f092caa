"""Section 4, Phases: begun, open, closed by `as_of`, and who enters which."""

from pathlib import Path

import pytest

from tests.spec.small import (
    FORM,
    JUDGING,
    NOMINATION,
    REGISTRATION,
    SCREENING,
    Night,
    form,
    night,
    toml,
)

CHECK = "inbox/screening/adm/cek.csv"
MARKS = "inbox/scores/nilai/n.csv"
ALL = (REGISTRATION, SCREENING, JUDGING, NOMINATION)
FILES = {
    FORM: form("Lentera", "Gerobak", "2022-02-10 10:00:00,Tanpa,Dinas Kesehatan,"),
    CHECK: "submission,surat,video\nLentera,ya,ya\nGerobak,ya,tidak\n",
    MARKS: "judge,submission,x,y\nJuri 1,Lentera,90,80\n",
}


def states(found: Night) -> list[tuple[str, ...]]:
    return found.of("phases", "state", "entered")


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (
            "2022-01-31T23:59:59",
            [("not_begun", "3"), ("not_begun", "0"), ("not_begun", "0"), ("not_begun", "0")],
        ),
        (
            "2022-02-01T00:00:00",
            [("open", "3"), ("not_begun", "0"), ("not_begun", "0"), ("not_begun", "0")],
        ),
        (
            "2022-03-15T23:59:59",
            [("open", "3"), ("not_begun", "0"), ("not_begun", "0"), ("not_begun", "0")],
        ),
        (
            "2022-03-16T00:00:00",
            [("closed", "3"), ("open", "2"), ("not_begun", "0"), ("not_begun", "0")],
        ),
        (
            "2022-03-22T23:59:59",
            [("closed", "3"), ("open", "2"), ("not_begun", "0"), ("not_begun", "0")],
        ),
        ("2022-03-23", [("closed", "3"), ("closed", "2"), ("open", "1"), ("not_begun", "0")]),
        (
            "2022-04-10T23:59:59",
            [("closed", "3"), ("closed", "2"), ("open", "1"), ("not_begun", "0")],
        ),
        ("2022-04-11", [("closed", "3"), ("closed", "2"), ("closed", "1"), ("open", "1")]),
        ("2022-05-01", [("closed", "3"), ("closed", "2"), ("closed", "1"), ("closed", "1")]),
    ],
)
def test_a_phase_is_not_begun_open_or_closed_by_as_of(
    tmp_path: Path, as_of: str, expected: list[tuple[str, str]]
) -> None:
    assert states(night(tmp_path, toml(*ALL), FILES, as_of=as_of)) == expected


def test_as_of_decides_the_states_and_nothing_else_rows_count_as_delivered(tmp_path: Path) -> None:
    rows = [
        "2022-03-20 10:00:00,Terlambat,Dinas Kesehatan,satu",
        "2022-03-10 10:00:00,Lentera,Dinas Kesehatan,satu",
    ]

    found = night(tmp_path, toml(), {FORM: form(*rows)}, as_of="2022-02-15")

    assert found.of("submissions", "title", "status") == [
        ("Terlambat", "rejected"),
        ("Lentera", "accepted"),
    ]
    assert found.rules() == ["late"]


def test_stage_is_the_last_phase_entered(tmp_path: Path) -> None:
    by_day = {
        day: night(tmp_path / day, toml(*ALL), FILES, as_of=day).by_title("submissions", "stage")
        for day in ("2022-03-01", "2022-03-16", "2022-03-23", "2022-05-01")
    }

    assert by_day == {
        "2022-03-01": {"Lentera": ("daftar",), "Gerobak": ("daftar",), "Tanpa": ("daftar",)},
        "2022-03-16": {"Lentera": ("adm",), "Gerobak": ("adm",), "Tanpa": ("daftar",)},
        "2022-03-23": {"Lentera": ("nilai",), "Gerobak": ("adm",), "Tanpa": ("daftar",)},
        "2022-05-01": {"Lentera": ("calon",), "Gerobak": ("adm",), "Tanpa": ("daftar",)},
    }


def test_later_phases_change_nothing_in_earlier_ones(tmp_path: Path) -> None:
    before = night(tmp_path / "a", toml(*ALL), FILES, as_of="2022-03-23")
    after = night(tmp_path / "b", toml(*ALL), FILES, as_of="2022-06-01")

    assert after["screening"] == before["screening"]
    assert after.of("submissions", "status", "ranked_status") == before.of(
        "submissions", "status", "ranked_status"
    )


def test_sheets_and_screening_rows_of_a_phase_that_has_not_begun_are_counted_and_not_judged(
    tmp_path: Path,
) -> None:
    files = {
        **FILES,
        CHECK: "submission,surat,video\nLentera,ya,mungkin\nTidak Ada,ya,ya\n",
        MARKS: "judge,submission,x,y\nJuri 1,Lentera,101,tujuh\nJuri 1,Tidak Ada,90,80\nJuri 2,"
        "Lentera,,80\n",
    }

    found = night(tmp_path, toml(*ALL), files, as_of="2022-03-01")

    assert found.of("phases", "phase", "delivered") == [
        ("daftar", "3"),
        ("adm", "2"),
        ("nilai", "3"),
        ("calon", "0"),
    ]
    assert (found["screening"], found["marks"], found["rankings"], found["judges"]) == (
        [],
        [],
        [],
        [],
    )
    assert found.rules() == ["missing_required"]


def test_a_phase_with_opens_begins_then_and_without_when_the_one_before_closes(
    tmp_path: Path,
) -> None:
    later = SCREENING.replace("closes", "opens = 2022-03-18T08:00:00\ncloses")

    before = night(
        tmp_path / "a", toml(REGISTRATION, later, JUDGING), FILES, as_of="2022-03-18T07:59:59"
    )
    at = night(
        tmp_path / "b", toml(REGISTRATION, later, JUDGING), FILES, as_of="2022-03-18T08:00:00"
    )

    assert states(before) == [("closed", "3"), ("not_begun", "2"), ("not_begun", "0")]
    assert states(at) == [("closed", "3"), ("open", "2"), ("not_begun", "0")]


def test_while_a_phase_is_open_ranked_outcome_is_as_it_stands_and_outcome_is_open(
    tmp_path: Path,
) -> None:
    screening = night(tmp_path / "a", toml(*ALL), FILES, as_of="2022-03-20")
    judging = night(tmp_path / "b", toml(*ALL), FILES, as_of="2022-04-01")
    nomination = night(tmp_path / "c", toml(*ALL), FILES, as_of="2022-04-20")

    assert screening.by_title("screening", "ranked_outcome", "outcome") == {
        "Lentera": ("passes", "pending"),
        "Gerobak": ("fails", "pending"),
    }
    assert judging.by_title("rankings", "ranked_outcome", "outcome") == {
        "Lentera": ("advances", "undecided")
    }
    assert nomination.by_title("nominations", "ranked_outcome", "outcome") == {
        "Lentera": ("nominated", "undecided")
    }


def test_those_accepted_enter_the_next_phase_only_once_registration_has_closed(
    tmp_path: Path,
) -> None:
    early = SCREENING.replace("closes", "opens = 2022-02-15T00:00:00\ncloses")

    found = night(tmp_path, toml(REGISTRATION, early), FILES, as_of="2022-03-01")

    assert states(found) == [("open", "3"), ("open", "0")]
    assert found["screening"] == []


def test_several_screening_and_judging_phases_follow_each_other(tmp_path: Path) -> None:
    second = SCREENING.replace('"adm"', '"adm2"').replace("2022-03-22", "2022-04-15")
    third = JUDGING.replace('"nilai"', '"akhir"').replace("2022-04-10", "2022-04-20")
    files = {
        **FILES,
        "inbox/screening/adm2/c.csv": "submission,surat,video\nLentera,ya,ya\n",
        "inbox/scores/akhir/n.csv": "judge,submission,x,y\nJuri 1,Lentera,70,70\n",
    }

    found = night(
        tmp_path, toml(REGISTRATION, SCREENING, JUDGING, second, third, NOMINATION), files
    )

    assert found.of("phases", "phase", "entered") == [
        ("daftar", "3"),
        ("adm", "2"),
        ("nilai", "1"),
        ("adm2", "1"),
        ("akhir", "1"),
        ("calon", "1"),
    ]
    assert found.of("nominations", "title", "score", "outcome") == [
        ("Lentera", "70.00", "nominated")
    ]


def test_a_competition_of_registration_alone_works(tmp_path: Path) -> None:
    found = night(tmp_path, toml(), FILES)

    assert states(found) == [("closed", "3")]
    assert found.of("compliance", "received", "accepted", "screened", agency_code="DINKES") == [
        ("3", "2", "2")
    ]


def test_a_competition_without_screening_goes_from_registration_to_judging(tmp_path: Path) -> None:
    found = night(tmp_path, toml(REGISTRATION, JUDGING), {FORM: FILES[FORM], MARKS: FILES[MARKS]})

    assert states(found) == [("closed", "3"), ("closed", "2")]


@pytest.mark.parametrize(
    "files",
    [
        {},
        {FORM: "Timestamp,Judul,Instansi,Kategori\n"},
        {FORM: "Timestamp,Judul,Instansi,Kategori\n,,,\n"},
    ],
)
def test_nothing_delivered_is_an_honest_empty_report(tmp_path: Path, files: dict[str, str]) -> None:
    found = night(tmp_path, toml(*ALL), files)

    assert found.of("phases", "state", "entered", "delivered") == [("closed", "0", "0")] * 4
    assert found["findings"] == []
    assert {row["status"] for row in found["compliance"]} == {"not_obliged"}
    assert found.of("history", "year", "received", "accepted") == [("2022", "0", "0")]


def test_a_phase_without_any_sheet_has_everyone_without_score_and_undecided(tmp_path: Path) -> None:
    found = night(tmp_path, toml(REGISTRATION, JUDGING, NOMINATION), {FORM: form("Lentera")})

    assert found.of(
        "rankings", "rank", "score", "own_score", "sheets", "ranked_outcome", "outcome"
    ) == [
        ("", "", "", "0", "undecided", "undecided"),
    ]
    assert found["nominations"] == []
    assert found["findings"] == []
