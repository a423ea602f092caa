"""Headings to fields: which field a heading gives, and how sure that is.

A heading is compared as a whole, without its remarks in parentheses, and as its first sentence; by
the words in it; and by likeness, where one field is clearly nearest. The settings of
competition.toml come before all of these. The words are in vocabulary.py, how headings are compared
in tasks.intake.cells.heading_keys.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations

from rapidfuzz import fuzz, process

from tasks.intake.cells.heading_keys import (
    BRACKETED_ROW,
    PARENTHESES,
    heading_key,
    heading_spellings,
)

# How sure a claim is; the surer claim wins where two headings claim one field.
OVERRIDE, SERVICE, WHOLE, WITHIN, NEAR, SENDER, NOTHING = 6, 5, 4, 3, 2, 1, 0

_LEAST_LIKENESS = 86.0  # percent of letters in common
_LEAST_LEAD = 6.0  # percent by which the next field must be behind
_SHORTEST_NEAR = 6  # letters: shorter words are alike by chance
_LONGEST_QUESTION = 16  # words: a longer text is a consent, which names fields by the way
_YES_NO_QUESTION = re.compile(r"(?:are|do|did|have|were|will) you\b")  # yes or no, and no field


@dataclass(frozen=True)
class Claim:
    """What a heading gives: a field (None: nothing known; "": known, and no field), and how sure
    that is.
    """

    field: str | None
    strength: int


UNKNOWN, FURNITURE = Claim(None, NOTHING), Claim("", WHOLE)


@dataclass(frozen=True, eq=False)
class HeadingNames:
    """The names that headings are known by: keys to fields, whole and within a question.

    `settings` are those of competition.toml. A word of `other` makes a heading none of the fields;
    a word of a field in `first` decides before all others ("e-mail of the innovator"); a word of
    `about` asks for something else about what the heading names ("kind of agency"); a word of
    `files` asks for documents. A whole heading in `last` is the field where no other heading gives
    this field.
    """

    whole: Mapping[str, str]
    within: Mapping[str, str] = field(default_factory=dict)
    other: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)
    first: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    last: Mapping[str, str] = field(default_factory=dict)

    def claim(self, heading: str) -> Claim:
        """What this heading gives."""
        sure, key = self.sure(heading), heading_key(heading)
        if sure.field is not None or _YES_NO_QUESTION.match(key):
            return sure
        if _has_phrase(key, self.other) or _has_phrase(key, self.about):
            return sure
        return self._claim_by_likeness(heading_spellings(heading))

    def sure(self, heading: str) -> Claim:
        """What this heading gives, likeness left aside."""
        return _sure_claim(self, heading)

    def _sure_claim(self, heading: str) -> Claim:
        """What a heading gives. What only the row of a grid names ("Penilaian diri [Kebaruan]")
        gives way to a question of its own.
        """
        claim = self._claim_by_words(heading)
        question = BRACKETED_ROW.sub("", heading)
        if not claim.field or claim.strength == OVERRIDE or question == heading:
            return claim
        if not heading_key(question) or self._claim_by_words(question).field == claim.field:
            return claim
        return Claim(claim.field, NEAR)

    def _claim_by_words(self, heading: str) -> Claim:
        spellings = heading_spellings(heading)
        if setting := _first_known_field(self.settings, spellings):
            return Claim(setting, OVERRIDE)
        whole = self._field_of_whole(heading, spellings)
        if whole is not None:
            return Claim(whole, WHOLE)
        return self._claim_by_words_within(spellings)

    def _field_of_whole(self, heading: str, spellings: Sequence[str]) -> str | None:
        """The field whose name one of the spellings is; "" for a counter, None for no name."""
        for spelling in spellings:
            known = self.whole.get(spelling)
            if known:
                return known
            # "No. of pets" begins with a counter and is none
            as_delivered = (spellings[0], heading_key(PARENTHESES.sub(" ", heading)))
            if known == "" and spelling in as_delivered:
                return known
        return None

    def _claim_by_words_within(self, spellings: Sequence[str]) -> Claim:
        whole, last = spellings[0], spellings[-1]
        if _has_phrase(whole, self.other):
            return UNKNOWN
        questions = [text for text in reversed(spellings) if len(text.split()) <= _LONGEST_QUESTION]
        if first := _field_by_words(questions, self.within, self.first):
            return Claim(first, WITHIN)
        if _has_phrase(whole, self.about):
            return UNKNOWN
        if last in questions and _has_phrase(last, self.files):
            return Claim("documents", WITHIN)
        if _YES_NO_QUESTION.match(whole):
            return UNKNOWN
        named = _field_by_words(questions, self.within)
        return Claim(named, WITHIN) if named else UNKNOWN

    def _claim_by_likeness(self, spellings: Sequence[str]) -> Claim:
        if last := _first_known_field(self.last, spellings):
            return Claim(last, NEAR)
        known = {**self.within, **self.whole}
        long = (spelling for spelling in spellings if len(spelling) >= _SHORTEST_NEAR)
        nearest = (_nearest_field(spelling, known) for spelling in long)
        near = next(filter(None, nearest), None)
        return Claim(near, NEAR) if near else UNKNOWN


@lru_cache(maxsize=20_000)
def _sure_claim(names: HeadingNames, heading: str) -> Claim:
    return names._sure_claim(heading)  # the exports of a year share most of their headings


def build_heading_names(
    whole: Mapping[str, Iterable[str]],
    within: Mapping[str, Iterable[str]] | None = None,
    furniture: Iterable[str] = (),
    other: Iterable[str] = (),
    files: Iterable[str] = (),
    settings: Mapping[str, str] | None = None,
    first: Iterable[str] = (),
    about: Iterable[str] = (),
    last: Mapping[str, Iterable[str]] | None = None,
) -> HeadingNames:
    """The names of fields by their words, compared as `heading_key` writes them; a later field's
    word beats an earlier field's.
    """
    furniture_keys = dict.fromkeys(map(heading_key, furniture), "")
    return HeadingNames(
        furniture_keys | _fields_by_key(whole),
        _fields_by_key(within or {}),
        tuple(heading_key(word) for word in other),
        tuple(heading_key(word) for word in files),
        {heading_key(heading): name for heading, name in (settings or {}).items()},
        tuple(first),
        tuple(heading_key(word) for word in about),
        _fields_by_key(last or {}),
    )


def _fields_by_key(words_by_field: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {heading_key(word): name for name, words in words_by_field.items() for word in words}


def _field_by_words(
    questions: Iterable[str], within: Mapping[str, str], only: Sequence[str] | None = None
) -> str | None:
    """The field (one of `only`, where given) of the longest phrase in the first question that has
    any, unless phrases of two fields are equally long.
    """
    for question in questions:
        phrases = [phrase for phrase in _phrases(question) if phrase in within]
        if only is not None:
            phrases = [phrase for phrase in phrases if within[phrase] in only]
        longest = max((len(phrase.split()) for phrase in phrases), default=0)
        fields = {within[phrase] for phrase in phrases if len(phrase.split()) == longest}
        if len(fields) == 1:
            return fields.pop()
    return None


def _phrases(question: str) -> Iterable[str]:
    """All runs of words in a question."""
    words = question.split()
    bounds = combinations(range(len(words) + 1), 2)
    return (" ".join(words[start:end]) for start, end in bounds)


def _first_known_field(known: Mapping[str, str], spellings: Iterable[str]) -> str | None:
    return next((known[spelling] for spelling in spellings if spelling in known), None)


def _has_phrase(spelling: str, phrases: Iterable[str]) -> bool:
    bounded = f" {spelling} "
    return any(phrase in spelling and f" {phrase} " in bounded for phrase in phrases)


def _nearest_field(spelling: str, known: Mapping[str, str]) -> str | None:
    """The field of the word most like this spelling, if no word of another field comes near."""
    likeness = _likeness_by_field(spelling, known)
    ranked = sorted(likeness, key=lambda name: -likeness[name])
    if not ranked or likeness[ranked[0]] < _LEAST_LIKENESS:
        return None
    if len(ranked) > 1 and likeness[ranked[0]] - likeness[ranked[1]] < _LEAST_LEAD:
        return None
    return ranked[0] or None


def _likeness_by_field(spelling: str, known: Mapping[str, str]) -> dict[str, float]:
    """The likeness of the word of each field that is most like this spelling, in percent; without
    fields that are too far off to matter.
    """
    least = _LEAST_LIKENESS - _LEAST_LEAD
    alike = process.extract(
        spelling, list(known), scorer=fuzz.ratio, score_cutoff=least, limit=None
    )
    best: dict[str, float] = {}
    for word, likeness, _ in alike:
        if len(word) >= _SHORTEST_NEAR:
            best[known[word]] = max(best.get(known[word], 0.0), likeness)
    return best
