"""Section 3, Exports: kinds told by content, dates and numbers that are never guessed, marks and
screening.
"""

# ruff: noqa: DTZ001  # a spreadsheet's times have no zone
# a spreadsheet's times have no zone

from datetime import date, datetime
from pathlib import Path

import pytest

from tests.small.exports import form_text, xlsx_bytes
from tests.small.folder import FORM
from tests.small.night import compute_night
from tests.small.rules import JUDGING, REGISTRATION, SCREENING, rules_text

DATED = rules_text(submission='[submission]\nrequired = ["title", "started_on"]\n')
HEADINGS = "Timestamp,Judul,Instansi,Kategori,Tanggal Mulai"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", form_text("Lentera").encode()),
        ("a.xls", form_text("Lentera").replace(",", ";").encode()),
        ("a", form_text("Lentera").replace(",", "\t").encode()),
        (
            "a.csv",
            xlsx_bytes(
                [
                    ["Timestamp", "Judul", "Instansi", "Kategori"],
                    [datetime(2022, 2, 10, 10), "Lentera", "Dinas Kesehatan", "satu"],
                ]
            ),
        ),
        ("a.txt", form_text("Lentera").encode("utf-16")),
        ("a.pdf", form_text("Lentera").encode("utf-8-sig")),
        ("a.csv", form_text("Lentera").replace("\n", "\r").encode()),
    ],
)
def test_kinds_are_told_by_their_content_and_never_by_their_name(
    tmp_path: Path, name: str, content: bytes
) -> None:
    found = compute_night(tmp_path, rules_text(), {f"inbox/submissions/{name}": content})

    assert found.cells(
        "submissions", "title", "submitted_at", "agency_code", "category", "status"
    ) == [
        ("Lentera", "2022-02-10T10:00:00+07:00", "DINKES", "satu", "accepted"),
    ]
    assert found["findings"] == []


@pytest.mark.parametrize(
    "headings",
    [
        "Timestamp,Judul Inovasi,Instansi,Kategori",
        "Stempel waktu,Apa judul inovasi Anda?,Instansi/UPP,Kategori Inovasi",
        '"Timestamp",1. JUDUL INOVASI *,2. Asal Instansi,3. Bidang',
        "Timestamp,Title of the innovation,Agency,Category",
    ],
)
def test_headings_are_recognised_in_both_languages(tmp_path: Path, headings: str) -> None:
    found = compute_night(tmp_path, rules_text(), {FORM: form_text("Lentera", headings=headings)})

    assert found.cells("submissions", "title", "agency_code", "category") == [
        ("Lentera", "DINKES", "satu")
    ]
    assert found["findings"] == []


def test_a_heading_that_is_not_recognised_is_given_by_the_settings(tmp_path: Path) -> None:
    rules = rules_text() + '[forms.submissions]\n"Sebutan karya" = "title"\n'

    found = compute_night(
        tmp_path,
        rules,
        {FORM: form_text("Lentera", headings="Timestamp,Sebutan karya,Instansi,Kategori")},
    )

    assert found.cells("submissions", "title", "status") == [("Lentera", "accepted")]
    assert found["findings"] == []


def started(tmp_path: Path, *cells: str, rules: str = DATED) -> list[tuple[str, str]]:
    rows = [
        f'2022-02-10 10:00:00,J{n}x,Dinas Kesehatan,satu,"{cell}"' for n, cell in enumerate(cells)
    ]
    found = compute_night(tmp_path, rules, {FORM: form_text(*rows, headings=HEADINGS)})
    told = dict(found.cells("findings", "row", "rule"))
    return [
        (status, told.get(row, "")) for row, status in found.cells("submissions", "row", "status")
    ]


@pytest.mark.parametrize(
    "cell",
    [
        "15/03/2020",
        "15-3-2020",
        "15.03.2020",
        "15 Maret 2020",
        "15 Mar 2020",
        "Minggu, 15 Maret 2020",
        "2020-03-15",
        "2020/03/15",
        "March 15, 2020",
        "15/03/2020 13.45",
        "2020-03-15T13:45:00+07:00",
        "43905",
        "43905.5",
        "15/03/20",
        "15 maret 2020 pukul 13.45 WIB",
    ],
)
def test_dates_as_indonesians_write_them(tmp_path: Path, cell: str) -> None:
    limit = rules_text(
        submission='[submission]\nminimum_age_years = 2\nrequired = ["started_on"]\n'
    )

    assert started(tmp_path / "a", cell, rules=limit) == [("accepted", "")]
    assert started(
        tmp_path / "b", cell, rules=limit.replace("minimum_age_years = 2", "minimum_age_years = 3")
    ) == [("rejected", "too_young")]


