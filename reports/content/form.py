"""A workbook that people fill in, as content: what is given, and what is to be typed in which cell.
formats/fillable.py writes the file.
"""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Scale:
    """A number from `least` to `most`."""

    least: Decimal
    most: Decimal


@dataclass(frozen=True)
class OneOf:
    """One of these words, from a drop-down."""

    options: tuple[str, ...]


@dataclass(frozen=True)
class Blank:
    """A cell to type in, with a `value` to begin with. `check` says what the cell takes, None for
    anything; `prompt` is shown when the cell is chosen.
    """

    check: Scale | OneOf | None = None
    prompt: str = ""
    value: str = ""


@dataclass(frozen=True)
class WeightedMean:
    """The weighted sum of cells of the same row by `divisor`, once all are filled: the columns from
    number `first` on, one per weight.
    """

    first: int
    weights: tuple[Decimal, ...]
    divisor: Decimal
    precision: int


FormCell = str | int | Blank | WeightedMean | None


@dataclass(frozen=True)
class FormColumn:
    """A column: its heading, and its width in characters."""

    heading: str
    width: int


@dataclass(frozen=True)
class FormSheet:
    """One sheet: notes above the headings, rows of cells in the columns' order.

    `signature` stands in the printed footer. `frozen` columns stay in sight. Every cell of a sheet
    that is not `locked` can be changed. A row has room for at least `lines` of text: for a pen,
    where the sheet may be filled in on paper.
    """

    name: str
    title: str
    notes: tuple[str, ...]
    columns: tuple[FormColumn, ...]
    rows: tuple[tuple[FormCell, ...], ...]
    signature: str = ""
    frozen: int = 0
    locked: bool = True
    lines: int = 1


@dataclass(frozen=True)
class FormWorkbook:
    """A workbook, and the paper that it prints on (on its side)."""

    title: str
    sheets: tuple[FormSheet, ...]
    paper: str = "A4"


def trim_zeros(number: Decimal) -> str:
    """A number without zeros at its end: 30 for 30.0."""
    return format(number.normalize(), "f")
