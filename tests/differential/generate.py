"""Random small competitions: a folder of files for the program, and the same facts as plain values
for the reference.

Small on purpose (few agencies, few titles, few distinct marks), so that resubmissions, ties,
straddled cut-offs, conflicts and empty lists come up in almost every one.
"""

import random
from datetime import date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

from tests.small.exports import csv_bytes
from tests.small.folder import write_files

Row = dict[str, Any]

AGENCIES = [
    ("A1", "Dinas Alpha", "dinas", "", None),
    ("A2", "Dinas Beta", "dinas", "", None),
    ("A3", "Badan Gamma", "badan", "", None),
    ("B1", "Bagian Delta", "bagian", "A1", None),
    ("C1", "Puskesmas Epsilon", "puskesmas", "A2", None),
    ("C2", "Puskesmas Zeta", "puskesmas", "A2", True),
    ("D1", "Pustu Eta", "pustu", "C1", None),
    ("A4", "Badan Theta", "badan", "", False),
]
CATEGORIES = ["satu", "dua", "tiga"]
OPENS, CLOSES = (
    datetime.fromisoformat("2022-02-01T00:00:00"),
    datetime.fromisoformat("2022-03-15T23:59:59"),
)
TITLES = [
    "Lentera",
    "Kampung Hijau",
    "Gerobak Baca",
    "Sapa Warga",
    "Jemput Bola",
    "Pojok Sehat",
    "Rumah Data",
    "Tani Kota",
    "Air Kita",
    "Sungai Bersih",
    "Siaga Bencana",
    "Kelas Ceria",
]
AS_OF = "2022-06-01T00:00:00"


def competition(seed: int, folder: Path) -> Row:
    """Writes the folder and gives its facts back."""
    chance = random.Random(seed)
    facts: Row = {"rules": _rules(chance), "rows": _rows(chance), "seed": seed}
    facts["screening"] = _screening(chance, facts["rows"])
    facts["judges"] = [
        ("Juri 1", "A1"),
        ("Juri 2", "C1"),
        ("Juri 3", ""),
        ("Juri 4", ""),
        ("Juri 5", ""),
    ]
    facts["phases"] = [
        _judging(chance, "proposal", {}),
        _judging(chance, "presentasi", {"proposal": Fraction(3, 10)}),
    ]
    facts["sheets"] = {
        p["code"]: _sheets(chance, p, facts["rows"], facts["judges"]) for p in facts["phases"]
    }
    facts["decisions"] = _decisions(chance, facts["rows"], facts["phases"])
    facts["placements"] = _placements(chance, facts["rows"])
    facts["quota"] = chance.randint(1, 4)
    write_files(folder, _files(facts))
    return facts


def _rules(chance: random.Random) -> Row:
    return {
        "required": ["title", "agency", "category", "started_on", "summary"],
        "opens": OPENS,
        "closes": CLOSES,
        "minimum_age_years": chance.choice([1, 2]),
        "summary_words": chance.choice([(0, 5), (2, 6), (0, 200)]),
        "agencies": {name for _, name, *_ in AGENCIES},
        "categories": set(CATEGORIES),
        "obligation": {
            "minimum": chance.choice([1, 2]),
            "types": ["dinas", "badan"],
            "roll_up": chance.random() < 0.5,
            "counts": chance.choice(["received", "accepted", "screened"]),
        },
    }


def _rows(chance: random.Random) -> list[Row]:
    owner = {title: chance.choice(AGENCIES)[1] for title in TITLES}
    rows: list[Row] = []
    for source in ("a.csv", "b.csv"):
        for number in range(2, 2 + chance.randint(6, 16)):
            if rows and chance.random() < 0.15:
                rows.append(
                    dict(chance.choice(rows)) | {"source": f"submissions/{source}", "row": number}
                )
                continue
            title = chance.choice(TITLES)
            when = OPENS + timedelta(seconds=chance.randint(-86400, 44 * 86400))
            rows.append(
                {
                    "source": f"submissions/{source}",
                    "row": number,
                    "title": chance.choice([title, title.upper(), f"{title}!"]),
                    "submitted_at": chance.choice(
                        [when, when, when, CLOSES, CLOSES + timedelta(seconds=1)]
                    ),
                    "agency": owner[title]
                    if chance.random() < 0.95
                    else "Kantor Tak Dikenal Xyzzy",
                    "category": chance.choice(
                        [*CATEGORIES[:2], *CATEGORIES[:2], CATEGORIES[hash_of(title) % 3], ""]
                    ),
                    "started_on": date(
                        2022 - chance.choice([1, 2, 3]),
                        chance.choice([2, 3, 4]),
                        chance.randint(14, 17),
                    ),
                    "summary": " ".join(["kata"] * chance.randint(1, 7))
                    if chance.random() < 0.95
                    else "",
                }
            )
    return rows


