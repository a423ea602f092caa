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
    if not scale:
        return
    if scale[0] >= scale[1]:
        yield Mistake((*path, "scale"), "scale_order", _scale_params(scale))
        return
    for number, criterion in child_tables(phase, "criteria"):
        yield from _check_criterion_scale((*path, "criteria", number), criterion, scale)
    highest = {*_highest_marks(phase, scale)}
    if len(highest) > 1 and min(highest) > scale[0] and phase.get("total", "mean") != "sum":
        yield Mistake((*path, "total"), "max_without_sum")


def _check_criterion_scale(
    path: KeyPath, criterion: Tree, scale: tuple[Any, Any]
) -> Iterator[Mistake]:
    """The mistakes of a criterion's own highest mark, and of the least score to advance."""
    low, high = scale[0], criterion.get("max", scale[1])
    if high <= low:
        params = {"value": toml_text(high), "low": toml_text(low)}
        yield Mistake((*path, "max"), "max_low", params)
        return
    least = criterion.get("minimum")
    if least is not None and not low <= least <= high:
        params = {"value": toml_text(least)} | _scale_params((low, high))
        yield Mistake((*path, "minimum"), "score_off_scale", params)


def _highest_marks(phase: Tree, scale: tuple[Any, Any]) -> list[Any]:
    """The highest mark of each criterion."""
    return [criterion.get("max", scale[1]) for _, criterion in child_tables(phase, "criteria")]


def _score_range(phase: Tree) -> tuple[Any, Any] | None:
    """The lowest and the highest score of a judging phase; None where a scale is wrong."""
    scale = number_pair(phase.get("scale"))
    if not scale:
        return None
    highest = _highest_marks(phase, scale)
    if min([scale[1], *highest]) <= scale[0]:
        return None
    if phase.get("total", "mean") != "sum":
        return scale[0], max(highest, default=scale[1])
    weights = [criterion.get("weight", 1) for _, criterion in child_tables(phase, "criteria")]
    most = sum(weight * high for weight, high in zip(weights, highest, strict=True))
    return scale[0] * sum(weights), most


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
    scores, least = _score_range(phase), advance.get("minimum_score")
    if least is None or scores is None:
        return
    if not scores[0] <= least <= scores[1]:
        params = {"value": toml_text(least)} | _scale_params(scores)
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
        elif _is_other_range(phase, known[code]):
            yield Mistake(place, "carry_scale", {"value": toml_text(code)})
        if share <= 0:
            yield Mistake(place, "share_size", {"value": toml_text(share)})
    if sum((share for share in shares.values() if share > 0), Decimal(0)) >= 1:
        yield Mistake((*path, "carry"), "shares_sum", {"value": toml_text(sum(shares.values()))})


def _is_other_range(phase: Tree, other: Tree) -> bool:
    """Whether the scores of two phases lie in different ranges; wrong scales do not count."""
    own, its = _score_range(phase), _score_range(other)
    return own is not None and its is not None and own != its


JUDGING_CHECKS: tuple[Callable[[Tree], Iterator[Mistake]], ...] = (_check_judging_phases,)
