"""What data/ knows of the innovations: which rows of submissions.csv belong together, and which one
a text means.

For questions about a published run, where the settled frame of submissions.py is gone.
"""

from dataclasses import dataclass

import pandas as pd
from rapidfuzz import fuzz, process

from tasks.names import titles
from tasks.names.name_forms import text_form, text_forms
from tasks.names.submissions import match_submissions
from tasks.registration import identity

_NEAR_PERCENT = 75  # percent alike, from which on a candidate is named
_MOST_CANDIDATES = 5


@dataclass(frozen=True)
class FoundInnovation:
    """The innovation that a text means: the id of its counting row, None where it is none or could
    be several.

    `candidates`: ids and titles of those that it could be, or that come nearest.
    """

    submission_id: str | None
    candidates: tuple[tuple[str, str], ...] = ()


def add_innovations(submissions: pd.DataFrame) -> pd.DataFrame:
    """The table submissions with `innovation` (equal for rows of one innovation) and `counts`
    (boolean: the one row that stands for it), as matching takes it; in the order in which rows
    replace each other.

    Rows after the one that counts are rejected and replace nothing; those before it are superseded.
    """
    unknown_agencies = "? " + titles.title_keys(submissions["agency"])
    keys = pd.DataFrame(
        {
            "agency_key": submissions["agency_code"].fillna(unknown_agencies),
            "title_key": titles.title_keys(submissions["title"]),
            "source": "",
            "form": "",
            "response_id": submissions["submission_id"],
            "submitted_at": pd.Series(pd.NaT, index=submissions.index),
        }
    )
    numbers = pd.Series(identity.number_innovations(keys), index=submissions.index)
    numbered = submissions.assign(
        innovation=numbers.astype("str"), timed=submissions["submitted_at"].notna()
    )
    order = ["timed", "submitted_at", "source", "row"]
    ordered = numbered.sort_values(order, na_position="first", ignore_index=True)
    stands = ordered["status"] != "superseded"
    is_repeated = ordered["innovation"].where(stands).duplicated()
    return ordered.assign(counts=stands & ~is_repeated).drop(columns="timed")


def find_innovation(typed: str, submissions: pd.DataFrame) -> FoundInnovation:
    """The innovation that `typed` means: by id or title without case, accents and punctuation; else
    by words that only one title has. `submissions` as `add_innovations` gives it.
    """
    match = match_submissions(pd.Series([typed], dtype="str"), submissions).iloc[0]
    if pd.notna(match["submission_id"]):
        return FoundInnovation(str(match["submission_id"]))
    counting = submissions[submissions["counts"]]
    title_keys = titles.title_keys(counting["title"]).fillna("")
    typed_key = titles.title_key(typed)
    if match["rule"] == "ambiguous_submission":
        same_id = text_forms(counting["submission_id"]) == text_form(typed)
        same_title = title_keys == typed_key
        return FoundInnovation(None, _ids_and_titles(counting[same_title | same_id]))
    within = counting[[_contains_words(typed_key, key) for key in title_keys]]
    if len(within) == 1:
        return FoundInnovation(str(within["submission_id"].iloc[0]))
    if len(within):
        return FoundInnovation(None, _ids_and_titles(within.head(_MOST_CANDIDATES)))
    return FoundInnovation(None, _nearest_innovations(typed, counting))


def _contains_words(words: str, title_key: str) -> bool:
    return bool(words) and f" {words} " in f" {title_key} "


def _ids_and_titles(rows: pd.DataFrame) -> tuple[tuple[str, str], ...]:
    return tuple(zip(rows["submission_id"], rows["title"].fillna(""), strict=True))


def _nearest_innovations(typed: str, counting: pd.DataFrame) -> tuple[tuple[str, str], ...]:
    """The ids and titles of the innovations whose title, part of a title, or id is nearly the typed
    text; the nearest first.
    """
    keys = list(titles.title_keys(counting["title"]).fillna(""))
    ids = list(counting["submission_id"].str.casefold())
    by_title = process.extract(
        titles.title_key(typed),
        keys,
        scorer=fuzz.partial_ratio,
        score_cutoff=_NEAR_PERCENT,
        limit=_MOST_CANDIDATES,
    )
    by_id = process.extract(
        typed.casefold(), ids, scorer=fuzz.ratio, score_cutoff=_NEAR_PERCENT, limit=_MOST_CANDIDATES
    )
    best = sorted([*by_title, *by_id], key=lambda hit: -hit[1])
    places = list(dict.fromkeys(place for _, _, place in best))[:_MOST_CANDIDATES]
    return _ids_and_titles(counting.iloc[places])
