"""todo.xlsx: what the small city leaves open, as rows that can be pasted; filled in and pasted,
they are read.
"""

import csv
import io
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from reports.content.edition import edition
from reports.content.form import Blank, OneOf, Scale
from reports.formats import fillable
from reports.pages.office import todo
from reports.pages.office.todo import Todo, TodoRow
from tasks.disk.folder import raw_tables
from tasks.register.tables import read_tables
from tasks.results.results import Results
from tasks.schema import TABLES

FORM = "submissions/formulir.csv"

FILL = "Isi value dengan isian yang benar, lalu salin ke corrections.csv."
SHEET = "scores/proposal/nilai.xlsx#Juri 2"
CHOICES = OneOf(("Kesehatan", "Pendidikan", "Ketahanan Pangan", "Tata Kelola Pemerintahan"))


def finding(rule: str, table: str = "submissions", **cells: object) -> dict[str, object]:
    phase = cells.pop("phase", "pendaftaran" if table == "submissions" else "proposal")
    given = {
        "severity": "error",
        "rule": rule,
        "table": table,
        "phase": phase,
        "source": FORM,
        "row": None,
    }
    return (
        given
        | {"submission_id": None, "field": None, "value": None, "message": f"{rule} → mend it"}
        | cells
    )


def made(
    city: Callable[..., Results], *findings: dict[str, object], **tables: pd.DataFrame
) -> Todo:
    frame = pd.DataFrame(list(findings), columns=TABLES["findings"].names)
    results = city(findings=frame, **tables)
    return todo.build(results, edition(results.competition))


def rows(told: Todo, sheet: str) -> tuple[TodoRow, ...]:
    return dict(told.sheets)[sheet]


def values(row: TodoRow) -> list[object]:
    return [cell.value if isinstance(cell, Blank) else cell for cell in row.cells]


# --- corrections
# --------------------------------------------------------------------------------------------------


def test_a_cell_that_cannot_stand_is_a_correction_that_names_the_cell_and_what_it_says(
    city: Callable[..., Results],
) -> None:
    told = made(
        city,
        finding(
            "unreadable_date",
            row=8,
            submission_id="X-FFFF",
            field="started_on",
            value="kapan-kapan",
        ),
    )
    (row,) = rows(told, "corrections")
    assert row == TodoRow(
        ("", FORM, 8, "started_on", "kapan-kapan", Blank(), Blank(), Blank(), Blank()),
        "Rumah Data",
        "unreadable_date → mend it",
        FILL,
    )


def test_a_missing_category_expects_nothing_and_offers_the_names(
    city: Callable[..., Results],
) -> None:
    told = made(city, finding("missing_required", row=8, submission_id="X-FFFF", field="category"))
    (row,) = rows(told, "corrections")
    assert (values(row)[4], row.cells[5]) == ("", Blank(CHOICES))


def test_a_sheet_without_several_marks_is_a_row_a_mark(city: Callable[..., Results]) -> None:
    told = made(
        city,
        finding("incomplete_sheet", "marks", source=SHEET, row=4, field="signifikansi|kebaruan"),
    )
    assert [values(row)[1:5] for row in rows(told, "corrections")] == [
        [SHEET, 4, "signifikansi", ""],
        [SHEET, 4, "kebaruan", ""],
    ]


def test_a_mark_has_its_scale_and_a_requirement_yes_and_no(city: Callable[..., Results]) -> None:
    told = made(
        city,
        finding("mark_off_scale", "marks", source=SHEET, row=4, field="kebaruan", value="850"),
        finding("not_screened", "screening", phase="administrasi", row=5, field="surat|proposal"),
    )
    mark, answer = Blank(Scale(Decimal(0), Decimal(100))), Blank(OneOf(("ya", "tidak")))
    assert [row.cells[5] for row in rows(told, "corrections")] == [mark, answer, answer]


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("surat", "mungkin", ["mungkin"]),
        ("surat", "a|b", ["a|b"]),
        ("surat|proposal", "mungkin|", ["mungkin", ""]),
        ("surat|proposal", None, ["", ""]),
    ],
)
def test_an_unclear_answer_expects_what_stands_there(
    city: Callable[..., Results], field: str, value: str | None, expected: list[str]
) -> None:
    told = made(
        city,
        finding("not_screened", "screening", phase="administrasi", row=5, field=field, value=value),
    )

    assert [values(row)[3:5] for row in rows(told, "corrections")] == [
        [name, text] for name, text in zip(field.split("|"), expected, strict=True)
    ]


