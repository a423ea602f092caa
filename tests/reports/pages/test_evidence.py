"""What the exports say: places, cells, and the corrections that were made to them."""

import pandas as pd
import pytest

from reports.pages.evidence import (
    Cell,
    Correction,
    Evidence,
    Place,
    corrections,
    moment,
    text,
    whole,
)
from tasks.schema import TABLES

PLACE = Place("submissions/a.csv", 3)
FIXED = Correction("Pendidkan", "Pendidikan", "Salah ketik", "Sekretariat", "2022-03-17")


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
    assert corrections(table(row("submissions/a.csv", 3)), PLACE) == {"category": FIXED}
    assert corrections(table(row("submissions/a.csv", 4)), PLACE) == {}


def test_a_workbook_without_rows_is_one_place() -> None:
    assert corrections(
        table(row("submissions/b.xlsx", None)), Place("submissions/b.xlsx", None)
    ) == {"category": FIXED}


def test_one_that_took_no_effect_is_not_told() -> None:
    assert corrections(table(row("submissions/a.csv", 3, applied=False)), PLACE) == {}


@pytest.mark.parametrize(
    ("said", "told"), [("Pendidkan", {"category": FIXED}), ("Kesehatan", {}), ("", {})]
)
def test_one_that_names_the_submission_holds_for_each_row_that_says_what_is_expected(
    said: str, told: object
) -> None:
    elsewhere = table(row("submissions/z.csv", 9, "DINKES-AAAA"))
    assert corrections(elsewhere, PLACE, "DINKES-AAAA", {"category": said}) == told


def test_without_corrections_or_a_place_there_are_none() -> None:
    assert (corrections(table(), PLACE), corrections(table(row("submissions/a.csv", 3)), None)) == (
        {},
        {},
    )


def test_a_cell_is_found_by_what_it_was_read_as() -> None:
    evidence = Evidence({PLACE: (Cell("No", "1", ""), Cell("Judul", "Lentera", "title"))})
    assert evidence.cell(PLACE, "title") == Cell("Judul", "Lentera", "title")
    assert (
        evidence.cell(PLACE, "agency"),
        evidence.cell(None, "title"),
        evidence.cell(Place("x", 1), "title"),
    ) == (None,) * 3


def test_cells_of_tables_are_plain_values() -> None:
    when = pd.Timestamp("2022-02-03T09:00+07:00")
    assert (whole(pd.NA), whole(3), moment(pd.NaT), moment(when)) == (
        None,
        3,
        None,
        when.to_pydatetime(),
    )
    assert (text(pd.NA), text(None), text(float("nan")), text("a")) == ("", "", "", "a")
    assert (Place.of(float("nan"), 3), Place.of("a", pd.NA), Place.of("a", 3)) == (
        None,
        Place("a", None),
        Place("a", 3),
    )
