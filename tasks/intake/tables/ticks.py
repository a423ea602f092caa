"""What the cells of a column say against its heading: choices that have a column each and are only
ticked, ratings of the telephone, numbers under "Contact". Computes.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import chain, islice

import pandas as pd

from tasks.intake.cells.heading_keys import heading_spellings
from tasks.intake.tables.headings import NEAR, UNKNOWN, WHOLE, WITHIN, Claim
from tasks.intake.tables.table import DeliveredTable, TableColumn

_TICKED_WORDS = frozenset(("1", "y", "ya", "yes", "true", "v", "x", "\u2713", "\u2714"))
_TICK_WORDS = _TICKED_WORDS | frozenset(("0", "n", "no", "tidak", "false", "n/a"))
_LEAST_CELLS = 3  # filled cells that can say something against a heading
_LEAST_ID_CELLS = 10  # ... against "ID", which a response that was sent again says again
_PROBED_CELLS = 50  # cells that tell soon of most columns that they are no ticks
# one telephone or more
_PHONE_NUMBERS = r"^(?=(?:\D*\d){8})[\d\s()+.,/&;-]*(?:\b(?:or|and|atau|dan)\b[\d\s()+.,/&;-]*)*$"
_CONTACT_PATTERNS: Mapping[str, str] = {
    "contact_phone": r"(?:\d[\s().-]{0,2}){5}",
    "contact_email": "@",
}
_WORDED_FIELDS = frozenset(
    ("agency", "innovator", "contact_name", "contact_email", "contact_phone", "video_url")
)


def are_ticks(values: pd.Series) -> bool:
    """Whether a column has nothing in it but words that tick a choice or leave it."""
    if not all(
        word.casefold() in _TICK_WORDS
        for word in values.to_numpy()[:_PROBED_CELLS]
        if isinstance(word, str)
    ):
        return False
    words = {word.casefold() for word in values.dropna().unique()}
    return bool(words) and words <= _TICK_WORDS


def name_ticked_choices(values: pd.Series, column: TableColumn) -> pd.Series:
    """The cells of a choice that has a column of its own: its own name where it is ticked; other
    cells as they are.
    """
    if not are_ticks(values):
        return values
    label = (
        column.heading.rstrip("]").replace("/", "[").rpartition("[")[2].strip() or column.heading
    )
    is_ticked = values.str.casefold().isin(_TICKED_WORDS)
    return pd.Series(label, index=values.index, dtype="str").where(is_ticked)


def withdraw_claims(table: DeliveredTable) -> DeliveredTable:
    """The table, in which no choice gives what a tick cannot say ("Channels [WhatsApp]" is no
    telephone number), no heading that only has a word of it gives a telephone number or an address
    where no cell is like one ("How good are calls by WhatsApp?"), and nobody's name is a number
    ("Contact").
    """
    claims = {column.position: _claim_by_cells(column, table.body) for column in table.columns}
    if all(claims[column.position] is column.claim for column in table.columns):
        return table
    columns = tuple(replace(column, claim=claims[column.position]) for column in table.columns)
    return replace(table, columns=columns)


def _claim_by_cells(column: TableColumn, body: pd.DataFrame) -> Claim:
    """What a column gives, its cells considered."""
    claim = column.claim
    if claim == Claim("submission_id", WHOLE) and "id" in heading_spellings(column.heading):
        return UNKNOWN if _has_repeats(body[column.position]) else claim
    if claim.field not in _WORDED_FIELDS or claim.strength > WHOLE:
        return claim
    cells = body[column.position]
    if are_ticks(cells):
        return UNKNOWN
    if claim.field == "contact_name" and _cells_match(cells, _PHONE_NUMBERS):
        return Claim("contact_phone", claim.strength)
    like = _CONTACT_PATTERNS.get(claim.field)
    is_by_words = claim.strength in (WITHIN, NEAR)
    return UNKNOWN if like and is_by_words and _cells_match(cells, f"^(?!.*{like})") else claim


def _has_repeats(cells: pd.Series) -> bool:
    """Whether more than a tenth of the filled cells, of many, say again what others say, as
    people's numbers do.
    """
    given = cells.dropna()
    return len(given) >= _LEAST_ID_CELLS and given.nunique() < 0.9 * len(given)


def _cells_match(cells: pd.Series, pattern: str) -> bool:
    """Whether each filled cell, of enough of them, has this at its beginning."""
    given = (text.replace("\n", " ") for text in cells if isinstance(text, str))
    first = list(islice(given, _LEAST_CELLS))
    return len(first) == _LEAST_CELLS and all(
        re.match(pattern, text) for text in chain(first, given)
    )
