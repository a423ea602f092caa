"""The minutes: the date in words, blanks for what only the jury knows, the result, and who
signs.
"""

import io
from datetime import date

import pandas as pd
import pdfplumber
import pytest

from reports.content.edition import edition
from reports.formats import pdf
from reports.formats.html import paper_style, print_order, render_paper
from reports.pages.parts.lists import Entry, Reason
from reports.pages.parts.subject import make_subject
from reports.pages.phases import minutes
from reports.pages.phases.minutes import DayInWords
from tasks.words import Words

FACTS = (
    '\n[documents.minutes-proposal]\nnumber = "B/187/PP.00.05/2022"\non = 2022-04-11\nplace '
    '= "Malang"\n'
)


def _page(results, code="proposal"):
    return minutes.build(make_subject(results, edition(results.competition), code))


@pytest.mark.parametrize(
    ("day", "language", "said"),
    [
        (
            date(2022, 1, 26),
            "id",
            DayInWords("Rabu", "dua puluh enam", "Januari", "dua ribu dua puluh dua"),
        ),
        (
            date(2022, 4, 11),
            "id",
            DayInWords("Senin", "sebelas", "April", "dua ribu dua puluh dua"),
        ),
        (
            date(2023, 12, 1),
            "id",
            DayInWords("Jumat", "satu", "Desember", "dua ribu dua puluh tiga"),
        ),
        (
            date(2022, 4, 11),
            "en",
            DayInWords("Monday", "eleventh", "April", "two thousand and twenty-two"),
        ),
    ],
)
def test_a_date_is_written_in_words(day, language, said):
    assert minutes.day_in_words(Words(language), day) == said


def test_the_opening_names_day_place_and_jury(city):
    html = render_paper(_page(city(rules=city().rules_text + FACTS)))
    assert (
        "Pada hari ini, Senin tanggal sebelas bulan April tahun dua ribu dua puluh dua, "
        "bertempat di Malang, "
        "kami yang bertanda tangan di bawah ini selaku Dewan Juri KIPP Kota Malang Tahun 2022 "
        "telah melaksanakan "
        "Penilaian Proposal"
    ) in html
    assert "B/187/PP.00.05/2022" in html


def test_what_was_not_given_is_a_blank_and_never_invented(city):
    page = _page(city())
    assert page.day is None
    assert (
        page.signature.number,
        page.signature.place,
        page.signature.date,
        page.signature.name,
    ) == ("", "", "", "")
    html = render_paper(page)
    assert "Pada hari ini, …" in html
    assert html.count('<span class="blank">') == 6


def test_the_result_stands_list_by_list_without_criterion_scores(city):
    page = _page(city())
    assert [one.name for one in page.lists] == [
        "Kesehatan",
        "Pendidikan",
        "Ketahanan Pangan",
        "Tata Kelola Pemerintahan",
    ]
    assert page.lists[0].ranking.rows[0] == (
        1,
        Entry("Gerobak Sehat", "Puskesmas Janti"),
        "80.00",
        "advances",
    )
    assert (page.entered, page.scored, page.advancing, page.sheets) == (4, 4, 3, 7)


def test_ties_and_decisions_of_the_plenary_are_on_record(city):
    page = _page(city())
    assert [tie.score for tie in page.ties] == ["80.00"]
    assert [row[1:4] for row in page.decisions.rows] == [
        ("stays", "advances", "Satu-satunya wakil pendidikan")
    ]
    assert Words("id").say("minutes.no_decisions") in render_paper(_page(city(), "presentasi"))


def test_a_tie_names_its_innovations_with_their_ranks(city):
    tie = "Nilai 80,00 dicapai oleh “Gerobak Sehat” (peringkat 1) dan “Lentera Ibu” (peringkat 2)."
    assert tie in " ".join(render_paper(_page(city())).split())


def _with_low_tie(city, **outcomes):
    """The small city's rankings and ties with a tie at 70.00 below the cut-off; `outcomes` are
    those of its two.
    """
    rankings = city()["rankings"]
    low = rankings[rankings["submission_id"] == "DINKES-DDDD"]
    other = low.assign(submission_id="DINKES-EEEE", title="Pojok Gizi")
    tied = pd.concat([rankings, other], ignore_index=True)
    is_low = tied["score"] == "70.00"
    changed = {column: tied[column].mask(is_low, value) for column, value in outcomes.items()}
    pair = pd.DataFrame(
        {
            "phase": "proposal",
            "list": "kesehatan",
            "rank": 3,
            "submission_id": ["DINKES-DDDD", "DINKES-EEEE"],
        }
    )
    ties = pd.concat([city()["ties"], pair], ignore_index=True)
    return {"rankings": tied.assign(**changed), "ties": ties}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "id",
            (
                "Nilai yang sama di antara inovasi yang tidak maju: 1; rinciannya dimuat dalam "
                "laporan fase ini."
            ),
        ),
        (
            "en",
            (
                "Scores shared only by innovations that do not advance: 1; the report of this "
                "phase names them."
            ),
        ),
    ],
)
def test_ties_below_the_cut_off_are_counted_and_not_named(city, language, sentence):
    rules = f'language = "{language}"\n' + city().rules_text
    page = _page(city(rules=rules, **_with_low_tie(city)))
    assert [tie.score for tie in page.ties] == ["80.00"]
    assert page.lesser_ties == 1
    assert sentence in render_paper(page)


