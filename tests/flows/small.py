"""The small competition that is worked out on paper (tests/cases/competition-small), copied and
published.
"""

import shutil
from pathlib import Path

from flows import computing, publishing
from flows.inputs import Request, gather

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
    inputs = gather(Request(folder, as_of))
    publishing.publish(computing.compute(inputs), inputs, publishing.Documents([], 0))
