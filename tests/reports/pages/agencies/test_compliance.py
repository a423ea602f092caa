"""One Agency One Innovation: the small city's rates worked out by hand, and innovations that add
up.
"""

import re

import pandas as pd
import pytest

from reports.content.edition import edition
from reports.formats import html, workbook
from reports.pages.agencies import compliance
from reports.pages.agencies.compliance import TypeShare
from reports.pages.parts.lists import Link
from tasks.words import Words


def _page(results):
    return compliance.build(results, edition(results.competition))


def test_the_rate_is_over_those_who_are_obliged(city):
    page = _page(city())
    assert (
        page.bodies,
        page.obliged,
        page.compliant,
        page.short,
        page.rejected_only,
        page.none,
    ) == (8, 6, 2, 0, 1, 3)
    assert page.rate == "0.333333"
    assert (page.year_before, page.rate_before) == (2021, "0.500000")


def test_where_nobody_is_obliged_there_is_no_rate(city):
    rows = city()["compliance"].assign(obliged=False, status="not_obliged")
    page = _page(city(compliance=rows))
    assert (page.rate, page.shares) == (None, ())
    assert "tidak mewajibkan instansi mana pun" in html.render_screen(page).decode()


def test_a_year_whose_compliance_is_not_known_is_no_comparison(city):
    history = city()["history"].assign(agencies_obliged=[None, 6], agencies_compliant=[None, 2])
    page = _page(city(history=history))
    assert (page.year_before, page.rate_before) == (None, None)
    assert page.history.rows == (
        ("2021", 62, 46, None, None, None),
        ("2022", 8, 5, 6, 2, "0.333333"),
    )


def test_every_type_is_counted_in_the_registers_order_and_sums(city):
    by_type = _page(city()).by_type
    assert by_type.rows == (
        ("Sekretariat", 1, 1, 0, 0, 0, 1, "0.000000"),
        ("Bagian", 1, 1, 1, 0, 0, 0, "1.000000"),
        ("Dinas", 3, 3, 1, 0, 0, 2, "0.333333"),
        ("Kecamatan", 1, 1, 0, 0, 1, 0, "0.000000"),
        ("Puskesmas", 1, 0, 0, 0, 0, 0, None),
        ("Sekolah", 1, 0, 0, 0, 0, 0, None),
    )
    assert by_type.total == (None, 8, 6, 2, 0, 1, 3, "0.333333")


def test_the_chart_shows_the_types_that_have_obliged_bodies(city):
    assert _page(city()).shares == (
        TypeShare("Sekretariat", 1, 0, 0, 0, 1),
        TypeShare("Bagian", 1, 1, 0, 0, 0),
        TypeShare("Dinas", 3, 1, 0, 0, 2),
        TypeShare("Kecamatan", 1, 0, 0, 1, 0),
    )


def test_who_does_not_comply_is_listed_with_what_units_sent(city):
    assert _page(city()).wanting.rows == (
        (1, "Sekretariat Daerah", "Sekretariat", 0, 1, "none"),
        (2, "Dinas Pendidikan", "Dinas", 0, 1, "none"),
        (3, "Dinas Lingkungan Hidup", "Dinas", 0, 0, "none"),
        (4, "Kecamatan Sukun", "Kecamatan", 1, 1, "rejected_only"),
    )


def test_every_body_stands_in_the_registers_order_with_direct_counts_and_units(city):
    by_agency = _page(city()).by_agency
    assert [row[0].text for row in by_agency.rows] == list(city()["agencies"]["agency"])
    assert by_agency.rows[2] == (
        Link("Dinas Kesehatan", "DINKES.html"),
        3,
        2,
        2,
        4,
        3,
        3,
        "compliant",
    )
    assert by_agency.total == (None, 7, 5, 4, None, None, None, None)


def test_innovations_of_all_bodies_and_of_none_add_up(city):
    account = _page(city()).account
    assert account.rows == (
        ("Instansi yang diwajibkan", 5, 3),
        ("Instansi yang tidak diwajibkan", 2, 2),
        ("Instansi yang tidak ada dalam daftar", 1, 0),
    )
    assert account.total == (None, 8, 5)
    assert account.total[1:] == tuple(
        sum(column) for column in list(zip(*account.rows, strict=True))[1:]
    )


