"""What Kobo and ODK have in common, whose forms are both XLSForms: groups of questions, the columns
of a place, sheets of repeated groups.
"""

import re
from collections import Counter
from collections.abc import Callable
from functools import lru_cache

import pandas as pd

from tasks.intake.services.form_service import Fields, Row

PLACE_CODE = re.compile(
    r"(?:(?<=[\w)\]?.])[_:.-]|gps)(?:latitude|longitude|altitude|precision|accuracy)$"
)
# Headings of a sheet of answers to another sheet: a repeated group of questions.
_PARENT_CODES = frozenset(("_parent_index", "_parent_table_name", "parent_key"))
_SUBMISSION_PREFIX = "_submission__"  # of the response's columns, on the sheet of a repeated group
_NO_PARENTS = ("", "-1", "n/a")
_R_PREFIX = re.compile(r"^x(?=_)")


@lru_cache(maxsize=20_000)
def heading_code(heading: str) -> str:
    """A heading as codes are compared; R writes X_uuid for _uuid."""
    return _R_PREFIX.sub("", heading.strip().lower())


def has_parent_headings(headings: Row) -> bool:
    """Whether a sheet has the columns of a repeated group."""
    return not _PARENT_CODES.isdisjoint(map(heading_code, headings))


def is_first_sheet(headings: Row, body: pd.DataFrame) -> bool:
    """Whether a sheet with the columns of a repeated group is the form's first sheet all the same,
    as some exports give each sheet these columns: no row says that it answers another sheet.
    """
    if body.empty or any(text.lower().startswith(_SUBMISSION_PREFIX) for text in headings):
        return False
    codes = [heading.strip().lower() for heading in headings]
    parents = body[[position for position, code in enumerate(codes) if code in _PARENT_CODES]]
    return bool((parents.isin(_NO_PARENTS) | parents.isna()).all(axis=None))


def first_key_position(headings: Row, codes: tuple[str, ...]) -> int | None:
    """The position of the first of these codes among the headings; None where none is there."""
    keys = [heading_code(heading).replace(".", "/") for heading in headings]
    return next((keys.index(code) for code in codes if code in keys), None)


def single_answer_fields(headings: Row) -> Fields:
    """ "" for each column of a single answer that stands beside its question's own column: sdgs/4
    beside sdgs.
    """
    questions = set(headings) - {""}
    parents = enumerate(heading.rpartition("/")[0] for heading in headings)
    return {position: "" for position, parent in parents if parent in questions}


def grouped_question_texts(
    separated: re.Pattern[str], headings: Row, is_known: Callable[[str], bool]
) -> list[list[str]]:
    """The texts that each question may be known by: without its group, and whole.

    A group of several questions of which one is known by itself says nothing of any of them:
    "inovasi/Perangkat Daerah" asks for the agency. `separated` matches a heading and takes group
    and question apart.
    """
    pairs = [_split_group(separated, heading) for heading in headings]
    groups = _question_groups(pairs, is_known)
    texts = []
    for heading, (group, question) in zip(headings, pairs, strict=True):
        is_alone = group in groups or not group
        texts.append([question] if is_alone else [question, heading])
    return texts


def _question_groups(
    pairs: list[tuple[str, str]], is_known: Callable[[str], bool]
) -> frozenset[str]:
    """The groups of two questions or more, one of which is known by itself. Of the answers to one
    question (SDGs/Air Bersih) none is.
    """
    sizes = Counter(group for group, _ in pairs)
    several = [(group, question) for group, question in pairs if group and sizes[group] > 1]
    return frozenset(group for group, question in several if is_known(question))


def _split_group(separated: re.Pattern[str], heading: str) -> tuple[str, str]:
    """A group, "" where there is none, and the question in it."""
    parts = separated.fullmatch(heading)
    return (parts[1], parts[2]) if parts else ("", heading)
