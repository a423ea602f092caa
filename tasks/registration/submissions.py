"""Delivered rows -> submissions: who sent what, which rows are one innovation, which of them
counts, and its status.

In steps, because validation stands before the last:

    match_rows            typed rows, once each, with codes for what was typed
    compare_rows          which rows are one innovation, which titles are near each other
    (validation)          what is wrong with their cells
    settle_submissions    which row counts, and its status

docs/methods/which-row-counts.md says how and why. What does not belong here: ids and which rows are
equal (identity.py), decisions (decisions.py).
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from tasks.findings.frame import grade_findings, is_at_place, join_findings, make_findings
from tasks.names import agencies, near_pairs, titles
from tasks.names.categories import match_categories, match_groups
from tasks.register.tables import Tables
from tasks.registration import identity
from tasks.registration.decisions import DecidedSubmissions, decide_registration
from tasks.rules.competition import Competition

# found on cells before rows delivered twice are known
CELL_RULES = ("unreadable_date", "ambiguous_date")
_MATCH_COLUMNS = ["agency_code", "read_as", "similarity", "rule", "case", "candidates", "years"]


@dataclass(frozen=True, eq=False)
class MatchedRows:
    """The typed rows without those delivered twice, with codes for what was typed.

    rows: the columns of the typed rows, and: agency_code; agency (the body's name, else what was
    typed); agency_typed, category_typed, group_typed; category, group (codes, NaN where nothing
    matches); agency_rule, agency_case, agency_candidates, agency_years (why an agency matches
    nothing or only nearly: agencies.match_agencies). matches: the table matches. findings: overlap,
    approximate_agency.
    """

    rows: pd.DataFrame
    matches: pd.DataFrame
    findings: pd.DataFrame


def match_rows(rows: pd.DataFrame, competition: Competition, tables: Tables) -> MatchedRows:
    """The typed rows, once each, with codes for what was typed."""
    once = identity.drop_repeated_rows(rows)
    bodies = _match_agencies(once.frame["agency"], competition, tables)
    matched = _replace_typed_texts(once.frame, bodies, competition)
    near = matched[matched["agency_rule"] == "approximate_agency"]
    findings = join_findings([once.findings, _approximate_agency_findings(near)])
    return MatchedRows(matched, _matches_table(near), findings)


def _replace_typed_texts(
    frame: pd.DataFrame, bodies: pd.DataFrame, competition: Competition
) -> pd.DataFrame:
    """The rows with names and codes for what was typed, which stands beside them (`_typed`).

    `bodies`: as _match_agencies gives them, on the index of the rows.
    """
    typed = frame[["agency", "category", "group"]].add_suffix("_typed")
    coded = frame.assign(
        agency=bodies["agency_read_as"].fillna(frame["agency"]),
        category=match_categories(frame["category"], competition),
        group=match_groups(frame["group"], competition),
    )
    return pd.concat([coded, typed, bodies.drop(columns="agency_read_as")], axis=1)


def _match_agencies(typed: pd.Series, competition: Competition, tables: Tables) -> pd.DataFrame:
    """What each text means as an agency: agency_code, agency_read_as, agency_similarity,
    agency_rule, agency_case, agency_candidates, agency_years; one row per text, in order.
    """
    host = agencies.host_city(competition.host)
    bodies = agencies.match_agencies(typed, tables.agencies, competition.year, host)
    by_text = typed.to_frame("typed").merge(bodies, on="typed", how="left", validate="m:1")
    names = [name if name == "agency_code" else f"agency_{name}" for name in _MATCH_COLUMNS]
    return by_text[_MATCH_COLUMNS].set_axis(names, axis=1)


def _approximate_agency_findings(near: pd.DataFrame) -> pd.DataFrame:
    """An approximate_agency for each row whose agency was matched only nearly."""
    percent = near["agency_similarity"].astype("float").round().astype("int64")
    places = near[["source", "row"]].assign(
        value=near["agency_typed"],
        taken=near["agency"],
        code=near["agency_code"],
        similarity=percent.astype("object"),
    )
    return make_findings("approximate_agency", places, table="submissions", field="agency")


def _matches_table(near: pd.DataFrame) -> pd.DataFrame:
    """The table matches: one row per text that was matched only nearly, at its first row."""
    once = near.drop_duplicates("agency_typed")
    table = once[["source", "row"]].assign(
        field="agency",
        typed=once["agency_typed"],
        read_as=once["agency"],
        similarity=once["agency_similarity"],
    )
    return table.reset_index(drop=True)


# --- which rows are one innovation


@dataclass(frozen=True, eq=False)
class ComparedRows:
    """The delivered rows by innovation, and their near titles.

    rows: as identify_rows gives them. near: left, right, both of values of `entry`; one row per
    pair of near titles.
    """

    rows: pd.DataFrame
    near: pd.DataFrame


def compare_rows(frame: pd.DataFrame) -> ComparedRows:
    """The matched rows by innovation, and all pairs of near titles: also of rows that turn out not
    to count.
    """
    rows = identify_rows(frame)
    first = rows.drop_duplicates("entry")
    pairs = near_pairs.find_near_pairs(first["title_key"])
    entry = first["entry"].to_numpy()
    near = pd.DataFrame({side: entry[pairs[side]] for side in ("left", "right")})
    return ComparedRows(rows, near)


# --- which row counts


def settle_submissions(
    delivered: ComparedRows, findings: pd.DataFrame, competition: Competition, tables: Tables
) -> DecidedSubmissions:
    """The submissions, the table decisions for registration, and all findings with their severity.

    `findings`: every finding so far: of reading, typing, matching and validation. Columns of the
    submissions besides those of MatchedRows: delivered_id, submission_id, innovation, entry,
    counts, ranked_status, status, reason. Findings on superseded rows are warnings.
    """
    rows = delivered.rows
    kept = _findings_on_kept_rows(findings, rows)
    first_counting = _choose_counting_rows(rows, _grade_submission_findings(kept, competition))
    similar = _similar_title_findings(first_counting, delivered.near)
    graded = _grade_submission_findings(join_findings([kept, similar]), competition)
    ranked = _choose_counting_rows(rows, graded)
    decided = decide_registration(ranked, graded, tables.decisions, competition)
    noted = _note_earlier_rows(_soften_findings(graded, ranked), decided.submissions)
    on_decisions = _grade_submission_findings(decided.findings, competition)
    in_order = decided.submissions.sort_values(
        identity.ROW_ORDER, na_position="first", ignore_index=True
    )
    return DecidedSubmissions(in_order, decided.decisions, join_findings([noted, on_decisions]))


def _findings_on_kept_rows(findings: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """The findings without those on cells of repeated rows: each of them stands at the row that was
    kept, too.
    """
    is_of_cell = (findings["table"] == "submissions") & findings["rule"].isin(CELL_RULES)
    if not is_of_cell.any():
        return findings
    is_kept = is_at_place(findings, rows[["source", "row"]])
    return findings[is_kept | ~is_of_cell].reset_index(drop=True)


def _grade_submission_findings(findings: pd.DataFrame, competition: Competition) -> pd.DataFrame:
    return grade_findings(findings, competition.submission.required, competition.rules)


def identify_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows in the order in which they replace each other, with title_key, agency_key,
    delivered_id, submission_id, innovation and entry.

    `frame` has the columns of delivered rows, agency_code and agency_typed. `innovation` is
    the id that agency and title of its first row make, so that it does not change when rows are
    added; `entry` a number for it under one title.
    """
    rows = _sort_by_time(_add_keys(frame))
    derived_ids = identity.derive_ids(rows)
    number = identity.number_innovations(rows)
    innovation = derived_ids.groupby(number).transform("first")
    ids = identity.published_ids(rows["delivered_id"], derived_ids, innovation)
    named = rows.assign(innovation=innovation, submission_id=ids)
    titled = named.groupby(["innovation", "title_key"], sort=False, dropna=False)
    return named.assign(entry=titled.ngroup())


