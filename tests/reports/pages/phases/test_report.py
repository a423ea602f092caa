"""The report of a phase by its kind, and the page of a category."""

import pytest

from reports.content.edition import edition
from reports.formats.html import render_paper, render_screen
from reports.pages.parts.subject import make_subject
from reports.pages.phases import judging, report
from reports.pages.phases.judging import Judging
from reports.pages.phases.nomination import Nomination
from reports.pages.phases.registration import Registration
from reports.pages.phases.screening import Screening

PHASES = ["pendaftaran", "administrasi", "proposal", "presentasi", "nominasi"]


def _pages(results, phase):
    return list(report.build_category_pages(results, edition(results.competition), phase))


@pytest.mark.parametrize(
    ("phase", "kind"),
    [
        ("pendaftaran", Registration),
        ("administrasi", Screening),
        ("proposal", Judging),
        ("nominasi", Nomination),
    ],
)
def test_every_category_has_a_page_of_the_phases_kind_in_order(city, phase, kind):
    pages = _pages(city(), phase)
    assert [page.path for page in pages] == [
        f"phases/{phase}/{c}" for c in ("kesehatan", "pendidikan", "pangan", "tata_kelola")
    ]
    assert {type(page) for page in pages} == {kind}


@pytest.mark.parametrize("phase", PHASES)
def test_no_category_page_is_lost_before_the_first_morning(fresh, phase):
    for page in _pages(fresh, phase):
        assert b"<h1>" in render_screen(page)
        assert render_paper(page).startswith("<!doctype html>")


@pytest.mark.parametrize("phase", PHASES)
def test_a_category_page_shows_nothing_of_another_category(city, phase):
    html = render_paper(_pages(city(), phase)[1])
    assert "Lentera Ibu" not in html.replace("Bank Sampah", "")


def test_what_is_new_in_one_category_leaves_the_other_pages_as_they_were(city):
    before = {page.path: page.digest for page in _pages(city(), "proposal")}
    rankings = city()["rankings"].assign(score=lambda f: f["score"].replace("70.00", "71.00"))
    after = {page.path: page.digest for page in _pages(city(rankings=rankings), "proposal")}
    assert [path for path in before if before[path] != after[path]] == ["phases/proposal/kesehatan"]


def test_a_category_page_leads_back_to_its_phase(city):
    html = render_screen(_pages(city(), "proposal")[0]).decode()
    assert '<a href="../../phases/proposal/report.html">Penilaian Proposal</a>' in html


def test_a_report_leads_to_its_categories_and_files_on_screen_alone(city):
    results = city()
    report = judging.build(make_subject(results, edition(results.competition), "proposal"))
    html = render_screen(report).decode()
    assert '<a href="kesehatan.html">Kesehatan</a>' in html
    assert [
        file for file in ("report.pdf", "report.xlsx", "minutes.pdf") if f'href="{file}"' in html
    ] == [
        "report.pdf",
        "report.xlsx",
        "minutes.pdf",
    ]
    assert ".html" not in render_paper(report)
    assert '<a href="kesehatan.pdf">' in render_screen(_pages(results, "proposal")[0]).decode()
