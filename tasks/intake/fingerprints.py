"""What tells forms and answered forms apart: a hash of a table's headings, and of all cells of each
row. Computes.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from itertools import islice

import numpy as np
import pandas as pd

from tasks.competition import Competition
from tasks.intake import dates, written_dates
from tasks.intake.headings import key
from tasks.intake.kinds import Column, Table

_TOLD_BY = ("title", "agency", "category")
_DATED = ("submitted_at", "started_on")
_NUMBER = re.compile(r"^[+-]?\d+[.,]\d+$")
_PROBE = 60  # cells looked at to tell whether a column holds dates or numbers
_OF_NOTHING, _OF_NAN = pd.util.hash_array(np.array(["", np.nan], dtype="object"), categorize=False)
_ODD = np.uint64(0x9E3779B97F4A7C15)


def form(table: Table) -> str:
    """The same for two exports of one form, in whatever file and with questions added since: its
    kind, and how it asks what an innovation is told by. Kobo and ODK number their responses once
    for all forms: their kind alone.
    """
    asked = (
        []
        if table.kind in ("kobo", "odk")
        else [c for c in table.columns if c.claim.field in _TOLD_BY]
    )
    return hashlib.sha256(
        "\n".join((table.kind, *sorted(key(c.heading) for c in asked))).encode()
    ).hexdigest()[:12]


def cells(
    body: Mapping[int, np.ndarray],
    rows: int,
    table: Table,
    used: dict[int, str],
    competition: Competition,
) -> list[str]:
    """A hash of all cells of each row but those that only count rows, equal for the CSV and the
    workbook of one response. `body`: the cells of each column of the table, so many `rows`.

    Columns are told by field or heading, so that their order plays no part; empty cells play
    none.
    """
    total = np.zeros(rows, dtype="uint64")
    for column in table.columns:
        if column.claim.field == "" or column.position not in body or not column.heading:
            continue
        hashed = _hashed(body[column.position], used.get(column.position), table.kind, competition)
        total += _mixed(hashed, _label(column, used))
    return [f"{number:016x}" for number in total.tolist()]


def _label(column: Column, used: dict[int, str]) -> np.uint64:
    name = used.get(column.position) or key(column.heading)
    return np.uint64(int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "big"))


def _mixed(hashed: np.ndarray, label: np.uint64) -> np.ndarray:
    """The hashes of a column's cells bound to the column; those of empty cells (0) play no part."""
    bound = hashed ^ label
    with np.errstate(over="ignore"):
        bound = (bound ^ (bound >> np.uint64(31))) * _ODD
    return np.where(hashed == 0, np.uint64(0), bound)


def _hashed(
    values: np.ndarray, field: str | None, kind: str, competition: Competition
) -> np.ndarray:
    """A hash of each cell as it compares, dates and numbers alike whichever file they came in; 0
    where it is empty.
    """
    if field is not None and field not in _DATED:
        return _of_texts(values)
    probe = list(islice((text for text in values if isinstance(text, str)), _PROBE))
    if field in _DATED or _are_dates(probe):
        is_sent = field == "submitted_at"
        return _of_dates(
            values, competition, is_in_order=is_sent, is_utc=is_sent and kind == "kobo"
        )
    if any(map(_NUMBER.match, probe)):
        values = np.array(
            [_number(text) if isinstance(text, str) else text for text in values], dtype="object"
        )
    return _of_texts(values)


def _of_texts(texts: np.ndarray) -> np.ndarray:
    hashed = pd.util.hash_array(texts, categorize=False)
    hashed[hashed == _OF_NOTHING] = 0
    like_missing = np.flatnonzero(hashed == _OF_NAN)  # those that are, and the text "nan"
    hashed[like_missing[pd.isna(texts[like_missing])]] = 0
    return hashed


def _of_dates(
    values: np.ndarray, competition: Competition, is_in_order: bool, is_utc: bool
) -> np.ndarray:
    moments = dates.compared(values, competition, is_in_order, is_utc)
    hashed = pd.util.hash_array(moments.astype("int64"))
    others = np.flatnonzero(np.isnat(moments))
    hashed[others] = _of_texts(values[others])
    return hashed


def _are_dates(probe: Sequence[str]) -> bool:
    return len(probe) > 0 and all(
        5 < len(text) < 50 and written_dates.parts(text) is not None for text in probe
    )


def _number(text: str) -> str:
    return text.replace(",", ".").rstrip("0").rstrip(".") if _NUMBER.match(text) else text
