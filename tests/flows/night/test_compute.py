"""The steps from the inputs to Results: their order, and what a critical finding ends."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from flows.night.compute import compute_results, withholds_run
from flows.night.gather import Inputs, Request, gather_inputs
from tasks.results.results import Results
from tests.small.folder import JUDGED, MARKS
from tests.small.rows import records


@pytest.fixture
def steps() -> list[str]:
    """The names of the steps that `compute` ran, in order."""
    return []


@pytest.fixture
def compute(folder: Path, steps: list[str]) -> Callable[[], Results]:
    """The Results of the folder as it stands."""

    def step(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        steps.append(name)
        return function

    def compute_folder() -> Results:
        inputs: Inputs = gather_inputs(Request(folder, JUDGED))
        return compute_results(inputs, step)

    return compute_folder


def test_the_steps_run_in_the_order_of_the_night(
    compute: Callable[[], Results], steps: list[str]
) -> None:
    results = compute()
    assert steps == ["read", "match", "compare", "validate", "settle", "fold", "results"]
    stages = records(results["submissions"], "title", "status", "stage")
    assert stages == [
        ("Lentera", "accepted", "nominasi"),
        ("Gerobak Baca", "accepted", "nominasi"),
        ("Sungai Bersih", "accepted", "proposal"),
        ("Terlambat", "rejected", "pendaftaran"),
    ]
    assert not withholds_run(results)


def test_a_critical_finding_ends_the_steps_after_reading(
    folder: Path, compute: Callable[[], Results], steps: list[str]
) -> None:
    (folder / "agencies.csv").write_text("nama\nDinas Alfa\n", encoding="utf-8")
    results = compute()
    assert steps == ["read"]
    assert withholds_run(results)
    assert records(results["findings"], "severity", "rule", "source", "field") == [
        ("critical", "broken_register", "agencies.csv", "code"),
        ("critical", "broken_register", "agencies.csv", "name"),
    ]
    assert (len(results["exports"]), len(results["submissions"])) == (2, 0)


def test_a_finding_on_a_sheet_names_the_submission_of_its_row(
    folder: Path, compute: Callable[[], Results]
) -> None:
    marks = folder / MARKS
    marks.write_text(
        marks.read_text(encoding="utf-8").replace("Lentera,80,90", "Lentera,80,190"),
        encoding="utf-8",
    )
    results = compute()
    ids = dict(records(results["submissions"], "title", "submission_id"))
    off_scale = results["findings"][results["findings"]["rule"] == "mark_off_scale"]
    assert records(off_scale, "row", "submission_id", "value") == [(2, ids["Lentera"], "190")]


def test_checks_are_of_submissions_of_marks_and_of_the_keys_of_the_tables(
    compute: Callable[[], Results],
) -> None:
    checks = compute()["validation"]
    late = checks[checks["rule"] == "late"]
    assert records(late, "table", "checked", "failed") == [("submissions", 4, 1)]
    off_scale = checks[checks["rule"] == "mark_off_scale"]
    assert records(off_scale, "table", "phase", "checked", "failed") == [
        ("marks", "proposal", 6, 0)
    ]
    unique = checks[(checks["rule"] == "unique") & (checks["table"] == "nominations")]
    assert records(unique, "checked", "failed") == [(2, 0)]
