"""Section 4, Decisions: beside what the rule gave, with their reason; from the phase's close on."""

from pathlib import Path

import pytest

from tests.small.exports import form_text
from tests.small.folder import FORM
from tests.small.night import compute_night
from tests.small.rules import JUDGING, NOMINATION, REGISTRATION, SCREENING, rules_text

HEAD = "phase,submission,outcome,reason,level\n"
LATE = "2022-04-01 10:00:00,Lentera,Dinas Kesehatan,satu"
CHECK = "inbox/screening/administrasi/cek.csv"
MARKS = "inbox/scores/proposal/n.csv"


def decisions(*rows: str) -> str:
    return HEAD + "".join(f"{row}\n" for row in rows)


def test_accepted_overrides_any_error_and_both_stay_visible_with_the_reason(tmp_path: Path) -> None:
    files = {
        FORM: form_text("2022-04-01 10:00:00,Lentera,Dinas Kesehatan,salah"),
        "decisions.csv": decisions("pendaftaran,Lentera,accepted,Perintah Wali Kota,"),
    }

    found = compute_night(tmp_path, rules_text(), files)

    assert found.cells("submissions", "status", "ranked_status", "reason") == [
        ("accepted", "rejected", "Perintah Wali Kota"),
    ]
    assert found.rules(severity="error") == ["late", "unknown_category"]
    assert found.cells("decisions", "phase", "submission_id", "outcome", "applied") == [
        ("pendaftaran", found.ids()["Lentera"], "accepted", "true"),
    ]


@pytest.mark.parametrize("agency", ["Kantor Xyzzy", "Puskesmas Ar"])
def test_accepted_does_not_override_an_unknown_agency_and_is_an_unknown_decision(
    tmp_path: Path, agency: str
) -> None:
    files = {
        FORM: form_text(f"2022-02-10 10:00:00,Lentera,{agency},satu"),
        "decisions.csv": decisions("pendaftaran,Lentera,accepted,Perintah,"),
    }

    found = compute_night(tmp_path, rules_text(), files)

    assert found.cells("submissions", "status", "ranked_status", "reason") == [
        ("rejected", "rejected", "")
    ]
    assert found.rules() == ["unknown_agency", "unknown_decision"]


@pytest.mark.parametrize("outcome", ["rejected", "withdrawn"])
def test_rejected_and_withdrawn_stand_beside_an_accepted_ranked_status(
    tmp_path: Path, outcome: str
) -> None:
    files = {
        FORM: form_text("Lentera"),
        "decisions.csv": decisions(f"pendaftaran,Lentera,{outcome},Surat,"),
    }

    found = compute_night(tmp_path, rules_text(), files)

    assert found.cells("submissions", "status", "ranked_status", "reason", "stage") == [
        (outcome, "accepted", "Surat", "pendaftaran"),
    ]


def test_withdrawn_is_received_and_not_accepted(tmp_path: Path) -> None:
    files = {
        FORM: form_text("Lentera"),
        "decisions.csv": decisions("pendaftaran,Lentera,withdrawn,Surat,"),
    }

    found = compute_night(tmp_path, rules_text(), files)

    assert found.cells("compliance", "received", "accepted", agency_code="DINKES") == [("1", "0")]
    assert found.cells("history", "received", "accepted") == [("1", "0")]


def test_decisions_on_registration_count_at_once(tmp_path: Path) -> None:
    files = {
        FORM: form_text("Lentera"),
        "decisions.csv": decisions("pendaftaran,Lentera,withdrawn,Surat,"),
    }

    found = compute_night(tmp_path, rules_text(), files, as_of="2022-02-15")

    assert found.cells("submissions", "status") == [("withdrawn",)]


def test_a_decision_holds_for_the_row_that_counts(tmp_path: Path) -> None:
    rows = [
        "2022-02-10 10:00:00,Lentera,Dinas Kesehatan,satu",
        "2022-02-11 10:00:00,Lentera,Dinas Kesehatan,dua",
        "2022-03-18 10:00:00,Lentera,Dinas Kesehatan,dua",
    ]
    files = {
        FORM: form_text(*rows),
        "decisions.csv": decisions("pendaftaran,Lentera,withdrawn,Surat,"),
    }

    found = compute_night(tmp_path, rules_text(), files)

    assert found.cells("submissions", "row", "status", "ranked_status", "reason") == [
        ("2", "superseded", "superseded", ""),
        ("3", "withdrawn", "accepted", "Surat"),
        ("4", "rejected", "rejected", ""),
    ]


