"""A judging phase's lists: ranks, scores, outcomes, and ties; the report and the minutes both print
them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

import pandas as pd

from reports.content.edition import item_names
from reports.content.records import records
from reports.pages.parts import lists
from reports.pages.parts.lists import Column, Entry, Listing
from reports.pages.parts.phase_listings import is_decided
from reports.pages.parts.subject import Subject, agency_names, type_names
from tasks.rules.competition import JudgingPhase
from tasks.schema import OVERALL_LIST

# Findings of these rules are said at the entry itself.
ENTRY_FLAGS = ("too_few_judges", "tie_at_cutoff")


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
    """The lists of a phase in order: their names, and the rows of all of them (one per submission),
    whose column `list` has the number of the list.
    """

    names: tuple[str, ...]
    rows: pd.DataFrame


def judging_rules(subject: Subject) -> JudgingPhase:
    """The rules of the judging phase that the page is about."""
    rules = subject.edition.competition.phase(subject.phase)
    assert isinstance(rules, JudgingPhase)
    return rules


def criterion_key(index: int) -> str:
    """The name of a criterion in a narrow column: K1, K2 ..., explained where the weights stand."""
    return f"K{index + 1}"


def ranked_lists(subject: Subject) -> RankedLists:
    """The phase's lists, and its rankings with agency, agency_type, standing, entry and list: one
    row per submission, by list, rank and title, unranked last.
    """
    rows = _standing_rows(subject)
    row_keys = _row_keys(judging_rules(subject), rows)
    list_keys = _rank_list_keys(subject, rows)
    numbers = {key: number for number, key in enumerate(list_keys)}
    listed = rows.assign(
        list=[numbers[key] for key in row_keys],
        entry=_flagged_entries(subject, rows),
        casefolded_title=rows["title"].str.casefold(),
    )
    order = ["list", "rank", "casefolded_title"]
    ordered = listed.sort_values(order, na_position="last", kind="stable")
    names = tuple(_rank_list_name(subject, key) for key in list_keys)
    return RankedLists(names, ordered.reset_index(drop=True))


def _standing_rows(subject: Subject) -> pd.DataFrame:
    """The phase's rankings with agency (name), agency_type, and standing: one row per submission.

    outcome_now is the standing again, under the name of its column on the page.
    """
    rows = subject.of_phase("rankings")
    agency_types = subject.results["agencies"].set_index("agency_code")["type"]
    standing = rows[subject.standing_column]
    return rows.assign(
        agency=agency_names(subject, rows["agency_code"]),
        agency_type=rows["agency_code"].map(agency_types).astype("str"),
        standing=standing,
        outcome_now=standing,
    )


# --- which lists there are
# --------------------------------------------------------------------------------------------------


def _row_keys(rules: JudgingPhase, rows: pd.DataFrame) -> list[tuple[str, ...]]:
    """The key of each row's list: its code in each dimension of `rank_within`, "" where it has
    none.
    """
    if not rules.rank_within:
        return [()] * len(rows)
    codes = [rows[dimension].fillna("") for dimension in rules.rank_within]
    return list(zip(*codes, strict=True))


def _rank_list_keys(subject: Subject, rows: pd.DataFrame) -> list[tuple[str, ...]]:
    """The lists' keys in order: of one dimension all, of several those that occur and those of
    empty categories.
    """
    rules = judging_rules(subject)
    occurring = set(_row_keys(rules, rows))
    dimensions = [_dimension_codes(subject, dimension) for dimension in rules.rank_within]
    possible = list(product(*dimensions))
    if len(dimensions) > 1:
        entered = set(rows["category"])
        possible = [
            key for key in possible if key in occurring or _is_empty_category(rules, key, entered)
        ]
    return possible + sorted(occurring - set(possible))


def _is_empty_category(rules: JudgingPhase, key: tuple[str, ...], entered: set[str]) -> bool:
    """Whether the key of a list names a category that no submission of the phase has."""
    if "category" not in rules.rank_within:
        return False
    return key[rules.rank_within.index("category")] not in entered


def _dimension_codes(subject: Subject, dimension: str) -> list[str]:
    """The codes of a dimension in order: all categories and groups; of the agency types those that
    entered.
    """
    if dimension == "category":
        return [subject.category] if subject.category else list(subject.edition.categories)
    if dimension == "group":
        return list(subject.edition.groups)
    return _entered_types(subject)


def _entered_types(subject: Subject) -> list[str]:
    """Types of the agencies whose submissions entered the phase, in the register's order."""
    register = subject.results["agencies"]
    entered_codes = subject.of_phase("rankings")["agency_code"]
    entered = set(register.loc[register["agency_code"].isin(entered_codes), "type"])
    return [kind for kind in register["type"].dropna().unique() if kind in entered]


def _rank_list_name(subject: Subject, key: tuple[str, ...]) -> str:
    """The name of a list: its categories, groups and types; of the one list of all a message."""
    say = subject.edition.words.say
    if not key:
        return say("lists.among_all" if subject.category else "lists.all")
    dimensions = judging_rules(subject).rank_within
    pairs = zip(dimensions, key, strict=True)
    names = (_dimension_name(subject, dimension, code) for dimension, code in pairs)
    return " · ".join(name or say("lists.without") for name in names)


