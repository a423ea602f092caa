"""Where the headings of a sheet are: in one row, in two, or in the rows of a service.

Sheets made by hand have titles over the headings, headings in two rows, and merged cells. What the
headings give is in columns.py, rows below that repeat them in repeated_headings.py, sheets whose
headings run down a column in sideways.py.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from tasks.intake.services.form_service import PLAIN, FormService, Row
from tasks.intake.services.registry import kind_by_headings, plain_table_service
from tasks.intake.tables.headings import HeadingNames

_MOST_TOP_ROWS = 40  # rows from the top among which the headings are
_MOST_PLAIN_SERVICE_ROWS = 8  # rows among which a service that makes plain tables has its headings
_SHORT_HEADING = 150  # characters of a heading that helps to find the headings
_DATA_CELL = re.compile(r"^[\d.,:/%+\sT-]+Z?$|^(?:https?://|\S+@\S+\.)")
_SERVICE_BONUS = 100  # what a service's own row of headings counts besides the fields that it names
_SURE_FIELDS = 4  # fields that make a row surely the headings, where half of its texts name a field
_FULL_WIDTH = 0.6  # share of the widest row that a full row fills
TopRows = Mapping[int, Row]  # the first rows, by the numbers of the rows


@dataclass(frozen=True)
class HeadingRows:
    """The rows of the headings: the numbers of the first and the last, the texts of these two, and
    `headings`, a text for each column. `service`: the service of plain tables whose rows these are.
    """

    first: int
    last: int
    upper: Row
    lower: Row
    headings: list[str]
    service: FormService | None = None


def find_heading_rows(grid: pd.DataFrame, names: HeadingNames) -> HeadingRows:
    """The rows of a sheet's headings. A sheet without any known heading has its first full row as
    headings.
    """
    top = _top_rows(grid)
    return _service_heading_rows(top) or _handmade_heading_rows(top, names)


def count_fields(headings: Row, names: HeadingNames) -> int:
    """How many fields these headings name."""
    short = (heading for heading in headings if heading and len(heading) <= _SHORT_HEADING)
    fields = {names.sure(heading).field for heading in short}
    return len(fields - {None, ""})


def is_data_cell(text: str) -> bool:
    """Whether a text is a number, a date or an address, and so no heading."""
    return _DATA_CELL.match(text) is not None


def _top_rows(grid: pd.DataFrame) -> TopRows:
    """The rows among which the headings are; "" where a cell is empty."""
    first = grid.head(_MOST_TOP_ROWS)
    rows = zip(first.index, first.to_numpy(dtype="object"), strict=True)
    return {
        int(row): [text if isinstance(text, str) else "" for text in cells] for row, cells in rows
    }


def _service_heading_rows(top: TopRows) -> HeadingRows | None:
    """The rows of headings of a service whose exports are plain tables; None where none made the
    table.
    """
    numbers = list(top)
    rows = [top[row] for row in numbers[:_MOST_PLAIN_SERVICE_ROWS]]
    for at, first in enumerate(rows):
        service = plain_table_service(rows[at:])
        if service is None or kind_by_headings(first) != PLAIN:
            continue
        joined = service.join_headings(rows[at:], service.own_fields(first))
        last = rows[at + joined.more]
        row = numbers[at]
        return HeadingRows(row, row + joined.more, first, last, joined.headings, service)
    return None


def _handmade_heading_rows(top: TopRows, names: HeadingNames) -> HeadingRows:
    """The rows of headings of any other sheet."""
    scores = _row_scores(top, names)
    best = _best_row(top, scores)
    if scores.get(best):
        first, last = _one_row_or_two(top, best, scores, names)
    else:
        first = last = _first_full_row(top)
    headings = _join_rows(top[first], top[last]) if first != last else list(top[first])
    return HeadingRows(first, last, top[first], top[last], headings)


def _row_scores(top: TopRows, names: HeadingNames) -> dict[int, int]:
    """How many fields each of the first rows names. After a row that is surely the headings, only
    the next row is looked at.
    """
    scores: dict[int, int] = {}
    for row, headings in top.items():
        scores[row] = _row_score(headings, names)
        if row - 1 in scores and _are_surely_headings(top[row - 1], scores[row - 1]):
            break
    return scores


def _row_score(headings: Row, names: HeadingNames) -> int:
    """How many fields a row names, and many more where the row is a service's own headings."""
    short = [heading if len(heading) <= _SHORT_HEADING else "" for heading in headings]
    bonus = _SERVICE_BONUS if kind_by_headings(short) != PLAIN else 0
    return count_fields(short, names) + bonus


