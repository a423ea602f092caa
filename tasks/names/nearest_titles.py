"""Which innovation was probably meant by a text that means none: offered in a remedy, never taken.
Computes; touches nothing.
"""

import pandas as pd
from rapidfuzz import fuzz, process

from tasks.names import matching, titles

_NEAR_PERCENT, _CLEAR_LEAD_PERCENT = (
    80,
    10,
)  # percent of the letters alike; how much nearer it must be than the next
_MOST_COMPARISONS = (
    5_000_000  # comparisons; so many unknown texts are no misspellings but another column or year
)


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
        titles.title_keys(counting["title"]).fillna("").tolist(),
        matching.text_forms(counting["submission_id"]).tolist(),
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
    said = titles.title_key(text)
    by_title = process.extract(
        said, keys, scorer=fuzz.ratio, score_cutoff=_NEAR_PERCENT - _CLEAR_LEAD_PERCENT, limit=2
    )
    by_id = process.extract(
        matching.text_form(text),
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