def test_a_sheet_on_an_unknown_submission_is_a_correction_of_its_submission(
    city: Callable[..., Results],
) -> None:
    told = made(
        city,
        finding(
            "unknown_submission", "marks", source=SHEET, row=7, field="submission", value="Lantera"
        ),
    )
    assert values(rows(told, "corrections")[0])[:6] == ["", SHEET, 7, "submission", "Lantera", ""]


def test_a_cell_of_a_workbook_without_rows_is_named_by_its_submission(
    city: Callable[..., Results],
) -> None:
    told = made(
        city,
        finding(
            "unreadable_date",
            source="submissions/surat.xlsx",
            submission_id="X-FFFF",
            field="started_on",
            value="2O22",
        ),
    )
    assert values(rows(told, "corrections")[0])[:5] == ["X-FFFF", "", "", "started_on", "2O22"]


@pytest.mark.parametrize("row", [4, 10])
def test_rows_that_are_replaced_or_withdrawn_need_nothing(
    city: Callable[..., Results], row: int
) -> None:
    told = made(city, finding("missing_required", row=row, field="summary", severity="warning"))
    assert rows(told, "corrections") == ()


def test_a_later_row_that_is_rejected_can_be_corrected_and_not_decided(
    city: Callable[..., Results],
) -> None:
    submissions = city()["submissions"]
    later = submissions[submissions["row"] == 5].assign(
        row=11, status="rejected", submitted_at=pd.Timestamp("2022-03-20T09:00+07:00")
    )
    told = made(
        city,
        finding("missing_required", row=11, submission_id="SMPN-10-CCCC", field="summary"),
        finding("late", row=11, submission_id="SMPN-10-CCCC"),
        submissions=pd.concat([submissions, later]),
    )
    assert [row.action for row in rows(told, "corrections")] == [FILL]
    assert [row for row in rows(told, "decisions") if row.cells[0] == "pendaftaran"] == []


def test_a_heading_that_is_not_there_is_no_cell_to_correct(city: Callable[..., Results]) -> None:
    assert (
        rows(made(city, finding("missing_required", row=1, field="summary")), "corrections") == ()
    )


# --- agencies
# --------------------------------------------------------------------------------------------------


def test_an_unknown_agency_is_a_line_to_add_or_a_correction(city: Callable[..., Results]) -> None:
    told = made(
        city,
        finding(
            "unknown_agency", row=8, submission_id="X-FFFF", field="agency", value="Kantor Data"
        ),
        finding(
            "unknown_agency", row=9, submission_id="X-FFFF", field="agency", value="KANTOR DATA"
        ),
    )
    assert [values(row) for row in rows(told, "agencies")] == [
        ["", "Kantor Data", "", "", "", "", "", "", ""]
    ]
    assert [values(row)[:6] for row in rows(told, "corrections")] == [
        ["", FORM, 8, "agency", "Kantor Data", ""],
        ["", FORM, 9, "agency", "KANTOR DATA", ""],
    ]


def test_a_body_of_another_year_is_not_added_again(city: Callable[..., Results]) -> None:
    told = made(city, finding("unknown_agency", row=8, field="agency", value="DINAS KESEHATAN"))
    assert rows(told, "agencies") == ()


