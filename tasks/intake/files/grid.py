"""A sheet as a grid of text cells, as the readers of files give it; which of its rows are blank."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from tasks.intake.cells.text import CleanedTexts

CellPlace = tuple[int, int]  # row number as the spreadsheet counts it (1..), column (0..)


@dataclass(frozen=True, eq=False)
class SheetCells:
    """The cells of one sheet, with the blank rows and columns at its ends.

    `texts`: str, NaN where empty; the index is the spreadsheet's own row numbers, the columns are
    0... `hidden`: the texts that invisible characters were taken out of, as delivered. `long`: how
    many characters each text over MOST_CELL_CHARACTERS has.
    """

    texts: pd.DataFrame
    hidden: Mapping[CellPlace, str]
    long: Mapping[CellPlace, int]


@dataclass(frozen=True, eq=False)
class Grid:
    """One sheet of a delivered file that has something in it.

    `grid` has the texts of SheetCells without the blank rows and columns at the ends; `hidden` and
    `long` are those of SheetCells. `source` is the name of the file, with #sheet where the file has
    several. `name` is that of the sheet, "" in CSV.
    """

    source: str
    grid: pd.DataFrame
    name: str
    hidden: Mapping[CellPlace, str] = field(default_factory=dict)
    long: Mapping[CellPlace, int] = field(default_factory=dict)


def build_cells(columns: Sequence[CleanedTexts], numbers: Sequence[int]) -> SheetCells:
    """The columns side by side; `numbers` are those of the rows.

    The texts are one block of objects, of which a row or a column is taken at once.
    """
    block = np.empty((len(columns), len(numbers)), dtype="object")
    hidden: dict[CellPlace, str] = {}
    long: dict[CellPlace, int] = {}
    for position, column in enumerate(columns):
        block[position] = column.texts
        hidden |= {(numbers[at], position): text for at, text in column.hidden.items()}
        long |= {(numbers[at], position): length for at, length in column.long.items()}
    texts = pd.DataFrame(block.T, index=pd.Index(numbers), dtype="object", copy=False)
    return SheetCells(texts, hidden, long)


def trim_grid(grid: pd.DataFrame) -> pd.DataFrame:
    """The grid without the blank rows and columns at its ends; row numbers stay."""
    cells = grid.to_numpy(dtype="object")
    width = grid.shape[1]
    while width and pd.isna(cells[:, width - 1]).all():
        width -= 1
    filled = np.flatnonzero(~blank_rows(grid.iloc[:, :width]))
    if not len(filled):
        return grid.iloc[:0, :0]
    return grid.iloc[: filled[-1] + 1, :width]


def blank_rows(grid: pd.DataFrame, columns: Iterable[Hashable] | None = None) -> np.ndarray:
    """Which rows have nothing in them, or nothing in these columns.

    A column is only looked at for the rows in which all columns before were empty.
    """
    left = np.arange(len(grid))
    for column in grid if columns is None else columns:
        if not len(left):
            break
        left = left[pd.isna(grid[column].to_numpy()[left])]
    blank = np.zeros(len(grid), dtype=bool)
    blank[left] = True
    return blank


def filled_texts(row: pd.Series) -> list[str]:
    """The texts of the cells of a row that are filled, from left to right."""
    return [text for text in row.to_numpy() if isinstance(text, str)]
