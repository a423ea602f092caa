"""Every kind of export, as a form service or an office made it, beside the table that must come out
of it.
"""

import time

import pandas as pd
import pytest

from tasks.disk.cache import file_sha256
from tasks.disk.raw_copies import raw_file
from tasks.findings.frame import join_findings
from tasks.intake import submissions
from tasks.intake.delivery import Delivery
from tasks.intake.raw import Raw
from tests.small.exports import csv_bytes, raw, xlsx_bytes
from tests.small.rules import INTAKE, INTAKE_RULES

SUBMISSIONS = sorted(
    folder.name for folder in INTAKE.iterdir() if (folder / "expected.csv").is_file()
)


def delivered(folder: str) -> list[Raw]:
    files = [path for path in sorted((INTAKE / folder).iterdir()) if path.name != "expected.csv"]
    return [raw_file(path, f"submissions/{path.name}", file_sha256(path)) for path in files]


def read(folder: str) -> tuple[Delivery, pd.DataFrame, pd.DataFrame]:
    delivery = submissions.read_submissions(delivered(folder), INTAKE_RULES)
    step = submissions.type_submissions(delivery.rows, INTAKE_RULES)
    frame, found = step.frame, step.findings
    return delivery, frame, join_findings([delivery.findings, found])


def as_written(frame: pd.DataFrame) -> pd.DataFrame:
    times = frame["submitted_at"].map(lambda moment: moment.isoformat(), na_action="ignore")
    return frame.assign(submitted_at=times).astype("object").where(frame.notna(), "").map(str)


@pytest.mark.parametrize("folder", SUBMISSIONS)
def test_an_export_of_each_kind_gives_the_expected_table(folder):
    expected = pd.read_csv(INTAKE / folder / "expected.csv", dtype="object", keep_default_na=False)
    frame = as_written(read(folder)[1])[list(expected.columns)]
    assert frame.to_dict("records") == expected.to_dict("records")


@pytest.mark.parametrize("folder", SUBMISSIONS)
def test_an_export_of_each_kind_has_no_finding_but_columns_that_give_nothing(folder):
    assert set(read(folder)[2]["rule"]) <= {"unknown_column"}


def rows_of(table: list[list[str]], name: str = "submissions/a.csv") -> pd.DataFrame:
    return submissions.read_submissions([raw(name, csv_bytes(table))], INTAKE_RULES).rows


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


def test_an_edited_copy_beside_the_data_is_read_too():
    sheet = [["Judul", "Instansi", "Kategori"], ["Antrean", "Dinas", "Kesehatan"]]
    copied = [raw("submissions/a.xlsx", xlsx_bytes({"Asli": sheet, "Suntingan": sheet}))]
    rows = submissions.read_submissions(copied, INTAKE_RULES).rows
    assert rows["source"].tolist() == ["submissions/a.xlsx#Asli", "submissions/a.xlsx#Suntingan"]
    assert rows["cells"].nunique() == 1


def test_exports_are_read_in_order_of_their_names_whatever_order_they_come_in():
    table = csv_bytes([["Judul", "Instansi", "Kategori"], ["Antrean", "Dinas", "Kesehatan"]])
    raws = [raw(f"submissions/{name}.csv", table) for name in ("c", "a", "b")]
    assert submissions.read_submissions(raws, INTAKE_RULES).rows["export_name"].tolist() == [
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
    headings, cells, sdgs
):
    table = [["Judul", "Instansi", *headings], ["Antrean", "Dinas", *cells]]
    assert rows_of(table)["sdgs"].fillna("").tolist() == [sdgs]


def test_documents_that_a_form_asks_for_one_by_one_are_one_field():
    table = [
        ["Judul", "Instansi", "Unggah Surat Pernyataan", "SK Pejabat (PDF)"],
        ["Antrean", "Dinas", "link 1", "link 2"],
    ]
    assert rows_of(table)["documents"].tolist() == ["link 1; link 2"]


def test_a_question_of_the_form_comes_before_what_the_service_says_of_the_sender():
    table = [
        ["Timestamp", "Email Address", "Judul", "Email narahubung"],
        ["15/02/2022 08:00:00", "a@example.org", "x", "b@example.org"],
    ]
    delivery = submissions.read_submissions(
        [raw("submissions/a.csv", csv_bytes(table))], INTAKE_RULES
    )
    assert delivery.rows["contact_email"].tolist() == ["b@example.org"]
    assert set(delivery.findings["rule"]) == {"missing_required"}


def test_words_are_counted_in_text_without_markup_for_the_fields_that_have_limits():
    limited = INTAKE_RULES.model_copy(
        update={
            "submission": INTAKE_RULES.submission.model_copy(update={"words": {"summary": (1, 3)}})
        }
    )
    rows = rows_of(
        [
            ["Judul", "Instansi", "Ringkasan"],
            ["Antrean", "Dinas", "<p>satu&nbsp;dua</p><p>- tiga</p>"],
            ["B", "D", ""],
        ],
    )
    frame = submissions.type_submissions(rows, limited).frame
    assert frame["summary"].fillna("").tolist() == ["satu dua - tiga", ""]
    assert frame["words_summary"].tolist() == [3, pd.NA]
    assert [name for name in frame if name.startswith("words_")] == ["words_summary"]


def test_no_exports_are_an_empty_table_with_all_columns():
    delivery = submissions.read_submissions([], INTAKE_RULES)
    step = submissions.type_submissions(delivery.rows, INTAKE_RULES)
    frame, found = step.frame, step.findings
    assert (len(frame), len(found), list(delivery.rows.columns)) == (
        0,
        0,
        list(submissions.SUBMISSION_COLUMNS),
    )
    assert str(frame["submitted_at"].dtype) == "datetime64[us, Asia/Jakarta]"


