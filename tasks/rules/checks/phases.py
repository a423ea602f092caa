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

from tasks import codes
from tasks.rules.checks import settings
from tasks.rules.mistakes import KeyPath, Mistake, Tree, near_param, toml_text
from tasks.rules.tree import (
    check_distinct_texts,
    check_known_value,
    child_codes,
    child_table,
    child_tables,
    child_texts,
    number_pair,
    phases_of_kind,
)

_UTC = ZoneInfo("UTC")


def competition_zone(tree: Tree) -> tuple[ZoneInfo, list[Mistake]]:
    """The competition's zone (UTC where it is not known), and the mistake in `timezone`."""
    name = tree.get("timezone")
    if not isinstance(name, str):
        return _UTC, []  # missing or no text: told by the model
    try:
        if _is_iana(name):
            return ZoneInfo(name), []
    except (ZoneInfoNotFoundError, ValueError, OSError):
        pass
    params = {"value": toml_text(name)} | near_param(
        name, sorted(filter(_is_iana, available_timezones()))
    )
    return _UTC, [Mistake(("timezone",), "unknown_timezone", params)]


def _is_iana(name: str) -> bool:
    """Whether a zone means the same on every machine; "localtime" is each machine's own."""
    return "/" in name or name == "UTC"


def find_mistakes(tree: Tree) -> list[Mistake]:
    """Every mistake that the checks below find."""
    return [mistake for check in _CHECKS for mistake in check(tree)]


# Codes and names


def _check_names(tree: Tree) -> Iterator[Mistake]:
    for key in ("categories", "groups"):
        yield from _check_distinct_names((key,), child_tables(tree, key))
    yield from _check_distinct_codes(("phases",), child_tables(tree, "phases"))
    for i, phase in child_tables(tree, "phases"):
        for key in ("criteria", "requirements"):
            yield from _check_distinct_names(("phases", i, key), child_tables(phase, key))
        yield from _check_distinct_codes(("phases", i, "levels"), child_tables(phase, "levels"))


def _check_distinct_codes(path: KeyPath, entries: list[tuple[int, Tree]]) -> Iterator[Mistake]:
    first: dict[str, str] = {}
    for i, entry in entries:
        code = entry.get("code")
        if (
            isinstance(code, str)
            and first.setdefault(codes.fold_text(code) or code, code) is not code
        ):
            other = first[codes.fold_text(code) or code]
            yield Mistake(
                (*path, i, "code"),
                "duplicate_code",
                {"value": toml_text(code), "other": toml_text(other)},
            )


def _check_distinct_names(path: KeyPath, entries: list[tuple[int, Tree]]) -> Iterator[Mistake]:
    """Codes, names and aliases are what cells are matched by: one that two entries share says
    nothing.
    """
    yield from _check_distinct_codes(path, entries)
    owner: dict[str, int] = {
        codes.fold_text(e["code"]): i
        for i, e in reversed(entries)
        if isinstance(e.get("code"), str)
    }
    by_index = dict(entries)
    for i, entry in entries:
        for key, text in _names_and_aliases(entry):
            other = owner.setdefault(codes.fold_text(text), i)
            if other != i and codes.fold_text(text) not in (
                "",
                codes.fold_text(str(entry.get("code"))),
            ):
                whose = by_index[other].get("code", str(other + 1))
                yield Mistake(
                    (*path, i, key),
                    "shared_name",
                    {"value": toml_text(text), "other": toml_text(whose)},
                )


def _names_and_aliases(entry: Tree) -> Iterator[tuple[str, str]]:
    name = entry.get("name")
    for text in (
        [name] if isinstance(name, str) else dict.fromkeys(child_table(entry, "name").values())
    ):
        yield "name", text
    for _, alias in child_texts(entry, "aliases"):
        yield "aliases", alias


def _check_taken_codes(tree: Tree) -> Iterator[Mistake]:
    for i, category in child_tables(tree, "categories"):
        code = category.get("code")
        if isinstance(code, str) and code.casefold() in codes.TAKEN_CATEGORY_CODES:
            yield Mistake(("categories", i, "code"), "taken_code", {"value": toml_text(code)})


# Phases


def _check_order_of_kinds(tree: Tree) -> Iterator[Mistake]:
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
    before: Tree = {}
    for i, phase in child_tables(tree, "phases"):
        opens, closes = phase.get("opens"), phase.get("closes")
        if opens and closes and opens >= closes:
            yield Mistake(
                ("phases", i, "opens"),
                "opens_late",
                {"value": _local_time_text(opens), "closes": _local_time_text(closes)},
            )
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


# Judging


