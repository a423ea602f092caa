"""Screening: who passes, who does not and for which requirement, who is pending and why."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from reports.content.edition import edition
from reports.formats import workbook
from reports.formats.html import render_paper, render_screen
from reports.pages.parts.lists import Entry
from reports.pages.parts.subject import make_subject
from reports.pages.phases import screening
from tasks.words import Words


def _page(results, as_of=None, category=None):
    return screening.build(
        make_subject(results, edition(results.competition), "administrasi", as_of, category)
    )


def _open(city, **tables):
    phases = city()["phases"]
    return city(
        phases=phases.assign(state=phases["state"].mask(phases["phase"] == "administrasi", "open")),
        **tables,
    )


def test_outcomes_are_counted_with_decisions(city):
    page = _page(city())
    assert (page.passes, page.fails, page.pending) == (4, 0, 1)


def test_who_passes_by_decision_is_flagged(city):
    assert [row[1] for row in _page(city()).passing.rows] == [
        Entry("Lentera Ibu", "Dinas Kesehatan"),
        Entry("Pojok ASI", "Dinas Kesehatan"),
        Entry("Gerobak Sehat", "Puskesmas Janti", ("decided",)),
        Entry("Kelas Ceria", "SMP Negeri 10"),
    ]


def test_who_does_not_pass_is_listed_with_the_requirements_names_and_the_note(city):
    rows = city()["screening"].assign(outcome=lambda f: f["ranked_outcome"], reason=None)
    both = rows.assign(unmet=rows["unmet"].replace("surat", "surat|proposal"))
    assert _page(city(screening=both)).failing.rows == (
        (
            1,
            Entry("Gerobak Sehat", "Puskesmas Janti"),
            ("Surat pernyataan", "Naskah proposal"),
            "Tanpa tanda tangan",
        ),
    )


def test_a_requirement_counts_all_that_do_not_meet_it_and_zeros_are_printed(city):
    assert _page(city()).by_requirement.rows == (("Surat pernyataan", 1), ("Naskah proposal", 0))


def test_every_category_is_counted(city):
    page = _page(city())
    assert page.by_category.rows == (
        ("Kesehatan", 3, 3, 0, 0),
        ("Pendidikan", 1, 1, 0, 0),
        ("Ketahanan Pangan", 0, 0, 0, 0),
        ("Tata Kelola Pemerintahan", 1, 0, 0, 1),
    )
    assert page.by_category.total == (None, 5, 4, 0, 1)


def test_a_pending_one_that_nobody_looked_at_says_so(city):
    assert _page(city()).waiting.rows == (
        (1, Entry("Arsip Pintar", "Bagian Organisasi"), "Belum diperiksa", None),
    )


def test_a_pending_one_with_an_unclear_answer_names_the_requirement(city):
    findings = city()["findings"]
    unclear = findings.assign(
        field=findings["field"].mask(findings["rule"] == "not_screened", "surat|proposal")
    )
    assert (
        _page(city(findings=unclear)).waiting.rows[0][2]
        == "Isian kosong atau tidak jelas: Surat pernyataan, Naskah proposal"
    )


def test_while_the_phase_is_open_the_page_shows_what_the_rule_gives(city):
    rows = city()["screening"].assign(outcome="pending", reason=None)
    now = datetime(2022, 3, 20, 12, tzinfo=ZoneInfo("Asia/Jakarta"))
    page = _page(_open(city, screening=rows), now)
    assert (page.passes, page.fails, page.pending) == (3, 1, 1)
    assert "Keadaan sementara per 20 Maret 2022 pukul 12.00 WIB" in render_screen(page).decode()


def test_decisions_and_findings_stand_once(city):
    page = _page(city())
    assert [row[1:3] for row in page.decisions.rows] == [("fails", "passes")]
    assert page.findings.rows == ()


@pytest.mark.parametrize(
    ("category", "counts"),
    [("kesehatan", (3, 0, 0)), ("tata_kelola", (0, 0, 1)), ("pangan", (0, 0, 0))],
)
def test_a_category_page_counts_its_own(city, category, counts):
    page = _page(city(), category=category)
    assert (page.passes, page.fails, page.pending) == counts
    assert render_paper(page).startswith("<!doctype html>")


def test_a_phase_that_has_not_begun_says_so_and_counts_what_came_in(fresh, city):
    results = city(
        phases=fresh["phases"].assign(delivered=7),
        screening=fresh["screening"],
        submissions=fresh["submissions"],
    )
    html = render_screen(_page(results)).decode()
    assert "Tahap ini belum dimulai; belum ada inovasi yang diperiksa." in html
    assert "7 baris lembar pemeriksaan sudah masuk" in html


def test_a_submission_without_a_known_category_is_counted_in_a_row_of_its_own(city):
    rows = city()["submissions"].assign(
        category=lambda f: f["category"].mask(f["submission_id"] == "DINKES-AAAA")
    )
    page = _page(city(submissions=rows))
    assert page.by_category.rows[-1] == ("Tanpa kategori yang dikenal", 1, 1, 0, 0)
    assert page.by_category.total == (None, 5, 4, 0, 1)


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_workbook_says_the_same_in_both_languages(city, language):
    results = city(rules=f'language = "{language}"\n' + city().rules_text)
    words = Words(language)
    book = screening.book(_page(results), words)
    assert book.grids[0].rows[1:] == (
        (words.say("figure.passes"), 4),
        (words.say("figure.fails"), 0),
        (words.say("figure.pending"), 1),
    )
    passing = book.grids[1]
    assert [c.heading for c in passing.columns] == [
        words.say(f"col.{c}") for c in ("number", "title", "agency", "flags", "category")
    ]
    assert passing.rows[2][1:4] == ("Gerobak Sehat", "Puskesmas Janti", words.say("flag.decided"))
    assert workbook.render_book(book, words) == workbook.render_book(book, words)


def test_an_empty_city_has_a_page_and_a_workbook(fresh):
    page = _page(fresh)
    assert page.passing.rows == ()
    assert pd.isna(page.head.as_of)
    assert workbook.render_book(screening.book(page, Words("id")), Words("id"))[:2] == b"PK"