def test_a_table_of_a_hundred_thousand_rows_is_read_in_time_that_grows_with_them():
    def seconds(count: int) -> float:
        table = [["Timestamp", "Judul", "Instansi", "Ringkasan"]]
        table += [
            [f"{i % 28 + 1:02d}/02/2022 08:00:00", f"Judul {i}", "Dinas", "kata " * 40]
            for i in range(count)
        ]
        copy = raw(f"submissions/{count}.csv", csv_bytes(table))
        started = time.process_time()
        submissions.type_submissions(
            submissions.read_submissions([copy], INTAKE_RULES).rows, INTAKE_RULES
        )
        return time.process_time() - started

    seconds(100)
    assert seconds(60_000) < 10 * max(seconds(10_000), 0.2)


@pytest.mark.parametrize(
    ("heading", "cell", "moment"),
    [
        ("Submit Date (UTC)", "2022-03-01 17:05:40", "2022-03-02T00:05:40+07:00"),
        ("Submit Date (UTC)", "2022-03-01T17:05:40Z", "2022-03-02T00:05:40+07:00"),
        (
            "Submit Date (UTC)",
            "44621.25",
            "2022-03-01T13:00:00+07:00",
        ),  # a spreadsheet's day number
        ("Submit Date (UTC)", "2022-03-01 17:05:40 +07:00", "2022-03-01T17:05:40+07:00"),
        ("Submitted at [GMT]", "2022-03-01 17:05:40", "2022-03-02T00:05:40+07:00"),
        ("Submitted at", "2022-03-01 17:05:40", "2022-03-01T17:05:40+07:00"),
    ],
)
def test_a_heading_that_says_utc_is_believed_unless_the_cell_says_its_own(heading, cell, moment):
    table = [["Judul", "Instansi", heading], ["Antrean", "Dinas", cell]]
    rows = submissions.read_submissions(
        [raw("submissions/a.csv", csv_bytes(table))], INTAKE_RULES
    ).rows
    assert submissions.type_submissions(rows, INTAKE_RULES).frame["submitted_at"].map(
        lambda at: at.isoformat()
    ).tolist() == [moment]


def test_rows_that_fill_no_field_are_no_responses():
    table = [
        ["No", "Judul", "Instansi", "Sudah dicek"],
        ["1", "Antrean", "Dinas", "TRUE"],
        ["2", "", "", "FALSE"],
        ["3", "Kampung", "", "FALSE"],
        ["4", "", "", "FALSE"],
    ]
    delivery = submissions.read_submissions(
        [raw("submissions/a.csv", csv_bytes(table))], INTAKE_RULES
    )
    assert (delivery.rows["row"].tolist(), delivery.exports["delivered"].tolist()) == ([2, 4], [2])
    assert "Sudah dicek" in delivery.findings["field"].tolist()


def test_an_id_that_somebody_wrote_before_no_answer_makes_no_response():
    head = ["ID", "Judul", "OPD", "Lampu"]
    rows = [
        ["K1", "Antrean", "Dinas", ""],
        ["K2", "", "", ""],
        ["K3", "", "Dinas", ""],
        ["K4", "", "", ""],
    ]
    content = csv_bytes([head, *rows, ["K5", "", "", "merah"]])
    written = submissions.read_submissions([raw("submissions/a.csv", content)], INTAKE_RULES)
    assert written.rows["row"].tolist() == [2, 4, 6]  # the last answers what gives no field


def test_what_an_export_delivers_are_its_rows_also_where_an_id_turns_out_to_be_a_persons():
    rows = [*([f"K{number % 4}", "Antrean", "Dinas"] for number in range(12)), ["K1", "", ""]]
    written = submissions.read_submissions(
        [raw("submissions/a.csv", csv_bytes([["ID", "Judul", "OPD"], *rows]))],
        INTAKE_RULES,
    )
    assert (written.exports["delivered"].tolist(), len(written.rows)) == ([12], 12)


def test_a_response_that_a_service_numbered_is_one_also_where_it_answers_nothing():
    head = ["id", "submitdate", "lastpage", "startlanguage", "Judul", "Instansi"]
    rows = [
        ["7", "", "1", "id", "", ""],
        ["8", "2022-03-01 10:00:00", "2", "id", "Antrean", "Dinas"],
    ]
    sent = submissions.read_submissions(
        [raw("submissions/a.csv", csv_bytes([head, *rows]))], INTAKE_RULES
    )
    assert (sent.rows["row"].tolist(), sent.exports["delivered"].tolist()) == ([3], [2])


@pytest.mark.parametrize(
    "beside",
    [
        [["Kategori", "COUNTA of Judul"], ["Kesehatan", "1"], ["Grand Total", "1"]],
        [["Label Baris", "Hitung dari Judul Inovasi"], ["Kesehatan", "1"]],
        [["Kategori", "Inovasi"], ["Kesehatan", "12"], ["Pendidikan", "3"]],
    ],
)
def test_a_table_of_counts_beside_the_answers_is_none_of_submissions(beside):
    answers = [["Timestamp", "Judul", "Instansi"], ["2022-02-01 08:00:00", "Antrean", "Dinas"]]
    book = xlsx_bytes({"Form Responses 1": answers, "Tabel Pivot 1": beside})
    rows = submissions.read_submissions([raw("submissions/a.xlsx", book)], INTAKE_RULES).rows
    assert rows["source"].tolist() == ["submissions/a.xlsx#Form Responses 1"]
