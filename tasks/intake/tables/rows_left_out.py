"""Rows that stand on a table's columns and are none of its rows: totals, remarks under the table, a
place to sign.

Most of them name no two fields of the table. The others have a word for a total with no other
cells than numbers, a word for an example alone in the first cell, a second table's headings, or a
legend under a gap. No row is left out without a finding. Headings that are repeated among the rows
are in repeated_headings.py.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from tasks.findings.frame import make_finding, no_findings
from tasks.intake.cells.heading_keys import heading_key
from tasks.intake.files.grid import blank_rows, filled_texts
from tasks.intake.services.province import PROVINCE
from tasks.intake.tables.table import DeliveredTable

_SUM_WORDS = r"^(?:(?:sub|grand) ?)?(?:total|jumlah|rata rata|average|bobot|weight)"
_TOTAL_WORDS = re.compile(
    rf"{_SUM_WORDS}(?: (?:\d+|keseluruhan|seluruhnya|semua|umum|akhir|inovasi|usulan|proposal|"
    rf"nilai|skor|data))*$"
)
# Also where a row has them as its title: "Jumlah Data" may be an innovation.
_SURE_TOTAL_WORDS = re.compile(
    rf"{_SUM_WORDS}(?: (?:keseluruhan|seluruhnya|semua|akhir|nilai|skor))*$"
)
_REMARK_WORDS = re.compile(
    r"^(?:keterangan|ket|catatan|sumber|notes?|sources?|remarks?|nb|penjelasan|dicetak|diunduh|printed)\b"
    r"|^(?:halaman|page) \d+ (?:dari|of) \d+$"
)
_EXAMPLE_WORDS = ("contoh", "contoh pengisian", "contoh isian", "example", "misal", "misalnya")
_GROUP_NUMBER = re.compile(r"^(?:[A-Z]|[IVX]{1,5})[.)]?$")
_ROW_COUNTER = re.compile(r"\d+\.?")
_NUMBERS_ONLY = re.compile(r"^[\d.,%()\-\s]+$")
# Fields whose cell makes a row under a gap one of the table's after all.
_IDENTIFYING_FIELDS = ("title", "submission")
_MOST_FOOTER_ROWS = 200  # rows under a table that are looked at; more are no remarks
# Full rows at the end among which a total with a number in every column is looked for.
_LAST_ROWS = 3
_MOST_SPARSE_ROWS = 5_000  # rows with hardly anything in them that are looked at


def leave_out_rows(table: DeliveredTable) -> DeliveredTable:
    """The table without such rows; `aside` has their numbers and what they begin with."""
    if is_example_table(table):
        return _remove_rows(table, np.ones(len(table.body), dtype=bool))
    is_form = table.kind == PROVINCE.kind or table.heading_row is None
    fields = [column for column in table.columns if column.claim.field]
    if table.body.empty or len(fields) < 2 or is_form:
        return table
    return _remove_rows(table, _rows_aside(table))


def _rows_aside(table: DeliveredTable) -> np.ndarray:
    """Which rows of a table are none of its rows."""
    body = table.body
    fields = [column for column in table.columns if column.claim.field]
    has_few = _has_few_fields(body, [column.position for column in fields])
    identifying = [c.position for c in fields if c.claim.field in _IDENTIFYING_FIELDS]
    is_bare = blank_rows(body, identifying) if identifying else has_few
    aside = _total_rows(body, has_few, is_bare)
    aside |= _example_rows(body) | _group_rows(body, has_few)
    ends = (
        _footer_start(body, has_few | aside, identifying),
        _other_table_start(table),
        _remark_start(body, has_few),
    )
    aside[min(ends) :] = True
    return aside


def is_example_table(table: DeliveredTable) -> bool:
    """Whether a sheet of several shows by its name how to fill them in."""
    return heading_key(table.name) in _EXAMPLE_WORDS and "#" in table.source


def left_out_rows_finding(table: DeliveredTable) -> pd.DataFrame:
    """One finding for a table that has such rows, with their numbers and what the first of them
    say.
    """
    if not table.aside:
        return no_findings()
    rows = [row for row, _ in table.aside]
    texts = dict.fromkeys(f'"{text[:40]}"' for _, text in table.aside[:5])
    return make_finding(
        "unknown_column",
        table="exports",
        source=table.source,
        row=rows[0],
        case="no_row",
        rows=", ".join(map(str, rows[:_MOST_FOOTER_ROWS])),
        texts=", ".join(texts),
    )


def _remove_rows(table: DeliveredTable, aside: np.ndarray) -> DeliveredTable:
    if not aside.any():
        return table
    body = table.body
    rows = body.index[aside]
    first_texts = [filled_texts(body.loc[row])[0] for row in rows]
    rows_aside = tuple(zip(map(int, rows), first_texts, strict=True))
    return replace(table, body=body[~aside], aside=rows_aside)


def _has_few_fields(body: pd.DataFrame, positions: Sequence[int]) -> np.ndarray:
    """Which rows fill fewer than two of these columns. Each column is looked at only for the rows
    that have filled fewer so far.
    """
    counts = np.zeros(len(body), dtype=np.int64)
    left = np.arange(len(body))
    for position in positions:
        if not len(left):
            break
        counts[left] += pd.notna(body[position].to_numpy()[left])
        left = left[counts[left] < 2]
    return counts < 2


def _first_key(body: pd.DataFrame, place: int) -> str:
    """The first text of a row, as headings are compared."""
    return heading_key(filled_texts(body.iloc[place])[0])


def _total_rows(body: pd.DataFrame, has_few: np.ndarray, is_bare: np.ndarray) -> np.ndarray:
    """Which rows begin with a word for a total and have few fields, or nothing else in them but
    numbers; of the rows that name something of a table (not `is_bare`) only the last may.
    """
    is_sparse = has_few | is_bare
    sparse = np.flatnonzero(is_sparse)[:_MOST_SPARSE_ROWS]
    last = np.flatnonzero(~is_sparse)[-_LAST_ROWS:]
    totals = np.zeros(len(body), dtype=bool)
    for place in [*sparse, *last]:
        first, *others = filled_texts(body.iloc[place])
        words = _TOTAL_WORDS if is_sparse[place] else _SURE_TOTAL_WORDS
        if words.match(heading_key(first)):
            totals[place] = has_few[place] or all(map(_NUMBERS_ONLY.match, others))
    return totals


def _example_rows(body: pd.DataFrame) -> np.ndarray:
    """Which of the first rows begin with nothing but a word for an example."""
    examples = np.zeros(len(body), dtype=bool)
    for place in range(min(_LAST_ROWS, len(body))):
        examples[place] = _first_key(body, place) in _EXAMPLE_WORDS
    return examples


def _group_rows(body: pd.DataFrame, has_few: np.ndarray) -> np.ndarray:
    """Which rows have nothing but a letter or a Roman number and the name of a group, where most
    rows are counted.
    """
    groups = np.zeros(len(body), dtype=bool)
    first = body[body.columns[0]].to_numpy()
    numbered = [at for at in np.flatnonzero(has_few) if _matches(_GROUP_NUMBER, first[at])]
    if not numbered or sum(_matches(_ROW_COUNTER, cell) for cell in first) < 0.5 * len(body):
        return groups
    for place in numbered[:_MOST_FOOTER_ROWS]:
        groups[place] = len(filled_texts(body.iloc[place])) == 2
    return groups


def _matches(pattern: re.Pattern[str], cell: object) -> bool:
    return isinstance(cell, str) and pattern.fullmatch(cell) is not None


def _remark_start(body: pd.DataFrame, has_few: np.ndarray) -> int:
    """Where a remark stands under a gap, what marks mean or a list of abbreviations, with no row
    below that fills half as many cells as a row above; the number of rows where no remark does.
    """
    rows = body.index.to_numpy(dtype="int64")
    is_under_gap = np.diff(rows, prepend=rows[0]) > 1
    for place in np.flatnonzero(is_under_gap & has_few)[-_MOST_FOOTER_ROWS:]:
        is_near_end = len(body) - place <= _MOST_FOOTER_ROWS
        if not is_near_end or not _REMARK_WORDS.match(_first_key(body, place)):
            continue
        cells = body.notna().sum(axis=1).to_numpy()
        if cells[place:].max() * 2 <= np.median(cells[:place]):
            return int(place)
    return len(body)


def _other_table_start(table: DeliveredTable) -> int:
    """Where another table begins after a gap; the number of rows where none does.

    The first row of the other table, or the row right under a row of one text, has a heading of
    this table in another column, and no row below has more cells.
    """
    body = table.body
    under_gaps = np.flatnonzero(np.diff(body.index.to_numpy(dtype="int64")) > 1) + 1
    headed = [column for column in table.columns if column.heading]
    positions = {heading_key(column.heading): column.position for column in headed}
    for start in under_gaps[-_LAST_ROWS:]:
        if _begins_other_table(body.iloc[start:], positions):
            return int(start)
    return len(body)


def _begins_other_table(below: pd.DataFrame, positions: Mapping[str, int]) -> bool:
    """Whether the rows under a gap have headings of this table, in other columns."""
    counts = below.notna().sum(axis=1).to_numpy()
    has_title = counts[0] == 1 and len(counts) > 1
    texts = below.iloc[int(has_title)].dropna()
    keys = {position: heading_key(text) for position, text in texts.items()}
    is_moved = any(positions.get(key, at) != at for at, key in keys.items())
    return is_moved and len(texts) > 1 and bool(counts.max() <= len(texts))


def _footer_start(body: pd.DataFrame, is_none: np.ndarray, identifying: Sequence[int]) -> int:
    """Where the text under the table begins: at a remark, or after a gap with nothing below that
    identifies a row; the number of rows where there is no such text.
    """
    full = np.flatnonzero(~is_none)
    start = int(full[-1]) + 1 if len(full) else len(body)
    if len(body) - start > _MOST_FOOTER_ROWS:
        return len(body)
    for place in range(start, len(body)):
        text = filled_texts(body.iloc[place])[0]
        if text.startswith("*") or _REMARK_WORDS.match(heading_key(text)):
            return place
        is_under_gap = body.index[place] - body.index[place - 1] > 1
        if is_under_gap and body[list(identifying)].iloc[place:].isna().all(axis=None):
            return place
    return len(body)
