"""What people typed -> codes: categories, groups, judges, and which submission a sheet or a
decision is about.

Computes; touches nothing. Each distinct text is looked up once. Texts compare by code, name or
alias, without case, accents, punctuation and spaces (`form`); agencies, which are harder, have a
room of their own (agencies.py).
"""

import re
from collections.abc import Iterable

import numpy as np
import pandas as pd

from tasks.names import titles
from tasks.rules.competition import Category, Competition, Group

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


def text_form(text: str) -> str:
    """What two names have in common when they are the same: letters and digits, no case or accents;
    & and "and" are "dan".
    """
    return titles.title_key(_replace_and(text)).replace(" ", "")


def _replace_and(text: str) -> str:
    spaced = text.replace("&", " dan ").split()
    return " ".join("dan" if word.casefold() == "and" else word for word in spaced)


def text_forms(texts: pd.Series) -> pd.Series:
    """The form of each text, on the same index; NaN where there is none."""
    found = texts.map({text: text_form(text) for text in texts.dropna().unique()}).astype("str")
    return found.mask(found == "")


def split_aliases(aliases: pd.Series) -> pd.Series:
    """One row an alias of a table's column (several in a cell are separated by |), on the index of
    its row.
    """
    single = aliases.dropna().str.split("|").explode().str.strip()
    return single[single != ""].astype("str")


# --- categories and groups
# -------------------------------------------------------------------------------------------


def match_categories(texts: pd.Series, competition: Competition) -> pd.Series:
    """The category's code for each text, on the same index; NaN where the cell is empty or matches
    none or several.
    """
    return _match_choices(texts, competition.categories)


def match_groups(texts: pd.Series, competition: Competition) -> pd.Series:
    """The group's code for each text, as `categories`."""
    return _match_choices(texts, competition.groups)


def _match_choices(texts: pd.Series, choices: Iterable[Category | Group]) -> pd.Series:
    known = [(c.code, name) for c in choices for name in (c.code, *c.name.values(), *c.aliases)]
    return (
        text_forms(texts)
        .map(_unambiguous_forms([(text_form(name), code) for code, name in known]))
        .astype("str")
    )


def _unambiguous_forms(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """form -> what it stands for, of those forms that stand for one thing only."""
    frame = pd.DataFrame(list(pairs), columns=["form", "meant"], dtype="str").drop_duplicates()
    alone = frame[~frame["form"].duplicated(keep=False) & (frame["form"] != "")]
    return dict(zip(alone["form"], alone["meant"], strict=True))


# --- judges
# --------------------------------------------------------------------------------------------------


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
        "whole": _unambiguous_forms(zip(spelt.map(text_form), names, strict=True)),
        "bare": _unambiguous_forms(zip(spelt.map(person_form), names, strict=True)),
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


# --- submissions
# --------------------------------------------------------------------------------------------------


def match_submissions(texts: pd.Series, settled: pd.DataFrame) -> pd.DataFrame:
    """Which submission each text means, by id or by title: columns submission_id and rule, on the
    index of `texts`.

    `settled` has submission_id, title, innovation and counts (submissions.py), delivered_id where
    the forms have ids of their own, and title_key where it is known. The id is that of the row that
    counts for the innovation, also where the text names a superseded row. `rule` is
    unknown_submission, ambiguous_submission (two innovations share the title or id), or NaN; an
    empty text has neither.
    """
    if texts.isna().all():
        return pd.DataFrame(
            {"submission_id": np.nan, "rule": np.nan}, index=texts.index, dtype="str"
        )
    meant = _innovations_meant(pd.Series(texts.dropna().unique(), dtype="str"), settled)
    counting = settled[settled["counts"]].set_index("innovation")["submission_id"]
    single = meant[meant != ""].map(counting)
    is_unknown = texts.notna() & ~texts.isin(meant.index)
    is_shared = texts.isin(meant.index[meant == ""])
    rules = np.select([is_unknown, is_shared], ["unknown_submission", "ambiguous_submission"], "")
    rule = pd.Series(rules, index=texts.index, dtype="str").replace("", None)
    return pd.DataFrame({"submission_id": texts.map(single).astype("str"), "rule": rule})


def match_accepted_submissions(texts: pd.Series, settled: pd.DataFrame) -> pd.DataFrame:
    """As `submissions`, for what is said of a phase after registration: only accepted innovations
    enter one.

    A title that an accepted innovation shares with a rejected one alone means the accepted one; a
    text that means no accepted innovation is looked up among all, so that it is not_in_phase and
    not unknown. `settled` has status besides.
    """
    if texts.isna().all():
        return match_submissions(texts, settled)
    of_accepted = settled.loc[
        settled["counts"].astype("bool") & (settled["status"] == "accepted"), "innovation"
    ]
    first = match_submissions(texts, settled[settled["innovation"].isin(of_accepted)])
    elsewhere = first["rule"] == "unknown_submission"
    return first.where(~elsewhere, match_submissions(texts, settled))


def _innovations_meant(typed: pd.Series, settled: pd.DataFrame) -> pd.Series:
    """The innovation by text, for the texts that mean one; "" where it could be several.

    The best way to read a text that finds anything is the one that counts: published id, the form's
    own id, the same without case and punctuation, then title.
    """
    ids = [settled[name] for name in ("submission_id", "delivered_id") if name in settled]
    found = [pd.Series(dtype="str")]
    for column, reading in (
        [(c, _strip_texts) for c in ids]
        + [(c, text_forms) for c in ids]
        + [(settled["title"], titles.title_keys)]
    ):
        if len(typed):
            names = (
                settled["title_key"]
                if reading is titles.title_keys and "title_key" in settled
                else reading(column)
            )
            found.append(
                _look_up_texts(typed, reading(typed), names, settled["innovation"].astype("str"))
            )
            typed = typed[~typed.isin(found[-1].index)]
    meant: pd.Series = pd.concat(found)
    return meant


def _strip_texts(texts: pd.Series) -> pd.Series:
    return texts.str.strip()


def _look_up_texts(
    typed: pd.Series, read: pd.Series, names: pd.Series, innovation: pd.Series
) -> pd.Series:
    known = pd.DataFrame({"name": names, "innovation": innovation}).dropna().drop_duplicates()
    known["innovation"] = known["innovation"].mask(known["name"].duplicated(keep=False), "")
    by_name = known.drop_duplicates().set_index("name")["innovation"]
    found: pd.Series = read.map(by_name).set_axis(typed).dropna().astype("str")
    return found
