"""What each table of the competition folder holds, and how its cells become a typed frame.

A problem of a cell is a finding `broken_register` with the file's own row; the cell is then empty
in the frame.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd
from rapidfuzz import process

from tasks.findings.frame import join_findings, make_finding, make_findings

CellKind = Literal["text", "integer", "year", "boolean"]
_DTYPE_OF_KIND = {"text": "str", "integer": "Int64", "year": "Int64", "boolean": "boolean"}
_YES_WORDS = ("true", "ya", "yes", "1", "benar", "wajib")
_NO_WORDS = ("false", "tidak", "no", "0", "salah", "tidak wajib")
REGISTER_YEARS = (1900, 2100)
_TITLE_ROWS = 20  # rows above the headings that an office may give to a title


@dataclass(frozen=True)
class ColumnSpec:
    """One column: `heading` in the file, `name` in the frame. `needed`: the file has it; `filled`:
    every row, too.
    """

    heading: str
    name: str
    kind: CellKind = "text"
    needed: bool = False
    filled: bool = False


@dataclass(frozen=True)
class TableSpec:
    """One table: its name, its file without suffix, its columns; `needed`: a competition cannot do
    without it.
    """

    name: str
    file: str
    headings: tuple[ColumnSpec, ...]
    needed: bool = False

    def empty(self) -> pd.DataFrame:
        """The table without rows."""
        columns = {h.name: pd.Series(dtype=_DTYPE_OF_KIND[h.kind]) for h in self.headings}
        return pd.DataFrame(columns | {"table_row": pd.Series(dtype="Int64")})


def _filled_column(heading: str, name: str = "", kind: CellKind = "text") -> ColumnSpec:
    return ColumnSpec(heading, name or heading, kind, needed=True, filled=True)


def _needed_column(heading: str, kind: CellKind = "text") -> ColumnSpec:
    return ColumnSpec(heading, heading, kind, needed=True)


def _free_column(heading: str, kind: CellKind = "text") -> ColumnSpec:
    return ColumnSpec(heading, heading, kind)


TABLE_SPECS: dict[str, TableSpec] = {
    spec.name: spec
    for spec in (
        TableSpec(
            "agencies",
            "agencies",
            (
                _filled_column("code", "agency_code"),
                _filled_column("name", "agency"),
                _free_column("short_name"),
                _free_column("type"),
                _free_column("parent_code"),
                _free_column("aliases"),
                _free_column("obliged", "boolean"),
                _free_column("valid_from", "year"),
                _free_column("valid_to", "year"),
            ),
            needed=True,
        ),
        TableSpec(
            "judges",
            "judges",
            (_filled_column("name", "judge"), _free_column("aliases"), _free_column("agency_code")),
        ),
        TableSpec(
            "assignments",
            "assignments",
            (_filled_column("phase"), _filled_column("judge"), _filled_column("submission")),
        ),
        TableSpec(
            "corrections",
            "corrections",
            (
                _free_column("submission"),
                _free_column("source"),
                _free_column("row", "integer"),
                _filled_column("field"),
                _needed_column("expected"),
                _needed_column("value"),
                _free_column("reason"),
                _free_column("by"),
                _free_column("on"),
            ),
        ),
        TableSpec(
            "decisions",
            "decisions",
            (
                _filled_column("phase"),
                _filled_column("submission"),
                _filled_column("outcome"),
                _free_column("reason"),
                _free_column("level"),
            ),
        ),
        TableSpec(
            "placements",
            "placements",
            (
                _filled_column("year", "award_year", "year"),
                _filled_column("agency_code"),
                _filled_column("title", "award_title"),
                _free_column("level"),
                _filled_column("placement", "award"),
            ),
        ),
        TableSpec(
            "counts",
            "history/counts",
            (
                _filled_column("year", kind="year"),
                _needed_column("received", "integer"),
                _needed_column("accepted", "integer"),
            ),
        ),
    )
}


def shape_table(
    grids: Sequence[pd.DataFrame], spec: TableSpec, file: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The typed frame of a table, and findings.

    `grids`: the sheets of the file, at least one, as text, NaN where blank, indexed by the sheet's
    own row; the first one that has all headings is read. A table without a heading that it needs is
    empty.
    """
    cells, headings = _find_headings(grids, spec)
    columns, unknown, twice = _columns_by_heading(headings, spec)
    missing = [h.heading for h in spec.headings if h.needed and h.heading not in columns]
    listed = ", ".join(headings.dropna())
    found = [
        broken_table_finding(spec, file, "no_heading", field=heading, value=listed)
        for heading in missing
    ]
    found += [
        broken_table_finding(spec, file, "heading_twice", field=heading, value=heading)
        for heading in twice
    ]
    if found:
        return spec.empty(), join_findings(found)
    if cells.empty and spec.needed:
        return spec.empty(), broken_table_finding(spec, file, "no_rows")
    frame, bad = _type_table(
        cells.rename(columns={column: h for h, column in columns.items()}), spec, file
    )
    absent = [h.heading for h in spec.headings if h.heading not in columns]
    return frame, join_findings(
        [*(_unknown_heading_finding(heading, absent, spec, file) for heading in unknown), bad]
    )


