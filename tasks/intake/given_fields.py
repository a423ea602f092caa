"""Which columns of a delivered table give which field, and what stands in them."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from tasks.intake.tables.table import DeliveredTable, TableColumn

GivingColumns = dict[str, list[TableColumn]]  # field -> the columns that give it, in order


def columns_by_field(table: DeliveredTable) -> GivingColumns:
    """For each field that a heading gives, the columns with the surest claim to it."""
    claims: GivingColumns = {}
    for column in table.columns:
        if column.claim.field:
            claims.setdefault(column.claim.field, []).append(column)
    return {field: _surest_columns(columns) for field, columns in claims.items()}


def _surest_columns(columns: Sequence[TableColumn]) -> list[TableColumn]:
    strength = max(column.claim.strength for column in columns)
    return [column for column in columns if column.claim.strength == strength]


def fields_by_position(given: GivingColumns) -> dict[int, str]:
    """The field that each column gives, by the position of the column."""
    return {column.position: field for field, columns in given.items() for column in columns}


def first_filled_cells(body: pd.DataFrame, columns: Sequence[TableColumn]) -> pd.Series:
    """Of the cells of these columns, the first in each row that is filled; all NaN where there is
    no column.
    """
    if not columns:
        return pd.Series(np.nan, index=body.index, dtype="str")
    filled = body[columns[0].position]
    for column in columns[1:]:
        filled = filled.where(filled.notna(), body[column.position])
    return filled
