"""Fingerprints of forms and of answered forms: a hash of a table's headings, and of all cells of
each row.
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
_PROBED_CELLS = 60  # cells that say whether a column holds dates or numbers
_EMPTY_HASH, _NAN_HASH = pd.util.hash_array(
    np.array(["", np.nan], dtype="object"), categorize=False
)
_MIXING_FACTOR = np.uint64(0x9E3779B97F4A7C15)


def form_hash(table: DeliveredTable) -> str:
    """The same for two exports of one form, in whatever file and with questions added since: a hash
    of the kind, and of the headings that ask for title, agency and category. Of a service that
    numbers its responses once for all forms, of the kind alone.
    """
    headings = [c.heading for c in table.columns if c.claim.field in _FORM_FIELDS]
    if service_of_kind(table.kind).counts_all_forms:
        headings = []
    text = "\n".join((table.kind, *sorted(map(heading_key, headings))))
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def row_hashes(
    body: Mapping[int, np.ndarray],
    rows: int,
    table: DeliveredTable,
    used: dict[int, str],
    competition: Competition,
) -> list[str]:
    """A hash of all cells of each row but those that only count rows, equal for the CSV and the
    workbook of one response.

    `body`: the cells of each column of the table, so many `rows`. `used`: the field that a column
    gives. A column counts by its field or heading, so that the order of columns plays no part;
    empty cells play none.
    """
    total = np.zeros(rows, dtype="uint64")
    for column in table.columns:
        position = column.position
        if column.claim.field == "" or position not in body or not column.heading:
            continue
        hashes = _cell_hashes(body[position], used.get(position), table.kind, competition)
        total += _bind_to_column(hashes, _column_label(column, used))
    return [f"{number:016x}" for number in total.tolist()]


def _column_label(column: TableColumn, used: dict[int, str]) -> np.uint64:
    name = used.get(column.position) or heading_key(column.heading)
    digest = hashlib.blake2b(name.encode(), digest_size=8).digest()
    return np.uint64(int.from_bytes(digest, "big"))


def _bind_to_column(hashes: np.ndarray, label: np.uint64) -> np.ndarray:
    """The hashes of a column's cells bound to the column; those of empty cells (0) play no part."""
    bound = hashes ^ label
    with np.errstate(over="ignore"):
        bound = (bound ^ (bound >> np.uint64(31))) * _MIXING_FACTOR
    return np.where(hashes == 0, np.uint64(0), bound)


def _cell_hashes(
    cells: np.ndarray, field: str | None, kind: str, competition: Competition
) -> np.ndarray:
    """A hash of each cell as it compares, dates and numbers alike whichever file they came in; 0
    where the cell is empty.
    """
    if field is not None and field not in _DATE_FIELDS:
        return _text_hashes(cells)
    probe = list(islice((text for text in cells if isinstance(text, str)), _PROBED_CELLS))
    if field in _DATE_FIELDS or _are_dates(probe):
        is_sent = field == "submitted_at"
        is_utc = is_sent and service_of_kind(kind).writes_utc
        return _date_hashes(cells, competition, is_in_order=is_sent, is_utc=is_utc)
    if any(map(_DECIMAL_NUMBER.match, probe)):
        cells = np.array([_shortest_decimal(cell) for cell in cells], dtype="object")
    return _text_hashes(cells)


def _text_hashes(texts: np.ndarray) -> np.ndarray:
    hashes = pd.util.hash_array(texts, categorize=False)
    hashes[hashes == _EMPTY_HASH] = 0
    like_missing = np.flatnonzero(hashes == _NAN_HASH)  # those that are, and the text "nan"
    hashes[like_missing[pd.isna(texts[like_missing])]] = 0
    return hashes


def _date_hashes(
    cells: np.ndarray, competition: Competition, is_in_order: bool, is_utc: bool
) -> np.ndarray:
    moments = dates.comparable_moments(cells, competition, is_in_order, is_utc)
    hashes = pd.util.hash_array(moments.astype("int64"))
    others = np.flatnonzero(np.isnat(moments))
    hashes[others] = _text_hashes(cells[others])
    return hashes


def _are_dates(probe: Sequence[str]) -> bool:
    return len(probe) > 0 and all(
        5 < len(text) < 50 and written_dates.parse_date(text) is not None for text in probe
    )


def _shortest_decimal(cell: object) -> object:
    """A decimal number with a point and without zeros at its end; any other cell as it is."""
    if not isinstance(cell, str) or not _DECIMAL_NUMBER.match(cell):
        return cell
    return cell.replace(",", ".").rstrip("0").rstrip(".")
