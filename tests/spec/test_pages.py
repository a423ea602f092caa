"""No competition that the contract allows stops the reports: every page is built, and written as
HTML.
"""

from datetime import datetime
from pathlib import Path

import pytest

from reports.documents import catalogue, document
from tests.small.exports import form_text
from tests.small.folder import FORM
from tests.small.night import Night, compute_night
from tests.small.rules import JUDGING, NOMINATION, REGISTRATION, SCREENING, rules_text

GROUPS = '[[groups]]\ncode = "umum"\n'
LEVELS = NOMINATION.replace("}]", '}, { code = "nasional", quota = 1 }]')
LISTS = """tie_break = ["x"]
rank_within = ["category", "group", "agency_type"]
advance = { per_list = 1, minimum_score = 10 }
adjust = "severity"
minimum_judges = 2
"""
REST = """
[obligation]
types = ["dinas"]
roll_up = true
counts = "screened"
[publication]
final = ["pendaftaran"]
public = ["scores", "ranks"]
"""
ALL = (REGISTRATION, GROUPS, SCREENING, JUDGING + LISTS, LEVELS, REST)
ODD = {
    FORM: """Timestamp,Judul,Instansi,Kategori,Kelompok
2022-02-10 10:00:00,,Disdik,satu,umum
2022-02-10 11:00:00,Tanpa Kategori,Disdik,,
2022-02-10 12:00:00,Tanpa Instansi,,dua,umum
2022-02-10 12:00:00,<b>Tebal</b> & =1,Pustu Utara,dua,
2022-02-10 12:00:00,A,Pustu Utara,dua,umum
2022-02-10 12:00:00,B,Pustu Utara,dua,umum
,Tanpa Waktu,Disdik,satu,umum
2022-02-10 12:00:00,A,Disdik,dua,lain
2022-03-20 12:00:00,Telat,Kantor Xyzzy,dua,lain
2022-02-13 12:00:00,B,Pustu Utara,,umum
""",
    "decisions.csv": """phase,submission,outcome,reason,level
pendaftaran,Tanpa Kategori,accepted,Perintah,
pendaftaran,Tanpa Instansi,accepted,Perintah,
pendaftaran,Tidak Ada,accepted,,
salah,A,accepted,,
proposal,Tanpa Instansi,advances,Pleno,
nominasi,Tanpa Instansi,nominated,Pleno,nasional
nominasi,A,nominated,,
""",
    "inbox/screening/administrasi/c.csv": """submission,surat,video
Tanpa Kategori,ya,ya
Tanpa Instansi,ya,ya
Tebal & =1,ya,ya
A,ya,ya
B,ya,ya
Tanpa Waktu,ya,mungkin
Z,ya,ya
""",
    "inbox/scores/proposal/n.csv": """judge,submission,x,y
Juri 1,A,70,80
Juri 1,B,70,80
Juri 1,Tanpa Kategori,70,80
Juri 2,Tebal & =1,70,80
Juri 3,Tebal & =1,,80
Juri 3,Tanpa Waktu,9,80
Juri 3,Tidak Ada,9,80
Juri 3,A,tujuh,101
,A,7,10
""",
    "placements.csv": """year,agency_code,title,level,placement
2020,PUSTU,Tebal & =1,nasional,Top 45
2019,HILANG,Tanpa,,Top 45
""",
    "assignments.csv": "phase,judge,submission\n"
    "proposal,Juri 9,*\nproposal,Juri 8,dua\nproposal,Juri 7,Entah\n",
    "judges.csv": "name,aliases,agency_code\nJuri 3,J3,DISDIK\n",
    "history/counts.csv": "year,received,accepted\n2021,62,\n",
}
DAYS = ["2022-01-15", "2022-02-15", "2022-03-18", "2022-04-01", "2022-04-20", "2022-06-01"]


def written(found: Night, as_of: str) -> dict[str, bytes]:
    """The pages on screen by their path; workbooks are made too, and paper laid out."""
    planned = catalogue.plan_documents(
        found.results, datetime.fromisoformat(f"{as_of}T23:59:59+07:00")
    )
    orders = [one.order() for one in planned if one.order]
    made = {
        one.path: one.make()
        for one in planned
        if one.make and one.media_type in (document.HTML, document.XLSX)
    }
    assert {"todo.xlsx", "index.html"} <= set(made)
    assert [order.html[:15] for order in orders] == ["<!doctype html>"] * len(orders)
    return {path: content for path, content in made.items() if path.endswith(".html")}


@pytest.mark.parametrize("day", DAYS)
def test_an_odd_competition_in_every_phase(tmp_path: Path, day: str) -> None:
    pages = written(compute_night(tmp_path, rules_text(*ALL), ODD, as_of=day), day)

    assert {"index.html", "agencies/index.html", "phases/proposal/report.html"} <= set(pages)
    assert b"<b>Tebal" not in b"".join(pages.values())


@pytest.mark.parametrize("files", [{}, {FORM: "Timestamp,Judul,Instansi,Kategori\n"}])
@pytest.mark.parametrize(
    "phases",
    [
        (REGISTRATION,),
        ALL,
        (REGISTRATION, JUDGING),
        (REGISTRATION, SCREENING),
        (REGISTRATION, JUDGING, NOMINATION),
    ],
)
@pytest.mark.parametrize("day", ["2022-02-15", "2022-06-01"])
def test_an_empty_competition_of_any_phases(
    tmp_path: Path, files: dict[str, str], phases: tuple[str, ...], day: str
) -> None:
    assert "index.html" in written(
        compute_night(tmp_path, rules_text(*phases), files, as_of=day), day
    )


def test_everyone_rejected(tmp_path: Path) -> None:
    found = compute_night(
        tmp_path,
        rules_text(*ALL),
        {
            FORM: form_text(
                "2022-02-10 10:00:00,Lentera,Disdik,", "2022-02-10 10:00:00,Gerobak,Xyzzy,satu"
            )
        },
    )

    assert "phases/nominasi/report.html" in written(found, "2022-06-01")
