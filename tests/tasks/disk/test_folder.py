"""A competition's folder: its rules, the tables and the logo beside them."""

from pathlib import Path

import pytest

from tasks.disk.folder import load_competition, logo_bytes, raw_tables
from tasks.errors import RulesError
from tasks.rules.competition import parse_competition

RULES = """
name = "Lomba"
year = 2022
timezone = "Asia/Jakarta"
categories = [{ code = "kesehatan" }]

[[phases]]
code = "pendaftaran"
kind = "registration"
closes = 2022-03-15T23:59:59
"""


def _told(folder: Path) -> list[tuple[str, str]]:
    with pytest.raises(RulesError) as caught:
        load_competition(folder)
    return [(problem.place, problem.message) for problem in caught.value.problems]


def test_a_folder_is_read_with_or_without_a_byte_order_mark_and_windows_line_ends(
    tmp_path: Path,
) -> None:
    for content in (
        RULES.encode(),
        RULES.encode("utf-8-sig"),
        RULES.replace("\n", "\r\n").encode("utf-8-sig"),
    ):
        (tmp_path / "competition.toml").write_bytes(content)
        assert load_competition(tmp_path) == parse_competition(RULES)


def test_a_folder_without_rules_or_with_rules_in_another_encoding_says_so(tmp_path: Path) -> None:
    assert _told(tmp_path) == [("competition.toml", "competition.absent")]
    for encoding in ("cp1252", "utf-16"):
        (tmp_path / "competition.toml").write_bytes(
            RULES.replace("Lomba", "Lombaé").encode(encoding)
        )
        assert _told(tmp_path) == [("competition.toml", "competition.not_utf8")]


def test_a_logo_that_is_not_in_the_folder_is_told(tmp_path: Path) -> None:
    text = RULES + '\n[publication]\nletterhead = { logo = "logo.svg" }\n'
    (tmp_path / "competition.toml").write_text(text, encoding="utf-8")
    assert _told(tmp_path) == [
        ("competition.toml: publication.letterhead.logo", "competition.logo_absent")
    ]
    (tmp_path / "logo.svg").write_text("<svg/>", encoding="utf-8")
    assert load_competition(tmp_path) == parse_competition(text)


def test_the_tables_of_a_folder_are_those_that_are_there_by_name(tmp_path: Path) -> None:
    (tmp_path / "history").mkdir()
    for name in ("judges.xlsx", "agencies.csv", "history/counts.csv", "notes.csv"):
        (tmp_path / name).write_bytes(name.encode())
    tables = raw_tables(tmp_path)
    assert [(raw.name, raw.load()) for raw in tables] == [
        (name, name.encode()) for name in ("agencies.csv", "history/counts.csv", "judges.xlsx")
    ]


def test_a_logo_outside_the_folder_is_as_good_as_absent(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(b"logo")
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "link.png").symlink_to(tmp_path / "logo.png")
    names = [None, "../logo.png", "link.png", "absent.png"]
    assert [logo_bytes(inner, name) for name in names] == [None] * 4
    assert logo_bytes(tmp_path, "logo.png") == b"logo"
