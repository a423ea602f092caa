"""What all readers of exports give back, and what they share: tables of files, who gives which
field, what is said of it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from tasks.findings.frame import join_findings, make_finding, make_findings, no_findings
from tasks.intake.cells.heading_keys import heading_key
from tasks.intake.files import reader
from tasks.intake.raw import Raw
from tasks.intake.services.registry import REPEATED_GROUP
from tasks.intake.tables import rows_left_out
from tasks.intake.tables.headings import OVERRIDE, SENDER, HeadingNames
from tasks.intake.tables.sheet_tables import find_table
from tasks.intake.tables.table import DeliveredTable, TableColumn
from tasks.rules.lines import toml_line

EXPORT_COLUMNS = [
    "source",
    "export_name",
    "export_sha256",
    "table",
    "phase",
    "kind",
    "heading_row",
    "delivered",
    "stale_since",
    "invisible",
    "invisible_at",
]
HEADING_COLUMNS = ["source", "heading", "read_as"]
_MOST_QUOTED = 12  # headings named in one sentence
_MOST_HIDDEN_PLACES = 5  # cells with characters that are not shown of which the place is told


@dataclass(frozen=True, eq=False)
class Delivery:
    """`rows`: as docs/architecture.md says for each kind of export, cells still text; `exports` and
    `headings` as the tables of those names in schema.py; `findings`.
    """

    rows: pd.DataFrame
    exports: pd.DataFrame
    headings: pd.DataFrame
    findings: pd.DataFrame


@dataclass(frozen=True, eq=False)
class ExportTable:
    """One table of a delivered file."""

    raw: Raw
    table: DeliveredTable


def read_export_tables(
    raws: Iterable[Raw], names: HeadingNames, is_one: Callable[[DeliveredTable], bool]
) -> tuple[list[ExportTable], pd.DataFrame]:
    """The tables of the files, in order of name, that are what is looked for; findings for files
    that have none.
    """
    delivered, found = [], []
    for raw in sorted(raws, key=lambda raw: raw.name):
        sheets, unreadable = reader.read_grids(raw)
        of_file = [rows_left_out.leave_out_rows(find_table(sheet, names)) for sheet in sheets]
        own = [table for table in of_file if table.kind != REPEATED_GROUP]
        mine = [table for table in own if is_one(table)]
        delivered += [
            ExportTable(raw, table) for table in mine if not rows_left_out.is_example_table(table)
        ]
        found += [unreadable, *map(rows_left_out.left_out_rows_finding, mine)]
        if own and not mine:
            found.append(_no_headings_finding(raw, max(own, key=lambda table: table.body.size)))
    return delivered, join_findings(found)


def _no_headings_finding(raw: Raw, table: DeliveredTable) -> pd.DataFrame:
    shown = quote_texts(column.heading for column in table.columns if column.heading)
    return make_finding(
        "unreadable_file", table="exports", source=raw.name, case="no_headings", headings=shown
    )


def unreadable_exports_finding(
    raws: Sequence[Raw], delivered: Sequence[ExportTable], table: str
) -> pd.DataFrame:
    """The critical finding `no_readable_export` where there are exports and none of them can be
    read.
    """
    exports = [raw.name for raw in raws if not reader.is_clutter_file(raw.name)]
    if not exports or delivered:
        return no_findings()
    return make_finding(
        "no_readable_export", table=table, count=len(exports), files=quote_texts(sorted(exports))
    )


def quote_texts(texts: Iterable[str]) -> str:
    """Texts as a sentence shows them: in quotes, the first of many."""
    every = [" ".join(text.split()) for text in texts]
    shown = [f'"{text[:80]}…"' if len(text) > 80 else f'"{text}"' for text in every[:_MOST_QUOTED]]
    return ", ".join(shown) + (" …" if len(every) > _MOST_QUOTED else "")


def exports_frame(
    delivered: Sequence[ExportTable], counts: Sequence[int], table: str, phase: str | None
) -> pd.DataFrame:
    """One row a table that was read, as schema table exports."""
    rows = [
        (
            *(
                one.table.source,
                one.raw.name,
                one.raw.sha256,
                table,
                phase,
                one.table.kind,
                one.table.heading_row,
            ),
            count,
            one.raw.stale.since if one.raw.stale else None,
            *(len(one.table.hidden), _hidden_places(one.table)),
        )
        for one, count in zip(delivered, counts, strict=True)
    ]
    numbers = ("heading_row", "delivered", "invisible")
    columns = zip(*rows, strict=True) if rows else [()] * len(EXPORT_COLUMNS)
    return pd.DataFrame(
        {
            name: pd.array(list(values), dtype="Int64" if name in numbers else "str")
            for name, values in zip(EXPORT_COLUMNS, columns, strict=True)
        }
    )


def _hidden_places(table: DeliveredTable) -> str | None:
    """The first cells that characters which are not shown were taken out of: row and heading,
    joined by |.
    """
    names = {
        column.position: " ".join(column.heading.replace("|", "/").split())[:40]
        for column in table.columns
    }
    first = sorted(table.hidden)[:_MOST_HIDDEN_PLACES]
    return "|".join(f"{row} {names.get(at, '')}".strip() for row, at in first) or None


def headings_frame(
    delivered: Sequence[ExportTable], read_as: Sequence[dict[int, str]]
) -> pd.DataFrame:
    """One row a heading of a table that was read; `read_as` is NaN where it gives no field."""
    rows = [
        (one.table.source, column.heading, fields.get(column.position) or None)
        for one, fields in zip(delivered, read_as, strict=True)
        for column in one.table.columns
        if column.heading
    ]
    return pd.DataFrame(rows, columns=HEADING_COLUMNS).astype("str")


def columns_by_field(table: DeliveredTable) -> dict[str, list[TableColumn]]:
    """For each field that a heading gives, the columns with the surest claim to it, in order."""
    claims: dict[str, list[TableColumn]] = {}
    for column in table.columns:
        if column.claim.field:
            claims.setdefault(column.claim.field, []).append(column)
    return {
        field: [c for c in columns if c.claim.strength == max(c.claim.strength for c in columns)]
        for field, columns in claims.items()
    }


def unknown_column_findings(
    one: ExportTable, table: str, phase: str | None, used: set[int], section: str
) -> pd.DataFrame:
    """A finding `unknown_column` a heading that gives nothing, with the line for competition.toml
    that would settle it.

    What a service adds by itself is no heading to ask about; a column without a heading is told by
    its letter.
    """
    lost = [
        c
        for c in one.table.columns
        if c.position not in used and c.claim.field != "" and c.claim.strength != SENDER
    ]
    filled = [
        c
        for c in lost
        if c.claim.field
        or (c.position in one.table.body and one.table.body[c.position].notna().any())
    ]
    said = [
        (c.heading or column_letters(c.position), _unknown_column_case(c), c.claim.field or "")
        for c in filled
    ]
    if not said:
        return no_findings()
    # LimeSurvey repeats a heading for each part of a question
    places = pd.DataFrame(said, columns=["field", "case", "claims"]).drop_duplicates()
    row = one.table.heading_row
    return make_findings(
        "unknown_column",
        places,
        table=table,
        phase=phase,
        source=one.table.source,
        row=row,
        section=section,
    )


def _unknown_column_case(column: TableColumn) -> str:
    return (
        ""
        if column.heading and not column.claim.field
        else "claimed"
        if column.heading
        else "unheaded"
    )


def column_letters(position: int) -> str:
    """The letters by which a spreadsheet calls a column: A, B, ..., Z, AA, ..."""
    name = ""
    number = position + 1
    while number:
        number, letter = divmod(number - 1, 26)
        name = chr(65 + letter) + name
    return name


def first_filled_cells(body: pd.DataFrame, columns: Sequence[TableColumn]) -> pd.Series:
    """Of the cells of these columns, in each row the first that is filled; all NaN where there is
    no column.
    """
    if not columns:
        return pd.Series(np.nan, index=body.index, dtype="str")
    filled = body[columns[0].position]
    for column in columns[1:]:
        filled = filled.where(filled.notna(), body[column.position])
    return filled


def double_claim_findings(
    one: ExportTable,
    given: Mapping[str, Sequence[TableColumn]],
    table: str,
    phase: str | None,
    section: str,
) -> pd.DataFrame:
    """A finding a field that several headings give with different answers in one row; the first of
    them was taken.

    Forms with a part for each kind of entrant repeat a question, and each row answers it once: no
    finding. The line for competition.toml is that of the heading that was taken; where it cannot
    tell them apart, another remedy is said.
    """
    body = one.table.body
    twice = {
        field: columns
        for field, columns in given.items()
        if len(columns) > 1 and _cells_differ(body, columns)
    }
    places = pd.DataFrame(
        [
            {
                "field": columns[1].heading,
                "gives": field,
                "headings": quote_texts(column.heading for column in columns),
                "line": toml_line(columns[0].heading, field),
                "case": _double_claim_case(columns),
            }
            for field, columns in twice.items()
        ]
    )
    row, source = one.table.heading_row, one.table.source
    return make_findings(
        "unknown_column", places, table=table, phase=phase, source=source, row=row, section=section
    )


def _double_claim_case(columns: Sequence[TableColumn]) -> str:
    """How two headings come to give one field: both written alike, both named in the settings, or
    else.
    """
    if len({heading_key(column.heading) for column in columns}) < len(columns):
        return "same_headings"
    return "two_settings" if columns[0].claim.strength == OVERRIDE else "two_headings"


def _cells_differ(body: pd.DataFrame, columns: Sequence[TableColumn]) -> bool:
    taken = first_filled_cells(body, columns)
    others = (body[column.position] for column in columns)
    return any(bool((cells.notna() & (cells != taken)).any()) for cells in others)
