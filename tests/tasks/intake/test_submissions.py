"""Every kind of export, as a form service or an office made it, beside the table that must come out
of it.
"""

import time
from pathlib import Path

import pandas as pd
import pytest

from tasks.disk.cache import file_sha256
from tasks.disk.raw_copies import raw_file
from tasks.findings.frame import join_findings
from tasks.intake import submissions
from tasks.intake.delivery import Delivery
from tasks.intake.raw import Raw
from tasks.rules import competition
from tests.tasks.intake.writing import csv_bytes, raw, xlsx_bytes

CASES = Path(__file__).parents[2] / "cases" / "intake"
RULES = competition.parse_competition((CASES / "competition.toml").read_text(encoding="utf-8"))
SUBMISSIONS = sorted(
    folder.name for folder in CASES.iterdir() if (folder / "expected.csv").is_file()
)


def delivered(folder: str) -> list[Raw]:
    files = [path for path in sorted((CASES / folder).iterdir()) if path.name != "expected.csv"]
    return [raw_file(path, f"submissions/{path.name}", file_sha256(path)) for path in files]


def read(folder: str) -> tuple[Delivery, pd.DataFrame, pd.DataFrame]:
    delivery = submissions.read_submissions(delivered(folder), RULES)
    frame, found = submissions.type_submissions(delivery.rows, RULES)
    return delivery, frame, join_findings([delivery.findings, found])


def as_written(frame: pd.DataFrame) -> pd.DataFrame:
    times = frame["submitted_at"].map(lambda moment: moment.isoformat(), na_action="ignore")
    return frame.assign(submitted_at=times).astype("object").where(frame.notna(), "").map(str)


@pytest.mark.parametrize("folder", SUBMISSIONS)
def test_an_export_of_each_kind_gives_the_expected_table(folder):
    expected = pd.read_csv(CASES / folder / "expected.csv", dtype="object", keep_default_na=False)
    frame = as_written(read(folder)[1])[list(expected.columns)]
    assert frame.to_dict("records") == expected.to_dict("records")


@pytest.mark.parametrize("folder", SUBMISSIONS)
def test_an_export_of_each_kind_has_no_finding_but_columns_that_give_nothing(folder):
    assert set(read(folder)[2]["rule"]) <= {"unknown_column"}


def rows_of(folder: Path, table: list[list[str]], name: str = "submissions/a.csv") -> pd.DataFrame:
    return submissions.read_submissions([raw(folder, name, csv_bytes(table))], RULES).rows


def test_a_response_that_was_not_sent_is_counted_and_is_no_row():
    delivery, _, _ = read("limesurvey-codes")
    assert (delivery.exports["delivered"].tolist(), delivery.rows["row"].tolist()) == ([3], [2, 4])


def test_sheets_of_repeated_groups_are_no_exports_of_their_own():
    assert read("kobo-xlsx")[0].exports["source"].tolist() == [
        "submissions/KIPP 2022.xlsx#KIPP 2022"
    ]


def test_a_codebook_beside_the_data_is_no_export():
    assert read("plain-second-sheet")[0].exports["source"].tolist() == [
        "submissions/inovasi.xlsx#Data"
    ]


def test_an_edited_copy_beside_the_data_is_read_too(tmp_path):
    sheet = [["Judul", "Instansi", "Kategori"], ["Antrean", "Dinas", "Kesehatan"]]
    copied = [raw(tmp_path, "submissions/a.xlsx", xlsx_bytes({"Asli": sheet, "Suntingan": sheet}))]
    rows = submissions.read_submissions(copied, RULES).rows
    assert rows["source"].tolist() == ["submissions/a.xlsx#Asli", "submissions/a.xlsx#Suntingan"]
    assert rows["cells"].nunique() == 1


def test_exports_are_read_in_order_of_their_names_whatever_order_they_come_in(tmp_path):
    table = csv_bytes([["Judul", "Instansi", "Kategori"], ["Antrean", "Dinas", "Kesehatan"]])
    raws = [raw(tmp_path, f"submissions/{name}.csv", table) for name in ("c", "a", "b")]
    assert submissions.read_submissions(raws, RULES).rows["export_name"].tolist() == [
        f"submissions/{name}.csv" for name in "abc"
    ]


