"""One judging phase: sheets -> scores -> ranks -> who advances, as tables.

What does not belong here: which sheets are left out, scores, ranks, the cut (tasks/judging).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from tasks.findings.frame import join_findings, make_finding, make_findings, no_findings
from tasks.judging import cut_off, expected_sheets, ranks, severity
from tasks.judging.scores import PhaseScores, score_marks, units_texts
from tasks.judging.sheets import CheckedSheets, SheetWording, check_sheets
from tasks.judging.standing import rank_submissions
from tasks.rules.competition import Competition, JudgingPhase
from tasks.schema import OVERALL_LIST
from tasks.words import Words


@dataclass(frozen=True, eq=False)
class JudgingEvidence:
    """What one judging phase is judged on.

    typed: typed marks of the phase, judge and submission_id matched. submissions: submission_id,
    title, agency_code, category, group, agency_type, in_phase (bool) of every counting submission.
    barred: as conflicts.conflict_pairs gives it. assigned: as expected_sheets.expected_pairs takes
    it. carried: own scores (exact text) by submission id of the phases in `carry`.
    """

    typed: pd.DataFrame
    submissions: pd.DataFrame
    barred: pd.DataFrame
    assigned: pd.DataFrame
    carried: Mapping[str, pd.Series]


@dataclass(frozen=True, eq=False)
class JudgingResult:
    """What one judging phase gives, before decisions.

    rankings: one row per submission that entered, columns as in schema.py but outcome and reason,
    besides `straddles` (bool). tables: ties, cutoffs, marks, sheets, criterion_scores, judges.
    findings: of the sheets.
    """

    rankings: pd.DataFrame
    tables: dict[str, pd.DataFrame]
    findings: pd.DataFrame


def judge_phase(
    phase: JudgingPhase, competition: Competition, evidence: JudgingEvidence
) -> JudgingResult:
    """Scores, ranks and what the rule says of who advances."""
    sheets = check_sheets(
        evidence.typed,
        phase,
        evidence.submissions,
        evidence.barred,
        _sheet_wording(phase, competition),
    )
    scored = score_marks(used_marks(sheets), phase)
    judges = severity.estimate_severities(float_scores(scored))
    entered = listed_submissions(evidence.submissions, phase)
    standing = rank_submissions(entered, scored, judges, phase, evidence.carried)
    rankings = _add_rule_reasons(order_rankings(standing.rankings, phase, competition))
    expected = expected_sheets.expected_pairs(
        evidence.assigned, sheets.sheets, entered, evidence.barred
    )
    return JudgingResult(
        rankings,
        {
            "ties": _ties_table(standing.ties, rankings, phase),
            "cutoffs": cut_off.phase_cut_offs(rankings, phase).assign(phase=phase.code),
            "marks": _marks_table(sheets, phase),
            "sheets": _sheets_table(sheets, scored, expected, phase),
            "criterion_scores": _criterion_scores_table(scored, phase),
            "judges": _judges_table(sheets.sheets, expected, judges, phase),
        },
        join_findings([sheets.findings, _unconnected_panel_findings(standing.rankings, phase)]),
    )


def used_marks(sheets: CheckedSheets) -> pd.DataFrame:
    """The marks of the used sheets: submission_id, sheet, judge, criterion, mark; one row per sheet
    and criterion.
    """
    is_used = sheets.sheets["used"].astype("bool")
    heads = sheets.sheets.loc[is_used, ["sheet", "submission_id", "judge"]]
    marks = sheets.cells.merge(heads, on="sheet", how="inner", validate="m:1")
    return marks[["submission_id", "sheet", "judge", "criterion", "mark"]]


def listed_submissions(submissions: pd.DataFrame, phase: JudgingPhase) -> pd.DataFrame:
    """The submissions that entered, with `list` (a number) and `list_name`."""
    entered = submissions[submissions["in_phase"]]
    return entered.assign(
        list=ranks.list_labels(entered, phase.rank_within),
        list_name=ranks.list_names(entered, phase.rank_within),
    )


def float_scores(scored: PhaseScores) -> pd.DataFrame:
    """The used sheets as estimate_severities takes them: submission_id, judge, score (float)."""
    scores = [int(weighted) / scored.one_sheet for weighted in scored.sheets["weighted"]]
    sheets = scored.sheets[["submission_id", "judge"]]
    return sheets.assign(score=pd.Series(scores, dtype="float64"))


def _sheet_wording(phase: JudgingPhase, competition: Competition) -> SheetWording:
    words = Words(competition.language)
    names = {criterion.code: words.name(dict(criterion.name)) for criterion in phase.criteria}
    return SheetWording(names, competition.rules.get("conflict_of_interest", "warning"))


def order_rankings(
    rankings: pd.DataFrame, phase: JudgingPhase, competition: Competition
) -> pd.DataFrame:
    """The rankings list by list in the competition's order of groups and categories, by rank, those
    without a rank last; then by title and id.
    """
    groups = {group.code: place for place, group in enumerate(competition.groups)}
    categories = {category.code: place for place, category in enumerate(competition.categories)}
    places = {
        "group": rankings["group"].map(groups),
        "category": rankings["category"].map(categories),
        "agency_type": rankings["agency_type"],
    }
    by = {f"{name}_place": places[name] for name in places if name in phase.rank_within}
    ordered = rankings.assign(**by).sort_values(
        [*by, "rank", "title", "submission_id"], kind="stable", na_position="last"
    )
    return ordered.drop(columns=list(by)).reset_index(drop=True)


def _add_rule_reasons(rankings: pd.DataFrame) -> pd.DataFrame:
    """The rankings with `rule_reason`: below_minimum where a criterion's minimum keeps a submission
    from advancing.
    """
    reason = pd.Series(None, index=rankings.index, dtype="str")
    return rankings.assign(rule_reason=reason.mask(rankings["below_minimum"], "below_minimum"))


def _ties_table(ties: pd.DataFrame, rankings: pd.DataFrame, phase: JudgingPhase) -> pd.DataFrame:
    """The table ties, list by list in the order of `rankings`; those over all lists last, by
    rank.
    """
    position = pd.Series(range(len(rankings)), index=rankings["submission_id"])
    is_overall = (ties["list"] == OVERALL_LIST).astype("bool")
    rows = ties.assign(
        phase=phase.code,
        is_overall=is_overall,
        overall_rank=ties["rank"].where(is_overall),
        position=ties["submission_id"].map(position),
    )
    ordered = rows.sort_values(["is_overall", "overall_rank", "position"], kind="stable")
    columns = ["phase", "list", "rank", "submission_id", "broken_by"]
    return ordered[columns].reset_index(drop=True)


def _marks_table(sheets: CheckedSheets, phase: JudgingPhase) -> pd.DataFrame:
    """The table marks: every mark that was read, also those of sheets that are left out; an
    unreadable one is there without its mark.
    """
    written = sheets.cells[sheets.cells["text"].notna()]
    heads = sheets.sheets[["sheet", "judge", "submission_id", "used", "reason"]]
    rows = written.merge(heads, on="sheet", how="left", validate="m:1").assign(phase=phase.code)
    return rows[["phase", "submission_id", "judge", "criterion", "mark", "used", "reason"]]


def _sheets_table(
    sheets: CheckedSheets, scored: PhaseScores, expected: pd.DataFrame, phase: JudgingPhase
) -> pd.DataFrame:
    """The table sheets: those delivered, used or left out, then those missing: expected, and none
    was delivered.
    """
    units = scored.sheets[["sheet", "sheet_units"]]
    delivered = sheets.sheets.merge(units, on="sheet", how="left", validate="1:1")
    status = delivered["used"].map({True: "used", False: "left_out"})
    delivered["sheet_score"] = units_texts(delivered["sheet_units"], phase.precision)
    delivered["sheet_status"] = status.astype("str")
    pairs = pd.MultiIndex.from_frame(delivered[["judge", "submission_id"]])
    is_missing = ~pd.MultiIndex.from_frame(expected).isin(pairs)
    missing = expected[is_missing].sort_values(["judge", "submission_id"])
    columns = [
        "submission_id",
        "judge",
        "source",
        "row",
        "submitted_at",
        "sheet_status",
        "reason",
        "sheet_score",
    ]
    every = pd.concat(
        [delivered[columns], missing.assign(sheet_status="missing")], ignore_index=True
    )
    return every.assign(phase=phase.code)[["phase", *columns]]


def _criterion_scores_table(scored: PhaseScores, phase: JudgingPhase) -> pd.DataFrame:
    """The table criterion_scores, by submission and in the order of the criteria."""
    order = {criterion.code: place for place, criterion in enumerate(phase.criteria)}
    rows = scored.criteria.assign(
        phase=phase.code,
        criterion_score=units_texts(scored.criteria["criterion_units"], phase.precision),
        place=scored.criteria["criterion"].map(order),
    )
    ordered = rows.sort_values(["submission_id", "place"], kind="stable", ignore_index=True)
    return ordered[["phase", "submission_id", "criterion", "criterion_score"]]


def _judges_table(
    sheets: pd.DataFrame,
    expected: pd.DataFrame,
    judges: severity.JudgeSeverities,
    phase: JudgingPhase,
) -> pd.DataFrame:
    """The table judges: every judge who delivered a sheet or is expected to, with the number of
    used sheets and the severity.
    """
    every = pd.concat([sheets["judge"], expected["judge"]])
    names = every.drop_duplicates().sort_values(ignore_index=True)
    used = sheets.loc[sheets["used"].astype("bool"), "judge"].value_counts()
    count = names.map(used).astype("Int64").fillna(0)
    table = pd.DataFrame({"phase": phase.code, "judge": names, "sheets": count})
    estimates = judges.judges.drop(columns="units")
    return table.merge(estimates, on="judge", how="left", validate="1:1")


def _unconnected_panel_findings(rankings: pd.DataFrame, phase: JudgingPhase) -> pd.DataFrame:
    """unconnected_panels: one for each list, and one for `overall`, that spans parts which no judge
    connects.
    """
    scored = rankings[rankings["score"].notna()]
    apart = scored[cut_off.spans_parts(scored["list"], scored["part"])].drop_duplicates("list")
    cell = {"table": "rankings", "phase": phase.code}
    whole = make_finding("unconnected_panels", **cell, case="whole")
    if not phase.rank_within:
        return whole if len(apart) else no_findings()
    codes = apart[list(phase.rank_within)].fillna("-").itertuples(index=False)
    names = pd.Series([", ".join(row) for row in codes], dtype="str")
    lists = make_findings("unconnected_panels", names.to_frame("field"), **cell, case="list")
    cuts_overall = phase.advance is not None and phase.advance.overall is not None
    spans_lists = cuts_overall and scored["part"].nunique() > 1
    return join_findings([lists, whole if spans_lists else no_findings()])


def closing_findings(rankings: pd.DataFrame, phase: JudgingPhase) -> pd.DataFrame:
    """The findings too_few_judges and tie_at_cutoff of a phase that has closed, each one row per
    submission.
    """
    is_few = (rankings["sheets"] > 0) & (rankings["sheets"] < phase.minimum_judges)
    few = rankings.loc[is_few, ["submission_id", "title", "sheets"]]
    tied = rankings.loc[rankings["straddles"], ["submission_id", "title", "score"]]
    cell = {"table": "rankings", "phase": phase.code}
    return join_findings(
        [
            make_findings("too_few_judges", few, **cell, minimum=phase.minimum_judges),
            make_findings("tie_at_cutoff", tied, **cell, case="judging"),
        ]
    )
