"""The columns of each table of the folder, and how a table's cells become a typed frame.

A cell that cannot be read is a finding `broken_register` at the file's own row, and missing in the
frame. What several tables show together is in checks.py.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd
from rapidfuzz import process

from tasks.findings.frame import Found, join_findings, make_finding, make_findings

CellKind = Literal["text", "integer", "year", "boolean"]
_DTYPE_OF_KIND = {"text": "str", "integer": "Int64", "year": "Int64", "boolean": "boolean"}
_YES_WORDS = ("true", "ya", "yes", "1", "benar", "wajib")
_NO_WORDS = ("false", "tidak", "no", "0", "salah", "tidak wajib")
REGISTER_YEARS = (1900, 2100)
_TITLE_ROWS = 20  # rows above the headings that an office may give to a title
_NEAR_PERCENT = 80  # percent of the letters alike that make a heading a misspelt one


@dataclass(frozen=True)
class ColumnSpec:
    """One column: `heading` in the file, `name` in the frame. `needed`: the file must have it;
    `filled`: every row must have it, too.
    """

    heading: str
    name: str
    kind: CellKind = "text"
    needed: bool = False
    filled: bool = False


@dataclass(frozen=True)
class TableSpec:
    """One table: its name, its file without suffix, its columns. `needed`: a competition must have
    the table.
    """

    name: str
    file: str
    columns: tuple[ColumnSpec, ...]
    needed: bool = False

    def empty(self) -> pd.DataFrame:
        """The table without rows."""
        columns = {
            column.name: pd.Series(dtype=_DTYPE_OF_KIND[column.kind]) for column in self.columns
        }
        return pd.DataFrame(columns | {"table_row": pd.Series(dtype="Int64")})

    def absent_headings(self, headings: Mapping[str, Any]) -> list[str]:
        """The headings of the table that are not among these."""
        return [column.heading for column in self.columns if column.heading not in headings]


def _filled(heading: str, name: str = "", kind: CellKind = "text") -> ColumnSpec:
    return ColumnSpec(heading, name or heading, kind, needed=True, filled=True)


def _needed(heading: str, kind: CellKind = "text") -> ColumnSpec:
    return ColumnSpec(heading, heading, kind, needed=True)


def _free(heading: str, kind: CellKind = "text") -> ColumnSpec:
    return ColumnSpec(heading, heading, kind)


TABLE_SPECS: dict[str, TableSpec] = {
    spec.name: spec
    for spec in (
        TableSpec(
            "agencies",
            "agencies",
            (
                _filled("code", "agency_code"),
                _filled("name", "agency"),
                _free("short_name"),
                _free("type"),
                _free("parent_code"),
                _free("aliases"),
                _free("obliged", "boolean"),
                _free("valid_from", "year"),
                _free("valid_to", "year"),
            ),
            needed=True,
        ),
        TableSpec(
            "judges",
            "judges",
            (_filled("name", "judge"), _free("aliases"), _free("agency_code")),
        ),
        TableSpec(
            "assignments",
            "assignments",
            (_filled("phase"), _filled("judge"), _filled("submission")),
        ),
        TableSpec(
            "corrections",
            "corrections",
            (
                _free("submission"),
                _free("source"),
                _free("row", "integer"),
                _filled("field"),
                _needed("expected"),
                _needed("value"),
                _free("reason"),
                _free("by"),
                _free("on"),
            ),
        ),
        TableSpec(
            "decisions",
            "decisions",
            (
                _filled("phase"),
                _filled("submission"),
                _filled("outcome"),
                _free("reason"),
                _free("level"),
            ),
        ),
        TableSpec(
            "placements",
            "placements",
            (
                _filled("year", "award_year", "year"),
                _filled("agency_code"),
                _filled("title", "award_title"),
                _free("level"),
                _filled("placement", "award"),
            ),
        ),
        TableSpec(
            "counts",
            "history/counts",
            (
                _filled("year", kind="year"),
                _needed("received", "integer"),
                _needed("accepted", "integer"),
            ),
        ),
    )
}


def shape_table(grids: Sequence[pd.DataFrame], spec: TableSpec, file: str) -> Found:
    """The typed frame of a table, one row per row of the file, with `table_row`.

    `grids`: the sheets of the file, at least one, as text, NaN where blank, indexed by the sheet's
    own row. The first sheet that has all headings is read. A table without a heading that it needs
    is empty.
    """
    cells, headings = _rows_and_headings(grids, spec)
    columns, unknown, repeated = _columns_by_heading(headings, spec)
    missing = _missing_heading_findings(headings, columns, spec, file)
    broken = [*missing, *(_repeated_heading_finding(heading, spec, file) for heading in repeated)]
    if broken:
        return Found(spec.empty(), join_findings(broken))
    if cells.empty and spec.needed:
        return Found(spec.empty(), broken_table_finding(spec, file, "no_rows"))
    heading_of_column = {column: heading for heading, column in columns.items()}
    table = _type_table(cells.rename(columns=heading_of_column), spec, file)
    absent = spec.absent_headings(columns)
    stray = [_unknown_heading_finding(heading, absent, spec, file) for heading in unknown]
    return Found(table.frame, join_findings([*stray, table.findings]))


def broken_table_finding(spec: TableSpec, file: str, case: str, **cells: Any) -> pd.DataFrame:
    """A finding on the table as a whole."""
    return make_finding(
        "broken_register", table=spec.name, source=file, case=case, file=file, **cells
    )


def _rows_and_headings(
    grids: Sequence[pd.DataFrame], spec: TableSpec
) -> tuple[pd.DataFrame, pd.Series]:
    """The rows under the headings, without blank rows, and the headings.

    The headings are the first row that has all that are needed, else the first row that is not
    blank.
    """
    filled = [grid.dropna(how="all") for grid in grids]
    needed = {_heading_key(column.heading) for column in spec.columns if column.needed}
    for grid in filled:
        for position in range(min(len(grid), _TITLE_ROWS)):
            headings = grid.iloc[position]
            if needed <= set(map(_heading_key, headings.dropna())):
                return grid.iloc[position + 1 :], headings
    return filled[0].iloc[1:], filled[0].iloc[0]


def _columns_by_heading(
    headings: pd.Series, spec: TableSpec
) -> tuple[dict[str, Any], list[str], list[str]]:
    """The cells' column of each heading; headings that the table does not know; headings that stand
    twice.
    """
    known = {_heading_key(column.heading): column.heading for column in spec.columns}
    columns: dict[str, Any] = {}
    unknown, repeated = [], []
    for column, text in headings.dropna().items():
        heading = known.get(_heading_key(text))
        if heading is None:
            unknown.append(text)
        elif heading in columns:
            repeated.append(heading)
        else:
            columns[heading] = column
    return columns, unknown, repeated


def _heading_key(text: str) -> str:
    """A heading without case, spaces and underscores."""
    return re.sub(r"[\s_]+", "", text.casefold())


def _repeated_heading_finding(heading: str, spec: TableSpec, file: str) -> pd.DataFrame:
    return broken_table_finding(spec, file, "heading_twice", field=heading, value=heading)


def _missing_heading_findings(
    headings: pd.Series, columns: Mapping[str, Any], spec: TableSpec, file: str
) -> list[pd.DataFrame]:
    """A finding for each heading that the table needs and the file does not have."""
    needed = {column.heading for column in spec.columns if column.needed}
    in_file = ", ".join(headings.dropna())
    return [
        broken_table_finding(spec, file, "no_heading", field=heading, value=in_file)
        for heading in spec.absent_headings(columns)
        if heading in needed
    ]


def _unknown_heading_finding(
    heading: str, absent: Sequence[str], spec: TableSpec, file: str
) -> pd.DataFrame:
    """A finding on a heading that the table does not know.

    An extra column is the office's own. A heading spelt nearly like a column of the table that the
    file does not have would lose that column in silence.
    """
    near = process.extractOne(
        _heading_key(heading), absent, processor=_heading_key, score_cutoff=_NEAR_PERCENT
    )
    if near is not None:
        return broken_table_finding(spec, file, "near_heading", value=heading, field=near[0])
    return make_finding(
        "unknown_column",
        table=spec.name,
        source=file,
        case="table",
        field=heading,
        value=heading,
    )


def _type_table(cells: pd.DataFrame, spec: TableSpec, file: str) -> Found:
    """The table's columns in their kinds, with `table_row`. `cells`: a column per heading, and
    maybe others.
    """
    blank = pd.Series(index=cells.index, dtype="str")
    columns, findings = {}, []
    for column in spec.columns:
        texts = cells.get(column.heading, blank)
        columns[column.name] = _parse_typed_cells(texts, column.kind)
        findings.append(_cell_findings(texts, columns[column.name], column, spec, file))
    frame = pd.DataFrame(columns)
    frame["table_row"] = cells.index.to_series().astype("Int64")
    return Found(frame.reset_index(drop=True), join_findings(findings))


def _parse_typed_cells(texts: pd.Series, kind: CellKind) -> pd.Series:
    """The cells in their kind, on the same index; missing where a text cannot be read."""
    if kind == "text":
        return texts.astype("str")
    if kind == "boolean":
        folded = texts.str.casefold()
        is_yes, is_no = folded.isin(_YES_WORDS), folded.isin(_NO_WORDS)
        return is_yes.astype("boolean").where(is_yes | is_no)
    digits = texts.where(texts.str.fullmatch(r"[0-9]{1,9}", na=False))
    numbers = pd.to_numeric(digits).astype("Int64")
    return numbers.where(numbers.between(*REGISTER_YEARS)) if kind == "year" else numbers


def _cell_findings(
    texts: pd.Series, values: pd.Series, column: ColumnSpec, spec: TableSpec, file: str
) -> pd.DataFrame:
    """A finding for each cell of a column that is blank and must not be, or cannot be read."""
    blank = texts[texts.isna()] if column.filled else texts.iloc[:0]
    unreadable = texts[texts.notna() & values.isna()]
    findings = [
        _broken_cell_findings(blank, "blank", column, spec, file),
        _broken_cell_findings(unreadable, f"not_{column.kind}", column, spec, file),
    ]
    return join_findings(findings)


def _broken_cell_findings(
    cells: pd.Series, case: str, column: ColumnSpec, spec: TableSpec, file: str
) -> pd.DataFrame:
    """A finding `broken_register` for each of these cells of a column."""
    places = pd.DataFrame({"row": cells.index, "value": cells.to_numpy()})
    return make_findings(
        "broken_register",
        places,
        table=spec.name,
        source=file,
        field=column.heading,
        case=case,
    )
