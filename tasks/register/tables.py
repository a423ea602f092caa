"""The tables of the competition's folder: the register, and what the bureau keeps in Excel.

Each table is CSV in any form an office saves (interface.md section 3) or XLSX of the same name.
Headings are read without case and spaces. What makes a table unusable is a critical finding,
`broken_register`, that names file, row and value.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from tasks.findings.frame import Found, join_findings, no_findings
from tasks.intake.files.reader import read_grids
from tasks.intake.raw import Raw
from tasks.register.checks import check_tables
from tasks.register.columns import TABLE_SPECS, TableSpec, broken_table_finding, shape_table
from tasks.rules.competition import Competition

REGISTER_SUFFIXES = (".csv", ".xlsx")


@dataclass(frozen=True, eq=False)
class Tables:
    """The folder's tables, a frame each. A table that is not there is an empty frame with all its
    columns.

    Every frame has `table_row`, the sheet's own row (heading = 1). Codes of agencies and phases
    stand as the register and competition.toml write them; `aliases` are joined by |, NaN where
    there are none.
    """

    agencies: pd.DataFrame
    judges: pd.DataFrame
    assignments: pd.DataFrame
    corrections: pd.DataFrame
    decisions: pd.DataFrame
    placements: pd.DataFrame
    counts: pd.DataFrame


class FoundTables(NamedTuple):
    """The folder's tables, and the findings on them."""

    tables: Tables
    findings: pd.DataFrame


def read_tables(raws: Iterable[Raw], competition: Competition) -> FoundTables:
    """The tables among these files, found by the files' names (agencies.csv, history/counts.xlsx).

    A table that cannot be used is an empty frame, and a row that cannot be used is not in the
    frame; `findings` has a critical `broken_register` at its file and row for either.
    """
    by_name = {raw.name: raw for raw in raws}
    parts = {name: _read_table(by_name, spec) for name, spec in TABLE_SPECS.items()}
    frames = {name: table.frame for name, table in parts.items()}
    frames["corrections"] = _placeable_corrections(parts["corrections"])
    checked, problems = check_tables(frames, _file_by_table(by_name), competition)
    complete = {name: _complete_rows(checked[name], spec) for name, spec in TABLE_SPECS.items()}
    of_cells = [table.findings for table in parts.values()]
    return FoundTables(Tables(**complete), join_findings([*of_cells, problems]))


def _file_by_table(delivered: Collection[str]) -> dict[str, str]:
    """The file that each table is read from; a table without a file is not among them."""
    names = {table: _file_names(delivered, spec) for table, spec in TABLE_SPECS.items()}
    return {table: files[0] for table, files in names.items() if files}


def _placeable_corrections(corrections: Found) -> pd.DataFrame:
    """The corrections without those whose row number cannot be read: nobody knows their cell, and
    a finding says so.
    """
    findings = corrections.findings
    unreadable = findings.loc[findings["field"] == "row", "row"].dropna()
    return corrections.frame[~corrections.frame["table_row"].isin(unreadable)]


def _complete_rows(frame: pd.DataFrame, spec: TableSpec) -> pd.DataFrame:
    """The rows that have what every row must have; the others have their finding and are not
    used.
    """
    filled = [column.name for column in spec.columns if column.filled]
    return frame.dropna(subset=filled).reset_index(drop=True)


def _file_names(delivered: Collection[str], spec: TableSpec) -> list[str]:
    """The names that the table's file can have, of those that are delivered."""
    names = [spec.file + suffix for suffix in REGISTER_SUFFIXES]
    return [name for name in names if name in delivered]


def _read_table(raws: Mapping[str, Raw], spec: TableSpec) -> Found:
    names = _file_names(raws, spec)
    if not names:
        return Found(spec.empty(), _absent_table_finding(spec))
    if len(names) > 1:
        both = broken_table_finding(spec, names[0], "both", other=names[1])
        return Found(spec.empty(), both)
    file = read_grids(raws[names[0]])
    if not file.grids:
        broken = broken_table_finding(spec, names[0], "unreadable")
        return Found(spec.empty(), join_findings([broken, file.findings]))
    table = shape_table([sheet.grid for sheet in file.grids], spec, names[0])
    return Found(table.frame, join_findings([file.findings, table.findings]))


def _absent_table_finding(spec: TableSpec) -> pd.DataFrame:
    if not spec.needed:
        return no_findings()
    return broken_table_finding(spec, spec.file + REGISTER_SUFFIXES[0], "absent")
