"""Section 4, Phases: begun, open, closed by `as_of`, and who enters which."""

from pathlib import Path

import pytest

from tests.small.exports import form_text
from tests.small.folder import FORM
from tests.small.night import Night, compute_night
from tests.small.rules import JUDGING, NOMINATION, REGISTRATION, SCREENING, rules_text

CHECK = "inbox/screening/administrasi/cek.csv"
MARKS = "inbox/scores/proposal/n.csv"
ALL = (REGISTRATION, SCREENING, JUDGING, NOMINATION)
FILES = {
    FORM: form_text("Lentera", "Gerobak", "2022-02-10 10:00:00,Tanpa,Dinas Kesehatan,"),
    CHECK: "submission,surat,video\nLentera,ya,ya\nGerobak,ya,tidak\n",
    MARKS: "judge,submission,x,y\nJuri 1,Lentera,90,80\n",
}


def states(found: Night) -> list[tuple[str, ...]]:
    return found.cells("phases", "state", "entered")


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
    assert states(compute_night(tmp_path, rules_text(*ALL), FILES, as_of=as_of)) == expected


def test_as_of_decides_the_states_and_nothing_else_rows_count_as_delivered(tmp_path: Path) -> None:
    rows = [
        "2022-03-20 10:00:00,Terlambat,Dinas Kesehatan,satu",
        "2022-03-10 10:00:00,Lentera,Dinas Kesehatan,satu",
    ]

    found = compute_night(tmp_path, rules_text(), {FORM: form_text(*rows)}, as_of="2022-02-15")

    assert found.cells("submissions", "title", "status") == [
        ("Terlambat", "rejected"),
        ("Lentera", "accepted"),
    ]
    assert found.rules() == ["late"]


def test_stage_is_the_last_phase_entered(tmp_path: Path) -> None:
    by_day = {
        day: compute_night(tmp_path / day, rules_text(*ALL), FILES, as_of=day).by_title(
            "submissions", "stage"
        )
        for day in ("2022-03-01", "2022-03-16", "2022-03-23", "2022-05-01")
    }

    assert by_day == {
        "2022-03-01": {
            "Lentera": ("pendaftaran",),
            "Gerobak": ("pendaftaran",),
            "Tanpa": ("pendaftaran",),
        },
        "2022-03-16": {
            "Lentera": ("administrasi",),
            "Gerobak": ("administrasi",),
            "Tanpa": ("pendaftaran",),
        },
        "2022-03-23": {
            "Lentera": ("proposal",),
            "Gerobak": ("administrasi",),
            "Tanpa": ("pendaftaran",),
        },
        "2022-05-01": {
            "Lentera": ("nominasi",),
            "Gerobak": ("administrasi",),
            "Tanpa": ("pendaftaran",),
        },
    }


def test_later_phases_change_nothing_in_earlier_ones(tmp_path: Path) -> None:
    before = compute_night(tmp_path / "a", rules_text(*ALL), FILES, as_of="2022-03-23")
    after = compute_night(tmp_path / "b", rules_text(*ALL), FILES, as_of="2022-06-01")

    assert after["screening"] == before["screening"]
    assert after.cells("submissions", "status", "ranked_status") == before.cells(
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

    found = compute_night(tmp_path, rules_text(*ALL), files, as_of="2022-03-01")

    assert found.cells("phases", "phase", "delivered") == [
        ("pendaftaran", "3"),
        ("administrasi", "2"),
        ("proposal", "3"),
        ("nominasi", "0"),
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

    before = compute_night(
        tmp_path / "a", rules_text(REGISTRATION, later, JUDGING), FILES, as_of="2022-03-18T07:59:59"
    )
    at = compute_night(
        tmp_path / "b", rules_text(REGISTRATION, later, JUDGING), FILES, as_of="2022-03-18T08:00:00"
    )

    assert states(before) == [("closed", "3"), ("not_begun", "2"), ("not_begun", "0")]
    assert states(at) == [("closed", "3"), ("open", "2"), ("not_begun", "0")]


def test_while_a_phase_is_open_ranked_outcome_is_as_it_stands_and_outcome_is_open(
    tmp_path: Path,
) -> None:
    screening = compute_night(tmp_path / "a", rules_text(*ALL), FILES, as_of="2022-03-20")
    judging = compute_night(tmp_path / "b", rules_text(*ALL), FILES, as_of="2022-04-01")
    nomination = compute_night(tmp_path / "c", rules_text(*ALL), FILES, as_of="2022-04-20")

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

    found = compute_night(tmp_path, rules_text(REGISTRATION, early), FILES, as_of="2022-03-01")

    assert states(found) == [("open", "3"), ("open", "0")]
    assert found["screening"] == []


def test_several_screening_and_judging_phases_follow_each_other(tmp_path: Path) -> None:
    second = SCREENING.replace('"administrasi"', '"administrasi2"').replace(
        "2022-03-22", "2022-04-15"
    )
    third = JUDGING.replace('"proposal"', '"akhir"').replace("2022-04-10", "2022-04-20")
    files = {
        **FILES,
        "inbox/screening/administrasi2/c.csv": "submission,surat,video\nLentera,ya,ya\n",
        "inbox/scores/akhir/n.csv": "judge,submission,x,y\nJuri 1,Lentera,70,70\n",
    }

    found = compute_night(
        tmp_path, rules_text(REGISTRATION, SCREENING, JUDGING, second, third, NOMINATION), files
    )

    assert found.cells("phases", "phase", "entered") == [
        ("pendaftaran", "3"),
        ("administrasi", "2"),
        ("proposal", "1"),
        ("administrasi2", "1"),
        ("akhir", "1"),
        ("nominasi", "1"),
    ]
    assert found.cells("nominations", "title", "score", "outcome") == [
        ("Lentera", "70.00", "nominated")
    ]


def test_a_competition_of_registration_alone_works(tmp_path: Path) -> None:
    found = compute_night(tmp_path, rules_text(), FILES)

    assert states(found) == [("closed", "3")]
    assert found.cells("compliance", "received", "accepted", "screened", agency_code="DINKES") == [
        ("3", "2", "2")
    ]


def test_a_competition_without_screening_goes_from_registration_to_judging(tmp_path: Path) -> None:
    found = compute_night(
        tmp_path, rules_text(REGISTRATION, JUDGING), {FORM: FILES[FORM], MARKS: FILES[MARKS]}
    )

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
    found = compute_night(tmp_path, rules_text(*ALL), files)

    assert found.cells("phases", "state", "entered", "delivered") == [("closed", "0", "0")] * 4
    assert found["findings"] == []
    assert {row["status"] for row in found["compliance"]} == {"not_obliged"}
    assert found.cells("history", "year", "received", "accepted") == [("2022", "0", "0")]


def test_a_phase_without_any_sheet_has_everyone_without_score_and_undecided(tmp_path: Path) -> None:
    found = compute_night(
        tmp_path, rules_text(REGISTRATION, JUDGING, NOMINATION), {FORM: form_text("Lentera")}
    )

    assert found.cells(
        "rankings", "rank", "score", "own_score", "sheets", "ranked_outcome", "outcome"
    ) == [
        ("", "", "", "0", "undecided", "undecided"),
    ]
    assert found["nominations"] == []
    assert found["findings"] == []
