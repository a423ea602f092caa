"""Sections 1 and 4: corrections.csv changes one cell after it was read, and never in silence."""

import hashlib
from pathlib import Path

import pytest

from tests.small.exports import form_text, xlsx_bytes
from tests.small.folder import FORM
from tests.small.night import Night, compute_night
from tests.small.rules import JUDGING, REGISTRATION, SCREENING, rules_text

HEAD = "submission,source,row,field,expected,value,reason,by,on\n"
WHY = "Surat 12,Juri 1,2022-03-01"


def corrected(
    tmp_path: Path,
    *corrections: str,
    rows: tuple[str, ...] = ("Lentera",),
    rules: str = "",
    **files: str,
) -> Night:
    lines = "".join(f"{line},{WHY}\n" for line in corrections)
    return compute_night(
        tmp_path,
        rules or rules_text(),
        {FORM: form_text(*rows), "corrections.csv": HEAD + lines} | files,
    )


@pytest.mark.parametrize(
    "place", ["Lentera,,", "LENTERA!,,", ",submissions/a.csv,2", "Lentera,submissions/a.csv,2"]
)
def test_a_correction_changes_the_cell_given_by_submission_or_by_source_and_row(
    tmp_path: Path, place: str
) -> None:
    found = corrected(tmp_path, f"{place},category,satu,dua")

    assert found.cells("submissions", "category", "status") == [("dua", "accepted")]
    assert found.cells(
        "corrections",
        "source",
        "row",
        "field",
        "expected",
        "value",
        "reason",
        "corrected_by",
        "corrected_on",
        "applied",
    ) == [
        (
            "submissions/a.csv",
            "2",
            "category",
            "satu",
            "dua",
            "Surat 12",
            "Juri 1",
            "2022-03-01",
            "true",
        ),
    ]
    assert found["findings"] == []


def test_a_correction_can_be_named_by_the_published_id(tmp_path: Path) -> None:
    submission_id = compute_night(tmp_path / "a", rules_text(), {FORM: form_text("Lentera")}).ids()[
        "Lentera"
    ]

    found = corrected(tmp_path / "b", f"{submission_id},,,title,Lentera,Lentera Kota")

    assert found.cells("submissions", "title") == [("Lentera Kota",)]


@pytest.mark.parametrize(
    "line",
    [
        "Lentera,,,category,dua,satu",
        "Tidak Ada,,,category,satu,dua",
        ",submissions/a.csv,9,category,satu,dua",
        ",submissions/b.csv,2,category,satu,dua",
        "Lentera,,,warna,satu,dua",
        "Lentera,,,category,,dua",
        "Lentera,,,summary,ringkas,panjang",
    ],
)
def test_a_correction_that_the_export_does_not_bear_out_is_critical(
    tmp_path: Path, line: str
) -> None:
    found = corrected(tmp_path, line)

    assert found.rules() == ["correction_failed"]
    assert found.cells("findings", "severity", "table", "source", "row") == [
        ("critical", "corrections", "corrections.csv", "2")
    ]


def test_expected_nothing_fills_an_empty_cell_and_value_nothing_empties_one(tmp_path: Path) -> None:
    rows = ("2022-02-10 10:00:00,Lentera,Disdik,", "2022-02-10 10:00:00,Gerobak,Disdik,satu")

    found = corrected(tmp_path, "Lentera,,,category,,dua", "Gerobak,,,category,satu,", rows=rows)

    assert found.by_title("submissions", "category", "status") == {
        "Lentera": ("dua", "accepted"),
        "Gerobak": ("", "rejected"),
    }


def test_corrections_come_before_dates_agencies_and_innovations_are_read(tmp_path: Path) -> None:
    rows = ("2022-03-20 10:00:00,Lentera,Xyzzy,satu", "2022-02-11 10:00:00,Lentera,Disdik,dua")

    found = corrected(
        tmp_path,
        ",submissions/a.csv,2,agency,Xyzzy,Disdik",
        ",submissions/a.csv,2,submitted_at,20/03/2022 10.00,2022-03-01 10:00:00",
        rows=rows,
    )

    assert found.cells("submissions", "row", "agency_code", "status") == [
        ("2", "DISDIK", "accepted"),
        ("3", "DISDIK", "superseded"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Lentera,,,y,80,90",
        ",scores/proposal/n.csv,2,y,80,90",
        'Lentera,scores/proposal/n.csv,2,y,"80,0",90',
        ",scores/proposal/n.csv,2,Y,80.00,90",
    ],
)
def test_a_mark_can_be_corrected(tmp_path: Path, line: str) -> None:
    found = corrected(
        tmp_path,
        line,
        rules=rules_text(REGISTRATION, JUDGING),
        **{"inbox/scores/proposal/n.csv": "judge,submission,x,y\nJuri 1,Lentera,70,80\n"},
    )

    assert found.cells("marks", "criterion", "mark") == [("x", "70"), ("y", "90")]
    assert found["findings"] == []


