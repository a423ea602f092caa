"""Codes and names in competition.toml: two entries of a list must not share one."""

from collections.abc import Callable, Iterator

from tasks.codes import TAKEN_CATEGORY_CODES, fold_text
from tasks.rules.mistakes import Mistake
from tasks.rules.tree import KeyPath, Tree, child_table, child_tables, child_texts, toml_text


def _check_names(tree: Tree) -> Iterator[Mistake]:
    for key in ("categories", "groups"):
        yield from _check_distinct_names((key,), child_tables(tree, key))
    yield from _check_distinct_codes(("phases",), child_tables(tree, "phases"))
    for i, phase in child_tables(tree, "phases"):
        for key in ("criteria", "requirements"):
            yield from _check_distinct_names(("phases", i, key), child_tables(phase, key))
        yield from _check_distinct_codes(("phases", i, "levels"), child_tables(phase, "levels"))


def _check_distinct_codes(path: KeyPath, entries: list[tuple[int, Tree]]) -> Iterator[Mistake]:
    first_codes: dict[str, str] = {}
    for i, entry in entries:
        code = entry.get("code")
        if not isinstance(code, str):
            continue
        folded = fold_text(code) or code
        if folded in first_codes:
            params = {"value": toml_text(code), "other": toml_text(first_codes[folded])}
            yield Mistake((*path, i, "code"), "duplicate_code", params)
        else:
            first_codes[folded] = code


def _check_distinct_names(path: KeyPath, entries: list[tuple[int, Tree]]) -> Iterator[Mistake]:
    """Cells are matched by codes, names and aliases: a text that two entries share matches
    neither.
    """
    yield from _check_distinct_codes(path, entries)
    owners = _entries_by_code(entries)
    by_number = dict(entries)
    for i, entry in entries:
        own_code = fold_text(str(entry.get("code")))
        for key, text in _names_and_aliases(entry):
            folded = fold_text(text)
            owner = owners.setdefault(folded, i)
            if owner != i and folded not in ("", own_code):
                other = by_number[owner].get("code", str(owner + 1))
                params = {"value": toml_text(text), "other": toml_text(other)}
                yield Mistake((*path, i, key), "shared_name", params)


def _entries_by_code(entries: list[tuple[int, Tree]]) -> dict[str, int]:
    """The number of the first entry that has a code, by the code without case and punctuation."""
    owners: dict[str, int] = {}
    for i, entry in entries:
        code = entry.get("code")
        if isinstance(code, str):
            owners.setdefault(fold_text(code), i)
    return owners


def _names_and_aliases(entry: Tree) -> Iterator[tuple[str, str]]:
    name = entry.get("name")
    names = [name] if isinstance(name, str) else child_table(entry, "name").values()
    for text in dict.fromkeys(names):
        yield "name", text
    for _, alias in child_texts(entry, "aliases"):
        yield "aliases", alias


def _check_taken_codes(tree: Tree) -> Iterator[Mistake]:
    for i, category in child_tables(tree, "categories"):
        code = category.get("code")
        if isinstance(code, str) and code.casefold() in TAKEN_CATEGORY_CODES:
            yield Mistake(("categories", i, "code"), "taken_code", {"value": toml_text(code)})


NAME_CHECKS: tuple[Callable[[Tree], Iterator[Mistake]], ...] = (_check_names, _check_taken_codes)
