"""What a page shows of more rows than it can carry: a share of each rule, and a sentence that says
what is left out.
"""

import re
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.content.edition import edition
from reports.content.page import content_text
from reports.formats.html import render_paper, render_screen
from reports.pages.parts import books, excerpt
from reports.pages.parts.excerpt import ROOM, SMALLEST_ROOM, choose_items
from reports.pages.parts.subject import make_subject
from reports.pages.phases import judging, minutes, registration
from reports.pages.phases.jury import jury_progress
from tasks.words import Words

GROUPS = st.lists(st.sampled_from("abcde"), max_size=60)


@given(GROUPS, st.integers(0, 40))
def test_as_many_are_shown_as_there_is_room_for_each_once_and_in_order(of, room):
    shown = choose_items(of, room)
    assert len(shown) == min(room, len(of))
    assert list(shown) == sorted(set(shown))


@given(GROUPS, st.integers(5, 40))
def test_no_group_is_pushed_out_by_another(of, room):
    shown = [of[i] for i in choose_items(of, room)]
    for group in set(of):
        assert shown.count(group) >= min(of.count(group), room // 5)


def test_what_a_small_group_does_not_need_the_large_one_has():
    assert choose_items("aaaaaaabaa", 5) == (0, 1, 2, 3, 7)


def test_of_a_group_with_parts_each_part_has_its_first_before_any_has_its_second():
    assert choose_items(["a"] * 6, 4, [1, 1, 1, 2, 2, 3]) == (0, 1, 3, 5)


def _findings(flood, others=()):
    """Findings of a registration: many of one rule, and others."""
    rules = ["similar_title"] * flood + list(others)
    nothing = pd.Series(None, index=range(len(rules)), dtype="str")
    return pd.DataFrame(
        {
            "severity": "warning",
            "rule": rules,
            "table": "submissions",
            "phase": nothing,
            "source": "form.csv",
            "row": pd.array(range(2, len(rules) + 2), dtype="Int64"),
            "submission_id": "DINKES-AAAA",
            "field": nothing,
            "value": nothing,
            "message": [f"Kabar {rule} nomor {i} – periksa" for i, rule in enumerate(rules)],
        }
    )


def _page(results, language="id"):
    rules = f'language = "{language}"\n' + results.rules_text
    made_for = edition(type(results).of(rules, results.tables).competition)
    return registration.build(make_subject(results, made_for, "pendaftaran"))


def _rows(html, name):
    section = html.split(f'<h2 id="{name}">')[1].split("</section>")[0]
    return len(re.findall("<tr><th", section.split("<tbody>")[1].split("</tbody>")[0])), section


@pytest.mark.parametrize("medium", ["paper", "screen"])
def test_a_flood_of_one_rule_is_cut_and_leaves_the_others_where_they_are(city, medium):
    page = _page(city(findings=_findings(3_000, ["overlap"] * 5)))
    html = render_paper(page) if medium == "paper" else render_screen(page).decode()
    count, section = _rows(html, "repeated")
    assert count == ROOM[medium]
    assert section.count("Kabar overlap") == 5
    left = Words("id").integer(3_005 - ROOM[medium])
    assert f"Tidak dimuat di sini: {left} lagi." in section
    assert "lembar “Ganda dan serupa”" in section and "data/findings.csv" in section


def test_every_row_that_a_flood_is_about_is_shown_once_before_any_is_shown_twice(city):
    crowded = _findings(1_000).assign(row=lambda f: f["row"].where(f.index >= 900, 2))
    _, section = _rows(render_paper(_page(city(findings=crowded))), "repeated")
    assert section.count("Kabar similar_title nomor 9") > 100
    assert section.count("baris 2<") == ROOM["paper"] - 100


def test_what_is_left_out_is_said_in_english_too(city):
    html = render_paper(_page(city(findings=_findings(1_000)), "en"))
    assert f"Left out here: {1_000 - ROOM['paper']} more." in html


def test_the_workbook_has_every_row(city):
    page = _page(city(findings=_findings(3_000)))
    [grid] = [g for g in registration.book(page, Words("id")).grids if g.name == "Ganda dan serupa"]
    assert len(grid.rows) == 3_000


def test_as_many_as_there_is_room_for_on_paper_are_whole_and_nothing_is_said(city):
    page = _page(city(findings=_findings(SMALLEST_ROOM)))
    assert _rows(render_paper(page), "repeated")[0] == SMALLEST_ROOM
    assert "Tidak dimuat" not in render_paper(page)
    assert page.repeated.groups == () and "groups" not in content_text(page.repeated)


def test_what_a_page_shows_of_a_cut_listing_is_in_its_hash(city):
    page = _page(city(findings=_findings(SMALLEST_ROOM + 1)))
    other = replace(
        page, repeated=replace(page.repeated, groups=("overlap",) * (SMALLEST_ROOM + 1))
    )
    assert page.digest != other.digest


def test_rejected_rows_are_cut_with_a_share_for_every_rule(city):
    one = (
        city()["submissions"]
        .iloc[[0]]
        .assign(source="form.csv", status="rejected", ranked_status="rejected")
    )
    many = pd.concat(
        [one.assign(submission_id=f"X-{n}", title=f"Judul {n}", row=n) for n in range(2, 902)]
    )
    late = (
        _findings(899, ["unknown_agency"])
        .assign(severity="error")
        .replace({"rule": {"similar_title": "late"}})
    )
    page = _page(city(submissions=many.reset_index(drop=True), findings=late))
    count, section = _rows(render_paper(page), "rejections")
    assert count == ROOM["paper"]
    assert "Judul 901" in section and "Kabar unknown_agency" in section
    assert f"Tidak dimuat di sini: {900 - ROOM['paper']} lagi." in section
    assert "data/submissions.csv, data/findings.csv" in section


def test_lists_of_submissions_are_never_cut(city):
    results = city()
    one = results["submissions"].iloc[[0]]
    many = pd.concat(
        [
            one.assign(submission_id=f"X-{i}", row=i, status="accepted")
            for i in range(SMALLEST_ROOM + 200)
        ]
    )
    page = _page(city(submissions=many.reset_index(drop=True)))
    assert _rows(render_paper(page), "received")[0] == SMALLEST_ROOM + 200


def test_sheets_owed_are_cut_title_by_title_and_no_judge_is_pushed_out(city):
    owed = [
        (f"S-{i}", judge) for judge, many in (("Juri 1", 2_000), ("Juri 2", 3)) for i in range(many)
    ]
    sheets = pd.DataFrame(owed, columns=["submission_id", "judge"]).assign(
        phase="proposal",
        sheet_status="missing",
        reason=pd.Series(None, index=range(len(owed)), dtype="str"),
        source=None,
        row=pd.array([None] * len(owed), dtype="Int64"),
        sheet_score=None,
    )
    results = city(sheets=sheets)
    listing = jury_progress(make_subject(results, edition(results.competition), "proposal")).owed
    cut = excerpt.cut_listing(listing, "paper")
    assert [(row[0], len(row[1])) for row in cut.listing.rows] == [
        ("Juri 1", ROOM["paper"] - 3),
        ("Juri 2", 3),
    ]
    assert cut.left == 2_003 - ROOM["paper"]
    assert [len(row[1]) for row in listing.rows] == [2_000, 3]
    assert books.listing_sheet(listing, Words("id")).rows[0][1].count("\n") == 1_999


def test_judges_without_number_are_cut_and_the_sums_are_of_all(city):
    judges = [f"Juri {i}" for i in range(1, 1_001)]
    sheets = pd.DataFrame({"judge": judges}).assign(
        phase="proposal",
        sheet_status="used",
        reason=pd.Series(None, index=range(1_000), dtype="str"),
        source=None,
        row=pd.array([None] * 1_000, dtype="Int64"),
        sheet_score="80.00",
        submission_id="DINKES-AAAA",
    )
    of_judges = pd.DataFrame({"phase": "proposal", "judge": judges, "sheets": 1})
    results = city(sheets=sheets, judges=of_judges)
    made_for = edition(results.competition)
    count, section = _rows(
        render_paper(judging.build(make_subject(results, made_for, "proposal"))), "jury"
    )
    assert count == ROOM["paper"]
    assert section.count("<tfoot>") == 1
    assert "1.000" in section.split("<tfoot>")[1]
    assert "Tidak dimuat di sini: 700 lagi." in section
    html = render_paper(minutes.build(make_subject(results, made_for, "proposal")))
    assert html.count('<td class="sign') == ROOM["paper"]
    assert "Tidak dimuat di sini: 700 lagi. Semuanya ada dalam data/judges.csv" in html


def test_notices_of_every_submission_do_not_push_out_those_of_the_phase(city):
    many = ["result_changed"] * 1_000 + ["unconnected_panels"]
    notices = pd.DataFrame(
        {
            "severity": "warning",
            "rule": many,
            "table": "rankings",
            "phase": "proposal",
            "message": [f"Kabar {rule} {i} – periksa" for i, rule in enumerate(many)],
        }
    )
    results = city(findings=notices)
    for module in (judging, minutes):
        subject = make_subject(results, edition(results.competition), "proposal")
        html = render_paper(module.build(subject))
        assert "Kabar unconnected_panels" in html
        assert html.count("Kabar result_changed") == ROOM["paper"] - 1
        assert "Tidak dimuat di sini: 701 lagi. Semuanya ada dalam data/findings.csv" in html
