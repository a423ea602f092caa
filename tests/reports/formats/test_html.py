"""Pages as HTML: one template for screen and paper, everything escaped, nothing fetched."""

import re
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from urllib.parse import quote

import pytest
from jinja2 import UndefinedError

from reports.formats import typefaces
from reports.formats.html import (
    TEMPLATES,
    _html_environment,
    paper_style,
    print_order,
    render_paper,
    render_screen,
)
from reports.pages.agencies import agency
from reports.pages.agencies.agency import AgencyPage
from tests.small.results import OFFICE_RULES, office_edition, office_results

EVIL = '<script>alert("1")</script>&{{ 7*7 }}'


def dinkes(**changes: object) -> AgencyPage:
    page = next(iter(agency.build(office_results(), office_edition())))
    return replace(page, **changes)


def screen(page: AgencyPage) -> str:
    return render_screen(page).decode()


def test_text_is_escaped_on_screen_and_on_paper():
    page = dinkes(title=EVIL, agency=EVIL, agency_code=EVIL)
    for html in (screen(page), render_paper(page)):
        assert "alert(&#34;1&#34;)" in html
        assert "<script>alert" not in html
        assert "{{ 7*7 }}" in html


def test_a_name_that_a_page_does_not_have_is_an_error():
    template = _html_environment("id").from_string("{{ page.nothing }}")
    with pytest.raises(UndefinedError):
        template.render(page=dinkes())


def test_a_file_for_the_screen_works_alone_and_fetches_nothing_but_the_run_s_typefaces():
    html = screen(dinkes())
    addresses = re.findall(r'(?:src|href)="([^"]+)"|url\("?([^")]+)"?\)', html)
    assert {a or b for a, b in addresses} == {
        "#main",
        "../index.html",
        "../agencies/index.html",
        "PKM-JANTI.html",
        "PKM-POLOWIJEN.html",
        "../assets/source-sans-regular.woff2",
        "../assets/source-sans-semibold.woff2",
        "../assets/source-serif-semibold.woff2",
    }
    assert "http" not in re.sub(r'http-equiv|"http://www\.w3\.org/2000/svg"', "", html)


def test_a_browser_is_told_to_fetch_nothing_else():
    [policy] = re.findall(r'Content-Security-Policy" content="([^"]+)"', screen(dinkes()))
    assert policy.split("; ") == [
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "script-src 'unsafe-inline'",
        "img-src data:",
        "font-src 'self'",
    ]


def test_paper_has_no_script_no_navigation_and_no_link_out_of_the_document():
    html = render_paper(dinkes())
    assert not re.search(r"<script|<nav class=\"top\"|<form|<input|<style", html)
    assert re.findall(r'href="([^"]+)"', html) == []


def test_the_language_and_the_title_are_said():
    html = screen(dinkes())
    assert '<html lang="id">' in html
    assert "<title>Dinas Kesehatan · KIPP Kota Malang 2022</title>" in html


def test_the_code_stands_on_paper_and_on_screen():
    page = dinkes()
    assert f"Kode dokumen {page.code}" in render_paper(page)
    assert f'<span class="code">{page.code}</span>' in screen(page)


def test_a_draft_says_so_on_screen_and_on_paper_and_across_the_paper():
    page = dinkes(is_draft=True)
    assert "<strong>KONSEP</strong>" in screen(page)
    assert '<div class="running-draft">KONSEP</div>' in render_paper(page)
    assert quote(typefaces.text_outline("KONSEP", 87)[0]) in print_order(page).style


def test_what_is_signed_does_not_say_draft():
    page = dinkes()
    assert "KONSEP" not in screen(page) + render_paper(page)
    assert "background: url" not in print_order(page).style


def test_a_notice_stands_at_the_head():
    page = dinkes(masthead=replace(office_edition().masthead, notice="Inbox lebih baru."))
    assert '<p class="notice">Inbox lebih baru.</p>' in render_paper(page)


def test_the_paper_s_size_is_the_competition_s():
    assert "size: 210mm 297mm" in paper_style("A4")
    assert "size: 210mm 330mm" in paper_style("F4")


def test_the_same_page_is_the_same_bytes():
    assert render_screen(dinkes()) == render_screen(dinkes())


def test_headings_descend_by_one():
    levels = [int(level) for level in re.findall(r"<h([1-6])", screen(dinkes()))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_heading_cell_has_a_scope():
    assert [
        cell for cell in re.findall(r"<th[ >][^>]*", screen(dinkes())) if "scope=" not in cell
    ] == []


def test_the_time_of_day_stays_together_in_a_cell():
    assert '2022 <span class="hour">pukul 09.12 WIB</span>' in screen(dinkes())
    english = OFFICE_RULES.replace('language = "id"', 'language = "en"')
    page = next(iter(agency.build(office_results(english), office_edition(english))))
    assert '2022, <span class="hour">09:12 WIB</span>' in screen(page)


@pytest.mark.parametrize(
    ("language", "titles", "said"),
    [
        ("id", ["A"], "“A”"),
        ("id", ["A", "B"], "“A” dan “B”"),
        ("id", ["A", "B", "<C>"], "“A”, “B”, dan “&lt;C&gt;”"),
        ("en", ["A", "B", "C"], "“A”, “B” and “C”"),
        ("en", [], ""),
    ],
)
def test_titles_in_a_sentence_end_with_and(language: str, titles: list[str], said: str):
    assert (
        _html_environment(language).from_string("{{ titles|quoted }}").render(titles=titles) == said
    )


def test_no_english_sentence_counts_in_the_plural_what_may_be_one():
    rooms = (TEMPLATES / "locale" / "en" / f"{room}.po" for room in ("reports", "phases-pages"))
    texts = "".join(room.read_text() for room in rooms)
    counted = (
        r"\{\w+\} (?:obliged )?(?:innovations|agencies|judges|sheets|rows|places|decimals)|\(s\)"
    )
    assert re.findall(counted, texts) == []


def test_a_page_for_the_screen_needs_neither_weasyprint_nor_pandas_nor_a_workbook():
    heavy = ("weasyprint", "pandas", "xlsxwriter", "vl_convert", "great_expectations", "fontTools")
    code = (
        "import sys, reports.formats.html, reports.pages.office.bureau; "
        f"print([m for m in {heavy} if m in "
        f"sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"
