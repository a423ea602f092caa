"""How a step of the night is run: plainly, or by an orchestrator (flows.prefect.nightly)."""

from collections.abc import Callable
from typing import ParamSpec, Protocol, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Step(Protocol):
    """Gives a function as a step of this name: with the same parameters and the same result."""

    def __call__(self, name: str, function: Callable[P, T], /) -> Callable[P, T]: ...


def plain_step(name: str, function: Callable[P, T]) -> Callable[P, T]:
    """The function as it is, without an orchestrator."""
    return function
