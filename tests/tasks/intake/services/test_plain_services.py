"""Services whose exports are plain tables: their own columns, and the rows of headings under the
first.
"""

import pytest

from tasks.intake import submissions
from tasks.intake.services import plain_services
from tasks.intake.tables.headings import FURNITURE, SENDER, SERVICE, Claim
from tests.tasks.intake.test_submissions import RULES
from tests.tasks.intake.writing import csv_bytes, raw, xlsx_bytes

MONKEY = [
    "Respondent ID",
    "Collector ID",
    "Start Date",
    "End Date",
    "IP Address",
    "Email Address",
    "Judul inovasi",
]
QUALTRICS = ["StartDate", "EndDate", "RecordedDate", "ResponseId", "RecipientEmail", "Q1", "Q2_1"]
TEXTS = [
    "Start Date",
    "End Date",
    "Recorded Date",
    "Response ID",
    "Recipient Email",
    "Judul inovasi",
    "SDGs - SDG 3",
]


def claims(headed: plain_services.ServiceHeadings) -> dict[str, str]:
    return {headed.headings[position]: claim.field for position, claim in headed.claims.items()}


@pytest.mark.parametrize(
    ("headings", "own"),
    [
        (
            MONKEY,
            {
                "Respondent ID": "submission_id",
                "Collector ID": "",
                "Start Date": "",
                "End Date": "submitted_at",
                "IP Address": "",
                "Email Address": "contact_email",
            },
        ),
        (
            [
                "RespondentID",
                "CollectorID",
                "StartDate",
                "EndDate",
                "IP_Address",
                "Email Address",
                "LastName",
                "Judul",
            ],
            {
                "RespondentID": "submission_id",
                "CollectorID": "",
                "StartDate": "",
                "EndDate": "submitted_at",
                "IP_Address": "",
                "Email Address": "contact_email",
                "LastName": "",
            },
        ),
        (
            ["#", "Judul", "Start Date (UTC)", "Submit Date (UTC)", "Network ID"],
            {
                "#": "submission_id",
                "Start Date (UTC)": "",
                "Submit Date (UTC)": "submitted_at",
                "Network ID": "",
            },
        ),
        (
            ["Submission Date", "Judul", "Submission IP", "Submission ID"],
            {
                "Submission Date": "submitted_at",
                "Submission IP": "",
                "Submission ID": "submission_id",
            },
        ),
        (
            ["Judul", "Entry Id", "Entry Date", "Source Url", "User IP"],
            {
                "Entry Id": "submission_id",
                "Entry Date": "submitted_at",
                "Source Url": "",
                "User IP": "",
            },
        ),
        (
            [
                "Judul",
                "Form Name (ID)",
                "Submission ID",
                "Created At",
                "User Agent",
                "User IP",
                "Referrer",
            ],
            {
                "Form Name (ID)": "",
                "Submission ID": "submission_id",
                "Created At": "submitted_at",
                "User Agent": "",
                "User IP": "",
                "Referrer": "",
            },
        ),
        (
            ["User ID", "User display name", "Timestamp", "Judul"],
            {"User ID": "", "User display name": "contact_name", "Timestamp": "submitted_at"},
        ),
        (["Added Time", "IP Address", "Judul"], {"Added Time": "submitted_at", "IP Address": ""}),
    ],
)
def test_a_services_own_columns_are_known_and_its_start_is_no_innovations(headings, own):
    assert claims(plain_services.find_service_headings([headings])) == own


def test_what_a_service_knows_of_the_sender_gives_way_to_a_question_of_the_form():
    headed = plain_services.find_service_headings([MONKEY])
    assert [headed.claims[i] for i in (0, 1, 5)] == [
        Claim("submission_id", SERVICE),
        FURNITURE,
        Claim("contact_email", SENDER),
    ]


@pytest.mark.parametrize(
    "headings",
    [
        ["Judul", "Instansi"],
        ["Submission ID", "Submission Date", "Judul"],
        ["Entry Id", "Judul"],
        [],
        ["ID", "Status"],
    ],
)
def test_a_table_that_no_service_made_is_headed_as_it_stands(headings):
    assert plain_services.find_service_headings([headings]) is None


