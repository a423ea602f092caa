"""What each table of the competition folder holds, and how its cells become a typed frame.

A problem of a cell is a finding `broken_register` with the file's own row; the cell is then empty in the frame.
"""

import re
from dataclasses import dataclass
from typing import Literal

import pandas as pd
from rapidfuzz import process

from tasks import findings

Kind = Literal["text", "integer", "year", "boolean"]
_DTYPES = {"text": "str", "integer": "Int64", "year": "Int64", "boolean": "boolean"}
_YES = ("true", "ya", "yes", "1", "benar", "wajib")
_NO = ("false", "tidak", "no", "0", "salah", "tidak wajib")
YEARS = (1900, 2100)


@dataclass(frozen=True)
class Heading:
    """One column: `heading` in the file, `name` in the frame. `needed`: the file must have it; `filled`: every row too."""

    heading: str
    name: str
    kind: Kind = "text"
    needed: bool = False
    filled: bool = False


@dataclass(frozen=True)
class Spec:
    """One table: its name, its file without suffix, its columns; `needed`: a competition cannot do without it."""

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


def _free(heading: str, name: str = "", kind: Kind = "text", needed: bool = False) -> Heading:
    return Heading(heading, name or heading, kind, needed)


SPECS: dict[str, Spec] = {
    spec.name: spec
    for spec in (
        Spec("agencies", "agencies", (
            _filled("code", "agency_code"), _filled("name", "agency"), _free("short_name"), _free("type"),
            _free("parent_code"), _free("aliases"), _free("obliged", kind="boolean"),
            _free("valid_from", kind="year"), _free("valid_to", kind="year"),
        ), needed=True),
        Spec("judges", "judges", (_filled("name", "judge"), _free("aliases"), _free("agency_code"))),
        Spec("assignments", "assignments", (_filled("phase"), _filled("judge"), _filled("submission"))),
        Spec("corrections", "corrections", (
            _free("submission"), _free("source"), _free("row", kind="integer"), _filled("field"),
            _free("expected", needed=True), _free("value", needed=True), _free("reason"), _free("by"), _free("on"),
        )),
        Spec("decisions", "decisions", (
            _filled("phase"), _filled("submission"), _filled("outcome"), _free("reason"), _free("level"),
        )),
        Spec("placements", "placements", (
            _filled("year", "award_year", "year"), _filled("agency_code"), _filled("title", "award_title"),
            _free("level"), _filled("placement", "award"),
        )),
        Spec("counts", "history/counts", (
            _filled("year", kind="year"), _filled("received", kind="integer"), _filled("accepted", kind="integer"),
        )),
    )
}


def shaped(cells: pd.DataFrame, spec: Spec, file: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The typed frame of a table, and findings.

    `cells` is text, NaN where blank, indexed by the sheet's own row; its first row has the headings. A table
    without a heading that it needs is empty.
    """
    if cells.empty:
        return spec.empty(), _file_broken(spec, file, "no_rows") if spec.needed else findings.none()
    columns, unknown, twice = _columns(cells.iloc[0], spec)
    missing = [h.heading for h in spec.headings if h.needed and h.heading not in columns]
    found = [_file_broken(spec, file, "no_heading", field=heading, found=_listed(cells.iloc[0])) for heading in missing]
    found += [_file_broken(spec, file, "heading_twice", field=heading) for heading in twice]
    if found:
        return spec.empty(), findings.together(found)
    rows = cells.iloc[1:]
    if rows.empty and spec.needed:
        return spec.empty(), _file_broken(spec, file, "no_rows")
    texts = pd.DataFrame(
        {h.name: rows[columns[h.heading]] if h.heading in columns else pd.Series(index=rows.index, dtype="str")
         for h in spec.headings}, index=rows.index,
    )
    typed = [_typed(texts[h.name], h, spec, file) for h in spec.headings]
    frame = pd.DataFrame({h.name: values for h, (values, _) in zip(spec.headings, typed, strict=True)})
    frame["table_row"] = pd.array(rows.index, dtype="Int64")
    found = [_unknown(heading, spec, file) for heading in unknown] + [bad for _, bad in typed]
    return frame.reset_index(drop=True), findings.together(found)


def broken(spec: Spec, file: str, case: str, rows: pd.DataFrame, name: str, **params: object) -> pd.DataFrame:
    """A finding for each of these rows of a table, on one of its columns; further columns than its own are parameters.

    `rows` has table_row, the column itself, and what the sentence wants besides.
    """
    heading = next(h.heading for h in spec.headings if h.name == name)
    places = rows.rename(columns={name: "value", "table_row": "row"})
    return findings.of("broken_register", places, table=spec.name, source=file, field=heading, file=file, case=case, **params)


def _columns(headings: pd.Series, spec: Spec) -> tuple[dict[str, object], list[str], list[str]]:
    """Heading -> column of the cells; the headings that the table does not know; those that stand twice."""
    known = {_plain(h.heading): h.heading for h in spec.headings}
    columns: dict[str, object] = {}
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


def _listed(headings: pd.Series) -> str:
    return ", ".join(headings.dropna())


def _file_broken(spec: Spec, file: str, case: str, **cells: object) -> pd.DataFrame:
    return findings.one("broken_register", table=spec.name, source=file, file=file, case=case, **cells)


def _unknown(heading: str, spec: Spec, file: str) -> pd.DataFrame:
    """An extra column is the office's own; one spelt nearly like a column of ours would be lost in silence."""
    near = process.extractOne(_plain(heading), [h.heading for h in spec.headings], processor=_plain, score_cutoff=80)
    if near is None:
        return findings.one("unknown_column", table=spec.name, source=file, field=heading, value=heading)
    return _file_broken(spec, file, "near_heading", value=heading, field=near[0])


def _typed(texts: pd.Series, heading: Heading, spec: Spec, file: str) -> tuple[pd.Series, pd.DataFrame]:
    """The column in its kind, and a finding for each cell that is blank where it must not be, or cannot be read."""
    values = _read(texts, heading.kind)
    blank = texts[texts.isna()] if heading.filled else texts.iloc[:0]
    unreadable = texts[texts.notna() & values.isna()]
    found = [_cells_broken(blank, "blank", heading, spec, file), _cells_broken(unreadable, heading.kind, heading, spec, file)]
    return values, findings.together(found)


def _cells_broken(texts: pd.Series, case: str, heading: Heading, spec: Spec, file: str) -> pd.DataFrame:
    places = pd.DataFrame({"row": texts.index, "value": texts.to_numpy()})
    return findings.of(
        "broken_register", places, table=spec.name, source=file, field=heading.heading, file=file, case=case
    )


def _read(texts: pd.Series, kind: Kind) -> pd.Series:
    if kind == "text":
        return texts.astype("str")
    if kind == "boolean":
        folded = texts.str.casefold()
        return folded.map({word: True for word in _YES} | {word: False for word in _NO}).astype("boolean")
    numbers = pd.to_numeric(texts.where(texts.str.fullmatch(r"[0-9]{1,9}", na=False))).astype("Int64")
    return numbers.where(numbers.between(*YEARS)) if kind == "year" else numbers
