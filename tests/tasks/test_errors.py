"""Each kind of error has its exit code and holds everything that is wrong."""

import pytest

from tasks import errors
from tasks.errors import ErrorMessage


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (errors.CallError, 2),
        (errors.RulesError, 2),
        (errors.NotPublished, 3),
        (errors.VerificationFailed, 4),
        (errors.FolderHeld, 5),
    ],
)
def test_each_kind_has_the_exit_code_of_the_interface(kind, code):
    assert kind().exit_code == code
    assert issubclass(kind, errors.UserError)


def test_an_error_holds_all_problems_and_the_language_of_its_sentences():
    first = ErrorMessage("competition.blank", "competition.toml:3: name")
    second = ErrorMessage("competition.too_small", "year", {"least": 1000})
    error = errors.RulesError(first, second, language="en")
    assert (error.problems, error.language) == ((first, second), "en")
    assert str(error) == (
        "competition.toml:3: name: competition.blank {}; "
        "year: competition.too_small {'least': 1000}"
    )
