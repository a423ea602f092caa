"""Texts with 9 of 10 letters alike: all of them, and only those; held against the distance
itself.
"""

import itertools
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from tasks.names import alike_texts, sorted_lookup, titles
from tests.bench import crowd

Pairs = list[tuple[int, int]]


def _found(texts: list[str]) -> Pairs:
    left, right = alike_texts.alike_pairs(np.array(texts, dtype=object))
    return sorted(
        (min(a, b), max(a, b)) for a, b in zip(left.tolist(), right.tolist(), strict=True)
    )


def _by_distance(texts: list[str]) -> Pairs:
    """Every pair, by the definition: ten times the distance is no more than the longer one's
    length.
    """
    return [
        (i, j)
        for (i, one), (j, other) in itertools.combinations(enumerate(texts), 2)
        if 10 * Levenshtein.distance(one, other) <= max(len(one), len(other))
    ]


def _changed(chance: random.Random, text: str, times: int, letters: str) -> str:
    changed = list(text)
    for _ in range(times):
        place = chance.randrange(len(changed) + 1)
        changed[place : place + chance.randint(0, 1)] = chance.choice(["", *letters])
    return "".join(changed)


@pytest.mark.parametrize("letters", ["ab", "abcdefghijklmnopqrstuvwxyz", "aé漢ñ🙂"])
@pytest.mark.parametrize("length", [9, 10, 11, 19, 20, 29, 30, 45, 60, 99, 110, 299, 300])
def test_every_pair_of_texts_near_each_length_is_found(length: int, letters: str) -> None:
    chance = random.Random(f"{length}{letters}")
    whole = ["".join(chance.choices(letters, k=length)) for _ in range(4)]
    near = [
        _changed(chance, text, chance.randint(0, length // 10 + 2), letters)[: titles.LONGEST_TITLE]
        for text in whole * 12
    ]
    texts = list(dict.fromkeys([*whole, *near]))

    assert _found(texts) == _by_distance(texts)


@settings(max_examples=300)
@given(st.lists(st.text(alphabet="ab", min_size=1, max_size=32), max_size=14, unique=True))
def test_every_pair_of_texts_of_two_letters_is_found(texts: list[str]) -> None:
    assert _found(texts) == _by_distance(texts)


def test_every_pair_of_titles_as_offices_write_them_is_found() -> None:
    entrants = crowd._Entrants(1500, random.Random(7)).rows()
    texts = list(dict.fromkeys(titles.title_key(row[1]).replace(" ", "") for row in entrants))
    expected = _by_distance(texts)

    assert _found(texts) == expected
    assert len(expected) > 20


def test_pieces_cost_least_together_and_do_not_overlap() -> None:
    chance = random.Random(3)
    costs = np.array([[chance.randint(1, 9) for _ in range(5)] for _ in range(14)], dtype=np.int32)

    starts = alike_texts._cheapest_starts(costs, size=3, count=4)

    for text in range(5):
        choices = [
            s
            for s in itertools.combinations(range(14), 4)
            if all(b - a >= 3 for a, b in itertools.pairwise(s))
        ]
        assert sum(costs[starts[text], text]) == min(
            sum(costs[list(choice), text]) for choice in choices
        )
        assert (np.diff(starts[text]) >= 3).all()


def test_a_common_word_is_not_what_titles_are_looked_up_by(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(5)
    texts = sorted(
        {"pelayananmasyarakat" + "".join(chance.choices("abcdefghij", k=30)) for _ in range(1000)}
    )
    hits: list[int] = []
    between = sorted_lookup.hits_between

    def counted(*arguments: np.ndarray) -> sorted_lookup.Hits:
        for question, place in between(*arguments):
            hits.append(len(question))
            yield question, place

    monkeypatch.setattr(alike_texts, "hits_between", counted)

    assert _found(texts) == _by_distance(texts) == []
    assert sum(hits) < 10 * len(texts)  # every pair shares 19 letters: 500,000


def test_no_texts_have_no_pairs() -> None:
    assert _found([]) == []
    assert _found(["satu"]) == []
