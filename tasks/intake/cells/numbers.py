"""A column of numbers as people write them -> exact decimals as text.

A text reads one way ("87,5", "1.234.567", "0.875") or two ways ("1.234"). Which mark is the decimal
one is never guessed: the other values of the column say, else the scale does, where only one
reading is on it (87.333 on a scale to 100). Where neither says, the cell is a finding.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd

from tasks.findings.frame import join_findings, make_findings

DecimalMark = Literal[",", "."]
NumberScale = tuple[Decimal, Decimal]
_NUMBER_SHAPE = re.compile(r"^([+-]?)(\d{1,30}(?:[.,' ]\d+)*)$", re.ASCII)
_SEPARATOR = re.compile(r"[.,' ]")
_ASCII_SIGNS = {ord("\xa0"): " ", ord("\u202f"): " ", ord("\u2212"): "-", ord("\u2019"): "'"}


class NumberReading(NamedTuple):
    """The exact decimal of a number, read with `,` and with `.` as decimal mark.

    A reading that cannot be is "" of a text that has two; both are equal for a text that reads one
    way. `says` is the decimal mark that the text itself shows, "" where it shows none.
    """

    comma: str
    point: str
    says: str


class NumberColumn(NamedTuple):
    """A column of numbers, three columns on one index.

    `numbers`: exact decimals as text, NaN where empty, no number or not settled. `is_none`: which
    cells are no number. `is_open`: which cells can be read two ways, and nothing says which.
    """

    numbers: pd.Series
    is_none: pd.Series
    is_open: pd.Series


@dataclass(frozen=True, eq=False)
class TypedNumbers:
    """A column of numbers on the index of the rows: exact decimals as text (NaN where there is
    none), which cells give no number, and findings on these cells.
    """

    values: pd.Series
    is_unreadable: pd.Series
    findings: pd.DataFrame


@lru_cache(maxsize=100_000)
def parse_number(written: str) -> NumberReading | None:
    """The readings of a text as a number; None for a text that is none."""
    shape = _NUMBER_SHAPE.match(written.strip().translate(_ASCII_SIGNS))
    if not shape:
        return None
    sign, digits = shape[1].replace("+", ""), shape[2]
    comma, point = _parse_digits(digits, ","), _parse_digits(digits, ".")
    if not comma and not point:
        return None
    if comma and point:
        return NumberReading(sign + comma, sign + point, "")
    mark = "," if comma else "."
    is_marked = "." in digits or "," in digits
    only = sign + (comma or point)
    return NumberReading(only, only, mark if is_marked else "")


def _parse_digits(digits: str, mark: DecimalMark) -> str:
    """The plain decimal of digits with this decimal mark; "" where they cannot be read so."""
    whole, _, decimals = digits.partition(mark)
    groups = _SEPARATOR.split(whole)
    if len(groups) > 1 and not _are_thousands(groups):
        return ""
    if len(set(_SEPARATOR.findall(whole))) > 1 or (decimals and not decimals.isdigit()):
        return ""
    plain = "".join(groups).lstrip("0") or "0"
    return f"{plain}.{decimals.rstrip('0')}".rstrip(".") if decimals else plain


def _are_thousands(groups: list[str]) -> bool:
    """Whether digits are grouped as thousands are: three in each group, the first may have less."""
    first, *others = groups
    return 1 <= len(first) <= 3 and first != "0" and all(len(group) == 3 for group in others)


def parse_numbers(texts: pd.Series, scale: NumberScale | None = None) -> NumberColumn:
    """The numbers of one column; `scale` is the scale that they are on."""
    readings = {text: parse_number(text) for text in texts.dropna().unique()}
    mark = _decimal_mark(readings.values())
    values = {
        text: _settle_number(reading, mark, scale) if reading else None
        for text, reading in readings.items()
    }
    none = {text: reading is None for text, reading in readings.items()}
    unsettled = {text: value is None and not none[text] for text, value in values.items()}
    return NumberColumn(
        texts.map(values).astype("str"),
        texts.map(none).eq(True),
        texts.map(unsettled).eq(True),
    )


def _decimal_mark(readings: Iterable[NumberReading | None]) -> str:
    """The decimal mark that texts of a column show; "" where they show none, or both."""
    marks = {reading.says for reading in readings if reading and reading.says}
    return marks.pop() if len(marks) == 1 else ""


def _settle_number(reading: NumberReading, mark: str, scale: NumberScale | None) -> str | None:
    if reading.comma == reading.point:
        return reading.comma
    if mark:
        return reading.comma if mark == "," else reading.point
    return _reading_on_scale(reading, scale) if scale else None


def _reading_on_scale(reading: NumberReading, scale: NumberScale) -> str | None:
    """The only one of the two readings that is on the scale; None where both are, or neither."""
    low, high = scale
    decimals = (reading.comma, reading.point)
    on_scale = [text for text in decimals if low <= Decimal(text) <= high]
    return on_scale[0] if len(on_scale) == 1 else None


def type_numbers(
    rows: pd.DataFrame, column: str, by: list[str], scale: NumberScale | None = None
) -> TypedNumbers:
    """A column of numbers on a scale; each group of `by` is a column of its own.

    Findings `unreadable_number` at phase, source, row, and field from the column `criterion`.
    """
    numbers = np.full(len(rows), np.nan, dtype="object")
    is_none, is_open = np.zeros((2, len(rows)), dtype=bool)
    for positions in rows.groupby(by, sort=False, dropna=False).indices.values():
        group = parse_numbers(rows[column].iloc[positions], scale)
        numbers[positions] = group.numbers.to_numpy(dtype="object")
        is_none[positions] = group.is_none.to_numpy()
        is_open[positions] = group.is_open.to_numpy()
    return TypedNumbers(
        pd.Series(numbers, index=rows.index, dtype="str"),
        pd.Series(is_none | is_open, index=rows.index),
        _number_findings(rows, column, is_none, is_open),
    )


def _number_findings(
    rows: pd.DataFrame, column: str, is_none: np.ndarray, is_open: np.ndarray
) -> pd.DataFrame:
    """A finding per cell that is no number, and per cell that can be read two ways."""
    names = {"criterion": "field", column: "value"}
    places = rows[["phase", "source", "row", *names]].rename(columns=names)
    findings = [
        make_findings("unreadable_number", places[is_none], table="marks"),
        make_findings("unreadable_number", places[is_open], table="marks", case="two_ways"),
    ]
    return join_findings(findings)
