"""The contents of the copies: earlier years, and findings on files that were not read."""

from pathlib import Path

import pandas as pd
import pytest

from flows.night.gather import Request, gather_inputs
from flows.night.read import EARLIER_YEAR_COLUMNS, earlier_years, refused_file_findings
from tasks.intake.raw import Raw

NO_COUNTS = pd.DataFrame(columns=list(EARLIER_YEAR_COLUMNS))


def _history(archive: str, *rows: str) -> Raw:
    content = "\n".join([",".join(EARLIER_YEAR_COLUMNS), *rows, ""]).encode()
    name = f"history/{archive}/data/published/data/history.csv"
    return Raw(name, "0" * 64, len(content), lambda: content)


def _years(raws: list[Raw], counts: pd.DataFrame) -> list[list[object]]:
    frame = earlier_years(raws, counts)
    assert set(frame.dtypes.astype(str)) == {"Int64"}
    return frame.astype(object).where(frame.notna(), None).to_numpy().tolist()


def test_the_year_of_an_archive_is_the_last_row_of_its_history() -> None:
    raws = [_history("a", "2020,9,8,7,6", "2021,5,4,3,")]
    assert _years(raws, NO_COUNTS) == [[2021, 5, 4, 3, None]]


def test_an_archive_goes_before_the_counts_and_the_first_archive_before_others() -> None:
    counts = pd.DataFrame({"year": [2021, 2019], "received": [1, 2]})
    numbers = {"b": 7, "a-2": 6, "a": 5}
    raws = [_history(name, f"2021,{n},{n},{n},{n}") for name, n in numbers.items()]
    assert _years(raws, counts) == [[2021, 5, 5, 5, 5], [2019, 2, None, None, None]]


def test_other_files_beside_the_inbox_are_no_history() -> None:
    table = Raw("agencies.csv", "0" * 64, 0, lambda: pytest.fail("the file was opened"))
    assert _years([table], NO_COUNTS) == []


def test_a_file_in_a_folder_of_no_phase_and_one_in_no_place_are_findings(folder: Path) -> None:
    (folder / "inbox" / "scores" / "nlai").mkdir()
    (folder / "inbox" / "scores" / "nlai" / "juri.csv").write_text("a\n", encoding="utf-8")
    (folder / "inbox" / "catatan.csv").write_text("a\n", encoding="utf-8")
    findings = refused_file_findings(gather_inputs(Request(folder, "2022-05-15")))
    assert list(zip(findings["rule"], findings["source"], findings["params"], strict=True)) == [
        ("unreadable_file", "catatan.csv", {"file": "catatan.csv", "case": "misplaced"}),
        (
            "unreadable_file",
            "scores/nlai/juri.csv",
            {
                "file": "scores/nlai/juri.csv",
                "case": "no_phase",
                "folder": "scores/nlai",
                "kind": "judging",
                "known": "proposal",
            },
        ),
    ]


def test_where_no_export_of_submissions_could_be_copied_the_finding_is_critical(
    folder: Path,
) -> None:
    export = folder / "inbox" / "submissions" / "formulir.csv"
    export.unlink()
    export.symlink_to(folder / "absent.csv")
    findings = refused_file_findings(gather_inputs(Request(folder, "2022-05-15")))
    assert findings["rule"].tolist() == ["unreadable_file", "no_readable_export"]
