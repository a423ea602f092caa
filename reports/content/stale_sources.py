"""Sources that could not be reached, as a reader meets them: which copy was used in their place,
and since when.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tasks.intake.raw import Raw
from tasks.words import Words

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Older:
    """A source of which an older copy was used. `address` and `why` are "" where a page is not to
    say them.
    """

    source: str
    since: datetime
    address: str = ""
    why: str = ""


def stale_copies(raws: Iterable[Raw], words: Words, zone: ZoneInfo) -> tuple[Older, ...]:
    """Of the copies those that are older ones, with what kept their sources from being reached
    tonight.
    """
    return tuple(
        Older(
            raw.name,
            datetime.fromisoformat(raw.stale.since).astimezone(zone),
            raw.stale.address,
            _stale_cause(raw, words),
        )
        for raw in raws
        if raw.stale
    )


def stale_exports(exports: "pd.DataFrame") -> tuple[Older, ...]:
    """Of the table exports those that were read from an older copy, once each file."""
    stale = exports[exports["stale_since"].notna()].drop_duplicates("export_name")
    pairs = zip(stale["export_name"], stale["stale_since"], strict=True)
    return tuple(Older(name, since.to_pydatetime()) for name, since in pairs)


def _stale_cause(raw: Raw, words: Words) -> str:
    assert raw.stale is not None
    return (
        words.say(f"sources.cause.{raw.stale.cause}", **raw.stale.params) if raw.stale.cause else ""
    )
