"""What a form service does that fills in nothing, and the functions that several share."""

import pandas as pd

from tasks.intake.services.form_service import (
    FormService,
    JoinedHeadings,
    clear_texts,
    fields_by_position,
)

HEADINGS = ["Judul", "Instansi"]
BODY = pd.DataFrame({0: ["Lapor Lampu", "n/a"], 1: [None, "Dinas Perhubungan"]}, dtype="str")


def test_a_service_that_fills_in_nothing_recognises_nothing_and_changes_nothing():
    service = FormService()
    rows = [HEADINGS, ["Lapor Lampu", "Dinas"]]
    assert (service.kind, service.has_headings(HEADINGS), service.has_parts(rows)) == (
        "plain",
        False,
        False,
    )
    assert (service.own_fields(HEADINGS), service.key_position(HEADINGS)) == ({}, None)
    assert service.join_headings(rows, {}) == JoinedHeadings(HEADINGS, more=0)
    assert service.question_texts(HEADINGS, str.isupper) == [["Judul"], ["Instansi"]]
    assert service.clean_responses(BODY, None) is BODY


def test_own_fields_are_counted_behind_the_first_columns():
    names = {("ID", 0): "submission_id", ("Skor", 1): ""}
    fields = fields_by_position(["No", " ID ", "Skor", "Judul"], lambda *at: names.get(at), lead=1)
    assert fields == {1: "submission_id", 2: ""}


def test_the_text_for_no_answer_is_an_empty_cell():
    cleared = clear_texts(BODY, "n/a")
    assert cleared.astype("object").where(cleared.notna(), "").values.tolist() == [
        ["Lapor Lampu", ""],
        ["", "Dinas Perhubungan"],
    ]
    assert clear_texts(BODY, "-") is BODY
