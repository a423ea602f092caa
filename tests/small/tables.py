"""The tables of a competition's folder as frames: agencies, judges, decisions, placements and the
others.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from tasks.register.columns import TABLE_SPECS
from tasks.register.tables import Tables

Years = tuple[int | None, int | None]

REGISTER = (
    "DINKES;Dinas Kesehatan;Dinkes;dinas;;Din. Kesehatan",
    "BAG-ORG;Bagian Organisasi;Bag. Organisasi;bagian;SETDA;",
    "SETDA;Sekretariat Daerah;Setda;sekretariat;;",
    "DLH;Dinas Lingkungan Hidup;DLH;dinas;;",
    "KEC-KK;Kecamatan Kedungkandang;Kec. Kedungkandang;kecamatan;;",
    "KEL-KK;Kelurahan Kedungkandang;Kel. Kedungkandang;kelurahan;KEC-KK;",
    "KEL-BARENG;Kelurahan Bareng;Kel. Bareng;kelurahan;;",
    "KEL-TM;Kelurahan Tlogomas;Kel. Tlogomas;kelurahan;;",
    "PKM-KK;Puskesmas Kedungkandang;Pusk. Kedungkandang;puskesmas;DINKES;PKM Kedungkandang",
    "PKM-BARENG;Puskesmas Bareng;Pusk. Bareng;puskesmas;DINKES;",
    "PKM-GRIBIG;Puskesmas Gribig;Pusk. Gribig;puskesmas;DINKES;",
    "SMPN-02;SMP Negeri 2 Malang;SMPN 2;sekolah;;SMP Negeri 2",
    "SMPN-10;SMP Negeri 10 Malang;SMPN 10;sekolah;;SMP Negeri 10",
)
REGISTER_COLUMNS = ("agency_code", "agency", "short_name", "type", "parent_code", "aliases")


def folder_tables(**rows: Iterable[Mapping[str, Any]]) -> Tables:
    """The folder's tables with these rows; the others empty, all with their columns and types."""
    frames = {}
    for name, spec in TABLE_SPECS.items():
        empty = spec.empty()
        frame = pd.DataFrame(list(rows.get(name, ())), columns=empty.columns)
        frame["table_row"] = range(2, len(frame) + 2)
        frames[name] = frame.astype(empty.dtypes.to_dict())
    return Tables(**frames)


def register_tables(**rows: Any) -> Tables:
    """The folder's tables with these rows; the agencies are REGISTER's where none are given."""
    return folder_tables(**{"agencies": register_rows()} | rows)


def register_rows(*lines: str, years: Mapping[str, Years] | None = None) -> list[dict[str, Any]]:
    """Rows of agencies.csv from "code;name;short name;type;parent;aliases" lines, else from
    REGISTER; `years` gives the first and the last year that an agency is valid, by its code.
    """
    rows = []
    for line in lines or REGISTER:
        cells = (cell or None for cell in line.split(";"))
        row: dict[str, Any] = dict(zip(REGISTER_COLUMNS, cells, strict=True))
        row["valid_from"], row["valid_to"] = (years or {}).get(row["agency_code"], (None, None))
        rows.append(row)
    return rows


def agency_rows(*pairs: str) -> list[dict[str, Any]]:
    """Rows of agencies.csv from "CODE" or "CODE<PARENT"."""
    rows = []
    for pair in pairs:
        code, _, parent = pair.partition("<")
        name = f"Badan {code}"
        rows.append({"agency_code": code, "agency": name, "parent_code": parent or np.nan})
    return rows
