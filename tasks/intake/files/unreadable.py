"""That a file gives no table, and how large files and sheets may be."""

from typing import Any

LARGEST_FILE = 200_000_000  # bytes of a file; a year of the busiest region is a hundredth of it
MOST_CELLS = 24_000_000  # cells of a sheet, blank ones too
# Columns with something in them; the widest survey exports have some hundreds.
MOST_COLUMNS = 3_000
# Rows with something in them; a hundred times the busiest year of a region.
MOST_ROWS = 300_000


class UnreadableFile(Exception):
    """This file gives no table.

    `reason` is the variant of the rule unreadable_file; the catalogues have a sentence for each
    (rule.unreadable_file.<reason>). `params` are shown in the sentence.
    """

    def __init__(self, reason: str, **params: Any):
        super().__init__(reason)
        self.reason = reason
        self.params = params
