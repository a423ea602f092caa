"""Codes that can be names of files on every disk, and what makes two of them the same."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks import codes


@pytest.mark.parametrize(
    "code",
    [
        "a",
        "DINKES",
        "BAG-PBJ",
        "35.73.01",
        "satpol_pp",
        "1",
        "x" * 64,
        "console",
        "com10",
        "lpt",
    ],
)
def test_an_ordinary_code_is_safe(code: str) -> None:
    assert codes.is_safe_code(code)


@pytest.mark.parametrize(
    "code",
    [
        "",
        ".",
        "..",
        "../x",
        "a/b",
        "a\\b",
        "a b",
        " a",
        "a ",
        "-a",
        "_a",
        ".a",
        "a.",
        "é",
        "a:b",
        "a*",
        "a\n",
        "x" * 65,
        "con",
        "CON",
        "nul.txt",
        "COM1",
        "lpt9",
        "aux.",
        "Prn",
        "a\0",
        "١",
    ],
)
def test_a_code_that_some_disk_refuses_is_not_safe(code: str) -> None:
    assert not codes.is_safe_code(code)


@given(st.text(max_size=12))
def test_a_safe_code_stays_in_its_folder(code: str) -> None:
    allowed = set(string.ascii_letters + string.digits + "._-")
    assert not codes.is_safe_code(code) or (
        set(code) <= allowed and code[0] not in "._-" and not code.endswith(".")
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kesehatan", "KESEHATAN"),
        ("satpol_pp", "Satpol PP"),
        ("a-b", "ab"),
        ("a.b", "A B"),
    ],
)
def test_case_and_punctuation_do_not_tell_two_apart(one: str, other: str) -> None:
    assert codes.fold_text(one) == codes.fold_text(other)


def test_letters_and_digits_do() -> None:
    assert len({codes.fold_text(text) for text in ("a1", "a2", "b1", "é", "e")}) == 5