def _add_keys(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows with title_key, delivered_id and agency_key.

    agency_key: the agency's code; of an agency without a code, `? ` and the key of what was typed.
    """
    typed_keys = "? " + titles.title_keys(frame["agency_typed"])
    return frame.assign(
        title_key=titles.title_keys(frame["title"]),
        delivered_id=frame["submission_id"],
        agency_key=frame["agency_code"].fillna(typed_keys),
    )


def _sort_by_time(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows in the order in which they replace each other; rows without a time come first."""
    order = ["timed", "submitted_at", *identity.ROW_ORDER]
    timed = rows.assign(timed=rows["submitted_at"].notna())
    in_order = timed.sort_values(order, na_position="first", ignore_index=True)
    return in_order.drop(columns="timed")


def _choose_counting_rows(rows: pd.DataFrame, graded: pd.DataFrame) -> pd.DataFrame:
    """The rows with `counts` and `ranked_status`: the last row without an error counts, else the
    last.
    """
    wrong = _rows_with_errors(rows, graded)
    place = pd.Series(np.arange(len(rows)), index=rows.index)
    number, _ = pd.factorize(rows["innovation"])
    last = place.groupby(number).transform("max")
    last_right = place.where(~wrong).groupby(number).transform("max")
    counting = last_right.fillna(last)
    status = np.select([place < counting, wrong], ["superseded", "rejected"], "accepted")
    ranked_status = pd.Series(status, index=rows.index, dtype="str")
    return rows.assign(counts=place == counting, ranked_status=ranked_status)


def _rows_with_errors(rows: pd.DataFrame, graded: pd.DataFrame) -> pd.Series:
    """Whether each row has a finding that is an error."""
    errors = graded[_is_row_error(graded)]
    return pd.Series(is_at_place(rows, errors), index=rows.index)


def _is_row_error(graded: pd.DataFrame) -> pd.Series:
    """Whether each finding is an error on a delivered row."""
    return (graded["table"] == "submissions") & (graded["severity"] == "error")


def _soften_findings(graded: pd.DataFrame, ranked: pd.DataFrame) -> pd.DataFrame:
    """The findings, those on superseded rows no more than warnings."""
    superseded = ranked[ranked["ranked_status"] == "superseded"]
    is_mild = _is_row_error(graded) & is_at_place(graded, superseded)
    return graded.assign(severity=graded["severity"].mask(is_mild, "warning"))


def _note_earlier_rows(graded: pd.DataFrame, decided: pd.DataFrame) -> pd.DataFrame:
    """The findings; those that reject a row after one that is accepted say that the earlier one
    stands.
    """
    later = _rejected_after_accepted(decided)
    is_noted = _is_row_error(graded) & is_at_place(graded, later)
    params = graded["params"].to_numpy(copy=True)
    for position in np.flatnonzero(is_noted):
        params[position] = params[position] | {"earlier_stands": True}
    return graded.assign(params=pd.Series(params, index=graded.index, dtype="object"))


def _rejected_after_accepted(decided: pd.DataFrame) -> pd.DataFrame:
    """The rejected rows that come after the accepted row of their innovation."""
    is_accepted = decided["counts"] & (decided["status"] == "accepted")
    accepted = decided.loc[is_accepted, "innovation"]
    is_rejected = (decided["ranked_status"] == "rejected") & ~decided["counts"]
    return decided[is_rejected & decided["innovation"].isin(accepted)]


def _similar_title_findings(ranked: pd.DataFrame, near: pd.DataFrame) -> pd.DataFrame:
    """A `similar_title` finding for each pair of innovations with near titles, at the later row."""
    counting = ranked[ranked["counts"]].reset_index(drop=True)
    first, second = _near_positions(counting["entry"], near)
    earlier, later = counting.loc[first], counting.loc[second]
    places = later[["source", "row"]].assign(
        value=later["title"],
        other=earlier["title"].to_numpy(),
        other_id=earlier["submission_id"].to_numpy(),
        other_agency=earlier["agency"].fillna("–").to_numpy(),
    )
    return make_findings("similar_title", places, table="submissions", field="title")


def _near_positions(entries: pd.Series, near: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """The positions of the two entries of each near pair, the smaller position first, in order.

    Pairs that have an entry of another list are left out.
    """
    position = pd.Series(entries.index, index=entries)
    left = position.reindex(near["left"]).to_numpy("float64")
    right = position.reindex(near["right"]).to_numpy("float64")
    pairs = np.sort(np.stack([left, right]), axis=0)
    has_both = ~np.isnan(pairs).any(axis=0)
    first, second = pairs[:, has_both].astype("int64")
    order = np.lexsort((second, first))
    return first[order], second[order]
