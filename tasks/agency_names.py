"""Normal forms of what bodies of a city are called: when two spellings are one name. Computes;
touches nothing.

A name is a kind ("kelurahan", "puskesmas", "smp") and what comes after it.
docs/methods/agency-matching.md says what each step of the normal form is for.
"""

import re
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from tasks import titles

# What is written for a kind of body -> the words of its normal form: as the first word of a name,
# and anywhere in it.
_FIRST = {"lurah": "kelurahan", "camat": "kecamatan"}
_ANYWHERE = {
    "kel": "kelurahan",
    "kec": "kecamatan",
    "pusk": "puskesmas",
    "puskes": "puskesmas",
    "pkm": "puskesmas",
    "din": "dinas",
    "bag": "bagian",
    "sdn": "sd negeri",
    "smpn": "smp negeri",
    "sman": "sma negeri",
    "smkn": "smk negeri",
    "tkn": "tk negeri",
    "mtsn": "mts negeri",
}
_BEFORE = frozenset(
    {"kantor", "kepala", "pemerintah"}
)  # stand before a name and are not part of it
_EMPTY = frozenset(
    {"dan", "and", "upt", "uptd", "pt", "persero", "perseroda"}
)  # tell no body from another
SHORTEST_PLACE = 4  # letters; a shorter rest of a name is no place that one would type alone
SCHOOLS = frozenset({"tk", "sd", "smp", "sma", "smk", "mts", "paud"})
OFFICES = frozenset({"dinas", "badan", "bagian", "sekretariat", "inspektorat", "satuan", "perumda"})
KINDS = SCHOOLS | OFFICES | {"kelurahan", "kecamatan", "puskesmas"}
_SCHOOL_AND_NUMBER = re.compile(r"((?:tk|sd|smp|sma|smk|mts)n?)(\d+)")
_AT_SCHOOL = {  # in the name of a school
    "n": "negeri",
    "negri": "negeri",
    "i": "1",
    "ii": "2",
    "iii": "3",
    "iv": "4",
    "v": "5",
    "vi": "6",
    "vii": "7",
    "viii": "8",
    "ix": "9",
    "x": "10",
}


@dataclass(frozen=True)
class Name:
    """A name in its normal form.

    `kind` is the first word where that is a kind of body, else ""; `rest` the letters and digits
    after it; `numbers` its numbers in order; `place` the rest without numbers; `words` those of the
    rest; `typo` how many letters of the kind or the city had to be mended.
    """

    kind: str
    rest: str
    numbers: tuple[str, ...]
    place: str
    words: frozenset[str] = frozenset()
    typo: int = 0

    @property
    def whole(self) -> str:
        return self.kind + self.rest


def name(text: str, city: str) -> Name:
    """The normal form of a name: "Kel. Rampal-Celaket, Kota Malang" is kind kelurahan, rest
    rampalcelaket.
    """
    return _split(words(text, city), 0)


def mended(found: Name, text: str, city: str) -> Name:
    """The name with a misspelt kind put right ("Puskemas Bareng"), where one kind is clearly meant;
    else the name itself.
    """
    typed = words(text, city)
    if found.kind or len(typed) < 2:
        return found
    apart = sorted((OSA.distance(typed[0], kind), kind) for kind in KINDS if len(kind) >= 5)
    (best, kind), (second, _) = apart[:2]
    if best > allowed(typed[0]) or second - best < 2:
        return found
    return _split([kind, *typed[1:]], best)


def words(text: str, city: str) -> list[str]:
    """The words of the normal form: kinds written out, numbers without leading zeros, no "dan", no
    city.
    """
    plain = _without_city(titles.key(text.replace("&", " dan ")), city)
    typed = plain.split()
    apart = [part for word in typed for part in _school_and_number(word)]
    found = (
        " ".join(_ANYWHERE.get(word, word) for word in apart if word not in _EMPTY).split() or typed
    )
    while len(found) > 1 and found[0] in _BEFORE:
        found = found[1:]
    if found and found[0] in _FIRST:
        found = [_FIRST[found[0]], *found[1:]]
    if found and found[0] in SCHOOLS:
        found = [_AT_SCHOOL.get(word, word) for word in found]
    return [word.lstrip("0") or "0" if word.isdecimal() else word for word in found]


def _school_and_number(word: str) -> list[str]:
    """The parts of "smpn2"; any other word as it is."""
    numbered = _SCHOOL_AND_NUMBER.fullmatch(word)
    return list(numbered.groups()) if numbered else [word]


def _without_city(plain: str, city: str) -> str:
    """The text without the city's name, and the city's government, around the names of its bodies;
    the city alone stays.
    """
    if not city:
        return plain
    rest = re.sub(
        rf"\b(?:pemerintah )?{re.escape(city)}\b|\bpemkot {re.escape(own_name(city))}\b", " ", plain
    )
    return " ".join(rest.split()) or plain


def own_name(city: str) -> str:
    """The city's name without what it is: "malang" of "kota malang"."""
    return city.removeprefix("kota ").removeprefix("kabupaten ")


def shortened(text: str, city: str) -> Name | None:
    """The name without the city's own name after it ("Puskesmas Bareng Malang"), or without the
    city misspelt ("Dinas Kesehatan Kota Mlang"); None where neither stands there.
    """
    typed = words(text, city)
    last = " ".join(typed[-2:])
    if len(typed) > 2 and (typo := OSA.distance(last, city)) <= allowed(last) // 2:
        return _split(typed[:-2], typo)
    return _split(typed[:-1], 0) if len(typed) > 1 and typed[-1] == own_name(city) else None


def _split(found: list[str], typo: int) -> Name:
    kind = found[0] if len(found) > 1 and found[0] in KINDS else ""
    rest = found[1:] if kind else found
    place = [word for word in rest if not word.isdecimal() and word != "negeri"]
    letters = "".join(rest)
    return Name(
        kind, letters, _numbers(letters), "".join(place) if kind else "", frozenset(rest), typo
    )


def _numbers(letters: str) -> tuple[str, ...]:
    return tuple("".join(c if c.isdigit() else " " for c in letters).split())


def allowed(letters: str) -> int:
    """How many letters may differ in an approximate match: none under 5 letters, 1 under 10, 2
    under 16, then a seventh.
    """
    length = len(letters)
    return 0 if length < 5 else 1 if length < 10 else 2 if length < 16 else length // 7
