"""No competition that the contract allows stops the reports: every page is built, and written as HTML."""

from datetime import datetime
from pathlib import Path

import pytest

from reports import catalogue, document
from tests.spec.small import FORM, JUDGING, NOMINATION, REGISTRATION, SCREENING, Night, form, night, toml

GROUPS = '[[groups]]\ncode = "umum"\n'
LEVELS = NOMINATION.replace("}]", '}, { code = "nasional", quota = 1 }]')
ALL = (
    REGISTRATION,
    GROUPS,
    SCREENING,
    JUDGING
    + 'tie_break = ["x"]\nrank_within = ["category", "group", "agency_type"]\nadvance = { per_list = 1, minimum_score = 10 }\n'
    'adjust = "severity"\nminimum_judges = 2\n',
    LEVELS,
    '[obligation]\ntypes = ["dinas"]\nroll_up = true\ncounts = "screened"\n[publication]\nfinal = ["daftar"]\npublic = ["scores", "ranks"]\n',
)
ROWS = [
    "2022-02-10 10:00:00,,Disdik,satu,umum",
    "2022-02-10 11:00:00,Tanpa Kategori,Disdik,,",
    "2022-02-10 12:00:00,Tanpa Instansi,,dua,umum",
    "2022-02-10 12:00:00,<b>Tebal</b> & =1,Pustu Utara,dua,",
    "2022-02-10 12:00:00,A,Pustu Utara,dua,umum",
    "2022-02-10 12:00:00,B,Pustu Utara,dua,umum",
    ",Tanpa Waktu,Disdik,satu,umum",
    "2022-02-10 12:00:00,A,Disdik,dua,lain",
    "2022-03-20 12:00:00,Telat,Kantor Xyzzy,dua,lain",
    "2022-02-13 12:00:00,B,Pustu Utara,,umum",
]
ODD = {
    FORM: form(*ROWS, headings="Timestamp,Judul,Instansi,Kategori,Kelompok"),
    "decisions.csv": "phase,submission,outcome,reason,level\ndaftar,Tanpa Kategori,accepted,Perintah,\ndaftar,Tanpa Instansi,accepted,Perintah,\n"
    "daftar,Tidak Ada,accepted,,\nsalah,A,accepted,,\nnilai,Tanpa Instansi,advances,Pleno,\ncalon,Tanpa Instansi,nominated,Pleno,nasional\ncalon,A,nominated,,\n",
    "inbox/screening/adm/c.csv": "submission,surat,video\nTanpa Kategori,ya,ya\nTanpa Instansi,ya,ya\nTebal & =1,ya,ya\nA,ya,ya\nB,ya,ya\nTanpa Waktu,ya,mungkin\nZ,ya,ya\n",
    "inbox/scores/nilai/n.csv": "judge,submission,x,y\nJuri 1,A,70,80\nJuri 1,B,70,80\nJuri 1,Tanpa Kategori,70,80\nJuri 2,Tebal & =1,70,80\nJuri 3,Tebal & =1,,80\n"
    "Juri 3,Tanpa Waktu,9,80\nJuri 3,Tidak Ada,9,80\nJuri 3,A,tujuh,101\n,A,7,10\n",
    "placements.csv": "year,agency_code,title,level,placement\n2020,PUSTU,Tebal & =1,nasional,Top 45\n2019,HILANG,Tanpa,,Top 45\n",
    "assignments.csv": "phase,judge,submission\nnilai,Juri 9,*\nnilai,Juri 8,dua\nnilai,Juri 7,Entah\n",
    "judges.csv": "name,aliases,agency_code\nJuri 3,J3,DISDIK\n",
    "history/counts.csv": "year,received,accepted\n2021,62,\n",
}
DAYS = ["2022-01-15", "2022-02-15", "2022-03-18", "2022-04-01", "2022-04-20", "2022-06-01"]


def written(found: Night, as_of: str) -> dict[str, bytes]:
    """The pages on screen by their path; workbooks are made too, and paper laid out."""
    planned = catalogue.documents(found.results, datetime.fromisoformat(f"{as_of}T23:59:59+07:00"))
    orders = [one.order() for one in planned if one.order]
    made = {one.path: one.make() for one in planned if one.make and one.media_type in (document.HTML, document.XLSX)}
    assert len(orders) > 0 and "todo.xlsx" in made
    return {path: content for path, content in made.items() if path.endswith(".html")}


@pytest.mark.parametrize("day", DAYS)
def test_an_odd_competition_in_every_phase(tmp_path: Path, day: str) -> None:
    pages = written(night(tmp_path, toml(*ALL), ODD, as_of=day), day)

    assert {"index.html", "agencies/index.html", "phases/nilai/report.html"} <= set(pages)
    assert b"<b>Tebal" not in b"".join(pages.values())


@pytest.mark.parametrize("files", [{}, {FORM: "Timestamp,Judul,Instansi,Kategori\n"}])
@pytest.mark.parametrize(
    "phases",
    [(REGISTRATION,), ALL, (REGISTRATION, JUDGING), (REGISTRATION, SCREENING), (REGISTRATION, JUDGING, NOMINATION)],
)
@pytest.mark.parametrize("day", ["2022-02-15", "2022-06-01"])
def test_an_empty_competition_of_any_phases(
    tmp_path: Path, files: dict[str, str], phases: tuple[str, ...], day: str
) -> None:
    assert "index.html" in written(night(tmp_path, toml(*phases), files, as_of=day), day)


def test_everyone_rejected(tmp_path: Path) -> None:
    found = night(
        tmp_path,
        toml(*ALL),
        {FORM: form("2022-02-10 10:00:00,Lentera,Disdik,", "2022-02-10 10:00:00,Gerobak,Xyzzy,satu")},
    )

    assert "phases/calon/report.html" in written(found, "2022-06-01")