@pytest.mark.parametrize(
    ("headings", "cells", "sdgs"),
    [
        (
            ["SDGs"],
            ["Pendidikan Berkualitas, Tanpa Kemiskinan"],
            "Pendidikan Berkualitas, Tanpa Kemiskinan",
        ),
        (
            ["SDGs [Tanpa Kemiskinan]", "SDGs [Pendidikan]", "SDGs [Gender]"],
            ["Ya", "", "1"],
            "Tanpa Kemiskinan; Gender",
        ),
        (["SDGs [Tanpa Kemiskinan]", "SDGs [Pendidikan]"], ["", ""], ""),
        (
            ["SDGs [Tanpa Kemiskinan]", "SDGs [Pendidikan]"],
            ["utama", "pendukung"],
            "utama; pendukung",
        ),
    ],
)
def test_a_choice_of_several_is_one_text_whether_it_has_one_column_or_one_each(
    tmp_path, headings, cells, sdgs
):
    table = [["Judul", "Instansi", *headings], ["Antrean", "Dinas", *cells]]
    assert rows_of(tmp_path, table)["sdgs"].fillna("").tolist() == [sdgs]


def test_documents_that_a_form_asks_for_one_by_one_are_one_field(tmp_path):
    table = [
        ["Judul", "Instansi", "Unggah Surat Pernyataan", "SK Pejabat (PDF)"],
        ["Antrean", "Dinas", "link 1", "link 2"],
    ]
    assert rows_of(tmp_path, table)["documents"].tolist() == ["link 1; link 2"]


def test_a_question_of_the_form_comes_before_what_the_service_says_of_the_sender(tmp_path):
    table = [
        ["Timestamp", "Email Address", "Judul", "Email narahubung"],
        ["15/02/2022 08:00:00", "a@example.org", "x", "b@example.org"],
    ]
    delivery = submissions.read_submissions(
        [raw(tmp_path, "submissions/a.csv", csv_bytes(table))], RULES
    )
    assert delivery.rows["contact_email"].tolist() == ["b@example.org"]
    assert set(delivery.findings["rule"]) == {"missing_required"}


def test_words_are_counted_in_text_without_markup_for_the_fields_that_have_limits(tmp_path):
    limited = RULES.model_copy(
        update={"submission": RULES.submission.model_copy(update={"words": {"summary": (1, 3)}})}
    )
    rows = rows_of(
        tmp_path,
        [
            ["Judul", "Instansi", "Ringkasan"],
            ["Antrean", "Dinas", "<p>satu&nbsp;dua</p><p>- tiga</p>"],
            ["B", "D", ""],
        ],
    )
    frame, _ = submissions.type_submissions(rows, limited)
    assert frame["summary"].fillna("").tolist() == ["satu dua - tiga", ""]
    assert frame["words_summary"].tolist() == [3, pd.NA]
    assert [name for name in frame if name.startswith("words_")] == ["words_summary"]


def test_no_exports_are_an_empty_table_with_all_columns():
    delivery = submissions.read_submissions([], RULES)
    frame, found = submissions.type_submissions(delivery.rows, RULES)
    assert (len(frame), len(found), list(delivery.rows.columns)) == (
        0,
        0,
        list(submissions.SUBMISSION_COLUMNS),
    )
    assert str(frame["submitted_at"].dtype) == "datetime64[us, Asia/Jakarta]"


def test_a_table_of_a_hundred_thousand_rows_is_read_in_time_that_grows_with_them(tmp_path):
    def seconds(count: int) -> float:
        table = [["Timestamp", "Judul", "Instansi", "Ringkasan"]]
        table += [
            [f"{i % 28 + 1:02d}/02/2022 08:00:00", f"Judul {i}", "Dinas", "kata " * 40]
            for i in range(count)
        ]
        copy = raw(tmp_path, f"submissions/{count}.csv", csv_bytes(table))
        started = time.process_time()
        submissions.type_submissions(submissions.read_submissions([copy], RULES).rows, RULES)
        return time.process_time() - started

    seconds(100)
    assert seconds(60_000) < 10 * max(seconds(10_000), 0.2)
