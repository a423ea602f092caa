"""Random small inboxes of one registration: the files in many forms, and the same rows as plain
values.

Small on purpose (three agencies, five titles), so that resubmissions, edits, copies and near titles
come up in each.
"""

import random
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.small.exports import csv_bytes, xlsx_bytes
from tests.small.folder import write_files

Row = dict[str, Any]
AGENCIES = {
    "Dinas Alpha": "A1",
    "dinas alpha kota malang": "A1",
    "Alfa": "A1",
    "A1": "A1",
    "Dinas Beta": "A2",
    "DINAS-BETA": "A2",
    "Dinas Beta (Bet)": "A2",
    "Puskesmas Gama": "B1",
    "PKM Gama": "B1",
}
CATEGORIES = {
    "satu": "satu",
    "Kategori Dua": "dua",
    "DUA": "dua",
    "Second": "dua",
    "bidang dua": "dua",
}
GROUPS = {"umum": "umum", "Kelompok Replikasi": "replikasi", "replikasi": "replikasi"}
TITLES = ["Lentera", "Lentera Kota", "Air Kita", "Sapa Warga!", "Jemput Bola"]
REGISTER = """code,name,short_name,type,parent_code,aliases
A1,Dinas Alpha,,dinas,,Alfa
A2,Dinas Beta,Bet,dinas,,
B1,Puskesmas Gama,,puskesmas,A1,
"""
REQUIRED = ["title", "agency", "category"]


def registration(seed: int, folder: Path) -> Row:
    """Writes the folder and gives its facts back."""
    chance = random.Random(seed)
    rules = _rules(chance)
    exports = _exports(chance, rules)
    facts: Row = {"rules": rules, "rows": [row for export in exports for row in export["rows"]]}
    facts["decisions"] = _decisions(chance)
    files = {
        "agencies.csv": REGISTER,
        "competition.toml": _toml(rules),
        "decisions.csv": _decision_rows(facts["decisions"]),
    }
    for export in exports:
        write = export["write"]
        files[f"inbox/{export['name']}"] = write(export["form"]["headings"], export["cells"])
    write_files(folder, files)
    return facts


def _rules(chance: random.Random) -> Row:
    closes = chance.choice(["2022-03-15T23:59:59", "2024-02-29T12:00:00"])
    some = {
        "too_long": ["warning", "off", "error"],
        "too_young": ["warning", "error"],
        "missing_required": ["warning"],
        "too_short": ["off"],
        "similar_title": ["warning"],
    }
    return {
        "closes": datetime.fromisoformat(closes),
        "opens": datetime.fromisoformat(closes) - timedelta(days=30),
        "age": chance.choice([1, 2, {"umum": 2, "replikasi": 1}, {"replikasi": 1}]),
        "words": chance.choice([(0, 4), (2, 5), (3, 200)]),
        "required": REQUIRED
        + [name for name in ("summary", "started_on", "group") if chance.random() < 0.4],
        "rules": {
            code: chance.choice(choices) for code, choices in some.items() if chance.random() < 0.25
        },
        "agencies": AGENCIES,
        "categories": CATEGORIES,
        "groups": GROUPS,
    }


# --- rows
# --------------------------------------------------------------------------------------------------

FORMS = [
    {
        "name": "plain",
        "headings": [
            "Timestamp",
            "Judul Inovasi",
            "Instansi",
            "Kategori",
            "Kelompok",
            "Tanggal Mulai",
            "Ringkasan",
        ],
    },
    {
        "name": "first",
        "headings": [
            "ID",
            "Start time",
            "Completion time",
            "Email",
            "Name",
            "Judul",
            "Instansi",
            "Kategori",
            "Kelompok",
            "Tanggal Mulai",
            "Ringkasan",
        ],
    },
    {
        "name": "second",
        "headings": [
            "ID",
            "Start time",
            "Completion time",
            "Email",
            "Name",
            "Nama inovasi",
            "OPD",
            "Kategori",
            "Kelompok",
            "Tanggal Mulai",
            "Ringkasan",
        ],
    },
]


def _exports(chance: random.Random, rules: Row) -> list[Row]:
    exports: list[Row] = []
    answered: dict[str, list[Row]] = {form["name"]: [] for form in FORMS}
    for number in range(chance.randint(1, 4)):
        form = chance.choice(FORMS)
        suffix, write, show = chance.choice(WRITERS)
        name = f"submissions/{chance.choice('abcdxyz')}{number}.{suffix}"
        before = answered[form["name"]]
        started = len(before)
        for _ in range(chance.randint(1, 7)):
            before.append(_row(chance, rules, form, before))
        rows = _with_ids(before[started:])
        placed = [row | {"source": name, "row": place} for place, row in enumerate(rows, start=2)]
        cells = [_cells(row, form, show) for row in rows]
        exports.append({"name": name, "form": form, "write": write, "rows": placed, "cells": cells})
    return exports


def _row(chance: random.Random, rules: Row, form: Row, before: list[Row]) -> Row:
    if before and chance.random() < 0.35:
        row = dict(chance.choice(before))
        return row | _edit(chance, rules) if chance.random() < 0.5 else row
    number = None if form["name"] == "plain" else str(1 + len(before))
    title = chance.choice(TITLES)
    typed = [
        title,
        title.upper(),
        f"{title}.",
        f"  {title} ",
        "" if chance.random() < 0.3 else title,
    ]
    return {
        "form": form["name"],
        "id": number,
        "time": _time(chance, rules),
        "title": chance.choice(typed),
        "agency": chance.choice([*AGENCIES, *AGENCIES, "Kantor Xyzzy", ""]),
        "category": chance.choice([*CATEGORIES, *CATEGORIES, "tiga", ""]),
        **_edit(chance, rules),
    }


