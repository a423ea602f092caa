"""Which delivered rows are the same response, and which are the same innovation; the ids under
which they are published.

docs/methods/which-row-counts.md and docs/methods/identifiers.md say how and why. What does not
belong here: which of an innovation's rows counts (submissions.py).
"""

import hashlib
from collections.abc import Mapping

import numpy as np
import pandas as pd

from tasks import codes
from tasks.findings.frame import Found, make_findings

ROW_ORDER = ["export_name", "source", "row"]  # of exports and their rows, where time does not tell
ID_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without I, L, O and U, which people misread
ID_LENGTH = 6
_LETTER_PAIRS = [
    ID_LETTERS[number & 31] + ID_LETTERS[number >> 5] for number in range(1024)
]  # two letters at once
NO_AGENCY_CODE = "X"  # stands for the code of an agency that the register does not have


def drop_repeated_rows(rows: pd.DataFrame) -> Found:
    """The rows without those delivered twice (equal `cells`), and an `overlap` finding for each
    pair of exports.

    The row of the earlier export, in order of name, then row, stays; the finding stands at the
    later and has the number. Rows come back in order of export and row, with a plain index.
    """
    ordered = rows.sort_values(ROW_ORDER, kind="stable", na_position="first", ignore_index=True)
    is_repeated = ordered["cells"].duplicated()
    kept, repeated = ordered[~is_repeated], ordered[is_repeated]
    findings = _overlap_findings(kept, repeated)
    return Found(kept.reset_index(drop=True), findings)


def _overlap_findings(kept: pd.DataFrame, repeated: pd.DataFrame) -> pd.DataFrame:
    """An `overlap` finding for each pair of a later export and the export that it repeats, with the
    number of rows.
    """
    source_by_cells = kept.set_index("cells")["source"]
    first_source = repeated["cells"].map(source_by_cells)
    pairs = pd.DataFrame({"source": repeated["source"], "other": first_source})
    places = pairs.groupby(["source", "other"], as_index=False).size()
    places["value"] = places["size"].astype("str")
    places["count"] = places.pop("size").map(int)
    return make_findings("overlap", places, table="submissions")


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
    numbers = _component_numbers(len(rows), [edge for edge in edges if len(edge)])
    return pd.Series(numbers, index=rows.index)


def _agreement_edges(rows: pd.DataFrame, columns: list[str]) -> np.ndarray:
    """For each row that has all the columns: its position, and the position of the first row that
    agrees with it in them.
    """
    has_all = rows[columns].notna().all(axis=1)
    position = pd.Series(np.arange(len(rows)), index=rows.index)[has_all]
    keyed = rows.loc[position.index, columns]
    keys = [keyed[column] for column in columns]
    first = position.groupby(keys, sort=False).transform("first")
    return np.column_stack([position, first])


def _component_numbers(size: int, edges: list[np.ndarray]) -> np.ndarray:
    # a quarter of a second that a night without new exports does not need
    from scipy.sparse import coo_array  # start-up time
    from scipy.sparse.csgraph import connected_components  # start-up time

    if not edges:
        return np.arange(size)
    left, right = np.concatenate(edges).T
    ones = np.ones(len(left), dtype=np.int8)
    links = coo_array((ones, (left, right)), shape=(size, size))
    return np.asarray(connected_components(links, directed=False)[1])


# --- ids


def derive_ids(rows: pd.DataFrame) -> pd.Series:
    """The id made from agency and title for each row: DINKES-7K3Q5Z.

    `rows` has agency_code, agency_key, title_key, cells. Rows of one agency and title have one id,
    others never share one. A row without agency or title is told by its cells instead.
    """
    names = _innovation_names(rows)
    prefixes = rows["agency_code"].fillna(NO_AGENCY_CODE).to_list()
    prefix_by_name = dict(zip(names, prefixes, strict=True))
    id_by_name = {name: _make_id(prefix, name) for name, prefix in prefix_by_name.items()}
    if len(set(id_by_name.values())) < len(id_by_name):
        id_by_name = _distinguish_ids(prefix_by_name)
    return pd.Series([id_by_name[name] for name in names], index=rows.index, dtype="str")


def _innovation_names(rows: pd.DataFrame) -> list[str]:
    """What an id is made of, for each row: agency and title; where one is missing, the cells
    too.
    """
    agencies = rows["agency_key"].fillna("").to_list()
    titles = rows["title_key"].fillna("").to_list()
    cells_of_rows = rows["cells"].to_list()
    names = []
    for agency, title, cells in zip(agencies, titles, cells_of_rows, strict=True):
        name = f"{agency}\n{title}"
        names.append(name if agency and title else f"{name}\n{cells}")
    return names


def _distinguish_ids(prefix_by_name: Mapping[str, str]) -> dict[str, str]:
    """The ids by name, of which some were the same: the first in order of the alphabet keeps it."""
    names = sorted(prefix_by_name, key=lambda name: (prefix_by_name[name], name))
    ids = [_make_id(prefix_by_name[name], name) for name in names]
    turn = 0
    while len(set(ids)) < len(ids):
        turn += 1
        is_taken = pd.Series(ids).duplicated()
        ids = [
            _make_id(prefix_by_name[name], f"{name}\n{turn}") if taken else own
            for name, own, taken in zip(names, ids, is_taken, strict=True)
        ]
    return dict(zip(names, ids, strict=True))


def _make_id(prefix: str, text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    number = int.from_bytes(digest[:8], "big")
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
    safe = {text: codes.is_safe_code(text) for text in delivered.dropna().unique()}
    own = delivered.where(delivered.map(safe).eq(True))
    if own.isna().all():
        return derived_ids
    claims = pd.concat([_claimed_names(ids, innovation) for ids in (own, derived_ids)])
    claimants = claims.drop_duplicates().groupby("name").size()
    is_alone = own.str.casefold().map(claimants) == 1
    return own.where(is_alone, derived_ids).astype("str")


def _claimed_names(ids: pd.Series, innovation: pd.Series) -> pd.DataFrame:
    """The ids without case, and the innovation that each is of: name, innovation."""
    claims = pd.DataFrame({"name": ids.str.casefold(), "innovation": innovation})
    return claims.dropna()
