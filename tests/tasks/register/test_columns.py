"""One table of the folder on its own: headings, kinds of cells, and what is told of a cell that
cannot be.
"""

from pathlib import Path

import pandas as pd
import pytest

from tasks.register.columns import TABLE_SPECS, shape_table
from tests.tasks.register.test_tables import _csv, _read

HEAD = "code,name,valid_from,obliged\n"
CASES = [  # table, text, row, field, case
    ("agencies", "code,short_name\nA,B\n", 0, "name", "no_heading"),
    ("agencies", "code,name,Code\nA,B,C\n", 0, "code", "heading_twice"),
    ("agencies", "code,name,vaild_from\nA,B,2020\n", 0, "valid_from", "near_heading"),
    ("agencies", "code,name,parentcode2\nA,B,\n", 0, "parent_code", "near_heading"),
    ("agencies", "code,name\n", 0, "", "no_rows"),
    ("agencies", HEAD + ",B,,\n", 2, "code", "blank"),
    ("agencies", HEAD + "A,,,\n", 2, "name", "blank"),
    ("agencies", HEAD + "A,B,,\n\nC,D,20,\n", 4, "valid_from", "not_year"),
    ("agencies", HEAD + "A,B,2020.5,\n", 2, "valid_from", "not_year"),
    ("agencies", HEAD + "A,B,sejak lama,\n", 2, "valid_from", "not_year"),
    ("agencies", HEAD + "A,B,3000,\n", 2, "valid_from", "not_year"),
    ("agencies", HEAD + "A,B,,mungkin\n", 2, "obliged", "not_boolean"),
    ("judges", "nama\nJuri 1\n", 0, "name", "no_heading"),
    ("judges", "name,agency_code\n,DINKES\n", 2, "name", "blank"),
    ("assignments", "phase,judge,submission\nproposal,,*\n", 2, "judge", "blank"),
    ("decisions", "tahap,usulan,hasil\n", 0, "phase", "no_heading"),
    ("decisions", "phase,submission,outcome\nproposal,A-1,\n", 2, "outcome", "blank"),
    ("placements", "year,agency_code,title,placement\n20,DINKES,X,Top 45\n", 2, "year", "not_year"),
    ("placements", "year,agency_code,title,placement\n2020,DINKES,,Top 45\n", 2, "title", "blank"),
    (
        "corrections",
        "source,row,field,expected,value\nf.csv,tujuh,title,a,b\n",
        2,
        "row",
        "not_integer",
    ),
    ("corrections", "source,row,field\nf.csv,7,title\n", 0, "expected", "no_heading"),
    ("history/counts", "year,received,accepted\n2021,banyak,46\n", 2, "received", "not_integer"),
    ("history/counts", "year,received,accepted\n2021,-1,46\n", 2, "received", "not_integer"),
]


def _grid(*rows: list[str | None]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), index=range(1, len(rows) + 1), dtype="str")


@pytest.mark.parametrize(("table", "text", "row", "field", "case"), CASES)
def test_what_a_table_cannot_say_is_told_at_its_cell(
    tmp_path: Path, table: str, text: str, row: int, field: str, case: str
) -> None:
    _, problems = _read(tmp_path, **{table.replace("/", "__"): text})
    assert (f"{table}.csv", row, field, case) in problems


def test_a_cell_that_cannot_be_read_is_empty_and_its_row_stays(tmp_path: Path) -> None:
    tables, _ = _read(tmp_path, agencies=HEAD + "A,B,20x,mungkin\nC,D,2020,ya\n")
    assert tables.agencies["valid_from"].fillna(0).tolist() == [0, 2020]
    assert tables.agencies["obliged"].isna().tolist() == [True, False]


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("true", True),
        ("TRUE", True),
        ("ya", True),
        ("Yes", True),
        ("1", True),
        ("BENAR", True),
        ("wajib", True),
        ("false", False),
        ("FALSE", False),
        ("tidak", False),
        ("no", False),
        ("0", False),
        ("Salah", False),
    ],
)
def test_yes_and_no_are_read_in_both_languages(tmp_path: Path, word: str, value: bool) -> None:
    tables, problems = _read(tmp_path, agencies=HEAD + f"A,B,,{word}\n")
    assert (tables.agencies["obliged"].tolist(), problems) == ([value], [])


def test_a_column_of_the_offices_own_is_kept_out_and_named(tmp_path: Path) -> None:
    tables, problems = _read(tmp_path, judges="name,keterangan\nJuri 1,baru\n")
    assert problems == [("judges.csv", 0, "keterangan", "table")]
    assert tables.judges["judge"].tolist() == ["Juri 1"]


def test_a_column_without_a_heading_is_no_column(tmp_path: Path) -> None:
    tables, problems = _read(tmp_path, judges="name,,aliases\nJuri 1,catatan,Juri Satu\n")
    assert (tables.judges["aliases"].tolist(), problems) == (["Juri Satu"], [])


def test_a_text_that_looks_like_a_missing_value_is_a_text(tmp_path: Path) -> None:
    tables, problems = _read(
        tmp_path, agencies=_csv([["code", "name"], ["NA", "None"], ["null", "nan"]])
    )
    assert tables.agencies[["agency_code", "agency"]].to_numpy().tolist() == [
        ["NA", "None"],
        ["null", "nan"],
    ]
    assert problems == []


def test_the_first_sheet_that_has_the_headings_is_read() -> None:
    notes = _grid(["Catatan", None], ["apa saja", "x"])
    judges = _grid(["name", "aliases"], ["Juri 1", None])
    table = shape_table([notes, judges], TABLE_SPECS["judges"], "judges.xlsx")
    assert (table.frame["judge"].tolist(), len(table.findings)) == (["Juri 1"], 0)


def test_the_headings_may_stand_below_a_title_and_the_rows_keep_their_numbers() -> None:
    grid = _grid(["Daftar juri", None], [None, None], ["NAME", "Agency Code"], ["Juri 1", "DINKES"])
    table = shape_table([grid], TABLE_SPECS["judges"], "judges.xlsx")
    assert table.frame[["table_row", "agency_code"]].to_numpy().tolist() == [[4, "DINKES"]]
    assert len(table.findings) == 0


def test_an_empty_table_has_every_column() -> None:
    for spec in TABLE_SPECS.values():
        assert list(spec.empty()) == [*(column.name for column in spec.columns), "table_row"]
