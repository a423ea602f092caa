"""Numbers as people write them -> exact decimals as text; a decimal comma or point is never
guessed. Computes.

A text reads one way ("87,5", "1.234.567", "0.875"), or two ("1.234"). Which, the column's other
values say; else the scale does, where only one reading is on it (of 87.333 on a scale to 100);
where neither does, it is a finding.
"""

import re
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd

from tasks.findings.frame import join_findings, make_findings

DecimalMark = Literal[",", "."]
NumberScale = tuple[Decimal, Decimal]
_NUMBER_SHAPE = re.compile(r"^([+-]?)(\d{1,30}(?:[.,' ]\d+)*)$", re.ASCII)


class NumberReading(NamedTuple):
    """A number's exact decimal, read with `,` and with `.` as decimal mark ("" where it cannot be);
    equal where it has one reading. `says` is the decimal mark that the text itself shows, "" where
    it shows none.
    """

    comma: str
    point: str
    says: str


@lru_cache(maxsize=100_000)
def parse_number(written: str) -> NumberReading | None:
    """How a text reads as a number; None where it is none."""
    found = _NUMBER_SHAPE.match(
        written.strip()
        .replace("\xa0", " ")
        .replace("\u202f", " ")
        .replace("\u2212", "-")
        .replace("\u2019", "'")
    )
    if not found:
        return None
    sign, digits = found[1].replace("+", ""), found[2]
    as_comma, as_point = _parse_digits(digits, ","), _parse_digits(digits, ".")
    if not as_comma and not as_point:
        return None
    both = [sign + text if text else "" for text in (as_comma, as_point)]
    if not as_comma or not as_point or as_comma == as_point:
        says = "" if as_comma and as_point else "," if as_comma else "."
        says = says if re.search(r"[.,]", digits) else ""
        return NumberReading(both[0] or both[1], both[1] or both[0], says)
    return NumberReading(both[0], both[1], "")


def _parse_digits(digits: str, mark: DecimalMark) -> str:
    """The plain decimal of digits with this decimal mark; "" where they cannot be read so."""
    whole, _, decimals = digits.partition(mark)
    groups = re.split(r"[.,' ]", whole)
    is_grouped = len(groups) > 1
    grouped = (
        1 <= len(groups[0]) <= 3
        and groups[0] != "0"
        and all(len(group) == 3 for group in groups[1:])
    )
    if (
        (is_grouped and not grouped)
        or not (decimals.isdigit() or not decimals)
        or len(set(re.findall(r"[.,' ]", whole))) > 1
    ):
        return ""
    plain = "".join(groups).lstrip("0") or "0"
    return f"{plain}.{decimals.rstrip('0')}".rstrip(".") if decimals else plain


def parse_numbers(
    texts: pd.Series, scale: NumberScale | None = None
) -> tuple[pd.Series, pd.Series, pd.Series]:
    """Of one column: exact decimals as text (NaN where empty, no number or not settled); which
    cells are no number; which could be read two ways and nothing settles it. All on the same index.
    `scale`: that the numbers are on.
    """
    readings = {text: parse_number(text) for text in texts.dropna().unique()}
    says = {one.says for one in readings.values() if one and one.says}
    mark = says.pop() if len(says) == 1 else None
    values = {text: _settle_number(one, mark, scale) for text, one in readings.items()}
    is_open = {text: one is not None and values[text] is None for text, one in readings.items()}
    numbers = texts.map(values).astype("str")
    is_none = texts.notna() & texts.map({text: one is None for text, one in readings.items()}).eq(
        True
    )
    return numbers, is_none, texts.map(is_open).eq(True)


def _settle_number(
    one: NumberReading | None, mark: str | None, scale: NumberScale | None
) -> str | None:
    if one is None:
        return None
    if one.comma == one.point:
        return one.comma
    return {",": one.comma, ".": one.point}.get(mark or "") or _reading_on_scale(one, scale)


def _reading_on_scale(one: NumberReading, scale: NumberScale | None) -> str | None:
    """The one of the two readings that is on the scale; None where both are, or neither."""
    on = [
        text for text in (one.comma, one.point) if scale and scale[0] <= Decimal(text) <= scale[1]
    ]
    return on[0] if len(on) == 1 else None


def type_numbers(
    rows: pd.DataFrame, column: str, by: list[str], scale: NumberScale | None = None
) -> tuple[pd.Series, pd.Series, pd.DataFrame]:
    """A column of numbers on a scale, each group of `by` a column of its own: the decimals, which
    cells give none, and findings `unreadable_number` on them (places: phase, source, row, field
    from `criterion`).
    """
    numbers = np.full(len(rows), np.nan, dtype="object")
    none, unsettled = np.zeros((2, len(rows)), dtype=bool)
    for positions in rows.groupby(by, sort=False, dropna=False).indices.values():
        group_numbers, group_none, group_open = parse_numbers(rows[column].iloc[positions], scale)
        numbers[positions] = group_numbers.to_numpy(dtype="object")
        none[positions], unsettled[positions] = group_none.to_numpy(), group_open.to_numpy()
    places = rows[["phase", "source", "row", "criterion", column]].rename(
        columns={"criterion": "field", column: "value"}
    )
    found = [
        make_findings("unreadable_number", places[none], table="marks"),
        make_findings("unreadable_number", places[unsettled], table="marks", case="two_ways"),
    ]
    decimals = pd.Series(numbers, index=rows.index, dtype="str")
    return decimals, pd.Series(none | unsettled, index=rows.index), join_findings(found)
