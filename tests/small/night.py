"""A run of a small competition: its Results without an orchestrator and without publishing, and
what its CSVs say.

What is read back are the bytes of data/*.csv, since those are what the contract promises.
"""

import csv
import io
from collections.abc import Mapping
from pathlib import Path

from flows.night.compute import compute_results
from flows.night.gather import Request, gather_inputs
from flows.night.publish import RunDocuments, publish_run
from tasks.results.results import Results
from tests.small.folder import AGENCIES, write_files

Row = dict[str, str]

AFTER = "2022-06-01"  # when every phase of the small competitions is over


class Night:
    """What one run computed: each table as rows of texts, as its CSV has them."""

    def __init__(self, results: Results):
        self.results = results
        self.files = results.files()

    def __getitem__(self, table: str) -> list[Row]:
        text = self.files[f"{table}.csv"].decode("utf-8")
        return list(csv.DictReader(io.StringIO(text, newline="")))

    def cells(self, table: str, *columns: str, **where: str) -> list[tuple[str, ...]]:
        """These columns of the rows that have these values, in the order of the file."""
        rows = [
            row for row in self[table] if all(row[name] == value for name, value in where.items())
        ]
        return [tuple(row[column] for column in columns) for row in rows]

    def by_title(self, table: str, *columns: str, **where: str) -> dict[str, tuple[str, ...]]:
        """These columns by the submission's title, for tables with one row a submission."""
        titles = {row["submission_id"]: row["title"] for row in self["submissions"]}
        rows = self.cells(table, "submission_id", *columns, **where)
        by_title = {titles.get(key, key): tuple(cells) for key, *cells in rows}
        assert len(by_title) == len(rows), rows
        return by_title

    def rules(self, **where: str) -> list[str]:
        """The rules of the findings that have these values, in the order of the alphabet."""
        return sorted(rule for (rule,) in self.cells("findings", "rule", **where))

    def ids(self) -> dict[str, str]:
        """submission_id by title."""
        return {row["title"]: row["submission_id"] for row in self["submissions"]}


def compute_night(
    folder: Path,
    rules: str,
    files: Mapping[str, str | bytes],
    as_of: str = AFTER,
    register: str = AGENCIES,
) -> Night:
    """What a run at `as_of` computes from a folder with these files."""
    own = {"competition.toml": rules, "agencies.csv": register}
    write_files(folder, {**own, **files})
    return Night(compute_folder(folder, as_of))


def compute_folder(folder: Path, as_of: str) -> Results:
    """The Results of the folder at `as_of`."""
    return compute_results(gather_inputs(Request(folder, as_of)))


def publish_data(folder: Path, as_of: str = AFTER) -> None:
    """Publishes the run's data, without documents."""
    inputs = gather_inputs(Request(folder, as_of))
    publish_run(compute_results(inputs), inputs, RunDocuments([], 0))
