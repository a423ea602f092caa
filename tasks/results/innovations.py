"""What data/ knows of the innovations: which rows of submissions.csv belong together, and which one
a text means.

Computes; touches nothing. For what is asked of a published run, where the settled frame of
submissions.py is gone.
"""

from dataclasses import dataclass

import pandas as pd
from rapidfuzz import fuzz, process

from tasks.names import titles
from tasks.names.name_forms import text_form, text_forms
from tasks.names.submissions import match_submissions
from tasks.registration import identity

_NEAR_PERCENT, _MOST_CANDIDATES = (
    75,
    5,
)  # percent alike, from which on a candidate is named; how many are


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
    told = pd.DataFrame(
        {
            "agency_key": submissions["agency_code"].fillna(
                "? " + titles.title_keys(submissions["agency"])
            ),
            "title_key": titles.title_keys(submissions["title"]),
            "source": "",
            "form": "",
            "response_id": submissions["submission_id"],
            "submitted_at": pd.Series(pd.NaT, index=submissions.index),
        }
    )
    named = submissions.assign(
        innovation=pd.Series(identity.number_innovations(told), index=submissions.index).astype(
            "str"
        ),
        timed=submissions["submitted_at"].notna(),
    )
    ordered = named.sort_values(
        ["timed", "submitted_at", "source", "row"], na_position="first", ignore_index=True
    )
    stands = ordered["status"] != "superseded"
    return ordered.assign(counts=stands & ~ordered["innovation"].where(stands).duplicated()).drop(
        columns="timed"
    )


def find_innovation(asked: str, submissions: pd.DataFrame) -> FoundInnovation:
    """The innovation that `asked` means: by id or title without case, accents and punctuation; else
    by words that only one title has. `submissions` as `settled` gives it.
    """
    met = match_submissions(pd.Series([asked], dtype="str"), submissions).iloc[0]
    if met["submission_id"] == met["submission_id"]:
        return FoundInnovation(str(met["submission_id"]))
    counting = submissions[submissions["counts"]]
    key = titles.title_keys(counting["title"]).fillna("")
    said = titles.title_key(asked)
    if met["rule"] == "ambiguous_submission":
        same_id = text_forms(counting["submission_id"]) == text_form(asked)
        return FoundInnovation(None, _ids_and_titles(counting[(key == said) | same_id]))
    within = counting[[_contains_words(said, title) for title in key]]
    if len(within) == 1:
        return FoundInnovation(str(within["submission_id"].iloc[0]))
    return FoundInnovation(
        None,
        _ids_and_titles(within.head(_MOST_CANDIDATES))
        if len(within)
        else _nearest_innovations(asked, counting),
    )


def _contains_words(said: str, title: str) -> bool:
    return bool(said) and f" {said} " in f" {title} "


def _ids_and_titles(rows: pd.DataFrame) -> tuple[tuple[str, str], ...]:
    return tuple(zip(rows["submission_id"], rows["title"].fillna(""), strict=True))


def _nearest_innovations(asked: str, counting: pd.DataFrame) -> tuple[tuple[str, str], ...]:
    """Those with a title, a part of one, or an id that is nearly what was asked for, the nearest
    first.
    """
    keys, ids = (
        list(titles.title_keys(counting["title"]).fillna("")),
        list(counting["submission_id"].str.casefold()),
    )
    by_title = process.extract(
        titles.title_key(asked),
        keys,
        scorer=fuzz.partial_ratio,
        score_cutoff=_NEAR_PERCENT,
        limit=_MOST_CANDIDATES,
    )
    by_id = process.extract(
        asked.casefold(), ids, scorer=fuzz.ratio, score_cutoff=_NEAR_PERCENT, limit=_MOST_CANDIDATES
    )
    best = sorted([*by_title, *by_id], key=lambda hit: -hit[1])
    places = list(dict.fromkeys(place for _, _, place in best))[:_MOST_CANDIDATES]
    return _ids_and_titles(counting.iloc[places])
