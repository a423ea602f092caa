"""Errors that a user can cause and mend, each kind with its exit code (interface.md section 6).

A message is an id of the catalogues with its parameters; the sentence is made where it is shown.
What is wrong with delivered rows is a finding and no error: tasks/findings.
"""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class ErrorMessage:
    """What is wrong, and where: `message` is a message id, `place` a file, key or row."""

    message: str
    place: str = ""
    params: dict[str, Any] = field(default_factory=dict)


class UserError(Exception):
    """An error that a user can mend. `problems` has everything that is wrong, not only the first.
    `language`: of the sentences, where it is known.
    """

    exit_code = 2

    def __init__(self, *problems: ErrorMessage, language: str | None = None):
        texts = [f"{problem.place}: {problem.message} {problem.params}" for problem in problems]
        super().__init__("; ".join(texts))
        self.problems = problems
        self.language = language


class CallError(UserError):
    """The call is wrong: a folder, a phase or a time that does not exist."""


class RulesError(UserError):
    """competition.toml is wrong; nothing was written."""


class NotPublished(UserError):
    """Nothing is published, for a critical finding; the last published run stays as it is."""

    exit_code = 3


class VerificationFailed(UserError):
    """An archive is damaged, or its exports do not give its reports any more."""

    exit_code = 4


class FolderHeld(UserError):
    """Another run holds the folder and did not end in time."""

    exit_code = 5