def test_an_approximate_match_is_the_whole_line_with_its_aliases_completed(
    city: Callable[..., Results],
) -> None:
    agencies = pd.DataFrame(
        [
            (
                "DINKES",
                "Dinas Kesehatan",
                "Dinkes",
                "dinas",
                None,
                True,
                None,
                2025,
                "Din. Kesehatan",
            ),
            ("PKM-JANTI", "Puskesmas Janti", None, "puskesmas", "DINKES", True, None, None, None),
        ],
        columns=TABLES["agencies"].names,
    )
    near = [
        ("Dinas Kesehatn", "Dinas Kesehatan"),
        ("Dinas Ksehatan", "Dinas Kesehatan"),
        ("Puskesmas Jantii", "Puskesmas Janti"),
    ]
    matches = pd.DataFrame(
        [(FORM, 2, "agency", *pair, "93.0") for pair in near], columns=TABLES["matches"].names
    )
    told = made(
        city,
        *(
            finding("approximate_agency", row=2, field="agency", value=typed, severity="warning")
            for typed, _ in near
        ),
        agencies=agencies,
        matches=matches,
    )
    assert [values(row) for row in rows(told, "agencies")] == [
        [
            "DINKES",
            "Dinas Kesehatan",
            "Dinkes",
            "dinas",
            None,
            "Din. Kesehatan|Dinas Kesehatn|Dinas Ksehatan",
            "",
            None,
            2025,
        ],
        [
            "PKM-JANTI",
            "Puskesmas Janti",
            None,
            "puskesmas",
            "DINKES",
            "Puskesmas Jantii",
            "true",
            None,
            None,
        ],
    ]


# --- decisions
# --------------------------------------------------------------------------------------------------


def test_a_late_one_is_a_decision_to_make_with_all_its_reasons(
    city: Callable[..., Results],
) -> None:
    told = made(
        city,
        finding("late", row=7, submission_id="KEC-SUKUN-EEEE"),
        finding("too_young", row=7, submission_id="KEC-SUKUN-EEEE", field="started_on"),
    )
    of_registration = [row for row in rows(told, "decisions") if row.cells[0] == "pendaftaran"]
    assert of_registration == [
        TodoRow(
            (
                "pendaftaran",
                "KEC-SUKUN-EEEE",
                Blank(OneOf(("accepted", "rejected", "withdrawn"))),
                Blank(),
                "",
            ),
            "Sungai Bersih",
            "late → mend it\ntoo_young → mend it",
            "Pilih outcome (accepted, rejected, withdrawn), tulis alasannya, lalu salin ke "
            "decisions.csv.",
        )
    ]


def test_what_a_decision_has_settled_and_what_none_can_are_left_out(
    city: Callable[..., Results],
) -> None:
    told = made(
        city,
        finding("late", row=9, submission_id="BAG-ORG-GGGG"),
        finding("late", row=8, submission_id="X-FFFF"),
        finding(
            "unknown_agency", row=8, submission_id="X-FFFF", field="agency", value="Kantor Data"
        ),
    )
    assert [row for row in rows(told, "decisions") if row.cells[0] == "pendaftaran"] == []


def test_a_vanished_one_waits_for_a_decision(city: Callable[..., Results]) -> None:
    told = made(
        city, finding("vanished", submission_id="DLH-ZZZZ", source=None, severity="warning")
    )
    assert rows(told, "decisions")[0].cells[:2] == ("pendaftaran", "DLH-ZZZZ")


