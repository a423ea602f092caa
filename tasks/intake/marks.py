"""Exports of judges' marks -> one row a sheet and criterion, text and typed. Reads the copies it is
given.
"""

from collections.abc import Sequence

import pandas as pd

from tasks import findings, matching
from tasks.competition import Competition, Judging
from tasks.intake import dates, numbers, sheets
from tasks.intake import delivery as shared
from tasks.intake.delivery import Delivered, Delivery
from tasks.intake.headings import key
from tasks.intake.kinds import Table
from tasks.intake.raw import Raw

COLUMNS = (
    "phase",
    "source",
    "row",
    "judge",
    "submission",
    "submitted_at",
    "note",
    "criterion",
    "text",
)
_DTYPES = dict.fromkeys(COLUMNS, "str") | {"row": "Int64"}
# A sheet whose name has nothing but the first words, with or without the second, is nobody's own.
_SUMMARIES = frozenset(
    (
        "rekap",
        "rekapitulasi",
        "summary",
        "total",
        "ringkasan",
        "peringkat",
        "ranking",
        "petunjuk",
        "instructions",
    )
)
_OF_ALL = frozenset(
    (
        "nilai",
        "penilaian",
        "skor",
        "hasil",
        "akhir",
        "final",
        "juri",
        "semua",
        "seluruh",
        "keseluruhan",
        "proposal",
        "inovasi",
        "total",
        "dan",
        "scores",
        "marks",
        "of",
        "all",
        "judges",
        "pengisian",
    )
)


def read(
    raws: Sequence[Raw],
    phase: Judging,
    competition: Competition,
    judges: pd.DataFrame | None = None,
) -> Delivery:
    """The marks of all exports of a phase in order of name and row; every criterion of the phase,
    its cell as text.

    rows: COLUMNS. A sheet without a column of judges is its judge's whose name stands over the
    headings, else the sheet's name. `judges` is the register (judge, aliases): of a workbook whose
    sheets are named after some of its judges, a sheet that is not is no judge's, and not read.
    """
    criteria = {c.code: tuple(c.name.values()) for c in phase.criteria}
    names = sheets.names_of(criteria, competition.forms.scores.get(phase.code, {}))
    delivered, unreadable = shared.tables(
        raws, names, lambda table: _is_sheet(table, set(criteria))
    )
    delivered, strangers = _of_judges(delivered, judges)
    section = f"forms.scores.{phase.code}"
    parts = [
        _with_judge(sheets.long(one, phase.code, list(criteria), "criterion"), one)
        for one in delivered
    ]
    said = [
        sheets.said_of(one, phase.code, "marks", list(criteria), section, _needed(one))
        for one in delivered
    ]
    rows = (
        pd.concat([frame[list(COLUMNS)] for frame in parts], ignore_index=True)
        if parts
        else pd.DataFrame(columns=list(COLUMNS))
    )
    return Delivery(
        rows.astype(_DTYPES),
        shared.exports(
            delivered, [len(part) // max(1, len(criteria)) for part in parts], "marks", phase.code
        ),
        shared.headings(delivered, [_read_as(one.table) for one in delivered]),
        findings.together(
            [
                *(
                    found.assign(phase=phase.code)
                    for found in (unreadable, strangers)
                    if len(found)
                ),
                *said,
            ]
        ),
    )


def _is_sheet(table: Table, criteria: set[str]) -> bool:
    is_summary = _sums_up(key(table.name)) and "judge" not in table.fields
    return bool(table.fields & criteria) and sheets.has_submissions(table) and not is_summary


def _sums_up(name: str) -> bool:
    """Whether a sheet's name says that it is made from all judges' sheets: "Rekap Nilai Akhir", not
    "Rekap Juri 1".
    """
    words = set(name.split())
    return bool(words & _SUMMARIES) and words <= _SUMMARIES | _OF_ALL


def _of_judges(
    delivered: list[Delivered], judges: pd.DataFrame | None
) -> tuple[list[Delivered], pd.DataFrame]:
    """The tables without the sheets that are no judge's, and a finding for each of those."""
    own = [one for one in delivered if "judge" not in one.table.fields]
    if judges is None or judges.empty or not own:
        return delivered, findings.none()
    names = matching.judges(
        pd.Series([sheets.judge_of(one.table) for one in own], dtype="str"), judges
    )
    known = [
        one for one, is_known in zip(own, names.isin(judges["judge"]), strict=True) if is_known
    ]
    files = {one.raw.name for one in known}
    strangers = [one for one in own if one not in known and one.raw.name in files]
    places = pd.DataFrame(
        {
            "source": [one.table.source for one in strangers],
            "sheet": [one.table.name for one in strangers],
        }
    )
    found = findings.of("unreadable_file", places, table="marks", case="not_a_judge")
    return [one for one in delivered if one not in strangers], found


def _needed(one: Delivered) -> list[str]:
    return ["submission"] if sheets.judge_of(one.table) else ["submission", "judge"]


def _with_judge(rows: pd.DataFrame, one: Delivered) -> pd.DataFrame:
    return rows if "judge" in one.table.fields else rows.assign(judge=sheets.judge_of(one.table))


def _read_as(table: Table) -> dict[int, str]:
    return {
        column.position: field
        for field, columns in shared.winners(table).items()
        for column in columns
    }


def typed(rows: pd.DataFrame, competition: Competition) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The same rows, of one phase, with `mark` (exact decimal text, NaN where there is none),
    `unreadable` (a cell that gives no number) and `submitted_at` as time; findings.
    """
    phases = [competition.phase(code) for code in rows["phase"].unique()]
    scale = next((phase.scale for phase in phases if isinstance(phase, Judging)), None)
    mark, unreadable, found = numbers.marks(rows, "text", ["source", "criterion"], scale)
    first = rows.drop_duplicates(["source", "row"])
    times, late = dates.times(
        first, "submitted_at", competition, utc=pd.Series(False, index=first.index)
    )
    by_row = first[["source", "row"]].assign(submitted_at=times)
    moments = rows[["source", "row"]].merge(
        by_row, on=["source", "row"], how="left", validate="m:1"
    )["submitted_at"]
    frame = rows.assign(submitted_at=moments.set_axis(rows.index), mark=mark, unreadable=unreadable)
    return frame, findings.together([found, late.assign(table="marks") if len(late) else late])