def _are_surely_headings(headings: Row, score: int) -> bool:
    if score >= _SERVICE_BONUS:
        return True
    return score >= _SURE_FIELDS and score >= 0.5 * _count_texts(headings)


def _best_row(top: TopRows, scores: Mapping[int, int]) -> int:
    """The row that names most fields. A row that names a single field may be an answer that happens
    to: a row over it that fills as much, repeats nothing and has no number or date in it is the
    headings.
    """
    best = max(scores, key=lambda row: scores[row])
    first = _first_full_row(top)
    if scores[best] > 1 or first >= best:
        return best
    texts = [text for text in top[first] if text]
    are_headings = len(set(texts)) == len(texts) > 1 and not any(map(is_data_cell, texts))
    return first if are_headings and len(texts) >= _count_texts(top[best]) else best


def _first_full_row(top: TopRows) -> int:
    """The first row that fills most of the sheet's width."""
    counts = {row: _count_texts(texts) for row, texts in top.items()}
    enough = max(1, max(counts.values()) * _FULL_WIDTH)
    return next(row for row, count in counts.items() if count >= enough)


def _one_row_or_two(
    top: TopRows, best: int, scores: Mapping[int, int], names: HeadingNames
) -> tuple[int, int]:
    """The first and the last row of the headings: `best` alone, or with the row over or under it
    where the two name more together.
    """
    pairs = [(row, row + 1) for row in (best, best - 1) if row in scores and row + 1 in scores]
    joint = {
        (upper, lower): _row_score(_join_rows(top[upper], top[lower]), names)
        for upper, lower in pairs
        if _are_two_heading_rows(top[upper], top[lower])
    }
    widest = max(joint, key=lambda pair: joint[pair], default=(best, best))
    names_more = joint.get(widest, 0) > max(scores[row] for row in widest)
    return widest if names_more else (best, best)


def _are_two_heading_rows(upper: Row, lower: Row) -> bool:
    return not _is_caption_row(upper, lower) and _has_group_headings(upper, lower)


def _is_caption_row(over: Row, headings: Row) -> bool:
    """Whether a row is a line over the headings and says nothing of groups of them: one text over
    the first heading, or a label and its text over the first two ("Nama Juri", "Juri Satu").
    """
    filled = [position for position, text in enumerate(over) if text]
    under = [position for position, text in enumerate(headings) if text]
    return 0 < len(filled) <= 2 and len(filled) < len(under) and filled == under[: len(filled)]


def _has_group_headings(upper: Row, lower: Row) -> bool:
    """Whether a heading of the upper row stands over several of the lower. Else the lower row is
    the first answers, of which one may happen to be a word of a heading ("WhatsApp").
    """
    first = next((position for position, text in enumerate(upper) if text), len(upper))
    pairs = zip(upper[first:], lower[first:], strict=True)
    has_several = any(below and not above for above, below in pairs)
    return has_several and not any(is_data_cell(text) for text in lower if text)


def _join_rows(upper: Row, lower: Row) -> list[str]:
    """Headings of two rows as one: a merged upper cell stands over all of its columns."""
    over, joined = "", []
    for above, below in zip(upper, lower, strict=True):
        over = above or (over if below else "")
        is_group = over and below and over != below
        joined.append(f"{over} [{below}]" if is_group else below or above)
    return joined


def _count_texts(row: Sequence[str]) -> int:
    return sum(map(bool, row))
