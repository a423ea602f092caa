"""The jury's progress in a judging phase: sheets expected, used, left out and missing, by judge."""

import re
from dataclasses import dataclass

import pandas as pd

from reports.pages.parts import excerpt, lists, phase
from reports.pages.parts.lists import Listing
from reports.pages.parts.phase import Subject

MENDABLE_RULES = (
    "incomplete_sheet",
    "unreadable_number",
    "mark_off_scale",
)  # a sheet left out for these is still owed


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


def jury_progress(about: Subject) -> Jury:
    """The jury's progress in the phase that the page is about."""
    sheets = phase.add_entries(about, about.of_phase("sheets"))
    expected = owed_sheets(sheets)
    counts = count_sheets(sheets, expected)
    sums = [int(counts[c].sum()) for c in SHEET_COUNTS]
    groups = excerpt.cut_groups([""] * len(counts))
    return Jury(
        sums[0],
        sums[1],
        sums[2],
        sums[3],
        lists.listing(
            "by_judge",
            f"judge {' '.join(SHEET_COUNTS)}",
            counts,
            total=(None, *sums),
            groups=groups,
        ),
        _list_owed_titles(expected),
        _list_unused_sheets(about, sheets),
    )


SHEET_COUNTS = ("expected_sheets", "used_sheets", "left_out_sheets", "missing_sheets")


def owed_sheets(sheets: pd.DataFrame) -> pd.DataFrame:
    """judge, submission_id, entry, used: one row a sheet that the judge owes or has given."""
    owed = sheets["sheet_status"].isin(("used", "missing")) | sheets["reason"].isin(MENDABLE_RULES)
    pairs = (
        sheets[owed]
        .assign(used=lambda f: f["sheet_status"] == "used")
        .sort_values("used", kind="stable")
    )
    return pairs.drop_duplicates(["judge", "submission_id"], keep="last").sort_index()


def count_sheets(sheets: pd.DataFrame, expected: pd.DataFrame) -> pd.DataFrame:
    """A row a judge: sheets expected, used, left out, missing; `expected` as owed_sheets gives
    it.
    """
    judges = sorted(sheets["judge"].dropna().unique(), key=natural_key)
    left_out = sheets.loc[sheets["sheet_status"] == "left_out", "judge"].value_counts()
    of = expected.groupby("judge")["used"].agg(["size", "sum"]).reindex(judges, fill_value=0)
    return pd.DataFrame(
        {
            "judge": pd.Series(judges, dtype="str"),
            "expected_sheets": of["size"].to_numpy(),
            "used_sheets": of["sum"].to_numpy(),
            "left_out_sheets": left_out.reindex(judges, fill_value=0).to_numpy(),
            "missing_sheets": (of["size"] - of["sum"]).to_numpy(),
        }
    )


def _list_owed_titles(expected: pd.DataFrame) -> Listing:
    """By judge, the titles for which no usable sheet has come."""
    missing = expected[~expected["used"]]
    judges = sorted(missing["judge"].unique(), key=natural_key)
    titles = [tuple(e.title for e in missing.loc[missing["judge"] == j, "entry"]) for j in judges]
    told = pd.DataFrame(
        {
            "judge": pd.Series(judges, dtype="str"),
            "missing_titles": pd.Series(titles, dtype="object"),
        }
    )
    return lists.listing(
        "owed", "judge missing_titles", told, groups=excerpt.cut_groups(judges, len(missing))
    )


def _list_unused_sheets(about: Subject, sheets: pd.DataFrame) -> Listing:
    """The sheets that came and are left out, each with the rule that says why."""
    words = about.edition.words
    left = sheets[sheets["sheet_status"] == "left_out"].reset_index(drop=True)
    why = (
        left["reason"].map(lambda r: words.say(f"rule.{r}.name"), na_action="ignore").astype("str")
    )
    told = left.assign(
        why=why, where=phase.place_texts(about, left), order=left["judge"].map(natural_key)
    )
    columns = (lists.column("judge", width=18), *map(lists.column, ("entry", "why", "where")))
    ordered = told.sort_values("order", kind="stable").reset_index(drop=True)
    return lists.listing("unused", columns, ordered, groups=excerpt.cut_groups(ordered["reason"]))


def natural_key(name: str) -> tuple[tuple[int, str], ...]:
    """A key that orders Juri 2 before Juri 10."""
    return tuple(
        (int(part), "") if part.isdecimal() else (0, part.casefold())
        for part in re.findall(r"\d+|\D+", name)
    )


def signers(about: Subject) -> tuple[str, ...]:
    """The judges who marked in the phase, of the table judges, in their names' order."""
    rows = about.of_phase("judges")
    return tuple(sorted(rows.loc[rows["sheets"].fillna(0) > 0, "judge"], key=natural_key))
