"""Delivered rows of forms, and the register that they name, made in a line or two for the tests of
registration.
"""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from tasks.findings.frame import join_findings, no_findings
from tasks.register.tables import Tables
from tasks.registration import submissions
from tasks.rules import competition
from tasks.rules.competition import Competition
from tasks.schema import SUBMISSION_FIELDS
from tasks.validation import validation
from tests.tasks import building

RULES = """
name = "Uji"
year = 2022
timezone = "Asia/Jakarta"
host = "Pemerintah Kota Malang"
[submission]
minimum_age_years = 1
required = ["title", "agency", "category", "started_on", "summary"]
words = { summary = [2, 5] }
[[groups]]
code = "umum"
[[categories]]
code = "kesehatan"
name = { id = "Kesehatan", en = "Health" }
aliases = ["Bidang Kesehatan"]
[[categories]]
code = "pendidikan"
[[phases]]
code = "pendaftaran"
kind = "registration"
opens = 2022-02-01T00:00:00
closes = 2022-03-15T23:59:59
[[phases]]
code = "administrasi"
kind = "screening"
closes = 2022-03-22T23:59:59
requirements = [{ code = "surat", name = "Surat pernyataan" }]
[[phases]]
code = "proposal"
kind = "judging"
closes = 2022-04-10T23:59:59
scale = [0, 100]
criteria = [{ code = "x", weight = 30, name = "Signifikansi" }, { code = "y", weight = 70 }]
"""
FILLED = {
    "source": "submissions/a.csv",
    "kind": "plain",
    "form": "f",
    "title": "Judul",
    "agency": "DINKES",
    "category": "kesehatan",
    "started_on": "2020-01-01",
    "summary": "satu dua tiga",
    "words_summary": 3,
    "submitted_at": "2022-02-10T10:00:00",
}
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


def register(
    *lines: str, years: Mapping[str, tuple[int | None, int | None]] | None = None
) -> list[dict[str, Any]]:
    """Rows of agencies.csv from "code;name;short;type;parent;aliases" lines, else of REGISTER;
    `years` by code.
    """
    names = ("agency_code", "agency", "short_name", "type", "parent_code", "aliases")
    rows = [
        dict(zip(names, (cell or None for cell in line.split(";")), strict=True))
        for line in lines or REGISTER
    ]
    span = {row["agency_code"]: (years or {}).get(row["agency_code"], (None, None)) for row in rows}
    return [
        row | {"valid_from": span[row["agency_code"]][0], "valid_to": span[row["agency_code"]][1]}
        for row in rows
    ]


def tables(**rows: Any) -> Tables:
    """The folder's tables, the register being REGISTER unless given."""
    return building.tables(**{"agencies": register()} | rows)


def rules(**replaced: str) -> Competition:
    """The competition of RULES with lines replaced: `closes="2022-03-20T00:00:00"` is a key of
    registration, other keys too.
    """
    text = RULES
    for key, value in replaced.items():
        before, _, after = text.partition(f"\n{key} = ")
        text = f"{before}\n{key} = {value}\n{after.partition(chr(10))[2]}"
    return competition.parse_competition(text)


def rows(*changes: Mapping[str, Any]) -> pd.DataFrame:
    """Typed rows of submissions, each FILLED with these changes, in spreadsheet rows 2, 3, ...
    unless they say another.
    """
    made = [FILLED | {"row": number} | dict(change) for number, change in enumerate(changes, 2)]
    frame = pd.DataFrame(
        made,
        columns=list(
            dict.fromkeys(
                [*FILLED, "row", "export_name", "response_id", "cells", *SUBMISSION_FIELDS]
            )
        ),
    )
    told = ["|".join(str(row.get(name) or "") for name in SUBMISSION_FIELDS) for row in made]
    frame["cells"] = (
        frame["cells"].astype("str").fillna(pd.Series(told, index=frame.index, dtype="str"))
    )
    frame["export_name"] = frame["source"].astype("str").str.split("#").str[0]
    return typed(frame)


def typed(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame in the dtypes of typed rows."""
    when = pd.to_datetime(frame["submitted_at"], format="ISO8601").dt.tz_localize("Asia/Jakarta")
    other = {"row": "Int64", "words_summary": "Int64"}
    texts = frame.drop(columns="submitted_at")
    shaped = texts.astype({name: other.get(name, "str") for name in texts.columns})
    return shaped.assign(submitted_at=when.astype("datetime64[us, Asia/Jakarta]"))


def text_rows(*changes: Mapping[str, Any]) -> pd.DataFrame:
    """The same rows before they were typed: times as text."""
    frame = rows(*changes)
    return frame.assign(
        submitted_at=frame["submitted_at"].dt.strftime("%d/%m/%Y %H:%M:%S").astype("str")
    )


def settled(
    *changes: Mapping[str, Any],
    of: Competition | None = None,
    found: pd.DataFrame | None = None,
    **folder: Any,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The submissions of these rows, and all findings: matched, validated and settled."""
    competition_, listed = of or rules(), tables(**folder)
    frame, of_match, _ = submissions.match_rows(rows(*changes), competition_, listed)
    every = join_findings([no_findings() if found is None else found, of_match])
    of_cells, _ = validation.validate_submissions(frame, competition_, every)
    compared = submissions.compare_rows(frame)
    done, graded, _ = submissions.settle_submissions(
        compared, join_findings([every, of_cells]), competition_, listed
    )
    return done, graded


def said(found: pd.DataFrame) -> list[tuple[Any, ...]]:
    """The findings as severity, rule, field and row, in order."""
    return building.records(found, "severity", "rule", "field", "row")