def hash_of(title: str) -> int:
    return sum(map(ord, title))


def _screening(chance: random.Random, rows: list[Row]) -> list[Row]:
    titles = sorted({_key(row["title"]) for row in rows})
    answers: list[Row] = []
    for _ in range(2):
        for title in titles:
            if chance.random() < 0.8:
                given = {
                    c: chance.choice(["ya", "ya", "ya", "ya", "ya", "tidak", ""])
                    for c in ("surat", "video")
                }
                answers.append({"title": title, **given})
        titles = chance.sample(titles, len(titles) // 4)
    return answers


def _key(title: str) -> str:
    return title.replace("!", "").lower()


def _judging(chance: random.Random, code: str, carry: dict[str, Fraction]) -> Row:
    advance = [
        None,
        {"per_list": chance.randint(1, 3)},
        {"overall": chance.randint(2, 6)},
        {"minimum_score": Fraction(75)},
        {"per_list": 2, "minimum_score": Fraction(72)},
    ]
    carry = chance.choice([carry, {}])
    is_alone = code != "proposal" and not carry  # a carried score lies in one range with the own
    return {
        "code": code,
        "total": chance.choice(["mean", "sum"]) if is_alone else "mean",
        "minimum": chance.choice([None, None, Fraction(72)]),
        "scale": (Fraction(0), Fraction(100)),
        "precision": chance.choice([0, 1, 2]),
        "weights": {
            "x": Fraction(chance.choice(["30", "12.5"])),
            "y": Fraction(chance.choice(["70", "7.5"])),
        },
        "aggregate": chance.choice(["mean", "median", "trimmed_mean"]),
        "tie_break": chance.choice([[], ["x"], ["y", "x"]]),
        "rank_within": chance.choice([["category"], [], ["agency_type"]]),
        "advance": chance.choice(advance),
        "carry": carry,
        "own_agency": chance.choice(["leave_out", "leave_out", "flag"]),
    }


def _sheets(
    chance: random.Random, phase: Row, rows: list[Row], judges: list[tuple[str, str]]
) -> list[Row]:
    titles = sorted({_key(row["title"]) for row in rows})
    values = ["70", "80", "80", "75", "77.5", "72.25", "", "101", "tujuh"]
    odds = [20, 20, 20, 20, 10, 10, 1, 1, 1]
    sheets: list[Row] = []
    for judge, _ in judges[: chance.randint(2, 5)]:
        for title in [*titles, *chance.sample(titles, 2)]:
            if chance.random() < 0.9:
                marks = {c: chance.choices(values, odds)[0] for c in phase["weights"]}
                sheets.append({"judge": judge, "title": title, "marks": marks})
    return sheets


def _decisions(chance: random.Random, rows: list[Row], phases: list[Row]) -> list[Row]:
    titles = sorted({_key(row["title"]) for row in rows})
    chosen = [
        ("pendaftaran", ["accepted", "rejected", "withdrawn"]),
        ("administrasi", ["passes", "fails"]),
        *((p["code"], ["advances", "stays"]) for p in phases),
    ]
    return [
        {
            "phase": phase,
            "submission": title,
            "outcome": chance.choice(outcomes),
            "reason": "Sidang pleno",
        }
        for phase, outcomes in chosen
        for title in chance.sample(titles, 2)
        if chance.random() < 0.7
    ]


def _placements(chance: random.Random, rows: list[Row]) -> list[Row]:
    codes = {name: code for code, name, *_ in AGENCIES}
    known = [r for r in rows if r["agency"] in codes]
    return [
        {
            "year": 2020,
            "agency_code": codes[r["agency"]],
            "title": r["title"],
            "level": "nasional",
            "placement": chance.choice(["Top 45", "Top 99"]),
        }
        for r in chance.sample(known, min(2, len(known)))
    ]


# --- the folder
# --------------------------------------------------------------------------------------------------


def _files(facts: Row) -> dict[str, str | bytes]:
    files: dict[str, str | bytes] = {
        "competition.toml": _toml(facts),
        "agencies.csv": _agencies(),
        "judges.csv": csv_bytes(
            [
                ["name", "aliases", "agency_code"],
                *((name, "", home) for name, home in facts["judges"]),
            ]
        ),
        "decisions.csv": csv_bytes(
            [["phase", "submission", "outcome", "reason"], *_cells(facts["decisions"])]
        ),
        "placements.csv": csv_bytes(
            [["year", "agency_code", "title", "level", "placement"], *_cells(facts["placements"])]
        ),
        "inbox/screening/administrasi/tabel.csv": csv_bytes(
            [["submission", "surat", "video"], *_cells(facts["screening"])]
        ),
    }
    for source in ("a.csv", "b.csv"):
        files[f"inbox/submissions/{source}"] = _form(source, facts["rows"])
    for code, sheets in facts["sheets"].items():
        marks = [(s["judge"], s["title"], s["marks"]["x"], s["marks"]["y"]) for s in sheets]
        files[f"inbox/scores/{code}/nilai.csv"] = csv_bytes(
            [["judge", "submission", "x", "y"], *marks]
        )
    return files


def _cells(rows: list[Row]) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in rows]


