"""Headings -> fields: which field a heading gives, and how sure that is.

A heading is compared as a whole, without its remarks in parentheses and as its first sentence; by
the words in it; and by likeness, where one field is clearly nearest. Settings of competition.toml
come before all of it.
"""

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations

from rapidfuzz import fuzz, process

from tasks.names import titles

# How sure a claim is; more wins where two headings claim one field.
OVERRIDE, SERVICE, WHOLE, WITHIN, NEAR, SENDER, NOTHING = 6, 5, 4, 3, 2, 1, 0

_LEAST_LIKENESS, _LEAST_LEAD = (
    86.0,
    6.0,
)  # percent of letters in common; how far the next field must be behind
_SHORTEST_NEAR = 6  # letters: shorter words are alike by chance
_LONGEST_QUESTION = 16  # words: longer is a consent text, and names fields by the way
_NUMBERING = re.compile(
    r"^\s*(?:\(?\d{1,3}(?:\.\d{1,3})*[.):]?\s+|\(?(?:\d{1,3}|[a-zA-Z])[.)]\s*|[ivxIVX]{1,4}[.)]\s+)"
)
_PARENTHESES = re.compile(r"\([^()]*\)")
_BRACKETED_ROW = re.compile(r"\[([^\[\]]*)\]\s*$")
_SENTENCE_END = re.compile(r"[?!:\n]|\.\s|\s[-\u2013\u2014]\s")
_ATTACHED_SUFFIX = re.compile(r"(?<=\w{3})nya\b")
_MARKUP = re.compile(r"<[^<>]+>")
_YES_NO_QUESTION = re.compile(r"(?:are|do|did|have|were|will) you\b")  # yes or no, and no field


@dataclass(frozen=True)
class Claim:
    """What a heading gives: a field (None: nothing known; "": known, and no field) and how sure
    that is.
    """

    field: str | None
    strength: int


UNKNOWN, FURNITURE = Claim(None, NOTHING), Claim("", WHOLE)


