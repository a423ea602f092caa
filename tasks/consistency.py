"""What several keys of competition.toml show together: each rule that no single key breaks.

The checks see the read file as plain tables from which the values of a wrong type have been taken
out, so that one mistake hides no other; what is not there is not checked. Each gives back its
mistakes.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from tasks import codes, consistency_settings
from tasks.mistakes import Mistake, Path, Tree, nearest, shown
from tasks.rule_tables import codes_of, phases_of, repeated, table, tables, texts, two, unknown

_UTC = ZoneInfo("UTC")


def zone(tree: Tree) -> tuple[ZoneInfo, list[Mistake]]:
    """The competition's zone (UTC where it is not known), and the mistake in `timezone`."""
    name = tree.get("timezone")
    if not isinstance(name, str):
        return _UTC, []  # missing or no text: told by the model
    try:
        if _is_iana(name):
            return ZoneInfo(name), []
    except (ZoneInfoNotFoundError, ValueError, OSError):
        pass
    params = {"value": shown(name)} | nearest(name, sorted(filter(_is_iana, available_timezones())))
    return _UTC, [Mistake(("timezone",), "unknown_timezone", params)]


def _is_iana(name: str) -> bool:
    """Whether a zone means the same on every machine; "localtime" is each machine's own."""
    return "/" in name or name == "UTC"


def mistakes(tree: Tree) -> list[Mistake]:
    """Every mistake that the checks below find."""
    return [mistake for check in _CHECKS for mistake in check(tree)]


# Codes and names


def _names(tree: Tree) -> Iterator[Mistake]:
    for key in ("categories", "groups"):
        yield from _shared((key,), tables(tree, key))
    yield from _twice(("phases",), tables(tree, "phases"))
    for i, phase in tables(tree, "phases"):
        for key in ("criteria", "requirements"):
            yield from _shared(("phases", i, key), tables(phase, key))
        yield from _twice(("phases", i, "levels"), tables(phase, "levels"))


def _twice(path: Path, entries: list[tuple[int, Tree]]) -> Iterator[Mistake]:
    first: dict[str, str] = {}
    for i, entry in entries:
        code = entry.get("code")
        if isinstance(code, str) and first.setdefault(codes.same(code) or code, code) is not code:
            other = first[codes.same(code) or code]
            yield Mistake(
                (*path, i, "code"), "duplicate_code", {"value": shown(code), "other": shown(other)}
            )


def _shared(path: Path, entries: list[tuple[int, Tree]]) -> Iterator[Mistake]:
    """Codes, names and aliases are what cells are matched by: one that two entries share says
    nothing.
    """
    yield from _twice(path, entries)
    owner: dict[str, int] = {
        codes.same(e["code"]): i for i, e in reversed(entries) if isinstance(e.get("code"), str)
    }
    by_index = dict(entries)
    for i, entry in entries:
        for key, text in _called(entry):
            other = owner.setdefault(codes.same(text), i)
            if other != i and codes.same(text) not in ("", codes.same(str(entry.get("code")))):
                whose = by_index[other].get("code", str(other + 1))
                yield Mistake(
                    (*path, i, key), "shared_name", {"value": shown(text), "other": shown(whose)}
                )


def _called(entry: Tree) -> Iterator[tuple[str, str]]:
    name = entry.get("name")
    for text in [name] if isinstance(name, str) else dict.fromkeys(table(entry, "name").values()):
        yield "name", text
    for _, alias in texts(entry, "aliases"):
        yield "aliases", alias


def _taken(tree: Tree) -> Iterator[Mistake]:
    for i, category in tables(tree, "categories"):
        code = category.get("code")
        if isinstance(code, str) and code.casefold() in codes.CATEGORY_TAKEN:
            yield Mistake(("categories", i, "code"), "taken_code", {"value": shown(code)})


# Phases


def _order_of_kinds(tree: Tree) -> Iterator[Mistake]:
    before: list[str] = []
    for i, phase in tables(tree, "phases"):
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


def _order_of_times(tree: Tree) -> Iterator[Mistake]:
    before: Tree = {}
    for i, phase in tables(tree, "phases"):
        opens, closes = phase.get("opens"), phase.get("closes")
        if opens and closes and opens >= closes:
            yield Mistake(
                ("phases", i, "opens"),
                "opens_late",
                {"value": _time(opens), "closes": _time(closes)},
            )
        if closes and before and closes <= before["closes"]:
            params = {
                "value": _time(closes),
                "other": shown(before.get("code")),
                "closes": _time(before["closes"]),
            }
            yield Mistake(("phases", i, "closes"), "closes_early", params)
        before = phase if closes else before


