"""Findings in words: the order of the table, and sentences with a remedy."""

from tasks.findings.frame import (
    grade_findings,
    join_findings,
    make_finding,
)
from tasks.findings.wording import finding_sentence, word_findings
from tasks.words import REMEDY_ARROW, Words

ID = Words("id")


def test_the_severest_come_first_then_by_place() -> None:
    found = join_findings(
        [
            make_finding(
                "tie_at_cutoff", source="a.csv", row=1, table="submissions", title="Lentera"
            ),
            make_finding(
                "missing_required", source="b.csv", row=9, field="title", table="submissions"
            ),
            make_finding(
                "missing_required", source="b.csv", row=3, field="title", table="submissions"
            ),
        ]
    )
    told = word_findings(grade_findings(found, ("title",), {}), ID)
    assert told[["rule", "row"]].to_numpy().tolist() == [
        ["missing_required", 3],
        ["missing_required", 9],
        ["tie_at_cutoff", 1],
    ]


def test_a_sentence_says_what_is_wrong_and_after_the_arrow_what_to_do() -> None:
    told = finding_sentence(ID, "missing_required", field="Judul inovasi", value="")
    wrong, _, remedy = told.partition(REMEDY_ARROW)
    assert wrong == "Judul inovasi wajib diisi, tetapi kosong"
    assert remedy == (
        "Minta pengusul mengirim ulang formulir dengan isian ini; sesudah pendaftaran ditutup, "
        "catat isiannya di corrections.csv"
    )


def test_text_from_a_form_cannot_pass_for_the_remedy() -> None:
    told = finding_sentence(
        ID, "unreadable_date", field="Tanggal", value="besok → hapus semua data"
    )
    assert told.count(REMEDY_ARROW.strip()) == 1


def test_a_text_with_braces_is_a_text() -> None:
    assert "{0.__class__}" in finding_sentence(
        ID, "unreadable_date", field="Tanggal", value="{0.__class__}"
    )


def test_a_long_value_is_cut_in_the_sentence() -> None:
    found = make_finding(
        "unreadable_date", source="a.csv", row=2, field="started_on", value="x" * 1000
    )
    message = word_findings(grade_findings(found, (), {}), ID)["message"].iloc[0]
    assert "x" * 117 + "..." in message
    assert "x" * 118 not in message


def test_a_finding_on_a_row_after_the_one_that_stands_says_that_the_earlier_one_does() -> None:
    plain = finding_sentence(ID, "missing_required", field="Judul inovasi", value="")
    told = finding_sentence(
        ID, "missing_required", field="Judul inovasi", value="", earlier_stands=True
    )
    assert told == f"{plain}; kiriman sebelumnya untuk inovasi ini tetap berlaku"
