"""What the command-line library says, in our words; what has none is said as it is."""

import pytest
from typer.exceptions import TyperException

from flows.terminal import usage
from tasks.words import Words

ID = Words("id")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Missing argument 'DIR'.", "DIR belum disebutkan."),
        ("Missing option '--as-of'. Choose from:\n\ta", "--as-of belum disebutkan."),
        (
            "No such command 'chk'. Did you mean 'check', 'run'?",
            "tidak ada perintah “chk”; mungkin maksudnya “check, run”.",
        ),
        ('No such command "a\'b".', "tidak ada perintah “a'b”."),
        ("Got unexpected extra argument(s) (it's one)", "terlalu banyak argumen: it's one."),
        (
            "Invalid value for 'DIR': Path 'x' is not readable.",
            "nilai untuk DIR tidak dapat dipakai.",
        ),
    ],
)
def test_a_complaint_of_the_library_is_said_in_the_words_of_the_call(said: str, told: str) -> None:
    assert usage.complaint(TyperException(said), ID) == told


def test_a_complaint_without_words_of_ours_is_said_as_the_library_says_it() -> None:
    assert usage.complaint(TyperException("Something new."), ID) == "Something new."
