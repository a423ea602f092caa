"""Who is nominated at each level: the best of the last judging phase, over all lists.

Who had the award before is barred; a near title is for a person to judge
(docs/methods/nomination.md). What does not belong here: how a list is cut (cut_off.py).
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from tasks.findings.frame import make_findings
from tasks.judging import cut_off, ranks, severity
from tasks.judging.scores import whole_numbers
from tasks.names.name_forms import text_form, text_forms
from tasks.names.near_pairs import near_pairs_between
from tasks.names.titles import title_keys
from tasks.rules.competition import JudgingPhase, NominationLevel, NominationPhase

_PRIOR_AWARD_COLUMNS = ["level", "submission_id", "match", "award_year", "award_title", "award"]


def prior_awards(
    candidates: pd.DataFrame, phase: NominationPhase, placements: pd.DataFrame, year: int
) -> pd.DataFrame:
    """Candidates with an earlier award that bars at a level: one row per candidate, level and
    award.

    level, submission_id, match (exact: same agency and title; near: the titles are near, of
    whatever agency), award_year, award_title, award. `candidates`: submission_id, title,
    agency_code.
    """
    is_earlier = (placements["award_year"] < year).fillna(False).astype("bool")
    awarded = _awarded_candidates(candidates, placements[is_earlier])
    awards = text_forms(awarded["award"])
    levels = []
    for level in phase.levels:
        barred = [text_form(award) for award in level.barred]
        levels.append(awarded[awards.isin(barred)].assign(level=level.code))
    prior = pd.concat([rows[_PRIOR_AWARD_COLUMNS] for rows in levels], ignore_index=True)
    return prior.astype({"level": "str", "submission_id": "str", "match": "str"})


def _awarded_candidates(candidates: pd.DataFrame, placements: pd.DataFrame) -> pd.DataFrame:
    """The pairs of a candidate and a placement with near titles: submission_id, match, award_year,
    award_title, award.
    """
    left, right = candidates.reset_index(drop=True), placements.reset_index(drop=True)
    pairs = near_pairs_between(title_keys(left["title"]), title_keys(right["award_title"]))
    own = left[["submission_id", "agency_code"]].rename(columns={"agency_code": "own_agency"})
    awards = right[["agency_code", "award_year", "award_title", "award"]]
    joined = pairs.join(own, on="left", validate="m:1").join(awards, on="right", validate="m:1")
    same_agency = joined["own_agency"] == joined["agency_code"]
    is_exact = joined["exact"].astype("bool") & same_agency
    return joined.assign(match=np.where(is_exact, "exact", "near"))


def entered_candidates(submissions: pd.DataFrame, rankings: pd.DataFrame) -> pd.DataFrame:
    """Those who entered: submission_id, title, agency_code, category, and score as printed in the
    last judging phase.

    `submissions` has in_phase (bool); `rankings` are those of the last judging phase.
    """
    people = submissions[submissions["in_phase"]]
    scores = rankings.set_index("submission_id")["score"]
    table = people[["submission_id", "title", "agency_code", "category"]].reset_index(drop=True)
    return table.assign(score=table["submission_id"].map(scores).astype("str"))


@dataclass(frozen=True, eq=False)
class CandidateOrder:
    """What places the candidates with a score: keys (ranks.ranking_keys) and part (of the judging
    plan), on their ids.

    tie_break: the criteria of the keys after the score. adjusted: whether the official score has
    the judges' severity taken out.
    """

    keys: pd.DataFrame
    part: pd.Series
    tie_break: tuple[str, ...]
    adjusted: bool


@dataclass(frozen=True, eq=False)
class Nominations:
    """What the rule gives at each level, before decisions.

    candidates: one row per candidate and level: level, place, the candidate's columns,
    ranked_outcome, straddles and apart (bool: the places of the level compare parts of the judging
    plan that no judge connects); in the order of level, place, title, id. ties: one row per level
    and candidate whose score another placed candidate has: list (the level), rank, submission_id,
    broken_by.
    cutoffs: one row per level with candidates: list, places, score.
    """

    candidates: pd.DataFrame
    ties: pd.DataFrame
    cutoffs: pd.DataFrame


def order_candidates(
    candidates: pd.DataFrame,
    criterion_scores: pd.DataFrame,
    sheets: pd.DataFrame,
    last: JudgingPhase,
) -> CandidateOrder:
    """The order of the last judging phase over all lists, from its printed scores, criterion scores
    and used sheets.
    """
    scores = candidates.dropna(subset="score").set_index("submission_id")["score"]
    units = whole_numbers(criterion_scores["criterion_score"]).units
    criteria = criterion_scores.assign(criterion_units=units)
    keys = ranks.ranking_keys(whole_numbers(scores).units, criteria, last.tie_break)
    plan = severity.connected_parts(sheets[sheets["sheet_status"] == "used"])
    parts = plan.set_index("submission_id")["part"].reindex(keys.index)
    return CandidateOrder(keys, parts, last.tie_break, last.adjust == "severity")


def nominate_candidates(
    candidates: pd.DataFrame, order: CandidateOrder, phase: NominationPhase, prior: pd.DataFrame
) -> Nominations:
    """What the rule gives at each level.

    `candidates`: submission_id, title, agency_code, category, score of those who advance from the
    last judging phase. `prior`: their earlier awards (prior_awards).
    """
    levels = [
        _nominate_at_level(candidates, order, level, prior[prior["level"] == level.code])
        for level in phase.levels
    ]
    return Nominations(
        pd.concat([level.candidates for level in levels], ignore_index=True),
        pd.concat([level.ties for level in levels], ignore_index=True),
        pd.concat([level.cutoffs for level in levels], ignore_index=True),
    )


def _nominate_at_level(
    candidates: pd.DataFrame, order: CandidateOrder, level: NominationLevel, prior: pd.DataFrame
) -> Nominations:
    ids = candidates["submission_id"]
    barred = ids.isin(prior.loc[prior["match"] == "exact", "submission_id"])
    free = ids[~barred & ~ids.isin(prior["submission_id"])]
    keys = order.keys[order.keys.index.isin(free)]
    placed = _places_and_outcomes(keys, order, level)
    table = candidates.merge(
        placed, left_on="submission_id", right_index=True, how="left", validate="1:1"
    )
    outcome = table["ranked_outcome"].fillna("undecided")
    table["ranked_outcome"] = outcome.mask(barred.to_numpy(), "barred")
    for flag in ("straddles", "apart"):
        table[flag] = table[flag].astype("boolean").fillna(False).astype("bool")
    rows = table.assign(level=level.code, scoreless=table["score"].isna())
    ordered = rows.sort_values(
        ["place", "scoreless", "title", "submission_id"], kind="stable", na_position="last"
    )
    listed = ordered.drop(columns="scoreless").reset_index(drop=True)
    cutoffs = cut_off.list_cut_offs(listed.assign(list_name=level.code), "nominated", level.quota)
    return Nominations(listed, _level_ties(keys, order, listed, level), cutoffs)


def _places_and_outcomes(
    keys: pd.DataFrame, order: CandidateOrder, level: NominationLevel
) -> pd.DataFrame:
    """Place, ranked_outcome, straddles and apart of those neither barred nor near an earlier award
    that have a score, on their ids.
    """
    everyone = pd.Series(0, index=keys.index)
    place = ranks.rank_rows(keys, everyone)
    cut = cut_off.apply_cut_off(place, everyone, level.quota)
    apart = cut_off.spans_parts(everyone, order.part.reindex(keys.index))
    outcomes = cut_off.cut_outcomes(cut, apart & order.adjusted, "nominated", "reserve")
    return outcomes.assign(place=place, apart=apart)


def _level_ties(
    keys: pd.DataFrame, order: CandidateOrder, listed: pd.DataFrame, level: NominationLevel
) -> pd.DataFrame:
    """The equals among the placed candidates of a level, in the order of `listed`: list, rank,
    submission_id, broken_by.
    """
    everyone = pd.Series(0, index=keys.index)
    ties = ranks.equal_scores(keys, everyone, order.tie_break)
    ids = listed["submission_id"]
    rows = ties.reindex(ids[ids.isin(ties.index)]).rename_axis("submission_id").reset_index()
    return rows.assign(list=level.code)[["list", "rank", "submission_id", "broken_by"]]


def prior_award_findings(
    prior: pd.DataFrame, candidates: pd.DataFrame, phase: NominationPhase
) -> pd.DataFrame:
    """The findings already_awarded: one row per candidate and level.

    Of several awards the finding names an exact match before a near one, then the latest award.
    """
    ordered = prior.sort_values(["match", "award_year"], ascending=[True, False], kind="stable")
    first = ordered.drop_duplicates(["level", "submission_id"]).sort_index()
    titles = candidates[["submission_id", "title"]]
    places = first.merge(titles, on="submission_id", how="left", validate="m:1")
    places = places.rename(columns={"level": "field", "match": "case", "award": "value"})
    return make_findings("already_awarded", places, table="nominations", phase=phase.code)


def unconnected_panel_findings(nominations: pd.DataFrame, phase: NominationPhase) -> pd.DataFrame:
    """The findings unconnected_panels: one row per level whose places compare parts of the judging
    plan that no judge connects.
    """
    levels = nominations.loc[nominations["apart"], "level"].drop_duplicates()
    return make_findings(
        "unconnected_panels",
        levels.to_frame("field"),
        table="nominations",
        phase=phase.code,
        case="level",
    )


def tie_findings(nominations: pd.DataFrame, phase: NominationPhase) -> pd.DataFrame:
    """The findings tie_at_cutoff at the last place of a level, one row per submission: `field`
    names its levels.
    """
    tied = nominations[nominations["straddles"]].groupby("submission_id", sort=False)
    places = tied.agg(title=("title", "first"), score=("score", "first"), field=("level", "|".join))
    return make_findings(
        "tie_at_cutoff",
        places.reset_index(),
        table="nominations",
        phase=phase.code,
        case="nomination",
    )
