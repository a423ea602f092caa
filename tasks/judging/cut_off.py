"""Who advances: the cut in each list, and what becomes of a tie at the cut-off.

A tie at the cut-off is found here and not broken by rule: no lots are drawn. The equals at the last
place are undecided together until the bureau decides (docs/methods/advancing.md). A nomination cuts
each of its levels by the same functions. What does not belong here: ranks, and the criteria that
break a tie of scores before the cut (ranks.py); decisions (tasks/phases/decisions.py).
"""

from decimal import Decimal
from fractions import Fraction
from math import ceil

import pandas as pd

from tasks.rules.competition import AdvanceRules, JudgingPhase
from tasks.schema import OVERALL_LIST

_NO_RULE = AdvanceRules(per_list=None, overall=None, minimum_score=None)


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


def cut_outcomes(cut: pd.DataFrame, apart: pd.Series, inside: str, outside: str) -> pd.DataFrame:
    """What a cut gives to each row: ranked_outcome and straddles (bool), on the index of `cut`.

    `cut` as `apply_cut_off` gives it. `apart`: whether the cut compares parts of the judging plan
    that no judge connects; it then decides nothing, and no equals straddle it. `inside`, `outside`:
    the outcomes of the first and of the rest.
    """
    outcome = pd.Series(outside, index=cut.index, dtype="str").mask(cut["first"], inside)
    return pd.DataFrame(
        {
            "ranked_outcome": outcome.mask(cut["straddles"] | apart, "undecided"),
            "straddles": cut["straddles"] & ~apart,
        }
    )


def advance_outcomes(standing: pd.DataFrame, phase: JudgingPhase) -> pd.DataFrame:
    """What the rule of a phase gives to each submission with a score: ranked_outcome (advances,
    stays, undecided) and straddles (bool), on the index of `standing`.

    `standing`: units (whole numbers of 10**-precision), list, rank (in the list), overall_rank,
    part (of the judging plan), below_minimum (bool: a criterion score is under its minimum).
    """
    rule = phase.advance or _NO_RULE
    reaches = _reaches_minimum(standing["units"], rule, phase.precision)
    enough = standing[reaches & ~standing["below_minimum"]]
    cut = _apply_advance_rule(enough, rule).reindex(standing.index, fill_value=False)
    return cut_outcomes(cut, _cut_spans_parts(standing, phase), "advances", "stays")


def _reaches_minimum(units: pd.Series, rule: AdvanceRules, precision: int) -> pd.Series:
    """Whether each score is at or over the minimum score (bool)."""
    if rule.minimum_score is None:
        return pd.Series(True, index=units.index, dtype="bool")
    return (units >= _least_units(rule.minimum_score, precision)).astype("bool")


def below_criterion_minimum(criteria: pd.DataFrame, phase: JudgingPhase) -> pd.Index:
    """The ids of the submissions that have a criterion score under the criterion's `minimum`.

    `criteria`: submission_id, criterion, criterion_units (whole numbers of 10**-precision).
    """
    least = {
        criterion.code: _least_units(criterion.minimum, phase.precision)
        for criterion in phase.criteria
        if criterion.minimum is not None
    }
    limited = criteria[criteria["criterion"].isin(list(least))]
    units, limits = limited["criterion_units"], limited["criterion"].map(least)
    is_below = [unit < limit for unit, limit in zip(units, limits, strict=True)]
    below: pd.Index = pd.Index(limited.loc[is_below, "submission_id"].unique())
    return below


def _least_units(minimum: Decimal, precision: int) -> int:
    """The least whole number of 10**-precision that is at or over the minimum."""
    least: int = ceil(Fraction(minimum) * 10**precision)
    return least


def _apply_advance_rule(standing: pd.DataFrame, rule: AdvanceRules) -> pd.DataFrame:
    """The cut among those who may advance. Places are counted among them alone: the next in order
    takes the place of one who may not.
    """
    everyone = pd.Series(0, index=standing.index)
    if rule.overall is not None:
        place = _places_among(standing["overall_rank"], everyone)
        return apply_cut_off(place, everyone, rule.overall)
    if rule.per_list is not None:
        place = _places_among(standing["rank"], standing["list"])
        return apply_cut_off(place, standing["list"], rule.per_list)
    return pd.DataFrame({"first": True, "straddles": False}, index=standing.index)


def _places_among(rank: pd.Series, lists: pd.Series) -> pd.Series:
    """The place of each rank among the ranks of its list that are there; equals share one."""
    return rank.groupby(lists).rank(method="min").astype("Int64")


def _cut_spans_parts(standing: pd.DataFrame, phase: JudgingPhase) -> pd.Series:
    """Whether the cut that a submission is under compares adjusted scores over parts of the judging
    plan that no judge connects (bool). Scores as given are compared all the same.
    """
    rule = phase.advance or _NO_RULE
    if phase.adjust == "severity" and rule.overall is not None:
        return spans_parts(pd.Series(0, index=standing.index), standing["part"])
    if phase.adjust == "severity" and rule.per_list is not None:
        return spans_parts(standing["list"], standing["part"])
    return pd.Series(False, index=standing.index)


# --- the table cutoffs
# --------------------------------------------------------------------------------------------------


def phase_cut_offs(rankings: pd.DataFrame, phase: JudgingPhase) -> pd.DataFrame:
    """The cuts of a judging phase: list, places, score; one row per list that is cut, in the
    order of `rankings`. A rule without places cuts at its minimum score, over all lists.

    `rankings`: list_name, score (decimal text), ranked_outcome; one row per submission that
    entered.
    """
    rule = phase.advance
    if rule is None:
        return list_cut_offs(rankings.head(0), "advances", None)
    if rule.per_list is not None:
        return list_cut_offs(rankings, "advances", rule.per_list)
    return list_cut_offs(rankings.assign(list_name=OVERALL_LIST), "advances", rule.overall)


def list_cut_offs(rows: pd.DataFrame, inside: str, places: int | None) -> pd.DataFrame:
    """The cut of each list: list, places, score (decimal text); one row per list, as they come.

    `score`: the lowest of those whose ranked_outcome is `inside`; NaN where there is none. `rows`:
    list_name, score (decimal text), ranked_outcome.
    """
    lists = rows["list_name"].drop_duplicates()
    chosen = rows[(rows["ranked_outcome"] == inside) & rows["score"].notna()]
    by_size = chosen.assign(size=chosen["score"].map(Decimal)).sort_values("size", kind="stable")
    last = by_size.drop_duplicates("list_name").set_index("list_name")["score"]
    return pd.DataFrame(
        {
            "list": lists,
            "places": pd.Series(places, index=lists.index, dtype="Int64"),
            "score": lists.map(last).astype("str"),
        }
    ).reset_index(drop=True)
