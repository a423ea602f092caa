"""Nomination: by level who is nominated, in reserve, barred with the award that bars, undecided and
why.
"""

import pandas as pd
import pytest

from reports.content.edition import edition
from reports.formats import workbook
from reports.formats.html import render_paper, render_screen
from reports.pages.parts.lists import Entry
from reports.pages.parts.subject import make_subject
from reports.pages.phases import nomination
from tasks.words import Words

LENTERA, GEROBAK = (
    Entry("Lentera Ibu", "Dinas Kesehatan"),
    Entry("Gerobak Sehat", "Puskesmas Janti"),
)
KELAS = Entry("Kelas Ceria", "SMP Negeri 10")


def _page(results, category=None):
    return nomination.build(
        make_subject(results, edition(results.competition), "nominasi", None, category)
    )


def test_each_level_has_its_places_and_its_own_candidates(city):
    page = _page(city())
    assert [(level.name, level.quota, level.bars) for level in page.levels] == [
        ("Provinsi", 1, ("Top 45",)),
        ("Nasional", 2, ()),
    ]
    assert page.candidates == 3
    assert page.source == "Presentasi dan Wawancara"


def test_who_is_nominated_stands_in_order_of_place_with_the_score(city):
    assert _page(city()).levels[0].nominated.rows == ((1, GEROBAK, "Kesehatan", "87.00"),)


def test_who_is_barred_stands_with_the_award_that_bars(city):
    assert _page(city()).levels[0].barred.rows == (
        (LENTERA, "87.00", ("Top 45, Lentera Ibu, 2019",)),
    )


def test_who_is_in_reserve_by_decision_is_flagged(city):
    reserve = Entry("Lentera Ibu", "Dinas Kesehatan", ("decided",))
    assert _page(city()).levels[1].reserve.rows == ((1, reserve, "Kesehatan", "87.00"),)
    assert [row[0] for row in _page(city()).decisions.rows] == ["Nasional"]


def test_without_a_score_nobody_can_be_placed(city):
    assert _page(city()).levels[0].undecided.rows == (
        (None, KELAS, None, "Belum bernilai; perlu keputusan.", None),
    )


def test_a_near_title_is_undecided_and_shows_the_earlier_award(city):
    prior = city()["prior_awards"].assign(match="near")
    rows = city()["nominations"].assign(
        ranked_outcome=lambda f: f["ranked_outcome"].replace("barred", "undecided"),
        outcome=lambda f: f["outcome"].replace("barred", "undecided"),
    )
    undecided = _page(city(prior_awards=prior, nominations=rows)).levels[0].undecided
    assert undecided.rows[0] == (
        None,
        LENTERA,
        "87.00",
        "Judul mirip dengan penerima penghargaan sebelumnya; perlu keputusan.",
        ("Top 45, Lentera Ibu, 2019",),
    )


def test_an_exact_award_is_named_before_a_near_one_and_each_stands_once(city):
    prior = pd.concat(
        [
            city()["prior_awards"].assign(match="near", award_year=2015, award_title="Lentera"),
            city()["prior_awards"],
        ]
    )
    assert _page(city(prior_awards=prior)).levels[0].barred.rows == (
        (LENTERA, "87.00", ("Top 45, Lentera Ibu, 2019", "Top 45, Lentera, 2015")),
    )


def test_equals_at_the_last_place_are_undecided_for_that(city):
    rows = city()["nominations"].assign(
        outcome=lambda f: f["outcome"].mask(f["level"] == "nasional", "undecided")
    )
    assert [row[3] for row in _page(city(nominations=rows)).levels[1].undecided.rows] == [
        "Nilai sama pada tempat terakhir; perlu keputusan.",
        "Nilai sama pada tempat terakhir; perlu keputusan.",
        "Belum bernilai; perlu keputusan.",
    ]


def test_while_the_phase_is_open_the_page_shows_what_the_rule_gives(city):
    phases = city()["phases"].assign(state="open")
    rows = city()["nominations"].assign(outcome="undecided", reason=None)
    page = _page(city(phases=phases, nominations=rows))
    assert [len(level.nominated.rows) for level in page.levels] == [1, 2]


def test_the_citys_record_is_whole_and_the_latest_comes_first(city):
    assert _page(city()).record.rows == (
        ("2020", Entry("Bank Sampah", "Dinas Lingkungan Hidup"), "Nasional", "Top 25"),
        ("2019", LENTERA, "Provinsi", "Top 45"),
    )


def test_the_record_keeps_the_code_of_an_agency_that_is_no_more(city):
    rows = city()["placements"].assign(agency_code="BARENLITBANG")
    assert {row[1].agency for row in _page(city(placements=rows)).record.rows} == {"BARENLITBANG"}


@pytest.mark.parametrize(
    ("category", "candidates"), [("kesehatan", 2), ("pendidikan", 1), ("pangan", 0)]
)
def test_a_category_page_shows_its_own_candidates(city, category, candidates):
    page = _page(city(), category)
    assert page.candidates == candidates
    assert render_screen(page).startswith(b"<!doctype html>")


def test_a_phase_that_has_not_begun_shows_the_record_all_the_same(fresh, city):
    results = city(
        phases=fresh["phases"],
        nominations=fresh["nominations"],
        prior_awards=fresh["prior_awards"],
        decisions=fresh["decisions"],
    )
    html = render_screen(_page(results)).decode()
    assert "Tahap ini belum dimulai; belum ada calon." in html
    assert "Bank Sampah" in html


def test_an_open_or_empty_phase_says_so(fresh, city):
    for state in ("open", "closed"):
        results = city(
            phases=fresh["phases"].assign(state=state),
            nominations=fresh["nominations"],
            prior_awards=fresh["prior_awards"],
        )
        assert (
            Words("id").say(f"nomination.nothing.{state}") in render_screen(_page(results)).decode()
        )


def test_the_workbook_has_a_sheet_a_level_with_every_candidate(city):
    book = nomination.book(_page(city()), Words("id"))
    assert [grid.name for grid in book.grids][:3] == ["Ringkasan", "Provinsi", "Nasional"]
    assert [row[1] for row in book.grids[1].rows] == ["Gerobak Sehat", "Lentera Ibu", "Kelas Ceria"]
    assert workbook.render_book(book, Words("id"))[:2] == b"PK"


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_page_is_whole_in_both_languages(city, language):
    page = _page(city(rules=f'language = "{language}"\n' + city().rules_text))
    assert Words(language).say("nomination.source", phase=page.source) in render_paper(page)
