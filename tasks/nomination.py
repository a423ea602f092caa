"""Who is nominated at each level: the best of the last judging phase, over all lists. Computes; touches nothing.

Who had the award before is barred; a near title is for a person to judge (docs/methods/nomination.md).
"""

import numpy as np
import pandas as pd

from tasks import findings, judging, matching, ranking, scoring, titles
from tasks.competition import Level, Nomination

_PRIOR = ["level", "submission_id", "match", "award_year", "award_title", "award"]


def prior_awards(candidates: pd.DataFrame, phase: Nomination, placements: pd.DataFrame, year: int) -> pd.DataFrame:
    """Candidates with an earlier award that bars at a level: one row a candidate, level and award.

    level, submission_id, match (exact: same agency and title; near: the titles are near, of whatever agency),
    award_year, award_title, award. `candidates`: submission_id, title, agency_code.
    """
    earlier = placements[(placements["award_year"] < year).fillna(False).astype("bool")].reset_index(drop=True)
    people = candidates.reset_index(drop=True)
    pairs = titles.near_between(titles.keys(people["title"]), titles.keys(earlier["award_title"]))
    met = pairs.assign(
        submission_id=people["submission_id"].reindex(pairs["left"]).to_numpy(),
        own=people["agency_code"].reindex(pairs["left"]).to_numpy(),
    ).join(earlier[["agency_code", "award_year", "award_title", "award"]], on="right", validate="m:1")
    met["match"] = np.where(met["exact"].astype("bool") & (met["own"] == met["agency_code"]), "exact", "near")
    parts = [met[matching.forms(met["award"]).isin([matching.form(a) for a in level.barred])].assign(level=level.code)
             for level in phase.levels]
    found = pd.concat([part[_PRIOR] for part in parts], ignore_index=True)
    return found.astype({"level": "str", "submission_id": "str", "match": "str"})


def candidates(submissions: pd.DataFrame, rankings: pd.DataFrame) -> pd.DataFrame:
    """Those who entered: submission_id, title, agency_code, category, and score as printed in the last judging phase.

    `submissions` has in_phase (bool); `rankings` are those of the last judging phase.
    """
    people = submissions[submissions["in_phase"]]
    scores = rankings.set_index("submission_id")["score"]
    table = people[["submission_id", "title", "agency_code", "category"]].reset_index(drop=True)
    return table.assign(score=table["submission_id"].map(scores).astype("str"))


def keys(candidates: pd.DataFrame, criterion_scores: pd.DataFrame, tie_break: tuple[str, ...]) -> pd.DataFrame:
    """What ranks those with a score (judging.keys), from the printed scores and criterion scores of the last judging
    phase.
    """
    scores = candidates.dropna(subset="score").set_index("submission_id")["score"]
    units = scoring.whole(criterion_scores["criterion_score"]).units
    return judging.keys(scoring.whole(scores).units, criterion_scores.assign(criterion_units=units), tie_break)


def nominated(candidates: pd.DataFrame, keys: pd.DataFrame, phase: Nomination, prior: pd.DataFrame) -> pd.DataFrame:
    """What the rule gives, one row a candidate and level: level, place, the candidate's columns, ranked_outcome,
    straddles.

    `candidates`: submission_id, title, agency_code, category, score of those who advance from the last judging phase.
    `keys`: what ranks those with a score, on their ids (judging.keys). In the order of level, place, title, id.
    """
    parts = [_at_level(candidates, keys, level, prior[prior["level"] == level.code]) for level in phase.levels]
    return pd.concat(parts, ignore_index=True)


def _at_level(candidates: pd.DataFrame, keys: pd.DataFrame, level: Level, prior: pd.DataFrame) -> pd.DataFrame:
    ids = candidates["submission_id"]
    barred = ids.isin(prior.loc[prior["match"] == "exact", "submission_id"])
    near = ids.isin(prior["submission_id"]) & ~barred
    rest = keys[keys.index.isin(ids[~barred & ~near])]
    everyone = pd.Series(0, index=rest.index)
    place = ranking.ranks(rest, everyone)
    cut = ranking.straddling(place, everyone, level.quota)
    outcome = pd.Series("reserve", index=rest.index, dtype="str").mask(cut["first"], "nominated")
    given = pd.DataFrame({"place": place, "ranked_outcome": outcome.mask(cut["straddles"], "undecided"),
                          "straddles": cut["straddles"]})
    table = candidates.merge(given, left_on="submission_id", right_index=True, how="left", validate="1:1")
    table["ranked_outcome"] = table["ranked_outcome"].fillna("undecided").mask(barred.to_numpy(), "barred")
    table["straddles"] = table["straddles"].astype("boolean").fillna(False).astype("bool")
    ordered = table.assign(level=level.code, scoreless=table["score"].isna()).sort_values(
        ["place", "scoreless", "title", "submission_id"], kind="stable", na_position="last"
    )
    return ordered.drop(columns="scoreless").reset_index(drop=True)


def warnings(prior: pd.DataFrame, candidates: pd.DataFrame, phase: Nomination) -> pd.DataFrame:
    """already_awarded: one a candidate and level; of several awards an exact one, then the latest, is named."""
    first = prior.sort_values(["match", "award_year"], ascending=[True, False], kind="stable").drop_duplicates(
        ["level", "submission_id"]
    ).sort_index()
    told = first.merge(candidates[["submission_id", "title"]], on="submission_id", how="left", validate="m:1")
    told = told.rename(columns={"level": "field", "match": "case", "award": "value"})
    return findings.of("already_awarded", told, table="nominations", phase=phase.code)


def ties(nominations: pd.DataFrame, phase: Nomination) -> pd.DataFrame:
    """tie_at_cutoff at the last place of a level, one a submission: `field` names its levels."""
    tied = nominations[nominations["straddles"]]
    told = tied.groupby("submission_id", sort=False).agg(
        title=("title", "first"), score=("score", "first"), field=("level", "|".join)
    ).reset_index()
    return findings.of("tie_at_cutoff", told, table="nominations", phase=phase.code, case="nomination")
