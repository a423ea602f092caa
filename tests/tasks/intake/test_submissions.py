"""Every kind of export, as a form service or an office made it, beside the table that must come out of it."""

import hashlib
from pathlib import Path

import pandas as pd
import pytest

from tasks import competition, findings
from tasks.intake import submissions
from tasks.intake.delivery import Delivery
from tasks.intake.raw import Raw

CASES = Path(__file__).parents[2] / "cases" / "intake"
RULES = competition.parse((CASES / "competition.toml").read_text(encoding="utf-8"))
SUBMISSIONS = sorted(folder.name for folder in CASES.iterdir() if (folder / "expected.csv").is_file())


def delivered(folder: str) -> list[Raw]:
    files = [path for path in sorted((CASES / folder).iterdir()) if path.name != "expected.csv"]
    return [Raw(f"submissions/{path.name}", path, hashlib.sha256(path.read_bytes()).hexdigest()) for path in files]


def read(folder: str) -> tuple[Delivery, pd.DataFrame, pd.DataFrame]:
    delivery = submissions.read(delivered(folder), RULES)
    frame, found = submissions.typed(delivery.rows, RULES)
    return delivery, frame, findings.together([delivery.findings, found])


def as_written(frame: pd.DataFrame) -> pd.DataFrame:
    times = frame["submitted_at"].map(lambda moment: moment.isoformat(), na_action="ignore")
    return frame.assign(submitted_at=times).astype("object").where(frame.notna(), "").map(str)


@pytest.mark.parametrize("folder", SUBMISSIONS)
def test_an_export_of_each_kind_gives_the_expected_table(folder):
    expected = pd.read_csv(CASES / folder / "expected.csv", dtype="object", keep_default_na=False)
    frame = as_written(read(folder)[1])[list(expected.columns)]
    assert frame.to_dict("records") == expected.to_dict("records")


@pytest.mark.parametrize("folder", SUBMISSIONS)
def test_an_export_of_each_kind_has_no_finding_but_columns_that_give_nothing(folder):
    assert set(read(folder)[2]["rule"]) <= {"unknown_column"}
