"""What people typed for their agency -> the register's codes.

Exact over normal forms (agency_names.py) of code, name, short name and aliases; then, with care,
approximate: never across kinds of agency, never with two candidates near, never a bare place name
that several agencies share, and only agencies that exist in the year.
docs/methods/agency-matching.md has the steps with examples.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

import pandas as pd
from rapidfuzz import process
from rapidfuzz.distance import OSA

from tasks.names.agency_names import (
    OFFICE_KINDS,
    SHORTEST_PLACE,
    AgencyName,
    allowed_difference,
    mend_kind,
    parse_name,
    shorten_name,
)
from tasks.names.name_forms import split_aliases, text_form
from tasks.names.titles import title_key

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
CLEAR_LEAD = 2  # letters; so much further away must the second candidate be than the first
_MOST_NAMES_OFFERED = 3  # names offered for an unknown name
_MOST_NAMES_COMPARED = 9  # forms of names that are looked at for them
_LEAST_SIMILARITY = 0.6  # share of the letters of a name offered that must be alike
_LEAST_SHARE = 0.5  # share of a name that must be typed
_Key = TypeVar("_Key")


@dataclass(frozen=True)
class _Agency:
    code: str
    name: str
    exists: bool
    years: str

    @property
    def label(self) -> str:
        return f"{self.name} ({self.code})"


@dataclass(frozen=True)
class _RegisterIndex:
    """The register by form, each form with the codes of its agencies.

    `exact` has the forms of codes and names, then those of aliases, then longer ones. `places` has
    what stands after the kind of agency, `spellings` the same by kind and numbers. `names` has the
    names by kind, with the code of each. `existing` has the forms of agencies that exist, by
    numbers.
    """

    city: str
    agencies: dict[str, _Agency]
    exact: tuple[dict[str, frozenset[str]], ...]
    names: dict[str, list[tuple[AgencyName, str]]]
    places: dict[str, frozenset[str]]
    spellings: dict[tuple[str, tuple[str, ...]], dict[str, frozenset[str]]]
    existing: dict[tuple[str, ...], dict[str, frozenset[str]]]

    def existing_codes(self, codes: Iterable[str]) -> list[str]:
        """The codes of agencies that exist in the year, sorted."""
        return [code for code in sorted(codes) if self.agencies[code].exists]


def host_city(host: str) -> str:
    """The city's name that may follow an agency's name, from the competition's host ("Pemerintah
    Kota Malang").
    """
    return title_key(host).removeprefix("pemerintah ") or DEFAULT_CITY


def match_agencies(
    texts: pd.Series, agencies: pd.DataFrame, year: int, city: str = DEFAULT_CITY
) -> pd.DataFrame:
    """What each distinct text means: columns MATCH_COLUMNS, one row per text.

    agency_code and read_as (the agency's name) are NaN where the text matches none. similarity is 0
    to 100 with one decimal for an approximate match. rule is approximate_agency, ambiguous_agency,
    unknown_agency or NaN for an exact match. case, candidates and years are what the sentence of
    the rule needs ("" where it does not).
    """
    register = _index_register(agencies, year, city)
    rows = [_match_text(text, register) | {"typed": text} for text in texts.dropna().unique()]
    return pd.DataFrame(rows, columns=MATCH_COLUMNS).astype("str")


def _match_text(text: str, register: _RegisterIndex) -> dict[str, Any]:
    """The columns of the match of one text, without those that are empty."""
    typed = parse_name(text, register.city)
    exact = _exact_codes({text_form(text), typed.whole}, register)
    if exact:
        return _exact_match(exact, register)
    shorter = shorten_name(text, register.city)
    exact = _exact_codes({shorter.whole}, register) if shorter else frozenset()
    if shorter and exact:
        return _match_without_city(shorter, typed, exact, register)
    at_place = register.existing_codes(register.places.get(typed.rest, ()))
    if typed.kind or not at_place:
        return _nearest_match(mend_kind(typed, text, register.city), register)
    if len(at_place) > 1:
        return _ambiguous_match(at_place, register)
    (code,) = at_place
    whole = parse_name(register.agencies[code].name, register.city)
    return _approximate_match(code, _share_of_letters(typed, whole), register)


def _match_without_city(
    shorter: AgencyName, typed: AgencyName, codes: frozenset[str], register: _RegisterIndex
) -> dict[str, Any]:
    """The match of a name that is exact without the city after it: approximate, where it is one."""
    match = _exact_match(codes, register)
    if "rule" in match:
        return match
    if shorter.typo:
        similarity = 1 - shorter.typo / len(typed.whole)
    else:
        similarity = _share_of_letters(shorter, typed)
    return _approximate_match(match["agency_code"], similarity, register)


def _share_of_letters(part: AgencyName, whole: AgencyName) -> float:
    """How much of the letters of a name a part of it has, from 0 to 1."""
    return len(part.whole) / max(len(whole.whole), len(part.whole))


def _exact_codes(forms: set[str], register: _RegisterIndex) -> frozenset[str]:
    """The agencies that have one of the forms: as code or name, else as alias, else as a longer
    name; of the first of these with an agency that exists in the year, else of all.
    """
    levels = [
        frozenset().union(*(level.get(form, ()) for form in forms)) for level in register.exact
    ]
    for codes in levels:
        if register.existing_codes(codes):
            return codes
    return frozenset().union(*levels)


def _exact_match(codes: Iterable[str], register: _RegisterIndex) -> dict[str, Any]:
    """An exact match: of the agencies that exist in the year if any does."""
    existing = register.existing_codes(codes)
    if len(existing) == 1:
        return _agency_match(existing[0], register)
    return _ambiguous_match(existing, register) if existing else _other_year_match(codes, register)


def _nearest_match(typed: AgencyName, register: _RegisterIndex) -> dict[str, Any]:
    """An approximate match, where one agency is clearly nearest."""
    distances = _letter_distances(typed, register)
    reach = min(distances.values(), default=0) + CLEAR_LEAD
    within_reach = {code: distance for code, distance in distances.items() if distance < reach}
    near = _codes_of_the_year(within_reach, register)
    shares = _shares_in_part(typed, register)
    near |= {code for code, share in shares.items() if share > _LEAST_SHARE or near}
    if not near:
        return _unknown_match(typed, register)
    if len(near) > 1:
        return _ambiguous_match(near, register)
    (code,) = near
    if not register.agencies[code].exists:
        return _other_year_match(near, register)
    if code not in distances:
        return _approximate_match(code, shares[code], register)
    distance = distances[code] + typed.typo
    return _approximate_match(code, 1 - distance / max(len(typed.whole), distance), register)


def _codes_of_the_year(distances: dict[str, int], register: _RegisterIndex) -> set[str]:
    """The nearest agencies, without those of other years where an agency of the year is no further
    away. `distances`: by code.
    """
    existing = register.existing_codes(distances)
    if not existing:
        return set(distances)
    nearest_existing = min(distances[code] for code in existing)
    is_nearest = nearest_existing == min(distances.values())
    return set(existing if is_nearest else distances)


def _shares_in_part(typed: AgencyName, register: _RegisterIndex) -> dict[str, float]:
    """The agencies of the same kind that have all the typed words in a name of theirs, and which
    share of the name's letters these are.

    A part of what a place is called is no name ("Puskesmas Rampal"), unless only the order of its
    words is another; but it stands in the way of another place that has nearly this name.
    """
    shares: dict[str, float] = {}
    for name, code in register.names.get(typed.kind, ()) if typed.kind else ():
        if not typed.words <= name.words or sorted(typed.numbers) != sorted(name.numbers):
            continue
        is_whole = typed.words == name.words
        share = 0.0
        if is_whole or typed.kind in OFFICE_KINDS:
            share = len(typed.rest) / len(name.rest)
        shares[code] = max(share - is_whole / len(name.whole), shares.get(code, 0.0))
    return shares


def _letter_distances(typed: AgencyName, register: _RegisterIndex) -> dict[str, int]:
    """How many letters differ, by code, for agencies of the same kind with the same numbers; {}
    where none of them is near enough.
    """
    spellings = register.spellings.get((typed.kind, typed.numbers), {})
    most = allowed_difference(typed.rest + "?") + CLEAR_LEAD
    distances: dict[str, int] = {}
    is_near_enough = False
    for rest, distance, _ in process.extract(
        typed.rest, list(spellings), scorer=OSA.distance, score_cutoff=most, limit=None
    ):
        longer = max(rest, typed.rest, key=len)
        is_near_enough |= distance <= allowed_difference(longer)
        for code in spellings[rest]:
            distances[code] = min(int(distance), distances.get(code, most))
    return distances if is_near_enough else {}


# --- the columns of a match


def _agency_match(code: str, register: _RegisterIndex) -> dict[str, Any]:
    return {"agency_code": code, "read_as": register.agencies[code].name}


def _approximate_match(code: str, similarity: float, register: _RegisterIndex) -> dict[str, Any]:
    return _agency_match(code, register) | {
        "rule": "approximate_agency",
        "similarity": f"{100 * similarity:.1f}",
    }


def _ambiguous_match(codes: Iterable[str], register: _RegisterIndex) -> dict[str, Any]:
    return {"rule": "ambiguous_agency", "candidates": _agency_labels(sorted(codes), register)}


def _other_year_match(codes: Iterable[str], register: _RegisterIndex) -> dict[str, Any]:
    """The match of agencies that do not exist in the year."""
    agencies = [register.agencies[code] for code in sorted(codes)]
    return {
        "rule": "unknown_agency",
        "case": "year",
        "candidates": ", ".join(agency.label for agency in agencies),
        "years": "; ".join(f"{agency.label}: {agency.years}" for agency in agencies),
    }


def _unknown_match(typed: AgencyName, register: _RegisterIndex) -> dict[str, Any]:
    """The match of an unknown name, with the names that are a little like it, of agencies that
    exist and with the same numbers.
    """
    spellings = register.existing.get(typed.numbers, {})
    alike = process.extract(
        typed.whole,
        list(spellings),
        scorer=OSA.normalized_similarity,
        score_cutoff=_LEAST_SIMILARITY,
        limit=_MOST_NAMES_COMPARED,
    )
    codes = dict.fromkeys(code for form, _, _ in alike for code in sorted(spellings[form]))
    if not codes:
        return {"rule": "unknown_agency"}
    offered = _agency_labels(list(codes)[:_MOST_NAMES_OFFERED], register)
    return {"rule": "unknown_agency", "case": "alike", "candidates": offered}


def _agency_labels(codes: Iterable[str], register: _RegisterIndex) -> str:
    return ", ".join(register.agencies[code].label for code in codes)


# --- the register by form


def _index_register(register: pd.DataFrame, year: int, city: str) -> _RegisterIndex:
    agencies = {agency.code: agency for agency in _agencies_of_year(register, year)}
    spellings = _spellings_by_code(register)
    parents = dict(zip(register["agency_code"], register["parent_code"], strict=True))
    names = [(parse_name(text, city), code) for code, texts in spellings.items() for text in texts]
    codes = [(text_form(code), code) for code in agencies]
    first_names = [(parse_name(texts[0], city).whole, code) for code, texts in spellings.items()]
    every_name = [(name.whole, code) for name, code in names]
    long_places = [(name.place, code) for name, code in names if len(name.place) >= SHORTEST_PLACE]
    return _RegisterIndex(
        city=city,
        agencies=agencies,
        exact=(
            _codes_by_form(codes + first_names),
            _codes_by_form(every_name),
            _codes_by_form(_longer_forms(names, parents)),
        ),
        names=_names_by_kind(names),
        places=_codes_by_form(long_places),
        spellings=_codes_by_key_and_form(
            ((name.kind, name.numbers), name.rest, code) for name, code in names
        ),
        existing=_codes_by_key_and_form(
            (name.numbers, name.whole, code) for name, code in names if agencies[code].exists
        ),
    )


def _agencies_of_year(register: pd.DataFrame, year: int) -> Iterator[_Agency]:
    begin, end = register["valid_from"], register["valid_to"]
    has_begun = begin.isna() | (begin <= year).fillna(False)
    has_not_ended = end.isna() | (end >= year).fillna(False)
    years = begin.astype("str").fillna("...") + "-" + end.astype("str").fillna("...")
    for code, name, exists, span in zip(
        register["agency_code"], register["agency"], has_begun & has_not_ended, years, strict=True
    ):
        yield _Agency(code, name, bool(exists), span)


def _spellings_by_code(register: pd.DataFrame) -> dict[str, list[str]]:
    """Every spelling of each agency's name: name, short name, aliases."""
    by_code = register.set_index("agency_code")
    columns = [by_code["agency"], by_code["short_name"].dropna(), split_aliases(by_code["aliases"])]
    spellings = pd.concat(columns).groupby(level=0, sort=False).agg(list)
    return dict(zip(spellings.index, spellings, strict=True))


def _longer_forms(
    names: list[tuple[AgencyName, str]], parents: dict[str, str]
) -> Iterator[tuple[str, str]]:
    """Forms of a name with another of the agency's own names after it ("Dinas Kesehatan
    (Dinkes)"), with its kind before a short name ("Badan Bappeda"), or with its parent's name
    before or after it ("Bagian Umum Setda", "Dinkes - Puskesmas Bareng"); and the code of each.
    """
    names_of_code: dict[str, list[AgencyName]] = {}
    for name, code in names:
        names_of_code.setdefault(code, []).append(name)
    forms = {code: [name.whole for name in own] for code, own in names_of_code.items()}
    for code, own in forms.items():
        of_parent = forms.get(parents[code], [])
        yield from ((first + second, code) for first in own for second in own + of_parent)
        yield from ((first + second, code) for first in of_parent for second in own)
        kind = names_of_code[code][0].kind
        yield from ((kind + name.rest, code) for name in names_of_code[code] if not name.kind)


def _names_by_kind(names: list[tuple[AgencyName, str]]) -> dict[str, list[tuple[AgencyName, str]]]:
    by_kind: dict[str, list[tuple[AgencyName, str]]] = {}
    for name, code in names:
        by_kind.setdefault(name.kind, []).append((name, code))
    return by_kind


def _codes_by_key_and_form(
    entries: Iterable[tuple[_Key, str, str]],
) -> dict[_Key, dict[str, frozenset[str]]]:
    """The codes by key and form. `entries`: key, form and code each."""
    groups: dict[_Key, list[tuple[str, str]]] = {}
    for key, form, code in entries:
        groups.setdefault(key, []).append((form, code))
    return {key: _codes_by_form(pairs) for key, pairs in groups.items()}


def _codes_by_form(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """The codes of each form that is not "". `pairs`: form and code each."""
    codes_of_form: dict[str, set[str]] = {}
    for form, code in pairs:
        if form:
            codes_of_form.setdefault(form, set()).add(code)
    return {form: frozenset(codes) for form, codes in codes_of_form.items()}
