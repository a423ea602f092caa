"""Results: the tables and rules of a run, as files of data/ and read back equal. Pages read nothing
else.

The files are a CSV for each table of schema.TABLES, datapackage.json, and the rules that the tables
were made with (competition.toml as it was). Frames keep to the dtypes that schema.py gives for each
kind.
"""

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from tasks.rules import competition as rules
from tasks.rules.competition import Competition
from tasks.schema import CSV_NAMES, TABLES, DataColumn, DataTable

_KIND_DTYPES = {
    "text": "str",
    "code": "str",
    "integer": "Int64",
    "decimal": "str",
    "date": "str",
    "boolean": "boolean",
}
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "'")
_NEGATIVE_NUMBER = r"-\d+(?:\.\d+)?"  # a text that is no more than a number is never run


@dataclass(frozen=True, eq=False)
class Results:
    """The rules as text, and a frame for each table of schema.TABLES.

    `tables` has every name of TABLES, an empty frame where there is nothing.
    """

    rules_text: str
    tables: Mapping[str, pd.DataFrame]

    @property
    def competition(self) -> Competition:
        return rules.parse_competition(self.rules_text)

    def __getitem__(self, table: str) -> pd.DataFrame:
        return self.tables[table]

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Results)
            and self.rules_text == other.rules_text
            and all(self[name].equals(other[name]) for name in TABLES)
        )

    @classmethod
    def of(cls, rules_text: str, tables: Mapping[str, pd.DataFrame]) -> "Results":
        """Results of these frames: columns in order, dtypes by kind, a missing table empty; no
        other columns.
        """
        zone = rules.parse_competition(rules_text).zone
        shaped = {
            name: cast_table(tables.get(name, pd.DataFrame()), table, str(zone))
            for name, table in TABLES.items()
        }
        return cls(rules_text, shaped)

    @classmethod
    def of_files(cls, files: Mapping[str, bytes]) -> "Results":
        """The Results that gave these `files`. A table that an earlier version did not write is
        empty.
        """
        text = files["competition.toml"].decode("utf-8")
        csvs = {name: files.get(f"{name}.csv") for name in TABLES}
        tables = {
            name: read_table(content, TABLES[name])
            for name, content in csvs.items()
            if content is not None
        }
        return cls.of(text, tables)

    def files(self) -> dict[str, bytes]:
        """The files of data/ by name: a CSV a table, the rules, and datapackage.json."""
        csvs = {f"{name}.csv": table_csv(self[name], table) for name, table in TABLES.items()}
        return csvs | {
            "competition.toml": self.rules_text.encode("utf-8"),
            "datapackage.json": data_package(self.competition),
        }


def cast_table(frame: pd.DataFrame, table: DataTable, zone: str) -> pd.DataFrame:
    """The frame with the table's columns in order, in the dtypes of their kinds, and a plain
    index.
    """
    rows = frame.reset_index(drop=True)
    empty = pd.Series([None] * len(rows), dtype="object")
    columns = {c.name: _cast_column(rows.get(c.name, empty), c, zone) for c in table.columns}
    return pd.DataFrame(columns, columns=table.names, index=rows.index)


def _cast_column(values: pd.Series, column: DataColumn, zone: str) -> pd.Series:
    if column.kind == "time":
        local: pd.Series = pd.to_datetime(values, utc=True).dt.tz_convert(zone)
        return local.astype(pd.DatetimeTZDtype("us", zone))
    dtype: Any = _KIND_DTYPES[column.kind]
    return values.astype(dtype)


def table_csv(frame: pd.DataFrame, table: DataTable) -> bytes:
    """The table as CSV (interface.md section 5): UTF-8, comma, ISO dates, true and false, texts
    defused.
    """
    texts = pd.DataFrame({c.name: _csv_texts(frame[c.name], c) for c in table.columns})
    headed = texts.rename(columns=_csv_headings(table))
    return headed.to_csv(index=False, lineterminator="\n").encode("utf-8")


def _csv_texts(values: pd.Series, column: DataColumn) -> pd.Series:
    if column.kind == "time":
        times = values.map(lambda time: time.isoformat(timespec="seconds"), na_action="ignore")
        return times.astype("str")
    if column.kind == "boolean":
        return values.map({True: "true", False: "false"}).astype("str")
    if column.kind in ("text", "code"):
        is_number = values.str.fullmatch(_NEGATIVE_NUMBER, na=False)
        is_formula = values.str.startswith(_FORMULA_STARTS, na=False) & ~is_number
        return ("'" + values).where(is_formula, values)
    return values


def read_table(content: bytes, table: DataTable) -> pd.DataFrame:
    """The frame that `table_csv` wrote: text columns, with the apostrophes of defused texts taken
    off.

    A column that an earlier version of the program did not write is empty.
    """
    texts = pd.read_csv(
        io.BytesIO(content), dtype="str", keep_default_na=False, na_values=[""], encoding="utf-8"
    )
    names = {heading: name for name, heading in _csv_headings(table).items()}
    frame = texts.rename(columns=names).reindex(columns=table.names).astype("str")
    for column in table.columns:
        frame[column.name] = _parse_data_cells(frame[column.name], column)
    return frame


def _parse_data_cells(values: pd.Series, column: DataColumn) -> pd.Series:
    """The values of a column whose texts `_csv_texts` wrote."""
    if column.kind in ("text", "code"):
        return values.str.slice(1).where(values.str.startswith("'", na=False), values)
    if column.kind == "boolean":
        return values.map({"true": True, "false": False})
    if column.kind == "integer":
        return pd.to_numeric(values).astype("Int64")
    return values


def _csv_headings(table: DataTable) -> dict[str, str]:
    """The heading of each column in the table's CSV, by the column's name."""
    return {name: CSV_NAMES.get((table.name, name), name) for name in table.names}


_FRICTIONLESS_TYPES = {
    "text": {"type": "string"},
    "code": {"type": "string"},
    "integer": {"type": "integer"},
    "decimal": {"type": "number"},
    "date": {"type": "date"},
    "boolean": {"type": "boolean"},
    "time": {"type": "datetime", "format": "%Y-%m-%dT%H:%M:%S%z"},
}


def data_package(competition: Competition) -> bytes:
    """datapackage.json: a Frictionless data package (version 1) that describes every CSV of
    data/.
    """
    package = {
        "profile": "tabular-data-package",
        "name": f"kipp-{competition.year}",
        "title": f"{competition.name} {competition.year}",
        "resources": [_package_resource(table) for table in TABLES.values()],
    }
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _package_resource(table: DataTable) -> dict[str, object]:
    fields = [
        {"name": CSV_NAMES.get((table.name, c.name), c.name), "description": c.description}
        | _FRICTIONLESS_TYPES[c.kind]
        | _package_constraints(c, table)
        for c in table.columns
    ]
    schema: dict[str, object] = {"fields": fields, "missingValues": [""]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    return {
        "name": table.name.replace("_", "-"),
        "path": f"{table.name}.csv",
        "profile": "tabular-data-resource",
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {
            "delimiter": ",",
            "lineTerminator": "\n",
            "quoteChar": '"',
            "doubleQuote": True,
            "header": True,
        },
        "schema": schema,
    }


def _package_constraints(column: DataColumn, table: DataTable) -> dict[str, object]:
    constraints: dict[str, object] = {}
    if column.choices:
        constraints["enum"] = list(column.choices)
    if column.name in table.required:
        constraints["required"] = True
    return {"constraints": constraints} if constraints else {}
