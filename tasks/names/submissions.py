"""What people typed for a submission, its id or its title -> the submission that they mean.

Each distinct text is looked up once. Where a text means no submission, `nearest_innovations` says
which one was probably meant: a remedy offers it, and nothing takes it.
"""

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process

from tasks.names.name_forms import text_form, text_forms
from tasks.names.titles import title_key, title_keys

_NEAR_PERCENT, _CLEAR_LEAD_PERCENT = (
    80,
    10,
)  # percent of the letters alike; how much nearer it must be than the next
_MOST_COMPARISONS = (
    5_000_000  # comparisons; so many unknown texts are no misspellings but another column or year
)


def match_submissions(texts: pd.Series, settled: pd.DataFrame) -> pd.DataFrame:
    """Which submission each text means, by id or by title: columns submission_id and rule, on the
    index of `texts`.

    `settled` has submission_id, title, innovation and counts (submissions.py), delivered_id where
    the forms have ids of their own, and title_key where it is known. The id is that of the row that
    counts for the innovation, also where the text names a superseded row. `rule` is
    unknown_submission, ambiguous_submission (two innovations share the title or id), or NaN; an
    empty text has neither.
    """
    if texts.isna().all():
        return pd.DataFrame(
            {"submission_id": np.nan, "rule": np.nan}, index=texts.index, dtype="str"
        )
    meant = _innovations_meant(pd.Series(texts.dropna().unique(), dtype="str"), settled)
    counting = settled[settled["counts"]].set_index("innovation")["submission_id"]
    single = meant[meant != ""].map(counting)
    is_unknown = texts.notna() & ~texts.isin(meant.index)
    is_shared = texts.isin(meant.index[meant == ""])
    rules = np.select([is_unknown, is_shared], ["unknown_submission", "ambiguous_submission"], "")
    rule = pd.Series(rules, index=texts.index, dtype="str").replace("", None)
    return pd.DataFrame({"submission_id": texts.map(single).astype("str"), "rule": rule})


def match_accepted_submissions(texts: pd.Series, settled: pd.DataFrame) -> pd.DataFrame:
    """As `submissions`, for what is said of a phase after registration: only accepted innovations
    enter one.

    A title that an accepted innovation shares with a rejected one alone means the accepted one; a
    text that means no accepted innovation is looked up among all, so that it is not_in_phase and
    not unknown. `settled` has status besides.
    """
    if texts.isna().all():
        return match_submissions(texts, settled)
    of_accepted = settled.loc[
        settled["counts"].astype("bool") & (settled["status"] == "accepted"), "innovation"
    ]
    first = match_submissions(texts, settled[settled["innovation"].isin(of_accepted)])
    elsewhere = first["rule"] == "unknown_submission"
    return first.where(~elsewhere, match_submissions(texts, settled))


def _innovations_meant(typed: pd.Series, settled: pd.DataFrame) -> pd.Series:
    """The innovation by text, for the texts that mean one; "" where it could be several.

    The best way to read a text that finds anything is the one that counts: published id, the form's
    own id, the same without case and punctuation, then title.
    """
    ids = [settled[name] for name in ("submission_id", "delivered_id") if name in settled]
    found = [pd.Series(dtype="str")]
    for column, reading in (
        [(c, _strip_texts) for c in ids]
        + [(c, text_forms) for c in ids]
        + [(settled["title"], title_keys)]
    ):
        if len(typed):
            names = (
                settled["title_key"]
                if reading is title_keys and "title_key" in settled
                else reading(column)
            )
            found.append(
                _look_up_texts(typed, reading(typed), names, settled["innovation"].astype("str"))
            )
            typed = typed[~typed.isin(found[-1].index)]
    meant: pd.Series = pd.concat(found)
    return meant


def _strip_texts(texts: pd.Series) -> pd.Series:
    return texts.str.strip()


def _look_up_texts(
    typed: pd.Series, read: pd.Series, names: pd.Series, innovation: pd.Series
) -> pd.Series:
    known = pd.DataFrame({"name": names, "innovation": innovation}).dropna().drop_duplicates()
    known["innovation"] = known["innovation"].mask(known["name"].duplicated(keep=False), "")
    by_name = known.drop_duplicates().set_index("name")["innovation"]
    found: pd.Series = read.map(by_name).set_axis(typed).dropna().astype("str")
    return found


def nearest_innovations(texts: pd.Series, settled: pd.DataFrame) -> pd.Series:
    """For each text the id and title of the one innovation that comes clearly nearest, "ID
    (title)"; "" where none does. On the index of `texts`; `settled` has submission_id, title and
    counts.
    """
    typed = texts.dropna().unique()
    counts = settled["counts"].astype("bool")
    if not len(typed) or len(typed) * counts.sum() > _MOST_COMPARISONS:
        return pd.Series("", index=texts.index, dtype="str")
    counting = settled.loc[counts, ["submission_id", "title"]]
    named = (counting["submission_id"] + " (" + counting["title"].fillna("") + ")").tolist()
    keys, ids = (
        title_keys(counting["title"]).fillna("").tolist(),
        text_forms(counting["submission_id"]).tolist(),
    )
    found = {text: _nearest_position(text, keys, ids) for text in typed}
    return (
        texts.map({text: "" if at is None else named[at] for text, at in found.items()})
        .fillna("")
        .astype("str")
    )


def _nearest_position(text: str, keys: list[str], ids: list[str]) -> int | None:
    """The position of the innovation whose title or id is clearly nearest; else of the only one
    whose title has all words of the text, or the other way round.
    """
    said = title_key(text)
    by_title = process.extract(
        said, keys, scorer=fuzz.ratio, score_cutoff=_NEAR_PERCENT - _CLEAR_LEAD_PERCENT, limit=2
    )
    by_id = process.extract(
        text_form(text),
        ids,
        scorer=fuzz.ratio,
        score_cutoff=_NEAR_PERCENT - _CLEAR_LEAD_PERCENT,
        limit=2,
    )
    hits = sorted(((score, at) for _, score, at in (*by_title, *by_id)), reverse=True)
    best = [at for score, at in hits if score >= _NEAR_PERCENT]
    others = [score for score, at in hits if best and at != best[0]]
    if best and (not others or hits[0][0] - others[0] >= _CLEAR_LEAD_PERCENT):
        return best[0]
    if best or " " not in said:
        return None
    within = process.extract(said, keys, scorer=fuzz.token_set_ratio, score_cutoff=100, limit=2)
    return int(within[0][2]) if len(within) == 1 and within[0][0] else None
