"""The listings of several phases: decisions, corrections, and where findings stand."""

import pandas as pd
import pytest

from reports.content.edition import edition
from reports.pages.parts.lists import Entry
from reports.pages.parts.phase_listings import (
    correction_listing,
    decision_listing,
    level_decision_listing,
    place_texts,
)
from reports.pages.parts.subject import make_subject


def _subject(results, code):
    return make_subject(results, edition(results.competition), code)


def test_a_decision_stands_beside_what_the_rule_gave(city):
    rows = pd.DataFrame({"submission_id": ["PKM-JANTI-BBBB"], "ranked_outcome": ["fails"]})
    shown = decision_listing(_subject(city(), "administrasi"), rows)
    assert shown.rows == (
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
    rows = pd.DataFrame({"submission_id": [], "ranked_outcome": []}, dtype="str")
    shown = decision_listing(_subject(city(decisions=decisions), "administrasi"), rows)
    assert shown.rows == ((Entry("Judul Salah", "–"), None, "passes", "-", "not_applied"),)


def test_decisions_of_a_nomination_name_their_level(city):
    rows = pd.DataFrame(
        {
            "submission_id": ["DINKES-AAAA", "DINKES-AAAA"],
            "level": ["provinsi", "nasional"],
            "ranked_outcome": ["barred", "nominated"],
        }
    )
    shown = level_decision_listing(_subject(city(), "nominasi"), rows, {"nasional": "Nasional"})
    assert shown.rows[0][:4] == (
        "Nasional",
        Entry("Lentera Ibu", "Dinas Kesehatan"),
        "nominated",
        "reserve",
    )


def test_a_correction_says_what_was_what_became_of_it_and_who_reviewed_it(city):
    shown = correction_listing(_subject(city(), "pendaftaran"), "submissions/")
    assert shown.rows == (
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
    assert correction_listing(_subject(city(), "proposal"), "scores/proposal/").rows == ()


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
    shown = correction_listing(_subject(city(corrections=rows), "pendaftaran"), "submissions/")
    assert shown.rows[0][5] == said


def test_a_place_is_an_export_with_the_spreadsheets_row_where_there_is_one(city):
    frame = pd.DataFrame(
        {
            "source": ["a.csv", "b.xlsx#Juri 1", None],
            "row": pd.Series([4, None, None], dtype="Int64"),
        }
    )
    places = place_texts(_subject(city(), "pendaftaran"), frame)
    assert list(places.fillna("-")) == ["a.csv, baris 4", "b.xlsx, lembar Juri 1", "-"]
