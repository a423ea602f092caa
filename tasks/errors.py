"""What a user can cause, by who must act. Each kind has its exit code (interface.md section 6).

A message is an id of the catalogues with its parameters; the sentence is made where it is shown.
"""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class ErrorMessage:
    """One thing that is wrong, and where: `message` is a message id, `place` a file, key or row."""

    message: str
    place: str = ""
    params: dict[str, Any] = field(default_factory=dict)


class UserError(Exception):
    """Something a user can mend. Carries every problem found, not only the first."""

    exit_code = 2

    def __init__(self, *problems: ErrorMessage, language: str | None = None):
        super().__init__("; ".join(f"{p.place}: {p.message} {p.params}" for p in problems))
        self.problems = problems
        self.language = language


class CallError(UserError):
    """The call is wrong: a folder that is not there, a phase that does not exist, a time that
    cannot be.
    """


class RulesError(UserError):
    """competition.toml is wrong; nothing was written."""


class NotPublished(UserError):
    """A critical finding stands: nothing is published, the last published run stays as it is."""

    exit_code = 3


class VerificationFailed(UserError):
    """An archive is not whole, or its exports do not give its reports any more."""

    exit_code = 4


class FolderHeld(UserError):
    """Another run holds the folder and did not end in time."""

    exit_code = 5