@pytest.mark.parametrize(
    "outcomes",
    [
        {"ranked_outcome": "undecided", "outcome": "undecided"},
        {"ranked_outcome": "undecided", "outcome": "stays"},
        {"ranked_outcome": "stays", "outcome": "advances"},
    ],
)
def test_ties_at_the_cut_off_are_named_also_where_the_plenary_settled_them(city, outcomes):
    page = _page(city(**_with_low_tie(city, **outcomes)))
    assert [tie.score for tie in page.ties] == ["80.00", "70.00"]
    assert "tidak maju:" not in render_paper(page)


def test_where_no_tie_decided_anything_only_their_number_stands_in_the_minutes(city):
    tables = _with_low_tie(city)
    rankings = tables["rankings"].assign(
        score=lambda f: f["score"].mask(f["submission_id"] == "PKM-JANTI-BBBB", "81.00")
    )
    ties = tables["ties"][tables["ties"]["rank"] == 3]
    page = _page(city(rankings=rankings, ties=ties))
    assert page.ties == ()
    html = render_paper(page)
    assert "Nilai yang sama di antara inovasi yang tidak maju: 1" in html
    assert "diselesaikan sebagai berikut" not in html


def test_who_is_undecided_is_named(city):
    assert _page(city(), "presentasi").undecided == ("Kelas Ceria",)
    assert "Belum diputuskan: “Kelas Ceria”." in render_paper(_page(city(), "presentasi"))


def test_no_signature_stands_on_a_page_without_the_closing_sentence(city):
    with pdfplumber.open(io.BytesIO(pdf.render_pdf(print_order(_page(city()))))) as opened:
        signed = [text for page in opened.pages if "Tanda tangan" in (text := page.extract_text())]
    assert len(signed) == 1
    assert "Demikian Berita Acara ini dibuat dengan sebenarnya" in signed[0]
    assert "Mengetahui," in signed[0]


def test_the_judges_who_marked_sign(city):
    page = _page(city())
    assert page.judges == ("Juri 1", "Juri 2")
    assert render_paper(page).count('<td class="sign') == 2


def test_notices_of_the_phase_stand_in_the_minutes(city):
    notice = pd.DataFrame(
        {
            "severity": ["warning"],
            "rule": ["unconnected_panels"],
            "table": ["rankings"],
            "phase": ["proposal"],
            "message": ["Dua panel tanpa juri penghubung → Periksa"],
        }
    )
    page = _page(city(findings=pd.concat([city()["findings"], notice], ignore_index=True)))
    assert page.notices == (Reason("Dua panel tanpa juri penghubung", "Periksa"),)
    assert "Dua panel tanpa juri penghubung" in render_paper(page)


def test_a_phase_that_has_not_closed_cannot_be_signed(city):
    assert "belum dapat ditandatangani" in render_paper(
        _page(city(phases=city()["phases"].assign(state="open")))
    )
    assert "belum dapat ditandatangani" not in render_paper(_page(city()))


@pytest.mark.parametrize(
    ("final", "draft"),
    [('["pendaftaran"]', True), ('["pendaftaran", "administrasi", "proposal"]', False)],
)
def test_minutes_are_a_draft_until_their_phase_is_final(city, final, draft):
    rules = city().rules_text.replace('final = ["pendaftaran"]', f"final = {final}")
    page = _page(city(rules=rules))
    assert page.is_draft is draft
    assert ("KONSEP" in render_paper(page)) is draft


def test_severity_and_intervals_never_stand_in_the_minutes(city):
    planted = city()["rankings"].assign(
        rank_low=41, rank_high=43, p_first="0.4711", adjusted_score="47.13", adjusted_rank=47
    )
    assert _page(city(rankings=planted)) == _page(city())


def test_before_the_phase_the_minutes_are_an_empty_form(fresh, caplog):
    page = _page(fresh)
    assert (page.entered, page.judges) == (0, ())
    made = pdf.render_pdf(pdf.PrintOrder(render_paper(page), paper_style("F4")))
    assert made[:5] == b"%PDF-"
    assert [r.getMessage() for r in caplog.records if r.name.startswith("weasyprint")] == []


def test_the_minutes_are_whole_in_english(city):
    html = render_paper(_page(city(rules='language = "en"\n' + city().rules_text + FACTS)))
    assert (
        "On this day, Monday the eleventh of April two thousand and twenty-two, in Malang" in html
    )
