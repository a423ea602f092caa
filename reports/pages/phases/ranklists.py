"""A judging phase's lists: ranks, scores, outcomes, and ties; the report and the minutes both print
them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

import pandas as pd

from reports.content.records import records
from reports.pages.parts import lists, phase
from reports.pages.parts.lists import Column, Entry, Listing
from reports.pages.parts.phase import Subject
from tasks.rules.competition import JudgingPhase as JudgingRules
from tasks.schema import OVERALL_LIST

ENTRY_FLAGS = (
    "too_few_judges",
    "tie_at_cutoff",
)  # rules whose findings are said at the entry itself


@dataclass(frozen=True)
class RankList:
    """One list of a judging phase: its name (empty for the one list of all) and its ranking;
    `entered` may be 0.
    """

    name: str
    entered: int
    ranking: Listing


@dataclass(frozen=True)
class RankedLists:
    """The lists of a phase in order: their names, and the ranked rows with their list's number in
    `list`.
    """

    names: tuple[str, ...]
    rows: pd.DataFrame


def judging_rules(about: Subject) -> JudgingRules:
    """The rules of the judging phase that the page is about."""
    rules = about.edition.competition.phase(about.phase)
    assert isinstance(rules, JudgingRules)
    return rules


def criterion_key(index: int) -> str:
    """What a criterion is called in a narrow column: K1, K2 ..., explained where the weights
    stand.
    """
    return f"K{index + 1}"


def standing_column(about: Subject) -> str:
    """The column that says how things stand: the outcome, or while the phase is open what the rule
    gives.
    """
    return "ranked_outcome" if about.row["state"] == "open" else "outcome"


def ranked_lists(about: Subject) -> RankedLists:
    """The phase's lists, and its rankings with entry, agency, standing, list; by list, rank, title,
    unranked last.
    """
    rules = judging_rules(about)
    rows = about.of_phase("rankings")
    register = about.results["agencies"].set_index("agency_code")
    rows = rows.assign(
        agency=rows["agency_code"]
        .map(register["agency"])
        .fillna(rows["agency_code"])
        .astype("str"),
        agency_type=rows["agency_code"].map(register["type"]).astype("str"),
        standing=rows[standing_column(about)],
        outcome_now=rows[standing_column(about)],
        called=rows["title"].str.casefold(),
    )
    keys = _rank_list_keys(about, rules, rows)
    number = {key: i for i, key in enumerate(keys)}
    rows["list"] = [number[key] for key in _row_keys(rules, rows)]
    rows["entry"] = _flag_entries(about, rows)
    ordered = rows.sort_values(
        ["list", "rank", "called"], na_position="last", kind="stable"
    ).reset_index(drop=True)
    return RankedLists(tuple(_rank_list_name(about, rules, key) for key in keys), ordered)


def _row_keys(rules: JudgingRules, rows: pd.DataFrame) -> list[tuple[str, ...]]:
    if not rules.rank_within:
        return [()] * len(rows)
    return list(zip(*(rows[c].fillna("") for c in rules.rank_within), strict=True))


def _rank_list_keys(
    about: Subject, rules: JudgingRules, rows: pd.DataFrame
) -> list[tuple[str, ...]]:
    """The lists' keys in order: of one dimension all, of several those that occur and those of
    empty categories.
    """
    occurring = set(_row_keys(rules, rows))
    categories = set(rows["category"])
    at = rules.rank_within.index("category") if "category" in rules.rank_within else None
    possible = product(*(_dimension_codes(about, dimension) for dimension in rules.rank_within))
    full = [
        key
        for key in possible
        if key in occurring or len(key) <= 1 or (at is not None and key[at] not in categories)
    ]
    return full + sorted(occurring - set(full))


def _dimension_codes(about: Subject, dimension: str) -> list[str]:
    """The codes of a dimension in order: all categories and groups; of the agency types those that
    entered.
    """
    if dimension == "category":
        return [about.category] if about.category else list(about.edition.categories)
    return list(about.edition.groups) if dimension == "group" else _entered_types(about)


def _entered_types(about: Subject) -> list[str]:
    """Types of the agencies whose submissions entered the phase, in the register's order: a list
    for each.
    """
    register = about.results["agencies"]
    entered = about.of_phase("rankings")["agency_code"]
    kinds = register.loc[register["agency_code"].isin(entered), "type"]
    return [t for t in register["type"].dropna().unique() if t in set(kinds)]


def _rank_list_name(about: Subject, rules: JudgingRules, key: tuple[str, ...]) -> str:
    said = about.edition.words.say
    if not key:
        return said("lists.among_all" if about.category else "lists.all")
    names = {"category": about.edition.categories, "group": about.edition.groups}
    parts = []
    for dimension, code in zip(rules.rank_within, key, strict=True):
        if dimension == "agency_type":
            parts.append(
                phase.type_names(about, pd.Series([code], dtype="str")).iloc[0]
                if code
                else said("lists.without")
            )
        else:
            parts.append(names[dimension].get(code, code) or said("lists.without"))
    return " · ".join(parts)


def _flag_entries(about: Subject, rows: pd.DataFrame) -> pd.Series:
    """The entries, each with what is to be said at it: too few judges, a tie at the cut-off, a
    decision.
    """
    findings = about.of_phase("findings")
    flagged = {
        rule: set(findings.loc[findings["rule"] == rule, "submission_id"]) for rule in ENTRY_FLAGS
    }
    named = zip(
        rows["title"].fillna(rows["submission_id"]),
        rows["agency"].fillna("–"),
        rows["submission_id"],
        phase.is_decided(rows),
        strict=True,
    )
    return lists.cell_series(
        (
            Entry(
                title,
                agency,
                tuple(f for f in ENTRY_FLAGS if id_ in flagged[f])
                + (("decided",) if by_decision else ()),
            )
            for title, agency, id_, by_decision in named
        ),
        rows,
    )


def rank_lists(
    about: Subject, of: RankedLists, columns: tuple[Column, ...]
) -> tuple[RankList, ...]:
    """The lists with these columns of their rows; those who advance are set off."""
    made = []
    for number, name in enumerate(of.names):
        rows = of.rows[of.rows["list"] == number].reset_index(drop=True)
        strong = tuple(int(i) for i in rows.index[rows["standing"] == "advances"])
        made.append(
            RankList(
                name, len(rows), lists.listing("ranking", columns, rows, title=name, strong=strong)
            )
        )
    return tuple(made)


@dataclass(frozen=True)
class Tie:
    """Innovations of equal score in one list. `separated` says criterion by criterion what broke
    the tie.

    Of (criterion's name, the scores compared, highest first); none where nothing did: they share a
    rank.
    """

    list: str
    score: str
    entries: tuple[Entry, ...]
    ranks: tuple[int, ...]
    separated: tuple[tuple[str, tuple[str, ...]], ...]


def phase_ties(about: Subject, of: RankedLists) -> tuple[Tie, ...]:
    """The ties of the phase, by list and score."""
    return _make_ties(about, of, _tied_rows(about, of))


def deciding_ties(about: Subject, of: RankedLists) -> tuple[tuple[Tie, ...], int]:
    """The ties of the phase in which one advances or is undecided, by the rule or a decision; how
    many others.
    """
    ties = _tied_rows(about, of)
    deciding = [rows for rows in ties if not _all_stay(rows)]
    return _make_ties(about, of, deciding), len(ties) - len(deciding)


def _all_stay(rows: pd.DataFrame) -> bool:
    """Whether all of them stay, by the rule and as things stand."""
    return bool((rows["ranked_outcome"].eq("stays") & rows["standing"].eq("stays")).all())


def _tied_rows(about: Subject, of: RankedLists) -> list[pd.DataFrame]:
    """The rows that the table ties has in their own list, with `broken_by`; a frame for each list
    and score.
    """
    names = [_list_key(about, key) for key in _row_keys(judging_rules(about), of.rows)]
    rows = of.rows.assign(list_name=pd.Series(names, index=of.rows.index, dtype="str"))
    ties = about.of_phase("ties")
    told = ties[["submission_id", "broken_by"]].assign(
        list_name=ties["list"].fillna(""), is_tied=True
    )
    joined = rows.merge(told, on=["list_name", "submission_id"], how="left", validate="1:1")
    tied = joined[joined["is_tied"].notna()]
    return [equals for _, equals in tied.groupby(["list", "score"], sort=False) if len(equals) > 1]


def _list_key(about: Subject, key: tuple[str, ...]) -> str:
    """What the tables call the list of a key: its codes joined by |, else `overall`."""
    return "|".join(key) if judging_rules(about).rank_within else OVERALL_LIST


def _make_ties(about: Subject, of: RankedLists, ties: list[pd.DataFrame]) -> tuple[Tie, ...]:
    criteria = about.of_phase("criterion_scores")
    by_criterion = {
        (row.submission_id, row.criterion): row.criterion_score for row in records(criteria)
    }
    return tuple(_make_tie(about, of.names, rows, by_criterion) for rows in ties)


def _make_tie(
    about: Subject,
    names: tuple[str, ...],
    rows: pd.DataFrame,
    by_criterion: Mapping[tuple[str, str], str],
) -> Tie:
    return Tie(
        names[rows["list"].iloc[0]],
        rows["score"].iloc[0],
        tuple(rows["entry"]),
        tuple(int(rank) for rank in rows["rank"]),
        tuple(_separating_scores(about, rows, by_criterion)),
    )


def _separating_scores(
    about: Subject, rows: pd.DataFrame, by_criterion: Mapping[tuple[str, str], str]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The criteria that told equals apart, in the order in which they are compared: the name, and
    the score of each of the equals.
    """
    rules = judging_rules(about)
    names = {c.code: about.edition.words.name(c.name) or c.code for c in rules.criteria}
    for criterion in rules.tie_break:
        if (rows["broken_by"] == criterion).any():
            yield names[criterion], tuple(by_criterion[i, criterion] for i in rows["submission_id"])
