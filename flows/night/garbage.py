"""How often Python's garbage collector looks for cycles. Changes the process; nothing that is
computed depends on it.

Importing pandas and Great Expectations and building a check makes millions of objects that stay and
hardly a cycle, so that Python's own thresholds (700, 10, 10) walk them over and over: an eighth of
a check's processor time. What is no cycle is freed at once as ever; peak memory with 100,000
submissions is the same (docs/benchmarks.md).
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

THRESHOLDS = (50_000, 20, 50)


def raise_thresholds() -> None:
    """From now on, for a process that is this command's own."""
    gc.set_threshold(*THRESHOLDS)


@contextmanager
def raised_thresholds() -> Iterator[None]:
    """For a while, in a process that may be another's: its own thresholds hold again afterwards,
    whatever happens.
    """
    before = gc.get_threshold()
    raise_thresholds()
    try:
        yield
    finally:
        gc.set_threshold(*before)
