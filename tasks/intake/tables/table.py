"""DeliveredTable: the table that stands on a delivered sheet, as all readers of exports take it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from tasks.intake.tables.headings import Claim


@dataclass(frozen=True)
class TableColumn:
    """One column of a table: where it stands, its heading as delivered, and what it gives."""

    position: int
    heading: str
    claim: Claim


@dataclass(frozen=True, eq=False)
class DeliveredTable:
    """`body`: text cells, a column a position, its index the sheet's own row numbers (NA for a
    two-column workbook; the column's number where a table runs sideways). `above`: the rows over
    the headings. `aside`: number and first text of each row that was none of the table's. `hidden`:
    as of the sheet, by its rows and columns, which are below 0 where the table runs sideways: none
    of its columns.
    """

    source: str
    name: str
    kind: str
    heading_row: int | None
    columns: tuple[TableColumn, ...]
    body: pd.DataFrame
    above: pd.DataFrame
    aside: tuple[tuple[int, str], ...] = ()
    hidden: Mapping[tuple[int, int], str] = field(default_factory=dict)

    @property
    def fields(self) -> set[str]:
        return {column.claim.field for column in self.columns if column.claim.field}
