"""Registration against a second reading of the contract, on random inboxes in many forms of
file.
"""

import os
from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.differential import registration_generate, registration_reference
from tests.small.night import compute_folder

SEEDS = int(os.environ.get("KIPP_SEEDS", "24"))
RULES = (
    "missing_required",
    "unknown_agency",
    "unknown_category",
    "unknown_group",
    "late",
    "early",
    "too_young",
    "too_long",
    "too_short",
    "similar_title",
    "overlap",
    "unknown_decision",
    "ambiguous_submission",
    "unreadable_date",
    "ambiguous_date",
)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_rows_statuses_and_findings_of_registration_are_those_of_the_reference(
    seed: int, tmp_path: Path
) -> None:
    facts = registration_generate.registration(seed, tmp_path)

    results = compute_folder(tmp_path, "2024-06-01T00:00:00")

    rows, found = registration_reference.settle(facts["rows"], facts["rules"], facts["decisions"])
    assert _submissions(results) == {
        (row["source"], row["row"]): (
            row["ranked_status"],
            row["status"],
            row["reason"],
            row["code"] or "",
        )
        for row in rows
    }
    assert _findings(results) == found
    _assert_ids(results["submissions"], {(row["source"], row["row"]): row for row in rows})


def _submissions(results: Any) -> dict[tuple[str, int], tuple[str, ...]]:
    table = results["submissions"].fillna({"reason": "", "agency_code": ""})
    return {
        (r.source, r.row): (r.ranked_status, r.status, r.reason, r.agency_code)
        for r in table.itertuples()
    }


def _findings(results: Any) -> Counter[Any]:
    table = results["findings"]
    mine = table[table["rule"].isin(RULES)]
    return Counter(
        (
            f.rule,
            f.severity,
            f.source,
            None if pd.isna(f.row) or f.rule == "overlap" else int(f.row),
            f.value if f.rule == "overlap" else f.field,
        )
        for f in mine.itertuples()
    )


def _assert_ids(table: pd.DataFrame, rows: dict[tuple[str, int], dict[str, Any]]) -> None:
    """No id means two innovations; the form's own id stands wherever one innovation alone has
    it.
    """
    named = [(r.submission_id, rows[r.source, r.row]) for r in table.itertuples()]
    heads = {
        id_: {id(_head(row, rows)) for other, row in named if other == id_} for id_, _ in named
    }
    assert all(len(one) == 1 for one in heads.values()), heads
    for id_, row in named:
        same = {id(_head(other, rows)) for other in rows.values() if other["id"] == row["id"]}
        assert (id_ == row["id"]) == (row["id"] is not None and len(same) == 1)


def _head(row: dict[str, Any], rows: dict[tuple[str, int], dict[str, Any]]) -> dict[str, Any]:
    return row["counting"]
