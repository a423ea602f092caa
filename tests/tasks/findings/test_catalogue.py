"""The catalogue of rules: each sentence has the parameters that its rule declares, and no more."""

import string
from importlib.resources import files

import pytest
from babel.messages.pofile import read_po

from tasks.findings.catalogue import RULES
from tasks.findings.wording import DERIVED_PARAMS
from tasks.words import LANGUAGES, Words

SENTENCES = [(code, case) for code, rule in RULES.items() for case in ("", *rule.cases)]


def _messages(language: str) -> set[str]:
    """The ids of all catalogues of words together."""
    ids: set[str] = set()
    for file in (files("templates") / "locale" / language).iterdir():
        with file.open("rb") as source:
            ids |= {str(message.id) for message in read_po(source)}
    return ids


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("code", "case"), SENTENCES)
def test_a_sentence_has_the_parameters_that_its_rule_declares(
    code: str, case: str, language: str
) -> None:
    words = Words(language)
    message = ".".join(filter(None, ("rule", code, case)))
    sentence = words.say(f"{message}.message") + words.say(f"{message}.remedy")

    needed = {DERIVED_PARAMS.get(name, name) for name in _placeholders(sentence)}

    assert needed == set(RULES[code].sentence_params(case))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_case_that_has_a_sentence_is_declared(language: str) -> None:
    sentences = {
        message.removeprefix("rule.").rpartition(".")[0]
        for message in _messages(language)
        if message.startswith("rule.") and message.endswith((".message", ".remedy"))
    }

    assert sentences == {".".join(filter(None, sentence)) for sentence in SENTENCES}


def test_a_case_that_a_rule_does_not_have_has_no_parameters() -> None:
    with pytest.raises(KeyError):
        RULES["late"].sentence_params("no_such_case")