def test_what_closed_phases_leave_undecided_is_a_row_each_and_a_level_each(
    city: Callable[..., Results],
) -> None:
    told = made(
        city,
        finding(
            "not_screened",
            "screening",
            phase="administrasi",
            source=None,
            submission_id="BAG-ORG-GGGG",
        ),
    )
    assert [
        (row.cells[0], row.cells[1], row.cells[4], row.finding) for row in rows(told, "decisions")
    ] == [
        ("administrasi", "BAG-ORG-GGGG", "", "not_screened → mend it"),
        (
            "presentasi",
            "SMPN-10-CCCC",
            "",
            "Presentasi dan Wawancara sudah ditutup, tetapi hasilnya belum diputuskan.",
        ),
        (
            "nominasi",
            "SMPN-10-CCCC",
            "provinsi",
            "Nominasi sudah ditutup, tetapi hasilnya belum diputuskan.",
        ),
        (
            "nominasi",
            "SMPN-10-CCCC",
            "nasional",
            "Nominasi sudah ditutup, tetapi hasilnya belum diputuskan.",
        ),
    ]


def test_a_phase_that_is_open_leaves_nothing_to_decide(
    city: Callable[..., Results], fresh: Results
) -> None:
    assert todo.build(fresh, edition(fresh.competition)).count == 0
    phases = city()["phases"].assign(state="open")
    assert rows(made(city, phases=phases), "decisions") == ()


def test_a_decision_without_effect_is_given_back_to_mend(city: Callable[..., Results]) -> None:
    told = made(
        city,
        finding(
            "unknown_decision",
            "decisions",
            source="decisions.csv",
            row=5,
            phase="proposal",
            value="Lantera",
        ),
    )
    row = next(row for row in rows(told, "decisions") if row.finding.startswith("unknown_decision"))
    assert (values(row), row.cells[2], row.action) == (
        ["proposal", "Lantera", "", "", ""],
        Blank(OneOf(("advances", "stays"))),
        "Perbaiki, lalu gantikan baris 5 decisions.csv dengan baris ini.",
    )


# --- competition.toml
# ------------------------------------------------------------------------------------------------


def test_a_heading_that_gives_nothing_is_a_line_for_its_section(
    city: Callable[..., Results],
) -> None:
    told = made(
        city,
        finding("unknown_column", row=1, field='Apa "nama" inovasinya?'),
        finding("unknown_column", "marks", row=1, source=SHEET, field="Nilai A"),
        finding("unknown_column", "screening", row=1, phase="administrasi", field="Berkas"),
        finding("unknown_column", "agencies", source="agencies.csv", field="catatan"),
    )
    assert [values(row) for row in rows(told, "toml")] == [
        ["[forms.submissions]", '"Apa \\"nama\\" inovasinya?" = ""'],
        ["[forms.scores.proposal]", '"Nilai A" = ""'],
        ["[forms.screening.administrasi]", '"Berkas" = ""'],
    ]


def _headed(city: Callable[..., Results], *read: tuple[str, str | None]) -> Results:
    given = [(FORM, heading, field) for heading, field in read]
    findings = pd.DataFrame(
        [finding("unknown_column", row=1, field=read[-1][0])], columns=TABLES["findings"].names
    )
    return city(
        findings=findings, headings=pd.DataFrame(given, columns=["source", "heading", "read_as"])
    )


def test_of_two_headings_for_one_field_the_line_is_that_of_the_one_that_is_used(
    city: Callable[..., Results],
) -> None:
    results = _headed(city, ("Judul", "title"), ("Nama inovasi", "title"))
    told = todo.build(results, edition(results.competition))
    assert [values(row) for row in rows(told, "toml")] == [
        ["[forms.submissions]", '"Judul" = "title"']
    ]


def test_headings_that_are_written_alike_have_no_line_that_tells_them_apart(
    city: Callable[..., Results],
) -> None:
    results = _headed(city, ("Judul", "title"), ("JUDUL:", "title"))
    assert rows(todo.build(results, edition(results.competition)), "toml") == ()


# --- the workbook
# --------------------------------------------------------------------------------------------------


def workbook(city: Callable[..., Results], *findings: dict[str, object]) -> bytes:
    results = city(findings=pd.DataFrame(list(findings), columns=TABLES["findings"].names))
    made_for = edition(results.competition)
    return fillable.render_form(todo.book(todo.build(results, made_for), made_for), made_for.words)


