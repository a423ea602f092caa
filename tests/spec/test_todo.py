"""todo.xlsx: "every finding that a person can settle, as rows ready to paste into corrections,
agencies or decisions": filled in and pasted, what they are about is gone and nothing else has
changed.
"""

from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from reports.content.edition import edition
from reports.content.form import Blank
from reports.pages.office import todo
from tests.small.exports import csv_bytes, xlsx_bytes
from tests.small.folder import AGENCIES, FORM
from tests.small.night import Night, compute_night
from tests.small.rules import JUDGING, REGISTRATION, SCREENING, rules_text

HEADINGS = ["Timestamp", "Judul", "Instansi", "Kategori", "Tanggal Mulai", "Ringkasan"]
SUBMISSION = """
[submission]
minimum_age_years = 1
required = ["title", "agency", "category", "started_on", "summary"]
words = { summary = [2, 5] }
"""
AT = "2022-02-10 10:00:00"
PASTED = {
    "title": "Judul Baru",
    "agency": "Dinas Pendidikan",
    "category": "Kategori Dua",
    "started_on": "3 Januari 2019",
    "summary": "satu dua tiga",
    "submitted_at": "13/02/2022 10.00",
    "submission": "Baik",
    "x": "75",
    "y": "76,5",
    "surat": "ya",
    "video": "tidak",
}


def entry(
    title: str,
    agency: str = "Dinas Kesehatan",
    category: str = "satu",
    begun: Any = "2019-01-02",
    summary: str = "satu dua tiga",
    at: Any = AT,
) -> list[Any]:
    return [at, title, agency, category, begun, summary]


ENTRIES = [
    entry("Tak dikenal", "Kantor Antah Berantah"),
    entry("Tanpa bidang", category=""),
    entry("Baik"),
    entry("Baris baru", category="tiga\nempat"),
    entry("Kapan", begun="kapan-kapan"),
    entry(""),
    entry("Ganda", ""),
    entry("Rumus", category="=cmd"),
    entry("Petik", category="'satu lagi"),
    entry("Dua", category="lima"),
    entry("Dua", category="lima"),
    entry("HTML", category="<i>tiga</i>"),
    entry("Panjang", category="x" * 300),
    entry("Spasi", "  Kantor  Jauh Sekali "),
    entry("Waktu", at="besok sore"),
    entry("Kosong", summary=""),
    entry("Nyaris", "Dinas Kesehtan"),
    entry("Nyaris juga", "Dians Kesehatan"),
    entry("Lagi"),
    entry("Lagi", category="entah", at="2022-02-12 10:00:00"),
]
BOOK = {
    "Satu": [
        HEADINGS,
        entry("Lembar", "Kantor Tiada", begun=date(2019, 1, 1), at=datetime.fromisoformat(AT)),
    ],
    "Dua": [HEADINGS, entry("Angka", category=12, at=datetime.fromisoformat(AT))],  # type: ignore[arg-type]
}
PROPOSAL = [
    ["Data", "Deskripsi"],
    ["Judul Inovasi", "Usulan"],
    ["Instansi", "Dinas Kesehatan"],
    ["Kategori Inovasi", "hilang"],
    ["Tanggal Inovasi Dimulai", "2 Januari 2019"],
    ["Ringkasan", "<p>satu dua</p>"],
]
MARKS = {
    "Juri 1": [["submission", "x", "y"], ["Baik", 120, "tujuh"], ["Entah", 70, 70]],
    "Juri 2": [["submission", "x", "y"], ["Baik", 80, None]],
}


FILES: dict[str, str | bytes] = {
    FORM: csv_bytes([HEADINGS, *ENTRIES]),
    "inbox/submissions/b.xlsx": xlsx_bytes(BOOK),
    "inbox/submissions/p.xlsx": xlsx_bytes(PROPOSAL),
    "inbox/screening/administrasi/s.csv": "submission,surat,video\nBaik,ya,ya\n"
    "Nyaris,ya,mungkin\nLagi,nanti,\nTiada,ya,ya\n",
    "inbox/scores/proposal/m.xlsx": xlsx_bytes(MARKS),
}
RULES = rules_text(REGISTRATION, SCREENING, JUDGING, submission=SUBMISSION)


