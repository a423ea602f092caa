"""The delivered rows of one innovation: which counts and why, and how its cells were read."""

from collections.abc import Callable
from datetime import date, datetime

import numpy as np
import pandas as pd
import pytest

from reports.content.edition import edition
from reports.pages.explain.evidence import (
    CellCorrection,
    DeliveredCell,
    InnovationEvidence,
    RowPlace,
)
from reports.pages.explain.rows import (
    AgencyMatch,
    CellReading,
    agency_match,
    cell_readings,
    delivered_rows,
)
from tasks.results.results import Results
from tests.small.rows import settled_rows

FORM = "submissions/formulir.csv"


def _city_row(results: Results, title: str) -> pd.Series:
    """The row of submissions with this title, as a step of explain takes it."""
    rows = results["submissions"]
    return rows[rows["title"] == title].assign(group=np.nan).iloc[-1]


@pytest.mark.parametrize(
    ("counts", "by_rule", "reasons"),
    [
        ([True], ["rejected"], ["only"]),
        ([False, True], ["superseded", "accepted"], ["replaced", "last"]),
        ([False, True], ["superseded", "rejected"], ["replaced", "all_wrong"]),
        (
            [False, True, False],
            ["superseded", "accepted", "rejected"],
            ["replaced", "last_right", "wrong_later"],
        ),
    ],
)
def test_a_row_counts_or_not_for_a_reason(
    city: Callable[..., Results], counts: list[bool], by_rule: list[str], reasons: list[str]
) -> None:
    rows = settled_rows(*["A DINKES kesehatan"] * len(counts)).assign(
        counts=counts, status=by_rule, ranked_status=by_rule, submitted_at=pd.NaT
    )
    delivered = delivered_rows(rows, city(), InnovationEvidence())
    assert [row.why for row in delivered] == reasons
    assert [row.counts for row in delivered] == counts


def test_a_superseded_row_names_the_errors_that_it_would_have(
    city: Callable[..., Results],
) -> None:
    findings = city()["findings"]
    mild = findings[findings["rule"].isin(["late", "approximate_agency"])].assign(
        severity="warning", source="submissions/a.csv", row=2
    )
    rows = settled_rows("A DINKES kesehatan").assign(submitted_at=pd.NaT)
    results = city(findings=mild)

    def broken_rules(status: str) -> list[tuple[str, ...]]:
        delivered = delivered_rows(rows.assign(status=status), results, InnovationEvidence())
        return [row.errors for row in delivered]

    assert broken_rules("superseded") == [("late",)]
    assert broken_rules("accepted") == [()]


def test_a_cell_is_read_as_the_name_or_the_day_that_it_means(
    city: Callable[..., Results],
) -> None:
    results, place = city(), RowPlace(FORM, 3)
    evidence = InnovationEvidence(
        cells={
            place: (
                DeliveredCell("Bidang", "sehat", "category"),
                DeliveredCell("Mulai", "1/2/20", "started_on"),
                DeliveredCell("Dikirim", "10/2", "submitted_at"),
                DeliveredCell("Warna", "biru", ""),
            )
        },
        typed={place: {"started_on": "2020-02-01"}},
    )
    row = _city_row(results, "Gerobak Sehat")
    zone = row["submitted_at"].tzinfo
    fixed = CellCorrection(
        "Grobak Sehat", "Gerobak Sehat", "Salah ketik", "Sekretariat", "2022-03-17"
    )
    assert cell_readings(row, results, edition(results.competition), evidence) == (
        CellReading("Bidang", "sehat", "category", "Kesehatan", None),
        CellReading("Mulai", "1/2/20", "started_on", date(2020, 2, 1), None),
        CellReading("Dikirim", "10/2", "submitted_at", datetime(2022, 2, 10, 9, tzinfo=zone), None),
        CellReading("Warna", "biru", "", "", None),
        CellReading("", "", "title", "Gerobak Sehat", fixed),
    )


def test_an_agency_without_a_code_was_not_found(city: Callable[..., Results]) -> None:
    results = city()
    row = _city_row(results, "Rumah Data")
    assert agency_match(row, results, InnovationEvidence()) == AgencyMatch(
        "Kantor Data", "", "", "none", ""
    )
    typed = InnovationEvidence(typed={RowPlace(FORM, 8): {"agency": "Ktr Data"}})
    assert agency_match(row, results, typed).typed == "Ktr Data"
