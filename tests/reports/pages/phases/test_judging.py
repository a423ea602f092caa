"""Judging: scores as printed, how they are made, what stands beside the rule; and what must never
stand here.
"""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from reports.content.edition import edition
from reports.content.page import content_text
from reports.formats import pdf, workbook
from reports.formats.html import paper_style, render_paper, render_screen
from reports.pages.parts.lists import Entry
from reports.pages.parts.subject import make_subject
from reports.pages.phases import judging
from reports.pages.phases.judging import Carried, Point, Strip
from tasks.words import Words


def _page(results, code="proposal", as_of=None, category=None):
    return judging.build(make_subject(results, edition(results.competition), code, as_of, category))


def test_the_figures_count_who_entered_has_a_score_and_advances(city):
    page = _page(city())
    assert (page.entered, page.scored, page.advancing, page.undecided) == (4, 4, 3, 0)
    assert (_page(city(), "presentasi").scored, _page(city(), "presentasi").undecided) == (2, 1)


def test_what_came_of_it_stands_before_how_the_score_is_made(city):
    html = render_paper(_page(city()))
    places = [
        html.index(f'<h2 id="{section}"')
        for section in ("overview", "formula", "ranking", "ties", "jury")
    ]
    assert places == sorted(places)


def test_the_way_to_a_score_is_said_before_there_is_one(fresh):
    html = render_paper(_page(fresh))
    assert '<h2 id="formula"' in html
    assert '<h2 id="overview"' not in html


def test_of_sheets_that_nobody_expects_nothing_is_said_to_be_complete(city):
    page = _page(city(), "presentasi")
    nobody = replace(
        page, scored=0, jury=replace(page.jury, expected=0, used=0, missing=0), ties=()
    )
    html = render_paper(nobody)
    assert "sudah ada dan sah" not in html
    assert '<h2 id="ties"' not in html


def test_a_row_has_a_score_a_criterion_under_a_short_key(city):
    ranking = _page(city()).lists[0].ranking
    assert [c.heading or c.name for c in ranking.columns] == [
        "rank",
        "entry",
        "K1",
        "K2",
        "score",
        "sheets",
        "outcome_now",
    ]
    assert ranking.rows[0] == (
        1,
        Entry("Gerobak Sehat", "Puskesmas Janti"),
        "90.00",
        "65.00",
        "80.00",
        2,
        "advances",
    )


def test_a_carried_score_stands_beside_the_own_one_so_that_the_sum_can_be_followed(city):
    ranking = _page(city(), "presentasi").lists[0].ranking
    assert [c.heading or c.name for c in ranking.columns][3:6] == [
        "own_score",
        "Penilaian Proposal",
        "score",
    ]
    own, carried, score = (float(cell) for cell in ranking.rows[0][3:6])
    assert 0.7 * own + 0.3 * carried == pytest.approx(score)


def test_who_has_no_score_has_no_numbers(city):
    assert _page(city(), "presentasi").lists[0].ranking.rows[2] == (
        None,
        Entry("Kelas Ceria", "SMP Negeri 10"),
        None,
        None,
        "55.50",
        None,
        0,
        "undecided",
    )


def test_the_formula_is_told_from_the_rules(city):
    formula = _page(city()).formula
    assert formula.criteria.rows == (
        ("K1", "Signifikansi", "60", "0.6"),
        ("K2", "Kebaruan", "40", "0.4"),
    )
    assert (formula.scale, formula.aggregate, formula.precision, formula.minimum_judges) == (
        ("0", "100"),
        "mean",
        2,
        2,
    )
    assert (formula.per_list, formula.overall, formula.minimum_score) == (2, None, "60")
    assert formula.tie_break == ("Signifikansi",)


def test_a_carry_formula_names_the_phase_and_both_shares(city):
    formula = _page(city(), "presentasi").formula
    assert (formula.own_share, formula.carried) == ("0.7", (Carried("Penilaian Proposal", "0.3"),))
    assert (
        "Nilai akhir = 0,7 × nilai tahap ini + 0,3 × nilai tahap Penilaian Proposal"
        in render_paper(_page(city(), "presentasi"))
    )


@pytest.mark.parametrize(
    ("advance", "said"),
    [
        (
            "advance = { per_list = 2, minimum_score = 60 }",
            "2 inovasi teratas dari setiap daftar dengan nilai sekurang-kurangnya 60.",
        ),
        ("advance = { overall = 7 }", "7 inovasi teratas dari semua daftar."),
        (
            "advance = { minimum_score = 62.5 }",
            "semua inovasi dengan nilai sekurang-kurangnya 62,5.",
        ),
        ("", "semua inovasi yang bernilai."),
    ],
)
def test_the_cut_off_is_told_in_words(city, advance, said):
    rules = city().rules_text.replace("advance = { per_list = 2, minimum_score = 60 }", advance)
    assert said in render_paper(_page(city(rules=rules)))


