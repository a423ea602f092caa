"""What a page shows of a listing whose length an inbox decides, where the page cannot carry all of
the listing.

The page, its workbook and data/ have all rows; in a browser and on paper the first rows of each
rule stand, each rule with its share of the room, so that a flood of one rule leaves room for the
others. Rankings and lists of submissions are never cut. Needs no pandas.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reports.pages.parts.lists import Cell, Listing

ROOM = {"paper": 300, "screen": 2_000}  # rows of one listing of a phase's page, by medium
SMALLEST_ROOM = min(ROOM.values())  # a listing of no more rows is whole everywhere


@dataclass(frozen=True)
class Excerpt:
    """A listing as a medium shows it; `left` counts the rows left out, or the lines where the
    listing has a column of lines.
    """

    listing: "Listing"
    left: int


def cut_groups(rules: Iterable[object], size: int | None = None) -> tuple[str, ...]:
    """The group of each row of a listing that may be cut; () for a listing that is whole
    everywhere.

    `size` counts the items of the listing, where a row may have several.
    """
    groups = tuple(str(rule) for rule in rules)
    count = len(groups) if size is None else size
    return groups if count > SMALLEST_ROOM else ()


def cut_listing(listing: "Listing", medium: str) -> Excerpt:
    """The listing for "screen" or "paper": whole, or cut to ROOM where it has `groups`. A row
    counts as one, in a listing with a column of lines as its lines.

    Of a group, each thing that the first column names (a place, a judge) has its first row before
    any has its second.
    """
    if not listing.groups:
        return Excerpt(listing, 0)
    at = _lines_column(listing)
    owners = _item_owners(listing.rows, at)
    groups = [listing.groups[number] for number in owners]
    names = [listing.rows[number][0] for number in owners]
    shown = choose_items(groups, ROOM[medium], names)
    counts = Counter(owners[item] for item in shown)
    rows = [_cut_row(listing.rows[number], at, counts[number]) for number in sorted(counts)]
    shortened = replace(listing, rows=tuple(rows), groups=())
    return Excerpt(shortened, len(owners) - len(shown))


def _lines_column(listing: "Listing") -> int | None:
    """The number of the first column of lines; None where no column has lines."""
    for number, column in enumerate(listing.columns):
        if column.kind == "lines":
            return number
    return None


def _item_owners(rows: Iterable[Sequence["Cell"]], at: int | None) -> list[int]:
    """Of each item of the rows the number of its row."""
    owners: list[int] = []
    for number, row in enumerate(rows):
        owners += [number] * _count_items(row, at)
    return owners


def _count_items(row: Sequence["Cell"], at: int | None) -> int:
    """How many items a row is: its lines, which stand in the cell `at`, or one."""
    if at is None:
        return 1
    cell = row[at]
    return len(cell) if isinstance(cell, tuple) else 0


def _cut_row(row: tuple["Cell", ...], at: int | None, count: int) -> tuple["Cell", ...]:
    """The row with the first lines of its cell `at`."""
    cell = None if at is None else row[at]
    if at is None or not isinstance(cell, tuple):
        return row
    return (*row[:at], cell[:count], *row[at + 1 :])


def choose_items(groups: Sequence[str], room: int, parts: Sequence[object] = ()) -> tuple[int, ...]:
    """The numbers of the items to show, at most `room`, in their order; `groups` has the group of
    each item.

    Each group has an even share, and the other groups have what a group does not need. Of a group
    the first items are shown; with `parts`, the first of each part, then the second of each.
    """
    shares = _group_shares(Counter(groups), room)
    taken: Counter[str] = Counter()
    shown = []
    for item in _turn_order(groups, parts):
        group = groups[item]
        if taken[group] < shares[group]:
            taken[group] += 1
            shown.append(item)
    return tuple(sorted(shown))


def _group_shares(counts: Counter[str], room: int) -> dict[str, int]:
    """How many of each group are shown; the smallest groups choose first."""
    shares = {}
    by_size = sorted(counts.items(), key=lambda pair: pair[1])
    for before, (group, count) in enumerate(by_size):
        even_share = -(-room // (len(counts) - before))  # rounded up
        shares[group] = min(count, even_share)
        room -= shares[group]
    return shares


def _turn_order(groups: Sequence[str], parts: Sequence[object]) -> Sequence[int]:
    """The numbers of the items in the order in which they are taken."""
    if not parts:
        return range(len(groups))
    seen: Counter[tuple[str, object]] = Counter()
    turns = []
    for item, key in enumerate(zip(groups, parts, strict=True)):
        turns.append((seen[key], item))
        seen[key] += 1
    return [item for _, item in sorted(turns)]