def test_parts_of_a_question_stand_in_a_second_row_of_headings():
    first = [*MONKEY, "Identitas", "", "Kategori"]
    second = [*[""] * 6, "Open-Ended Response", "Nama instansi", "Nomor telepon", "Response"]
    answer = [
        "118",
        "4",
        "03/01/2022",
        "03/01/2022",
        "",
        "",
        "Antrean",
        "Dinas",
        "0341",
        "Kesehatan",
    ]
    headed = plain_services.find_service_headings([first, second, answer])
    assert (headed.more, headed.headings[6:]) == (
        1,
        ["Judul inovasi", "Identitas [Nama instansi]", "Identitas [Nomor telepon]", "Kategori"],
    )


def test_words_tell_a_second_row_of_parts_where_the_services_own_columns_are_gone():
    first, second = (
        ["Judul inovasi", "Identitas", "", "Kategori"],
        ["Open-Ended Response", "Instansi", "HP", "Response"],
    )
    headed = plain_services.find_service_headings(
        [first, second, ["Antrean", "Dinas", "0341", "Kesehatan"]]
    )
    assert (headed.more, headed.headings, headed.claims) == (
        1,
        ["Judul inovasi", "Identitas [Instansi]", "Identitas [HP]", "Kategori"],
        {},
    )


def test_the_respondents_number_counts_where_the_services_other_columns_are_gone():
    first = ["Respondent ID", "", "Judul inovasi", "Kategori"]
    second = ["", "Email", "Open-Ended Response", "Response"]
    headed = plain_services.find_service_headings(
        [first, second, ["118", "", "Antrean", "Kesehatan"]]
    )
    assert headed.headings == ["Respondent ID", "Email", "Judul inovasi", "Kategori"]
    assert claims(headed) == {"Respondent ID": "submission_id"}


def test_settings_name_a_question_by_its_code_or_by_its_text(tmp_path):
    questions = [
        "Start Date",
        "End Date",
        "Recorded Date",
        "Response ID",
        "Recipient Email",
        "Apa itu?",
        "Siapa itu?",
    ]
    answer = ["2022-03-01", "2022-03-01", "2022-03-01 09:00:00", "R_1", "", "Antrean", "Dinas"]
    settings = {"Q1": "title", "Siapa itu?": "agency"}
    rules = RULES.model_copy(
        update={"forms": RULES.forms.model_copy(update={"submissions": settings})}
    )
    content = csv_bytes([QUALTRICS, questions, answer])
    rows = submissions.read_submissions([raw(tmp_path, "submissions/a.csv", content)], rules).rows
    assert rows[["row", "title", "agency"]].values.tolist() == [[3, "Antrean", "Dinas"]]


@pytest.mark.parametrize("under", [["Antrean", "Response"], ["a response", "open-ended"], ["", ""]])
def test_an_answer_that_happens_to_say_response_is_no_heading(under):
    assert plain_services.find_service_headings([["Judul inovasi", "Kategori"], under]) is None


def test_questions_stand_under_their_codes_and_what_a_program_reads_under_both():
    machine = [f'{{"ImportId":"QID{i}"}}' for i in range(7)]
    headed = plain_services.find_service_headings([QUALTRICS, TEXTS, machine])
    assert (headed.more, headed.headings) == (2, [*QUALTRICS[:5], *TEXTS[5:]])


def test_an_answer_under_one_row_of_headings_is_an_answer():
    answer = ["2022-03-01", "2022-03-01", "2022-03-01", "R_1", "", "Antrean", ""]
    assert plain_services.find_service_headings([QUALTRICS, answer]).more == 0


def test_the_settings_say_otherwise_than_a_service(tmp_path):
    table = [MONKEY, ["118", "4", "03/01/2022 08:00", "03/14/2022 08:00", "", "", "Antrean"]]
    settings = {"Start Date": "started_on"}
    rules = RULES.model_copy(
        update={"forms": RULES.forms.model_copy(update={"submissions": settings})}
    )
    rows = submissions.read_submissions(
        [raw(tmp_path, "submissions/a.csv", csv_bytes(table))], rules
    ).rows
    assert rows[["started_on", "title"]].values.tolist() == [["03/01/2022 08:00", "Antrean"]]


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
def test_a_heading_that_says_utc_is_believed_unless_the_cell_says_its_own(
    tmp_path, heading, cell, moment
):
    table = [["Judul", "Instansi", heading], ["Antrean", "Dinas", cell]]
    rows = submissions.read_submissions(
        [raw(tmp_path, "submissions/a.csv", csv_bytes(table))], RULES
    ).rows
    assert submissions.type_submissions(rows, RULES)[0]["submitted_at"].map(
        lambda at: at.isoformat()
    ).tolist() == [moment]


