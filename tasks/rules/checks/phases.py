"""Which phases follow each other in competition.toml, when each opens and closes, and in which time
zone.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from tasks.rules.mistakes import Mistake, near_param
from tasks.rules.tree import Tree, child_tables, toml_text

_UTC = ZoneInfo("UTC")


def competition_zone(tree: Tree) -> tuple[ZoneInfo, list[Mistake]]:
    """The competition's zone (UTC where it is not known), and the mistake in `timezone`."""
    name = tree.get("timezone")
    if not isinstance(name, str):
        return _UTC, []  # the model finds a zone that is missing or no text
    try:
        if _is_same_everywhere(name):
            return ZoneInfo(name), []
    except (ZoneInfoNotFoundError, ValueError, OSError):
        pass
    known = sorted(filter(_is_same_everywhere, available_timezones()))
    params = {"value": toml_text(name)} | near_param(name, known)
    return _UTC, [Mistake(("timezone",), "unknown_timezone", params)]


def _is_same_everywhere(name: str) -> bool:
    """Whether a zone means the same on every machine; "localtime" is each machine's own."""
    return "/" in name or name == "UTC"


def _check_order_of_kinds(tree: Tree) -> Iterator[Mistake]:
    """Registration comes first and only once; nominations come last, after a judging phase."""
    before: list[str] = []
    for i, phase in child_tables(tree, "phases"):
        kind, path = phase.get("kind"), ("phases", i, "kind")
        if kind == "registration" and "registration" in before:
            yield Mistake(path, "second_registration")
        elif i == 0 and kind is not None and kind != "registration":
            yield Mistake(path, "registration_first")
        elif kind == "nomination" and "judging" not in before:
            yield Mistake(path, "nomination_without_judging")
        elif kind in ("screening", "judging") and "nomination" in before:
            yield Mistake(path, "after_nomination")
        if kind != "nomination" or "judging" in before:
            before.append(str(kind))


def _check_order_of_times(tree: Tree) -> Iterator[Mistake]:
    """A phase opens before it closes, and closes after the phase before it."""
    before: Tree = {}
    for i, phase in child_tables(tree, "phases"):
        opens, closes = phase.get("opens"), phase.get("closes")
        if opens and closes and opens >= closes:
            params = {"value": _local_time_text(opens), "closes": _local_time_text(closes)}
            yield Mistake(("phases", i, "opens"), "opens_late", params)
        if closes and before and closes <= before["closes"]:
            params = {
                "value": _local_time_text(closes),
                "other": toml_text(before.get("code")),
                "closes": _local_time_text(before["closes"]),
            }
            yield Mistake(("phases", i, "closes"), "closes_early", params)
        before = phase if closes else before


def _local_time_text(value: datetime) -> str:
    return value.replace(tzinfo=None).isoformat()


PHASE_CHECKS: tuple[Callable[[Tree], Iterator[Mistake]], ...] = (
    _check_order_of_kinds,
    _check_order_of_times,
)
