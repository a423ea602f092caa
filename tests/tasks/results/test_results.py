"""Results: what is written reads back equal, and the CSVs are what interface.md section 5
promises.
"""

import io
import json
from pathlib import Path

import pandas as pd
import pytest
from frictionless import Package
from hypothesis import given
from hypothesis import strategies as st

from tasks.results.results import Results, cast_table, read_table, table_csv
from tasks.schema import TABLES
from tests.small.whole_rules import WHOLE

RULES = """
name = "Uji"
year = 2022
timezone = "Asia/Jakarta"
[[categories]]
code = "satu"
[[phases]]
code = "daftar"
kind = "registration"
closes = 2022-03-15T23:59:59
"""
ROW = {
    "submission_id": ["A1-7K3Q"],
    "title": ["Lentera"],
    "agency_code": ["A1"],
    "status": ["accepted"],
    "row": [2],
    "source": ["submissions/a.csv"],
    "submitted_at": pd.to_datetime(["2022-03-01T02:00:00Z"]),
}


def _results(**tables: pd.DataFrame) -> Results:
    return Results.of(RULES, tables)


def _written(results: Results, folder: Path) -> Path:
    for name, content in results.files().items():
        (folder / name).write_bytes(content)
    return folder


def _csv(results: Results, table: str) -> str:
    return results.files()[f"{table}.csv"].decode("utf-8")


def test_results_read_back_are_those_that_were_written() -> None:
    results = _results(
        submissions=pd.DataFrame(ROW),
        compliance=pd.DataFrame(
            {"agency_code": ["A1"], "obliged": [True], "received": [1], "status": ["compliant"]}
        ),
        marks=pd.DataFrame({"phase": ["p"], "mark": ["87.50"], "used": [False]}),
    )
    assert Results.of_files(results.files()) == results


def test_results_with_one_other_cell_are_not_equal() -> None:
    other = pd.DataFrame(ROW | {"title": ["Lentera 2"]})
    assert _results(submissions=pd.DataFrame(ROW)) != _results(submissions=other)


def test_a_table_that_nothing_was_found_for_is_empty_and_has_its_columns() -> None:
    results = _results()
    assert {name: list(frame.columns) for name, frame in results.tables.items()} == {
        name: table.names for name, table in TABLES.items()
    }
    assert (
        _csv(results, "history") == "year,received,accepted,agencies_obliged,agencies_compliant\n"
    )


def test_times_are_written_with_the_offset_of_the_competitions_zone() -> None:
    assert "2022-03-01T09:00:00+07:00" in _csv(
        _results(submissions=pd.DataFrame(ROW)), "submissions"
    )


def test_missing_cells_are_empty_and_booleans_are_true_and_false() -> None:
    marks = pd.DataFrame(
        {
            "phase": ["p", "p"],
            "judge": ["Juri 1", None],
            "mark": ["87.50", None],
            "used": [True, False],
        }
    )
    assert _csv(_results(marks=marks), "marks").splitlines()[1:] == [
        "p,,Juri 1,,87.50,true,",
        "p,,,,,false,",
    ]


@pytest.mark.parametrize("title", ["=1+1", "+62", "-x", "@rumah", "\tx", "'x"])
def test_a_text_that_a_spreadsheet_would_run_gets_an_apostrophe(title: str) -> None:
    results = _results(submissions=pd.DataFrame(ROW | {"title": [title]}))
    table = pd.read_csv(io.BytesIO(results.files()["submissions.csv"]), dtype="str")
    assert table["title"].tolist() == [f"'{title}"]
    assert Results.of_files(results.files())["submissions"]["title"].tolist() == [title]


def test_a_number_never_gets_one() -> None:
    judges = pd.DataFrame(
        {"phase": ["p"], "judge": ["Juri 1"], "sheets": [3], "judge_severity": ["-1.2500"]}
    )
    assert _csv(_results(judges=judges), "judges") == (
        "phase,judge,sheets,severity,severity_se,fit\np,Juri 1,3,-1.2500,,\n"
    )


@given(
    st.lists(
        st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1).filter(str.strip),
        min_size=1,
        max_size=5,
    )
)
def test_any_text_reads_back(texts: list[str]) -> None:
    frame = cast_table(pd.DataFrame({"reason": texts}), TABLES["corrections"], "Asia/Jakarta")
    written = table_csv(frame, TABLES["corrections"])
    again = read_table(written, TABLES["corrections"])
    assert again["reason"].tolist() == texts


def test_the_data_package_validates(tmp_path: Path) -> None:
    folder = _written(_results(submissions=pd.DataFrame(ROW)), tmp_path)
    report = Package(str(folder / "datapackage.json")).validate()
    assert report.flatten(["rowNumber", "fieldName", "message"]) == []


def test_the_data_package_names_every_column_of_every_table() -> None:
    package = json.loads(_results().files()["datapackage.json"])
    named = {
        resource["path"]: [f["name"] for f in resource["schema"]["fields"]]
        for resource in package["resources"]
    }
    headings = {f"{name}.csv": _csv(_results(), name).strip().split(",") for name in TABLES}
    assert named == headings


def test_the_rules_are_kept_as_they_were() -> None:
    assert Results.of_files(_results().files()).competition.name == "Uji"


def test_what_an_earlier_version_did_not_write_is_empty() -> None:
    exports = pd.DataFrame({"source": ["submissions/a.csv"], "delivered": [3]})
    written = Results.of(WHOLE, {"exports": exports})
    files = written.files() | {"exports.csv": b"source,delivered\nsubmissions/a.csv,3\n"}
    del files["validation.csv"]
    assert Results.of_files(files) == written
