"""What the exports say: places, cells, and the corrections that were made to them."""

import pandas as pd
import pytest

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
from tasks.schema import TABLES

PLACE = RowPlace("submissions/a.csv", 3)
FIXED = CellCorrection("Pendidkan", "Pendidikan", "Salah ketik", "Sekretariat", "2022-03-17")


def table(*rows: tuple[object, ...]) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows), columns=TABLES["corrections"].names)
    return frame.astype(
        {
            "row": "Int64",
            "applied": "boolean",
            "source": "str",
            "submission_id": "str",
            "expected": "str",
        }
    )


def row(
    source: str, at: int | None, submission_id: str | None = None, applied: bool = True
) -> tuple[object, ...]:
    return (
        source,
        at,
        submission_id,
        "category",
        "Pendidkan",
        "Pendidikan",
        "Salah ketik",
        "Sekretariat",
        "2022-03-17",
        applied,
    )


def test_a_correction_is_of_the_cell_at_its_place() -> None:
    assert corrections_at_place(table(row("submissions/a.csv", 3)), PLACE) == {"category": FIXED}
    assert corrections_at_place(table(row("submissions/a.csv", 4)), PLACE) == {}


def test_a_workbook_without_rows_is_one_place() -> None:
    assert corrections_at_place(
        table(row("submissions/b.xlsx", None)), RowPlace("submissions/b.xlsx", None)
    ) == {"category": FIXED}


def test_one_that_took_no_effect_is_not_told() -> None:
    assert corrections_at_place(table(row("submissions/a.csv", 3, applied=False)), PLACE) == {}


@pytest.mark.parametrize(
    ("said", "told"), [("Pendidkan", {"category": FIXED}), ("Kesehatan", {}), ("", {})]
)
def test_one_that_names_the_submission_holds_for_each_row_that_says_what_is_expected(
    said: str, told: object
) -> None:
    elsewhere = table(row("submissions/z.csv", 9, "DINKES-AAAA"))
    assert corrections_at_place(elsewhere, PLACE, "DINKES-AAAA", {"category": said}) == told


def test_without_corrections_or_a_place_there_are_none() -> None:
    assert (
        corrections_at_place(table(), PLACE),
        corrections_at_place(table(row("submissions/a.csv", 3)), None),
    ) == (
        {},
        {},
    )


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
    assert (RowPlace.of(float("nan"), 3), RowPlace.of("a", pd.NA), RowPlace.of("a", 3)) == (
        None,
        RowPlace("a", None),
        RowPlace("a", 3),
    )