@pytest.mark.parametrize(
    ("counts", "final", "draft"),
    [
        ("accepted", '["pendaftaran"]', False),
        ("accepted", "[]", True),
        ("screened", '["pendaftaran"]', True),
        ("screened", '["pendaftaran", "administrasi"]', False),
    ],
)
def test_the_report_is_a_draft_until_the_phases_it_counts_are_final(city, counts, final, draft):
    rules = (
        city()
        .rules_text.replace("[obligation]", f'[obligation]\ncounts = "{counts}"')
        .replace('final = ["pendaftaran"]', f"final = {final}")
    )
    assert _page(city(rules=rules)).is_draft is draft


@pytest.mark.parametrize("counts", ["received", "accepted", "screened"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_the_rule_is_told_in_words(city, counts, language):
    rules = f'language = "{language}"\n' + city().rules_text.replace(
        "[obligation]", f'[obligation]\ncounts = "{counts}"'
    )
    assert Words(language).say(f"compliance.rule.{counts}", minimum="1") in html.render_paper(
        _page(city(rules=rules))
    )


def test_roll_up_is_told_in_words(city):
    rules = city().rules_text.replace("[obligation]", "[obligation]\nroll_up = true")
    assert Words("id").say("compliance.roll_up") in html.render_paper(_page(city(rules=rules)))
    assert Words("id").say("compliance.direct") in html.render_paper(_page(city()))


def test_before_anything_came_nobody_complies_and_the_page_is_whole(fresh):
    page = _page(fresh)
    assert (page.compliant, page.none, page.rate) == (0, 6, "0.000000")
    assert page.account.total == (None, 0, 0)
    assert page.history.rows == ()
    assert html.render_paper(page).startswith("<!doctype html>")


def test_a_register_without_a_body_of_the_year_is_an_empty_page(city):
    page = _page(city(compliance=city()["compliance"].iloc[:0]))
    assert (page.bodies, page.by_type.rows, page.by_agency.rows) == (0, (), ())
    assert "Daftar instansi masih kosong." in html.render_screen(page).decode()


def test_the_workbook_keeps_shares_as_numbers(city):
    words = Words("id")
    book = compliance.book(_page(city()), words)
    by_type = next(
        grid for grid in book.grids if grid.title == words.say("list.compliance_by_type")
    )
    assert (by_type.columns[-1].kind, by_type.columns[-1].places, by_type.rows[1][-1]) == (
        "percent",
        1,
        "1.000000",
    )
    assert workbook.render_book(book, words)[:2] == b"PK"


def test_the_table_of_all_bodies_can_be_sorted_on_screen_alone(city):
    page = _page(city())
    assert (
        html.render_screen(page)
        .decode()
        .count('<table class="listing dense short" aria-labelledby="by_agency" data-sortable>')
        == 1
    )
    assert "data-sortable" not in html.render_paper(page)


@pytest.mark.parametrize(
    ("compliant", "obliged", "share"),
    [(0, 1, "0.000000"), (1, 3, "0.333333"), (5, 5, "1.000000"), (0, 0, None)],
)
def test_a_rate_is_a_share_of_one(compliant, obliged, share):
    assert compliance.compliance_rate(compliant, obliged) == share


def test_missing_flags_of_obligation_count_as_not_obliged(city):
    rows = city()["compliance"].assign(
        obliged=pd.array([True, None, None, None, None, None, None, None], dtype="boolean")
    )
    assert _page(city(compliance=rows)).obliged == 1


def test_a_body_leads_to_its_own_page_on_screen_alone(city):
    page = _page(city())
    assert '<a href="DINKES.html">Dinas Kesehatan</a>' in html.render_screen(page).decode()
    assert "DINKES.html" not in html.render_paper(page)


def test_without_a_screening_phase_no_column_says_again_what_is_accepted(city):
    rules = re.sub(
        r'\[\[phases\]\]\ncode = "administrasi"(.|\n)*?\n(?=\[\[)', "", city().rules_text
    )
    tables = {
        name: frame[frame["phase"] != "administrasi"]
        for name, frame in city().tables.items()
        if "phase" in frame
    }
    page = _page(city(rules=rules, **tables))
    names = [column.name for column in page.by_agency.columns]
    assert names == [
        "body",
        "received",
        "accepted",
        "received_with_units",
        "accepted_with_units",
        "status",
    ]
    assert len(page.by_agency.total) == len(names)
    assert "screened" in [column.name for column in _page(city()).by_agency.columns]
    assert workbook.render_book(compliance.book(page, Words("id")), Words("id"))[:2] == b"PK"
