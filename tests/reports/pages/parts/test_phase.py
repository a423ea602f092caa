"""What the pages of every phase begin with: the head, and the fields of every page."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pandas as pd

from reports.content.edition import edition
from reports.pages.parts.lists import Reason
from reports.pages.parts.phase import page_facts, phase_head
from reports.pages.parts.subject import make_subject

NOON = datetime(2022, 3, 20, 12, tzinfo=ZoneInfo("Asia/Jakarta"))


def _subject(results, code, as_of=None, category=None):
    return make_subject(results, edition(results.competition), code, as_of, category)


def _opened(results, code):
    phases = results["phases"]
    return phases.assign(state=phases["state"].mask(phases["phase"] == code, "open"))


def test_the_head_says_when_the_phase_runs_and_how_it_stands(city):
    head = phase_head(_subject(city(), "administrasi"))
    assert (head.name, head.kind, head.state, head.category) == (
        "Seleksi Administrasi",
        "screening",
        "closed",
        "",
    )
    assert head.opens == city().competition.registration.closes
    assert head.closes == city().competition.phase("administrasi").closes


def test_as_of_stands_on_the_report_of_an_open_phase_and_nowhere_else(city):
    results = city()
    open_ = city(phases=_opened(results, "administrasi"))
    assert phase_head(_subject(open_, "administrasi", NOON)).as_of == NOON
    assert phase_head(_subject(open_, "administrasi", NOON, "kesehatan")).as_of is None
    assert phase_head(_subject(results, "administrasi", NOON)).as_of is None


def test_what_every_reader_must_know_stands_in_the_head_of_its_phase_alone(city):
    results = city()
    notice = pd.DataFrame(
        {
            "severity": ["warning"],
            "rule": ["rules_changed"],
            "table": ["rankings"],
            "phase": ["proposal"],
            "message": ["Bobot berubah → Periksa"],
        }
    )
    with_notice = city(findings=pd.concat([results["findings"], notice], ignore_index=True))
    assert phase_head(_subject(with_notice, "proposal")).notices == (
        Reason("Bobot berubah", "Periksa"),
    )
    assert phase_head(_subject(with_notice, "presentasi")).notices == ()


def test_reports_are_drafts_until_their_phase_is_final(city):
    results = city()
    assert page_facts(_subject(results, "pendaftaran"))["is_draft"] is False
    assert page_facts(_subject(results, "proposal"))["is_draft"] is True


def test_a_category_page_has_a_place_and_a_title_of_its_own(city):
    facts = page_facts(_subject(city(), "proposal", None, "kesehatan"))
    assert (facts["path"], facts["title"]) == (
        "phases/proposal/kesehatan",
        "Penilaian Proposal: Kesehatan",
    )
