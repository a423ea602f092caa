"""What one value of competition.toml can be: codes, names, exact numbers, times. Each type refuses
what is none.
"""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from tasks import codes
from tasks.findings.catalogue import FindingSeverity

COMPETITION_YEARS = (2000, 2100)


def _check_code(text: str) -> str:
    if not codes.is_safe(text):
        raise PydanticCustomError("unsafe_code", "a code that cannot be a file's name")
    return text


def _integer_to_decimal(value: Any) -> Any:
    """TOML's whole numbers are decimals too; yes and no are not."""
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _check_number_size(value: Decimal) -> Decimal:
    """Sums are exact in whole numbers of the smallest decimal: a number such as 1e999 would fill
    the memory.
    """
    exponent = value.as_tuple().exponent
    if abs(value) >= Decimal(10) ** 9 or (isinstance(exponent, int) and exponent < -9):
        raise PydanticCustomError(
            "number_size", "a number beyond nine digits on either side of the point"
        )
    return value


def check_pair(value: Any) -> Any:
    """The value; raises for a list that has not exactly two."""
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
