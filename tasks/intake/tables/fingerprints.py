"""What tells forms and answered forms apart: a hash of a table's headings, and of all cells of each
row. Computes.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from itertools import islice

import numpy as np
import pandas as pd

from tasks.intake.cells import dates, written_dates
from tasks.intake.cells.heading_keys import heading_key
from tasks.intake.services.registry import service_of_kind
from tasks.intake.tables.table import DeliveredTable, TableColumn
from tasks.rules.competition import Competition

_FORM_FIELDS = ("title", "agency", "category")
_DATE_FIELDS = ("submitted_at", "started_on")
_DECIMAL_NUMBER = re.compile(r"^[+-]?\d+[.,]\d+$")
_PROBED_CELLS = 60  # cells looked at to tell whether a column holds dates or numbers
_EMPTY_HASH, _NAN_HASH = pd.util.hash_array(
    np.array(["", np.nan], dtype="object"), categorize=False
)
_MIXING_FACTOR = np.uint64(0x9E3779B97F4A7C15)


def form_hash(table: DeliveredTable) -> str:
    """The same for two exports of one form, in whatever file and with questions added since: its
    kind, and how it asks what an innovation is told by. Kobo and ODK number their responses once
    for all forms: their kind alone.
    """
    asked = (
        []
        if service_of_kind(table.kind).counts_all_forms
        else [c for c in table.columns if c.claim.field in _FORM_FIELDS]
    )
    return hashlib.sha256(
        "\n".join((table.kind, *sorted(heading_key(c.heading) for c in asked))).encode()
    ).hexdigest()[:12]


def row_hashes(
    body: Mapping[int, np.ndarray],
    rows: int,
    table: DeliveredTable,
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
        hashed = _cell_hashes(
            body[column.position], used.get(column.position), table.kind, competition
        )
        total += _bind_to_column(hashed, _column_label(column, used))
    return [f"{number:016x}" for number in total.tolist()]


def _column_label(column: TableColumn, used: dict[int, str]) -> np.uint64:
    name = used.get(column.position) or heading_key(column.heading)
    return np.uint64(int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "big"))


def _bind_to_column(hashed: np.ndarray, label: np.uint64) -> np.ndarray:
    """The hashes of a column's cells bound to the column; those of empty cells (0) play no part."""
    bound = hashed ^ label
    with np.errstate(over="ignore"):
        bound = (bound ^ (bound >> np.uint64(31))) * _MIXING_FACTOR
    return np.where(hashed == 0, np.uint64(0), bound)


def _cell_hashes(
    values: np.ndarray, field: str | None, kind: str, competition: Competition
) -> np.ndarray:
    """A hash of each cell as it compares, dates and numbers alike whichever file they came in; 0
    where it is empty.
    """
    if field is not None and field not in _DATE_FIELDS:
        return _text_hashes(values)
    probe = list(islice((text for text in values if isinstance(text, str)), _PROBED_CELLS))
    if field in _DATE_FIELDS or _are_dates(probe):
        is_sent = field == "submitted_at"
        return _date_hashes(
            values,
            competition,
            is_in_order=is_sent,
            is_utc=is_sent and service_of_kind(kind).writes_utc,
        )
    if any(map(_DECIMAL_NUMBER.match, probe)):
        values = np.array(
            [_shortest_decimal(text) if isinstance(text, str) else text for text in values],
            dtype="object",
        )
    return _text_hashes(values)


def _text_hashes(texts: np.ndarray) -> np.ndarray:
    hashed = pd.util.hash_array(texts, categorize=False)
    hashed[hashed == _EMPTY_HASH] = 0
    like_missing = np.flatnonzero(hashed == _NAN_HASH)  # those that are, and the text "nan"
    hashed[like_missing[pd.isna(texts[like_missing])]] = 0
    return hashed


def _date_hashes(
    values: np.ndarray, competition: Competition, is_in_order: bool, is_utc: bool
) -> np.ndarray:
    moments = dates.comparable_moments(values, competition, is_in_order, is_utc)
    hashed = pd.util.hash_array(moments.astype("int64"))
    others = np.flatnonzero(np.isnat(moments))
    hashed[others] = _text_hashes(values[others])
    return hashed


def _are_dates(probe: Sequence[str]) -> bool:
    return len(probe) > 0 and all(
        5 < len(text) < 50 and written_dates.parse_date(text) is not None for text in probe
    )


def _shortest_decimal(text: str) -> str:
    return text.replace(",", ".").rstrip("0").rstrip(".") if _DECIMAL_NUMBER.match(text) else text
