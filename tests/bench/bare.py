"""The bare script that a first night is held against: imports Great Expectations, prints HTML files
in all cores.
"""

import multiprocessing
import os
import sys
from pathlib import Path

import great_expectations  # noqa: F401  # what a script that validates would import


def print_one(path: Path) -> int:
    """Prints one file beside itself."""
    from weasyprint import HTML

    return HTML(filename=str(path)).write_pdf(path.with_suffix(".pdf")) or 0


if __name__ == "__main__":
    pages = sorted(Path(sys.argv[1]).rglob("*.html"))
    with multiprocessing.Pool(os.cpu_count()) as pool:
        for _ in pool.imap_unordered(print_one, pages, chunksize=1):
            pass
