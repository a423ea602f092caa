"""Registration: counts of the small city worked out by hand, reasons, and rows that add up."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from reports.content.edition import edition
from reports.formats import workbook
from reports.formats.html import render_paper, render_screen
from reports.pages.parts.lists import Entry, Reason
from reports.pages.parts.subject import make_subject
from reports.pages.phases import registration
from reports.pages.phases.registration import Day
from tasks.words import Words

ZONE = ZoneInfo("Asia/Jakarta")


def _page(results, as_of=None, category=None):
    return registration.build(
        make_subject(results, edition(results.competition), "pendaftaran", as_of, category)
    )


def _day(month, day):
    return datetime(2022, month, day, tzinfo=ZONE)


def test_innovations_are_counted_and_not_rows(city):
    page = _page(city())
    assert (page.received, page.accepted, page.rejected, page.withdrawn, page.superseded) == (
        8,
        5,
        2,
        1,
        1,
    )


def test_what_the_history_says_was_received_is_what_the_page_counts(city):
    results = city()
    assert _page(results).received == results["history"].set_index("year").loc[2022, "received"]


def test_the_year_before_is_the_latest_earlier_one(city):
    history = pd.DataFrame(
        {"year": [2020, 2021, 2022], "received": [None, 62, 8], "accepted": [None, 46, 5]}
    )
    page = _page(city(history=history))
    assert (page.year_before, page.received_before) == (2021, 62)


def test_without_an_earlier_year_nothing_is_compared(city):
    page = _page(city(history=city()["history"].iloc[1:]))
    assert (page.year_before, page.received_before) == (None, None)


def test_an_innovation_stands_at_the_day_of_its_first_row(city):
    assert _page(city()).days == (
        Day(_day(2, 3), 1, 1, 1),
        Day(_day(2, 10), 2, 3, 3),
        Day(_day(3, 2), 1, 4, 3),
        Day(_day(3, 14), 2, 6, 4),
        Day(_day(3, 16), 2, 8, 5),
    )


def test_what_came_without_a_time_stands_before_the_first_day(city):
    results = city()
    rows = results["submissions"]
    untimed = rows.assign(
        submitted_at=rows["submitted_at"].mask(rows["submission_id"] == "DINKES-AAAA")
    )
    page = _page(city(submissions=untimed))
    assert page.undated == (1, 1)
    assert page.by_day.rows[0] == ("Tanpa waktu pengajuan", 1, 1, 1, 1)
    assert page.days[0] == Day(_day(2, 10), 2, 3, 3)
    assert page.days[-1].received_sum == page.received


def test_every_category_is_counted_and_zeros_are_printed(city):
    page = _page(city())
    assert page.by_category.rows == (
        ("Kesehatan", 4, 3, 0, 1),
        ("Pendidikan", 1, 1, 0, 0),
        ("Ketahanan Pangan", 1, 0, 1, 0),
        ("Tata Kelola Pemerintahan", 1, 1, 0, 0),
        ("Tanpa kategori yang dikenal", 1, 0, 1, 0),
    )
    assert page.by_category.total == (None, 8, 5, 2, 1)


def test_every_type_of_agency_is_counted_in_the_registers_order(city):
    page = _page(city())
    assert [row[:3] for row in page.by_type.rows] == [
        ("Sekretariat", 0, 0),
        ("Bagian", 1, 1),
        ("Dinas", 3, 2),
        ("Kecamatan", 1, 0),
        ("Puskesmas", 1, 1),
        ("Sekolah", 1, 1),
        ("Instansi yang tidak ada dalam daftar", 1, 0),
    ]
    assert page.by_type.total == page.by_category.total


def test_who_has_not_entered_are_the_obliged_from_whom_nothing_came(city):
    assert _page(city()).absent.rows == (
        (1, "Sekretariat Daerah", "Sekretariat", 1),
        (2, "Dinas Pendidikan", "Dinas", 1),
        (3, "Dinas Lingkungan Hidup", "Dinas", 0),
    )


def test_with_roll_up_a_body_whose_unit_entered_has_entered(city):
    rules = city().rules_text.replace("[obligation]", "[obligation]\nroll_up = true")
    assert [row[1] for row in _page(city(rules=rules)).absent.rows] == ["Dinas Lingkungan Hidup"]


def test_a_rejected_row_is_listed_with_every_reason_and_its_remedy(city):
    assert _page(city()).rejections.rows == (
        (
            1,
            Entry("Sungai Bersih", "Kecamatan Sukun"),
            (Reason("Masuk setelah penutupan", "Mintalah keputusan"),),
            "submissions/formulir.csv, baris 7",
        ),
        (
            2,
            Entry("Rumah Data", "Kantor Data"),
            (
                Reason("Kategori kosong", "Isilah kategori"),
                Reason("Kantor Data tidak dikenal", "Tambahkan ke agencies.csv"),
            ),
            "submissions/formulir.csv, baris 8",
        ),
    )


def test_a_row_that_a_decision_rejected_says_so(city):
    rows = city()["submissions"]
    rejected = rows["submission_id"] == "DINKES-AAAA"
    decided = rows.assign(
        status=rows["status"].mask(rejected, "rejected"),
        reason=rows["reason"].mask(rejected, "Bukan inovasi"),
    )
    page = _page(city(submissions=decided))
    assert page.rejections.rows[0][2] == (Reason("Bukan inovasi", ""),)


def test_a_two_column_workbook_has_no_row_and_keeps_its_reasons(city):
    rows, findings = city()["submissions"], city()["findings"]
    alone = rows[rows["submission_id"] == "KEC-SUKUN-EEEE"].assign(
        source="submissions/usulan.xlsx", row=None
    )
    about = findings[findings["submission_id"] == "KEC-SUKUN-EEEE"].assign(
        source="submissions/usulan.xlsx", row=None
    )
    page = _page(city(submissions=alone, findings=about))
    assert page.rejections.rows[0][2:] == (
        (Reason("Masuk setelah penutupan", "Mintalah keputusan"),),
        "submissions/usulan.xlsx",
    )


def test_where_a_rejected_row_stands_beside_an_accepted_one_the_accepted_counts(city):
    rows = city()["submissions"]
    again = rows[rows["submission_id"] == "DINKES-AAAA"].assign(
        row=20, status="rejected", ranked_status="rejected"
    )
    page = _page(city(submissions=pd.concat([rows, again], ignore_index=True)))
    assert (page.received, page.accepted, page.rejected) == (8, 5, 2)
    assert [row[1].flags for row in page.rejections.rows] == [(), (), ("stands",)]


def test_decisions_stand_beside_the_rule(city):
    assert [row[1:3] for row in _page(city()).decisions.rows] == [
        ("rejected", "accepted"),
        ("accepted", "withdrawn"),
    ]


def test_overlaps_stand_apart_from_the_other_findings(city):
    page = _page(city())
    assert [row[0] for row in page.repeated.rows] == ["submissions/formulir.xlsx"]
    assert [row[0] for row in page.findings.rows] == [
        "submissions/formulir.csv, baris 9",
        "submissions/formulir.csv, baris 3",
    ]


def test_the_rows_delivered_are_the_sum_of_what_became_of_them(city):
    account = _page(city()).account
    assert [row[1] for row in account.rows] == [5, 2, 1, 1, 3]
    assert account.total == (None, 12)


@pytest.mark.parametrize(
    ("category", "received"),
    [("kesehatan", 4), ("pendidikan", 1), ("pangan", 1), ("tata_kelola", 1)],
)
def test_a_category_page_counts_its_own(city, category, received):
    page = _page(city(), category=category)
    assert page.received == received
    assert len(page.received_list.rows) == received
    assert page.target is None


def test_all_received_are_listed_by_category_then_agency(city):
    assert [row[1].title for row in _page(city()).received_list.rows] == [
        "Lentera Ibu",
        "Pojok ASI",
        "Posyandu Malam",
        "Gerobak Sehat",
        "Kelas Ceria",
        "Sungai Bersih",
        "Arsip Pintar",
        "Rumah Data",
    ]


def test_before_anything_came_the_page_says_so_and_names_all_who_are_obliged(fresh):
    page = _page(fresh)
    assert (page.received, page.days, len(page.absent.rows)) == (0, (), 6)
    html = render_screen(page).decode()
    assert "Pendaftaran belum dibuka dan belum ada pengajuan yang masuk." in html


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_page_is_whole_in_both_languages_on_screen_and_paper(city, language):
    rules = f'language = "{language}"\n' + city().rules_text
    page = _page(city(rules=rules))
    for html in (render_screen(page).decode(), render_paper(page)):
        assert html.count("<h2 id=") == len(set(html.split('<h2 id="')[1:]))
        assert "Sungai Bersih" in html
    assert f'<html lang="{language}">' in render_paper(page)


def test_text_from_a_form_is_escaped(city):
    rows = city()["submissions"].assign(title="<script>alert(1)</script>")
    html = render_screen(_page(city(submissions=rows))).decode()
    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_the_workbook_has_a_sheet_a_listing_with_typed_cells(city):
    page = _page(city())
    book = registration.book(page, Words("id"))
    assert [grid.title for grid in book.grids][:4] == [
        page.title,
        "Daftar inovasi yang masuk",
        "Pengajuan yang ditolak dan alasannya",
        "Inovasi masuk dan diterima per hari",
    ]
    assert book.grids[0].rows[:2] == (("Inovasi masuk", 8), ("Diterima", 5))
    assert [c.kind for c in book.grids[3].columns] == [
        "date",
        "integer",
        "integer",
        "integer",
        "integer",
    ]
    assert workbook.render_book(book, Words("id"))[:2] == b"PK"


def test_innovations_keep_the_first_time_also_of_superseded_rows(city):
    results = city()
    about = make_subject(results, edition(results.competition), "pendaftaran")
    made = registration.received_innovations(about).set_index("submission_id")
    assert made.loc["SMPN-10-CCCC", "first"] == pd.Timestamp("2022-02-10 14:00", tz="Asia/Jakarta")
    assert made.loc["SMPN-10-CCCC", "row"] == 5
