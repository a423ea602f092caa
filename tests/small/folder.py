"""The folder of a small competition on disk: its files as texts, and the writing and copying of
them.
"""

import shutil
from collections.abc import Mapping
from pathlib import Path

AGENCIES = """\
code,name,short_name,type,parent_code,aliases,obliged,valid_from,valid_to
DINKES,Dinas Kesehatan,Dinkes,dinas,,,,,
DISDIK,Dinas Pendidikan,Disdik,dinas,,,,,
BAPPEDA,Badan Perencanaan,Bappeda,badan,,,,,
PKM-A,Puskesmas Arjuno,,puskesmas,DINKES,,,,
PUSTU,Pustu Utara,,pustu,PKM-A,,,,
"""
FORM = "inbox/submissions/a.csv"
ON_PAPER = Path(__file__).parents[1] / "cases" / "competition-small"  # worked out on paper
NOT_COPIED = shutil.ignore_patterns("expected", "README.md")


def write_files(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """The folder, with these files written into it by their paths in it."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return folder


def copy_folder(folder: Path, target: Path) -> Path:
    """A copy of a competition's folder, with what is published and the copies of its exports."""
    shutil.copytree(folder, target, symlinks=True, ignore=NOT_COPIED)
    return target
