"""Words: each id has a text in both languages with the same parameters; numbers and dates as each
language writes.
"""

import string
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from importlib.resources import files

import pytest
from babel.messages.pofile import read_po

from tasks.findings.catalogue import RULES
from tasks.schema import SUBMISSION_FIELDS
from tasks.words import LANGUAGES, Words


def _texts(language: str) -> dict[str, str]:
    folder = files("templates") / "locale" / language
    found: dict[str, str] = {}
    for source in folder.iterdir():
        if source.name.endswith(".po"):
            with source.open("rb") as file:
                texts = {str(m.id): str(m.string) for m in read_po(file) if m.id}
            assert found.keys() & texts.keys() == set(), f"said twice: {source.name}"
            found |= texts
    return found


def _params(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_say_the_same_ids() -> None:
    assert _texts("id").keys() == _texts("en").keys()


def test_no_text_is_empty() -> None:
    assert [
        m for language in LANGUAGES for m, text in _texts(language).items() if not text.strip()
    ] == []


def test_both_languages_use_the_same_parameters() -> None:
    indonesian, english = _texts("id"), _texts("en")
    odd = {
        message: (sorted(_params(indonesian[message])), sorted(_params(english[message])))
        for message in indonesian
        if _params(indonesian[message]) != _params(english[message])
        and not message.startswith(
            "letter.to."
        )  # Indonesian addresses the head of a body by its kind and the rest of its name
    }
    assert odd == {}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_a_name_a_message_and_a_remedy(rule: str, language: str) -> None:
    words = Words(language)
    known = {part for part in ("name", "message", "remedy") if words.has(f"rule.{rule}.{part}")}
    by_case = {
        m.rsplit(".", 1)[1]
        for m in _texts(language)
        if m.startswith(f"rule.{rule}.") and m.count(".") == 3
    }
    assert known | by_case == {"name", "message", "remedy"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_has_a_name(language: str) -> None:
    assert [field for field in SUBMISSION_FIELDS if not Words(language).has(f"field.{field}")] == []


def test_an_id_without_a_text_is_an_error() -> None:
    with pytest.raises(KeyError):
        Words("id").say("no.such.message")


WIB = timezone(timedelta(hours=7))


@pytest.mark.parametrize(
    ("said", "indonesian", "english"),
    [
        (lambda w: w.integer(1234567), "1.234.567", "1,234,567"),
        (lambda w: w.decimal(Decimal("87.5")), "87,50", "87.50"),
        (lambda w: w.decimal("1234.5", 1), "1.234,5", "1,234.5"),
        (lambda w: w.decimal("87.5", 0), "88", "88"),
        (lambda w: w.percent(0.876), "87,6%", "87.6%"),
        (lambda w: w.date(date(2022, 8, 17)), "17 Agustus 2022", "17 August 2022"),
        (
            lambda w: w.weekday(date(2022, 1, 26)),
            "Rabu, 26 Januari 2022",
            "Wednesday, 26 January 2022",
        ),
        (
            lambda w: w.time(datetime(2022, 1, 26, 13, 45, tzinfo=WIB)),
            "26 Januari 2022 pukul 13.45 WIB",
            "26 January 2022, 13:45 WIB",
        ),
        (lambda w: w.name({"id": "Kesehatan", "en": "Health"}), "Kesehatan", "Health"),
        (lambda w: w.name("Kesehatan"), "Kesehatan", "Kesehatan"),
        (lambda w: w.name({"id": "Kesehatan"}), "Kesehatan", "Kesehatan"),
    ],
)
def test_numbers_dates_and_names_are_as_each_language_writes_them(
    said, indonesian: str, english: str
) -> None:
    assert (said(Words("id")), said(Words("en"))) == (indonesian, english)
