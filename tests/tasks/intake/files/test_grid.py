"""Grids: columns side by side, without what is blank around them."""

import pandas as pd

from tasks.intake.cells.text import clean_texts
from tasks.intake.files.grid import blank_rows, build_cells, trim_grid

CELLS = [
    ["a", None, None, None],
    [None, None, None, None],
    [None, None, "b", None],
    [None, None, None, None],
]


def grid(rows: list[list[str | None]]) -> pd.DataFrame:
    return pd.DataFrame(rows, index=range(1, len(rows) + 1), dtype="object")


def test_hidden_and_long_texts_stand_at_the_row_and_column_of_the_sheet():
    columns = [clean_texts(["a", "b\u202e"]), clean_texts(["x" * 500_001, "d"])]
    cells = build_cells(columns, [1, 7])
    assert cells.texts.index.tolist() == [1, 7]
    assert cells.texts[0].tolist() == ["a", "b"]
    assert (cells.hidden, cells.long) == ({(7, 0): "b\u202e"}, {(1, 1): 500_001})


def test_blank_rows_and_columns_at_the_ends_go_and_row_numbers_stay():
    trimmed = trim_grid(grid(CELLS))
    assert trimmed.fillna("").values.tolist() == [["a", "", ""], ["", "", ""], ["", "", "b"]]
    assert trimmed.index.tolist() == [1, 2, 3]


def test_a_grid_with_nothing_in_it_trims_to_nothing():
    assert trim_grid(grid(CELLS[1:2])).shape == (0, 0)
    assert trim_grid(grid([])).shape == (0, 0)


def test_rows_are_blank_as_a_whole_or_in_some_columns():
    assert blank_rows(grid(CELLS)).tolist() == [False, True, False, True]
    assert blank_rows(grid(CELLS), [2, 3]).tolist() == [True, True, False, True]
