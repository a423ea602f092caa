"""The folder of a small competition (tests/small/folder.py), and PDFs that cost nothing."""

from pathlib import Path

import pytest

from reports.formats import pdf
from tests.small.folder import FILES, write_files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small competition's folder."""
    return write_files(tmp_path / "lomba", FILES)


@pytest.fixture
def quick_pdfs(monkeypatch: pytest.MonkeyPatch) -> None:
    """PDFs are their HTML: what is tested is which are made, and not how."""
    monkeypatch.setattr(
        pdf,
        "render_pdfs",
        lambda orders, workers=None, progress=None: [o.html.encode() for o in orders],
    )
