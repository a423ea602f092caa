"""What the exports say: places, cells, and the corrections that were made to them."""

import pandas as pd

from reports.pages.explain.evidence import (
    CellCorrection,
    DeliveredCell,
    InnovationEvidence,
    RowPlace,
    cell_number,
    cell_text,
    cell_time,
    corrections_at_place,
)
from tasks.results.results import Results
from tests.small.rules import rules_text

PLACE = RowPlace("submissions/a.csv", 3)
FIXED = CellCorrection("Pendidkan", "Pendidikan", "Salah ketik", "Sekretariat", "2022-03-17")


REVIEWED = {
    "source": "submissions/z.csv",
    "row": 9,
    "submission_id": "DINKES-AAAA",
    "field": "category",
    "expected": "Pendidkan",
    "value": "Pendidikan",
    "reason": "Salah ketik",
    "corrected_by": "Sekretariat",
    "corrected_on": "2022-03-17",
    "applied": True,
}
CHANGED = {
    "source": PLACE.source,
    "row": PLACE.row,
    "submission_id": "DINKES-AAAA",
    "field": "category",
    "was": " Pendidkan",
    "is": "Pendidikan",
    "reason": "Salah ketik",
}


def corrected(cell: dict[str, object], *reviewed: dict[str, object]) -> Results:
    """Results in which one cell was changed; corrections are `reviewed`, as REVIEWED but for what
    each says.
    """
    corrections = pd.DataFrame([REVIEWED | row for row in reviewed or ({},)])
    tables = {"corrected": pd.DataFrame([CHANGED | cell]), "corrections": corrections}
    return Results.of(rules_text(), tables)


def test_a_correction_is_of_the_cell_at_its_place() -> None:
    results = corrected({})
    assert corrections_at_place(results, PLACE) == {"category": FIXED}
    assert corrections_at_place(results, RowPlace(PLACE.source, 4)) == {}
    assert corrections_at_place(results, RowPlace("submissions/z.csv", 9)) == {}


def test_a_workbook_without_rows_is_one_place() -> None:
    place = RowPlace("submissions/b.xlsx", None)
    results = corrected({"source": place.source, "row": None})
    assert corrections_at_place(results, place) == {"category": FIXED}


def test_of_corrections_that_say_the_same_the_last_of_this_submission_is_told() -> None:
    results = corrected(
        {},
        {"corrected_by": "Awal"},
        {"corrected_by": "Bagian"},
        {"submission_id": "DLH-BBBB", "corrected_by": "Lain"},
    )
    assert corrections_at_place(results, PLACE)["category"].by == "Bagian"


def test_the_correction_that_names_the_place_is_nearer_than_one_of_the_submission() -> None:
    here = {"source": PLACE.source, "row": PLACE.row, "submission_id": None}
    results = corrected({}, here | {"corrected_by": "Sini"}, {"corrected_by": "Sana"})
    assert corrections_at_place(results, PLACE)["category"].by == "Sini"


def test_one_that_took_no_effect_is_not_the_one() -> None:
    results = corrected({}, {}, {"applied": False, "corrected_by": "Lain"})
    assert corrections_at_place(results, PLACE) == {"category": FIXED}


def test_a_criterion_that_was_corrected_by_its_name_says_what_the_cell_knows() -> None:
    results = corrected({"field": "x", "was": "80", "is": None}, {"field": "Signifikansi"})
    assert corrections_at_place(results, PLACE) == {
        "x": CellCorrection("80", "", "Salah ketik", "", "")
    }


def test_without_corrections_or_a_place_there_are_none() -> None:
    assert corrections_at_place(Results.of(rules_text(), {}), PLACE) == {}
    assert corrections_at_place(corrected({}), None) == {}


def test_a_cell_is_found_by_what_it_was_read_as() -> None:
    evidence = InnovationEvidence(
        {PLACE: (DeliveredCell("No", "1", ""), DeliveredCell("Judul", "Lentera", "title"))}
    )
    assert evidence.cell(PLACE, "title") == DeliveredCell("Judul", "Lentera", "title")
    assert (
        evidence.cell(PLACE, "agency"),
        evidence.cell(None, "title"),
        evidence.cell(RowPlace("x", 1), "title"),
    ) == (None,) * 3


def test_cells_of_tables_are_plain_values() -> None:
    when = pd.Timestamp("2022-02-03T09:00+07:00")
    assert (cell_number(pd.NA), cell_number(3), cell_time(pd.NaT), cell_time(when)) == (
        None,
        3,
        None,
        when.to_pydatetime(),
    )
    assert (cell_text(pd.NA), cell_text(None), cell_text(float("nan")), cell_text("a")) == (
        "",
        "",
        "",
        "a",
    )
    assert (
        RowPlace.from_cells(float("nan"), 3),
        RowPlace.from_cells("a", pd.NA),
        RowPlace.from_cells("a", 3),
    ) == (
        None,
        RowPlace("a", None),
        RowPlace("a", 3),
    )