def _time(value: datetime) -> str:
    return value.replace(tzinfo=None).isoformat()


# Judging


def _judging(tree: Tree) -> Iterator[Mistake]:
    for i, phase in phases_of(tree, "judging"):
        path = ("phases", i)
        for check in (_scale, _weights, _tie_break, _advance, _conflicts):
            yield from check(path, phase)
        yield from _rank_within(path, phase, tree)
        yield from _carry(path, phase, tree)


def _scale(path: Path, phase: Tree) -> Iterator[Mistake]:
    scale = two(phase.get("scale"))
    if scale and scale[0] >= scale[1]:
        yield Mistake(
            (*path, "scale"), "scale_order", {"low": shown(scale[0]), "high": shown(scale[1])}
        )


def _weights(path: Path, phase: Tree) -> Iterator[Mistake]:
    criteria = phase.get("criteria") or []
    weights = [
        criterion.get("weight") if isinstance(criterion, dict) else None for criterion in criteria
    ]
    if weights and all(weight == 0 and weight is not None for weight in weights):
        yield Mistake((*path, "criteria"), "weights_zero")


def _tie_break(path: Path, phase: Tree) -> Iterator[Mistake]:
    named = texts(phase, "tie_break")
    for i, code in named if codes_of(phase, "criteria") else ():
        yield from unknown(
            (*path, "tie_break", i), "unknown_criterion", code, codes_of(phase, "criteria")
        )
    yield from repeated((*path, "tie_break"), named)


def _advance(path: Path, phase: Tree) -> Iterator[Mistake]:
    advance, scale = table(phase, "advance"), two(phase.get("scale"))
    if "per_list" in advance and "overall" in advance:
        yield Mistake((*path, "advance"), "per_list_and_overall")
    least = advance.get("minimum_score")
    if least is not None and scale and scale[0] < scale[1] and not scale[0] <= least <= scale[1]:
        params = {"value": shown(least), "low": shown(scale[0]), "high": shown(scale[1])}
        yield Mistake((*path, "advance", "minimum_score"), "score_off_scale", params)


def _conflicts(path: Path, phase: Tree) -> Iterator[Mistake]:
    named = [
        (codes.same(c.get("judge", "")), codes.same(c.get("agency", "")))
        for _, c in tables(phase, "conflicts")
    ]
    for i, conflict in tables(phase, "conflicts"):
        if (
            named.index(
                (codes.same(conflict.get("judge", "")), codes.same(conflict.get("agency", "")))
            )
            != i
        ):
            yield Mistake(
                (*path, "conflicts", i), "repeated", {"value": shown(conflict.get("judge"))}
            )


def _rank_within(path: Path, phase: Tree, tree: Tree) -> Iterator[Mistake]:
    named = texts(phase, "rank_within")
    yield from repeated((*path, "rank_within"), named)
    for i, name in named:
        if name == "group" and not tables(tree, "groups"):
            yield Mistake((*path, "rank_within", i), "no_groups")


def _carry(path: Path, phase: Tree, tree: Tree) -> Iterator[Mistake]:
    shares = table(phase, "carry")
    before = [p for i, p in tables(tree, "phases") if i < path[1]]  # type: ignore[operator]  # a number
    earlier = {p["code"]: p for p in before if isinstance(p.get("code"), str)}
    judging = [code for code, p in earlier.items() if p.get("kind") == "judging"]
    for code, share in shares.items():
        place = (*path, "carry", code)
        if earlier.get(code, {}).get("kind", "judging") != "judging" or code not in earlier:
            yield from unknown(place, "carry_not_earlier", code, judging)
        elif _differ(phase.get("scale"), earlier[code].get("scale")):
            yield Mistake(place, "carry_scale", {"value": shown(code)})
        if share <= 0:
            yield Mistake(place, "share_size", {"value": shown(share)})
    if sum((share for share in shares.values() if share > 0), Decimal(0)) >= 1:
        yield Mistake((*path, "carry"), "shares_sum", {"value": shown(sum(shares.values()))})


def _differ(scale: Any, other: Any) -> bool:
    own, its = two(scale), two(other)
    return bool(own and its and own[0] < own[1] and its[0] < its[1] and own != its)


_CHECKS: tuple[Callable[[Tree], Iterator[Mistake]], ...] = (
    _names,
    _taken,
    _order_of_kinds,
    _order_of_times,
    _judging,
    *consistency_settings.CHECKS,
)
