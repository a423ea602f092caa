"""The rows of a delimited text, by Python's own reader: for samples of a file, for lines that were
saved again, for small files. delimited.py reads a whole file with pandas.
"""

import csv
from collections.abc import Iterable, Iterator

from tasks.intake.files.unreadable import LARGEST_FILE


def csv_rows(lines: Iterable[str], separator: str, strict: bool = False) -> Iterator[list[str]]:
    """The rows of lines with their ends (of an io.StringIO with newline="").

    Raises csv.Error where `strict` and a quotation mark stands where none can.
    """
    # Python refuses a cell of 131,072 characters, and knows one limit for the whole program. No
    # other place sets the limit; ours is MOST_CELL_CHARACTERS, which the finding names.
    csv.field_size_limit(LARGEST_FILE)
    return csv.reader(lines, delimiter=separator, strict=strict)