def test_a_decision_may_name_the_submission_by_id_or_title(tmp_path: Path) -> None:
    whole = "ID,Timestamp,Judul,Instansi,Kategori"
    rows = [
        "K-1,2022-02-10 10:00:00,Lentera,Disdik,satu",
        "K-2,2022-02-10 10:00:00,Gerobak,Disdik,satu",
    ]
    files = {
        FORM: form_text(*rows, headings=whole),
        "decisions.csv": decisions(
            "pendaftaran,K-1,rejected,A,", "pendaftaran,GEROBAK!,withdrawn,B,"
        ),
    }

    found = compute_night(tmp_path, rules_text(), files)

    assert found.cells("submissions", "submission_id", "status") == [
        ("K-1", "rejected"),
        ("K-2", "withdrawn"),
    ]


@pytest.mark.parametrize(
    "row",
    [
        "pendaftaran,Tidak Ada,accepted,,",
        "lain,Lentera,accepted,,",
        "pendaftaran,Lentera,passes,,",
        "administrasi,Lentera,accepted,,",
        "proposal,Lentera,passes,,",
        "nominasi,Lentera,nominated,,",
        "nominasi,Lentera,nominated,,dunia",
    ],
)
def test_a_decision_on_what_is_not_there_is_unknown_decision_without_effect(
    tmp_path: Path, row: str
) -> None:
    rules = rules_text(REGISTRATION, SCREENING, JUDGING, NOMINATION)
    files = {
        FORM: form_text("Lentera"),
        "decisions.csv": decisions(row),
        CHECK: "submission,surat,video\nLentera,ya,ya\n",
        MARKS: "judge,submission,x,y\nJuri 1,Lentera,80,80\n",
    }

    found = compute_night(tmp_path, rules, files)

    assert found.rules() == ["unknown_decision"]
    assert found.cells("submissions", "status", "stage") == [("accepted", "nominasi")]


def test_a_decision_on_a_submission_that_did_not_enter_the_phase_is_unknown_decision(
    tmp_path: Path,
) -> None:
    files = {
        FORM: form_text("Lentera", "Gerobak"),
        "decisions.csv": decisions(
            "pendaftaran,Lentera,rejected,Surat,", "administrasi,Lentera,passes,Pleno,"
        ),
    }

    found = compute_night(tmp_path, rules_text(REGISTRATION, SCREENING), files)

    assert found.rules() == ["not_screened", "unknown_decision"]
    assert found.by_title("screening", "outcome") == {"Gerobak": ("pending",)}


def test_a_decision_on_a_title_that_two_share_is_ambiguous_submission(tmp_path: Path) -> None:
    rows = [
        "2022-02-10 10:00:00,Lentera,Dinas Kesehatan,satu",
        "2022-02-10 10:00:00,Lentera,Disdik,satu",
    ]
    files = {
        FORM: form_text(*rows),
        "decisions.csv": decisions("pendaftaran,Lentera,withdrawn,Surat,"),
    }

    found = compute_night(tmp_path, rules_text(), files)

    assert found.cells("submissions", "status") == [("accepted",), ("accepted",)]
    assert found.rules() == ["ambiguous_submission", "similar_title"]


def test_of_decisions_that_contradict_each_other_the_last_row_holds(tmp_path: Path) -> None:
    files = {
        FORM: form_text("Lentera"),
        "decisions.csv": decisions(
            "pendaftaran,Lentera,withdrawn,A,",
            "pendaftaran,Lentera,rejected,B,",
            "pendaftaran,Lentera,withdrawn,C,",
            "pendaftaran,Lentera,rejected,D,",
        ),
    }

    found = compute_night(tmp_path, rules_text(), files)

    assert found.cells("submissions", "status", "reason") == [("rejected", "D")]
    assert [row for (row,) in found.cells("findings", "row", rule="unknown_decision")] == ["2", "4"]


