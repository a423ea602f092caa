"""The tables beside competition.toml, read from disk: the register, judges, assignments, corrections, decisions, placements.

Each is CSV in any form an office saves (interface.md section 3) or XLSX of the same name; a heading is told without
case and spaces. What makes a table unusable is a critical finding, `broken_register`, that names file, row and value.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from tasks import findings
from tasks.competition import Competition, Obligation
from tasks.folder_tables import SPECS, Spec, shaped
from tasks.table_file import Unreadable, read_cells


@dataclass(frozen=True, eq=False)
class Tables:
    """The folder's tables, one frame each; a table that is not there is an empty frame with all its columns.

    Every frame has `table_row`, the sheet's own row (heading = 1). Codes of agencies and phases stand as the register
    and competition.toml write them; `aliases` are joined by |, NaN where there are none.
    """

    agencies: pd.DataFrame
    judges: pd.DataFrame
    assignments: pd.DataFrame
    corrections: pd.DataFrame
    decisions: pd.DataFrame
    placements: pd.DataFrame
    counts: pd.DataFrame


def files(folder: Path) -> list[Path]:
    """The files of the folder that are tables of its competition, those that are there, in a fixed order."""
    return [path for spec in SPECS.values() for path in _candidates(folder, spec) if path.is_file()]


def read(folder: Path, competition: Competition) -> tuple[Tables, pd.DataFrame]:
    """The tables of the folder, and what is wrong with them.

    A table that cannot be used is an empty frame, and `findings` has a critical `broken_register`.
    """
    read_tables = {name: _table(folder, spec) for name, spec in SPECS.items()}
    tables = Tables(**{name: frame for name, (frame, _) in read_tables.items()})
    return tables, findings.together([found for _, found in read_tables.values()])


def existing(agencies: pd.DataFrame, year: int) -> pd.DataFrame:
    """The bodies that exist in the year; `valid_to` equal to it still does."""
    begun = agencies["valid_from"].isna() | (agencies["valid_from"] <= year).fillna(False)
    lasting = agencies["valid_to"].isna() | (agencies["valid_to"] >= year).fillna(False)
    return agencies[begun & lasting]


def obliged(agencies: pd.DataFrame, obligation: Obligation) -> pd.Series:
    """Whether One Agency One Innovation binds each body: its own `obliged`, else its type (boolean, no NA)."""
    by_type = agencies["type"].str.casefold().isin([name.casefold() for name in obligation.types])
    return agencies["obliged"].fillna(by_type.astype("boolean")).astype("boolean")


def _candidates(folder: Path, spec: Spec) -> tuple[Path, Path]:
    return folder / f"{spec.file}.csv", folder / f"{spec.file}.xlsx"


def _table(folder: Path, spec: Spec) -> tuple[pd.DataFrame, pd.DataFrame]:
    there = [path for path in _candidates(folder, spec) if path.is_file()]
    if len(there) == 2:
        return spec.empty(), _broken(spec, there[0], "both", other=there[1].name)
    if not there:
        path = _candidates(folder, spec)[0]
        return spec.empty(), _broken(spec, path, "absent") if spec.needed else findings.none()
    try:
        cells = read_cells(there[0])
    except Unreadable as error:
        return spec.empty(), _broken(spec, there[0], "unreadable", cause=str(error))
    return shaped(cells, spec, there[0].name)


def _broken(spec: Spec, path: Path, case: str, **params: str) -> pd.DataFrame:
    return findings.one("broken_register", table=spec.name, source=path.name, file=path.name, case=case, **params)