def _agencies() -> bytes:
    headings = ["code", "name", "short_name", "type", "parent_code", "aliases", "obliged"]
    rows = []
    for code, name, kind, parent, obliged in AGENCIES:
        obliged_text = "" if obliged is None else str(obliged).lower()
        rows.append((code, name, "", kind, parent, "", obliged_text))
    return csv_bytes([headings, *rows])


def _form(source: str, rows: list[Row]) -> bytes:
    headings = ["Timestamp", "Judul Inovasi", "Instansi", "Kategori", "Tanggal Mulai", "Ringkasan"]
    cells = [
        (
            f"{row['submitted_at']:%Y-%m-%d %H:%M:%S}",
            row["title"],
            row["agency"],
            row["category"],
            row["started_on"].isoformat(),
            row["summary"],
        )
        for row in rows
        if row["source"].endswith(source)
    ]
    return csv_bytes([headings, *cells])


def _toml(facts: Row) -> str:
    rules, obligation = facts["rules"], facts["rules"]["obligation"]
    lines = [
        'name = "Uji"',
        "year = 2022",
        'timezone = "Asia/Jakarta"',
        "[obligation]",
        f"minimum = {obligation['minimum']}",
        f"types = {obligation['types']}",
        f"counts = '{obligation['counts']}'",
        f"roll_up = {str(obligation['roll_up']).lower()}",
        "[submission]",
        f"minimum_age_years = {rules['minimum_age_years']}",
        f"required = {rules['required']}",
        f"words = {{ summary = {list(rules['summary_words'])} }}",
        *(line for code in CATEGORIES for line in ("[[categories]]", f"code = '{code}'")),
        "[[phases]]",
        "code = 'pendaftaran'",
        "kind = 'registration'",
        f"opens = {OPENS.isoformat()}",
        f"closes = {CLOSES.isoformat()}",
        "[[phases]]",
        "code = 'administrasi'",
        "kind = 'screening'",
        "closes = 2022-03-22T23:59:59",
        "requirements = [{ code = 'surat' }, { code = 'video' }]",
    ]
    for number, phase in enumerate(facts["phases"]):
        lines += _judging_toml(phase, 4 + number)
    lines += [
        "[[phases]]",
        "code = 'nominasi'",
        "kind = 'nomination'",
        "closes = 2022-05-30T23:59:59",
        f"levels = [{{ code = 'provinsi', quota = {facts['quota']}, barred = ['Top 45'] }}]",
    ]
    return "\n".join(lines) + "\n"


def _judging_toml(phase: Row, month: int) -> list[str]:
    minimum = f", minimum = {float(phase['minimum'])}" if phase["minimum"] else ""
    criteria = ", ".join(
        f"{{ code = '{c}', weight = {float(w)}{minimum if c == 'x' else ''} }}"
        for c, w in phase["weights"].items()
    )
    advance = ", ".join(f"{k} = {int(v)}" for k, v in (phase["advance"] or {}).items())
    carry = ", ".join(f"{k} = {float(v)}" for k, v in phase["carry"].items())
    return [
        "[[phases]]",
        f"code = '{phase['code']}'",
        "kind = 'judging'",
        f"closes = 2022-{month:02}-20T23:59:59",
        "scale = [0, 100]",
        f"criteria = [{criteria}]",
        f"total = '{phase['total']}'",
        f"aggregate = '{phase['aggregate']}'",
        f"precision = {phase['precision']}",
        f"tie_break = {phase['tie_break']}",
        f"rank_within = {phase['rank_within']}",
        f"own_agency = '{phase['own_agency']}'",
        *([f"advance = {{ {advance} }}"] if advance else []),
        *([f"carry = {{ {carry} }}"] if carry else []),
    ]
