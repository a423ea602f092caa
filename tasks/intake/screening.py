"""Exports of the administrative check -> one row a delivered row and requirement, text and typed.
Reads the copies it is given.
"""

from collections.abc import Sequence

import pandas as pd

from tasks import findings
from tasks.competition import Competition, Screening
from tasks.intake import answers, dates, sheets
from tasks.intake import delivery as shared
from tasks.intake.delivery import Delivery
from tasks.intake.kinds import Table
from tasks.intake.raw import Raw

COLUMNS = ("phase", "source", "row", "submission", "submitted_at", "note", "requirement", "text")
_DTYPES = dict.fromkeys(COLUMNS, "str") | {"row": "Int64"}


def read(raws: Sequence[Raw], phase: Screening, competition: Competition) -> Delivery:
    """The answers of all exports of a phase in order of name and row; every requirement, its cell
    as text. rows: COLUMNS.
    """
    requirements = {r.code: tuple(r.name.values()) for r in phase.requirements}
    names = sheets.names_of(requirements, competition.forms.screening.get(phase.code, {}))
    delivered, unreadable = shared.tables(
        raws, names, lambda table: _is_check(table, set(requirements))
    )
    section = f"forms.screening.{phase.code}"
    parts = [
        sheets.long(one, phase.code, list(requirements), "requirement")[list(COLUMNS)]
        for one in delivered
    ]
    said = [
        sheets.said_of(one, phase.code, "screening", list(requirements), section, ["submission"])
        for one in delivered
    ]
    rows = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(COLUMNS))
    read_as = [
        {c.position: f for f, columns in shared.winners(one.table).items() for c in columns}
        for one in delivered
    ]
    return Delivery(
        rows.astype(_DTYPES),
        shared.exports(
            delivered,
            [len(part) // max(1, len(requirements)) for part in parts],
            "screening",
            phase.code,
        ),
        shared.headings(delivered, read_as),
        findings.together(
            [unreadable.assign(phase=phase.code) if len(unreadable) else unreadable, *said]
        ),
    )


def _is_check(table: Table, requirements: set[str]) -> bool:
    return bool(table.fields & requirements) and sheets.has_submissions(table)


def typed(rows: pd.DataFrame, competition: Competition) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The same rows with `answer` (boolean, NA where empty or unclear) and `submitted_at` as time;
    findings.
    """
    first = rows.drop_duplicates(["source", "row"])
    times, found = dates.times(
        first, "submitted_at", competition, utc=pd.Series(False, index=first.index)
    )
    by_row = first[["source", "row"]].assign(submitted_at=times)
    moments = rows[["source", "row"]].merge(
        by_row, on=["source", "row"], how="left", validate="m:1"
    )["submitted_at"]
    said = answers.read(rows["text"], rows["source"])
    frame = rows.assign(submitted_at=moments.set_axis(rows.index), answer=said)
    return frame, found.assign(table="screening") if len(found) else found
