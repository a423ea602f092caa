"""Choices that have a column each: what is ticked and what is not, and what a tick cannot be an answer to. Computes."""

from dataclasses import replace

import pandas as pd

from tasks.intake.headings import UNKNOWN, WHOLE
from tasks.intake.kinds import Column, Table

_TICKED = frozenset(("1", "y", "ya", "yes", "true", "v", "x", "\u2713", "\u2714"))
_TICKS = _TICKED | frozenset(("0", "n", "no", "tidak", "false", "n/a"))
_PROBE = 50  # cells that tell soon of most columns that they are no ticks
_SAID_IN_WORDS = frozenset(("agency", "innovator", "contact_name", "contact_email", "contact_phone", "video_url"))


def are(values: pd.Series) -> bool:
    """Whether a column has nothing in it but words that tick a choice or leave it."""
    given = values.dropna()
    if not all(word.casefold() in _TICKS for word in given.head(_PROBE)):
        return False
    words = {word.casefold() for word in given.unique()}
    return bool(words) and words <= _TICKS


def named(values: pd.Series, column: Column) -> pd.Series:
    """The cells of a choice that has a column of its own: its own name where it is ticked; other cells as they are."""
    if not are(values):
        return values
    label = column.heading.rstrip("]").replace("/", "[").rpartition("[")[2].strip() or column.heading
    is_ticked = values.str.casefold().isin(_TICKED)
    return pd.Series(label, index=values.index, dtype="str").where(is_ticked)


def left_out(table: Table) -> Table:
    """The table, in which no choice gives what a tick cannot say: "Channels [WhatsApp]" is no telephone number."""
    ticked = {
        column.position
        for column in table.columns
        if column.claim.field in _SAID_IN_WORDS
        and column.claim.strength <= WHOLE
        and are(table.body[column.position])
    }
    if not ticked:
        return table
    columns = (replace(column, claim=UNKNOWN) if column.position in ticked else column for column in table.columns)
    return replace(table, columns=tuple(columns))
