"""agencies/<code>: an agency's own page."""

import re
from dataclasses import replace

from reports.content.problems import Problem
from reports.formats.html import render_paper, render_screen
from reports.pages.agencies import agency
from reports.pages.agencies.agency import AgencyPage, Standing, Unit, cut_warnings
from tests.small.results import OFFICE_RULES, office_edition, office_results


def pages(**tables: object) -> dict[str, AgencyPage]:
    return {
        page.agency_code: page for page in agency.build(office_results(**tables), office_edition())
    }


def test_every_body_of_the_year_has_a_page_in_the_register_s_order():
    assert list(pages()) == list(office_results()["compliance"]["agency_code"])
    assert pages()["DLH"].path == "agencies/DLH"


def test_counts_are_shown_direct_and_with_units():
    page = pages()["DINKES"]
    assert (page.received, page.accepted, page.screened) == (2, 2, 1)
    assert (page.received_with_units, page.accepted_with_units, page.screened_with_units) == (
        4,
        4,
        3,
    )
    assert page.units == (
        Unit("PKM-JANTI", "Puskesmas Janti", 1, 1),
        Unit("PKM-POLOWIJEN", "Puskesmas Polowijen", 1, 1),
    )


def test_a_unit_says_what_it_is_part_of():
    assert pages()["PKM-JANTI"].parent == "Dinas Kesehatan"
    assert pages()["DINKES"].parent == ""


def test_each_phase_s_outcome_stands_with_each_submission():
    [first, second] = pages()["DINKES"].entries
    assert first.standings == (
        Standing("Seleksi administrasi", True, "passes"),
        Standing("Penilaian proposal", True, "advances", rank=1, score="87.50"),
    )
    assert second.standings == (
        Standing(
            "Seleksi administrasi", True, "fails", unmet="Surat pernyataan, Kesediaan replikasi"
        ),
    )


def test_a_rejected_submission_has_every_reason_and_remedy():
    [entry] = pages()["DINSOSP3AP2KB"].entries
    assert [(p.rule, p.remedy) for p in entry.problems] == [
        ("late", "Mintalah perpanjangan melalui Bagian Organisasi."),
        ("missing_required", "Isilah kategori pada formulir."),
    ]
    assert entry.category == ""


def test_a_withdrawn_one_says_why():
    withdrawn = pages()["KEL-BAKALANKRAJAN"].entries[1]
    assert (withdrawn.status, withdrawn.reason) == ("withdrawn", "Surat penarikan 12 Maret 2022")


def test_superseded_ones_are_apart_and_carry_no_findings():
    page = pages()["PKM-JANTI"]
    assert [e.title for e in page.entries] == ["Brigade Siaga Ibu Hamil"]
    assert [(e.title, e.problems, e.standings) for e in page.superseded] == [
        ("Pojok Gizi Balita", (), ())
    ]


def test_an_agency_without_submissions_says_so():
    page = pages()["DISHUB"]
    html = render_screen(page).decode()
    assert page.entries == ()
    assert "Belum ada inovasi yang masuk dari instansi ini." in html


def test_one_new_mark_changes_the_pages_that_show_it_and_no_other():
    rankings = office_results()["rankings"]
    moved = rankings.assign(
        score=rankings["score"].where(rankings["submission_id"] != "DLH-8BN6", "82.50")
    )
    before, after = pages(), pages(rankings=moved)
    assert [code for code in before if before[code].code != after[code].code] == ["DLH"]


def test_numbers_are_written_as_the_language_writes_them():
    assert '<td class="number">87,50</td>' in render_screen(pages()["DINKES"]).decode()


def test_without_a_screening_phase_nobody_is_told_who_passed_it():
    rules = re.sub(r'\[\[phases\]\]\ncode = "administrasi"(.|\n)*?\n(?=\[\[)', "", OFFICE_RULES)
    tables = {
        name: frame[frame["phase"] != "administrasi"]
        for name, frame in office_results().tables.items()
        if "phase" in frame
    }
    pages_ = agency.build(office_results(rules, **tables), office_edition(rules))
    [page] = [page for page in pages_ if page.agency_code == "DINKES"]
    assert page.screened is None
    assert "Lolos seleksi administrasi" not in render_paper(page)
    assert "Lolos seleksi administrasi" in render_paper(pages()["DINKES"])


def _entry(page, *problems):
    return replace(page.entries[0], problems=problems)


def _problem(rule, number, severity="warning"):
    return Problem(severity, rule, f"{rule} {number}", "", "", "")


def test_an_agency_s_page_has_every_error_and_some_warnings_of_each_entry():
    page = pages()["DINKES"]
    flood = [_problem("similar_title", i) for i in range(400)]
    errors = [_problem("too_long", i, "error") for i in range(40)]
    entries = (
        _entry(page, *flood, *errors),
        _entry(page, _problem("similar_title", "b"), _problem("overlap", "c")),
    )
    cut = cut_warnings(entries, 25)
    assert cut.left == 402 - 25
    assert sum(p.severity == "error" for p in cut.entries[0].problems) == 40
    assert cut.entries[1].problems == entries[1].problems
    html = render_paper(replace(page, entries=entries))
    assert f"Tidak dimuat di sini: {cut.left} lagi. Semuanya ada dalam data/findings.csv" in html


def test_rows_that_an_agency_sent_again_and_again_are_counted_where_they_do_not_fit():
    page = pages()["DINKES"]
    html = render_paper(replace(page, superseded=(page.entries[0],) * 100))
    assert f"Tidak dimuat di sini: {100 - 25} lagi" in html
    assert "data/submissions.csv" in html
