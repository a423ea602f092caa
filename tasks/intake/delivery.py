"""The tables of delivered files, and what every reader of exports gives: rows, exports, headings
and findings.

What is found in the headings of a table is in heading_findings.py.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd

from tasks.findings.frame import join_findings, make_finding, no_findings
from tasks.findings.wording import quote_texts
from tasks.intake.files import reader
from tasks.intake.files.grid import Grid
from tasks.intake.raw import Raw
from tasks.intake.services.registry import REPEATED_GROUP
from tasks.intake.tables import rows_left_out
from tasks.intake.tables.headings import HeadingNames
from tasks.intake.tables.sheet_tables import find_table
from tasks.intake.tables.table import DeliveredTable
from tasks.schema import FRAMES

_EXPORT_NUMBERS = ("heading_row", "delivered", "invisible")
_MOST_HIDDEN_PLACES = 5  # cells with invisible characters whose place is named
_LONGEST_HEADING = 40  # characters of the heading in such a place


@dataclass(frozen=True)
class InboxPlace:
    """What the exports of one place of the inbox are read as.

    `table` is submissions, marks or screening; `phase` is the code of the phase, None for
    submissions; `section` is the part of competition.toml that says what their headings give.
    """

    table: str
    phase: str | None
    section: str


@dataclass(frozen=True, eq=False)
class Delivery:
    """What the exports of one place of the inbox hold.

    `rows`: text cells, with the columns that the reader names (SUBMISSION_COLUMNS, MARK_COLUMNS,
    ANSWER_COLUMNS). `exports` and `headings`: the tables of those names in schema.py.
    """

    rows: pd.DataFrame
    exports: pd.DataFrame
    headings: pd.DataFrame
    findings: pd.DataFrame


@dataclass(frozen=True, eq=False)
class ExportTable:
    """One table of a delivered file."""

    raw: Raw
    table: DeliveredTable


class ExportTables(NamedTuple):
    """The tables of delivered files, and findings on files and rows that are not read."""

    tables: list[ExportTable]
    findings: pd.DataFrame


def read_export_tables(
    raws: Iterable[Raw], names: HeadingNames, is_wanted: Callable[[DeliveredTable], bool]
) -> ExportTables:
    """The tables for which `is_wanted` holds, in the order of the files' names, and findings.

    Sheets of repeated groups and sheets that are examples are left out. A file with tables of which
    none is wanted has a finding.
    """
    exports: list[ExportTable] = []
    findings: list[pd.DataFrame] = []
    for raw in sorted(raws, key=lambda raw: raw.name):
        file = reader.read_grids(raw)
        tables = _tables_of_grids(file.grids, names)
        wanted = [table for table in tables if is_wanted(table)]
        findings += [file.findings, *map(rows_left_out.left_out_rows_finding, wanted)]
        exports += [
            ExportTable(raw, table) for table in wanted if not rows_left_out.is_example_table(table)
        ]
        if tables and not wanted:
            largest = max(tables, key=lambda table: table.body.size)
            findings.append(_no_headings_finding(raw, largest))
    return ExportTables(exports, join_findings(findings))


def _tables_of_grids(grids: Iterable[Grid], names: HeadingNames) -> list[DeliveredTable]:
    """The tables of the sheets of one file, without those of repeated groups."""
    tables = [rows_left_out.leave_out_rows(find_table(grid, names)) for grid in grids]
    return [table for table in tables if table.kind != REPEATED_GROUP]


def _no_headings_finding(raw: Raw, table: DeliveredTable) -> pd.DataFrame:
    headings = quote_texts(column.heading for column in table.columns if column.heading)
    return make_finding(
        "unreadable_file", table="exports", source=raw.name, case="no_headings", headings=headings
    )


def unreadable_exports_finding(
    raws: Sequence[Raw], exports: Sequence[ExportTable], table: str
) -> pd.DataFrame:
    """The critical finding `no_readable_export` where there are files and none of them can be
    read.
    """
    names = sorted(raw.name for raw in raws if not reader.is_clutter_file(raw.name))
    if not names or exports:
        return no_findings()
    return make_finding(
        "no_readable_export", table=table, count=len(names), files=quote_texts(names)
    )


def exports_frame(
    exports: Sequence[ExportTable], counts: Sequence[int], place: InboxPlace
) -> pd.DataFrame:
    """One row per table that was read, as the table exports of schema.py; `counts` are the
    delivered rows of each.
    """
    raws = [export.raw for export in exports]
    tables = [export.table for export in exports]
    columns: dict[str, list[Any]] = {
        "source": [table.source for table in tables],
        "export_name": [raw.name for raw in raws],
        "export_sha256": [raw.sha256 for raw in raws],
        "table": [place.table] * len(exports),
        "phase": [place.phase] * len(exports),
        "kind": [table.kind for table in tables],
        "heading_row": [table.heading_row for table in tables],
        "delivered": list(counts),
        "stale_since": [raw.stale.since if raw.stale else None for raw in raws],
        "invisible": [len(table.hidden) for table in tables],
        "invisible_at": [_hidden_places(table) for table in tables],
    }
    return pd.DataFrame(
        {
            name: pd.array(values, dtype="Int64" if name in _EXPORT_NUMBERS else "str")
            for name, values in columns.items()
        }
    )


def _hidden_places(table: DeliveredTable) -> str | None:
    """The first cells that invisible characters were taken out of: row and heading, joined by |."""
    headings = {
        column.position: " ".join(column.heading.replace("|", "/").split())[:_LONGEST_HEADING]
        for column in table.columns
    }
    first = sorted(table.hidden)[:_MOST_HIDDEN_PLACES]
    places = [f"{row} {headings.get(position, '')}".strip() for row, position in first]
    return "|".join(places) or None


def headings_frame(
    exports: Sequence[ExportTable], fields: Sequence[Mapping[int, str]]
) -> pd.DataFrame:
    """One row per heading of a table that was read; `read_as` is NaN where it gives no field.

    `fields`: for each table, the field of each column by position.
    """
    rows = [
        (export.table.source, column.heading, by_position.get(column.position) or None)
        for export, by_position in zip(exports, fields, strict=True)
        for column in export.table.columns
        if column.heading
    ]
    return pd.DataFrame(rows, columns=list(FRAMES["headings"].columns)).astype("str")
