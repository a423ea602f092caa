"""A sheet that runs sideways, headings down its first column -> its headings and rows. Computes.

One column of answers is one proposal, as in the province's workbook; several are a row each.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from tasks.intake.files.grid import blank_rows
from tasks.intake.tables.headings import heading_key

_PROVINCE_HEADINGS = ({"data"}, {"deskripsi"})
_COLON_TEXTS = frozenset((":", "=", "-", "\uff1a"))
_MOST_FORM_ROWS = 300  # a form has fewer questions


class TurnedGrid(NamedTuple):
    """`labels`: the headings, a column of `body` each; `start`: the row that heads the two columns,
    None where none does; the index of `body` is the number of the sheet's column (A = 1).
    """

    labels: list[str]
    body: pd.DataFrame
    start: int | None


def turn_grid(
    grid: pd.DataFrame, known: Callable[[list[str]], int], least: int
) -> TurnedGrid | None:
    """The sheet with its labels, which stand in its first column (or the second, after a counter),
    as headings; None where `known` finds fewer than `least` fields among them, or as many among the
    answers: a list of what codes mean.
    """
    if grid.shape[1] < 2 or len(grid) > _MOST_FORM_ROWS:
        return None
    fields = [known(_column_texts(grid, column)) for column in (0, 1)]
    at = int(fields[1] > fields[0])
    if fields[at] < least:
        return None
    rows = _label_rows(grid, at)
    start = _heading_pair_row(rows, at)
    cells = rows if start is None else rows.loc[start + 1 :]
    columns = (
        range(at + 1, grid.shape[1])
        if start is None
        else _description_columns(list(rows.loc[start]), at)
    )
    answers = _answer_columns(cells[list(columns)])
    if answers.empty or known(_column_texts(answers, int(answers.columns[0]))) >= max(
        2, fields[at] // 2
    ):
        return None
    body = answers.T.set_axis(range(len(cells)), axis=1).dropna(how="all")
    body.index = pd.Index([int(column) + 1 for column in body.index])
    return TurnedGrid(_column_texts(cells, at), body, start)


def _column_texts(grid: pd.DataFrame, column: int) -> list[str]:
    return [text if isinstance(text, str) else "" for text in grid[column]]


def _label_rows(grid: pd.DataFrame, at: int) -> pd.DataFrame:
    """The rows that have a label, each with what stands right under it beside no label, or beside
    the same again.
    """
    text, blank = grid[at], blank_rows(grid)
    begins = (text.notna() & (text != text.shift())) | blank
    if begins.all():
        return grid[text.notna()]
    beside = list(range(at + 1, grid.shape[1]))
    if not beside:
        return grid[text.notna()]
    groups = begins.cumsum()
    joined = {column: grid[column].groupby(groups).transform(_join_lines) for column in beside}
    return grid.drop(columns=beside).join(pd.DataFrame(joined))[text.notna() & begins]


def _join_lines(cells: pd.Series) -> Any:
    """The filled cells as the lines of one; missing where there is none."""
    return "\n".join(cells.dropna()) or np.nan


def _answer_columns(beside: pd.DataFrame) -> pd.DataFrame:
    """The columns that answer, without colons between a label and its answer."""
    said = {column: [text for text in beside[column] if isinstance(text, str)] for column in beside}
    answers = beside[
        [column for column, texts in said.items() if not _COLON_TEXTS.issuperset(texts)]
    ].copy()
    for column in answers:
        if all(text.startswith(":") for text in said[column]):
            bare = answers[column].str.lstrip(": ")
            answers[column] = bare.mask(bare == "")
    return answers


def _description_columns(pair: list[Any], at: int) -> list[int]:
    """Of a sheet headed `Data | Deskripsi` the columns that describe."""
    return [
        column
        for column in range(at + 1, len(pair))
        if column == at + 1
        or (isinstance(pair[column], str) and heading_key(pair[column]) in _PROVINCE_HEADINGS[1])
    ]


def _heading_pair_row(grid: pd.DataFrame, at: int) -> int | None:
    """The row that heads the province's two columns, `Data | Deskripsi`; None where there is
    none.
    """
    if at + 1 not in grid:
        return None
    for row, *pair in zip(grid.index, grid[at], grid[at + 1], strict=True):
        if all(
            isinstance(text, str) and heading_key(text) in words
            for text, words in zip(pair, _PROVINCE_HEADINGS, strict=True)
        ):
            return int(row)
    return None