def broken_table_finding(spec: TableSpec, file: str, case: str, **cells: Any) -> pd.DataFrame:
    """A finding on the table as a whole."""
    return make_finding(
        "broken_register", table=spec.name, source=file, case=case, file=file, **cells
    )


def _find_headings(
    grids: Sequence[pd.DataFrame], spec: TableSpec
) -> tuple[pd.DataFrame, pd.Series]:
    """The rows under the headings, without the blank ones, and the headings: of the first row that
    has all that are needed, else the first row that is not blank.
    """
    filled = [grid.dropna(how="all") for grid in grids]
    needed = {_plain_heading(h.heading) for h in spec.headings if h.needed}
    for grid in filled:
        for at in range(min(len(grid), _TITLE_ROWS)):
            if needed <= {_plain_heading(text) for text in grid.iloc[at].dropna()}:
                return grid.iloc[at + 1 :], grid.iloc[at]
    return filled[0].iloc[1:], filled[0].iloc[0]


def _columns_by_heading(
    headings: pd.Series, spec: TableSpec
) -> tuple[dict[str, Any], list[str], list[str]]:
    """Heading -> column of the cells; the headings that the table does not know; those that stand
    twice.
    """
    known = {_plain_heading(h.heading): h.heading for h in spec.headings}
    columns: dict[str, Any] = {}
    unknown, twice = [], []
    for column, text in headings.dropna().items():
        heading = known.get(_plain_heading(text))
        if heading is None:
            unknown.append(text)
        elif heading in columns:
            twice.append(heading)
        else:
            columns[heading] = column
    return columns, unknown, twice


def _plain_heading(text: str) -> str:
    return re.sub(r"[\s_]+", "", text.casefold())


def _unknown_heading_finding(
    heading: str, absent: Sequence[str], spec: TableSpec, file: str
) -> pd.DataFrame:
    """An extra column is the office's own; one spelt nearly like a column of ours that is not there
    would be lost in silence.
    """
    near = process.extractOne(
        _plain_heading(heading), absent, processor=_plain_heading, score_cutoff=80
    )
    if near is None:
        return make_finding(
            "unknown_column",
            table=spec.name,
            source=file,
            case="table",
            field=heading,
            value=heading,
        )
    return broken_table_finding(spec, file, "near_heading", value=heading, field=near[0])


def _type_table(
    cells: pd.DataFrame, spec: TableSpec, file: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The table's columns in their kinds with table_row, and findings. `cells`: a column a heading,
    maybe others.
    """
    blank = pd.Series(index=cells.index, dtype="str")
    typed = {
        h.name: _type_column(cells.get(h.heading, blank), h, spec, file) for h in spec.headings
    }
    frame = pd.DataFrame({name: values for name, (values, _) in typed.items()})
    frame["table_row"] = cells.index.to_series().astype("Int64")
    return frame.reset_index(drop=True), join_findings([bad for _, bad in typed.values()])


def _type_column(
    texts: pd.Series, heading: ColumnSpec, spec: TableSpec, file: str
) -> tuple[pd.Series, pd.DataFrame]:
    """The column in its kind, and a finding for each cell that is blank where it must not be, or
    cannot be read.
    """
    values = _parse_texts(texts, heading.kind)
    blank = texts[texts.isna()] if heading.filled else texts.iloc[:0]
    unreadable = texts[texts.notna() & values.isna()]
    places = [(blank, "blank"), (unreadable, f"not_{heading.kind}")]
    return values, join_findings(
        [
            make_findings(
                "broken_register",
                pd.DataFrame({"row": cells.index, "value": cells.to_numpy()}),
                table=spec.name,
                source=file,
                field=heading.heading,
                case=case,
            )
            for cells, case in places
        ]
    )


def _parse_texts(texts: pd.Series, kind: CellKind) -> pd.Series:
    if kind == "text":
        return texts.astype("str")
    if kind == "boolean":
        yes, no = texts.str.casefold().isin(_YES_WORDS), texts.str.casefold().isin(_NO_WORDS)
        return yes.astype("boolean").where(yes | no)
    numbers = pd.to_numeric(texts.where(texts.str.fullmatch(r"[0-9]{1,9}", na=False))).astype(
        "Int64"
    )
    return numbers.where(numbers.between(*REGISTER_YEARS)) if kind == "year" else numbers
