"""Findings on the headings of a table: headings that give nothing, fields that no heading gives,
fields that several give. Each names the line for competition.toml that would settle it.
"""

from collections.abc import Collection, Mapping, Sequence

import pandas as pd

from tasks.findings.frame import make_findings, no_findings
from tasks.findings.wording import quote_texts
from tasks.intake.cells.heading_keys import heading_key
from tasks.intake.delivery import InboxPlace
from tasks.intake.given_fields import first_filled_cells
from tasks.intake.tables.headings import OVERRIDE, SENDER
from tasks.intake.tables.table import DeliveredTable, TableColumn
from tasks.rules.lines import toml_line


def unknown_column_findings(
    table: DeliveredTable, used: Collection[int], place: InboxPlace
) -> pd.DataFrame:
    """A finding `unknown_column` a heading that gives nothing; `used`: positions that give a field.

    What a service adds by itself is no heading to ask about. A column without a heading is named
    by its letter.
    """
    asked = [column for column in table.columns if _is_worth_asking(column, table, used)]
    if not asked:
        return no_findings()
    places = pd.DataFrame(
        {
            "field": [column.heading or column_letters(column.position) for column in asked],
            "case": [_unknown_column_case(column) for column in asked],
            "claims": [column.claim.field or "" for column in asked],
        }
    )
    # LimeSurvey repeats a heading for each part of a question.
    return make_findings("unknown_column", places.drop_duplicates(), **_heading_place(table, place))


def _is_worth_asking(column: TableColumn, table: DeliveredTable, used: Collection[int]) -> bool:
    """Whether a column gives nothing and has something in it, or a field that another gives."""
    is_known = column.position in used or column.claim.field == ""
    if is_known or column.claim.strength == SENDER:
        return False
    if column.claim.field:
        return True
    position = column.position
    return position in table.body and bool(table.body[position].notna().any())


def _unknown_column_case(column: TableColumn) -> str:
    if not column.heading:
        return "unheaded"
    return "claimed" if column.claim.field else ""


def _heading_place(table: DeliveredTable, place: InboxPlace) -> dict[str, object]:
    return {
        "table": place.table,
        "phase": place.phase,
        "source": table.source,
        "row": table.heading_row,
        "section": place.section,
    }


def column_letters(position: int) -> str:
    """The letters by which a spreadsheet calls a column: A, B, ..., Z, AA, ..."""
    letters = ""
    number = position + 1
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def missing_field_findings(
    table: DeliveredTable, fields: Sequence[str], place: InboxPlace
) -> pd.DataFrame:
    """A finding `missing_required` for each of these fields, which no heading gives, with the
    headings that give nothing.
    """
    loose = [c.heading for c in table.columns if c.heading and c.claim.field is None]
    lines = [toml_line("…", field) for field in fields]
    return make_findings(
        "missing_required",
        pd.DataFrame({"field": list(fields), "line": lines}),
        case="no_heading" if loose else "no_heading_left",
        headings=quote_texts(loose),
        **_heading_place(table, place),
    )


def double_claim_findings(
    table: DeliveredTable, given: Mapping[str, Sequence[TableColumn]], place: InboxPlace
) -> pd.DataFrame:
    """A finding a field that several headings give with different answers in one row; the first of
    them is taken. `given`: the columns by field.

    Forms with a part for each kind of entrant repeat a question, and each row answers it once: no
    finding. The line for competition.toml is that of the heading that is taken. Where the line
    cannot tell the headings apart, the case names another remedy.
    """
    doubles = [
        {
            "field": columns[1].heading,
            "gives": field,
            "headings": quote_texts(column.heading for column in columns),
            "line": toml_line(columns[0].heading, field),
            "case": _double_claim_case(columns),
        }
        for field, columns in given.items()
        if len(columns) > 1 and _cells_differ(table.body, columns)
    ]
    return make_findings("unknown_column", pd.DataFrame(doubles), **_heading_place(table, place))


def _double_claim_case(columns: Sequence[TableColumn]) -> str:
    """How two headings come to give one field: both written alike, both named in the settings, or
    neither.
    """
    if len({heading_key(column.heading) for column in columns}) < len(columns):
        return "same_headings"
    return "two_settings" if columns[0].claim.strength == OVERRIDE else "two_headings"


def _cells_differ(body: pd.DataFrame, columns: Sequence[TableColumn]) -> bool:
    taken = first_filled_cells(body, columns)
    others = (body[column.position] for column in columns)
    return any(bool((cells.notna() & (cells != taken)).any()) for cells in others)
