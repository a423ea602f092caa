"""The small competition that is worked out on paper (tests/cases/competition-small), copied and
published.
"""

import shutil
from pathlib import Path

from flows.night import compute
from flows.night.gather import Request, gather_inputs
from flows.night.publish import RunDocuments, publish_run

SMALL = Path(__file__).parents[1] / "cases" / "competition-small"
AS_OF = "2022-06-01"


def copied(folder: Path, target: Path) -> Path:
    """A copy of a competition's folder, with what is published and the copies of its exports."""
    shutil.copytree(
        folder, target, symlinks=True, ignore=shutil.ignore_patterns("expected", "README.md")
    )
    return target


def publish(folder: Path, as_of: str = AS_OF) -> None:
    """Publishes the run's data, without documents."""
    inputs = gather_inputs(Request(folder, as_of))
    publish_run(compute.compute_results(inputs), inputs, RunDocuments([], 0))