def _check_judging_phases(tree: Tree) -> Iterator[Mistake]:
    for i, phase in phases_of_kind(tree, "judging"):
        path = ("phases", i)
        for check in (
            _check_scale,
            _check_weights,
            _check_tie_break,
            _check_advance,
            _check_conflicts,
        ):
            yield from check(path, phase)
        yield from _check_rank_within(path, phase, tree)
        yield from _check_carry(path, phase, tree)


def _check_scale(path: KeyPath, phase: Tree) -> Iterator[Mistake]:
    scale = number_pair(phase.get("scale"))
    if scale and scale[0] >= scale[1]:
        yield Mistake(
            (*path, "scale"),
            "scale_order",
            {"low": toml_text(scale[0]), "high": toml_text(scale[1])},
        )


def _check_weights(path: KeyPath, phase: Tree) -> Iterator[Mistake]:
    criteria = phase.get("criteria") or []
    weights = [
        criterion.get("weight") if isinstance(criterion, dict) else None for criterion in criteria
    ]
    if weights and all(weight == 0 and weight is not None for weight in weights):
        yield Mistake((*path, "criteria"), "weights_zero")


def _check_tie_break(path: KeyPath, phase: Tree) -> Iterator[Mistake]:
    named = child_texts(phase, "tie_break")
    for i, code in named if child_codes(phase, "criteria") else ():
        yield from check_known_value(
            (*path, "tie_break", i), "unknown_criterion", code, child_codes(phase, "criteria")
        )
    yield from check_distinct_texts((*path, "tie_break"), named)


def _check_advance(path: KeyPath, phase: Tree) -> Iterator[Mistake]:
    advance, scale = child_table(phase, "advance"), number_pair(phase.get("scale"))
    if "per_list" in advance and "overall" in advance:
        yield Mistake((*path, "advance"), "per_list_and_overall")
    least = advance.get("minimum_score")
    if least is not None and scale and scale[0] < scale[1] and not scale[0] <= least <= scale[1]:
        params = {
            "value": toml_text(least),
            "low": toml_text(scale[0]),
            "high": toml_text(scale[1]),
        }
        yield Mistake((*path, "advance", "minimum_score"), "score_off_scale", params)


def _check_conflicts(path: KeyPath, phase: Tree) -> Iterator[Mistake]:
    named = [
        (codes.fold_text(c.get("judge", "")), codes.fold_text(c.get("agency", "")))
        for _, c in child_tables(phase, "conflicts")
    ]
    for i, conflict in child_tables(phase, "conflicts"):
        if (
            named.index(
                (
                    codes.fold_text(conflict.get("judge", "")),
                    codes.fold_text(conflict.get("agency", "")),
                )
            )
            != i
        ):
            yield Mistake(
                (*path, "conflicts", i), "repeated", {"value": toml_text(conflict.get("judge"))}
            )


def _check_rank_within(path: KeyPath, phase: Tree, tree: Tree) -> Iterator[Mistake]:
    named = child_texts(phase, "rank_within")
    yield from check_distinct_texts((*path, "rank_within"), named)
    for i, name in named:
        if name == "group" and not child_tables(tree, "groups"):
            yield Mistake((*path, "rank_within", i), "no_groups")


def _check_carry(path: KeyPath, phase: Tree, tree: Tree) -> Iterator[Mistake]:
    shares = child_table(phase, "carry")
    before = [p for i, p in child_tables(tree, "phases") if i < path[1]]  # type: ignore[operator]  # a number
    earlier = {p["code"]: p for p in before if isinstance(p.get("code"), str)}
    judging = [code for code, p in earlier.items() if p.get("kind") == "judging"]
    for code, share in shares.items():
        place = (*path, "carry", code)
        if earlier.get(code, {}).get("kind", "judging") != "judging" or code not in earlier:
            yield from check_known_value(place, "carry_not_earlier", code, judging)
        elif _is_other_scale(phase.get("scale"), earlier[code].get("scale")):
            yield Mistake(place, "carry_scale", {"value": toml_text(code)})
        if share <= 0:
            yield Mistake(place, "share_size", {"value": toml_text(share)})
    if sum((share for share in shares.values() if share > 0), Decimal(0)) >= 1:
        yield Mistake((*path, "carry"), "shares_sum", {"value": toml_text(sum(shares.values()))})


def _is_other_scale(scale: Any, other: Any) -> bool:
    own, its = number_pair(scale), number_pair(other)
    return bool(own and its and own[0] < own[1] and its[0] < its[1] and own != its)


_CHECKS: tuple[Callable[[Tree], Iterator[Mistake]], ...] = (
    _check_names,
    _check_taken_codes,
    _check_order_of_kinds,
    _check_order_of_times,
    _check_judging_phases,
    *settings.SETTING_CHECKS,
)
