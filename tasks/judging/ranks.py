"""Ranks and who advances, on exact whole numbers. Computes; touches nothing.

A list is what `rank_within` makes of the submissions; equals share a rank: 1 2 2 4. A cut-off never
draws lots (docs/methods/ranking.md, advancing.md).
"""

from decimal import Decimal
from fractions import Fraction
from math import ceil

import pandas as pd

from tasks.rules.competition import AdvanceRules


def rank_rows(keys: pd.DataFrame, lists: pd.Series) -> pd.Series:
    """The rank of each row in its list, the highest key first: Int64 on the index of `keys`.

    `keys`: one column a key, compared in turn; none missing. `lists`: a label of the list of each
    row.
    """
    columns = [f"key{n}" for n in range(keys.shape[1])]
    ordered = (
        keys.set_axis(columns, axis=1)
        .astype("object")
        .assign(list=lists)
        .sort_values(["list", *columns], ascending=[True, *[False] * len(columns)], kind="stable")
    )
    differs = (ordered != ordered.shift()).any(axis=1) if len(ordered) else pd.Series(dtype="bool")
    position = ordered.groupby("list").cumcount() + 1
    return position.where(differs).ffill().astype("Int64").reindex(keys.index)


def apply_cut_off(rank: pd.Series, lists: pd.Series, places: int) -> pd.DataFrame:
    """Who is among the first `places` of each list: boolean columns `first` and `straddles`, on the
    index of `rank`.

    `straddles`: equals of whom some would be among the first and some not; none of them is `first`.
    """
    equals = rank.groupby([lists, rank]).transform("size")
    within = rank + equals - 1 <= places
    return pd.DataFrame({"first": within, "straddles": ~within & (rank <= places)}).astype("bool")


def spans_parts(lists: pd.Series, part: pd.Series) -> pd.Series:
    """Whether the list of each row spans several parts of the judging plan; a row without a part
    plays none (bool).
    """
    return (part.groupby(lists).transform("nunique") > 1).astype("bool")


def advance_outcomes(
    scores: pd.DataFrame, advance: AdvanceRules | None, precision: int
) -> pd.DataFrame:
    """What the rule gives to each submission with a score: ranked_outcome (advances, stays,
    undecided), straddles.

    `scores`: units (whole numbers of 10**-precision), list, rank (in the list), overall_rank. On
    the index of `scores`.
    """
    rule = advance or AdvanceRules(per_list=None, overall=None, minimum_score=None)
    enough = (
        scores["units"] >= _least_units(rule.minimum_score, precision)
        if rule.minimum_score is not None
        else True
    )
    cut = _apply_advance_rule(scores[enough] if isinstance(enough, pd.Series) else scores, rule)
    cut = cut.reindex(scores.index, fill_value=False)
    outcome = pd.Series("stays", index=scores.index, dtype="str")
    outcome = outcome.mask(cut["first"], "advances").mask(cut["straddles"], "undecided")
    return pd.DataFrame({"ranked_outcome": outcome, "straddles": cut["straddles"]})


def _least_units(minimum: Decimal, precision: int) -> int:
    """The least whole number of 10**-precision that is at or over the minimum."""
    least: int = ceil(Fraction(minimum) * 10**precision)
    return least


def _apply_advance_rule(scores: pd.DataFrame, rule: AdvanceRules) -> pd.DataFrame:
    if rule.overall is not None:
        everyone = pd.Series(0, index=scores.index)
        return apply_cut_off(scores["overall_rank"], everyone, rule.overall)
    if rule.per_list is not None:
        return apply_cut_off(scores["rank"], scores["list"], rule.per_list)
    return pd.DataFrame({"first": True, "straddles": False}, index=scores.index)
