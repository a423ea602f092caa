"""One judging phase: sheets -> scores -> ranks -> who advances, as tables. Computes; touches nothing.

The arithmetic is in scoring.py, the order in ranking.py, what is left out in marks.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from tasks import assignments, findings, marks, ranking, scoring
from tasks.competition import Competition, Judging
from tasks.words import Words


@dataclass(frozen=True, eq=False)
class Evidence:
    """What one judging phase is judged on.

    typed: typed marks of the phase, judge and submission_id matched. submissions: submission_id, title, agency_code,
    category, group, agency_type, in_phase (bool) of every counting submission. barred: as marks.conflicts gives it.
    assigned: as assignments.expected wants it. carried: own scores (exact text) by submission id of the phases in
    `carry`.
    """

    typed: pd.DataFrame
    submissions: pd.DataFrame
    barred: pd.DataFrame
    assigned: pd.DataFrame
    carried: Mapping[str, pd.Series]


@dataclass(frozen=True, eq=False)
class Ranked:
    """What one judging phase gives, before decisions.

    rankings: one row a submission that entered, columns as in schema.py but outcome and reason, besides `straddles`
    (bool). tables: marks, sheets, criterion_scores, judges. findings: of the sheets.
    """

    rankings: pd.DataFrame
    tables: dict[str, pd.DataFrame]
    findings: pd.DataFrame


def judged(phase: Judging, competition: Competition, evidence: Evidence) -> Ranked:
    """Scores, ranks and what the rule says of who advances."""
    sheets = marks.judged(evidence.typed, phase, evidence.submissions, evidence.barred, _told(phase, competition))
    used = sheets.sheets[sheets.sheets["used"].astype("bool")]
    cells = sheets.cells.merge(used[["sheet", "submission_id"]], on="sheet", how="inner", validate="m:1")
    scored = scoring.scored(cells[["submission_id", "sheet", "criterion", "mark"]], phase)
    entered = evidence.submissions[evidence.submissions["in_phase"]].assign(
        list=lambda rows: lists(rows, phase.rank_within)
    )
    rankings = _rankings(entered, scored, phase, evidence.carried)
    expected = assignments.expected(evidence.assigned, sheets.sheets, entered, evidence.barred)
    return Ranked(
        in_order(rankings, phase, competition),
        {
            "marks": _marks(sheets, phase),
            "sheets": _sheets(sheets, scored, expected, phase),
            "criterion_scores": _criterion_scores(scored, phase),
            "judges": _judges(sheets.sheets, expected, phase),
        },
        sheets.findings,
    )


def _told(phase: Judging, competition: Competition) -> marks.Told:
    words = Words(competition.language)
    names = {criterion.code: words.name(dict(criterion.name)) for criterion in phase.criteria}
    return marks.Told(names, competition.rules.get("conflict_of_interest", "warning"))


def lists(submissions: pd.DataFrame, rank_within: tuple[str, ...]) -> pd.Series:
    """A label of the list of each submission; those without a category (group, type) are a list of their own."""
    if not rank_within:
        return pd.Series(0, index=submissions.index, dtype="int64")
    return submissions.groupby(list(rank_within), dropna=False).ngroup()


def keys(units: pd.Series, criteria: pd.DataFrame, tie_break: tuple[str, ...]) -> pd.DataFrame:
    """What ranks: the score, then the criterion scores of `tie_break`; whole numbers, on the index of `units` (ids)."""
    of = scoring.by_criterion(criteria, tie_break)
    columns = [units, *(of[code].reindex(units.index) for code in tie_break)]
    return pd.concat(columns, axis=1, keys=range(len(columns))).astype("object")


def _rankings(
    entered: pd.DataFrame, scored: scoring.Scored, phase: Judging, carried: Mapping[str, pd.Series]
) -> pd.DataFrame:
    own = scored.own.set_index("submission_id")
    units = scoring.carried(own["own_units"], phase.precision, [_part(s, carried[c]) for c, s in phase.carry.items()])
    ordered = keys(units, scored.criteria, phase.tie_break)
    standing = pd.DataFrame({"units": units, "list": entered.set_index("submission_id")["list"].reindex(units.index)})
    standing["rank"] = ranking.ranks(ordered, standing["list"])
    standing["overall_rank"] = ranking.ranks(ordered, pd.Series(0, index=units.index))
    given = standing[["rank"]].join(ranking.advancing(standing, phase.advance, phase.precision), validate="1:1")
    given["score"] = scoring.texts(units, phase.precision)
    own["own_score"] = scoring.texts(own["own_units"], phase.precision)
    every = own[["own_score", "sheets"]].join(given, how="left", validate="1:1")
    table = entered.merge(every, left_on="submission_id", right_index=True, how="left", validate="1:1")
    return table.assign(
        sheets=table["sheets"].astype("Int64").fillna(0),
        ranked_outcome=table["ranked_outcome"].fillna("undecided"),
        straddles=table["straddles"].astype("boolean").fillna(False).astype("bool"),
    )


def _part(share: Decimal, own_scores: pd.Series) -> tuple[Decimal, pd.Series, int]:
    exact = scoring.whole(own_scores.dropna())
    return share, exact.units, exact.decimals


def in_order(rankings: pd.DataFrame, phase: Judging, competition: Competition) -> pd.DataFrame:
    """List by list in the competition's order of groups and categories, by rank, those without one last; then title
    and id.
    """
    place = {
        "group": {group.code: n for n, group in enumerate(competition.groups)},
        "category": {category.code: n for n, category in enumerate(competition.categories)},
    }
    by = {f"{name}_place": rankings[name].map(place[name]) for name in place if name in phase.rank_within}
    kinds = {"type_place": rankings["agency_type"]} if "agency_type" in phase.rank_within else {}
    ordered = rankings.assign(**by, **kinds).sort_values(
        [*by, *kinds, "rank", "title", "submission_id"], kind="stable", na_position="last"
    )
    return ordered.drop(columns=[*by, *kinds]).reset_index(drop=True)


def _marks(sheets: marks.Sheets, phase: Judging) -> pd.DataFrame:
    """Every mark that was read, also those of sheets that are left out; an unreadable one is there without its mark."""
    written = sheets.cells[sheets.cells["text"].notna()]
    columns = ["sheet", "judge", "submission_id", "used", "reason"]
    rows = written.merge(sheets.sheets[columns], on="sheet", how="left", validate="m:1").assign(phase=phase.code)
    return rows[["phase", "submission_id", "judge", "criterion", "mark", "used", "reason"]]


def _sheets(sheets: marks.Sheets, scored: scoring.Scored, expected: pd.DataFrame, phase: Judging) -> pd.DataFrame:
    """The sheets delivered, used or left out, then those missing: expected, and none was delivered."""
    there = sheets.sheets.merge(scored.sheets, on="sheet", how="left", validate="1:1")
    there["sheet_score"] = scoring.texts(there["sheet_units"], phase.precision)
    there["sheet_status"] = there["used"].map({True: "used", False: "left_out"}).astype("str")
    pairs = pd.MultiIndex.from_frame(there[["judge", "submission_id"]])
    missing = expected[~pd.MultiIndex.from_frame(expected).isin(pairs)].assign(sheet_status="missing")
    columns = ["submission_id", "judge", "source", "row", "submitted_at", "sheet_status", "reason", "sheet_score"]
    both = pd.concat([there[columns], missing.sort_values(["judge", "submission_id"])], ignore_index=True)
    return both.assign(phase=phase.code)[["phase", *columns]]


def _criterion_scores(scored: scoring.Scored, phase: Judging) -> pd.DataFrame:
    order = {criterion.code: n for n, criterion in enumerate(phase.criteria)}
    rows = scored.criteria.assign(
        phase=phase.code, criterion_score=scoring.texts(scored.criteria["criterion_units"], phase.precision),
        place=scored.criteria["criterion"].map(order),
    ).sort_values(["submission_id", "place"], kind="stable")
    return rows[["phase", "submission_id", "criterion", "criterion_score"]].reset_index(drop=True)


def _judges(sheets: pd.DataFrame, expected: pd.DataFrame, phase: Judging) -> pd.DataFrame:
    """Every judge who delivered a sheet or is expected to, with how many of the judge's sheets are used."""
    names = pd.concat([sheets["judge"], expected["judge"]]).drop_duplicates().sort_values()
    used = sheets.loc[sheets["used"].astype("bool"), "judge"].value_counts()
    counted = names.map(used).astype("Int64").fillna(0)
    return pd.DataFrame({"phase": phase.code, "judge": names, "sheets": counted}).reset_index(drop=True)


def warnings(rankings: pd.DataFrame, phase: Judging) -> pd.DataFrame:
    """too_few_judges and tie_at_cutoff, one a submission: for a phase that has closed."""
    few = rankings[(rankings["sheets"] > 0) & (rankings["sheets"] < phase.minimum_judges)]
    tied = rankings[rankings["straddles"]]
    cell = {"table": "rankings", "phase": phase.code}
    return findings.together([
        findings.of("too_few_judges", few[["submission_id", "title", "sheets"]], **cell, minimum=phase.minimum_judges),
        findings.of("tie_at_cutoff", tied[["submission_id", "title", "score"]], **cell, case="judging"),
    ])
