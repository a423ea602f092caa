"""index.html of a run."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from reports.formats.html import render_screen
from reports.pages import front
from reports.pages.front import CategoryLink, FrontPage
from tests.small.results import OFFICE_RULES, office_edition, office_results

AS_OF = datetime(2022, 3, 28, 1, tzinfo=ZoneInfo("Asia/Jakarta"))
PATHS = {
    "phases/pendaftaran/report.html",
    "phases/pendaftaran/report.pdf",
    "phases/pendaftaran/report.xlsx",
    "phases/proposal/report.html",
    "phases/proposal/minutes.pdf",
    "phases/proposal/kesehatan.html",
    "agencies/index.html",
    "agencies/report.pdf",
    "validation/index.html",
    "letters/reminder-DISHUB.pdf",
}


def page(paths: set[str] = PATHS, rules: str = OFFICE_RULES, **tables: object) -> FrontPage:
    return front.build(office_results(rules, **tables), office_edition(rules), AS_OF, paths)


def test_phases_come_in_order_with_their_state_and_documents():
    stages = page().stages
    assert [(s.code, s.state, s.is_draft, s.entered) for s in stages] == [
        ("pendaftaran", "closed", False, 11),
        ("administrasi", "closed", True, 9),
        ("proposal", "open", True, 7),
        ("nominasi", "not_begun", True, 0),
    ]
    assert stages[0].files == (
        "phases/pendaftaran/report.html",
        "phases/pendaftaran/report.pdf",
        "phases/pendaftaran/report.xlsx",
    )
    assert stages[2].categories == (CategoryLink("Kesehatan", "phases/proposal/kesehatan"),)


def test_the_figures_are_this_year_s():
    shown = page()
    assert (shown.received, shown.accepted, shown.target, shown.compliant, shown.obliged) == (
        11,
        9,
        100,
        3,
        6,
    )


def test_exports_stand_with_their_phase_rows_and_hash():
    assert [(e.source, e.phase, e.delivered, e.sha256) for e in page().exports] == [
        ("submissions/form.csv", "Pendaftaran", 12, "abababababab"),
        ("scores/proposal/panel.xlsx#Juri 1", "Penilaian proposal", 7, "cdcdcdcdcdcd"),
        ("scores/proposal/panel.xlsx#Juri 2", "Penilaian proposal", 6, "cdcdcdcdcdcd"),
    ]


def test_only_documents_that_there_are_are_linked():
    html = render_screen(page()).decode()
    links = set(re.findall(r'href="([^"#]+)"', html)) - {"index.html", "data/datapackage.json"}
    assert links == PATHS | {"phases/proposal/kesehatan.pdf"}


def test_it_says_as_of_when_and_which_phase_is_under_way():
    html = render_screen(page()).decode()
    assert "Keadaan per 28 Maret 2022 pukul 01.00 WIB." in html
    assert (
        "Tahap yang sedang berlangsung: Penilaian proposal, ditutup 10 April 2022 pukul 23.59 WIB."
        in html
    )


def test_with_nothing_delivered_it_is_honest():
    tables = {
        name: office_results()[name].iloc[:0]
        for name in ("submissions", "exports", "history", "findings")
    }
    shown = page(set(), **tables)
    html = render_screen(shown).decode()
    assert (shown.received, shown.exports, shown.agency_files, shown.letters) == (0, (), (), ())
    assert "Belum ada ekspor yang diterima." in html


def test_letters_are_counted_and_named():
    assert page().letters == (CategoryLink("Dinas Perhubungan", "letters/reminder-DISHUB"),)
    assert (
        "1 perangkat daerah yang diwajibkan belum mengajukan inovasi."
        in render_screen(page()).decode()
    )
