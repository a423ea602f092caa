"""Judges' sheets of one judging phase: which are used, which are left out and why.

A sheet is one judge's marks for one submission: the rows of one place (source, row) in the typed
frame of marks. What does not belong here: findings on single marks (off the scale: validation.py;
unreadable: intake), matching judges and submissions (tasks/phases/evidence.py), scores (scores.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import pandas as pd

from tasks.findings.catalogue import FindingSeverity
from tasks.findings.frame import join_findings, make_findings
from tasks.rules.competition import JudgingPhase

LEFT_OUT_REASONS = (  # the first that holds is the sheet's reason
    "not_in_phase",
    "conflict_of_interest",
    "incomplete_sheet",
    "unreadable_number",
    "mark_off_scale",
    "repeated_sheet",
)


@dataclass(frozen=True, eq=False)
class CheckedSheets:
    """What became of the sheets that were delivered for one phase.

    sheets: one row per sheet: sheet (its label), source, row, judge, submission_id, submitted_at,
    used (boolean), reason. cells: one row per sheet and criterion: sheet, criterion, text, mark;
    where nothing was written both are NaN. findings: incomplete_sheet, not_in_phase,
    conflict_of_interest, repeated_sheet.
    """

    sheets: pd.DataFrame
    cells: pd.DataFrame
    findings: pd.DataFrame


@dataclass(frozen=True)
class SheetWording:
    """What findings on sheets need: names of criteria by code, and how severe a conflict is whose
    sheet is used all the same.
    """

    names: Mapping[str, str]
    flagged: FindingSeverity

    def list_of(self, codes: pd.Series) -> str:
        """The names of these criteria, divided by commas."""
        return ", ".join(self.names[code] for code in codes)


def is_off_scale(marks: pd.DataFrame, phase: JudgingPhase) -> pd.Series:
    """Whether each mark is below or above its criterion's scale, whose ends are on it; a missing
    mark is not (boolean).

    `marks`: criterion, mark (exact decimal text); one row per mark.
    """
    off = pd.Series(False, index=marks.index)
    for criterion in phase.criteria:
        is_own = marks["criterion"] == criterion.code
        scale = phase.criterion_scale(criterion)
        texts = marks.loc[is_own, "mark"].dropna().unique()
        off_texts = [text for text in texts if not _is_on_scale(Decimal(text), scale)]
        off |= is_own & marks["mark"].isin(off_texts)
    return off.astype("boolean")


def _is_on_scale(mark: Decimal, scale: tuple[Decimal, Decimal]) -> bool:
    return mark.is_finite() and scale[0] <= mark <= scale[1]


def delivered_sheets(typed: pd.DataFrame) -> pd.DataFrame:
    """The rows of sheets on which something is written, with `sheet`, a label of the sheet.

    `typed`: typed marks of a phase, one row per sheet and criterion.
    """
    sheet = typed.groupby(["source", "row"], sort=False, dropna=False).ngroup()
    written = typed["text"].notna().groupby(sheet).transform("any")
    return typed.assign(sheet=sheet)[written]


def count_delivered_sheets(typed: pd.DataFrame) -> int:
    """How many sheets were delivered."""
    return int(delivered_sheets(typed)["sheet"].nunique())


def check_sheets(
    typed: pd.DataFrame,
    phase: JudgingPhase,
    submissions: pd.DataFrame,
    barred: pd.DataFrame,
    words: SheetWording,
) -> CheckedSheets:
    """What became of the sheets: which are used, and why the others are not.

    `typed`: typed marks of the phase, with submission_id and judge matched. `submissions`:
    submission_id, title, agency_code and in_phase (boolean) of every submission that a sheet can be
    about. `barred`: as conflicts.conflict_pairs gives it. `words`: what the findings need.
    """
    written = delivered_sheets(typed)
    sheets = written.drop_duplicates("sheet")[
        ["sheet", "source", "row", "judge", "submission_id", "submitted_at"]
    ]
    known = submissions[["submission_id", "title", "agency_code", "in_phase"]]
    sheets = sheets.merge(known, on="submission_id", how="left", validate="m:1")
    sheets = sheets.merge(barred, on=["judge", "agency_code"], how="left", validate="m:1")
    cells = _mark_cells(sheets, written, phase)
    sheets = _add_replacements(_add_defects(sheets, cells))
    sheets["reason"] = _left_out_reasons(sheets)
    sheets["used"] = sheets["reason"].isna().astype("boolean")
    findings = _sheet_findings(sheets, cells, phase, words)
    columns = ["sheet", "source", "row", "judge", "submission_id", "submitted_at", "used", "reason"]
    return CheckedSheets(sheets[columns], cells[["sheet", "criterion", "text", "mark"]], findings)


def _mark_cells(sheets: pd.DataFrame, written: pd.DataFrame, phase: JudgingPhase) -> pd.DataFrame:
    """The cells of every sheet and criterion, in the order of both, also where nothing is
    written: sheet, criterion, text, mark, unreadable, off (boolean).
    """
    criteria = pd.DataFrame({"criterion": [c.code for c in phase.criteria]}, dtype="str")
    grid = sheets[["sheet"]].merge(criteria, how="cross")
    marks = written[["sheet", "criterion", "text", "mark", "unreadable"]]
    cells = grid.merge(marks, on=["sheet", "criterion"], how="left", validate="1:1")
    cells["off"] = is_off_scale(cells, phase)
    return cells.assign(unreadable=cells["unreadable"].astype("boolean").fillna(False))


def _add_defects(sheets: pd.DataFrame, cells: pd.DataFrame) -> pd.DataFrame:
    """The sheets with what is wrong with each: not_in_phase, conflict, incomplete, unreadable, off
    (bool).
    """
    cells = cells.assign(empty=cells["text"].isna())
    by_sheet = cells.groupby("sheet")[["empty", "unreadable", "off"]].any()
    defects = by_sheet.reindex(sheets["sheet"]).set_axis(sheets.index).astype("bool")
    in_phase, leaves_out = (
        sheets[name].astype("boolean").fillna(False).astype("bool")
        for name in ("in_phase", "leaves_out")
    )
    return sheets.assign(
        not_in_phase=~in_phase,
        flagged=sheets["leaves_out"].notna(),
        conflict=leaves_out,
        incomplete=defects["empty"],
        unreadable=defects["unreadable"],
        off=defects["off"],
    )


def _add_replacements(sheets: pd.DataFrame) -> pd.DataFrame:
    """The sheets with `replaced` (bool: a later complete sheet of the same judge for the submission
    takes its place), and label and place of that one: later, later_source, later_row.

    In order of time where all of the judge's sheets for the submission have a time, else of export
    name and row.
    """
    pair = [sheets["judge"], sheets["submission_id"]]
    timed = sheets["submitted_at"].notna().groupby(pair).transform("all")
    ordered = sheets.assign(when=sheets["submitted_at"].where(timed)).sort_values(
        ["when", "source", "row"], kind="stable", na_position="first"
    )
    position = (
        ordered.groupby(["judge", "submission_id"], sort=False).cumcount().reindex(sheets.index)
    )
    complete = ~(sheets["incomplete"] | sheets["unreadable"] | sheets["off"])
    last = position.where(complete).groupby(pair).transform("max")
    later = sheets.loc[
        complete & (position == last), ["judge", "submission_id", "sheet", "source", "row"]
    ]
    later = later.rename(columns={"sheet": "later", "source": "later_source", "row": "later_row"})
    is_out = sheets["not_in_phase"] | sheets["conflict"]
    with_later = sheets.merge(later, on=["judge", "submission_id"], how="left", validate="m:1")
    return with_later.assign(replaced=(position < last).to_numpy() & ~is_out.to_numpy())


def _left_out_reasons(sheets: pd.DataFrame) -> pd.Series:
    """The first reason for which each sheet is left out; NaN for one that is used."""
    defects = [
        sheets[name].to_numpy()
        for name in ("not_in_phase", "conflict", "incomplete", "unreadable", "off", "replaced")
    ]
    chosen = np.select(defects, list(LEFT_OUT_REASONS), default="")
    return pd.Series(chosen, index=sheets.index, dtype="str").replace("", np.nan)


def _sheet_findings(
    sheets: pd.DataFrame, cells: pd.DataFrame, phase: JudgingPhase, words: SheetWording
) -> pd.DataFrame:
    """The findings on sheets that are left out or flagged: not_in_phase, conflict_of_interest,
    incomplete_sheet, repeated_sheet.
    """
    place = ["source", "row", "submission_id", "judge", "title"]
    cell = {"table": "marks", "phase": phase.code}
    strangers = sheets.loc[sheets["reason"] == "not_in_phase", place]
    replaced = sheets.loc[sheets["replaced"], [*place, "later_source", "later_row"]]
    incomplete = sheets[sheets["reason"] == "incomplete_sheet"]
    empty = cells[cells["text"].isna()].groupby("sheet")["criterion"]
    incomplete = incomplete[place].assign(
        field=incomplete["sheet"].map(empty.agg("|".join)),
        criteria=incomplete["sheet"].map(empty.agg(words.list_of)),
    )
    return join_findings(
        [
            make_findings("not_in_phase", strangers, **cell, case="sheet"),
            _conflict_findings(sheets, place, cell, words.flagged),
            make_findings("incomplete_sheet", incomplete, **cell, case="marks"),
            make_findings("repeated_sheet", replaced, **cell),
        ]
    )


def _conflict_findings(
    sheets: pd.DataFrame, place: list[str], cell: dict[str, str], flagged: FindingSeverity
) -> pd.DataFrame:
    """conflict_of_interest for each sheet with a conflict: as severe as the rule says where the
    sheet is left out, as severe as `flagged` where it is used (own_agency = "flag").
    """
    left_out = sheets.loc[sheets["reason"] == "conflict_of_interest", place]
    used = sheets.loc[sheets["flagged"] & ~sheets["conflict"] & ~sheets["not_in_phase"], place]
    return join_findings(
        [
            make_findings("conflict_of_interest", left_out, **cell, case="left_out"),
            make_findings("conflict_of_interest", used, **cell, case="flagged", severity=flagged),
        ]
    )
