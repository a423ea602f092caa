"""Sheets to fill in: who gets what, and headings that intake knows again."""

from collections.abc import Callable
from decimal import Decimal

import pandas as pd
import pytest

from flows.office.sheets import heading_reader
from reports.content.edition import edition
from reports.content.form import Blank, FormWorkbook, OneOf, Scale, WeightedMean
from reports.pages.office import sheets
from tasks.results.results import Results
from tasks.rules.competition import JudgingPhase, ScreeningPhase

ENTERED = pd.DataFrame(
    [
        ("DINKES-AAAA", "Lentera Ibu", "Dinas Kesehatan", "kesehatan"),
        ("X-FFFF", "=Rumah Data", "Kantor Data", None),
    ],
    columns=["submission_id", "title", "agency", "category"],
).astype("str")
EXPECTED = pd.DataFrame(
    [("Juri 2", "DINKES-AAAA"), ("Juri 2", "X-FFFF"), ("Juri 1", "X-FFFF")],
    columns=["judge", "submission_id"],
)


def judging(results: Results, code: str = "proposal") -> JudgingPhase:
    phase = results.competition.phase(code)
    assert isinstance(phase, JudgingPhase)
    return phase


def judges_workbook(results: Results, expected: pd.DataFrame = EXPECTED) -> FormWorkbook:
    phase = judging(results)
    read_heading = heading_reader(phase, results.competition)
    made_for = edition(results.competition)
    return sheets.judges_workbook(ENTERED, expected, phase, made_for, read_heading)


def screening_workbook(results: Results) -> FormWorkbook:
    phase = results.competition.phase("administrasi")
    assert isinstance(phase, ScreeningPhase)
    read_heading = heading_reader(phase, results.competition)
    return sheets.screening_workbook(ENTERED, phase, edition(results.competition), read_heading)


def test_each_judge_has_the_rows_asked_for_with_a_mark_a_criterion(
    city: Callable[..., Results],
) -> None:
    results = city()
    workbook = judges_workbook(results)
    mark = Scale(Decimal(0), Decimal(100))
    assert [(sheet.name, [row[0] for row in sheet.rows]) for sheet in workbook.sheets] == [
        ("Juri 2", ["DINKES-AAAA", "X-FFFF"]),
        ("Juri 1", ["X-FFFF"]),
    ]
    assert workbook.sheets[1].rows[0] == (
        "X-FFFF",
        "=Rumah Data",
        "Kantor Data",
        "",
        "Juri 1",
        Blank(mark, "Signifikansi: 0 sampai 100, bobot 60"),
        Blank(mark, "Kebaruan: 0 sampai 100, bobot 40"),
        Blank(),
        WeightedMean(5, (Decimal(60), Decimal(40)), Decimal(100), 2),
    )
    assert [column.heading for column in workbook.sheets[1].columns] == [
        "ID",
        "Judul Inovasi",
        "Instansi",
        "Kategori",
        "Juri",
        "Signifikansi",
        "Kebaruan",
        "Catatan",
        "Nilai Akhir",
    ]


def test_scale_weights_place_and_signature_stand_on_the_sheet(city: Callable[..., Results]) -> None:
    results = city()
    sheet = judges_workbook(results).sheets[0]
    assert sheet.notes[:2] == (
        "Juri: Juri 2",
        "Isi nilai 0 sampai 100 pada setiap kolom yang putih. Bobot: Signifikansi 60, Kebaruan 40.",
    )
    assert "inbox/scores/proposal/ paling lambat 10 April 2022 pukul 23.59 WIB" in sheet.notes[2]
    assert sheet.signature.startswith("Juri: Juri 2 ")


def test_every_row_has_the_judges_whole_name_and_the_signature_as_much_as_fits(
    city: Callable[..., Results],
) -> None:
    results, name = city(), "Juri dengan nama yang jauh lebih panjang " + "dan gelar " * 4
    expected = pd.DataFrame([(name, "X-FFFF")], columns=["judge", "submission_id"])
    (sheet,) = judges_workbook(results, expected).sheets
    assert (sheet.name, sheet.columns[4].heading, sheet.rows[0][4]) == (name, "Juri", name)
    assert sheet.signature.startswith(
        "Juri: Juri dengan nama yang jauh lebih panjang dan gelar dan… "
    )
    assert sheet.signature.endswith("Tanda tangan: ..............................")


def test_a_requirement_is_a_drop_down_of_yes_and_no(city: Callable[..., Results]) -> None:
    results = city()
    (sheet,) = screening_workbook(results).sheets
    answer = Blank(OneOf(("ya", "tidak")))
    assert (sheet.name, sheet.rows[0]) == (
        "Seleksi Administrasi",
        ("DINKES-AAAA", "Lentera Ibu", "Dinas Kesehatan", "Kesehatan", answer, answer, Blank()),
    )
    assert [column.heading for column in sheet.columns[4:]] == [
        "Surat pernyataan",
        "Naskah proposal",
        "Catatan",
    ]


def test_in_english_the_answers_are_yes_and_no(city: Callable[..., Results]) -> None:
    results = city()
    english = Results.of(
        results.rules_text.replace("year =", 'language = "en"\nyear ='), results.tables
    )
    (sheet,) = screening_workbook(english).sheets
    assert sheet.rows[0][4] == Blank(OneOf(("yes", "no")))


def test_a_criterion_whose_name_means_something_else_is_headed_by_its_code(
    city: Callable[..., Results],
) -> None:
    results = city()
    rules = results.rules_text.replace('id = "Kebaruan"', 'id = "Catatan juri"').replace(
        "[publication]", '[forms.scores.proposal]\n"Catatan juri" = "note"\n[publication]'
    )
    changed = Results.of(rules, results.tables)
    sheet = judges_workbook(changed).sheets[0]
    assert [column.heading for column in sheet.columns[5:7]] == ["Signifikansi", "kebaruan"]


@pytest.mark.parametrize(
    ("code", "name", "headings"),
    [
        (
            "kebaruan",
            "Kategori",
            ["ID", "Judul Inovasi", "Instansi", "Juri", "Signifikansi", "Kategori", "Catatan"],
        ),
        (
            "juri",
            "Juri",
            [
                "ID",
                "Judul Inovasi",
                "Instansi",
                "Kategori",
                "judge",
                "Signifikansi",
                "Juri",
                "Catatan",
            ],
        ),
        (
            "id",
            "ID",
            [
                "submission",
                "Judul Inovasi",
                "Instansi",
                "Kategori",
                "Juri",
                "Signifikansi",
                "ID",
                "Catatan",
            ],
        ),
        (
            "note",
            "Catatan",
            ["ID", "Judul Inovasi", "Instansi", "Kategori", "Juri", "Signifikansi", "Catatan"],
        ),
    ],
)
def test_no_heading_of_ours_is_taken_for_a_criterion(
    city: Callable[..., Results], code: str, name: str, headings: list[str]
) -> None:
    results = city()
    rules = results.rules_text.replace('code = "kebaruan"', f'code = "{code}"').replace(
        '"kebaruan"', f'"{code}"'
    )
    changed = Results.of(rules.replace('id = "Kebaruan"', f'id = "{name}"'), results.tables)
    sheet = judges_workbook(changed).sheets[0]
    assert [column.heading for column in sheet.columns] == [*headings, "Nilai Akhir"]
    assert [len(row) for row in sheet.rows] == [len(sheet.columns)] * len(sheet.rows)
