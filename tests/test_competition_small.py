"""The competition worked out on paper (tests/cases/competition-small), end to end as the night
publishes it.
"""

import csv
import shutil
from pathlib import Path

import pytest

from flows.night import night
from flows.night.gather import Request
from reports.formats import pdf
from tests.small.results import read_results

CASE = Path(__file__).parent / "cases" / "competition-small"
AS_OF = "2022-06-01"
NOMINEES = {"Posyandu Remaja Ceria", "Jarik Ma'Siti"}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published run. PDFs are their HTML: what is tested is what they say."""
    folder = tmp_path_factory.mktemp("small") / "competition"
    shutil.copytree(CASE, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            pdf,
            "render_pdfs",
            lambda orders, workers=None, progress=None: [o.html.encode() for o in orders],
        )
        night.run_night(Request(folder, AS_OF), wait_seconds=0)
    return folder / "published" / "current"


def _rows(path: Path, columns: list[str] | None = None) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [{name: row[name] for name in columns or row} for row in rows]


@pytest.mark.parametrize("table", sorted(path.stem for path in (CASE / "expected").iterdir()))
def test_every_cell_is_the_one_worked_out_on_paper(run: Path, table: str) -> None:
    expected = _rows(CASE / "expected" / f"{table}.csv")
    assert _rows(run / "data" / f"{table}.csv", list(expected[0])) == expected


def test_data_reads_back_as_what_wrote_it(run: Path) -> None:
    results = read_results(run / "data")
    written = {name: (run / "data" / name).read_bytes() for name in results.files()}
    assert results.files() == written


def test_what_a_page_shows_is_what_the_tables_say(run: Path) -> None:
    page = (run / "phases" / "nominasi" / "report.html").read_text(encoding="utf-8")
    nominations = _rows(run / "data" / "nominations.csv")
    nominated = {row["title"] for row in nominations if row["outcome"] == "nominated"}
    assert nominated == NOMINEES
    assert [title for title in nominated if title.replace("'", "&#39;") not in page] == []
