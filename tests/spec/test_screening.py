"""Section 4, Screening: passes, fails, pending; the last row that answers counts."""

from pathlib import Path

import pytest

from tests.small.exports import form_text
from tests.small.folder import FORM
from tests.small.night import Night, compute_night
from tests.small.rules import JUDGING, REGISTRATION, SCREENING, rules_text

CHECK = "inbox/screening/administrasi/cek.csv"
RULES = rules_text(REGISTRATION, SCREENING)
HEAD = "submission,surat,video\n"


def screened(tmp_path: Path, *rows: str, head: str = HEAD, **files: str) -> Night:
    return compute_night(
        tmp_path,
        RULES,
        {FORM: form_text("Lentera"), CHECK: head + "".join(f"{r}\n" for r in rows), **files},
    )


@pytest.mark.parametrize(
    ("answers", "outcome", "unmet"),
    [
        ("ya,ya", "passes", ""),
        ("ya,tidak", "fails", "video"),
        ("tidak,tidak", "fails", "surat|video"),
        ("ya,", "pending", ""),
        ("ya,mungkin", "pending", ""),
        ("tidak,", "fails", "surat"),
        ("mungkin,tidak", "fails", "video"),
        ("lengkap,ada", "passes", ""),
        ("Tidak Lengkap,TIDAK ADA", "fails", "surat|video"),
        ("yes,no", "fails", "video"),
        ("1,0", "fails", "video"),
        ("Yes,1", "passes", ""),
        (" YA , Ada ", "passes", ""),
    ],
)
def test_every_requirement_met_passes_one_unmet_fails_else_pending(
    tmp_path: Path, answers: str, outcome: str, unmet: str
) -> None:
    found = screened(tmp_path, f"Lentera,{answers}")

    assert found.cells("screening", "ranked_outcome", "outcome", "unmet") == [
        (outcome, outcome, unmet)
    ]
    assert found.rules() == (["not_screened"] if outcome == "pending" else [])


def test_what_was_not_screened_is_pending_and_not_screened_a_warning(tmp_path: Path) -> None:
    found = screened(tmp_path, head=HEAD)

    assert found.cells("screening", "ranked_outcome", "outcome") == [("pending", "pending")]
    assert found.cells("findings", "severity", "rule", "phase", "submission_id") == [
        ("warning", "not_screened", "administrasi", found.ids()["Lentera"]),
    ]


def test_a_row_without_any_answer_is_not_screened_at_all(tmp_path: Path) -> None:
    found = screened(tmp_path, "Lentera,ya,ya", "Lentera,,")

    assert found.cells("screening", "outcome") == [("passes",)]
    assert found.cells("phases", "delivered", phase="administrasi") == [("1",)]


def test_of_rows_that_answer_for_one_submission_twice_the_last_counts(tmp_path: Path) -> None:
    found = screened(tmp_path, "Lentera,ya,tidak", "LENTERA,ya,ya")

    assert found.cells("screening", "outcome") == [("passes",)]
    assert found["findings"] == []


def test_last_is_by_export_name_and_row(tmp_path: Path) -> None:
    found = compute_night(
        tmp_path,
        RULES,
        {
            FORM: form_text("Lentera"),
            "inbox/screening/administrasi/b.csv": HEAD + "Lentera,ya,tidak\n",
            "inbox/screening/administrasi/a.csv": HEAD + "Lentera,ya,ya\n",
        },
    )

    assert found.cells("screening", "outcome") == [("fails",)]


def test_the_note_of_the_row_that_counts_is_kept(tmp_path: Path) -> None:
    found = screened(
        tmp_path, "Lentera,ya,tidak,tautan rusak", head="submission,surat,video,catatan\n"
    )

    assert found.cells("screening", "note", "unmet") == [("tautan rusak", "video")]


def test_submission_is_an_id_or_a_title(tmp_path: Path) -> None:
    whole = "ID,Timestamp,Judul,Instansi,Kategori"
    rows = [
        "K-1,2022-02-10 10:00:00,Lentera,Disdik,satu",
        "K-2,2022-02-10 10:00:00,Gerobak,Disdik,satu",
    ]
    found = compute_night(
        tmp_path,
        RULES,
        {FORM: form_text(*rows, headings=whole), CHECK: HEAD + "k-1,ya,ya\nGerobak.,ya,ya\n"},
    )

    assert found.cells("screening", "submission_id", "outcome") == [
        ("K-1", "passes"),
        ("K-2", "passes"),
    ]


