"""A sheet to the table that stands on it: upright, of a service of plain tables, or sideways."""

from dataclasses import replace

import pandas as pd

from tasks.intake.files.grid import Grid, blank_rows
from tasks.intake.services.form_service import PLAIN
from tasks.intake.services.province import PROVINCE, is_one_proposal
from tasks.intake.services.registry import kind_of_table
from tasks.intake.tables.columns import (
    columns_by_lower_row,
    plain_service_columns,
    table_columns,
)
from tasks.intake.tables.heading_row import HeadingRows, count_fields, find_heading_rows
from tasks.intake.tables.headings import HeadingNames
from tasks.intake.tables.repeated_headings import (
    remove_headings_in_words,
    remove_repeated_headings,
)
from tasks.intake.tables.sideways import turn_grid
from tasks.intake.tables.table import DeliveredTable

_LEAST_SIDEWAYS_LABELS = 3  # labels in the first column that make a sheet run sideways


def find_table(sheet: Grid, names: HeadingNames) -> DeliveredTable:
    """The table that stands on a sheet; sideways where its first column names more fields than any
    row.
    """
    rows = find_heading_rows(sheet.grid, names)
    upright = _plain_service_table(sheet, rows, names) or _upright_table(sheet, rows, names)
    turned = _sideways_table(sheet, names)
    if turned and len(turned.fields) > len(upright.fields):
        hidden = {(row, -1 - column): text for (row, column), text in sheet.hidden.items()}
        return replace(turned, hidden=hidden)
    return replace(upright, hidden=sheet.hidden)


def _plain_service_table(
    sheet: Grid, rows: HeadingRows, names: HeadingNames
) -> DeliveredTable | None:
    """The table of a service whose exports are plain tables; None where none made the table."""
    if rows.service is None:
        return None
    columns = plain_service_columns(rows.upper, rows.headings, rows.service, names)
    body = _rows_below(sheet, rows)
    above = _rows_above(sheet, rows)
    return DeliveredTable(sheet.source, sheet.name, PLAIN, rows.first, columns, body, above)


def _upright_table(sheet: Grid, rows: HeadingRows, names: HeadingNames) -> DeliveredTable:
    """The table under headings in one row, or in two that somebody made."""
    body = remove_repeated_headings(_rows_below(sheet, rows), rows.lower)
    kind = kind_of_table(rows.headings, body)
    columns = table_columns(rows.headings, kind, names)
    if rows.first != rows.last:
        columns = columns_by_lower_row(columns, rows.lower, names)
    body = remove_headings_in_words(body, columns, names)
    above = _rows_above(sheet, rows)
    return DeliveredTable(sheet.source, sheet.name, kind, rows.first, columns, body, above)


def _rows_below(sheet: Grid, rows: HeadingRows) -> pd.DataFrame:
    """The rows under the headings, without blank rows."""
    body = sheet.grid.loc[rows.last + 1 :]
    blank = blank_rows(body)
    return body[~blank] if blank.any() else body


def _rows_above(sheet: Grid, rows: HeadingRows) -> pd.DataFrame:
    return sheet.grid.loc[: rows.first - 1]


def _sideways_table(sheet: Grid, names: HeadingNames) -> DeliveredTable | None:
    """The table of a sheet whose headings stand in its first column (or the second, after a
    counter).
    """
    turned = turn_grid(
        sheet.grid, lambda labels: count_fields(labels, names), _LEAST_SIDEWAYS_LABELS
    )
    if turned is None:
        return None
    body = turned.body
    is_single = is_one_proposal(body)
    body.index = pd.Index([pd.NA] if is_single else body.index, dtype="Int64")
    kind = PROVINCE.kind if is_single else PLAIN
    columns = table_columns(turned.labels, kind, names)
    above = sheet.grid.iloc[:0]
    return DeliveredTable(sheet.source, sheet.name, kind, turned.start, columns, body, above)
