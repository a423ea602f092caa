"""What people typed for a judge -> the judge's name, and when two names are one person's.

Each distinct text is looked up once. Which agency a judge belongs to stands in the register.
"""

import re
from typing import NamedTuple

import pandas as pd

from tasks.names.name_forms import split_aliases, text_form, text_forms, unambiguous_forms

_TITLE_WORDS = """
prof dr drg drh dra drs ir h hj hja kh apt ns ust ec assoc asst bapak bpk pak ibu bu sdr sdri
saudara saudari
"""
_DEGREE_WORDS = """
sh mh mhum shum se mm mba si ssi msi ssos msos sip mip map sap st mt sst skom mkom spd mpd spdi
mpdi sag mag spsi mpsi skm mkes mkm skep mkep ssn msn sfarm mfarm apt sked spog spa spb sppd sp mp
spt ssit sstp msc bsc ma ba phd md meng beng eng mkn sak mak ak ca cpa msa macc mpa mpp mtr str
amd amk amdkeb keb ners ns ipm ipu ipp aseaneng stat sstat mstat mmt mhut shut spi mpwk mars mph
akt cfra cgcae drs dra dr ir prof hum kom kes sos pd lc dea hons psikolog asean ikom mikom sikom
agr magr
"""
_PERSON_TITLES = frozenset(_TITLE_WORDS.split())
_DEGREES = frozenset(_DEGREE_WORDS.split())
_LONGEST_FIRST = sorted(_PERSON_TITLES, key=len, reverse=True)
# a title that runs on into the next word: Dr.Ir.Sari
_TITLE_RUN_ON = re.compile(rf"\b({'|'.join(_LONGEST_FIRST)})\.(?=\w)", re.IGNORECASE)
# a degree with a space in it: S. Sos
_DEGREE_APART = re.compile(
    r"\b([SMB])\.\s+(?=(?:[A-Z]\.\s*)?[A-Z][a-z]*\b\.?(?:\s*,|\s*$|\s+[SM]\.))"
)
# M.Farm.Klin., Sp.A(K)
_DOTTED_ABBREVIATION = re.compile(r"(?:[A-Za-z]{1,5}\.)+[A-Za-z]+\.?(?:\([A-Za-z]+\))?")


class _JudgesByForm(NamedTuple):
    """Judges' names by the form of a whole name, and by the form without titles and degrees."""

    whole: dict[str, str]
    bare: dict[str, str]


def match_judges(texts: pd.Series, register: pd.DataFrame) -> pd.Series:
    """The judge's name for each text, on the same index: as judges.csv has it, else as delivered.

    Titles and degrees are ignored ("Dr. Ir. Sari, M.Si." is "Sari"). A judge whom the register does
    not have keeps one spelling for all of the judge's sheets, the first in order of the alphabet.
    `register` has judge, aliases.
    """
    known = _judges_by_form(register)
    distinct = pd.Series(sorted(texts.dropna().unique()), dtype="str")
    whole = text_forms(distinct)
    bare = distinct.map(person_form).astype("str")
    by_whole = whole.map(known.whole).astype("str")
    by_bare = bare.map(known.bare).astype("str")
    person = bare.where(bare != "", whole)
    first_spelling = distinct.groupby(person, dropna=False).transform("first")
    names = by_whole.fillna(by_bare).fillna(first_spelling).fillna(distinct)
    return texts.map(dict(zip(distinct, names, strict=True))).astype("str")


def _judges_by_form(register: pd.DataFrame) -> _JudgesByForm:
    spellings = pd.concat([register["judge"], split_aliases(register["aliases"])])
    judges = register["judge"].reindex(spellings.index)
    return _JudgesByForm(
        whole=unambiguous_forms(zip(spellings.map(text_form), judges, strict=True)),
        bare=unambiguous_forms(zip(spellings.map(person_form), judges, strict=True)),
    )


def person_form(name: str) -> str:
    """The form of a person's name without the titles before it and the degrees after it; of titles
    alone, the whole form.
    """
    apart = _TITLE_RUN_ON.sub(r"\1. ", name)
    first, *parts = _DEGREE_APART.sub(r"\1.", apart).split(",")
    names = [part for part in parts if not all(map(_is_degree, part.split()))]
    words = [word for word in " ".join([first, *names]).split() if text_form(word)]
    while len(words) > 1 and text_form(words[0]) in _PERSON_TITLES:
        words = words[1:]
    while len(words) > 1 and _is_degree(words[-1]):
        words = words[:-1]
    return "".join(map(text_form, words)) or text_form(name)


def _is_degree(word: str) -> bool:
    """Whether a word is a degree: a known degree, or an abbreviation with a dot in it
    ("M.Farm.Klin.").
    """
    return text_form(word) in _DEGREES or _DOTTED_ABBREVIATION.fullmatch(word) is not None
