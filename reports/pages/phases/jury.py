"""The jury's progress in a judging phase: sheets expected, used, left out and missing, by judge."""

import re
from dataclasses import dataclass

import pandas as pd

from reports.pages.parts import excerpt, lists
from reports.pages.parts.lists import Listing
from reports.pages.parts.phase_listings import place_texts
from reports.pages.parts.subject import Subject, add_entries

# A sheet that was left out for a finding of these rules is still owed.
MENDABLE_RULES = ("incomplete_sheet", "unreadable_number", "mark_off_scale")
SHEET_COUNTS = ("expected_sheets", "used_sheets", "left_out_sheets", "missing_sheets")


@dataclass(frozen=True)
class Jury:
    """What the jury has done. expected = used + missing; a sheet left out that is still owed counts
    as missing.
    """

    expected: int
    used: int
    left_out: int
    missing: int
    by_judge: Listing
    owed: Listing
    unused: Listing


def jury_progress(subject: Subject) -> Jury:
    """The jury's progress in the phase that the page is about."""
    sheets = add_entries(subject, subject.of_phase("sheets"))
    owed = owed_sheets(sheets)
    counts = count_sheets(sheets, owed)
    expected, used, left_out, missing = (int(counts[column].sum()) for column in SHEET_COUNTS)
    by_judge = lists.listing(
        "by_judge",
        " ".join(("judge", *SHEET_COUNTS)),
        counts,
        total=(None, expected, used, left_out, missing),
        groups=excerpt.cut_groups([""] * len(counts)),
    )
    return Jury(
        expected=expected,
        used=used,
        left_out=left_out,
        missing=missing,
        by_judge=by_judge,
        owed=_list_owed_titles(owed),
        unused=_list_unused_sheets(subject, sheets),
    )


def owed_sheets(sheets: pd.DataFrame) -> pd.DataFrame:
    """The sheets with `used` (bool): one row per judge and submission for which the judge owes or
    has given a sheet.
    """
    is_used = sheets["sheet_status"] == "used"
    is_missing = sheets["sheet_status"] == "missing"
    is_owed = is_used | is_missing | sheets["reason"].isin(MENDABLE_RULES)
    owed = sheets.assign(used=is_used)[is_owed].sort_values("used", kind="stable")
    return owed.drop_duplicates(["judge", "submission_id"], keep="last").sort_index()


def count_sheets(sheets: pd.DataFrame, owed: pd.DataFrame) -> pd.DataFrame:
    """judge, expected_sheets, used_sheets, left_out_sheets, missing_sheets: one row per judge;
    `owed` as owed_sheets gives it.
    """
    names = sheets["judge"].dropna().unique()
    judges = pd.Series(sorted(names, key=natural_key), dtype="str")
    left_out = sheets[sheets["sheet_status"] == "left_out"]
    expected = _count_by_judge(owed, judges)
    used = _count_by_judge(owed[owed["used"]], judges)
    counts = (expected, used, _count_by_judge(left_out, judges), expected - used)
    columns = dict(zip(SHEET_COUNTS, counts, strict=True))
    return pd.DataFrame({"judge": judges, **columns})


def _count_by_judge(sheets: pd.DataFrame, judges: pd.Series) -> pd.Series:
    """How many of the sheets each of the judges has, on the index of `judges`."""
    return judges.map(sheets["judge"].value_counts()).fillna(0).astype("int64")


def _list_owed_titles(owed: pd.DataFrame) -> Listing:
    """By judge, the titles for which no usable sheet has come."""
    missing = owed[~owed["used"]]
    titles: dict[str, list[str]] = {}
    for judge, entry in zip(missing["judge"], missing["entry"], strict=True):
        titles.setdefault(judge, []).append(entry.title)
    judges = sorted(titles, key=natural_key)
    by_judge = pd.DataFrame({"judge": pd.Series(judges, dtype="str")})
    title_cells = (tuple(titles[judge]) for judge in judges)
    by_judge["missing_titles"] = lists.cell_series(title_cells, by_judge)
    groups = excerpt.cut_groups(judges, len(missing))
    return lists.listing("owed", "judge missing_titles", by_judge, groups=groups)


def _list_unused_sheets(subject: Subject, sheets: pd.DataFrame) -> Listing:
    """The sheets that came and are left out, each with the rule that says why, in the judges'
    order.
    """
    say = subject.edition.words.say
    left_out = _sort_by_judge(sheets[sheets["sheet_status"] == "left_out"])
    why = left_out["reason"].map(lambda rule: say(f"rule.{rule}.name"), na_action="ignore")
    shown = left_out.assign(why=why.astype("str"), where=place_texts(subject, left_out))
    columns = [lists.column("judge", width=18)]
    columns += map(lists.column, ("entry", "why", "where"))
    groups = excerpt.cut_groups(shown["reason"])
    return lists.listing("unused", columns, shown, groups=groups)


def _sort_by_judge(sheets: pd.DataFrame) -> pd.DataFrame:
    """The sheets in the judges' order, those of one judge as they came."""
    order = sheets["judge"].map(natural_key).sort_values(kind="stable").index
    return sheets.loc[order].reset_index(drop=True)


def natural_key(name: str) -> tuple[tuple[int, str], ...]:
    """A key that orders Juri 2 before Juri 10."""
    return tuple(
        (int(part), "") if part.isdecimal() else (0, part.casefold())
        for part in re.findall(r"\d+|\D+", name)
    )


def signers(subject: Subject) -> tuple[str, ...]:
    """The judges who marked in the phase, by the table judges, in the order of their names."""
    judges = subject.of_phase("judges")
    has_marked = judges["sheets"].fillna(0) > 0
    return tuple(sorted(judges.loc[has_marked, "judge"], key=natural_key))
