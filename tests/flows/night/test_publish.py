"""Publishing: which documents are made, what a run says of itself, and the switch to it."""

import dataclasses
import json
from pathlib import Path

import pytest

from flows.night.compute import compute_results
from flows.night.gather import Inputs, Request, gather_inputs
from flows.night.publish import (
    RunDocuments,
    data_files,
    make_documents,
    memory_files,
    publish_run,
    run_counts,
)
from tasks.results.results import Results
from tests.small.folder import JUDGED
from tests.small.results import city_results

NO_DOCUMENTS = RunDocuments([], 0)


@pytest.fixture
def inputs(folder: Path) -> Inputs:
    """The inputs of the small competition after its judging."""
    return gather_inputs(Request(folder, JUDGED))


@pytest.fixture
def results(inputs: Inputs) -> Results:
    """The Results of these inputs."""
    return compute_results(inputs)


def test_a_run_counts_delivered_rows_innovations_and_findings(results: Results) -> None:
    findings = {"critical": 0, "error": 1, "warning": 0}
    assert run_counts(results) == {"rows": 4, "received": 4, "accepted": 3} | findings


def test_identical_rows_are_delivered_rows_and_no_innovations() -> None:
    counts = run_counts(city_results())
    assert (counts["rows"], counts["received"], counts["accepted"]) == (12, 8, 5)


def test_a_run_without_documents_is_its_data_and_its_manifest(
    folder: Path, inputs: Inputs, results: Results
) -> None:
    outcome = publish_run(results, inputs, NO_DOCUMENTS)
    current = folder / "published" / "current"
    manifest = json.loads((current / "manifest.json").read_text(encoding="utf-8"))
    written = {path.relative_to(current).as_posix() for path in current.rglob("*.*")}
    assert (outcome.state, outcome.run, outcome.documents) == ("published", inputs.run, 0)
    assert written == {*data_files(results), "manifest.json"}
    assert (manifest["states"], manifest["counts"]) == (
        {"pendaftaran": "closed", "proposal": "closed", "nominasi": "closed"},
        run_counts(results),
    )


def test_the_memory_given_is_kept_with_the_run_and_none_with_a_first_one(inputs: Inputs) -> None:
    assert memory_files(inputs) == {}
    assert memory_files(dataclasses.replace(inputs, memory=b"{}")) == {"memory.json": b"{}"}


@pytest.mark.usefixtures("quick_pdfs")
def test_documents_that_the_cache_has_are_not_made_again(inputs: Inputs, results: Results) -> None:
    steps: list[tuple[str, int, int]] = []
    first = make_documents(results, inputs)
    again = make_documents(
        results, inputs, lambda name, done, every: steps.append((name, done, every))
    )
    assert (first.made, again.made) == (len(first.ready), 0)
    assert [ready.planned.path for ready in again.ready] == [
        ready.planned.path for ready in first.ready
    ]
    assert steps == [("documents", 0, 0)]
