"""What several keys of a judging phase show together: scale, weights, tie-break, who advances,
conflicts, lists, and the scores that the phase carries over.
"""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any

from tasks.codes import fold_text
from tasks.rules.mistakes import Mistake, check_distinct_texts, check_known_value
from tasks.rules.tree import (
    KeyPath,
    Tree,
    child_codes,
    child_table,
    child_tables,
    child_texts,
    number_pair,
    phases_of_kind,
    toml_text,
)


def _check_judging_phases(tree: Tree) -> Iterator[Mistake]:
    for number, phase in phases_of_kind(tree, "judging"):
        path = ("phases", number)
        yield from _check_scale(path, phase)
        yield from _check_weights(path, phase)
        yield from _check_tie_break(path, phase)
        yield from _check_advance(path, phase)
        yield from _check_conflicts(path, phase)
        yield from _check_rank_within(path, phase, tree)
        earlier = [table for i, table in child_tables(tree, "phases") if i < number]
        yield from _check_carry(path, phase, earlier)


def _check_scale(path: KeyPath, phase: Tree) -> Iterator[Mistake]:
    scale = number_pair(phase.get("scale"))
    if scale and scale[0] >= scale[1]:
        yield Mistake((*path, "scale"), "scale_order", _scale_params(scale))


def _scale_params(scale: tuple[Any, Any]) -> dict[str, str]:
    return {"low": toml_text(scale[0]), "high": toml_text(scale[1])}


def _check_weights(path: KeyPath, phase: Tree) -> Iterator[Mistake]:
    criteria = phase.get("criteria") or []
    is_without_weight = [
        isinstance(criterion, dict) and criterion.get("weight") == 0 for criterion in criteria
    ]
    if criteria and all(is_without_weight):
        yield Mistake((*path, "criteria"), "weights_zero")


def _check_tie_break(path: KeyPath, phase: Tree) -> Iterator[Mistake]:
    codes = child_texts(phase, "tie_break")
    criteria = child_codes(phase, "criteria")
    if criteria:
        for i, code in codes:
            place = (*path, "tie_break", i)
            yield from check_known_value(place, "unknown_criterion", code, criteria)
    yield from check_distinct_texts((*path, "tie_break"), codes)


def _check_advance(path: KeyPath, phase: Tree) -> Iterator[Mistake]:
    advance = child_table(phase, "advance")
    if "per_list" in advance and "overall" in advance:
        yield Mistake((*path, "advance"), "per_list_and_overall")
    scale, least = number_pair(phase.get("scale")), advance.get("minimum_score")
    if least is None or not scale or scale[0] >= scale[1]:
        return
    if not scale[0] <= least <= scale[1]:
        params = {"value": toml_text(least)} | _scale_params(scale)
        yield Mistake((*path, "advance", "minimum_score"), "score_off_scale", params)


def _check_conflicts(path: KeyPath, phase: Tree) -> Iterator[Mistake]:
    earlier: set[tuple[str, str]] = set()
    for i, conflict in child_tables(phase, "conflicts"):
        pair = (fold_text(conflict.get("judge", "")), fold_text(conflict.get("agency", "")))
        if pair in earlier:
            params = {"value": toml_text(conflict.get("judge"))}
            yield Mistake((*path, "conflicts", i), "repeated", params)
        earlier.add(pair)


def _check_rank_within(path: KeyPath, phase: Tree, tree: Tree) -> Iterator[Mistake]:
    names = child_texts(phase, "rank_within")
    yield from check_distinct_texts((*path, "rank_within"), names)
    for i, name in names:
        if name == "group" and not child_tables(tree, "groups"):
            yield Mistake((*path, "rank_within", i), "no_groups")


def _check_carry(path: KeyPath, phase: Tree, earlier: Iterable[Tree]) -> Iterator[Mistake]:
    """A share for each earlier judging phase on the same scale; together less than the whole."""
    shares = child_table(phase, "carry")
    known = {table["code"]: table for table in earlier if isinstance(table.get("code"), str)}
    judging = [code for code, table in known.items() if table.get("kind") == "judging"]
    for code, share in shares.items():
        place = (*path, "carry", code)
        kind = known[code].get("kind", "judging") if code in known else None
        if kind != "judging":
            yield from check_known_value(place, "carry_not_earlier", code, judging)
        elif _is_other_scale(phase.get("scale"), known[code].get("scale")):
            yield Mistake(place, "carry_scale", {"value": toml_text(code)})
        if share <= 0:
            yield Mistake(place, "share_size", {"value": toml_text(share)})
    if sum((share for share in shares.values() if share > 0), Decimal(0)) >= 1:
        yield Mistake((*path, "carry"), "shares_sum", {"value": toml_text(sum(shares.values()))})


def _is_other_scale(scale: Any, other: Any) -> bool:
    """Whether two scales differ; scales that are wrong themselves do not count."""
    own, its = number_pair(scale), number_pair(other)
    return bool(own and its and own[0] < own[1] and its[0] < its[1] and own != its)


JUDGING_CHECKS: tuple[Callable[[Tree], Iterator[Mistake]], ...] = (_check_judging_phases,)