def test_rows_that_fill_no_field_are_no_responses(tmp_path):
    table = [
        ["No", "Judul", "Instansi", "Sudah dicek"],
        ["1", "Antrean", "Dinas", "TRUE"],
        ["2", "", "", "FALSE"],
        ["3", "Kampung", "", "FALSE"],
        ["4", "", "", "FALSE"],
    ]
    delivery = submissions.read_submissions(
        [raw(tmp_path, "submissions/a.csv", csv_bytes(table))], RULES
    )
    assert (delivery.rows["row"].tolist(), delivery.exports["delivered"].tolist()) == ([2, 4], [2])
    assert "Sudah dicek" in delivery.findings["field"].tolist()


def test_an_id_that_somebody_wrote_before_no_answer_makes_no_response(tmp_path):
    head = ["ID", "Judul", "OPD", "Lampu"]
    rows = [
        ["K1", "Antrean", "Dinas", ""],
        ["K2", "", "", ""],
        ["K3", "", "Dinas", ""],
        ["K4", "", "", ""],
    ]
    content = csv_bytes([head, *rows, ["K5", "", "", "merah"]])
    written = submissions.read_submissions([raw(tmp_path, "submissions/a.csv", content)], RULES)
    assert written.rows["row"].tolist() == [2, 4, 6]  # the last answers what gives no field


def test_what_an_export_delivers_are_its_rows_also_where_an_id_turns_out_to_be_a_persons(tmp_path):
    rows = [*([f"K{number % 4}", "Antrean", "Dinas"] for number in range(12)), ["K1", "", ""]]
    written = submissions.read_submissions(
        [raw(tmp_path, "submissions/a.csv", csv_bytes([["ID", "Judul", "OPD"], *rows]))], RULES
    )
    assert (written.exports["delivered"].tolist(), len(written.rows)) == ([12], 12)


def test_a_response_that_a_service_numbered_is_one_also_where_it_answers_nothing(tmp_path):
    head = ["id", "submitdate", "lastpage", "startlanguage", "Judul", "Instansi"]
    rows = [
        ["7", "", "1", "id", "", ""],
        ["8", "2022-03-01 10:00:00", "2", "id", "Antrean", "Dinas"],
    ]
    sent = submissions.read_submissions(
        [raw(tmp_path, "submissions/a.csv", csv_bytes([head, *rows]))], RULES
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
def test_a_table_of_counts_beside_the_answers_is_none_of_submissions(tmp_path, beside):
    answers = [["Timestamp", "Judul", "Instansi"], ["2022-02-01 08:00:00", "Antrean", "Dinas"]]
    book = xlsx_bytes({"Form Responses 1": answers, "Tabel Pivot 1": beside})
    rows = submissions.read_submissions([raw(tmp_path, "submissions/a.xlsx", book)], RULES).rows
    assert rows["source"].tolist() == ["submissions/a.xlsx#Form Responses 1"]


def test_a_second_row_of_headings_in_another_language_is_no_response(tmp_path):
    under = [
        "Anfangsdatum",
        "Enddatum",
        "Erfassungsdatum",
        "Antwort-ID",
        "E-Mail",
        "Judul inovasi",
        "Instansi",
    ]
    row = [
        "2022-02-09 15:51:52",
        "2022-02-09 15:55:54",
        "2022-02-09 15:55:55",
        "R_1",
        "a@b.id",
        "Antrean",
        "DLH",
    ]
    found = submissions.read_submissions(
        [raw(tmp_path, "submissions/q", xlsx_bytes({"Sheet1": [QUALTRICS, under, row]}))], RULES
    )
    assert found.rows[["row", "title", "agency", "response_id"]].to_numpy().tolist() == [
        [3, "Antrean", "DLH", "R_1"]
    ]


@pytest.mark.parametrize(
    "moments", [["", "", ""], ["", "2022-02-09", ""], ["kemarin", "", "hari ini"]]
)
def test_a_response_without_moments_is_no_row_of_headings(moments):
    assert (
        plain_services.find_service_headings(
            [QUALTRICS, [*moments, "R_1", "", "Antrean", "DLH"]]
        ).more
        == 0
    )


def test_wenjuanxings_own_columns(tmp_path):
    head = ["序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP", "1、Judul inovasi"]
    row = ["3", "2022/2/12 19:02:50", "194秒", "", "", "", "Antrean"]
    found = submissions.read_submissions(
        [raw(tmp_path, "submissions/w", csv_bytes([head, row]))], RULES
    )
    own = found.rows.iloc[0][["submission_id", "submitted_at", "title"]]
    assert own.tolist() == ["3", "2022/2/12 19:02:50", "Antrean"]
