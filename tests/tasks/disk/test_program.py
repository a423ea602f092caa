"""The key of the program: its files, and the versions of the libraries that it works with."""

from importlib.metadata import version
from pathlib import Path

from tasks.disk import program


def test_python_and_each_library_have_a_version():
    versions = program.program_versions()
    assert list(versions) == ["python", *program.LIBRARIES]
    assert versions["pandas"] == version("pandas")
    assert [name for name, text in versions.items() if text == ""] == []


def test_a_library_that_is_not_there_has_no_version():
    assert program._library_version("no-such-library-of-anyone") == ""


def test_what_the_machine_or_an_editor_left_behind_is_no_file_of_the_program():
    files = {path.relative_to(program._HOME).as_posix() for path in program._program_files()}
    assert {"tasks/disk/program.py", "templates/locale/id/flows.po"} <= files
    assert [name for name in files if "__pycache__" in name or "/." in name] == []
    assert {name.partition("/")[0] for name in files} == set(program.PACKAGES)


def _program(home: Path, text: str) -> None:
    (home / "tasks" / "__pycache__").mkdir(parents=True, exist_ok=True)
    (home / "tasks" / "a.py").write_text(text, encoding="utf-8")
    (home / "tasks" / "__pycache__" / "a.pyc").write_text(text * 2, encoding="utf-8")


def test_the_fingerprint_follows_the_files_content_and_nothing_else(tmp_path, monkeypatch):
    fingerprints = []
    for home, text in (("one", "a = 1\n"), ("two", "a = 1\n"), ("two", "a = 2\n")):
        _program(tmp_path / home, text)
        monkeypatch.setattr(program, "_HOME", tmp_path / home)
        fingerprints.append(program.program_fingerprint.__wrapped__())
    assert fingerprints[0] == fingerprints[1]
    assert fingerprints[0] != fingerprints[2]
    assert len(fingerprints[0]) == 64


def test_another_version_of_a_library_is_another_program(monkeypatch):
    before = program.program_fingerprint()
    monkeypatch.setattr(program, "program_versions", lambda: {"pandas": "0"})
    assert program.program_fingerprint.__wrapped__() != before
