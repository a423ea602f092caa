"""Ranks on exact whole numbers: the lists, the order in a list, and the equals of a list.

A list is what `rank_within` makes of the submissions; equals share a rank: 1 2 2 4
(docs/methods/ranking.md). What does not belong here: scores (scores.py), who advances (cut_off.py).
"""

from collections.abc import Sequence

import pandas as pd

from tasks.judging.scores import scores_by_criterion
from tasks.schema import OVERALL_LIST

_LIST_SCORE = ["list", "key0"]


def list_labels(submissions: pd.DataFrame, rank_within: tuple[str, ...]) -> pd.Series:
    """A number for the list of each submission; those without a category (group, type) are a list
    of their own.
    """
    if not rank_within:
        return pd.Series(0, index=submissions.index, dtype="int64")
    return submissions.groupby(list(rank_within), dropna=False).ngroup()


def list_names(submissions: pd.DataFrame, rank_within: tuple[str, ...]) -> pd.Series:
    """The name of the list of each submission: its codes of `rank_within` joined by |, else
    `overall`. A missing code is empty; a name of nothing else is NaN.
    """
    if not rank_within:
        return pd.Series(OVERALL_LIST, index=submissions.index, dtype="str")
    codes = submissions[list(rank_within)].astype("str").fillna("")
    names = codes[rank_within[0]]
    for dimension in rank_within[1:]:
        names = names + "|" + codes[dimension]
    return names.where(names != "")


def ranking_keys(
    units: pd.Series, criteria: pd.DataFrame, tie_break: tuple[str, ...]
) -> pd.DataFrame:
    """What ranks: the score, then the criterion scores of `tie_break`; whole numbers, on the index
    of `units` (ids).

    `criteria`: submission_id, criterion, criterion_units; one row per submission and criterion.
    """
    by_criterion = scores_by_criterion(criteria, tie_break)
    columns = [units, *(by_criterion[code].reindex(units.index) for code in tie_break)]
    return pd.concat(columns, axis=1, keys=range(len(columns))).astype("object")


def rank_rows(keys: pd.DataFrame, lists: pd.Series) -> pd.Series:
    """The rank of each row in its list, the highest key first: Int64 on the index of `keys`.

    `keys`: one column a key, compared in turn; none missing. `lists`: the list of each row.
    """
    ordered = _order_rows(keys, lists)
    if ordered.empty:
        return pd.Series(dtype="Int64").reindex(keys.index)
    differs = (ordered != ordered.shift()).any(axis=1)
    position = ordered.groupby("list").cumcount() + 1
    return position.where(differs).ffill().astype("Int64").reindex(keys.index)


def _order_rows(keys: pd.DataFrame, lists: pd.Series) -> pd.DataFrame:
    """The keys as columns key0, key1 ..., and `list`; list by list, the highest key first."""
    names = [f"key{number}" for number in range(keys.shape[1])]
    rows = keys.set_axis(names, axis=1).astype("object").assign(list=lists)
    ascending = [True, *[False] * len(names)]
    return rows.sort_values(["list", *names], ascending=ascending, kind="stable")


def equal_scores(keys: pd.DataFrame, lists: pd.Series, tie_break: Sequence[str]) -> pd.DataFrame:
    """The rows whose score another row of their list has: rank and broken_by, on their index.

    `keys`: the score, then a column for each code of `tie_break`. `broken_by`: the code that set a
    row's rank apart from the rank of the equals before it; for the first of them, from the rank
    after it; NaN where all of them share one rank.
    """
    ordered = _order_rows(keys, lists).assign(rank=rank_rows(keys, lists))
    equals = ordered[ordered.groupby(_LIST_SCORE)["key0"].transform("size") > 1]
    first_of_rank = equals.drop_duplicates(["list", "rank"])
    codes = _first_difference(first_of_rank, tie_break)
    after = codes.groupby([first_of_rank[name] for name in _LIST_SCORE]).shift(-1)
    apart = first_of_rank[["list", "rank"]].assign(broken_by=codes.fillna(after).astype("str"))
    ranks = equals[["list", "rank"]]
    broken_by = ranks.merge(apart, on=["list", "rank"], how="left", validate="m:1")["broken_by"]
    return ranks[["rank"]].assign(broken_by=broken_by.set_axis(ranks.index))


def _first_difference(rows: pd.DataFrame, tie_break: Sequence[str]) -> pd.Series:
    """The first code of `tie_break` in which a row differs from the row before it with the same
    score in its list; NaN for the first of them.
    """
    before = rows.groupby(_LIST_SCORE).shift()
    code = pd.Series(None, index=rows.index, dtype="object")
    for number, name in enumerate(tie_break, 1):
        key = f"key{number}"
        differs = before["rank"].notna() & (rows[key] != before[key])
        code = code.mask(differs & code.isna(), name)
    return code.astype("str")