def test_unknown_and_ambiguous_submissions_are_errors_and_left_out(tmp_path: Path) -> None:
    rows = [
        "2022-02-10 10:00:00,Lentera,Disdik,satu",
        "2022-02-10 10:00:00,Lentera,Dinas Kesehatan,satu",
    ]
    found = compute_night(
        tmp_path, RULES, {FORM: form_text(*rows), CHECK: HEAD + "Lentera,ya,ya\nTidak Ada,ya,ya\n"}
    )

    assert found.cells(
        "findings", "severity", "rule", "table", "phase", "row", "value", severity="error"
    ) == [
        ("error", "ambiguous_submission", "screening", "administrasi", "2", "Lentera"),
        ("error", "unknown_submission", "screening", "administrasi", "3", "Tidak Ada"),
    ]
    assert found.cells("screening", "outcome") == [("pending",), ("pending",)]


def test_an_answer_for_what_did_not_enter_is_not_in_phase(tmp_path: Path) -> None:
    rows = ["Lentera", "2022-02-10 10:00:00,Gerobak,Dinas Kesehatan,"]
    found = compute_night(
        tmp_path, RULES, {FORM: form_text(*rows), CHECK: HEAD + "Lentera,ya,ya\nGerobak,ya,ya\n"}
    )

    assert found.cells("findings", "severity", "rule", "phase", "row", rule="not_in_phase") == [
        ("error", "not_in_phase", "administrasi", "3"),
    ]
    assert found.by_title("screening", "outcome") == {"Lentera": ("passes",)}


def test_only_passes_enters_the_next_phase(tmp_path: Path) -> None:
    found = compute_night(
        tmp_path,
        rules_text(REGISTRATION, SCREENING, JUDGING),
        {
            FORM: form_text("Lentera", "Gerobak", "Sapa Warga"),
            CHECK: HEAD + "Lentera,ya,ya\nGerobak,ya,tidak\nSapa Warga,ya,\n",
        },
    )

    assert found.by_title("rankings", "outcome") == {"Lentera": ("undecided",)}
    assert found.by_title("submissions", "stage") == {
        "Lentera": ("proposal",),
        "Gerobak": ("administrasi",),
        "Sapa Warga": ("administrasi",),
    }


def test_an_answer_that_names_a_superseded_row_is_for_its_innovation(tmp_path: Path) -> None:
    whole = "_id,_uuid,_submission_time,_index,Judul,Instansi,Kategori"
    rows = [
        "1,u1,2022-02-10T01:00:00,1,Lentera,Dinas Kesehatan,satu",
        "1,u1,2022-02-11T01:00:00,1,Lentera Kota,Dinas Kesehatan,satu",
    ]
    found = compute_night(
        tmp_path, RULES, {FORM: form_text(*rows, headings=whole), CHECK: HEAD + "Lentera,ya,ya\n"}
    )

    assert found.cells("screening", "outcome") == [("passes",)]


def test_a_requirement_may_be_headed_by_its_name(tmp_path: Path) -> None:
    named = SCREENING.replace(
        '{ code = "surat" }',
        '{ code = "surat", name = { id = "Surat pernyataan", en = "Statement" } }',
    )
    found = compute_night(
        tmp_path,
        rules_text(REGISTRATION, named),
        {
            FORM: form_text("Lentera"),
            CHECK: "Judul,Surat Pernyataan,Video,Instansi\nLentera,ada,ada,Dinas Kesehatan\n",
        },
    )

    assert found.cells("screening", "outcome") == [("passes",)]
    assert found["findings"] == []


def test_screening_lists_those_that_entered_each_once(tmp_path: Path) -> None:
    found = compute_night(
        tmp_path, RULES, {FORM: form_text("Satu", "Dua", "Tiga"), CHECK: HEAD + "Dua,ya,ya\n"}
    )

    assert found.by_title("screening", "outcome", "phase") == {
        "Satu": ("pending", "administrasi"),
        "Dua": ("passes", "administrasi"),
        "Tiga": ("pending", "administrasi"),
    }
