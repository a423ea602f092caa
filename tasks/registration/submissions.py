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
    frame = once.frame
    bodies = _match_agencies(frame["agency"], competition, tables)
    typed = frame[["agency", "category", "group"]].add_suffix("_typed")
    coded = frame.assign(
        agency=bodies["agency_read_as"].fillna(frame["agency"]),
        category=match_categories(frame["category"], competition),
        group=match_groups(frame["group"], competition),
    )
    matched = pd.concat([coded, typed, bodies.drop(columns="agency_read_as")], axis=1)
    near = matched[matched["agency_rule"] == "approximate_agency"]
    findings = join_findings([once.findings, _approximate_agency_findings(near)])
    return MatchedRows(matched, _matches_table(near), findings)


def _match_agencies(typed: pd.Series, competition: Competition, tables: Tables) -> pd.DataFrame:
    """What each text means as an agency: agency_code, agency_read_as, agency_similarity,
    agency_rule, agency_case, agency_candidates, agency_years; one row a text, in order.
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
    """The table matches: one row a text that was matched only nearly, at its first row."""
    once = near.drop_duplicates("agency_typed")
    table = once[["source", "row"]].assign(
        field="agency",
        typed=once["agency_typed"],
        read_as=once["agency"],
        similarity=once["agency_similarity"],
    )
    return table.reset_index(drop=True)


# --- which rows are one innovation
# -----------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class ComparedRows:
    """The delivered rows by innovation, and their near titles.

    rows: as identify_rows gives them. near: left, right, both of values of `entry`; one row a pair
    of near titles.
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
# ------------------------------------------------------------------------------------------------


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
    softened = _soften_findings(graded, ranked)
    return DecidedSubmissions(
        decided.submissions.sort_values(identity.ROW_ORDER, na_position="first", ignore_index=True),
        decided.decisions,
        join_findings(
            [
                _note_earlier_rows(softened, decided.submissions),
                _grade_submission_findings(decided.findings, competition),
            ]
        ),
    )


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
    timed = frame.assign(
        title_key=titles.title_keys(frame["title"]),
        timed=frame["submitted_at"].notna(),
        delivered_id=frame["submission_id"],
        agency_key=frame["agency_code"].fillna("? " + titles.title_keys(frame["agency_typed"])),
    )
    rows = timed.sort_values(
        ["timed", "submitted_at", *identity.ROW_ORDER], na_position="first", ignore_index=True
    )
    derived_ids = identity.derive_ids(rows)
    innovation = derived_ids.groupby(identity.number_innovations(rows)).transform("first")
    named = rows.assign(
        innovation=innovation,
        submission_id=identity.published_ids(rows["delivered_id"], derived_ids, innovation),
    )
    titled = named.groupby(["innovation", "title_key"], sort=False, dropna=False)
    return named.assign(entry=titled.ngroup()).drop(columns="timed")


def _choose_counting_rows(rows: pd.DataFrame, graded: pd.DataFrame) -> pd.DataFrame:
    """The rows with `counts` and `ranked_status`: the last row without an error counts, else the
    last.
    """
    wrong = _rows_with_errors(rows, graded)
    place = pd.Series(np.arange(len(rows)), index=rows.index)
    number, _ = pd.factorize(rows["innovation"])
    last_right = place.where(~wrong).groupby(number).transform("max")
    counting = last_right.fillna(place.groupby(number).transform("max"))
    counts = place == counting
    status = np.select([place < counting, wrong], ["superseded", "rejected"], "accepted")
    return rows.assign(
        counts=counts, ranked_status=pd.Series(status, index=rows.index, dtype="str")
    )


def _rows_with_errors(rows: pd.DataFrame, graded: pd.DataFrame) -> pd.Series:
    """Whether each row has a finding that is an error."""
    errors = graded[(graded["severity"] == "error") & (graded["table"] == "submissions")]
    return pd.Series(is_at_place(rows, errors), index=rows.index)


def _soften_findings(graded: pd.DataFrame, ranked: pd.DataFrame) -> pd.DataFrame:
    """The findings, those on superseded rows no more than warnings."""
    wrong = (graded["table"] == "submissions") & (graded["severity"] == "error")
    mild = wrong & is_at_place(graded, ranked[ranked["ranked_status"] == "superseded"])
    return graded.assign(severity=graded["severity"].mask(mild, "warning"))


def _note_earlier_rows(graded: pd.DataFrame, decided: pd.DataFrame) -> pd.DataFrame:
    """The findings; those that reject a row after one that is accepted say that the earlier one
    stands.
    """
    is_accepted = decided["counts"] & (decided["status"] == "accepted")
    is_rejected = (decided["ranked_status"] == "rejected") & ~decided["counts"]
    accepted = decided.loc[is_accepted, "innovation"]
    after = is_rejected & decided["innovation"].isin(accepted)
    wrong = (graded["table"] == "submissions") & (graded["severity"] == "error")
    positions = np.flatnonzero(wrong & is_at_place(graded, decided[after]))
    params = graded["params"].to_numpy(copy=True)
    for position in positions:
        params[position] = params[position] | {"earlier_stands": True}
    return graded.assign(params=pd.Series(params, index=graded.index, dtype="object"))


def _similar_title_findings(ranked: pd.DataFrame, near: pd.DataFrame) -> pd.DataFrame:
    """A `similar_title` finding for each pair of innovations with near titles, at the later row."""
    counting = ranked[ranked["counts"]].reset_index(drop=True)
    position = pd.Series(counting.index, index=counting["entry"])
    sides = [position.reindex(near[side]).to_numpy("float64") for side in ("left", "right")]
    pairs = np.sort(np.stack(sides), axis=0)
    first, second = pairs[:, ~np.isnan(pairs).any(axis=0)].astype("int64")
    order = np.lexsort((second, first))
    earlier, later = counting.loc[first[order]], counting.loc[second[order]]
    places = later[["source", "row"]].assign(
        value=later["title"],
        other=earlier["title"].to_numpy(),
        other_id=earlier["submission_id"].to_numpy(),
        other_agency=earlier["agency"].fillna("–").to_numpy(),
    )
    return make_findings("similar_title", places, table="submissions", field="title")