@pytest.mark.parametrize("aggregate", ["mean", "median", "trimmed_mean"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_aggregate_has_its_words(city, aggregate, language):
    rules = f'language = "{language}"\n' + city().rules_text.replace(
        "minimum_judges = 2", f'minimum_judges = 2\naggregate = "{aggregate}"'
    )
    assert Words(language).say(f"formula.{aggregate}", places=2) in render_paper(
        _page(city(rules=rules))
    )


def test_the_chart_has_a_line_a_list_that_has_scores(city):
    page = _page(city())
    assert page.strips == (
        Strip(
            "Kesehatan",
            (Point("80.00", "advances"), Point("80.00", "advances"), Point("70.00", "stays")),
        ),
        Strip("Pendidikan", (Point("55.50", "advances"),)),
    )
    assert (page.lowest, page.highest) == ("55.50", "80.00")


def test_lowest_and_highest_are_compared_as_numbers(city):
    strips = (
        Strip("a", (Point("100.00", "advances"), Point("99.50", "stays"), Point("9.75", "stays"))),
    )
    page = replace(_page(city()), strips=strips)
    assert (page.lowest, page.highest) == ("9.75", "100.00")


def test_the_overview_counts_every_list_and_sums(city):
    overview = _page(city()).overview
    assert overview.rows == (
        ("Kesehatan", 3, 3, 2),
        ("Pendidikan", 1, 1, 1),
        ("Ketahanan Pangan", 0, 0, 0),
        ("Tata Kelola Pemerintahan", 0, 0, 0),
    )
    assert overview.total == (None, 4, 4, 3)


def test_a_decision_differing_from_the_rule_is_listed_with_its_reason(city):
    assert [row[1:4] for row in _page(city()).decisions.rows] == [
        ("stays", "advances", "Satu-satunya wakil pendidikan")
    ]


def test_a_tie_at_the_cut_off_is_named_until_it_is_decided(city):
    tie = pd.DataFrame(
        {
            "severity": "warning",
            "rule": "tie_at_cutoff",
            "table": "rankings",
            "phase": "proposal",
            "submission_id": ["DINKES-AAAA", "PKM-JANTI-BBBB"],
            "message": "m → r",
        }
    )
    findings = pd.concat([city()["findings"], tie], ignore_index=True)
    decided = _page(city(findings=findings))
    assert (decided.at_cutoff, decided.cutoff_undecided) == (
        ("Gerobak Sehat", "Lentera Ibu"),
        False,
    )
    rankings = city()["rankings"].assign(
        outcome=lambda f: f["outcome"].mask(f["submission_id"] == "DINKES-AAAA", "undecided")
    )
    assert _page(city(findings=findings, rankings=rankings)).cutoff_undecided is True


def test_findings_that_stand_elsewhere_are_not_said_twice(city):
    assert _page(city()).findings.rows == ()
    assert _page(city()).too_few == 1


@pytest.mark.parametrize("code", ["proposal", "presentasi"])
def test_severity_intervals_and_fairness_never_stand_here(city, code):
    planted = city()["rankings"].assign(
        rank_low=41,
        rank_high=43,
        p_first="0.4711",
        p_advance="0.4712",
        adjusted_score="47.13",
        adjusted_rank=47,
    )
    judges = city()["judges"].assign(judge_severity="4.714", severity_se="0.4715", fit="0.4716")
    page = _page(city(rankings=planted, judges=judges), code)
    plain = _page(city(), code)
    assert page == plain
    assert "4711" not in content_text(page) + render_paper(page)


def test_an_open_phase_prints_as_of_on_the_report_and_not_on_a_category(city):
    results = city(phases=city()["phases"].assign(state="open"))
    now = datetime(2022, 4, 5, 8, 30, tzinfo=ZoneInfo("Asia/Jakarta"))
    assert "5 April 2022 pukul 08.30 WIB" in render_paper(_page(results, as_of=now))
    category = _page(results, as_of=now, category="kesehatan")
    assert "5 April 2022" not in render_paper(category)
    assert "masih sementara" in render_paper(category)


@pytest.mark.parametrize(
    ("category", "entered"), [("kesehatan", 3), ("pendidikan", 1), ("pangan", 0)]
)
def test_a_category_with_many_one_or_no_entries_has_a_page(city, category, entered):
    page = _page(city(), category=category)
    assert [one.entered for one in page.lists] == [entered]
    assert page.title.startswith("Penilaian Proposal: ")
    assert "<h1>" in render_screen(page).decode()


def test_a_phase_that_has_not_begun_says_so_and_how_it_will_be_judged(fresh):
    html = render_screen(_page(fresh)).decode()
    assert "Tahap ini belum dimulai; belum ada penilaian." in html
    assert "Signifikansi" in html
    assert "Dewan Juri" not in html


def test_a_ranking_of_many_columns_lies_on_its_side_on_paper(city):
    extra = "".join(
        f'\n  {{ code = "k{i}", weight = 1, name = "Kriteria {i}" }},' for i in range(6)
    )
    rules = city().rules_text.replace(
        'criteria = [\n  { code = "signifikansi"',
        f'criteria = [{extra}\n  {{ code = "signifikansi"',
    )
    assert '<section class="wide"' in render_paper(_page(city(rules=rules)))
    assert '<section class="wide"' not in render_paper(_page(city()))


def test_the_workbook_has_one_ranking_sheet_with_the_criteria_by_name(city):
    words = Words("id")
    book = judging.book(_page(city()), words)
    ranking = book.grids[1]
    assert [c.heading for c in ranking.columns] == [
        "Daftar",
        "Peringkat",
        "Judul inovasi",
        "Instansi",
        "Catatan",
        "Signifikansi",
        "Kebaruan",
        "Nilai",
        "Lembar",
        "Hasil",
    ]
    assert ranking.rows[3] == (
        "Pendidikan",
        1,
        "Kelas Ceria",
        "SMP Negeri 10",
        "dengan keputusan",
        "57.50",
        "52.50",
        "55.50",
        2,
        "Maju",
    )
    assert {c.places for c in ranking.columns if c.kind == "decimal"} == {2}
    assert workbook.render_book(book, words)[:2] == b"PK"


def test_the_report_prints_without_a_complaint(city, caplog):
    page = _page(city())
    made = pdf.render_pdf(pdf.PrintOrder(render_paper(page), paper_style("A4")))
    assert made[:5] == b"%PDF-"
    assert [r.getMessage() for r in caplog.records if r.name.startswith("weasyprint")] == []
