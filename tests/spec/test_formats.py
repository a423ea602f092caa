"""Section 3: the same facts in another form of file, in another order, say the same."""

import csv
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.differential import generate
from tests.small.exports import xlsx_bytes
from tests.small.night import Night, compute_folder

TABLES = ("screening", "marks", "rankings", "nominations", "judges", "compliance", "history")
Table = list[list[str]]


def _value(text: str) -> Any:
    """A cell as an office's workbook holds it."""
    for read in (int, float, datetime.fromisoformat):
        try:
            return read(text)
        except ValueError:
            continue
    return text or None


def as_workbook(path: Path, rows: Table) -> None:
    path.with_suffix(".xlsx").write_bytes(
        xlsx_bytes([rows[0], *([_value(cell) for cell in row] for row in rows[1:])])
    )
    path.unlink()


def as_excel_saves(path: Path, rows: Table) -> None:
    """With semicolons, decimal commas, days first, Windows-1252."""

    def said(cell: str) -> str:
        value = _value(cell)
        if isinstance(value, datetime):
            return value.strftime("%d/%m/%Y %H:%M:%S" if " " in cell else "%d/%m/%Y")
        return cell.replace(".", ",") if isinstance(value, float) else cell

    lines = [rows[0], *([said(cell) for cell in row] for row in rows[1:])]
    path.write_bytes("".join(";".join(line) + "\r\n" for line in lines).encode("cp1252"))


def as_utf16(path: Path, rows: Table) -> None:
    path.write_bytes("".join("\t".join(row) + "\n" for row in rows).encode("utf-16"))


def with_columns_turned(path: Path, rows: Table) -> None:
    order = (
        [0, *range(len(rows[0]) - 1, 0, -1)]
        if "submissions" in str(path)
        else range(len(rows[0]) - 1, -1, -1)
    )
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([row[i] for i in order] for row in rows)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("rewritten", [as_workbook, as_excel_saves, as_utf16, with_columns_turned])
def test_the_same_facts_in_another_form_say_the_same(
    tmp_path: Path, seed: int, rewritten: Callable[[Path, Table], None]
) -> None:
    generate.competition(seed, tmp_path / "one")
    shutil.copytree(tmp_path / "one", tmp_path / "other")
    for path in sorted((tmp_path / "other" / "inbox").rglob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rewritten(path, list(csv.reader(file)))

    one, other = (
        Night(compute_folder(tmp_path / name, generate.AS_OF)) for name in ("one", "other")
    )

    columns = (
        "submission_id",
        "title",
        "agency_code",
        "category",
        "submitted_at",
        "status",
        "stage",
        "row",
        "ranked_status",
        "reason",
    )
    assert other.cells("submissions", *columns) == one.cells("submissions", *columns)
    assert {name: other[name] for name in TABLES} == {name: one[name] for name in TABLES}
    told = ("severity", "rule", "table", "phase", "row", "submission_id", "field")
    assert sorted(other.cells("findings", *told)) == sorted(one.cells("findings", *told))
