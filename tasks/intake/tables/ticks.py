"""What the cells of a column say against its heading: choices that have a column each and are only
ticked, ratings of the telephone, numbers under "Contact".
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
_LEAST_DISTINCT_IDS = 0.9  # share of such cells that differ, where they are a response's
_PROBED_CELLS = 50  # cells that soon say of most columns that they are no ticks
# one telephone or more
_PHONE_NUMBERS = r"^(?=(?:\D*\d){8})[\d\s()+.,/&;-]*(?:\b(?:or|and|atau|dan)\b[\d\s()+.,/&;-]*)*$"
_CONTACT_PATTERNS: Mapping[str, str] = {
    "contact_phone": r"(?:\d[\s().-]{0,2}){5}",
    "contact_email": "@",
}
_WORDED_FIELDS = frozenset(
    ("agency", "innovator", "contact_name", "contact_email", "contact_phone", "video_url")
)


def are_ticks(cells: pd.Series) -> bool:
    """Whether a column has nothing in it but words that tick a choice or leave it."""
    first = (text for text in cells.to_numpy()[:_PROBED_CELLS] if isinstance(text, str))
    if not all(text.casefold() in _TICK_WORDS for text in first):
        return False
    words = {text.casefold() for text in cells.dropna().unique()}
    return bool(words) and words <= _TICK_WORDS


def name_ticked_choices(cells: pd.Series, column: TableColumn) -> pd.Series:
    """The cells of a choice that has a column of its own: the choice's name where it is ticked;
    cells of other columns as they are.
    """
    if not are_ticks(cells):
        return cells
    is_ticked = cells.str.casefold().isin(_TICKED_WORDS)
    return pd.Series(_choice_name(column.heading), index=cells.index, dtype="str").where(is_ticked)


def _choice_name(heading: str) -> str:
    """The choice that stands at the end of a heading: "SDGs/Air Bersih", "SDGs [Air Bersih]"."""
    choice = heading.rstrip("]").replace("/", "[").rpartition("[")[2].strip()
    return choice or heading


def withdraw_claims(table: DeliveredTable) -> DeliveredTable:
    """The table without the claims that its cells contradict.

    No choice gives what a tick cannot say ("Channels [WhatsApp]" is no telephone number). No
    heading that only has a word of it gives a telephone number or an address where no cell is like
    one ("How good are calls by WhatsApp?"). Nobody's name is a number ("Contact").
    """
    claims = [_claim_by_cells(column, table.body) for column in table.columns]
    pairs = list(zip(table.columns, claims, strict=True))
    if all(claim is column.claim for column, claim in pairs):
        return table
    columns = tuple(replace(column, claim=claim) for column, claim in pairs)
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
    pattern = _CONTACT_PATTERNS.get(claim.field)
    if pattern is None or claim.strength not in (WITHIN, NEAR):
        return claim
    return UNKNOWN if _cells_match(cells, f"^(?!.*{pattern})") else claim


def _has_repeats(cells: pd.Series) -> bool:
    """Whether more than a tenth of the filled cells, of many, say again what others say, as
    people's numbers do.
    """
    filled = cells.dropna()
    if len(filled) < _LEAST_ID_CELLS:
        return False
    return filled.nunique() < _LEAST_DISTINCT_IDS * len(filled)


def _cells_match(cells: pd.Series, pattern: str) -> bool:
    """Whether each filled cell, of enough of them, begins with a match of this pattern."""
    texts = (text.replace("\n", " ") for text in cells if isinstance(text, str))
    first = list(islice(texts, _LEAST_CELLS))
    if len(first) < _LEAST_CELLS:
        return False
    return all(re.match(pattern, text) for text in chain(first, texts))
