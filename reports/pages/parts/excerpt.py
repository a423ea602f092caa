"""What a page shows of rows whose number an inbox decides, where they are more than it can carry.

A page holds them all, and its workbook and data/ have them all; in a browser and on paper the first
of each rule stand, each rule with its share of the room, so that a flood of one leaves room for the
others. Rankings and lists of submissions are never cut. Needs no pandas.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reports.pages.parts.lists import Listing

ROOM = {"paper": 300, "screen": 2_000}  # rows of one listing of a phase's page, by medium
SMALLEST_ROOM = min(ROOM.values())  # a listing of no more rows is whole everywhere


@dataclass(frozen=True)
class Excerpt:
    """A listing as a medium shows it, and how many of its rows (of lines, where it lists lines) are
    left out.
    """

    listing: "Listing"
    left: int


def cut_groups(rules: Iterable[object], size: int | None = None) -> tuple[str, ...]:
    """What each row of a listing belongs to, where the listing may be cut; () where it is whole
    everywhere.

    `size` counts what is listed, where that is not a row each.
    """
    named = tuple(map(str, rules))
    return named if (len(named) if size is None else size) > SMALLEST_ROOM else ()


def of_listing(listing: "Listing", medium: str) -> Excerpt:
    """The listing for "screen" or "paper": whole, or cut to ROOM if it has `groups`. Lines in its
    cells count each.

    Of a group, each of what the first column names (a place, a judge) has its first row before any
    has its second.
    """
    at = next((i for i, column in enumerate(listing.columns) if column.kind == "lines"), None)
    if not listing.groups:
        return Excerpt(listing, 0)
    lines = [1 if at is None else len(row[at] or ()) for row in listing.rows]  # type: ignore[arg-type]  # a cell of lines
    units = [n for n, count in enumerate(lines) for _ in range(count)]
    shown = choose_items(
        [listing.groups[n] for n in units], ROOM[medium], [listing.rows[n][0] for n in units]
    )
    kept = Counter(units[i] for i in shown)
    rows = tuple(
        row if at is None else (*row[:at], row[at][: kept[n]], *row[at + 1 :])  # type: ignore[index]  # a cell of lines
        for n, row in enumerate(listing.rows)
        if kept[n]
    )
    return Excerpt(replace(listing, rows=rows, groups=()), len(units) - len(shown))


def choose_items(of: Sequence[str], room: int, parts: Sequence[object] = ()) -> tuple[int, ...]:
    """The numbers of the items to show, at most `room`, in their order; `of` says which group each
    belongs to.

    Each group has an even share, and what one does not need the others have. Of a group the first
    are shown; with `parts`, the first of each part, then the second of each.
    """
    shares = _group_shares(Counter(of), room)
    taken: Counter[str] = Counter()
    shown = []
    for i in _turn_order(of, parts):
        if taken[of[i]] < shares[of[i]]:
            taken[of[i]] += 1
            shown.append(i)
    return tuple(sorted(shown))


def _group_shares(counts: Counter[str], room: int) -> dict[str, int]:
    """How many of each group, the smallest groups first."""
    shares = {}
    for before, (group, count) in enumerate(sorted(counts.items(), key=lambda pair: pair[1])):
        shares[group] = min(count, -(-room // (len(counts) - before)))
        room -= shares[group]
    return shares


def _turn_order(of: Sequence[str], parts: Sequence[object]) -> Sequence[int]:
    if not parts:
        return range(len(of))
    seen: Counter[tuple[str, object]] = Counter()
    turns = []
    for i, key in enumerate(zip(of, parts, strict=True)):
        turns.append((seen[key], i))
        seen[key] += 1
    return [i for _, i in sorted(turns)]
