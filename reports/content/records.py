"""The rows of a frame, one by one, for a page that prints each of them."""

from collections.abc import Iterator
from typing import Any

import pandas as pd


def records(frame: pd.DataFrame) -> Iterator[Any]:
    """The rows in order, cells by column name (`row.title`); a missing cell of any kind is None."""
    cells = frame.astype("object").where(frame.notna(), None)
    return cells.itertuples(index=False)
