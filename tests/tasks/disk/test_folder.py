"""A competition's folder: its rules, the tables and the logo beside them."""

from dataclasses import replace
from pathlib import Path

import pytest

from tasks.disk.folder import copy_history, copy_tables, load_competition, logo_bytes, raw_tables
from tasks.disk.raw_copies import RefusedFile
from tasks.disk.storage import DiskStorage, RemoteStorage
from tasks.errors import RulesError
from tasks.rules.competition import parse_competition
from tests.loopback import PATIENT
from tests.tasks.disk.pulling import FIRST, set_time

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


def test_the_rules_the_tables_and_the_logo_are_copied_and_nothing_else_of_the_folder(tmp_path):
    for name in ("competition.toml", "agencies.csv", "judges.xlsx", "catatan.docx", "logo.svg"):
        (tmp_path / name).write_bytes(name.encode())
    assert [
        raw.name for raw in copy_tables(tmp_path, tmp_path / ".kipp", ["logo.svg", "absent.png"])
    ] == [
        "agencies.csv",
        "competition.toml",
        "judges.xlsx",
        "logo.svg",
    ]


def test_of_history_the_counts_and_the_archives_own_history_are_copied(tmp_path):
    for name in (
        "counts.csv",
        "2021/data/published/data/history.csv",
        "2021/data/published/index.html",
    ):
        (tmp_path / "history" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "history" / name).write_bytes(b"year")
    raws, refused = copy_history(DiskStorage(tmp_path / "history"), tmp_path / ".kipp")
    assert ([raw.name for raw in raws], refused) == (
        ["history/2021/data/published/data/history.csv", "history/counts.csv"],
        [],
    )


def test_a_history_that_cannot_be_reached_is_what_it_was(tmp_path, bucket, monkeypatch):
    set_time(monkeypatch, FIRST)
    there = RemoteStorage(f"{bucket}/history", patience=PATIENT)
    there.replace("counts.csv", b"year")
    there.replace("catatan.txt", b"no")
    copy_history(there, tmp_path / ".kipp")
    down = replace(there, options={"s3": {"endpoint_url": "http://127.0.0.1:9"}})
    raws, refused = copy_history(down, tmp_path / ".kipp")
    assert [(raw.name, raw.stale.since) for raw in raws] == [("history/counts.csv", FIRST)]
    assert refused == []
    other = replace(down, url=f"{bucket}/elsewhere")
    assert copy_history(other, tmp_path / ".kipp") == (
        [],
        [RefusedFile("history", "source_connect", {"address": f"{bucket}/elsewhere"})],
    )
