"""Delivered rows -> submissions: who sent what, which rows are one innovation, which of them
counts, and its status.

Computes; touches nothing. In steps, because validation stands before the last:

    frame, found, matches = matched(rows, ...)         typed rows, once each, with codes compared_ =
    compared(frame)                        which rows are one innovation, which titles are near each
    other found += validation.validate_submissions(frame, ...) submissions, found, decisions =
    settled(compared_, found, ...)

docs/methods/which-row-counts.md says how and why.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from tasks.findings.frame import grade_findings, is_at_place, join_findings, make_findings
from tasks.names import agencies, near_pairs, titles
from tasks.names.categories import match_categories, match_groups
from tasks.register.tables import Tables
from tasks.registration import decisions, identity
from tasks.rules.competition import Competition

CELL_RULES = (
    "unreadable_date",
    "ambiguous_date",
)  # found on cells before rows delivered twice are known
_MATCH_COLUMNS = ["agency_code", "read_as", "similarity", "rule", "case", "candidates", "years"]


def match_rows(
    rows: pd.DataFrame, competition: Competition, tables: Tables
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The typed rows without those delivered twice, with codes for what was typed; findings; the
    table matches.

    Beside the columns of the typed rows: agency_code; agency (the body's name, else what was
    typed); agency_typed, category_typed, group_typed; category, group (codes, NaN where nothing
    matches); agency_rule, agency_case, agency_candidates, agency_years (why an agency matches
    nothing or only nearly: agencies.match).
    """
    frame, overlaps = identity.drop_repeated_rows(rows)
    means = agencies.match_agencies(
        frame["agency"], tables.agencies, competition.year, agencies.host_city(competition.host)
    )
    by_text = frame[["agency"]].merge(
        means, left_on="agency", right_on="typed", how="left", validate="m:1"
    )
    of_agency = by_text[_MATCH_COLUMNS].set_axis(
        [name if name == "agency_code" else f"agency_{name}" for name in _MATCH_COLUMNS], axis=1
    )
    typed = frame[["agency", "category", "group"]].add_suffix("_typed")
    coded = frame.assign(
        agency=of_agency["agency_read_as"].fillna(frame["agency"]),
        category=match_categories(frame["category"], competition),
        group=match_groups(frame["group"], competition),
    )
    whole = pd.concat([coded, typed, of_agency.drop(columns="agency_read_as")], axis=1)
    near = whole[whole["agency_rule"] == "approximate_agency"]
    return (
        whole,
        join_findings([overlaps, _approximate_agency_findings(near)]),
        _matches_table(near),
    )


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
    delivered: ComparedRows, found: pd.DataFrame, competition: Competition, tables: Tables
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The submissions, all findings with their severity, and the table decisions for registration.

    `found`: every finding so far: of reading, typing, matching and validation. Columns besides
    those of `matched`: delivered_id, submission_id, innovation, entry, counts, ranked_status,
    status, reason. Findings on superseded rows are warnings.
    """
    rows, found = delivered.rows, _findings_on_kept_rows(found, delivered.rows)
    similar = _similar_title_findings(
        _choose_counting_rows(rows, _grade_submission_findings(found, competition)), delivered.near
    )
    graded = _grade_submission_findings(join_findings([found, similar]), competition)
    ranked = _choose_counting_rows(rows, graded)
    decided, refused, listed = decisions.decide_registration(
        ranked, graded, tables.decisions, competition
    )
    all_found = join_findings(
        [
            _note_earlier_rows(_soften_findings(graded, ranked), decided),
            _grade_submission_findings(refused, competition),
        ]
    )
    return (
        decided.sort_values(identity.ROW_ORDER, na_position="first", ignore_index=True),
        all_found,
        listed,
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
