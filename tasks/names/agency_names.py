"""Normal forms of what agencies of a city are called: when two spellings are one name.

A name is a kind ("kelurahan", "puskesmas", "smp") and what comes after it.
docs/methods/agency-matching.md says what each step of the normal form is for. Which agency of the
register a name means is in agencies.py.
"""

import re
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from tasks.names.titles import title_key

# What is written for a kind of agency -> the words of its normal form: as the first word of a name,
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
# words that stand before a name and are not part of it
_WORDS_BEFORE = frozenset({"kantor", "kepala", "pemerintah"})
# words that tell no agency from another
_EMPTY_WORDS = frozenset({"dan", "and", "upt", "uptd", "pt", "persero", "perseroda"})
SHORTEST_PLACE = 4  # letters; nobody types a shorter rest of a name alone, to mean a place
SCHOOL_KINDS = frozenset({"tk", "sd", "smp", "sma", "smk", "mts", "paud"})
OFFICE_KINDS = frozenset(
    {"dinas", "badan", "bagian", "sekretariat", "inspektorat", "satuan", "perumda"}
)
AGENCY_KINDS = SCHOOL_KINDS | OFFICE_KINDS | {"kelurahan", "kecamatan", "puskesmas"}
_LONG_KIND = 5  # letters; a kind of fewer letters is too short to be recognised misspelt
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

    `kind` is the first word where that is a kind of agency, else ""; `rest` the letters and digits
    after it; `numbers` the numbers of the rest in order; `place` the rest without numbers; `words`
    the words of the rest; `typo` how many letters of the kind or the city had to be mended.
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


def mend_kind(name: AgencyName, text: str, city: str) -> AgencyName:
    """The name with a misspelt kind put right ("Puskemas Bareng"), where one kind is clearly meant;
    else the name itself. `text`: what was typed.
    """
    words = name_words(text, city)
    if name.kind or len(words) < 2:
        return name
    long_kinds = [kind for kind in AGENCY_KINDS if len(kind) >= _LONG_KIND]
    (distance, kind), (second, _) = sorted(
        (OSA.distance(words[0], kind), kind) for kind in long_kinds
    )[:2]
    if distance > allowed_difference(words[0]) or second - distance < 2:
        return name
    return _name_of_words([kind, *words[1:]], distance)


def name_words(text: str, city: str) -> list[str]:
    """The words of the normal form: kinds written out, numbers without leading zeros, no "dan", no
    city.
    """
    words = _text_without_city(title_key(text.replace("&", " dan ")), city).split()
    words = _written_out(words) or words
    while len(words) > 1 and words[0] in _WORDS_BEFORE:
        words = words[1:]
    if words and words[0] in _FIRST_WORDS:
        words = [_FIRST_WORDS[words[0]], *words[1:]]
    if words and words[0] in SCHOOL_KINDS:
        words = [_SCHOOL_WORDS.get(word, word) for word in words]
    return [word.lstrip("0") or "0" if word.isdecimal() else word for word in words]


def _written_out(words: list[str]) -> list[str]:
    """The words without empty ones, abbreviated kinds as the words that they stand for."""
    parts = [part for word in words for part in _split_school_number(word)]
    filled = [_WORDS_ANYWHERE.get(part, part) for part in parts if part not in _EMPTY_WORDS]
    return " ".join(filled).split()


def _split_school_number(word: str) -> list[str]:
    """The parts of "smpn2"; any other word as it is."""
    numbered = _SCHOOL_AND_NUMBER.fullmatch(word)
    return list(numbered.groups()) if numbered else [word]


def _text_without_city(text: str, city: str) -> str:
    """The text without the city's name and the city's government around the names of its agencies;
    a text of the city alone stays.
    """
    if not city:
        return text
    government = rf"\bpemkot {re.escape(city_own_name(city))}\b"
    rest = re.sub(rf"\b(?:pemerintah )?{re.escape(city)}\b|{government}", " ", text)
    return " ".join(rest.split()) or text


def city_own_name(city: str) -> str:
    """The city's name without its kind: "malang" of "kota malang"."""
    return city.removeprefix("kota ").removeprefix("kabupaten ")


def shorten_name(text: str, city: str) -> AgencyName | None:
    """The name without the city's own name after it ("Puskesmas Bareng Malang"), or without the
    city misspelt ("Dinas Kesehatan Kota Mlang"); None where neither stands there.
    """
    words = name_words(text, city)
    if len(words) > 2:
        last = " ".join(words[-2:])
        typo = OSA.distance(last, city)
        if typo <= allowed_difference(last) // 2:
            return _name_of_words(words[:-2], typo)
    if len(words) > 1 and words[-1] == city_own_name(city):
        return _name_of_words(words[:-1], 0)
    return None


def _name_of_words(words: list[str], typo: int) -> AgencyName:
    kind = words[0] if len(words) > 1 and words[0] in AGENCY_KINDS else ""
    rest = words[1:] if kind else words
    letters = "".join(rest)
    place = "".join(word for word in rest if not word.isdecimal() and word != "negeri")
    return AgencyName(
        kind=kind,
        rest=letters,
        numbers=_digit_groups(letters),
        place=place if kind else "",
        words=frozenset(rest),
        typo=typo,
    )


def _digit_groups(letters: str) -> tuple[str, ...]:
    return tuple("".join(c if c.isdigit() else " " for c in letters).split())


def allowed_difference(letters: str) -> int:
    """How many letters may differ in an approximate match: 0 under 5 letters, 1 under 10, 2 under
    16, then a seventh of them.
    """
    length = len(letters)
    if length < 10:
        return 0 if length < 5 else 1
    return 2 if length < 16 else length // 7