@pytest.mark.parametrize(
    ("as_of", "outcome"),
    [
        ("2022-03-20", "pending"),
        ("2022-03-22T23:59:59", "pending"),
        ("2022-03-23T00:00:00", "passes"),
    ],
)
def test_a_decision_on_screening_counts_from_its_close_on(
    tmp_path: Path, as_of: str, outcome: str
) -> None:
    files = {
        FORM: form_text("Lentera"),
        "decisions.csv": decisions("administrasi,Lentera,passes,Pleno,"),
        CHECK: "submission,surat,video\nLentera,ya,tidak\n",
    }

    found = compute_night(tmp_path, rules_text(REGISTRATION, SCREENING), files, as_of=as_of)

    assert found.cells("screening", "ranked_outcome", "outcome", "reason") == [
        ("fails", outcome, "Pleno" if outcome == "passes" else ""),
    ]
    assert found["findings"] == []


def test_decisions_on_judging_stand_beside_the_rule_and_both_are_shown(tmp_path: Path) -> None:
    rules = rules_text(REGISTRATION, JUDGING.replace("scale", "advance = { overall = 1 }\nscale"))
    files = {
        FORM: form_text("Lentera", "Gerobak"),
        MARKS: "judge,submission,x,y\nJuri 1,Lentera,90,90\nJuri 1,Gerobak,80,80\n",
        "decisions.csv": decisions(
            "proposal,Lentera,stays,Pleno A,", "proposal,Gerobak,advances,Pleno B,"
        ),
    }

    found = compute_night(tmp_path, rules, files)

    assert found.by_title("rankings", "rank", "ranked_outcome", "outcome", "reason") == {
        "Lentera": ("1", "advances", "stays", "Pleno A"),
        "Gerobak": ("2", "stays", "advances", "Pleno B"),
    }


def test_advances_without_a_score_enters(tmp_path: Path) -> None:
    files = {
        FORM: form_text("Lentera", "Gerobak"),
        MARKS: "judge,submission,x,y\nJuri 1,Gerobak,80,80\n",
        "decisions.csv": decisions("proposal,Lentera,advances,Pleno,"),
    }

    found = compute_night(tmp_path, rules_text(REGISTRATION, JUDGING, NOMINATION), files)

    assert found.by_title("rankings", "rank", "score", "ranked_outcome", "outcome") == {
        "Gerobak": ("1", "80.00", "advances", "advances"),
        "Lentera": ("", "", "undecided", "advances"),
    }
    assert found.by_title("submissions", "stage") == {
        "Gerobak": ("nominasi",),
        "Lentera": ("nominasi",),
    }
    assert found.by_title("nominations", "place", "score", "ranked_outcome", "outcome") == {
        "Gerobak": ("1", "80.00", "nominated", "nominated"),
        "Lentera": ("", "", "undecided", "undecided"),
    }


def test_decisions_on_a_nomination_hold_for_their_level_alone(tmp_path: Path) -> None:
    two = NOMINATION.replace("}]", '}, { code = "nasional", quota = 1 }]')
    files = {
        FORM: form_text("Lentera", "Gerobak"),
        MARKS: "judge,submission,x,y\nJuri 1,Lentera,90,90\nJuri 1,Gerobak,80,80\n",
        "decisions.csv": decisions(
            "nominasi,Lentera,reserve,Pleno,nasional", "nominasi,Gerobak,nominated,Pleno,nasional"
        ),
    }

    found = compute_night(tmp_path, rules_text(REGISTRATION, JUDGING, two), files)

    assert found.cells("nominations", "level", "title", "ranked_outcome", "outcome") == [
        ("provinsi", "Lentera", "nominated", "nominated"),
        ("provinsi", "Gerobak", "reserve", "reserve"),
        ("nasional", "Lentera", "nominated", "reserve"),
        ("nasional", "Gerobak", "reserve", "nominated"),
    ]


def test_a_late_entry_admitted_by_order_enters_the_next_phase(tmp_path: Path) -> None:
    files = {
        FORM: form_text(LATE),
        "decisions.csv": decisions("pendaftaran,Lentera,accepted,Perintah,"),
    }

    found = compute_night(tmp_path, rules_text(REGISTRATION, JUDGING), files)

    assert found.by_title("rankings", "outcome") == {"Lentera": ("undecided",)}


def test_one_word_of_case_or_space_does_not_change_a_decision(tmp_path: Path) -> None:
    files = {
        FORM: form_text("Lentera"),
        "decisions.csv": decisions("PENDAFTARAN, lentera , Withdrawn ,Surat,"),
    }

    found = compute_night(tmp_path, rules_text(), files)

    assert found.cells("submissions", "status") == [("withdrawn",)]
