"""What people typed for a judge -> the judge's name, and when two names are one person's.

Each distinct text is looked up once. Which agency a person belongs to is a matter of the register.
"""

import re

import pandas as pd

from tasks.names.name_forms import split_aliases, text_form, text_forms, unambiguous_forms

_PERSON_TITLES = frozenset(
    {
        "prof",
        "dr",
        "drg",
        "drh",
        "dra",
        "drs",
        "ir",
        "h",
        "hj",
        "hja",
        "kh",
        "apt",
        "ns",
        "ust",
        "ec",
        "assoc",
        "asst",
        "bapak",
        "bpk",
        "pak",
        "ibu",
        "bu",
        "sdr",
        "sdri",
        "saudara",
        "saudari",
    }
)
_DEGREES = frozenset(
    {
        "sh",
        "mh",
        "mhum",
        "shum",
        "se",
        "mm",
        "mba",
        "si",
        "ssi",
        "msi",
        "ssos",
        "msos",
        "sip",
        "mip",
        "map",
        "sap",
        "st",
        "mt",
        "sst",
        "skom",
        "mkom",
        "spd",
        "mpd",
        "spdi",
        "mpdi",
        "sag",
        "mag",
        "spsi",
        "mpsi",
        "skm",
        "mkes",
        "mkm",
        "skep",
        "mkep",
        "ssn",
        "msn",
        "sfarm",
        "mfarm",
        "apt",
        "sked",
        "spog",
        "spa",
        "spb",
        "sppd",
        "sp",
        "mp",
        "spt",
        "ssit",
        "sstp",
        "msc",
        "bsc",
        "ma",
        "ba",
        "phd",
        "md",
        "meng",
        "beng",
        "eng",
        "mkn",
        "sak",
        "mak",
        "ak",
        "ca",
        "cpa",
        "msa",
        "macc",
        "mpa",
        "mpp",
        "mtr",
        "str",
        "amd",
        "amk",
        "amdkeb",
        "keb",
        "ners",
        "ns",
        "ipm",
        "ipu",
        "ipp",
        "aseaneng",
        "stat",
        "sstat",
        "mstat",
        "mmt",
        "mhut",
        "shut",
        "spi",
        "mpwk",
        "mars",
        "mph",
        "akt",
        "cfra",
        "cgcae",
        "drs",
        "dra",
        "dr",
        "ir",
        "prof",
        "hum",
        "kom",
        "kes",
        "sos",
        "pd",
        "lc",
        "dea",
        "hons",
        "psikolog",
        "asean",
        "ikom",
        "mikom",
        "sikom",
        "agr",
        "magr",
    }
)
_TITLE_RUN_ON = re.compile(
    rf"\b({'|'.join(sorted(_PERSON_TITLES, key=len, reverse=True))})\.(?=\w)", re.IGNORECASE
)  # Dr.Ir.Sari
_DEGREE_APART = re.compile(
    r"\b([SMB])\.\s+(?=(?:[A-Z]\.\s*)?[A-Z][a-z]*\b\.?(?:\s*,|\s*$|\s+[SM]\.))"
)  # S. Sos
_DOTTED_ABBREVIATION = re.compile(
    r"(?:[A-Za-z]{1,5}\.)+[A-Za-z]+\.?(?:\([A-Za-z]+\))?"
)  # M.Farm.Klin., Sp.A(K)


def match_judges(texts: pd.Series, register: pd.DataFrame) -> pd.Series:
    """The judge's name for each text, on the same index: as judges.csv has it, else as delivered.

    Titles and degrees are ignored ("Dr. Ir. Sari, M.Si." is "Sari"). A judge whom the register does
    not have keeps one spelling for all of the judge's sheets, the first in order of the alphabet.
    `register` has judge, aliases.
    """
    known = _judges_by_form(register)
    distinct = pd.Series(sorted(texts.dropna().unique()), dtype="str")
    whole, bare = text_forms(distinct), distinct.map(person_form).astype("str")
    named = whole.map(known["whole"]).astype("str").fillna(bare.map(known["bare"]).astype("str"))
    own = distinct.groupby(bare.where(bare != "", whole), dropna=False).transform("first")
    return texts.map(dict(zip(distinct, named.fillna(own).fillna(distinct), strict=True))).astype(
        "str"
    )


def _judges_by_form(register: pd.DataFrame) -> dict[str, dict[str, str]]:
    aliases = split_aliases(register["aliases"])
    spelt = pd.concat([register["judge"], aliases])
    names = register["judge"].reindex(spelt.index)
    return {
        "whole": unambiguous_forms(zip(spelt.map(text_form), names, strict=True)),
        "bare": unambiguous_forms(zip(spelt.map(person_form), names, strict=True)),
    }


def person_form(name: str) -> str:
    """The form of a person's name without the titles before it and the degrees after it; of titles
    alone, the whole form.
    """
    first, *parts = _DEGREE_APART.sub(r"\1.", _TITLE_RUN_ON.sub(r"\1. ", name)).split(",")
    after = [part for part in parts if not all(map(_is_degree, part.split()))]
    words = [word for word in " ".join([first, *after]).split() if text_form(word)]
    while len(words) > 1 and text_form(words[0]) in _PERSON_TITLES:
        words = words[1:]
    while len(words) > 1 and _is_degree(words[-1]):
        words = words[:-1]
    return "".join(map(text_form, words)) or text_form(name)


def _is_degree(word: str) -> bool:
    """Whether a word is a degree: one that is known, or an abbreviation with a dot in it
    ("M.Farm.Klin.").
    """
    return text_form(word) in _DEGREES or _DOTTED_ABBREVIATION.fullmatch(word) is not None
