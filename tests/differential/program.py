"""The program's own Results of a folder, without an orchestrator and without publishing."""

from pathlib import Path

from flows.computing import compute
from flows.inputs import Request, gather
from tasks.results import Results


def compute_folder(folder: Path, as_of: str) -> Results:
    """The Results of the folder at `as_of`."""
    return compute(gather(Request(folder, as_of)))
