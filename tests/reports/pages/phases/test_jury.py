"""The jury's progress: what is expected, used, left out and missing adds up by judge."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from reports.content.edition import edition
from reports.pages.parts.lists import Entry
from reports.pages.parts.subject import make_subject
from reports.pages.phases.jury import count_sheets, jury_progress, natural_key, owed_sheets, signers


def _subject(results, code="proposal"):
    return make_subject(results, edition(results.competition), code)


def _sheets(*rows):
    return pd.DataFrame(
        list(rows), columns=["submission_id", "judge", "sheet_status", "reason"]
    ).assign(phase="proposal")


def test_a_sheet_left_out_that_is_still_owed_counts_as_missing(city):
    made = jury_progress(_subject(city()))
    assert (made.expected, made.used, made.left_out, made.missing) == (8, 7, 1, 1)
    assert made.by_judge.rows == (("Juri 1", 4, 4, 0, 0), ("Juri 2", 4, 3, 1, 1))
    assert made.by_judge.total == (None, 8, 7, 1, 1)


def test_the_titles_that_a_judge_owes_are_named(city):
    assert jury_progress(_subject(city())).owed.rows == (("Juri 2", ("Pojok ASI",)),)
    assert jury_progress(_subject(city(), "presentasi")).owed.rows == (
        ("Juri 3", ("Kelas Ceria",)),
    )


def test_a_sheet_that_may_not_count_is_left_out_and_not_owed(city):
    sheets = _sheets(
        ("DINKES-AAAA", "Juri 1", "left_out", "conflict_of_interest"),
        ("DINKES-DDDD", "Juri 1", "left_out", "not_in_phase"),
    )
    made = jury_progress(_subject(city(sheets=sheets)))
    assert (made.expected, made.used, made.left_out, made.missing) == (0, 0, 2, 0)


def test_a_replaced_sheet_is_left_out_and_the_later_one_used(city):
    sheets = _sheets(
        ("DINKES-AAAA", "Juri 1", "left_out", "repeated_sheet"),
        ("DINKES-AAAA", "Juri 1", "used", None),
    )
    made = jury_progress(_subject(city(sheets=sheets)))
    assert (made.expected, made.used, made.left_out, made.missing) == (1, 1, 1, 0)


def test_an_incomplete_sheet_mended_later_is_not_owed(city):
    sheets = _sheets(
        ("DINKES-AAAA", "Juri 1", "left_out", "incomplete_sheet"),
        ("DINKES-AAAA", "Juri 1", "used", None),
    )
    assert jury_progress(_subject(city(sheets=sheets))).missing == 0


def test_what_was_left_out_says_why_in_words(city):
    assert [row[:3] for row in jury_progress(_subject(city())).unused.rows] == [
        ("Juri 2", Entry("Pojok ASI", "Dinas Kesehatan"), "Lembar nilai belum lengkap"),
    ]


def test_a_phase_without_sheets_expects_nothing(fresh):
    made = jury_progress(_subject(fresh))
    assert (made.expected, made.by_judge.rows, made.owed.rows, made.unused.rows) == (0, (), (), ())


def test_judges_are_in_the_order_of_their_numbers(city):
    sheets = _sheets(*(("DINKES-AAAA", f"Juri {n}", "used", None) for n in (10, 2, 1)))
    assert [row[0] for row in jury_progress(_subject(city(sheets=sheets))).by_judge.rows] == [
        "Juri 1",
        "Juri 2",
        "Juri 10",
    ]


def test_who_signs_are_the_judges_with_a_used_sheet(city):
    judges = pd.DataFrame(
        {"phase": ["proposal"] * 3, "judge": ["Juri 10", "Juri 2", "Juri 3"], "sheets": [1, 4, 0]}
    )
    assert signers(_subject(city(judges=judges))) == ("Juri 2", "Juri 10")


STATUSES = st.sampled_from(
    [
        ("used", None),
        ("missing", None),
        ("left_out", "incomplete_sheet"),
        ("left_out", "repeated_sheet"),
        ("left_out", "not_in_phase"),
    ]
)
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["DINKES-AAAA", "DINKES-DDDD"]),
        st.sampled_from(["Juri 1", "Juri 2"]),
        STATUSES,
    ),
    max_size=9,
)


@given(ROWS)
def test_expected_is_used_and_missing_whatever_came(rows):
    frame = pd.DataFrame(
        [(i, j, *s) for i, j, s in rows],
        columns=["submission_id", "judge", "sheet_status", "reason"],
        dtype="str",
    )
    counts = count_sheets(frame, owed_sheets(frame.assign(entry=None)))
    assert (counts["expected_sheets"] == counts["used_sheets"] + counts["missing_sheets"]).all()
    assert counts["left_out_sheets"].sum() == (frame["sheet_status"] == "left_out").sum()


@given(st.text())
def test_any_name_can_be_ordered(name):
    assert (
        natural_key(name) == natural_key(name.upper()) or name.upper().casefold() != name.casefold()
    )
