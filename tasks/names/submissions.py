"""What people typed for a submission, its id or its title -> the submission that they mean.

Each distinct text is looked up once. Where a text means no submission, `nearest_innovations` says
which one was probably meant: a remedy offers it, and nothing takes it.
"""

from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process

from tasks.names.name_forms import text_form, text_forms
from tasks.names.titles import title_key, title_keys

_Reading = Callable[[pd.Series], pd.Series]

_NEAR_PERCENT = 80  # percent of the letters that must be alike
_CLEAR_LEAD_PERCENT = 10  # percent; so much nearer must the nearest be than the next
# comparisons; so many unknown texts are no misspellings but another column or year
_MOST_COMPARISONS = 5_000_000


def match_submissions(texts: pd.Series, settled: pd.DataFrame) -> pd.DataFrame:
    """Which submission each text means, by id or by title: columns submission_id and rule, on the
    index of `texts`.

    `settled` has submission_id, title, innovation and counts, delivered_id where the forms have ids
    of their own, and title_key where it is known. The id is that of the row that counts for the
    innovation, also where the text names a superseded row. `rule` is unknown_submission,
    ambiguous_submission (two innovations share the title or id), or NaN; a missing text has
    neither.
    """
    if texts.isna().all():
        empty = {"submission_id": np.nan, "rule": np.nan}
        return pd.DataFrame(empty, index=texts.index, dtype="str")
    innovations = _innovations_meant(pd.Series(texts.dropna().unique(), dtype="str"), settled)
    counting = settled[settled["counts"]].set_index("innovation")["submission_id"]
    ids = innovations[innovations != ""].map(counting)
    rules = _submission_rules(texts, innovations)
    return pd.DataFrame({"submission_id": texts.map(ids).astype("str"), "rule": rules})


def _submission_rules(texts: pd.Series, innovations: pd.Series) -> pd.Series:
    """The rule that each text breaks, NaN where none. `innovations`: as of _innovations_meant."""
    is_unknown = texts.notna() & ~texts.isin(innovations.index)
    is_shared = texts.isin(innovations.index[innovations == ""])
    rules = np.select([is_unknown, is_shared], ["unknown_submission", "ambiguous_submission"], "")
    return pd.Series(rules, index=texts.index, dtype="str").replace("", None)


def match_accepted_submissions(texts: pd.Series, settled: pd.DataFrame) -> pd.DataFrame:
    """Which submission each text means in a phase after registration, which only accepted
    innovations enter: columns as of `match_submissions`.

    A title that an accepted innovation shares only with rejected ones means the accepted
    innovation. A text that means no accepted innovation is looked up among all, so that its rule is
    not unknown_submission where it means a rejected one. `settled` has status besides.
    """
    if texts.isna().all():
        return match_submissions(texts, settled)
    is_accepted = settled["counts"].astype("bool") & (settled["status"] == "accepted")
    accepted = settled["innovation"].isin(settled.loc[is_accepted, "innovation"])
    among_accepted = match_submissions(texts, settled[accepted])
    is_elsewhere = among_accepted["rule"] == "unknown_submission"
    return among_accepted.where(~is_elsewhere, match_submissions(texts, settled))


def _innovations_meant(typed: pd.Series, settled: pd.DataFrame) -> pd.Series:
    """The innovation by text, for the texts that mean one; "" where a text could mean several.

    Of the ways to read a text the first that finds anything counts: published id, the form's own
    id, both without case and punctuation, then title.
    """
    innovation = settled["innovation"].astype("str")
    parts = [pd.Series(dtype="str")]
    for read, names in _ways_to_read(settled):
        parts.append(_look_up_texts(typed, read(typed), names, innovation))
        typed = typed[~typed.isin(parts[-1].index)]
        if typed.empty:
            break
    meant: pd.Series = pd.concat(parts)
    return meant