def _dimension_name(subject: Subject, dimension: str, code: str) -> str:
    """The name of a code in a dimension; "" for no code."""
    if not code:
        return ""
    if dimension == "agency_type":
        return str(type_names(subject, pd.Series([code], dtype="str")).iloc[0])
    edition = subject.edition
    names = edition.categories if dimension == "category" else edition.groups
    return names.get(code, code)


# --- what a list shows
# --------------------------------------------------------------------------------------------------


def _flagged_entries(subject: Subject, rows: pd.DataFrame) -> pd.Series:
    """The entry of each row, with what is said at it: too few judges, a tie at the cut-off, a
    decision.
    """
    findings = subject.of_phase("findings")
    flags = findings[findings["rule"].isin(ENTRY_FLAGS)]
    flagged = set(zip(flags["submission_id"], flags["rule"], strict=True))
    titles = rows["title"].fillna(rows["submission_id"])
    agencies = rows["agency"].fillna("–")
    entries = []
    for title, agency, id_, by_decision in zip(
        titles, agencies, rows["submission_id"], is_decided(rows), strict=True
    ):
        entry_flags = [rule for rule in ENTRY_FLAGS if (id_, rule) in flagged]
        if by_decision:
            entry_flags.append("decided")
        entries.append(Entry(title, agency, tuple(entry_flags)))
    return lists.cell_series(entries, rows)


def rank_lists(ranked: RankedLists, columns: tuple[Column, ...]) -> tuple[RankList, ...]:
    """The lists with these columns of their rows; those who advance are set off."""
    shown = []
    for number, name in enumerate(ranked.names):
        rows = ranked.rows[ranked.rows["list"] == number].reset_index(drop=True)
        advancing = tuple(int(row) for row in rows.index[rows["standing"] == "advances"])
        ranking = lists.listing("ranking", columns, rows, title=name, strong=advancing)
        shown.append(RankList(name, len(rows), ranking))
    return tuple(shown)


# --- ties
# --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Tie:
    """Innovations of equal score in one list.

    `separated` has the criteria that broke the tie: the criterion's name, and its score of each
    innovation in their order. Where it is empty nothing broke the tie, and they share a rank.
    """

    list: str
    score: str
    entries: tuple[Entry, ...]
    ranks: tuple[int, ...]
    separated: tuple[tuple[str, tuple[str, ...]], ...]


def phase_ties(subject: Subject, ranked: RankedLists) -> tuple[Tie, ...]:
    """The ties of the phase, by list and score."""
    return _make_ties(subject, ranked.names, _tied_rows(subject, ranked))


@dataclass(frozen=True)
class DecidingTies:
    """The ties of a phase in which somebody advances or is undecided, by the rule or a decision;
    `others` counts the ties in which everybody stays.
    """

    ties: tuple[Tie, ...]
    others: int


def deciding_ties(subject: Subject, ranked: RankedLists) -> DecidingTies:
    """The ties of the phase that decide something, and how many others there are."""
    ties = _tied_rows(subject, ranked)
    deciding = [rows for rows in ties if not _all_stay(rows)]
    return DecidingTies(
        _make_ties(subject, ranked.names, deciding), others=len(ties) - len(deciding)
    )


def _all_stay(rows: pd.DataFrame) -> bool:
    """Whether all of them stay, by the rule and as things stand."""
    return bool((rows["ranked_outcome"].eq("stays") & rows["standing"].eq("stays")).all())


def _tied_rows(subject: Subject, ranked: RankedLists) -> list[pd.DataFrame]:
    """The rows that the table ties has in their own list, with `broken_by`; a frame for each list
    and score.
    """
    rules = judging_rules(subject)
    list_names = [_list_code(rules, key) for key in _row_keys(rules, ranked.rows)]
    rows = ranked.rows.assign(list_name=pd.Series(list_names, index=ranked.rows.index, dtype="str"))
    ties = subject.of_phase("ties")
    tied_ids = ties[["submission_id", "broken_by"]].assign(list_name=ties["list"].fillna(""))
    keys = ["list_name", "submission_id"]
    tied = rows.merge(tied_ids, on=keys, how="inner", validate="1:1")
    return [equals for _, equals in tied.groupby(["list", "score"], sort=False) if len(equals) > 1]


def _list_code(rules: JudgingPhase, key: tuple[str, ...]) -> str:
    """The list of a key as the tables name it: its codes joined by |, else `overall`."""
    return "|".join(key) if rules.rank_within else OVERALL_LIST


def _make_ties(
    subject: Subject, list_names: tuple[str, ...], ties: list[pd.DataFrame]
) -> tuple[Tie, ...]:
    criterion_scores = {
        (row.submission_id, row.criterion): row.criterion_score
        for row in records(subject.of_phase("criterion_scores"))
    }
    return tuple(
        Tie(
            list_names[rows["list"].iloc[0]],
            rows["score"].iloc[0],
            tuple(rows["entry"]),
            tuple(int(rank) for rank in rows["rank"]),
            tuple(_separating_scores(subject, rows, criterion_scores)),
        )
        for rows in ties
    )


def _separating_scores(
    subject: Subject, rows: pd.DataFrame, criterion_scores: Mapping[tuple[str, str], str]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The criteria that broke a tie, in the order in which they are compared: the name, and the
    score of each of the equals.
    """
    rules = judging_rules(subject)
    names = item_names(rules.criteria, subject.edition.words)
    for criterion in rules.tie_break:
        if (rows["broken_by"] == criterion).any():
            scores = (criterion_scores[id_, criterion] for id_ in rows["submission_id"])
            yield names[criterion], tuple(scores)
