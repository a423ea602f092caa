"""A workbook that people fill in, as content."""

from decimal import Decimal

import pytest

from reports.content.form import trim_zeros


@pytest.mark.parametrize(
    ("number", "text"),
    [("30.0", "30"), ("0", "0"), ("0.50", "0.5"), ("100", "100"), ("1E+2", "100")],
)
def test_a_number_has_no_zeros_at_its_end(number: str, text: str):
    assert trim_zeros(Decimal(number)) == text
