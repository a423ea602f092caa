"""The folder of a small competition on disk: its files as texts, and the writing and copying of
them.
"""

import shutil
from collections.abc import Mapping
from pathlib import Path

from tests.small.rules import HEAD, JUDGING, NOMINATION, REGISTRATION, rules_text

AGENCIES = """\
code,name,short_name,type,parent_code,aliases,obliged,valid_from,valid_to
DINKES,Dinas Kesehatan,Dinkes,dinas,,,,,
DISDIK,Dinas Pendidikan,Disdik,dinas,,,,,
BAPPEDA,Badan Perencanaan,Bappeda,badan,,,,,
PKM-A,Puskesmas Arjuno,,puskesmas,DINKES,,,,
PUSTU,Pustu Utara,,pustu,PKM-A,,,,
"""
FORM = "inbox/submissions/a.csv"
MARKS = "inbox/scores/proposal/nilai.csv"
RULES = rules_text(
    REGISTRATION,
    JUDGING + "advance = { per_list = 1 }\n",
    NOMINATION,
    '[obligation]\ntypes = ["dinas"]\n',
    head=HEAD.replace("Uji", "Lomba Kecil") + 'language = "id"\n',
)
FILES = {  # of a competition with three agencies, four submissions and three sheets
    "competition.toml": RULES,
    "agencies.csv": """\
code,name,short_name,type,parent_code,aliases
A1,Dinas Alfa,,dinas,,
A2,Dinas Beta,,dinas,,
A3,Badan Gama,,badan,,
""",
    "inbox/submissions/formulir.csv": """\
Timestamp,Judul inovasi,Perangkat daerah,Kategori
01/03/2022 09:00:00,Lentera,Dinas Alfa,Satu
02/03/2022 09:00:00,Gerobak Baca,Dinas Alfa,Dua
03/03/2022 09:00:00,Sungai Bersih,Badan Gama,Satu
20/03/2022 09:00:00,Terlambat,Badan Gama,Dua
""",
    MARKS: """\
judge,submission,x,y
Juri 1,Lentera,80,90
Juri 1,Gerobak Baca,70,70
Juri 1,Sungai Bersih,85,75
""",
}
JUDGED = "2022-05-15"  # when the phases of FILES are over
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
