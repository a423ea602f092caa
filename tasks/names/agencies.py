"""What people typed for their agency -> the register's codes. Computes; touches nothing.

Exact over normal forms (agency_names.py) of code, name, short name and aliases; then, with care,
approximate: never across kinds of body, never with two candidates near, never a bare place name
that several bodies share, and only bodies that exist in the year. docs/methods/agency-matching.md
has the steps with examples.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

import pandas as pd
from rapidfuzz import process
from rapidfuzz.distance import OSA

from tasks.names import agency_names, titles
from tasks.names.agency_names import AgencyName
from tasks.names.name_forms import split_aliases, text_form

MATCH_COLUMNS = [
    "typed",
    "agency_code",
    "read_as",
    "similarity",
    "rule",
    "case",
    "candidates",
    "years",
]
DEFAULT_CITY = "kota malang"  # where `host` does not name another
CLEAR_LEAD = 2  # so many letters further away must the second candidate be than the first
_MOST_NAMES_SHOWN = 3  # names shown beside an unknown one
_LEAST_SIMILARITY = 0.6  # and how alike they must be
_LEAST_SHARE = 0.5  # so much of a name must be typed
_Key = TypeVar("_Key")


@dataclass(frozen=True)
class _Body:
    code: str
    title: str
    exists: bool
    years: str

    @property
    def shown(self) -> str:
        return f"{self.title} ({self.code})"


@dataclass(frozen=True)
class _RegisterIndex:
    """The register by form, each form with the codes of its bodies.

    `exact` has the forms of codes and names, then those of aliases, then longer ones; `places` what
    stands after the kind of body, `spellings` the same by kind and numbers, `worded` the words of
    each by kind, `alike` the forms of bodies that exist, by numbers.
    """

    city: str
    bodies: dict[str, _Body]
    exact: tuple[dict[str, frozenset[str]], ...]
    worded: dict[str, list[tuple[AgencyName, str]]]
    places: dict[str, frozenset[str]]
    spellings: dict[tuple[str, tuple[str, ...]], dict[str, frozenset[str]]]
    alike: dict[tuple[str, ...], dict[str, frozenset[str]]]


def host_city(host: str) -> str:
    """The city's name that may follow a body's name, from the competition's host ("Pemerintah Kota
    Malang").
    """
    return titles.title_key(host).removeprefix("pemerintah ") or DEFAULT_CITY


def match_agencies(
    texts: pd.Series, agencies: pd.DataFrame, year: int, city: str = DEFAULT_CITY
) -> pd.DataFrame:
    """What each distinct text means: one row a text, columns COLUMNS.

    agency_code and read_as (the body's name) are NaN where the text matches none; similarity is 0
    to 100 with one decimal for an approximate match; rule is approximate_agency, ambiguous_agency,
    unknown_agency or NaN for an exact match; case, candidates and years are what the sentence of
    the rule needs ("" where it does not).
    """
    register = _index_register(agencies, year, city)
    rows = [_match_text(text, register) | {"typed": text} for text in texts.dropna().unique()]
    return pd.DataFrame(rows, columns=MATCH_COLUMNS).astype("str")


def _match_text(text: str, register: _RegisterIndex) -> dict[str, Any]:
    found = agency_names.parse_name(text, register.city)
    if exact := _exact_codes({text_form(text), found.whole}, register):
        return _exact_match(exact, register)
    shorter = agency_names.shorten_name(text, register.city)
    if shorter and (exact := _exact_codes({shorter.whole}, register)):
        told = _exact_match(exact, register)
        share = (
            1 - shorter.typo / len(found.whole)
            if shorter.typo
            else _share_of_letters(shorter, found)
        )
        return told if "rule" in told else _approximate_match(told["agency_code"], share, register)
    shared = {c for c in register.places.get(found.rest, frozenset()) if register.bodies[c].exists}
    if not found.kind and len(shared) > 1:
        return _ambiguous_match(shared, register)
    if not found.kind and shared:
        (code,) = shared
        whole = agency_names.parse_name(register.bodies[code].title, register.city)
        return _approximate_match(code, _share_of_letters(found, whole), register)
    return _nearest_match(agency_names.mend_kind(found, text, register.city), register)


def _share_of_letters(part: AgencyName, whole: AgencyName) -> float:
    """How much of the letters of a name a part of it has."""
    return len(part.whole) / max(len(whole.whole), len(part.whole))


def _exact_codes(forms: set[str], register: _RegisterIndex) -> frozenset[str]:
    """The bodies that are called so: by code or name, else by alias, else by a longer name; of the
    first of these that has one in the year, else of all.
    """
    by_level = [
        frozenset().union(*(level.get(form, ()) for form in forms)) for level in register.exact
    ]
    existing = (codes for codes in by_level if any(register.bodies[code].exists for code in codes))
    return next(existing, frozenset().union(*by_level))


def _exact_match(codes: Iterable[str], register: _RegisterIndex) -> dict[str, Any]:
    """An exact match: of the bodies that exist in the year if any does."""
    existing = [code for code in sorted(codes) if register.bodies[code].exists]
    if len(existing) == 1:
        return _body_match(existing[0], register)
    return _ambiguous_match(existing, register) if existing else _other_year_match(codes, register)


def _nearest_match(typed: AgencyName, register: _RegisterIndex) -> dict[str, Any]:
    """An approximate match, where one body is clearly nearest."""
    apart = _letter_distances(typed, register)
    near = _codes_of_the_year(
        {c: d for c, d in apart.items() if d < min(apart.values()) + CLEAR_LEAD}, register
    )
    parts = _shares_in_part(typed, register)
    near |= {code for code, share in parts.items() if share > _LEAST_SHARE or near}
    if not near:
        return _unknown_match(typed, register)
    if len(near) > 1:
        return _ambiguous_match(near, register)
    (code,) = near
    if not register.bodies[code].exists:
        return _other_year_match(near, register)
    if code not in apart:
        return _approximate_match(code, parts[code], register)
    distance = apart[code] + typed.typo
    return _approximate_match(code, 1 - distance / max(len(typed.whole), distance), register)


def _codes_of_the_year(apart: dict[str, int], register: _RegisterIndex) -> set[str]:
    """The nearest bodies without those of other years, where one of the year is no further away
    than they are.
    """
    there = {code: distance for code, distance in apart.items() if register.bodies[code].exists}
    is_named = bool(there) and min(there.values()) == min(apart.values())
    return set(there if is_named else apart)


def _shares_in_part(typed: AgencyName, register: _RegisterIndex) -> dict[str, float]:
    """The bodies of the same kind that have all the words in a name of theirs, and how much of its
    letters these are.

    What a place is called in part is no name ("Puskesmas Rampal"), unless only the order is
    another; it stands in the way of another place that is but nearly called so.
    """
    found: dict[str, float] = {}
    for name, code in register.worded.get(typed.kind, ()) if typed.kind else ():
        if typed.words <= name.words and sorted(typed.numbers) == sorted(name.numbers):
            is_whole = typed.words == name.words
            share = (
                len(typed.rest) / len(name.rest)
                if is_whole or typed.kind in agency_names.OFFICE_KINDS
                else 0.0
            )
            found[code] = max(share - is_whole / len(name.whole), found.get(code, 0.0))
    return found


def _letter_distances(typed: AgencyName, register: _RegisterIndex) -> dict[str, int]:
    """How many letters differ, by code, for bodies that are near enough: of the same kind, with the
    same numbers.
    """
    same = register.spellings.get((typed.kind, typed.numbers), {})
    most = agency_names.allowed_difference(typed.rest + "?") + CLEAR_LEAD
    found: dict[str, int] = {}
    enough = False
    for rest, distance, _ in process.extract(
        typed.rest, list(same), scorer=OSA.distance, score_cutoff=most, limit=None
    ):
        enough |= distance <= agency_names.allowed_difference(max(rest, typed.rest, key=len))
        for code in same[rest]:
            found[code] = min(int(distance), found.get(code, most))
    return found if enough else {}


# --- what a match says


def _body_match(code: str, register: _RegisterIndex) -> dict[str, Any]:
    return {"agency_code": code, "read_as": register.bodies[code].title}


def _approximate_match(code: str, similarity: float, register: _RegisterIndex) -> dict[str, Any]:
    return _body_match(code, register) | {
        "rule": "approximate_agency",
        "similarity": f"{100 * similarity:.1f}",
    }


def _ambiguous_match(codes: Iterable[str], register: _RegisterIndex) -> dict[str, Any]:
    return {"rule": "ambiguous_agency", "candidates": _body_labels(codes, register)}


def _other_year_match(codes: Iterable[str], register: _RegisterIndex) -> dict[str, Any]:
    years = "; ".join(
        f"{register.bodies[code].shown}: {register.bodies[code].years}" for code in sorted(codes)
    )
    return {
        "rule": "unknown_agency",
        "case": "year",
        "candidates": _body_labels(codes, register),
        "years": years,
    }


def _unknown_match(typed: AgencyName, register: _RegisterIndex) -> dict[str, Any]:
    """Beside an unknown one, the names that are a little like it, of bodies that exist and with the
    same numbers.
    """
    same = register.alike.get(typed.numbers, {})
    alike = process.extract(
        typed.whole,
        list(same),
        scorer=OSA.normalized_similarity,
        score_cutoff=_LEAST_SIMILARITY,
        limit=9,
    )
    codes = list(dict.fromkeys(code for form, _, _ in alike for code in sorted(same[form])))[
        :_MOST_NAMES_SHOWN
    ]
    if not codes:
        return {"rule": "unknown_agency"}
    shown = ", ".join(register.bodies[code].shown for code in codes)
    return {"rule": "unknown_agency", "case": "alike", "candidates": shown}


def _body_labels(codes: Iterable[str], register: _RegisterIndex) -> str:
    return ", ".join(register.bodies[code].shown for code in sorted(codes))


# --- the register by form


def _index_register(agencies: pd.DataFrame, year: int, city: str) -> _RegisterIndex:
    bodies = {body.code: body for body in _list_bodies(agencies, year)}
    spelt = _spellings_by_code(agencies)
    names = [
        (agency_names.parse_name(text, city), code)
        for code, texts in spelt.items()
        for text in texts
    ]
    parents = dict(zip(agencies["agency_code"], agencies["parent_code"], strict=True))
    own = [(text_form(code), code) for code in bodies]
    own += [
        (agency_names.parse_name(text, city).whole, code)
        for code, texts in spelt.items()
        for text in texts[:1]
    ]
    exact = (own, [(name.whole, code) for name, code in names], _longer_forms(names, parents))
    worded = _names_by_kind(names)
    places = [
        (name.place, code) for name, code in names if len(name.place) >= agency_names.SHORTEST_PLACE
    ]
    spellings = _codes_by_key_and_form(
        ((name.kind, name.numbers), name.rest, code) for name, code in names
    )
    alike = _codes_by_key_and_form(
        (name.numbers, name.whole, code) for name, code in names if bodies[code].exists
    )
    return _RegisterIndex(
        city,
        bodies,
        tuple(map(_codes_by_form, exact)),
        worded,
        _codes_by_form(places),
        spellings,
        alike,
    )


def _list_bodies(agencies: pd.DataFrame, year: int) -> Iterator[_Body]:
    begin, end = agencies["valid_from"], agencies["valid_to"]
    exists = (begin.isna() | (begin <= year).fillna(False)) & (
        end.isna() | (end >= year).fillna(False)
    )
    years = begin.astype("str").fillna("...") + "-" + end.astype("str").fillna("...")
    for code, title, there, span in zip(
        agencies["agency_code"], agencies["agency"], exists, years, strict=True
    ):
        yield _Body(code, title, bool(there), span)


def _spellings_by_code(agencies: pd.DataFrame) -> dict[str, list[str]]:
    """Every spelling of each body's name: name, short name, aliases."""
    by_code = agencies.set_index("agency_code")
    columns = [
        by_code["agency"],
        by_code["short_name"].dropna(),
        split_aliases(by_code["aliases"]),
    ]
    spelt = pd.concat(columns).groupby(level=0, sort=False).agg(list)
    return dict(zip(spelt.index, spelt, strict=True))


def _longer_forms(
    names: list[tuple[AgencyName, str]], parents: dict[str, str]
) -> Iterator[tuple[str, str]]:
    """A name with another of the body's own names after it ("Dinas Kesehatan (Dinkes)"), its kind
    before a short one ("Badan Bappeda"), or its parent's name beside it ("Bagian Umum Setda",
    "Dinkes - Puskesmas Bareng").
    """
    known: dict[str, list[AgencyName]] = {}
    for name, code in names:
        known.setdefault(code, []).append(name)
    wholes = {code: [name.whole for name in own] for code, own in known.items()}
    for code, own in wholes.items():
        above = wholes.get(parents[code], [])
        yield from ((first + second, code) for first in own for second in own + above)
        yield from ((first + second, code) for first in above for second in own)
        yield from (
            (known[code][0].kind + name.rest, code) for name in known[code] if not name.kind
        )


def _names_by_kind(names: list[tuple[AgencyName, str]]) -> dict[str, list[tuple[AgencyName, str]]]:
    by_kind: dict[str, list[tuple[AgencyName, str]]] = {}
    for name, code in names:
        by_kind.setdefault(name.kind, []).append((name, code))
    return by_kind


def _codes_by_key_and_form(
    entries: Iterable[tuple[_Key, str, str]],
) -> dict[_Key, dict[str, frozenset[str]]]:
    groups: dict[_Key, list[tuple[str, str]]] = {}
    for key, form, code in entries:
        groups.setdefault(key, []).append((form, code))
    return {key: _codes_by_form(pairs) for key, pairs in groups.items()}


def _codes_by_form(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for form, code in pairs:
        if form:
            found.setdefault(form, set()).add(code)
    return {form: frozenset(codes) for form, codes in found.items()}
