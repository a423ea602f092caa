"""A sheet that runs sideways is turned: labels become headings, each column of answers a row."""

import pandas as pd
import pytest

from tasks.intake.tables import sideways

KNOWN = {"Judul", "Instansi", "Kategori", "Ringkasan"}


def known(labels: list[str]) -> int:
    return len(KNOWN & set(labels))


def turned(*rows: list[str]) -> tuple[list[str], list[list[str]], list[int], int | None] | None:
    width = max(map(len, rows))
    cells = [[*(text or None for text in row), *[None] * (width - len(row))] for row in rows]
    found = sideways.turn_grid(
        pd.DataFrame(cells, index=pd.RangeIndex(1, len(rows) + 1), dtype="str"), known, 3
    )
    if found is None:
        return None
    body = found.body.astype("object").where(found.body.notna(), "")
    return found.labels, body.values.tolist(), list(found.body.index), found.start


FORM = [["Judul", "Antrean"], ["Instansi", "Dinas"], ["Kategori", "Gizi"]]
LABELS, ANSWERS = ["Judul", "Instansi", "Kategori"], [["Antrean", "Dinas", "Gizi"]]


def test_labels_are_headings_and_their_answers_one_row():
    assert turned(*FORM) == (LABELS, ANSWERS, [2], None)


def test_each_column_of_answers_is_a_row_numbered_as_the_sheets_column():
    assert turned(*([*row, f"{row[1]} 2"] for row in FORM)) == (
        LABELS,
        [ANSWERS[0], ["Antrean 2", "Dinas 2", "Gizi 2"]],
        [2, 3],
        None,
    )


def test_the_provinces_row_of_headings_is_no_answer_and_other_columns_are_none():
    rows = [["Data", "Deskripsi", "Catatan"], *([*row, "x"] for row in FORM)]
    assert turned(*rows) == (LABELS, ANSWERS, [2], 1)


def test_labels_may_stand_behind_a_counter():
    assert turned(["No", "Data", "Deskripsi"], *([str(n), *row] for n, row in enumerate(FORM))) == (
        LABELS,
        ANSWERS,
        [3],
        1,
    )


@pytest.mark.parametrize("form", [[[a, ":", b] for a, b in FORM], [[a, f": {b}"] for a, b in FORM]])
def test_colons_between_labels_and_answers_are_none(form):
    labels, answers, _, _ = turned(*form)
    assert (labels, answers) == (LABELS, ANSWERS)


@pytest.mark.parametrize("label", ["", "Ringkasan"])
def test_an_answer_over_several_rows_is_one(label):
    labels, answers, _, _ = turned(*FORM, ["Ringkasan", "a"], [label, "b"], [label, "c"])
    assert (labels, answers) == ([*LABELS, "Ringkasan"], [[*ANSWERS[0], "a\nb\nc"]])


def test_what_stands_after_a_gap_belongs_to_no_label():
    assert turned(*FORM, ["", ""], ["", "Malang, 1 Maret 2022"]) == (LABELS, ANSWERS, [2], None)


@pytest.mark.parametrize(
    "rows",
    [
        FORM[:2],
        [["Judul"], ["Instansi"], ["Kategori"]],
        [["judul", "Judul"], ["opd", "Instansi"], ["kat", "Kategori"]],
        [["Judul", "Judul"], ["Instansi", "Instansi"], ["Kategori", "Kategori"]],
        [["Judul", ""], ["Instansi", ""], ["Kategori", ""]],
        [*FORM, *[["Warna", "merah"]] * 300],
    ],
    ids=["too few labels", "no answers", "codes", "labels", "empty", "too long"],
)
def test_other_sheets_do_not_run_sideways(rows):
    assert turned(*rows) is None
