"""A small inbox on the disk."""

from pathlib import Path

import pytest


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Four exports in their places."""
    folder = tmp_path / "inbox"
    for name, content in {
        "submissions/formulir.csv": b"a,b",
        "submissions/cabang/formulir.xlsx": b"PK",
        "scores/proposal/Juri 1.csv": b"1",
        "screening/administrasi/hasil.csv": b"ya",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder
