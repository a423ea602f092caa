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

from tasks import findings

Kind = Literal["text", "integer", "year", "boolean"]
_DTYPES = {"text": "str", "integer": "Int64", "year": "Int64", "boolean": "boolean"}
_YES = ("true", "ya", "yes", "1", "benar", "wajib")
_NO = ("false", "tidak", "no", "0", "salah", "tidak wajib")
YEARS = (1900, 2100)
_TITLE_ROWS = 20  # rows above the headings that an office may give to a title


@dataclass(frozen=True)
class Heading:
    """One column: `heading` in the file, `name` in the frame. `needed`: the file has it; `filled`:
    every row, too.
    """

    heading: str
    name: str
    kind: Kind = "text"
    needed: bool = False
    filled: bool = False


@dataclass(frozen=True)
class Spec:
    """One table: its name, its file without suffix, its columns; `needed`: a competition cannot do
    without it.
    """

    name: str
    file: str
    headings: tuple[Heading, ...]
    needed: bool = False

    def empty(self) -> pd.DataFrame:
        """The table without rows."""
        columns = {h.name: pd.Series(dtype=_DTYPES[h.kind]) for h in self.headings}
        return pd.DataFrame(columns | {"table_row": pd.Series(dtype="Int64")})


def _filled(heading: str, name: str = "", kind: Kind = "text") -> Heading:
    return Heading(heading, name or heading, kind, needed=True, filled=True)


def _needed(heading: str, kind: Kind = "text") -> Heading:
    return Heading(heading, heading, kind, needed=True)


def _free(heading: str, kind: Kind = "text") -> Heading:
    return Heading(heading, heading, kind)


SPECS: dict[str, Spec] = {
    spec.name: spec
    for spec in (
        Spec(
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
        Spec(
            "judges", "judges", (_filled("name", "judge"), _free("aliases"), _free("agency_code"))
        ),
        Spec(
            "assignments",
            "assignments",
            (_filled("phase"), _filled("judge"), _filled("submission")),
        ),
        Spec(
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
        Spec(
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
        Spec(
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
        Spec(
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


def shaped(
    grids: Sequence[pd.DataFrame], spec: Spec, file: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The typed frame of a table, and findings.

    `grids`: the sheets of the file, at least one, as text, NaN where blank, indexed by the sheet's
    own row; the first one that has all headings is read. A table without a heading that it needs is
    empty.
    """
    cells, headings = _headed(grids, spec)
    columns, unknown, twice = _columns(headings, spec)
    missing = [h.heading for h in spec.headings if h.needed and h.heading not in columns]
    listed = ", ".join(headings.dropna())
    found = [
        file_broken(spec, file, "no_heading", field=heading, value=listed) for heading in missing
    ]
    found += [
        file_broken(spec, file, "heading_twice", field=heading, value=heading) for heading in twice
    ]
    if found:
        return spec.empty(), findings.together(found)
    if cells.empty and spec.needed:
        return spec.empty(), file_broken(spec, file, "no_rows")
    frame, bad = _typed_table(
        cells.rename(columns={column: h for h, column in columns.items()}), spec, file
    )
    absent = [h.heading for h in spec.headings if h.heading not in columns]
    return frame, findings.together(
        [*(_unknown(heading, absent, spec, file) for heading in unknown), bad]
    )


def file_broken(spec: Spec, file: str, case: str, **cells: Any) -> pd.DataFrame:
    """A finding on the table as a whole."""
    return findings.one(
        "broken_register", table=spec.name, source=file, case=case, file=file, **cells
    )


def _headed(grids: Sequence[pd.DataFrame], spec: Spec) -> tuple[pd.DataFrame, pd.Series]:
    """The rows under the headings, without the blank ones, and the headings: of the first row that
    has all that are needed, else the first row that is not blank.
    """
    filled = [grid.dropna(how="all") for grid in grids]
    needed = {_plain(h.heading) for h in spec.headings if h.needed}
    for grid in filled:
        for at in range(min(len(grid), _TITLE_ROWS)):
            if needed <= {_plain(text) for text in grid.iloc[at].dropna()}:
                return grid.iloc[at + 1 :], grid.iloc[at]
    return filled[0].iloc[1:], filled[0].iloc[0]


def _columns(headings: pd.Series, spec: Spec) -> tuple[dict[str, Any], list[str], list[str]]:
    """Heading -> column of the cells; the headings that the table does not know; those that stand
    twice.
    """
    known = {_plain(h.heading): h.heading for h in spec.headings}
    columns: dict[str, Any] = {}
    unknown, twice = [], []
    for column, text in headings.dropna().items():
        heading = known.get(_plain(text))
        if heading is None:
            unknown.append(text)
        elif heading in columns:
            twice.append(heading)
        else:
            columns[heading] = column
    return columns, unknown, twice


def _plain(text: str) -> str:
    return re.sub(r"[\s_]+", "", text.casefold())


def _unknown(heading: str, absent: Sequence[str], spec: Spec, file: str) -> pd.DataFrame:
    """An extra column is the office's own; one spelt nearly like a column of ours that is not there
    would be lost in silence.
    """
    near = process.extractOne(_plain(heading), absent, processor=_plain, score_cutoff=80)
    if near is None:
        return findings.one(
            "unknown_column",
            table=spec.name,
            source=file,
            case="table",
            field=heading,
            value=heading,
        )
    return file_broken(spec, file, "near_heading", value=heading, field=near[0])


def _typed_table(cells: pd.DataFrame, spec: Spec, file: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The table's columns in their kinds with table_row, and findings. `cells`: a column a heading,
    maybe others.
    """
    blank = pd.Series(index=cells.index, dtype="str")
    typed = {h.name: _typed(cells.get(h.heading, blank), h, spec, file) for h in spec.headings}
    frame = pd.DataFrame({name: values for name, (values, _) in typed.items()})
    frame["table_row"] = cells.index.to_series().astype("Int64")
    return frame.reset_index(drop=True), findings.together([bad for _, bad in typed.values()])


def _typed(
    texts: pd.Series, heading: Heading, spec: Spec, file: str
) -> tuple[pd.Series, pd.DataFrame]:
    """The column in its kind, and a finding for each cell that is blank where it must not be, or
    cannot be read.
    """
    values = _read(texts, heading.kind)
    blank = texts[texts.isna()] if heading.filled else texts.iloc[:0]
    unreadable = texts[texts.notna() & values.isna()]
    places = [(blank, "blank"), (unreadable, f"not_{heading.kind}")]
    return values, findings.together(
        [
            findings.of(
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


def _read(texts: pd.Series, kind: Kind) -> pd.Series:
    if kind == "text":
        return texts.astype("str")
    if kind == "boolean":
        yes, no = texts.str.casefold().isin(_YES), texts.str.casefold().isin(_NO)
        return yes.astype("boolean").where(yes | no)
    numbers = pd.to_numeric(texts.where(texts.str.fullmatch(r"[0-9]{1,9}", na=False))).astype(
        "Int64"
    )
    return numbers.where(numbers.between(*YEARS)) if kind == "year" else numbers
