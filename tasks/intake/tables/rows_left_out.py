"""Rows that stand on a table's columns and are none of its rows: totals, remarks under it, a place
to sign. Computes.

Most name no two fields of the table. Those that do are told by more: a word for a total with
nothing but numbers beside it, a word for an example alone in the first cell, a second table's
headings, a legend under a gap. None is left out without a finding.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from tasks.findings.frame import make_finding, no_findings
from tasks.intake.cells.heading_keys import heading_key
from tasks.intake.files.grid import blank_rows
from tasks.intake.tables.table import DeliveredTable

_SUM_WORDS = r"^(?:(?:sub|grand) ?)?(?:total|jumlah|rata rata|average|bobot|weight)"
_TOTAL_WORDS = re.compile(
    rf"{_SUM_WORDS}(?: (?:\d+|keseluruhan|seluruhnya|semua|umum|akhir|inovasi|usulan|proposal|"
    rf"nilai|skor|data))*$"
)
_SURE_TOTAL_WORDS = (
    re.compile(  # also where a row names it as its title: "Jumlah Data" may be an innovation
        rf"{_SUM_WORDS}(?: (?:keseluruhan|seluruhnya|semua|akhir|nilai|skor))*$"
    )
)
_REMARK_WORDS = re.compile(
    r"^(?:keterangan|ket|catatan|sumber|notes?|sources?|remarks?|nb|penjelasan|dicetak|diunduh|printed)\b"
    r"|^(?:halaman|page) \d+ (?:dari|of) \d+$"
)
_EXAMPLE_WORDS = ("contoh", "contoh pengisian", "contoh isian", "example", "misal", "misalnya")
_GROUP_NUMBER = re.compile(r"^(?:[A-Z]|[IVX]{1,5})[.)]?$")
_ROW_COUNTER = re.compile(r"\d+\.?")
_NUMBERS_ONLY = re.compile(r"^[\d.,%()\-\s]+$")
_IDENTIFYING_FIELDS = (
    "title",
    "submission",
)  # fields whose cell makes a row under a gap one of the table's after all
_MOST_FOOTER_ROWS = 200  # rows under a table that are looked at; more are no remarks
_LAST_ROWS = (
    3  # full rows at the end among which a total with a number in every column is looked for
)
_MOST_SPARSE_ROWS = 5_000  # rows with hardly anything in them that are looked at


def leave_out_rows(table: DeliveredTable) -> DeliveredTable:
    """The table without such rows; `aside` has their numbers and what they begin with."""
    if is_example_table(table):
        return _remove_rows(table, np.ones(len(table.body), dtype=bool))
    fields = [column for column in table.columns if column.claim.field]
    body = table.body
    if body.empty or len(fields) < 2 or table.kind == "province" or table.heading_row is None:
        return table
    few = _has_few_fields(body, [column.position for column in fields])
    telling = [column.position for column in fields if column.claim.field in _IDENTIFYING_FIELDS]
    bare = blank_rows(body, telling) if telling else few
    aside = _total_rows(body, few, bare)
    aside |= _example_rows(body) | _group_rows(body, few)
    aside[
        min(
            _footer_start(body, few | aside, telling),
            _other_table_start(table),
            _remark_start(body, few),
        ) :
    ] = True
    return _remove_rows(table, aside)


def is_example_table(table: DeliveredTable) -> bool:
    """Whether a sheet beside others shows how to fill them in: it is called so."""
    return heading_key(table.name) in _EXAMPLE_WORDS and "#" in table.source


def _remove_rows(table: DeliveredTable, aside: np.ndarray) -> DeliveredTable:
    if not aside.any():
        return table
    body = table.body
    said = tuple((int(row), _filled_texts(body.loc[row])[0]) for row in body.index[aside])
    return replace(table, body=body[~aside], aside=said)


def left_out_rows_finding(table: DeliveredTable) -> pd.DataFrame:
    """One finding a table that has such rows, with their numbers and what the first of them say."""
    if not table.aside:
        return no_findings()
    rows = [row for row, _ in table.aside]
    return make_finding(
        "unknown_column",
        table="exports",
        source=table.source,
        row=rows[0],
        case="no_row",
        rows=", ".join(map(str, rows[:_MOST_FOOTER_ROWS])),
        texts=", ".join(dict.fromkeys(f'"{text[:40]}"' for _, text in table.aside[:5])),
    )


def _has_few_fields(body: pd.DataFrame, fields: Sequence[int]) -> np.ndarray:
    """Which rows fill fewer than two of these columns. Columns are looked at in turn, only where
    there is need.
    """
    filled, left = np.zeros(len(body), dtype=np.int64), np.arange(len(body))
    for position in fields:
        if not len(left):
            break
        filled[left] += pd.notna(body[position].to_numpy()[left])
        left = left[filled[left] < 2]
    return filled < 2


def _filled_texts(row: pd.Series) -> list[str]:
    return [text for text in row.to_numpy() if isinstance(text, str)]


def _total_rows(body: pd.DataFrame, few: np.ndarray, bare: np.ndarray) -> np.ndarray:
    """Which rows begin with a word for a total and say nothing else, or have nothing else in them
    but numbers; of those that name something of a table (not `bare`) only the last may.
    """
    looked_at = [
        *np.flatnonzero(few | bare)[:_MOST_SPARSE_ROWS],
        *np.flatnonzero(~(few | bare))[-_LAST_ROWS:],
    ]
    totals = np.zeros(len(body), dtype=bool)
    for place in looked_at:
        first, *others = _filled_texts(body.iloc[place])
        is_total = (_TOTAL_WORDS if few[place] or bare[place] else _SURE_TOTAL_WORDS).match(
            heading_key(first)
        ) is not None
        totals[place] = is_total and (bool(few[place]) or all(map(_NUMBERS_ONLY.match, others)))
    return totals


def _example_rows(body: pd.DataFrame) -> np.ndarray:
    """Which of the first rows begin with nothing but a word for an example."""
    first = [
        heading_key(_filled_texts(body.iloc[place])[0]) in _EXAMPLE_WORDS
        for place in range(min(_LAST_ROWS, len(body)))
    ]
    return np.array([*first, *[False] * (len(body) - len(first))])


def _group_rows(body: pd.DataFrame, few: np.ndarray) -> np.ndarray:
    """Which rows have nothing but a letter or a Roman number and the name of a group, where most
    rows are counted.
    """
    groups = np.zeros(len(body), dtype=bool)
    first = body[body.columns[0]].to_numpy()
    named = [
        place
        for place in np.flatnonzero(few)
        if isinstance(first[place], str) and _GROUP_NUMBER.match(first[place])
    ]
    if named and sum(
        isinstance(text, str) and bool(_ROW_COUNTER.fullmatch(text)) for text in first
    ) >= 0.5 * len(body):
        for place in named[:_MOST_FOOTER_ROWS]:
            groups[place] = len(_filled_texts(body.iloc[place])) == 2
    return groups


def _remark_start(body: pd.DataFrame, few: np.ndarray) -> int:
    """Where a remark stands under a gap with nothing below it that fills half as many cells as a
    row above: what marks mean, a list of abbreviations; the number of rows where none does.
    """
    rows = body.index.to_numpy(dtype="int64")
    gaps = np.flatnonzero((np.diff(rows, prepend=rows[0]) > 1) & few)[-_MOST_FOOTER_ROWS:]
    for place in gaps:
        if len(body) - place > _MOST_FOOTER_ROWS or not _REMARK_WORDS.match(
            heading_key(_filled_texts(body.iloc[place])[0])
        ):
            continue
        cells = body.notna().sum(axis=1).to_numpy()
        if cells[place:].max() * 2 <= np.median(cells[:place]):
            return int(place)
    return len(body)


def _other_table_start(table: DeliveredTable) -> int:
    """Where another table begins, after a gap: at a row, or right under a row of one text, that has
    a heading of this table in another column, and no row below with more cells; the number of rows
    where none does.
    """
    body = table.body
    gaps = np.flatnonzero(np.diff(body.index.to_numpy(dtype="int64")) > 1) + 1
    where = {
        heading_key(column.heading): column.position for column in table.columns if column.heading
    }
    for start in gaps[-_LAST_ROWS:]:
        cells = body.iloc[start:].notna().sum(axis=1).to_numpy()
        head = int(start) + int(cells[0] == 1 and len(cells) > 1)
        texts = body.iloc[head].dropna()
        moved = [
            where[heading_key(text)] != place
            for place, text in texts.items()
            if heading_key(text) in where
        ]
        if any(moved) and len(texts) > 1 and cells.max() <= len(texts):
            return int(start)
    return len(body)


def _footer_start(body: pd.DataFrame, none: np.ndarray, telling: Sequence[int]) -> int:
    """Where what stands under the table begins: at a remark, or after a gap with nothing below that
    tells of a row; the number of rows where nothing does.
    """
    full = np.flatnonzero(~none)
    start = int(full[-1]) + 1 if len(full) else len(body)
    if len(body) - start > _MOST_FOOTER_ROWS:
        return len(body)
    for place in range(start, len(body)):
        text = _filled_texts(body.iloc[place])[0]
        is_gap = body.index[place] - body.index[place - 1] > 1
        is_bare = body[list(telling)].iloc[place:].isna().all(axis=None)
        if text.startswith("*") or _REMARK_WORDS.match(heading_key(text)) or (is_gap and is_bare):
            return place
    return len(body)
