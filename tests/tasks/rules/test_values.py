"""What one value of competition.toml can be."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ConfigDict, TypeAdapter, ValidationError

from tasks.rules.values import Code, ExactNumber, Moment, NamesByLanguage, SeveritySetting, Text

STRICT = ConfigDict(strict=True)


def _read(kind: Any, value: Any) -> Any:
    """The value as read, or the kind of mistake."""
    try:
        return TypeAdapter(kind, config=STRICT).validate_python(value)
    except ValidationError as error:
        return error.errors()[0]["type"]


@given(st.decimals(min_value=-999999999, max_value=999999999, places=9))
def test_a_number_of_nine_digits_on_either_side_is_kept_exactly(number: Decimal) -> None:
    assert _read(ExactNumber, number) == number


@given(st.integers(-999999999, 999999999))
def test_a_whole_number_is_exact_too(number: int) -> None:
    assert _read(ExactNumber, number) == Decimal(number)


@pytest.mark.parametrize(
    ("value", "mistake"),
    [
        (Decimal("1E+9"), "number_size"),
        (Decimal("-1E+999"), "number_size"),
        (Decimal("1E-10"), "number_size"),
        (Decimal("NaN"), "finite_number"),
        (Decimal("Infinity"), "finite_number"),
        (True, "is_instance_of"),
        ("30", "is_instance_of"),
    ],
)
def test_what_sums_cannot_be_exact_with_is_refused(value: Any, mistake: str) -> None:
    assert _read(ExactNumber, value) == mistake


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("Sehat", {"id": "Sehat", "en": "Sehat"}),
        ({"id": "Sehat"}, {"id": "Sehat"}),
        ({"jv": "Waras"}, "literal_error"),
        ({"id": " "}, "string_too_short"),
        (5, "dict_type"),
    ],
)
def test_a_name_is_one_text_or_one_a_language(value: Any, read: Any) -> None:
    assert _read(NamesByLanguage, value) == read


@pytest.mark.parametrize(
    ("year", "read"), [(1999, "far_date"), (2000, None), (2100, None), (2101, "far_date")]
)
def test_a_time_is_in_a_year_that_can_be_meant(year: int, read: str | None) -> None:
    moment = datetime(year, 1, 1, tzinfo=UTC)
    assert _read(Moment, moment) == (read or moment)


@pytest.mark.parametrize(
    ("kind", "value", "read"),
    [
        (Code, "DINKES", "DINKES"),
        (Code, "a b", "unsafe_code"),
        (Code, 5, "string_type"),
        (Text, " a ", "a"),
        (Text, "", "string_too_short"),
        (SeveritySetting, "off", "off"),
        (SeveritySetting, "critical", "literal_error"),
        (SeveritySetting, True, "literal_error"),
    ],
)
def test_codes_texts_and_severities(kind: Any, value: Any, read: str) -> None:
    assert _read(kind, value) == read