def _with_ids(rows: list[Row]) -> list[Row]:
    """No two rows of one response in one export, but copies."""
    seen: dict[str, Row] = {}
    return [row for row in rows if row["id"] is None or seen.setdefault(row["id"], row) == row]


def _time(chance: random.Random, rules: Row) -> datetime | None:
    within = rules["closes"] - timedelta(seconds=chance.randint(0, 20 * 86400))
    at = chance.choice(
        [within] * 8 + [rules["closes"], rules["closes"] + timedelta(seconds=1), None, None]
    )
    return at if chance.random() < 0.97 else rules["opens"] - timedelta(seconds=1)


def _edit(chance: random.Random, rules: Row) -> Row:
    closes = rules["closes"].date()
    back = closes.replace(day=28, year=closes.year - chance.choice([1, 1, 2, 3]))
    return {
        "group": chance.choice([*GROUPS, "", "lain" if chance.random() < 0.3 else ""]),
        "started": chance.choice([None, back, back + timedelta(days=1), date(2015, 5, 13)]),
        "summary": " ".join(["kata", "-", "dua", "3", "tebal"] * chance.randint(0, 2)),
    }


# --- files
# --------------------------------------------------------------------------------------------------

MONTHS = [
    "Januari",
    "Pebruari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "Nopember",
    "Desember",
]
Show = Callable[[datetime | date | None], Any]


def _iso(value: datetime | date | None) -> str:
    return (
        ""
        if value is None
        else value.isoformat(sep=" ")
        if isinstance(value, datetime)
        else value.isoformat()
    )


def _spoken(value: datetime | date | None) -> str:
    if value is None:
        return ""
    day = f"{value.day} {MONTHS[value.month - 1]} {value.year}"
    return f"{day} pukul {value:%H.%M.%S}" if isinstance(value, datetime) else day


def _with_offset(value: datetime | date | None) -> str:
    if not isinstance(value, datetime):
        return _iso(value)
    return f"{value - timedelta(hours=7):%Y-%m-%dT%H:%M:%S}Z"


def _own(value: datetime | date | None) -> Any:
    return value


def _delimited(delimiter: str, encoding: str) -> Callable[[Sequence[str], list[list[Any]]], bytes]:
    def write(headings: Sequence[str], cells: list[list[Any]]) -> bytes:
        return csv_bytes([headings, *cells], delimiter, encoding)

    return write


def _book(headings: Sequence[str], cells: list[list[Any]]) -> bytes:
    return xlsx_bytes([headings, *cells])


WRITERS: list[tuple[str, Callable[[Sequence[str], list[list[Any]]], bytes], Show]] = [
    ("csv", _delimited(",", "utf-8"), _iso),
    ("csv", _delimited(";", "cp1252"), _spoken),
    ("csv", _delimited("\t", "utf-16"), _iso),
    ("txt", _delimited(",", "utf-8-sig"), _with_offset),
    ("xlsx", _book, _own),
    ("xlsx", _book, _spoken),
]


def _cells(row: Row, form: Row, show: Show) -> list[Any]:
    last = [
        row["title"],
        row["agency"],
        row["category"],
        row["group"],
        show(row["started"]),
        row["summary"],
    ]
    if form["name"] == "plain":
        return [show(row["time"]), *last]
    return [row["id"], "", show(row["time"]), "anonymous", "", *last]


def _decisions(chance: random.Random) -> list[Row]:
    titles = chance.sample([*TITLES, *TITLES, "Tak Ada"], chance.randint(0, 4))
    outcomes = ["accepted", "rejected", "withdrawn"]
    return [
        {
            "row": row,
            "submission": title.upper(),
            "outcome": chance.choice(outcomes),
            "reason": f"Sidang {row}",
        }
        for row, title in enumerate(titles, start=2)
    ]


def _decision_rows(decisions: list[Row]) -> str:
    lines = [
        f'pendaftaran,"{one["submission"]}",{one["outcome"]},{one["reason"]}' for one in decisions
    ]
    return "\n".join(["phase,submission,outcome,reason", *lines, ""])


def _toml(rules: Row) -> str:
    age = rules["age"]
    years = (
        age
        if isinstance(age, int)
        else "{ " + ", ".join(f"{k} = {v}" for k, v in age.items()) + " }"
    )
    settings = [f"{code} = '{severity}'" for code, severity in rules["rules"].items()]
    return f"""name = "Uji"
year = {rules["closes"].year}
timezone = "Asia/Jakarta"
[[groups]]
code = "umum"
[[groups]]
code = "replikasi"
name = "Kelompok Replikasi"
[submission]
minimum_age_years = {years}
required = {rules["required"]}
words = {{ summary = {list(rules["words"])} }}
[rules]
{chr(10).join(settings)}
[[categories]]
code = "satu"
[[categories]]
code = "dua"
name = {{ id = "Kategori Dua", en = "Second" }}
aliases = ["Bidang Dua"]
[[phases]]
code = "pendaftaran"
kind = "registration"
opens = {rules["opens"].isoformat()}
closes = {rules["closes"].isoformat()}
"""
