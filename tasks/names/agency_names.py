"""Normal forms of what bodies of a city are called: when two spellings are one name. Computes;
touches nothing.

A name is a kind ("kelurahan", "puskesmas", "smp") and what comes after it.
docs/methods/agency-matching.md says what each step of the normal form is for.
"""

import re
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from tasks.names import titles

# What is written for a kind of body -> the words of its normal form: as the first word of a name,
# and anywhere in it.
_FIRST_WORDS = {"lurah": "kelurahan", "camat": "kecamatan"}
_WORDS_ANYWHERE = {
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
_WORDS_BEFORE = frozenset(
    {"kantor", "kepala", "pemerintah"}
)  # stand before a name and are not part of it
_EMPTY_WORDS = frozenset(
    {"dan", "and", "upt", "uptd", "pt", "persero", "perseroda"}
)  # tell no body from another
SHORTEST_PLACE = 4  # letters; a shorter rest of a name is no place that one would type alone
SCHOOL_KINDS = frozenset({"tk", "sd", "smp", "sma", "smk", "mts", "paud"})
OFFICE_KINDS = frozenset(
    {"dinas", "badan", "bagian", "sekretariat", "inspektorat", "satuan", "perumda"}
)
BODY_KINDS = SCHOOL_KINDS | OFFICE_KINDS | {"kelurahan", "kecamatan", "puskesmas"}
_SCHOOL_AND_NUMBER = re.compile(r"((?:tk|sd|smp|sma|smk|mts)n?)(\d+)")
_SCHOOL_WORDS = {  # in the name of a school
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
class AgencyName:
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


def parse_name(text: str, city: str) -> AgencyName:
    """The normal form of a name: "Kel. Rampal-Celaket, Kota Malang" is kind kelurahan, rest
    rampalcelaket.
    """
    return _name_of_words(name_words(text, city), 0)


def mend_kind(found: AgencyName, text: str, city: str) -> AgencyName:
    """The name with a misspelt kind put right ("Puskemas Bareng"), where one kind is clearly meant;
    else the name itself.
    """
    typed = name_words(text, city)
    if found.kind or len(typed) < 2:
        return found
    apart = sorted((OSA.distance(typed[0], kind), kind) for kind in BODY_KINDS if len(kind) >= 5)
    (best, kind), (second, _) = apart[:2]
    if best > allowed_difference(typed[0]) or second - best < 2:
        return found
    return _name_of_words([kind, *typed[1:]], best)


def name_words(text: str, city: str) -> list[str]:
    """The words of the normal form: kinds written out, numbers without leading zeros, no "dan", no
    city.
    """
    plain = _text_without_city(titles.title_key(text.replace("&", " dan ")), city)
    typed = plain.split()
    apart = [part for word in typed for part in _split_school_number(word)]
    found = (
        " ".join(
            _WORDS_ANYWHERE.get(word, word) for word in apart if word not in _EMPTY_WORDS
        ).split()
        or typed
    )
    while len(found) > 1 and found[0] in _WORDS_BEFORE:
        found = found[1:]
    if found and found[0] in _FIRST_WORDS:
        found = [_FIRST_WORDS[found[0]], *found[1:]]
    if found and found[0] in SCHOOL_KINDS:
        found = [_SCHOOL_WORDS.get(word, word) for word in found]
    return [word.lstrip("0") or "0" if word.isdecimal() else word for word in found]


def _split_school_number(word: str) -> list[str]:
    """The parts of "smpn2"; any other word as it is."""
    numbered = _SCHOOL_AND_NUMBER.fullmatch(word)
    return list(numbered.groups()) if numbered else [word]


def _text_without_city(plain: str, city: str) -> str:
    """The text without the city's name, and the city's government, around the names of its bodies;
    the city alone stays.
    """
    if not city:
        return plain
    rest = re.sub(
        rf"\b(?:pemerintah )?{re.escape(city)}\b|\bpemkot {re.escape(city_own_name(city))}\b",
        " ",
        plain,
    )
    return " ".join(rest.split()) or plain


def city_own_name(city: str) -> str:
    """The city's name without what it is: "malang" of "kota malang"."""
    return city.removeprefix("kota ").removeprefix("kabupaten ")


def shorten_name(text: str, city: str) -> AgencyName | None:
    """The name without the city's own name after it ("Puskesmas Bareng Malang"), or without the
    city misspelt ("Dinas Kesehatan Kota Mlang"); None where neither stands there.
    """
    typed = name_words(text, city)
    last = " ".join(typed[-2:])
    if len(typed) > 2 and (typo := OSA.distance(last, city)) <= allowed_difference(last) // 2:
        return _name_of_words(typed[:-2], typo)
    return (
        _name_of_words(typed[:-1], 0)
        if len(typed) > 1 and typed[-1] == city_own_name(city)
        else None
    )


def _name_of_words(found: list[str], typo: int) -> AgencyName:
    kind = found[0] if len(found) > 1 and found[0] in BODY_KINDS else ""
    rest = found[1:] if kind else found
    place = [word for word in rest if not word.isdecimal() and word != "negeri"]
    letters = "".join(rest)
    return AgencyName(
        kind, letters, _digit_groups(letters), "".join(place) if kind else "", frozenset(rest), typo
    )


def _digit_groups(letters: str) -> tuple[str, ...]:
    return tuple("".join(c if c.isdigit() else " " for c in letters).split())


def allowed_difference(letters: str) -> int:
    """How many letters may differ in an approximate match: none under 5 letters, 1 under 10, 2
    under 16, then a seventh.
    """
    length = len(letters)
    return 0 if length < 5 else 1 if length < 10 else 2 if length < 16 else length // 7
