"""What a page of a phase is about: one category's Results, and the names of its rows."""

import pandas as pd

from reports.content.edition import edition
from reports.pages.parts.lists import Entry
from reports.pages.parts.subject import (
    add_entries,
    category_results,
    known_submissions,
    make_subject,
    type_names,
)


def _subject(results, code):
    return make_subject(results, edition(results.competition), code)


def test_results_of_a_category_hold_what_is_about_its_submissions_and_nothing_else(city):
    results = city()
    kept = category_results(results, "pendidikan")
    assert list(kept["rankings"]["submission_id"]) == ["SMPN-10-CCCC", "SMPN-10-CCCC"]
    assert set(kept["sheets"]["submission_id"]) == {"SMPN-10-CCCC"}
    assert list(kept["findings"]["submission_id"]) == []
    assert len(kept["agencies"]) == len(results["agencies"])


def test_results_of_a_category_that_nobody_entered_are_empty_but_whole(city):
    kept = category_results(category_results(city(), "pangan"), "tata_kelola")
    assert len(kept["submissions"]) == 0
    assert len(kept["compliance"]) == 8


def test_types_are_named_by_the_catalogue_and_unknown_ones_spelt_out(city):
    about = _subject(city(), "pendaftaran")
    named = type_names(about, pd.Series(["satpol_pp", "kantor_urusan", None], dtype="str"))
    assert list(named.fillna("-")) == ["Satuan Polisi Pamong Praja", "Kantor urusan", "-"]


def test_a_submission_is_known_by_the_row_that_counts(city):
    known = known_submissions(_subject(city(), "pendaftaran"))
    assert list(known["submission_id"]).count("SMPN-10-CCCC") == 1
    assert len(known) == 8


def test_a_row_of_an_unknown_submission_is_called_by_its_id(city):
    frame = pd.DataFrame({"submission_id": ["DINKES-AAAA", "Z-1"]}, dtype="str")
    told = add_entries(_subject(city(), "pendaftaran"), frame)
    assert list(told["entry"]) == [Entry("Lentera Ibu", "Dinas Kesehatan"), Entry("Z-1", "–")]
