"""kipp check: its exit code, what a program is told, and where nothing is computed again."""

import json
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from flows.night import evaluation
from flows.night.gather import Request
from flows.office.check import check_folder, check_page, look_at_folder
from tests.small.folder import JUDGED


def test_a_check_tells_a_program_what_was_read_as_what(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    check_folder(Request(folder, JUDGED), as_json=True)
    values = json.loads(capsys.readouterr().out)
    exports = [(row["source"], row["delivered"], row["table"]) for row in values["exports"]]
    assert exports == [
        ("submissions/formulir.csv", "4", "submissions"),
        ("scores/proposal/nilai.csv", "3", "marks"),
    ]
    assert (values["as_of"], values["withheld"], values["older"]) == (
        "2022-05-15T23:59:59+07:00",
        False,
        [],
    )
    errors = [row for row in values["findings"] if row["severity"] == "error"]
    assert [(row["rule"], row["source"], row["row"]) for row in errors] == [
        ("late", "submissions/formulir.csv", "5")
    ]


def test_the_exit_code_says_whether_a_run_would_be_published(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check_folder(Request(folder, JUDGED)) == 0
    assert "Temuan: 1 kesalahan, 0 peringatan." in capsys.readouterr().out
    (folder / "agencies.csv").write_text("nama\nDinas Alfa\n", encoding="utf-8")
    assert check_folder(Request(folder, JUDGED), as_json=True) == 3
    shown = json.loads(capsys.readouterr().out)
    assert (shown["withheld"], shown["counts"]["critical"]) == (True, 2)


def test_a_folder_without_exports_says_so(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for export in (folder / "inbox").rglob("*.csv"):
        export.unlink()
    assert check_folder(Request(folder, JUDGED)) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Belum ada ekspor di inbox. Taruh ekspor formulir di inbox/submissions/.",
        "",
        "Temuan: 0 kesalahan, 0 peringatan. Laporan dapat diterbitkan dengan kipp run.",
    ]


def test_an_unchanged_folder_is_not_computed_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = look_at_folder(Request(folder, JUDGED))
    monkeypatch.setattr(
        evaluation, "compute_with_evaluator", lambda *_, **__: pytest.fail("computed again")
    )
    again = look_at_folder(Request(folder, JUDGED))
    assert (again.exports, again.headings, again.findings) == (
        first.exports,
        first.headings,
        first.findings,
    )


def test_the_page_of_a_check_names_the_competition_and_each_export(folder: Path) -> None:
    checked = look_at_folder(Request(folder, JUDGED))
    page = LexborHTMLParser(check_page(checked))
    shown = page.body.text(separator=" ") if page.body else ""
    names = ["Lomba Kecil", "submissions/formulir.csv", "scores/proposal/nilai.csv"]
    assert [name for name in names if name in shown] == names
