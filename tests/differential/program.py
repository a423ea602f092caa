"""The program's own Results of a folder, without an orchestrator and without publishing."""

from pathlib import Path

from flows.night.compute import compute_results
from flows.night.gather import Request, gather_inputs
from tasks.results.results import Results


def compute_folder(folder: Path, as_of: str) -> Results:
    """The Results of the folder at `as_of`."""
    return compute_results(gather_inputs(Request(folder, as_of)))
