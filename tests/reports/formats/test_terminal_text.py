"""Text for a terminal: nothing that a form's text holds can steer it."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.formats import terminal_text
from tasks.words import Words


@dataclass(frozen=True)
class Told:
    title: str
    parts: tuple[str, ...]
    number: int = 3


@pytest.mark.parametrize(
    "hostile",
    [
        "\x1b[2J",
        "\x1b]0;title\x07",
        "\x9b31m",
        "\r",
        "\x08",
        "\x00",
        "\u202e",
        "\u2066",
        "\u200f",
        "\ufeff",
        "\u2028",
        "\x7f",
    ],
)
def test_what_steers_a_terminal_is_a_sign(hostile: str) -> None:
    shown = terminal_text.harmless_text(f"a{hostile}b")
    assert shown.startswith("a\ufffd")
    assert not any(c in shown for c in hostile if not c.isprintable())


def test_content_is_made_harmless_and_put_on_one_line_at_any_depth() -> None:
    assert terminal_text.tidy_content((Told("a\nb\x1b[1m", ("c\td",)), None, 2)) == (
        Told("a b\ufffd[1m", ("c d",)),
        None,
        2,
    )


def test_other_values_stay_as_they_are() -> None:
    assert terminal_text.harmless_text(5) == 5


@given(st.text())
def test_whatever_stands_in_a_text_every_letter_that_is_shown_is_printable(text: str) -> None:
    assert all(c.isprintable() for c in terminal_text.tidy_content(text))


@pytest.mark.parametrize(("language", "shown"), [("id", "8123,50"), ("en", "8123.50")])
def test_numbers_have_their_decimals_and_no_thousands(language: str, shown: str) -> None:
    assert terminal_text.calculator_number(Words(language), "8123.50") == shown


def test_times_and_days_are_written_as_the_language_does() -> None:
    words = Words("id")
    moment = datetime(2022, 2, 3, 9, 5, tzinfo=ZoneInfo("Asia/Jakarta"))
    assert [
        terminal_text.value_text(words, value) for value in ("teks", date(2022, 2, 3), moment)
    ] == [
        "teks",
        "3 Februari 2022",
        "3 Februari 2022 pukul 09.05 WIB",
    ]


def test_a_code_has_its_name_from_the_catalogues_or_stands_for_itself() -> None:
    words = Words("en")
    assert terminal_text.code_name(words, "outcome", "accepted") == words.say("outcome.accepted")
    assert terminal_text.code_name(words, "rule", "no_such_rule", ".name") == "no_such_rule"


@pytest.mark.parametrize(
    ("text", "shown"), [("abc", "abc  "), ("abcdefg", "abcd…"), ("abcde", "abcde")]
)
def test_a_text_fits_its_column(text: str, shown: str) -> None:
    assert terminal_text.pad_cell(text, 5) == shown


def test_a_long_text_is_told_by_its_beginning() -> None:
    assert terminal_text.shorten_text("satu dua tiga empat", 12) == "satu dua …"


def test_a_text_is_filled_into_lines() -> None:
    assert terminal_text.wrap_indented("kata " * 30, 100, 2, 2).split("\n") == [
        "  " + "kata " * 18 + "kata",
        "    " + "kata " * 10 + "kata",
    ]


def test_a_line_is_folded_under_its_own_beginning_and_a_long_number_is_whole() -> None:
    line = "    " + "kata " * 5 + "1234567890123456789012345"
    assert terminal_text._fold_line(line, 20).split("\n") == [
        "    kata kata kata",
        "      kata kata",
        "      1234567890123456789012345",
    ]
    assert terminal_text._fold_line("    kata", 20) == "    kata"
