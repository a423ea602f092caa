"""Rows of delimited text by Python's own reader."""

import csv
import io

import pytest

from tasks.intake.files.csv_rows import csv_rows


def test_a_cell_may_be_longer_than_python_expects():
    cell = "x" * 200_000
    assert list(csv_rows(io.StringIO(f"{cell};b\r\n"), ";")) == [[cell, "b"]]


def test_where_it_is_strict_a_quotation_mark_inside_a_quoted_cell_is_an_error():
    assert list(csv_rows(['"a"b,c'], ",")) == [["ab", "c"]]
    with pytest.raises(csv.Error):
        list(csv_rows(['"a"b,c'], ",", strict=True))
