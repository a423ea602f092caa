"""Results that stand in a folder: data/ of a published run, or a case of tests/cases."""

from pathlib import Path

from tasks.results.results import Results


def read_results(folder: Path) -> Results:
    """The Results whose files the folder holds."""
    return Results.of_files({file.name: file.read_bytes() for file in folder.iterdir()})
