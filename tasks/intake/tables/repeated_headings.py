"""Rows under the headings that are headings again: on each page, in words under codes, or as
numbers, tags and instructions for the columns.
"""

import re
from collections.abc import Sequence

import pandas as pd

from tasks.intake.cells.heading_keys import heading_key
from tasks.intake.files.grid import filled_texts
from tasks.intake.services.form_service import Row
from tasks.intake.services.registry import is_row_of_codes
from tasks.intake.tables.heading_row import is_data_cell
from tasks.intake.tables.headings import HeadingNames
from tasks.intake.tables.table import TableColumn

_INSTRUCTION_CELL = re.compile(r"^\([^()]*\)$|^[-=_:]{2,}$|^#[a-z][\w+ -]*$", re.I)


def remove_repeated_headings(body: pd.DataFrame, headings: Row) -> pd.DataFrame:
    """The rows without the headings repeated, without the titles right over these, and without a
    first row that only counts the columns, (1) (2) (3), or says how to fill them in.
    """
    if body.empty:
        return body
    repeated = _repeated_rows(body, headings)
    titles = [at - 1 for at in repeated if at and _is_title_row(body.iloc[at - 1 : at + 1])]
    dropped = {*repeated, *titles}
    if _is_row_about_columns(filled_texts(body.iloc[0])):
        dropped.add(0)
    if not dropped:
        return body
    return body.iloc[[at for at in range(len(body)) if at not in dropped]]


def remove_headings_in_words(
    body: pd.DataFrame, columns: Sequence[TableColumn], names: HeadingNames
) -> pd.DataFrame:
    """The rows without a first row that has the same headings in words, under headings that are
    codes, or the codes under headings in words.
    """
    return body.iloc[1:] if _has_headings_again(body, columns, names) else body


def _repeated_rows(body: pd.DataFrame, headings: Row) -> Sequence[int]:
    """The places of the rows that have the headings again, in whatever case."""
    places: Sequence[int] = range(len(body))
    for position, heading in enumerate(headings):
        if not places:
            break
        if heading:
            cells, folded = body[position].to_numpy(), heading.casefold()
            places = [at for at in places if _is_folded_text(cells[at], folded)]
    return places


def _is_folded_text(cell: object, folded: str) -> bool:
    return isinstance(cell, str) and cell.casefold() == folded


def _has_headings_again(
    body: pd.DataFrame, columns: Sequence[TableColumn], names: HeadingNames
) -> bool:
    if body.empty:
        return False
    under = {position: text for position, text in body.iloc[0].items() if isinstance(text, str)}
    if is_row_of_codes(under.values()):
        return True
    positions = {column.claim.field: column.position for column in columns if column.claim.field}
    texts = {field: under[at] for field, at in positions.items() if at in under}
    if len(texts) < 2 or any(map(is_data_cell, under.values())):
        return False
    return all(_is_field_in_words(text, str(field), names) for field, text in texts.items())


def _is_field_in_words(text: str, field: str, names: HeadingNames) -> bool:
    return names.sure(text).field == field and heading_key(text) != field


def _is_row_about_columns(texts: Sequence[str]) -> bool:
    """Whether a row's texts only count the columns, 1 2 3 or a b c, say how to fill the columns in,
    "(pilih satu)", tag them, "#org", or draw a line under the headings.
    """
    if len(texts) > 1 and all(map(_INSTRUCTION_CELL.match, texts)):
        return True
    return len(texts) > 2 and list(map(heading_key, texts)) in _counting_rows(len(texts))


def _counting_rows(width: int) -> list[list[str]]:
    """How a row that counts columns may do so: 1 2 3, or a b c."""
    numbers = range(1, width + 1)
    digits = [str(number) for number in numbers]
    letters = [chr(ord("a") + number - 1) for number in numbers]
    return [digits, letters]


def _is_title_row(pair: pd.DataFrame) -> bool:
    """Whether the first of two rows is one text right over the other: what a table is called."""
    is_right_over = int(pair.index[1] - pair.index[0]) == 1
    return is_right_over and int(pair.iloc[0].notna().sum()) == 1
