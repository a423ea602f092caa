"""A sheet that runs sideways, headings down its first column, to its headings and rows.

One column of answers is one proposal, as in the province's workbook; several columns are a row
each.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from tasks.intake.files.grid import blank_rows
from tasks.intake.services.province import is_answers_heading, is_heading_pair

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
    grid: pd.DataFrame, count_fields: Callable[[list[str]], int], least: int
) -> TurnedGrid | None:
    """The sheet with its labels, which stand in its first column (or the second, after a counter),
    as headings.

    None where `count_fields` finds fewer than `least` fields among the labels, or as many among the
    answers: a list of what codes mean.
    """
    if grid.shape[1] < 2 or len(grid) > _MOST_FORM_ROWS:
        return None
    counts = [count_fields(_column_texts(grid, column)) for column in (0, 1)]
    label_column = int(counts[1] > counts[0])
    count = counts[label_column]
    if count < least:
        return None
    rows = _label_rows(grid, label_column)
    start = _heading_pair_row(rows, label_column)
    cells = rows if start is None else rows.loc[start + 1 :]
    answers = _answer_columns(cells[_right_columns(rows, start, label_column)])
    if answers.empty:
        return None
    if count_fields(_column_texts(answers, int(answers.columns[0]))) >= max(2, count // 2):
        return None
    return TurnedGrid(_column_texts(cells, label_column), _turn_answers(answers), start)


def _turn_answers(answers: pd.DataFrame) -> pd.DataFrame:
    """The answers with a row for each column that is filled, numbered as the sheet's columns."""
    body = answers.T.set_axis(range(len(answers)), axis=1).dropna(how="all")
    body.index = pd.Index([int(column) + 1 for column in body.index])
    return body


def _column_texts(grid: pd.DataFrame, column: int) -> list[str]:
    return [text if isinstance(text, str) else "" for text in grid[column]]


def _label_rows(grid: pd.DataFrame, label_column: int) -> pd.DataFrame:
    """The rows that have a label, each with the rows right under it that have no label or the same
    label again.
    """
    labels = grid[label_column]
    begins = (labels.notna() & (labels != labels.shift())) | blank_rows(grid)
    right_columns = list(range(label_column + 1, grid.shape[1]))
    if begins.all() or not right_columns:
        return grid[labels.notna()]
    groups = begins.cumsum()
    joined = {
        column: grid[column].groupby(groups).transform(_join_lines) for column in right_columns
    }
    rows = grid.drop(columns=right_columns).join(pd.DataFrame(joined))
    return rows[labels.notna() & begins]


def _join_lines(cells: pd.Series) -> Any:
    """The filled cells as the lines of one; missing where there is none."""
    return "\n".join(cells.dropna()) or np.nan


def _answer_columns(cells: pd.DataFrame) -> pd.DataFrame:
    """The columns that answer, without colons between a label and its answer."""
    texts = {column: [text for text in cells[column] if isinstance(text, str)] for column in cells}
    columns = [column for column in cells if not _COLON_TEXTS.issuperset(texts[column])]
    answers = cells[columns].copy()
    for column in answers:
        if all(text.startswith(":") for text in texts[column]):
            bare = answers[column].str.lstrip(": ")
            answers[column] = bare.mask(bare == "")
    return answers


def _right_columns(rows: pd.DataFrame, start: int | None, label_column: int) -> list[int]:
    """The columns that may answer: all to the right of the labels; under a row of headings, those
    that the row calls answers.
    """
    first = label_column + 1
    if start is None:
        return list(range(first, rows.shape[1]))
    headings = rows.loc[start]
    others = range(first + 1, rows.shape[1])
    return [first, *(column for column in others if is_answers_heading(headings[column]))]


def _heading_pair_row(rows: pd.DataFrame, label_column: int) -> int | None:
    """The row that heads the province's two columns; None where there is none."""
    if label_column + 1 not in rows:
        return None
    pairs = zip(rows.index, rows[label_column], rows[label_column + 1], strict=True)
    heading_rows = (int(row) for row, labels, answers in pairs if is_heading_pair(labels, answers))
    return next(heading_rows, None)
