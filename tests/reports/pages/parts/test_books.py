"""Listings as sheets of a workbook."""

from datetime import UTC, datetime

import pytest

from reports.content.book import BookColumn as SheetColumn
from reports.content.edition import edition
from reports.pages.agencies import compliance
from reports.pages.parts import books
from reports.pages.parts.lists import Column, Entry, Link, Listing, Reason
from reports.pages.parts.subject import make_subject
from reports.pages.phases import judging, nomination, registration, screening
from tasks.words import LANGUAGES, Words

WORDS = Words("id")
PHASES = [
    (registration, "pendaftaran"),
    (screening, "administrasi"),
    (judging, "proposal"),
    (judging, "presentasi"),
    (nomination, "nominasi"),
]


def _listing(kind, cell, places=0):
    return Listing(
        "received",
        (Column("entry" if kind == "entry" else "why", kind, 10, places=places),),
        ((cell,),),
    )


def test_an_entry_fills_two_columns():
    made = books.listing_sheet(_listing("entry", Entry("Lentera", "Dinkes")), WORDS)
    assert [c.heading for c in made.columns] == ["Judul inovasi", "Instansi"]
    assert made.rows == (("Lentera", "Dinkes"),)


def test_where_something_is_said_at_an_entry_every_row_has_a_third():
    listing = Listing(
        "received",
        (Column("entry", "entry", 10),),
        ((Entry("A", "a", ("decided", "too_few_judges")),), (Entry("B", "b"),)),
    )
    assert books.listing_sheet(listing, WORDS).rows == (
        ("A", "a", "dengan keputusan, kurang lembar"),
        ("B", "b", ""),
    )


def test_reasons_stand_under_each_other_with_their_remedies():
    cell = (Reason("Kategori kosong", "Isilah"), Reason("Ditarik"))
    assert books.listing_sheet(_listing("reasons", cell), WORDS).rows == (
        ("Kategori kosong → Isilah\nDitarik",),
    )


def test_lines_stand_under_each_other_and_none_is_an_empty_cell():
    assert books.listing_sheet(_listing("lines", ("satu", "dua")), WORDS).rows == (("satu\ndua",),)
    assert books.listing_sheet(_listing("lines", ()), WORDS).rows == (("",),)
    assert books.listing_sheet(_listing("text", None), WORDS).rows == ((None,),)


def test_an_outcome_is_worded_and_a_missing_one_stays_empty():
    assert books.listing_sheet(_listing("outcome", "advances"), WORDS).rows == (("Maju",),)
    assert books.listing_sheet(_listing("outcome", None), WORDS).rows == ((None,),)


def test_numbers_and_times_keep_their_kind_and_decimals():
    made = books.listing_sheet(_listing("decimal", "87.50", 2), WORDS)
    assert (made.columns, made.rows) == ((SheetColumn("Sebab", "decimal", 13, 2),), (("87.50",),))
    moment = datetime(2022, 3, 15, 23, 59, tzinfo=UTC)
    assert books.listing_sheet(_listing("moment", moment), WORDS).columns[0].kind == "time"


def test_a_total_is_left_to_the_reader_of_the_sheet():
    listing = Listing(
        "by_category",
        (Column("category", "text", 9), Column("received", "integer", 9)),
        (("Kesehatan", 4),),
        total=(None, 4),
    )
    assert books.listing_sheet(listing, WORDS).rows == (("Kesehatan", 4),)


def test_a_listing_with_a_title_of_its_own_is_called_by_it():
    listing = Listing("candidates", (), (), title="Provinsi")
    assert books.listing_sheet(listing, WORDS).name == "Provinsi"


def test_the_book_says_draft_where_the_page_does_and_drops_unknown_figures(city):
    page = registration.build(make_subject(city(), edition(city().competition), "pendaftaran"))
    made = books.page_book(page, WORDS, [("figure.received", 8), ("figure.target", None)], ())
    assert (made.draft, made.code, made.paper) == ("", page.code, "A4")
    assert made.grids[0].rows == (("Inovasi masuk", 8),)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sheets_name_fits_its_tab(city, language):
    words, results = Words(language), city(rules=f'language = "{language}"\n' + city().rules_text)
    made = edition(results.competition)
    pages = [(m, m.build(make_subject(results, made, phase))) for m, phase in PHASES] + [
        (compliance, compliance.build(results, made))
    ]
    names = [grid.name for module, page in pages for grid in module.book(page, words).grids]
    assert [name for name in names if len(name) > 31] == []


def test_a_link_is_its_text():
    assert books.listing_sheet(_listing("text", Link("Dinkes", "DINKES.html")), WORDS).rows == (
        ("Dinkes",),
    )
