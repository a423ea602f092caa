"""Why a file cannot be read as tables: a code that the catalogues have sentences for
(rule.unreadable_file.<reason>)."""

from typing import Any


class UnreadableFile(Exception):
    """This file gives no table. `reason` is the variant of unreadable_file, `params` what its
    sentence shows.
    """

    def __init__(self, reason: str, **params: Any):
        super().__init__(reason)
        self.reason = reason
        self.params = params


LARGEST_FILE = 200_000_000  # bytes of a file; a year of the busiest region is a hundredth of it
MOST_CELLS = 24_000_000  # cells of a sheet, blank ones too
MOST_COLUMNS = (
    3_000  # of a sheet that have something in them; the widest survey exports have some hundreds
)
MOST_ROWS = (
    300_000  # of a sheet that have something in them; a hundred times a region's busiest year
)
MOST_CELL_CHARACTERS = 500_000  # characters of a cell; Excel holds 32,767, Google 50,000
