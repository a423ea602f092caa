"""A small competition by hand: two categories, three agencies, four submissions, one judging phase,
one nomination.
"""

from pathlib import Path

import pytest

from reports.formats import pdf

RULES = """\
name = "Lomba Kecil"
year = 2022
timezone = "Asia/Jakarta"
language = "id"
[obligation]
types = ["dinas"]
[submission]
required = ["title", "agency", "category"]
[[categories]]
code = "satu"
name = "Satu"
[[categories]]
code = "dua"
name = "Dua"
[[phases]]
code = "daftar"
kind = "registration"
opens = 2022-02-01T00:00:00
closes = 2022-03-15T23:59:59
[[phases]]
code = "nilai"
kind = "judging"
closes = 2022-04-10T23:59:59
scale = [0, 100]
criteria = [{ code = "mutu", weight = 60 }, { code = "guna", weight = 40 }]
advance = { per_list = 1 }
[[phases]]
code = "nominasi"
kind = "nomination"
closes = 2022-04-30T23:59:59
levels = [{ code = "provinsi", quota = 1 }]
"""
FILES = {
    "competition.toml": RULES,
    "agencies.csv": "code,name,short_name,type,parent_code,aliases\n"
    "A1,Dinas Alfa,,dinas,,\nA2,Dinas Beta,,dinas,,\nA3,Badan Gama,,badan,,\n",
    "inbox/submissions/formulir.csv": "Timestamp,Judul inovasi,Perangkat daerah,Kategori\n"
    "01/03/2022 09:00:00,Lentera,Dinas Alfa,Satu\n02/03/2022 09:00:00,Gerobak Baca,Dinas Alfa,Dua\n"
    "03/03/2022 09:00:00,Sungai Bersih,Badan Gama,Satu\n20/03/2022 09:00:00,Terlambat,Badan Gama,"
    "Dua\n",
    "inbox/scores/nilai/nilai.csv": "judge,submission,mutu,guna\n"
    "Juri 1,Lentera,80,90\nJuri 1,Gerobak Baca,70,70\nJuri 1,Sungai Bersih,85,75\n",
}
AS_OF = "2022-05-15"


def write(folder: Path, files: dict[str, str]) -> Path:
    """Writes the files into the folder."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small competition's folder."""
    return write(tmp_path / "lomba", FILES)


@pytest.fixture
def quick_pdfs(monkeypatch: pytest.MonkeyPatch) -> None:
    """PDFs are their HTML: what is tested is which are made, and not how."""
    monkeypatch.setattr(
        pdf,
        "render_pdfs",
        lambda orders, workers=None, progress=None: [o.html.encode() for o in orders],
    )
