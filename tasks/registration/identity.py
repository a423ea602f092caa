"""Which delivered rows are the same response, and which are the same innovation; the ids under
which they are published.

Computes; touches nothing. docs/methods/which-row-counts.md and docs/methods/identifiers.md say how
and why.
"""

import hashlib
from collections.abc import Mapping

import numpy as np
import pandas as pd

from tasks import codes
from tasks.findings.frame import make_findings

ROW_ORDER = ["export_name", "source", "row"]  # of exports and their rows, where time does not tell
ID_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without I, L, O and U, which people misread
ID_LENGTH = 6
_LETTER_PAIRS = [
    ID_LETTERS[number & 31] + ID_LETTERS[number >> 5] for number in range(1024)
]  # two letters at once
NO_AGENCY_CODE = "X"  # stands for the code of an agency that the register does not have


def drop_repeated_rows(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows without those delivered twice (equal `cells`), and an `overlap` finding for each
    pair of exports.

    The row of the earlier export, in order of name, then row, stays; the finding stands at the
    later and has the number. Rows come back in order of export and row, with a plain index.
    """
    ordered = rows.sort_values(ROW_ORDER, kind="stable", na_position="first", ignore_index=True)
    again = ordered["cells"].duplicated()
    first = ordered.loc[~again].set_index("cells")["source"]
    later = ordered.loc[again]
    pairs = pd.DataFrame({"source": later["source"], "other": later["cells"].map(first)})
    counted = pairs.groupby(["source", "other"], as_index=False).size()
    places = counted.assign(
        value=counted["size"].astype("str"), count=counted["size"].map(int)
    ).drop(columns="size")
    return ordered[~again].reset_index(drop=True), make_findings(
        "overlap", places, table="submissions"
    )


def is_first_delivery(rows: pd.DataFrame) -> pd.Series:
    """Whether each row is the one that stays of the rows with its `cells`: the row of the earlier
    export, in order of name, then row (bool).
    """
    ordered = rows.sort_values(ROW_ORDER, kind="stable", na_position="first")
    return ~ordered["cells"].duplicated().reindex(rows.index)


def number_innovations(rows: pd.DataFrame) -> pd.Series:
    """A number for each row, equal for rows of one innovation.

    `rows` has agency_key, title_key, source, form, response_id, submitted_at. Equal are rows of one
    agency and title, and rows with one response id in one form: in one source always; in two only
    where agency, title or time agrees, since two forms may both number from 1.
    """
    response = ["form", "response_id"]
    ways = [["agency_key", "title_key"], [*response, "source"]]
    ways += [[*response, also] for also in ("agency_key", "title_key", "submitted_at")]
    edges = [_agreement_edges(rows, way) for way in ways]
    return pd.Series(
        _component_numbers(len(rows), [edge for edge in edges if len(edge)]), index=rows.index
    )


def _agreement_edges(rows: pd.DataFrame, columns: list[str]) -> np.ndarray:
    """For each row that has all the columns: its position, and the position of the first row that
    agrees with it in them.
    """
    position = pd.Series(np.arange(len(rows)), index=rows.index)[rows[columns].notna().all(axis=1)]
    keyed = rows.loc[position.index, columns]
    first = position.groupby([keyed[column] for column in columns], sort=False).transform("first")
    return np.column_stack([position, first])


def _component_numbers(size: int, edges: list[np.ndarray]) -> np.ndarray:
    from scipy.sparse import (  # start-up time
        coo_array,
    )  # a quarter of a second that a night without new exports does not need
    from scipy.sparse.csgraph import connected_components  # start-up time

    if not edges:
        return np.arange(size)
    left, right = np.concatenate(edges).T
    links = coo_array((np.ones(len(left), dtype=np.int8), (left, right)), shape=(size, size))
    return np.asarray(connected_components(links, directed=False)[1])


# --- ids
# --------------------------------------------------------------------------------------------------


def derive_ids(rows: pd.DataFrame) -> pd.Series:
    """The id made from agency and title for each row: DINKES-7K3Q5Z.

    `rows` has agency_code, agency_key, title_key, cells. Rows of one agency and title have one id,
    others never share one. A row without agency or title is told by its cells instead.
    """
    columns = (rows["agency_key"].fillna(""), rows["title_key"].fillna(""), rows["cells"])
    each = zip(*(column.to_list() for column in columns), strict=True)
    told = [
        f"{who}\n{title}" if who and title else f"{who}\n{title}\n{cells}"
        for who, title, cells in each
    ]
    prefix_of = dict(zip(told, rows["agency_code"].fillna(NO_AGENCY_CODE).to_list(), strict=True))
    id_of = {text: _make_id(prefix, text) for text, prefix in prefix_of.items()}
    if len(set(id_of.values())) < len(id_of):
        id_of = _distinguish_ids(prefix_of)
    return pd.Series([id_of[text] for text in told], index=rows.index, dtype="str")


def _distinguish_ids(prefix_of: Mapping[str, str]) -> dict[str, str]:
    """The ids, of which some were the same: the first in order of the alphabet keeps it."""
    made = sorted(prefix_of, key=lambda text: (prefix_of[text], text))
    ids = [_make_id(prefix_of[text], text) for text in made]
    turn = 0
    while len(set(ids)) < len(ids):
        turn += 1
        taken = pd.Series(ids).duplicated()
        again = zip(made, ids, taken, strict=True)
        ids = [
            _make_id(prefix_of[text], f"{text}\n{turn}") if is_taken else own
            for text, own, is_taken in again
        ]
    return dict(zip(made, ids, strict=True))


def _make_id(prefix: str, text: str) -> str:
    number = int.from_bytes(hashlib.sha256(text.encode("utf-8")).digest()[:8], "big")
    pairs = (
        _LETTER_PAIRS[number & 1023]
        + _LETTER_PAIRS[number >> 10 & 1023]
        + _LETTER_PAIRS[number >> 20 & 1023]
    )
    return f"{prefix}-{pairs[:ID_LENGTH]}"


def published_ids(delivered: pd.Series, derived_ids: pd.Series, innovation: pd.Series) -> pd.Series:
    """The id of each row: the form's own where it is one, else the derived.

    A form's own id is not one where it is unsafe as a name, or where another innovation would have
    the same one, be it from another form or derived.
    """
    safe = {text: codes.is_safe(text) for text in delivered.dropna().unique()}
    own = delivered.where(delivered.map(safe).eq(True))
    if own.isna().all():
        return derived_ids
    claims = pd.concat(
        [
            pd.DataFrame({"name": ids.str.casefold(), "innovation": innovation})
            for ids in (own, derived_ids)
        ]
    ).dropna()
    claimed = claims.drop_duplicates().groupby("name").size()
    return own.where(own.str.casefold().map(claimed) == 1, derived_ids).astype("str")