def test_each_sheet_has_the_columns_of_its_file_and_what_the_row_is_about(
    city: Callable[..., Results],
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(city)))
    told = ["Tentang", "Temuan", "Yang perlu dilakukan"]
    heads = {sheet.title: [cell.value for cell in sheet[4]] for sheet in book}
    assert heads == {
        "corrections": [
            "submission",
            "source",
            "row",
            "field",
            "expected",
            "value",
            "reason",
            "by",
            "on",
            *told,
        ],
        "agencies": [
            "code",
            "name",
            "short_name",
            "type",
            "parent_code",
            "aliases",
            "obliged",
            "valid_from",
            "valid_to",
            *told,
        ],
        "decisions": ["phase", "submission", "outcome", "reason", "level", *told],
        "toml": ["section", "line", *told],
    }


def test_the_same_findings_give_the_same_bytes_and_no_formula(city: Callable[..., Results]) -> None:
    hostile = finding(
        "unreadable_date",
        row=8,
        field="started_on",
        value='=HYPERLINK("http://x")',
        message="@SUM(1) → +1",
    )
    content = workbook(city, hostile)
    assert content == workbook(city, hostile)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert not any(
            b"<f>" in parts.read(name) or b"hyperlink" in name.encode() for name in parts.namelist()
        )


def test_rows_that_are_filled_in_and_pasted_are_read(
    city: Callable[..., Results], tmp_path: Path
) -> None:
    content = workbook(
        city,
        finding(
            "unknown_agency", row=8, submission_id="X-FFFF", field="agency", value="Kantor Data"
        ),
        finding("late", row=7, submission_id="KEC-SUKUN-EEEE"),
        finding("unreadable_date", row=8, submission_id="X-FFFF", field="started_on", value="2O22"),
    )
    filled = {
        "code": "KD",
        "value": "2 Mei 2021",
        "outcome": "accepted",
        "reason": "Perintah pimpinan",
    }
    book = openpyxl.load_workbook(io.BytesIO(content))
    for name, width in (("corrections", 9), ("agencies", 9), ("decisions", 5)):
        heads = [cell.value for cell in book[name][4]][:width]
        pasted = [
            [
                cell.value if cell.value is not None else filled.get(head, "")
                for head, cell in zip(heads, row, strict=False)
            ]
            for row in book[name].iter_rows(min_row=5)
        ]
        first = ["A1", "Kantor Satu", *[""] * 7] if name == "agencies" else None
        with (tmp_path / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([heads, *([first] if first else []), *pasted])
    results = city()
    rules = results.rules_text.replace('outcome = "x"', "")
    (tmp_path / "competition.toml").write_text(rules, encoding="utf-8")
    tables, found = read_tables(raw_tables(tmp_path), results.competition)
    assert list(found["rule"]) == []
    assert list(
        zip(
            tables.corrections["row"],
            tables.corrections["expected"],
            tables.corrections["value"],
            strict=True,
        )
    ) == [(8, "Kantor Data", "2 Mei 2021"), (8, "2O22", "2 Mei 2021")]
    assert list(tables.agencies["agency"]) == ["Kantor Satu", "Kantor Data"]
    assert set(tables.decisions["outcome"]) == {"accepted"}


def test_a_decision_that_is_pasted_unfinished_is_refused_with_its_row(
    city: Callable[..., Results], tmp_path: Path
) -> None:
    (tmp_path / "agencies.csv").write_text("code,name\nA1,Kantor Satu\n", encoding="utf-8")
    text = "phase,submission,outcome,reason,level\npendaftaran,KEC-SUKUN-EEEE,,,\n"
    (tmp_path / "decisions.csv").write_text(text, encoding="utf-8")
    _, found = read_tables(raw_tables(tmp_path), city().competition)
    assert list(zip(found["rule"], found["row"], found["field"], strict=True)) == [
        ("broken_register", 2, "outcome")
    ]
