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

from tasks import findings
from tasks.intake.headings import key
from tasks.intake.kinds import Table
from tasks.intake.reader import blank_rows

_SUM = r"^(?:(?:sub|grand) ?)?(?:total|jumlah|rata rata|average|bobot|weight)"
_TOTAL = re.compile(
    rf"{_SUM}(?: (?:\d+|keseluruhan|seluruhnya|semua|umum|akhir|inovasi|usulan|proposal|nilai|"
    rf"skor|data))*$"
)
_SURE_TOTAL = (
    re.compile(  # also where a row names it as its title: "Jumlah Data" may be an innovation
        rf"{_SUM}(?: (?:keseluruhan|seluruhnya|semua|akhir|nilai|skor))*$"
    )
)
_REMARK = re.compile(
    r"^(?:keterangan|ket|catatan|sumber|notes?|sources?|remarks?|nb|penjelasan|dicetak|diunduh|printed)\b"
    r"|^(?:halaman|page) \d+ (?:dari|of) \d+$"
)
_EXAMPLES = ("contoh", "contoh pengisian", "contoh isian", "example", "misal", "misalnya")
_GROUP = re.compile(r"^(?:[A-Z]|[IVX]{1,5})[.)]?$")
_COUNTER = re.compile(r"\d+\.?")
_NUMBER = re.compile(r"^[\d.,%()\-\s]+$")
_TELLING = (
    "title",
    "submission",
)  # fields whose cell makes a row under a gap one of the table's after all
_MOST = 200  # rows under a table that are looked at; more are no remarks
_LAST = 3  # full rows at the end among which a total with a number in every column is looked for
_MOST_FEW = 5_000  # rows with hardly anything in them that are looked at


def left_out(table: Table) -> Table:
    """The table without such rows; `aside` has their numbers and what they begin with."""
    if is_example(table):
        return _without(table, np.ones(len(table.body), dtype=bool))
    fields = [column for column in table.columns if column.claim.field]
    body = table.body
    if body.empty or len(fields) < 2 or table.kind == "province" or table.heading_row is None:
        return table
    few = _with_few(body, [column.position for column in fields])
    telling = [column.position for column in fields if column.claim.field in _TELLING]
    bare = blank_rows(body, telling) if telling else few
    aside = _totals(body, few, bare)
    aside |= _examples(body) | _groups(body, few)
    aside[min(_under(body, few | aside, telling), _other_table(table), _remarks(body, few)) :] = (
        True
    )
    return _without(table, aside)


def is_example(table: Table) -> bool:
    """Whether a sheet beside others shows how to fill them in: it is called so."""
    return key(table.name) in _EXAMPLES and "#" in table.source


def _without(table: Table, aside: np.ndarray) -> Table:
    if not aside.any():
        return table
    body = table.body
    said = tuple((int(row), _filled(body.loc[row])[0]) for row in body.index[aside])
    return replace(table, body=body[~aside], aside=said)


def finding(table: Table) -> pd.DataFrame:
    """One finding a table that has such rows, with their numbers and what the first of them say."""
    if not table.aside:
        return findings.none()
    rows = [row for row, _ in table.aside]
    return findings.one(
        "unknown_column",
        table="exports",
        source=table.source,
        row=rows[0],
        case="no_row",
        rows=", ".join(map(str, rows[:_MOST])),
        texts=", ".join(dict.fromkeys(f'"{text[:40]}"' for _, text in table.aside[:5])),
    )


def _with_few(body: pd.DataFrame, fields: Sequence[int]) -> np.ndarray:
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


def _filled(row: pd.Series) -> list[str]:
    return [text for text in row.to_numpy() if isinstance(text, str)]


