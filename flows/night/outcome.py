"""What a night came to, and how those who wait hear of its progress.

Steps of the night do not stand here: night.py calls them, and publish.py makes the outcome.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

ProgressCallback = Callable[[str, int, int], None]  # a step's name, how much is done, of how much


def show_no_progress(step: str, done: int, total: int) -> None:
    """No progress is shown."""


@dataclass(frozen=True)
class NightOutcome:
    """What a night came to.

    `documents`: how many documents the run has; `made`: how many of them were made anew.
    `counts`: rows, innovations and findings, as the manifest has them.
    """

    state: Literal["published", "unchanged"]
    run: str
    address: str
    documents: int = 0
    made: int = 0
    counts: dict[str, int] = field(default_factory=dict)
