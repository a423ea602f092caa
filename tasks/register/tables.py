"""The tables beside competition.toml: the register and what the bureau keeps in Excel.

Each is CSV in any form an office saves (interface.md section 3) or XLSX of the same name; a heading
is told without case and spaces. What makes a table unusable is a critical finding,
`broken_register`, that names file, row and value.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from tasks.findings.frame import join_findings, no_findings
from tasks.intake.files import reader
from tasks.intake.raw import Raw
from tasks.register.checks import check_tables
from tasks.register.columns import TABLE_SPECS, TableSpec, broken_table_finding, shape_table
from tasks.rules.competition import Competition, ObligationRules

REGISTER_SUFFIXES = (".csv", ".xlsx")


@dataclass(frozen=True, eq=False)
class Tables:
    """The folder's tables, one frame each; a table that is not there is an empty frame with all its
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


def read_tables(raws: Iterable[Raw], competition: Competition) -> tuple[Tables, pd.DataFrame]:
    """The tables among these files, and what is wrong with them, each finding at its file and row.

    A table is found by its file's name (agencies.csv, history/counts.xlsx).

    A table that cannot be used is an empty frame, and a row that cannot is not in it; `findings`
    has a critical `broken_register` for either.
    """
    by_name = {raw.name: raw for raw in raws}
    parts = {name: _read_table(by_name, spec) for name, spec in TABLE_SPECS.items()}
    names = {name: _file_names(by_name, spec) for name, spec in TABLE_SPECS.items()}
    files = {name: of_table[0] for name, of_table in names.items() if of_table}
    legible = {name: frame for name, (frame, _) in parts.items()}
    legible["corrections"] = _legible_corrections(*parts["corrections"])
    frames, found = check_tables(legible, files, competition)
    whole = {name: _complete_rows(frame, TABLE_SPECS[name]) for name, frame in frames.items()}
    return Tables(**whole), join_findings([*(bad for _, bad in parts.values()), found])


def _legible_corrections(corrections: pd.DataFrame, bad: pd.DataFrame) -> pd.DataFrame:
    """The corrections without those whose row number cannot be read: where they belong is not
    known, and that is told.
    """
    return corrections[
        ~corrections["table_row"].isin(bad.loc[bad["field"] == "row", "row"].dropna())
    ]


def _complete_rows(frame: pd.DataFrame, spec: TableSpec) -> pd.DataFrame:
    """The rows that have what every row must have; the others have their finding, and nothing may
    be made of them.
    """
    return frame.dropna(subset=[h.name for h in spec.headings if h.filled]).reset_index(drop=True)


def existing_agencies(agencies: pd.DataFrame, year: int) -> pd.DataFrame:
    """The bodies that exist in the year; `valid_to` equal to it still does."""
    begun = (agencies["valid_from"] <= year).fillna(True)
    lasting = (agencies["valid_to"] >= year).fillna(True)
    return agencies[begun & lasting]


def is_obliged(agencies: pd.DataFrame, obligation: ObligationRules) -> pd.Series:
    """Whether One Agency One Innovation binds each body: its own `obliged`, else its type (boolean,
    no NA).
    """
    by_type = agencies["type"].str.casefold().isin([name.casefold() for name in obligation.types])
    return agencies["obliged"].fillna(by_type.astype("boolean"))


def _file_names(raws: Collection[str], spec: TableSpec) -> list[str]:
    names = [spec.file + suffix for suffix in REGISTER_SUFFIXES]
    return [name for name in names if name in raws]


def _read_table(raws: Mapping[str, Raw], spec: TableSpec) -> tuple[pd.DataFrame, pd.DataFrame]:
    names = _file_names(raws, spec)
    if len(names) == 2:
        return spec.empty(), broken_table_finding(spec, names[0], "both", other=names[1])
    if not names:
        return spec.empty(), broken_table_finding(
            spec, spec.file + REGISTER_SUFFIXES[0], "absent"
        ) if spec.needed else no_findings()
    sheets, found = reader.read_grids(raws[names[0]])
    if not sheets:
        return spec.empty(), join_findings(
            [broken_table_finding(spec, names[0], "unreadable"), found]
        )
    frame, problems = shape_table([sheet.grid for sheet in sheets], spec, names[0])
    return frame, join_findings([found, problems])