def night(folder: Path, files: dict[str, str], register: str = AGENCIES) -> Night:
    return compute_night(folder, RULES, {**FILES, **files}, register=register)


def offered(told: Night, sheet: str) -> list[list[Any]]:
    """The rows of a sheet of todo.xlsx: the cells of the file's own columns, blank ones as ""."""
    rows = dict(todo.build(told.results, edition(told.results.competition)).sheets)[sheet]
    shown = [
        [cell.value if isinstance(cell, Blank) else cell for cell in row.cells] for row in rows
    ]
    return [["" if cell is None or cell != cell else cell for cell in row] for row in shown]


def pasted(sheet: str, rows: list[list[Any]]) -> str:
    return csv_bytes([list(todo.FILE_COLUMNS[sheet]), *rows]).decode()


def told_of(night_: Night) -> Counter[tuple[str, ...]]:
    return Counter(night_.cells("findings", "rule", "source", "row", "field", "value"))


def test_every_correction_that_is_offered_filled_in_and_pasted_settles_its_cell(
    tmp_path: Path,
) -> None:
    before = night(tmp_path / "before", {})
    rows = [[*row[:5], PASTED[row[3]], *row[6:]] for row in offered(before, "corrections")]

    after = night(tmp_path / "after", {"corrections.csv": pasted("corrections", rows)})

    settled = (
        "missing_required",
        "unknown_agency",
        "unknown_category",
        "unreadable_date",
        "unknown_submission",
        "mark_off_scale",
        "unreadable_number",
        "incomplete_sheet",
        "correction_failed",
    )
    assert [rule for rule in after.rules() if rule in settled] == []
    assert {applied for (applied,) in after.cells("corrections", "applied")} == {"true"}
    checked = "screening/administrasi/s.csv"
    assert after.cells("findings", "field", rule="not_screened", source=checked) == []
    assert len(rows) == 26


@pytest.mark.parametrize("field", ["agency", "category", "started_on", "title", "submitted_at"])
def test_one_correction_changes_what_it_is_about_and_nothing_else(
    tmp_path: Path, field: str
) -> None:
    before = night(tmp_path / "before", {})
    row = next(
        row
        for row in offered(before, "corrections")
        if row[3] == field and row[1] == "submissions/a.csv"
    )
    cells = pasted("corrections", [[*row[:5], PASTED[field], *row[6:]]])

    after = night(tmp_path / "after", {"corrections.csv": cells})

    gone, new = told_of(before) - told_of(after), told_of(after) - told_of(before)
    assert [found[1:4] for found in gone] == [("submissions/a.csv", str(row[2]), field)]
    assert {found[0] for found in new} <= {"not_screened"}  # it enters the next phase
    others = [
        [
            one
            for one in told["submissions"]
            if (one["source"], one["row"]) != ("submissions/a.csv", str(row[2]))
        ]
        for told in (before, after)
    ]
    assert others[0] == others[1]


def test_a_body_completed_and_added_to_the_register_settles_its_rows(tmp_path: Path) -> None:
    before = night(tmp_path / "before", {})
    new = [
        [f"BARU-{place}", *row[1:]]
        for place, row in enumerate(offered(before, "agencies"))
        if not row[0]
    ]

    lines = pasted("agencies", new).split("\n", 1)[1]
    after = night(tmp_path / "after", {}, register=AGENCIES + lines)

    assert "unknown_agency" in before.rules() and "unknown_agency" not in after.rules()


def test_a_bodys_line_put_in_place_of_the_old_one_settles_what_was_typed_nearly_right(
    tmp_path: Path,
) -> None:
    before = night(tmp_path / "before", {})
    (line,) = [row for row in offered(before, "agencies") if row[0]]
    kept = "\n".join(old for old in AGENCIES.splitlines() if not old.startswith(f"{line[0]},"))

    after = night(
        tmp_path / "after", {}, register=kept + "\n" + pasted("agencies", [line]).split("\n", 1)[1]
    )

    assert {found[0] for found in told_of(before) - told_of(after)} == {"approximate_agency"}
    assert told_of(after) - told_of(before) == Counter()
    statuses = [
        night_.cells("submissions", "submission_id", "agency_code", "status")
        for night_ in (before, after)
    ]
    assert statuses[0] == statuses[1]
