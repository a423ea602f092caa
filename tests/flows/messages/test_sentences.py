"""Sentences of the command: their language, their lines, and terminals with few letters."""

import errno
from pathlib import Path

import pytest

from flows.messages import sentences
from tasks.errors import CallError, ErrorMessage
from tasks.words import Words


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({}, "id"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "id_ID.UTF-8"}, "id"),
        ({"LC_ALL": "", "LC_MESSAGES": "en_US", "LANG": "id_ID"}, "en"),
    ],
)
def test_the_machines_language_is_that_of_the_first_variable_that_is_set(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], language: str
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert sentences.machine_words().language == language


def test_a_call_speaks_the_language_of_its_competition_though_its_rules_are_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "id_ID.UTF-8")
    (tmp_path / "competition.toml").write_text('name = \n  language = "en"\n', encoding="utf-8")
    assert sentences.call_words(["check", "--json", str(tmp_path)]).language == "en"
    assert sentences.call_words(["check", str(tmp_path / "lain")]).language == "id"


def test_each_problem_is_a_line_with_its_place_in_the_errors_own_language() -> None:
    inbox = ErrorMessage("flows.check.no_exports", "lomba/inbox")
    counts = ErrorMessage("flows.check.done", params={"error": 2, "warning": 0})
    text = sentences.error_sentences(CallError(inbox, counts, language="en"), Words("id"))
    assert text.splitlines() == [
        (
            "lomba/inbox: There is no export in the inbox yet. Put the exports of the form into "
            "inbox/submissions/."
        ),
        "Findings: 2 errors, 0 warnings. Reports can be published with kipp run.",
    ]


def test_a_disk_error_names_its_file_and_its_cause() -> None:
    error = OSError(errno.ENOSPC, "No space left on device", "/lomba/data.csv")
    sentence = sentences.disk_sentence(error, Words("en"))
    assert sentence.startswith("/lomba/data.csv: ")
    assert "(No space left on device)" in sentence


@pytest.mark.parametrize(("columns", "width"), [("20", 40), ("80", 80), ("300", 110)])
def test_lines_are_as_wide_as_the_terminal_within_what_can_be_read(
    monkeypatch: pytest.MonkeyPatch, columns: str, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert sentences.terminal_width() == width


def test_a_path_that_is_longer_than_a_line_stays_whole() -> None:
    assert sentences.wrap_text("lihat inbox/scores/panel-a.csv di sana", 16, "  ") == [
        "  lihat",
        "    inbox/scores/panel-a.csv",
        "    di sana",
    ]


def test_a_terminal_without_typographic_letters_gets_plain_ones() -> None:
    assert sentences.encodable_text("“Ayo” → 3 × é…", "ascii") == '"Ayo" -> 3 x ?...'
    assert sentences.encodable_text("“Ayo” → é", "utf-8") == "“Ayo” → é"
