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

    rows: beside the columns of the typed rows: agency_code; agency (the body's name, else what was
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
    places = near[
        ["source", "row", "agency_typed", "agency", "agency_code", "agency_similarity"]
    ].rename(
        columns={
            "agency_typed": "value",
            "agency": "taken",
            "agency_code": "code",
            "agency_similarity": "similarity",
        }
    )
    places["similarity"] = (
        places["similarity"].astype("float").round().astype("int64").astype("object")
    )
    return make_findings("approximate_agency", places, table="submissions", field="agency")


def _matches_table(near: pd.DataFrame) -> pd.DataFrame:
    once = near.drop_duplicates("agency_typed").assign(field="agency")
    return once.rename(
        columns={"agency_typed": "typed", "agency": "read_as", "agency_similarity": "similarity"}
    )[["source", "row", "field", "typed", "read_as", "similarity"]].reset_index(drop=True)


# --- which rows are one innovation
# -----------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class ComparedRows:
    """What `identified` gives, and the near titles in it: columns left, right, both of values of
    `entry`.
    """

    rows: pd.DataFrame
    near: pd.DataFrame


def compare_rows(frame: pd.DataFrame) -> ComparedRows:
    """The rows of `matched` by innovation, and all pairs of near titles: also of rows that may turn
    out not to hold.
    """
    rows = identify_rows(frame)
    first = rows.drop_duplicates("entry")
    pairs = near_pairs.find_near_pairs(first["title_key"])
    entry = first["entry"].to_numpy()
    return ComparedRows(
        rows, pd.DataFrame({side: entry[pairs[side]] for side in ("left", "right")})
    )


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


def _findings_on_kept_rows(found: pd.DataFrame, frame: pd.DataFrame) -> pd.DataFrame:
    """The findings without those on cells of rows that were delivered twice: they stand at the row
    that was kept, too.
    """
    of_cells = (found["table"] == "submissions") & found["rule"].isin(CELL_RULES)
    if not of_cells.any():
        return found
    return found[is_at_place(found, frame[["source", "row"]]) | ~of_cells].reset_index(drop=True)


def _grade_submission_findings(found: pd.DataFrame, competition: Competition) -> pd.DataFrame:
    return grade_findings(found, competition.submission.required, competition.rules)


def identify_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows in the order in which they replace each other, with title_key, agency_key,
    delivered_id, submission_id, innovation and entry.

    `frame` has, beside the columns of delivered rows, agency_code and agency_typed. `innovation` is
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
    number, made = identity.number_innovations(rows), identity.derive_ids(rows)
    name = made.groupby(number).transform("first")
    ids = identity.published_ids(rows["delivered_id"], made, name)
    entry = (
        rows.assign(innovation=name)
        .groupby(["innovation", "title_key"], sort=False, dropna=False)
        .ngroup()
    )
    return rows.assign(innovation=name, entry=entry, submission_id=ids).drop(columns="timed")


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
    standing = decided.loc[decided["counts"] & (decided["status"] == "accepted"), "innovation"]
    after = (
        (decided["ranked_status"] == "rejected")
        & ~decided["counts"]
        & decided["innovation"].isin(standing)
    )
    wrong = (graded["table"] == "submissions") & (graded["severity"] == "error")
    told = np.flatnonzero(wrong & is_at_place(graded, decided[after]))
    params = graded["params"].to_numpy(copy=True)
    for position in told:
        params[position] = params[position] | {"earlier_stands": True}
    return graded.assign(params=pd.Series(params, index=graded.index, dtype="object"))


def _similar_title_findings(ranked: pd.DataFrame, near: pd.DataFrame) -> pd.DataFrame:
    """A `similar_title` finding for each pair of innovations with near titles, at the later row."""
    counting = ranked[ranked["counts"]].reset_index(drop=True)
    place = pd.Series(counting.index, index=counting["entry"])
    sides = np.sort(
        np.stack([place.reindex(near[side]).to_numpy("float64") for side in ("left", "right")]),
        axis=0,
    )
    first, second = sides[:, ~np.isnan(sides).any(axis=0)].astype("int64")
    order = np.lexsort((second, first))
    earlier, later = counting.loc[first[order]], counting.loc[second[order]]
    places = (
        later[["source", "row", "title"]]
        .rename(columns={"title": "value"})
        .assign(
            other=earlier["title"].to_numpy(),
            other_id=earlier["submission_id"].to_numpy(),
            other_agency=earlier["agency"].fillna("–").to_numpy(),
        )
    )
    return make_findings("similar_title", places, table="submissions", field="title")
