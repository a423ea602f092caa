"""What makes documents, whatever they say."""

from pathlib import Path

from reports.formats import fingerprint

ROOT = Path(__file__).parents[3]


def test_words_modules_and_templates_are_in_the_fingerprint():
    places = [place for place, _ in fingerprint._source_files()]
    modules = {path.relative_to(ROOT / "reports").as_posix() for path in _files("reports", "*.py")}
    templates = {path.relative_to(ROOT / "templates").as_posix() for path in _files("templates")}
    assert places[0] == "words.py"
    assert set(places[1:]) == modules | templates


def _files(folder: str, *patterns: str) -> list[Path]:
    wanted = patterns or ("*.html", "*.css", "*.js", "*.po")
    return [path for pattern in wanted for path in (ROOT / folder).rglob(pattern)]


def test_another_library_s_version_gives_another_fingerprint(monkeypatch):
    before = fingerprint.documents_fingerprint()
    monkeypatch.setattr(fingerprint.metadata, "version", lambda library: "0")
    assert fingerprint.documents_fingerprint.__wrapped__() != before
    monkeypatch.undo()
    assert fingerprint.documents_fingerprint.__wrapped__() == before
