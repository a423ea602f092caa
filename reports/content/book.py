"""A workbook to read, as content: sheets, typed columns, rows. formats/workbook.py writes the
file.
"""

from dataclasses import dataclass
from typing import Any, Literal

CellKind = Literal["text", "code", "integer", "decimal", "percent", "date", "time"]


@dataclass(frozen=True)
class BookColumn:
    """A column. `kind` says how its cells are held and shown, `places` how many decimals a decimal
    shows; `width` is in characters.
    """

    heading: str
    kind: CellKind = "text"
    width: int = 18
    places: int = 2

    @property
    def is_right(self) -> bool:
        """Whether its cells stand at the right: numbers and times."""
        return self.kind not in ("text", "code")

    @property
    def wide(self) -> int:
        """Its width, or more where a word of the heading would not fit next to the filter's
        arrow.
        """
        longest = max(map(len, self.heading.split()), default=0)
        arrow = 5 if self.is_right else 3
        return max(self.width, longest + arrow)


@dataclass(frozen=True)
class BookSheet:
    """One sheet: a title, columns, rows of cells in the columns' order; None is an empty cell."""

    name: str
    title: str
    columns: tuple[BookColumn, ...]
    rows: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True)
class Book:
    """A workbook. `code` stands in the printed footer of every sheet, `draft` in the header."""

    title: str
    grids: tuple[BookSheet, ...]
    paper: str = "A4"
    code: str = ""
    draft: str = ""