@dataclass(frozen=True, eq=False)
class HeadingNames:
    """The names that headings are told by: keys to fields, whole and within a question.

    `settings` are those of competition.toml. A word of `other` makes a heading none of the fields;
    one of a field in `first` decides before all others ("e-mail of the innovator"); one of `about`
    asks for something else about what it names ("kind of agency"); one of `files` asks for
    documents; what is whole in `last` is the field where no other heading gives it.
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
        sure = self.sure(heading)
        told = heading_key(heading)
        is_told = (
            sure.field is not None
            or _has_phrase(told, (*self.other, *self.about))
            or _YES_NO_QUESTION.match(told)
        )
        return sure if is_told else self._by_likeness(heading_spellings(heading))

    def sure(self, heading: str) -> Claim:
        """What this heading gives, likeness left aside."""
        return _sure_claim(self, heading)

    def _told(self, heading: str) -> Claim:
        """What a heading gives. What only the row of a grid names ("Penilaian diri [Kebaruan]")
        gives way to a question of its own.
        """
        said, asked = self._said(heading), _BRACKETED_ROW.sub("", heading)
        is_of_row = (
            said.field
            and asked != heading
            and heading_key(asked)
            and self._said(asked).field != said.field
        )
        return Claim(said.field, NEAR) if is_of_row and said.strength < OVERRIDE else said

    def _said(self, heading: str) -> Claim:
        forms = heading_spellings(heading)
        if settled := _first_known_field(self.settings, forms):
            return Claim(settled, OVERRIDE)
        as_delivered = (
            forms[0],
            heading_key(_PARENTHESES.sub(" ", heading)),
        )  # "No. of pets" begins with a counter and is none
        whole = next(
            (f for f in forms if f in self.whole and (self.whole[f] or f in as_delivered)), None
        )
        if whole is not None:
            return Claim(self.whole[whole], WHOLE)
        if _has_phrase(forms[0], self.other):
            return UNKNOWN
        asked = [form for form in reversed(forms) if len(form.split()) <= _LONGEST_QUESTION]
        if found := _field_by_words(asked, self.within, self.first):
            return Claim(found, WITHIN)
        if _has_phrase(forms[0], self.about):
            return UNKNOWN
        if _has_phrase(forms[-1], self.files) and forms[-1] in asked:
            return Claim("documents", WITHIN)
        found = None if _YES_NO_QUESTION.match(forms[0]) else _field_by_words(asked, self.within)
        return Claim(found, WITHIN) if found else UNKNOWN

    def _by_likeness(self, forms: tuple[str, ...]) -> Claim:
        known = {**self.within, **self.whole}
        if found := _first_known_field(self.last, forms):
            return Claim(found, NEAR)
        for form in forms:
            near = _nearest_field(form, known) if len(form) >= _SHORTEST_NEAR else None
            if near:
                return Claim(near, NEAR)
        return UNKNOWN


def _field_by_words(
    forms: Iterable[str], within: Mapping[str, str], only: Sequence[str] | None = None
) -> str | None:
    """The field (one of `only`, where given) of the longest phrase in the first form that has any,
    unless phrases of two fields are equally long.
    """
    for form in forms:
        words = form.split()
        runs = (" ".join(words[start:end]) for start, end in combinations(range(len(words) + 1), 2))
        found = [run for run in runs if run in within and (only is None or within[run] in only)]
        longest = max((len(phrase.split()) for phrase in found), default=0)
        fields = {within[phrase] for phrase in found if len(phrase.split()) == longest}
        if len(fields) == 1:
            return fields.pop()
    return None


@lru_cache(maxsize=20_000)
def _sure_claim(told_by: HeadingNames, heading: str) -> Claim:
    return told_by._told(heading)  # the exports of a year share most of their headings


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
    """Names of fields by their words, compared as `key` writes them; a later field's word beats an
    earlier one's.
    """
    return HeadingNames(
        {heading_key(word): "" for word in furniture}
        | {heading_key(word): name for name, words in whole.items() for word in words},
        {heading_key(word): name for name, words in (within or {}).items() for word in words},
        tuple(heading_key(word) for word in other),
        tuple(heading_key(word) for word in files),
        {heading_key(heading): name for heading, name in (settings or {}).items()},
        tuple(first),
        tuple(heading_key(word) for word in about),
        {heading_key(word): name for name, words in (last or {}).items() for word in words},
    )


@lru_cache(maxsize=20_000)
def heading_key(heading: str) -> str:
    """What is compared of a heading: letters and digits, no case, accents, markup or numbering
    before it.
    """
    plain = _MARKUP.sub(" ", html.unescape(heading)).replace("\xa0", " ").replace("_", " ")
    return titles.title_key(_NUMBERING.sub("", plain)) or titles.title_key(plain)


@lru_cache(maxsize=20_000)
def heading_spellings(heading: str) -> tuple[str, ...]:
    """The keys that a heading may be known by: whole, a grid's row, the question, without remarks,
    its first sentence.
    """
    text = _MARKUP.sub(" ", html.unescape(heading)).replace("\xa0", " ")
    row = _BRACKETED_ROW.search(text)
    question = _BRACKETED_ROW.sub("", text)
    bare = _PARENTHESES.sub(" ", question)
    start = next(
        (part for part in _SENTENCE_END.split(_NUMBERING.sub("", bare)) if heading_key(part)), bare
    )
    forms = [
        heading_key(text),
        heading_key(row[1]) if row else "",
        heading_key(question),
        heading_key(bare),
        heading_key(start),
        _ATTACHED_SUFFIX.sub("", heading_key(start)),
    ]
    return tuple(dict.fromkeys(form for form in forms if form)) or ("",)


def _first_known_field(known: Mapping[str, str], forms: tuple[str, ...]) -> str | None:
    return next((known[form] for form in forms if form in known), None)


def _has_phrase(form: str, phrases: Iterable[str]) -> bool:
    bounded = f" {form} "
    return any(phrase in form and f" {phrase} " in bounded for phrase in phrases)


def _nearest_field(form: str, known: Mapping[str, str]) -> str | None:
    """The field of the word most like this form, if no word of another field comes near."""
    best: dict[str, float] = {}
    for word, score, _ in process.extract(
        form, list(known), scorer=fuzz.ratio, score_cutoff=_LEAST_LIKENESS - _LEAST_LEAD, limit=None
    ):
        if len(word) >= _SHORTEST_NEAR:
            best[known[word]] = max(best.get(known[word], 0.0), score)
    ranked = sorted(best.items(), key=lambda item: -item[1])
    if (
        not ranked
        or ranked[0][1] < _LEAST_LIKENESS
        or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] < _LEAST_LEAD)
    ):
        return None
    return ranked[0][0] or None