def _ways_to_read(settled: pd.DataFrame) -> Iterator[tuple[_Reading, pd.Series]]:
    """How a text is read, and the names of `settled` read likewise, the best way first. Names are
    read only when their way is asked for.
    """
    ids = [settled[name] for name in ("submission_id", "delivered_id") if name in settled]
    for read in (_strip_texts, text_forms):
        for column in ids:
            yield read, read(column)
    has_keys = "title_key" in settled
    yield title_keys, settled["title_key"] if has_keys else title_keys(settled["title"])


def _strip_texts(texts: pd.Series) -> pd.Series:
    return texts.str.strip()


def _look_up_texts(
    typed: pd.Series, forms: pd.Series, names: pd.Series, innovation: pd.Series
) -> pd.Series:
    """The innovation by text; "" where several have the name. `forms`: how each text is read;
    `names`, `innovation`: row by row.
    """
    known = pd.DataFrame({"name": names, "innovation": innovation}).dropna().drop_duplicates()
    is_shared = known["name"].duplicated(keep=False)
    known["innovation"] = known["innovation"].mask(is_shared, "")
    by_name = known.drop_duplicates().set_index("name")["innovation"]
    meant: pd.Series = forms.map(by_name).set_axis(typed).dropna().astype("str")
    return meant


# --- what a text that means none probably means


def nearest_innovations(texts: pd.Series, settled: pd.DataFrame) -> pd.Series:
    """The id and title, "ID (title)", of the one innovation that comes clearly nearest to each
    text; "" where none does. On the index of `texts`.

    `settled` has submission_id, title and counts.
    """
    typed = texts.dropna().unique()
    is_counting = settled["counts"].astype("bool")
    if not len(typed) or len(typed) * is_counting.sum() > _MOST_COMPARISONS:
        return pd.Series("", index=texts.index, dtype="str")
    counting = settled.loc[is_counting, ["submission_id", "title"]]
    ids, titles = counting["submission_id"], counting["title"]
    labels = (ids + " (" + titles.fillna("") + ")").tolist()
    keys, id_forms = title_keys(titles).fillna("").tolist(), text_forms(ids).tolist()
    positions = {text: _nearest_position(text, keys, id_forms) for text in typed}
    nearest = {text: labels[at] for text, at in positions.items() if at is not None}
    return texts.map(nearest).astype("str").fillna("")


def _nearest_position(text: str, keys: list[str], ids: list[str]) -> int | None:
    """The position of the innovation whose title or id is clearly nearest; else of the only one
    whose title has all words of the text, or the other way round.
    """
    key = title_key(text)
    hits = sorted([*_near_hits(key, keys), *_near_hits(text_form(text), ids)], reverse=True)
    if hits and hits[0][0] >= _NEAR_PERCENT:
        return _clear_position(hits)
    if " " not in key:
        return None
    return _only_position_within(key, keys)


def _near_hits(text: str, names: list[str]) -> list[tuple[float, int]]:
    """Percent of letters alike and position of the two names that come nearest to the text."""
    least = _NEAR_PERCENT - _CLEAR_LEAD_PERCENT
    hits = process.extract(text, names, scorer=fuzz.ratio, score_cutoff=least, limit=2)
    return [(score, position) for _, score, position in hits]


def _clear_position(hits: list[tuple[float, int]]) -> int | None:
    """The position of the first hit, where it is nearer by far than those of other positions."""
    best_score, best = hits[0]
    others = [score for score, position in hits if position != best]
    is_clear = not others or best_score - others[0] >= _CLEAR_LEAD_PERCENT
    return best if is_clear else None


def _only_position_within(key: str, keys: list[str]) -> int | None:
    """The position of the only title that has all words of the text, or the other way round."""
    hits = process.extract(key, keys, scorer=fuzz.token_set_ratio, score_cutoff=100, limit=2)
    if len(hits) != 1:
        return None
    title, _, position = hits[0]
    return int(position) if title else None