def _totals(body: pd.DataFrame, few: np.ndarray, bare: np.ndarray) -> np.ndarray:
    """Which rows begin with a word for a total and say nothing else, or have nothing else in them
    but numbers; of those that name something of a table (not `bare`) only the last may.
    """
    looked_at = [*np.flatnonzero(few | bare)[:_MOST_FEW], *np.flatnonzero(~(few | bare))[-_LAST:]]
    totals = np.zeros(len(body), dtype=bool)
    for place in looked_at:
        first, *others = _filled(body.iloc[place])
        is_total = (_TOTAL if few[place] or bare[place] else _SURE_TOTAL).match(
            key(first)
        ) is not None
        totals[place] = is_total and (bool(few[place]) or all(map(_NUMBER.match, others)))
    return totals


def _examples(body: pd.DataFrame) -> np.ndarray:
    """Which of the first rows begin with nothing but a word for an example."""
    first = [
        key(_filled(body.iloc[place])[0]) in _EXAMPLES for place in range(min(_LAST, len(body)))
    ]
    return np.array([*first, *[False] * (len(body) - len(first))])


def _groups(body: pd.DataFrame, few: np.ndarray) -> np.ndarray:
    """Which rows have nothing but a letter or a Roman number and the name of a group, where most
    rows are counted.
    """
    groups = np.zeros(len(body), dtype=bool)
    first = body[body.columns[0]].to_numpy()
    named = [
        place
        for place in np.flatnonzero(few)
        if isinstance(first[place], str) and _GROUP.match(first[place])
    ]
    if named and sum(
        isinstance(text, str) and bool(_COUNTER.fullmatch(text)) for text in first
    ) >= 0.5 * len(body):
        for place in named[:_MOST]:
            groups[place] = len(_filled(body.iloc[place])) == 2
    return groups


def _remarks(body: pd.DataFrame, few: np.ndarray) -> int:
    """Where a remark stands under a gap with nothing below it that fills half as many cells as a
    row above: what marks mean, a list of abbreviations; the number of rows where none does.
    """
    rows = body.index.to_numpy(dtype="int64")
    gaps = np.flatnonzero((np.diff(rows, prepend=rows[0]) > 1) & few)[-_MOST:]
    for place in gaps:
        if len(body) - place > _MOST or not _REMARK.match(key(_filled(body.iloc[place])[0])):
            continue
        cells = body.notna().sum(axis=1).to_numpy()
        if cells[place:].max() * 2 <= np.median(cells[:place]):
            return int(place)
    return len(body)


def _other_table(table: Table) -> int:
    """Where another table begins, after a gap: at a row, or right under a row of one text, that has
    a heading of this table in another column, and no row below with more cells; the number of rows
    where none does.
    """
    body = table.body
    gaps = np.flatnonzero(np.diff(body.index.to_numpy(dtype="int64")) > 1) + 1
    where = {key(column.heading): column.position for column in table.columns if column.heading}
    for start in gaps[-_LAST:]:
        cells = body.iloc[start:].notna().sum(axis=1).to_numpy()
        head = int(start) + int(cells[0] == 1 and len(cells) > 1)
        texts = body.iloc[head].dropna()
        moved = [where[key(text)] != place for place, text in texts.items() if key(text) in where]
        if any(moved) and len(texts) > 1 and cells.max() <= len(texts):
            return int(start)
    return len(body)


def _under(body: pd.DataFrame, none: np.ndarray, telling: Sequence[int]) -> int:
    """Where what stands under the table begins: at a remark, or after a gap with nothing below that
    tells of a row; the number of rows where nothing does.
    """
    full = np.flatnonzero(~none)
    start = int(full[-1]) + 1 if len(full) else len(body)
    if len(body) - start > _MOST:
        return len(body)
    for place in range(start, len(body)):
        text = _filled(body.iloc[place])[0]
        is_gap = body.index[place] - body.index[place - 1] > 1
        is_bare = body[list(telling)].iloc[place:].isna().all(axis=None)
        if text.startswith("*") or _REMARK.match(key(text)) or (is_gap and is_bare):
            return place
    return len(body)
