"""Every near pair is found, and only those: against comparing every title with every other."""

import itertools
import random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.names import near_pairs, sorted_lookup, titles

SYLLABLES = (
    "ka",
    "si",
    "pe",
    "la",
    "ya",
    "nan",
    "ma",
    "ra",
    "kat",
    "in",
    "gra",
    "di",
    "tal",
    "sar",
    "da",
    "bu",
    "se",
    "hat",
)


def _every_pair(keyed: pd.Series) -> list[tuple[int, int]]:
    """The near pairs by comparing every title with every other."""
    present = [position for position, key in enumerate(keyed) if not pd.isna(key)]
    pairs = list(itertools.combinations(present, 2))
    left, right = (
        pd.Series([keyed.iloc[pair[side]] for pair in pairs], dtype="str") for side in (0, 1)
    )
    return [
        pair for pair, is_near in zip(pairs, titles.is_near(left, right), strict=True) if is_near
    ]


def _found(keyed: pd.Series) -> list[tuple[int, int]]:
    return list(near_pairs.find_near_pairs(keyed).itertuples(index=False, name=None))


def _changed(chance: random.Random, key: str) -> str:
    """The key with up to six letters or spaces changed, put in or taken out."""
    letters = list(key)
    for _ in range(chance.randint(0, 6)):
        position = chance.randrange(len(letters) + 1)
        letters[position : position + chance.randint(0, 1)] = chance.choice(["", "a", "b", " "])
    return " ".join("".join(letters).split()) or "a"


@pytest.mark.parametrize("seed", range(12))
def test_every_near_pair_among_titles_of_all_lengths_is_found(seed: int) -> None:
    chance = random.Random(seed)
    whole = [
        " ".join(
            "".join(chance.choices("abcdefg", k=chance.randint(1, 9)))
            for _ in range(chance.randint(1, 20))
        )
        for _ in range(10)
    ]
    keyed = pd.Series([*whole, *(_changed(chance, key) for key in whole * 5), None], dtype="str")

    assert _found(keyed) == _every_pair(keyed)


@settings(max_examples=200)
@given(
    st.lists(
        st.one_of(st.none(), st.text(alphabet="ab ", min_size=1, max_size=26).map(str.strip)),
        max_size=12,
    )
)
def test_every_near_pair_among_titles_of_few_letters_is_found(texts: list[str | None]) -> None:
    keyed = titles.title_keys(pd.Series(texts, dtype="str"))

    assert _found(keyed) == _every_pair(keyed)


def test_equal_titles_are_near_each_other_and_missing_ones_near_nothing() -> None:
    keyed = pd.Series(["sama", None, "sama", None, "sama"], dtype="str")

    assert _found(keyed) == [(0, 2), (0, 4), (2, 4)]


def test_titles_with_more_words_than_pairs_are_listed_for_are_found_by_their_rarest_word() -> None:
    long = " ".join(f"kata{number}" for number in range(40))
    keyed = pd.Series([long, "kata7 kata30", "kata30", long + " lagi", "kata7 lain"], dtype="str")

    assert _found(keyed) == [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)]


def test_whole_texts_in_place_of_titles_take_neither_long_nor_much_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sorted_lookup, "HITS_AT_ONCE", 1000)
    text, title = "ab" * 200_000, "x" * 290
    keyed = pd.Series(
        [text, text + "c", title, title[1:], text[:-3] + " " + text[-3:]], dtype="str"
    )

    assert _found(keyed) == [(0, 4), (2, 3)]


@pytest.mark.parametrize("keys", [[], [None], ["satu"]])
def test_fewer_than_two_titles_have_no_pairs(keys: list[str | None]) -> None:
    assert near_pairs.find_near_pairs(pd.Series(keys, dtype="str")).to_dict("list") == {
        "left": [],
        "right": [],
    }


def test_candidates_looked_at_grow_with_the_titles_and_not_with_their_square(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chance = random.Random(1)
    words = ["".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) for _ in range(2000)]
    keyed = pd.Series([" ".join(chance.choices(words, k=6)) for _ in range(8000)], dtype="str")
    looked_at = _counting(monkeypatch)

    def candidates(many: int) -> int:
        looked_at.clear()
        near_pairs.find_near_pairs(keyed.iloc[:many])
        return sum(looked_at)

    assert candidates(8000) < 8 * candidates(2000)  # 4 times the titles, 16 times the pairs


def _counting(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    looked_at: list[int] = []
    between = sorted_lookup.hits_between

    def counted(*arguments: np.ndarray) -> sorted_lookup.Hits:
        for question, place in between(*arguments):
            looked_at.append(len(question))
            yield question, place

    monkeypatch.setattr(sorted_lookup, "hits_between", counted)
    return looked_at


def test_near_between_gives_each_near_pair_once_and_says_which_are_exact() -> None:
    candidates = titles.title_keys(
        pd.Series(["Sepasar Pedas", "Lain", None], index=[10, 11, 12], dtype="str")
    )
    placed = titles.title_keys(
        pd.Series(["SEPASAR PEDAS (Sekolah)", "sepasar pedas!", None], index=[5, 6, 7], dtype="str")
    )

    found = near_pairs.near_pairs_between(candidates, placed)

    assert found.to_dict("list") == {"left": [10, 10], "right": [5, 6], "exact": [False, True]}


def test_near_between_of_nothing_is_a_frame_without_rows() -> None:
    none = pd.Series(dtype="str")

    assert near_pairs.near_pairs_between(none, none).to_dict("list") == {
        "left": [],
        "right": [],
        "exact": [],
    }