def test_a_date_that_reads_two_ways_follows_the_columns_other_values(tmp_path: Path) -> None:
    assert started(tmp_path, "03/04/2020", "25/04/2020") == [("accepted", ""), ("accepted", "")]


def test_then_the_order_of_the_rows(tmp_path: Path) -> None:
    rows = [
        "2/1/2022 10:00:00,A,Dinas Kesehatan,satu",
        "2/3/2022 10:00:00,B,Dinas Kesehatan,satu",
        "3/1/2022 10:00:00,C,Dinas Kesehatan,satu",
    ]

    found = compute_night(tmp_path, rules_text(), {FORM: form_text(*rows)})

    assert found.cells("submissions", "submitted_at") == [
        ("2022-02-01T10:00:00+07:00",),
        ("2022-02-03T10:00:00+07:00",),
        ("2022-03-01T10:00:00+07:00",),
    ]


@pytest.mark.parametrize(("setting", "expected"), [("dmy", "2022-03-02"), ("mdy", "2022-02-03")])
def test_then_the_setting(tmp_path: Path, setting: str, expected: str) -> None:
    found = compute_night(
        tmp_path,
        rules_text() + f'[forms]\ndates = "{setting}"\n',
        {FORM: form_text("2/3/2022 10:00:00,A,Dinas Kesehatan,satu")},
    )

    assert found.cells("submissions", "submitted_at") == [(f"{expected}T10:00:00+07:00",)]


def test_where_nothing_settles_it_it_is_a_finding_and_never_a_guess(tmp_path: Path) -> None:
    assert started(tmp_path, "03/04/2020") == [("rejected", "ambiguous_date")]


def test_a_submitted_at_that_reads_two_ways_is_a_warning_and_no_time(tmp_path: Path) -> None:
    found = compute_night(
        tmp_path, rules_text(), {FORM: form_text("2/3/2022 10:00:00,A,Dinas Kesehatan,satu")}
    )

    assert found.cells("submissions", "submitted_at", "status") == [("", "accepted")]
    assert found.cells("findings", "severity", "rule", "field", "value") == [
        ("warning", "ambiguous_date", "submitted_at", "2/3/2022 10:00:00")
    ]


def test_kobos_submission_time_is_utc_and_every_other_time_local(tmp_path: Path) -> None:
    kobo = "start,end,Judul,Instansi,Kategori,_id,_uuid,_submission_time,_index"
    row = (
        "2022-03-15T23:00:00.000+07:00,2022-03-15T23:10:00.000+07:00,Lentera,Dinas Kesehatan,"
        "satu,7,u-7,"
        "2022-03-15T16:59:59,1"
    )

    found = compute_night(tmp_path, rules_text(), {FORM: form_text(row, headings=kobo)})

    assert found.cells("submissions", "submitted_at", "status") == [
        ("2022-03-15T23:59:59+07:00", "accepted")
    ]
    assert found["findings"] == []


def test_excel_serials_of_a_workbook_without_date_format(tmp_path: Path) -> None:
    book = xlsx_bytes(
        [
            ["Timestamp", "Judul", "Instansi", "Kategori", "Tanggal Mulai"],
            [44602.4375, "Lentera", "Dinas Kesehatan", "satu", date(2020, 3, 4)],
        ]
    )

    found = compute_night(tmp_path, DATED, {"inbox/submissions/a.xlsx": book})

    assert found.cells("submissions", "submitted_at", "status") == [
        ("2022-02-10T10:30:00+07:00", "accepted")
    ]
    assert found["findings"] == []


def test_limesurvey_responses_that_were_not_sent_are_no_submissions(tmp_path: Path) -> None:
    heads = "id,submitdate,lastpage,startlanguage,seed,judul,instansi,kategori"
    rows = [
        "1,2022-02-10 10:00:00,3,id,11,Lentera,Dinas Kesehatan,satu",
        "2,,1,id,12,Gerobak,Dinas Kesehatan,satu",
        "3,1980-01-01 00:00:00,3,id,13,Sapa,Dinas Kesehatan,satu",
    ]

    found = compute_night(tmp_path, rules_text(), {FORM: form_text(*rows, headings=heads)})

    assert found.cells("submissions", "submission_id", "title", "submitted_at", "status") == [
        ("1", "Lentera", "2022-02-10T10:00:00+07:00", "accepted"),
        ("3", "Sapa", "", "accepted"),
    ]


