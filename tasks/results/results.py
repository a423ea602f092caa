"""Results: the one thing that a report may read; written as data/ and read back equal.

A folder of Results holds a CSV for each table of schema.TABLES, datapackage.json, and the rules
that they were made with (competition.toml as it was). Frames keep to the dtypes that schema.py
gives for each kind.
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
    """All that a run found out: the rules as text, and a frame for each table of schema.TABLES.

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
    plain = frame.reset_index(drop=True)
    none = pd.Series([None] * len(plain), dtype="object")
    columns = {c.name: _cast_column(plain.get(c.name, none), c, zone) for c in table.columns}
    return pd.DataFrame(columns, columns=table.names, index=plain.index)


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
    written = pd.DataFrame({c.name: _csv_texts(frame[c.name], c) for c in table.columns})
    renamed = written.rename(
        columns={name: CSV_NAMES.get((table.name, name), name) for name in table.names}
    )
    return renamed.to_csv(index=False, lineterminator="\n").encode("utf-8")


def _csv_texts(values: pd.Series, column: DataColumn) -> pd.Series:
    if column.kind == "time":
        return values.map(lambda t: t.isoformat(timespec="seconds"), na_action="ignore").astype(
            "str"
        )
    if column.kind == "boolean":
        return values.map({True: "true", False: "false"}).astype("str")
    if column.kind in ("text", "code"):
        is_run = values.str.startswith(_FORMULA_STARTS, na=False) & ~values.str.fullmatch(
            _NEGATIVE_NUMBER, na=False
        )
        return ("'" + values).where(is_run, values)
    return values


def read_table(content: bytes, table: DataTable) -> pd.DataFrame:
    """The frame that `table_csv` wrote: text columns, with the apostrophes of defused texts taken
    off.

    A column that an earlier version of the program did not write is empty.
    """
    raw = pd.read_csv(
        io.BytesIO(content), dtype="str", keep_default_na=False, na_values=[""], encoding="utf-8"
    )
    raw = raw.rename(
        columns={CSV_NAMES.get((table.name, name), name): name for name in table.names}
    )
    raw = raw.reindex(columns=table.names).astype("str")
    for column in table.columns:
        values = raw[column.name]
        if column.kind in ("text", "code"):
            raw[column.name] = values.str.slice(1).where(
                values.str.startswith("'", na=False), values
            )
        elif column.kind == "boolean":
            raw[column.name] = values.map({"true": True, "false": False})
        elif column.kind == "integer":
            raw[column.name] = pd.to_numeric(values).astype("Int64")
    return raw


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
