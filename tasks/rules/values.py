"""Types of single values of competition.toml: codes, names, exact numbers, times.

Each type refuses a value that is no such thing, under an error type that mistakes.py puts into
words.
"""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from tasks.codes import is_safe_code
from tasks.findings.catalogue import FindingSeverity

COMPETITION_YEARS = (2000, 2100)


def _check_code(text: str) -> str:
    if not is_safe_code(text):
        raise PydanticCustomError("unsafe_code", "a code that cannot be a file's name")
    return text


def _integer_to_decimal(value: Any) -> Any:
    """The value, a whole number of TOML as a decimal; true and false are no numbers."""
    is_integer = isinstance(value, int) and not isinstance(value, bool)
    return Decimal(value) if is_integer else value


def _check_number_size(value: Decimal) -> Decimal:
    """The value; raises for a number of more than nine digits on either side of the point.

    Sums are made in whole numbers of the smallest decimal: 1e999 would fill the memory.
    """
    exponent = value.as_tuple().exponent
    is_too_fine = isinstance(exponent, int) and exponent < -9
    if abs(value) >= Decimal(10) ** 9 or is_too_fine:
        raise PydanticCustomError("number_size", "more than nine digits on a side of the point")
    return value


def check_pair(value: Any) -> Any:
    """The value; raises for a list that does not have exactly two entries."""
    if isinstance(value, tuple) and len(value) != 2:
        raise PydanticCustomError("not_two", "not two numbers")
    return value


def _names_by_language(value: Any) -> Any:
    return {"id": value, "en": value} if isinstance(value, str) else value


def _check_severity_setting(value: Any) -> Any:
    if value not in ("error", "warning", "off"):
        raise PydanticCustomError("literal_error", "", {"expected": "'error', 'warning' or 'off'"})
    return value


def _check_year(value: datetime) -> datetime:
    if not COMPETITION_YEARS[0] <= value.year <= COMPETITION_YEARS[1]:
        raise PydanticCustomError("far_date", "a year far from ours")
    return value


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Code = Annotated[str, AfterValidator(_check_code)]
NamesByLanguage = Annotated[dict[Literal["id", "en"], Text], BeforeValidator(_names_by_language)]
ExactNumber = Annotated[
    Decimal, AfterValidator(_check_number_size), BeforeValidator(_integer_to_decimal)
]
Moment = Annotated[datetime, AfterValidator(_check_year)]
WholeNumber = Annotated[int, Field(ge=0)]
FieldsByHeading = dict[Text, Text]  # heading = field
SeveritySetting = Annotated[FindingSeverity, BeforeValidator(_check_severity_setting)]