def test_microsoft_forms(tmp_path: Path) -> None:
    heads = [
        "ID",
        "Start time",
        "Completion time",
        "Email",
        "Name",
        "Judul Inovasi",
        "Instansi",
        "Kategori",
    ]
    row = [
        1,
        datetime(2022, 2, 10, 9),
        datetime(2022, 2, 10, 10),
        "anonymous",
        None,
        "Lentera",
        "Dinas Kesehatan",
        "satu",
    ]

    found = compute_night(
        tmp_path, rules_text(), {"inbox/submissions/a.xlsx": xlsx_bytes({"Sheet1": [heads, row]})}
    )

    assert found.cells("submissions", "submission_id", "title", "submitted_at", "status") == [
        ("1", "Lentera", "2022-02-10T10:00:00+07:00", "accepted")
    ]
    assert found["findings"] == []


def test_one_sheet_a_judge_in_a_workbook(tmp_path: Path) -> None:
    sheets = {
        "Juri 1": [["submission", "x", "y"], ["Lentera", 70, 80.5]],
        "Juri 2": [["Judul", "x", "y", "Catatan"], ["Lentera", 80, 90, "baik"]],
    }

    found = compute_night(
        tmp_path,
        rules_text(REGISTRATION, JUDGING),
        {FORM: form_text("Lentera"), "inbox/scores/proposal/n.xlsx": xlsx_bytes(sheets)},
    )

    assert found.cells("marks", "judge", "criterion", "mark", "used") == [
        ("Juri 1", "x", "70", "true"),
        ("Juri 1", "y", "80.5", "true"),
        ("Juri 2", "x", "80", "true"),
        ("Juri 2", "y", "90", "true"),
    ]
    assert found["findings"] == []


def test_marks_of_a_workbook_are_its_shortest_decimals(tmp_path: Path) -> None:
    rows = [
        ["judge", "submission", "x", "y"],
        ["Juri 1", "Lentera", 0.25, 87.333],
        ["Juri 2", "Lentera", 1 / 3, 80.005],
    ]

    found = compute_night(
        tmp_path,
        rules_text(REGISTRATION, JUDGING),
        {FORM: form_text("Lentera"), "inbox/scores/proposal/n.xlsx": xlsx_bytes(rows)},
    )

    assert found.cells("marks", "mark") == [
        ("0.25",),
        ("87.333",),
        ("0.3333333333333333",),
        ("80.005",),
    ]


def test_screening_in_a_workbook_with_title_rows_above(tmp_path: Path) -> None:
    rows = [
        ["HASIL PEMERIKSAAN"],
        [None],
        ["Judul Inovasi", "Surat", "Video", "Catatan"],
        ["Lentera", "Ada", "Tidak ada", "tautan mati"],
    ]

    found = compute_night(
        tmp_path,
        rules_text(REGISTRATION, SCREENING),
        {FORM: form_text("Lentera"), "inbox/screening/administrasi/c.xlsx": xlsx_bytes(rows)},
    )

    assert found.cells("screening", "unmet", "note", "outcome") == [
        ("video", "tautan mati", "fails")
    ]


def test_html_narratives_are_counted_without_their_markup(tmp_path: Path) -> None:
    rules = rules_text(
        submission='[submission]\nrequired = ["summary"]\nwords = { summary = [4, 4] }\n'
    )
    cell = '"<p>Satu<b>dua</b></p><ul><li>tiga</li></ul>&nbsp;empat<script>var lima = 5</script>"'

    found = compute_night(
        tmp_path,
        rules,
        {
            FORM: form_text(
                f"Lentera,Dinas Kesehatan,satu,{cell}", headings="Judul,Instansi,Kategori,Ringkasan"
            )
        },
    )

    assert found["findings"] == []


def test_spaces_and_invisible_characters_around_what_was_typed_play_no_part(tmp_path: Path) -> None:
    row = "2022-02-10 10:00:00,\u200b Lentera\u00a0 Kota ,\u00a0Dinas  Kesehatan , SATU "

    found = compute_night(tmp_path, rules_text(), {FORM: form_text(row)})

    assert found.cells("submissions", "title", "agency_code", "category") == [
        ("Lentera Kota", "DINKES", "satu")
    ]
