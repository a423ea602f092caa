"""Rows of a frame for a page."""

import pandas as pd

from reports.content.records import records
from tests.reports import sample


def test_missing_cells_of_every_kind_are_none():
    submissions = sample.results()["submissions"].assign(
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
    assert [(type(row.rank), row.rank) for row in records(sample.results()["rankings"])][:2] == [
        (int, 1),
        (int, 2),
    ]


def test_an_empty_frame_has_no_rows():
    assert list(records(sample.results()["rankings"].iloc[:0])) == []
