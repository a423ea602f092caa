"""Where keys come from: the environment, or a Prefect block that it names."""

import json

import pytest
from prefect.blocks.system import Secret

from flows.messages import sentences
from flows.prefect import credentials
from tasks.errors import CallError
from tasks.words import Words


@pytest.fixture(autouse=True)
def fresh():
    credentials._block_options.cache_clear()
    yield
    credentials._block_options.cache_clear()


def _block(monkeypatch: pytest.MonkeyPatch, held: object) -> None:
    monkeypatch.setenv("KIPP_STORAGE_BLOCK", "kipp-storage")
    monkeypatch.setattr(
        Secret, "load", classmethod(lambda cls, name: {"kipp-storage": Secret(value=held)}[name])
    )


def _refusal_sentence(monkeypatch: pytest.MonkeyPatch) -> str:
    with pytest.raises(CallError) as failure:
        credentials.storage_options()
    return sentences.error_sentences(failure.value, Words("en"))


def test_without_a_block_the_libraries_look_into_the_environment_themselves(monkeypatch):
    monkeypatch.delenv("KIPP_STORAGE_BLOCK", raising=False)
    monkeypatch.setattr(Secret, "load", classmethod(lambda cls, name: pytest.fail("it was asked")))
    assert credentials.storage_options() == {}


@pytest.mark.parametrize("form", [json.dumps, dict])
def test_the_block_that_is_named_holds_options_by_protocol(monkeypatch, form):
    held = {
        "s3": {"key": "k", "secret": "s"},
        "https": {"kf.kobotoolbox.org": {"Authorization": "Token t"}},
    }
    _block(monkeypatch, form(held))
    assert credentials.storage_options() == held


@pytest.mark.parametrize("held", ["rahasia", "[]", '{"s3": "rahasia"}'])
def test_a_block_that_holds_something_else_is_told_without_what_it_holds(monkeypatch, held):
    _block(monkeypatch, held)
    sentence = _refusal_sentence(monkeypatch)
    assert sentence.startswith(
        "KIPP_STORAGE_BLOCK: What the Prefect block kipp-storage holds is no JSON"
    )
    assert "rahasia" not in sentence


def test_a_block_that_is_not_there_is_told(monkeypatch):
    _block(monkeypatch, "{}")
    monkeypatch.setenv("KIPP_STORAGE_BLOCK", "kip-storage")
    assert _refusal_sentence(monkeypatch).startswith(
        "KIPP_STORAGE_BLOCK: The Prefect block kip-storage"
    )