def test_a_correction_of_a_mark_that_two_sheets_have_is_critical_without_a_row(
    tmp_path: Path,
) -> None:
    found = corrected(
        tmp_path,
        "Lentera,,,y,80,90",
        rules=rules_text(REGISTRATION, JUDGING),
        **{
            "inbox/scores/proposal/n.csv": "judge,submission,x,y\nJuri 1,Lentera,70,80\nJuri 2,"
            "Lentera,70,80\n"
        },
    )

    assert found.rules() == ["correction_failed"]


@pytest.mark.parametrize(
    "line", ["Lentera,,,video,tidak,ya", ",screening/administrasi/c.csv,2,video,tidak,ya"]
)
def test_an_answer_of_the_screening_can_be_corrected(tmp_path: Path, line: str) -> None:
    found = corrected(
        tmp_path,
        line,
        rules=rules_text(REGISTRATION, SCREENING),
        **{"inbox/screening/administrasi/c.csv": "submission,surat,video\nLentera,ya,tidak\n"},
    )

    assert found.cells("screening", "outcome") == [("passes",)]
    (submission_id,) = found.cells("submissions", "submission_id")[0]
    assert found.cells(
        "corrected", "source", "row", "submission_id", "field", "was", "is", "reason"
    ) == [
        (
            "screening/administrasi/c.csv",
            "2",
            submission_id,
            "video",
            "tidak",
            "ya",
            "Surat 12",
        )
    ]


def test_a_missing_mark_can_be_filled_in_and_the_sheets_submission_put_right(
    tmp_path: Path,
) -> None:
    found = corrected(
        tmp_path,
        ",scores/proposal/n.csv,2,y,,90",
        ",scores/proposal/n.csv,3,submission,Lentra,Lentera",
        rules=rules_text(REGISTRATION, JUDGING),
        **{
            "inbox/scores/proposal/n.csv": "judge,submission,x,y\n"
            "Juri 1,Lentera,70,\nJuri 2,Lentra,70,80\n"
        },
    )

    assert found.cells("rankings", "sheets") == [("2",)]
    assert found["findings"] == []


def test_a_row_delivered_twice_is_corrected_wherever_the_correction_says_it_stands(
    tmp_path: Path,
) -> None:
    for place in ("submissions/a.csv", "submissions/b.csv"):
        found = corrected(
            tmp_path / place[-5],
            f",{place},2,category,satu,dua",
            **{"inbox/submissions/b.csv": form_text("Lentera")},
        )

        assert found.cells("submissions", "category", "status") == [("dua", "accepted")]
        assert found.rules() == ["overlap"]


def test_the_tables_may_be_workbooks_or_as_indonesian_excel_saves_them(tmp_path: Path) -> None:
    line = ["Lentera", None, None, "category", "satu", "dua", "Surat", "Juri 1", "01/03/2022"]
    book = xlsx_bytes({"Sheet1": [HEAD.strip().split(","), line]})
    windows = (
        (HEAD + "Lentera,,,category,satu,dua,Surat “resmi”,Juri 1,01/03/2022\n")
        .replace(",", ";")
        .replace("\n", "\r\n")
        .encode("cp1252")
    )

    as_book = compute_night(
        tmp_path / "a", rules_text(), {FORM: form_text("Lentera"), "corrections.xlsx": book}
    )
    as_windows = compute_night(
        tmp_path / "b", rules_text(), {FORM: form_text("Lentera"), "corrections.csv": windows}
    )

    assert (
        as_book.cells("submissions", "category")
        == as_windows.cells("submissions", "category")
        == [("dua",)]
    )
    assert as_windows.cells("corrections", "reason") == [("Surat “resmi”",)]


def test_nothing_of_the_inbox_is_touched_and_the_source_is_copied_under_its_sha256(
    tmp_path: Path,
) -> None:
    found = corrected(tmp_path, "Lentera,,,category,satu,dua")

    delivered = (tmp_path / FORM).read_bytes()
    name = hashlib.sha256(delivered).hexdigest()
    assert delivered.decode() == form_text("Lentera")
    assert [
        path.read_bytes() for path in (tmp_path / ".kipp").rglob(f"*{name}*") if path.is_file()
    ] == [delivered]
    assert found.cells("exports", "export_sha256") == [(name,)]
