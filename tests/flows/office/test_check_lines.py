"""kipp check in the terminal: lines that fit, a rule told once, long lists counted."""

import pytest

from flows.office import check_lines
from reports.pages.office.check import CheckedExport, checked_exports
from tasks.words import Words

ID = Words("id")
SHEET = "scores/proposal/Panel A.xlsx#Juri 1"


def finding(
    rule="missing_required",
    severity="error",
    row="33",
    message="Kategori kosong → Minta isiannya",
    **more,
):
    return {
        "severity": severity,
        "rule": rule,
        "message": message,
        "source": "submissions/a.csv",
        "row": row,
        **more,
    }


def shown_lines(*findings, columns=80):
    return list(check_lines.finding_lines(findings, ID, columns))


def test_a_finding_names_place_innovation_reason_and_remedy():
    assert shown_lines(finding(about="WARUNG SAYUR")) == [
        "",
        "Kesalahan: Isian wajib kosong",
        "  submissions/a.csv, baris 33 · WARUNG SAYUR",
        "    Kategori kosong",
        "  → Minta isiannya",
    ]


def test_a_remedy_that_is_the_same_is_said_once():
    assert shown_lines(
        finding(row="1"), finding(row="2"), finding(row="3", message="Judul kosong → Lain")
    )[1:] == [
        "Kesalahan: Isian wajib kosong (3)",
        "  submissions/a.csv, baris 1",
        "    Kategori kosong",
        "  submissions/a.csv, baris 2",
        "    Kategori kosong",
        "  → Minta isiannya",
        "  submissions/a.csv, baris 3",
        "    Judul kosong",
        "  → Lain",
    ]


def test_a_long_list_is_counted_and_not_all_shown():
    lines = shown_lines(*(finding(row=str(row)) for row in range(1, 101)))
    assert lines[1] == "Kesalahan: Isian wajib kosong (100)"
    assert sum("baris" in line for line in lines) == 8
    assert lines[-2].startswith("  … dan 92 lagi seperti ini;")


def test_the_severest_come_first_and_a_cause_before_what_follows_of_it():
    lines = shown_lines(
        finding("not_in_phase"),
        finding("not_screened", "warning"),
        finding("unreadable_file"),
        finding("broken_register", "critical"),
    )
    assert [line for line in lines if line and not line.startswith(" ")] == [
        "Kritis: Tabel kompetisi tidak dapat dipakai",
        "Kesalahan: Berkas tidak terbaca",
        "Kesalahan: Tidak ikut dalam tahap itu",
        "Peringatan: Belum diperiksa",
    ]


def test_a_sheet_of_a_workbook_is_called_a_sheet():
    line = shown_lines({**finding(row="11"), "source": SHEET})[2]
    assert line == "  scores/proposal/Panel A.xlsx, lembar Juri 1, baris 11"


@pytest.mark.parametrize(
    ("decided", "ending"),
    [
        ("accepted", "sudah diputuskan di decisions.csv: Diterima"),
        ("superseded", "sudah digantikan kiriman lain"),
    ],
)
def test_what_is_settled_already_is_said_at_the_finding(decided, ending):
    assert shown_lines(finding(about="TELADAN", decided=decided), columns=110)[2].endswith(ending)


@pytest.mark.parametrize("columns", [40, 80, 110])
def test_lines_fit_the_terminal_and_go_on_under_their_text(columns):
    lines = shown_lines(finding(message="kata " * 60 + "→ " + "cara " * 60), columns=columns)
    assert max(map(len, lines)) <= columns
    assert {len(line) - len(line.lstrip()) for line in lines[2:]} == {2, 4, 6}


def test_an_export_has_its_rows_kind_and_what_was_not_recognised():
    shown = CheckedExport(SHEET, "plain", 1234, 9, ("No", "Total\nNilai"), ("Catatan.",))
    assert list(check_lines.export_lines([shown], ID, 80)) == [
        "scores/proposal/Panel A.xlsx, lembar Juri 1",
        "  1.234 baris · tabel biasa · 9 judul kolom dikenali",
        '  tidak dikenali: "No", "Total Nilai"',
        "  Catatan.",
    ]


@pytest.mark.parametrize(
    ("table", "field", "notes"),
    [
        ("submissions", "title", ("Tanpa kolom waktu pengiriman; keterlambatan tidak diperiksa.",)),
        ("submissions", "submitted_at", ()),
        ("marks", "title", ()),
    ],
)
def test_submissions_without_the_time_of_sending_are_noted(table, field, notes):
    row = {"source": "a.csv", "kind": "plain", "delivered": "2", "table": table}
    [export] = checked_exports(
        [row], [{"source": "a.csv", "heading": "Isian", "read_as": field}], ID
    )
    assert export.notes == notes
