"""Sources that could not be reached, as a reader meets them: since when an older copy of the source
is used.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class StaleSource:
    """A source of which an older copy was used, fetched at `since`. `address` and `why` (what kept
    the source from being reached) are "" where a page is not to say them.
    """

    content_tag: ClassVar[str] = "Older"

    source: str
    since: datetime
    address: str = ""
    why: str = ""


def stale_exports(exports: "pd.DataFrame") -> tuple[StaleSource, ...]:
    """The exports that were read from an older copy, each file once; of the table exports."""
    stale = exports.dropna(subset="stale_since").drop_duplicates("export_name")
    pairs = zip(stale["export_name"], stale["stale_since"], strict=True)
    return tuple(StaleSource(name, since.to_pydatetime()) for name, since in pairs)
