"""What is wrong with a call, in our words by the class and fields of the library's exceptions; what
has no words is said as the library says it.
"""

import pytest
from typer._click.exceptions import BadParameter, MissingParameter, UsageError
from typer.exceptions import TyperException

from flows.terminal import usage
from flows.terminal.command import make_command
from tasks.words import Words

ID = Words("id")
GROUP = make_command(ID)
DIR, AS_OF = (
    next(parameter for parameter in GROUP.commands["run"].params if parameter.name == name)
    for name in ("folder", "as_of")
)


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (MissingParameter(param=DIR), "DIR belum disebutkan."),
        (
            MissingParameter("Choose from:\n\ta", param=AS_OF, param_type="option"),
            "--as-of belum disebutkan.",
        ),
        (
            usage.UnknownCommand("chk", ["check", "run"], None),
            "tidak ada perintah “chk”; mungkin maksudnya “check, run”.",
        ),
        (usage.UnknownCommand("a'b", [], None), "tidak ada perintah “a'b”."),
        (usage.ExtraArguments(["it's", "one"], None), "terlalu banyak argumen: it's one."),
        (
            BadParameter("Path 'x' is not readable.", param=DIR),
            "nilai untuk DIR tidak dapat dipakai.",
        ),
    ],
)
def test_a_complaint_of_the_library_is_said_in_the_words_of_the_call(
    error: TyperException, sentence: str
) -> None:
    assert usage.complaint(error, ID) == sentence


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--"], "perintah belum disebutkan."),
        (["run", "x", "-z"], "tidak ada opsi -z."),
        (["--help=3"], "opsi --help tidak diikuti nilai."),
        (["sheets", "x", "y", "-o"], "opsi -o harus diikuti nilainya."),
        (["serve", "x", "--port", "3.5"], "nilai untuk --port harus bilangan bulat."),
        (
            ["report", "x", "y", "--audience", "in\x1bt"],
            "“in\\x1bt” bukan nilai untuk --audience; pilih salah satu: internal, public.",
        ),
        (["check", "x", "y\x1b"], "terlalu banyak argumen: y\\x1b."),
    ],
)
def test_a_wrong_call_of_the_command_raises_what_has_words(
    arguments: list[str], sentence: str
) -> None:
    with pytest.raises(TyperException) as caught:
        GROUP.main(args=arguments, prog_name="kipp", standalone_mode=False)
    assert usage.complaint(caught.value, ID) == sentence


@pytest.mark.parametrize("kind", [TyperException, UsageError])
def test_a_complaint_without_words_of_ours_is_said_as_the_library_says_it(
    kind: type[TyperException],
) -> None:
    assert usage.complaint(kind("Something new."), ID) == "Something new."
