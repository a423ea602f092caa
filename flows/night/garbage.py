"""How often Python's garbage collector looks for cycles. Nothing that is computed depends on it.

To import pandas and Great Expectations and to build a check makes millions of objects that stay,
and hardly a cycle. With Python's own thresholds (700, 10, 10) the collector walks these objects
over and over: an eighth of a check's processor time. Objects outside cycles are freed at once as
ever; peak memory with 100,000 submissions is the same (docs/benchmarks.md).
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

THRESHOLDS = (50_000, 20, 50)


def raise_thresholds() -> None:
    """Raises the thresholds for good, in a process that is this command's own."""
    gc.set_threshold(*THRESHOLDS)


@contextmanager
def raised_thresholds() -> Iterator[None]:
    """Raises the thresholds while inside, in a process that may be another program's."""
    before = gc.get_threshold()
    raise_thresholds()
    try:
        yield
    finally:
        gc.set_threshold(*before)
