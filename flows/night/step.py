"""How a step of the night is run: plainly, or by an orchestrator (nightly.shown). Computes; touches
nothing.
"""

from collections.abc import Callable
from typing import Any

Step = Callable[[str, Callable[..., Any]], Callable[..., Any]]


def plain_step(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """The step as it is, without an orchestrator."""
    return function
