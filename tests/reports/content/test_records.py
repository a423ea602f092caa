"""Rows of a frame for a page."""

import pandas as pd

from reports.content.records import records
from tests.small.results import office_results


def test_missing_cells_of_every_kind_are_none():
    submissions = office_results()["submissions"].assign(
        row=pd.Series([None] * 12, dtype="Int64"), submitted_at=pd.NaT
    )
    first = next(records(submissions))
    assert (first.title, first.group, first.row, first.submitted_at) == (
        "Layanan Imunisasi Keliling Kampung",
        None,
        None,
        None,
    )


def test_whole_numbers_stay_whole():
    assert [(type(row.rank), row.rank) for row in records(office_results()["rankings"])][:2] == [
        (int, 1),
        (int, 2),
    ]


def test_an_empty_frame_has_no_rows():
    assert list(records(office_results()["rankings"].iloc[:0])) == []
