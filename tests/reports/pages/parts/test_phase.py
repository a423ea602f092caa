"""What the pages of every phase share: the head, one category's Results, decisions, corrections."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from reports.content.edition import edition
from reports.pages.parts import phase
from reports.pages.parts.lists import Entry, Reason

NOON = datetime(2022, 3, 20, 12, tzinfo=ZoneInfo("Asia/Jakarta"))


def _subject(results, code, as_of=None, category=None):
    return phase.subject(results, edition(results.competition), code, as_of, category)


def _opened(results, code):
    phases = results["phases"]
    return phases.assign(state=phases["state"].mask(phases["phase"] == code, "open"))


def test_the_head_says_when_the_phase_runs_and_how_it_stands(city):
    head = phase.head(_subject(city(), "administrasi"))
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
    assert phase.head(_subject(open_, "administrasi", NOON)).as_of == NOON
    assert phase.head(_subject(open_, "administrasi", NOON, "kesehatan")).as_of is None
    assert phase.head(_subject(results, "administrasi", NOON)).as_of is None


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
    assert phase.head(_subject(with_notice, "proposal")).notices == (
        Reason("Bobot berubah", "Periksa"),
    )
    assert phase.head(_subject(with_notice, "presentasi")).notices == ()


def test_reports_are_drafts_until_their_phase_is_final(city):
    results = city()
    assert phase.page_facts(_subject(results, "pendaftaran"))["is_draft"] is False
    assert phase.page_facts(_subject(results, "proposal"))["is_draft"] is True


def test_a_category_page_has_a_place_and_a_title_of_its_own(city):
    facts = phase.page_facts(_subject(city(), "proposal", None, "kesehatan"))
    assert (facts["path"], facts["title"]) == (
        "phases/proposal/kesehatan",
        "Penilaian Proposal: Kesehatan",
    )


def test_results_of_a_category_hold_what_is_about_its_submissions_and_nothing_else(city):
    results = city()
    kept = phase.category_results(results, "pendidikan")
    assert list(kept["rankings"]["submission_id"]) == ["SMPN-10-CCCC", "SMPN-10-CCCC"]
    assert set(kept["sheets"]["submission_id"]) == {"SMPN-10-CCCC"}
    assert list(kept["findings"]["submission_id"]) == []
    assert len(kept["agencies"]) == len(results["agencies"])


def test_results_of_a_category_that_nobody_entered_are_empty_but_whole(city):
    kept = phase.category_results(phase.category_results(city(), "pangan"), "tata_kelola")
    assert len(kept["submissions"]) == 0
    assert len(kept["compliance"]) == 8


def test_types_are_named_by_the_catalogue_and_unknown_ones_spelt_out(city):
    about = _subject(city(), "pendaftaran")
    named = phase.type_names(about, pd.Series(["satpol_pp", "kantor_urusan", None], dtype="str"))
    assert list(named.fillna("-")) == ["Satuan Polisi Pamong Praja", "Kantor urusan", "-"]


def test_a_submission_is_known_by_the_row_that_counts(city):
    known = phase.known_submissions(_subject(city(), "pendaftaran"))
    assert list(known["submission_id"]).count("SMPN-10-CCCC") == 1
    assert len(known) == 8


def test_a_row_of_an_unknown_submission_is_called_by_its_id(city):
    frame = pd.DataFrame({"submission_id": ["DINKES-AAAA", "Z-1"]}, dtype="str")
    told = phase.add_entries(_subject(city(), "pendaftaran"), frame)
    assert list(told["entry"]) == [Entry("Lentera Ibu", "Dinas Kesehatan"), Entry("Z-1", "–")]


def test_a_decision_stands_beside_what_the_rule_gave(city):
    made = phase.decision_listing(_subject(city(), "administrasi"), {"PKM-JANTI-BBBB": "fails"})
    assert made.rows == (
        (
            Entry("Gerobak Sehat", "Puskesmas Janti"),
            "fails",
            "passes",
            "Surat menyusul dan sudah diterima",
            "applied",
        ),
    )


def test_a_decision_on_something_unknown_is_listed_as_typed_and_without_effect(city):
    decisions = pd.DataFrame(
        {
            "phase": ["administrasi"],
            "submission_id": [None],
            "title": ["Judul Salah"],
            "outcome": ["passes"],
            "reason": ["-"],
            "level": [None],
            "applied": [False],
        }
    )
    made = phase.decision_listing(_subject(city(decisions=decisions), "administrasi"), {})
    assert made.rows == ((Entry("Judul Salah", "–"), None, "passes", "-", "not_applied"),)


def test_decisions_of_a_nomination_name_their_level(city):
    made = phase.decision_listing(
        _subject(city(), "nominasi"),
        {("DINKES-AAAA", "nasional"): "nominated"},
        {"nasional": "Nasional"},
    )
    assert made.rows[0][:4] == (
        "Nasional",
        Entry("Lentera Ibu", "Dinas Kesehatan"),
        "nominated",
        "reserve",
    )


def test_a_correction_says_what_was_what_became_of_it_and_who_reviewed_it(city):
    made = phase.correction_listing(_subject(city(), "pendaftaran"), "submissions/")
    assert made.rows == (
        (
            "submissions/formulir.csv, baris 3",
            "Judul inovasi",
            "Grobak Sehat",
            "Gerobak Sehat",
            "Salah ketik",
            "Sekretariat, 17 Maret 2022",
            "applied",
        ),
    )


def test_corrections_of_other_exports_stand_on_other_pages(city):
    assert phase.correction_listing(_subject(city(), "proposal"), "scores/proposal/").rows == ()


@pytest.mark.parametrize(
    ("by", "on", "said"),
    [
        ("Sekretariat", None, "Sekretariat"),
        (None, "2022-03-17", "17 Maret 2022"),
        (None, "kemarin", "kemarin"),
        (None, None, ""),
    ],
)
def test_who_reviewed_a_correction_may_be_half_known(city, by, on, said):
    rows = city()["corrections"].assign(corrected_by=by, corrected_on=on)
    made = phase.correction_listing(_subject(city(corrections=rows), "pendaftaran"), "submissions/")
    assert made.rows[0][5] == said


def test_a_place_is_an_export_with_the_spreadsheets_row_where_there_is_one(city):
    frame = pd.DataFrame(
        {
            "source": ["a.csv", "b.xlsx#Juri 1", None],
            "row": pd.Series([4, None, None], dtype="Int64"),
        }
    )
    places = phase.place_texts(_subject(city(), "pendaftaran"), frame)
    assert list(places.fillna("-")) == ["a.csv, baris 4", "b.xlsx, lembar Juri 1", "-"]
