"""From typed rows to submissions: which row counts, its status, its id, and what is found on the
way.
"""

import itertools
from typing import Any

import pandas as pd
import pytest

from tasks.findings.frame import make_finding, make_findings
from tasks.registration import submissions
from tasks.validation import expectations
from tests.small.rows import finding_records, form_rows, records, settle_form_rows
from tests.small.rules import parse_limits
from tests.small.tables import register_tables
from tests.tasks import cases

LATE, EARLY, IN_TIME = "2022-03-16T00:00:00", "2022-01-31T23:59:59", "2022-03-15T23:59:59"
EMPTY = {"summary": None, "words_summary": None}


def _statuses(*changes: dict[str, Any], **more: Any) -> list[tuple[Any, ...]]:
    """By row of the spreadsheet: status and whether the row counts."""
    settled, _ = settle_form_rows(*changes, **more)
    return records(settled.sort_values(["source", "row"]), "status", "counts")


# --- matched
# --------------------------------------------------------------------------------------------------


def test_matched_rows_have_codes_beside_what_was_typed() -> None:
    rows = form_rows(
        {"agency": "Dinas Kesehtan", "category": "Health", "group": "umum"},
        {"agency": "Entah", "category": "xx", "title": "Lain"},
        {"agency": None, "category": None, "title": "L"},
    )

    matched = submissions.match_rows(rows, parse_limits(), register_tables())

    columns = ("agency_code", "agency", "agency_typed", "category", "category_typed", "group")
    assert records(matched.rows, *columns) == [
        ("DINKES", "Dinas Kesehatan", "Dinas Kesehtan", "kesehatan", "Health", "umum"),
        (None, "Entah", "Entah", None, "xx", None),
        (None, None, None, None, None, None),
    ]
    assert records(matched.findings, "rule", "row", "field", "value") == [
        ("approximate_agency", 2, "agency", "Dinas Kesehtan")
    ]
    assert records(matched.matches, "source", "row", "field", "typed", "read_as", "similarity") == [
        ("submissions/a.csv", 2, "agency", "Dinas Kesehtan", "Dinas Kesehatan", "92.3")
    ]


def test_an_approximate_match_is_listed_once_a_text_and_found_at_each_row() -> None:
    rows = form_rows(*({"agency": "Dinas Kesehtan", "title": title} for title in "abc"))

    matched = submissions.match_rows(rows, parse_limits(), register_tables())

    assert (len(matched.findings), len(matched.matches)) == (3, 1)


# --- which row counts
# ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "statuses"),
    [
        ({}, {"submitted_at": "2022-02-11T10:00:00"}, [("superseded", False), ("accepted", True)]),
        ({"submitted_at": "2022-02-12T10:00:00"}, {}, [("accepted", True), ("superseded", False)]),
        (
            {},
            {"submitted_at": LATE},
            [("accepted", True), ("rejected", False)],
        ),  # it supersedes nothing
        ({}, {"submitted_at": IN_TIME}, [("superseded", False), ("accepted", True)]),
        (
            EMPTY,
            {"submitted_at": "2022-02-11T10:00:00"},
            [("superseded", False), ("accepted", True)],
        ),
        (
            EMPTY,
            {"submitted_at": LATE},
            [("superseded", False), ("rejected", True)],
        ),  # all in error: the last
        ({"submitted_at": EARLY}, {}, [("superseded", False), ("accepted", True)]),
        (
            {"submitted_at": None},
            {"submitted_at": None},
            [("superseded", False), ("accepted", True)],
        ),  # by row
        (
            {"submitted_at": "2022-02-11T10:00:00"},
            {"submitted_at": None},
            [("accepted", True), ("superseded", False)],
        ),
        ({}, {}, [("superseded", False), ("accepted", True)]),  # at one time: by row
    ],
)
def test_the_last_row_without_an_error_counts(
    first: dict[str, Any], second: dict[str, Any], statuses: list[tuple[str, bool]]
) -> None:
    assert _statuses(first | {"cells": "1"}, second | {"cells": "2", "title": "JUDUL!"}) == statuses


def test_rows_without_a_time_come_first_in_order_of_export_name_and_row() -> None:
    untimed = {"submitted_at": None}

    assert _statuses(
        {"source": "submissions/b.csv", "cells": "1"} | untimed,
        {"source": "submissions/a.csv", "cells": "2"} | untimed,
        {"source": "submissions/a.csv", "cells": "3", "submitted_at": EARLY},
    ) == [("superseded", False), ("rejected", False), ("accepted", True)]


def test_rows_between_two_good_ones_and_after_the_last_keep_to_the_rule() -> None:
    day = [{"submitted_at": f"2022-02-1{n}T00:00:00", "cells": str(n)} for n in range(5)]

    assert _statuses(day[0] | EMPTY, day[1], day[2] | EMPTY, day[3], day[4] | EMPTY) == [
        ("superseded", False),
        ("superseded", False),
        ("superseded", False),
        ("accepted", True),
        ("rejected", False),
    ]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_the_order_in_which_rows_are_delivered_changes_nothing(order: tuple[int, ...]) -> None:
    changes = [
        {"submitted_at": "2022-02-11T00:00:00", "row": 2, "cells": "1"},
        {"row": 3, "cells": "2"} | EMPTY,
        {"submitted_at": LATE, "row": 4, "cells": "3"},
    ]
    settled, findings = settle_form_rows(*changes)
    again, findings_again = settle_form_rows(*(changes[position] for position in order))

    pd.testing.assert_frame_equal(again, settled)
    pd.testing.assert_frame_equal(findings_again, findings)


def test_the_same_title_of_another_agency_is_another_innovation_and_similar() -> None:
    settled, findings = settle_form_rows({}, {"agency": "DLH", "title": "JUDUL"})

    assert settled["status"].tolist() == ["accepted", "accepted"]
    assert finding_records(findings) == [("warning", "similar_title", "title", 3)]


def test_two_rows_of_one_unknown_agency_are_one_innovation() -> None:
    assert _statuses({"agency": "Entah"}, {"agency": "ENTAH.", "cells": "2"}) == [
        ("superseded", False),
        ("rejected", True),
    ]


def test_an_edited_response_is_a_later_row_of_the_same_innovation_under_its_new_title() -> None:
    settled, _ = settle_form_rows(
        {"submission_id": "7", "response_id": "7", "title": "Lama"},
        {
            "submission_id": "7",
            "response_id": "7",
            "title": "Baru",
            "submitted_at": "2022-02-11T00:00:00",
        },
    )

    assert records(settled, "title", "status", "submission_id", "delivered_id") == [
        ("Lama", "superseded", "7", "7"),
        ("Baru", "accepted", "7", "7"),
    ]
    assert settled["innovation"].nunique() == 1


# --- errors
# --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"title": None}, [("error", "missing_required", "title", 2)]),
        ({"agency": None}, [("error", "missing_required", "agency", 2)]),
        ({"category": None}, [("error", "missing_required", "category", 2)]),
        (EMPTY, [("error", "missing_required", "summary", 2)]),
        ({"agency": "Entah"}, [("error", "unknown_agency", "agency", 2)]),
        ({"agency": "Kedungkandang"}, [("error", "ambiguous_agency", "agency", 2)]),
        ({"category": "xx"}, [("error", "unknown_category", "category", 2)]),
        ({"group": "khusus"}, [("error", "unknown_group", "group", 2)]),
        ({"submitted_at": LATE}, [("error", "late", "submitted_at", 2)]),
        ({"submitted_at": EARLY}, [("error", "early", "submitted_at", 2)]),
        ({"started_on": "2021-03-16"}, [("error", "too_young", "started_on", 2)]),
        ({"words_summary": 6}, [("error", "too_long", "summary", 2)]),
        ({"words_summary": 1}, [("error", "too_short", "summary", 2)]),
    ],
)
def test_each_rule_rejects_its_row_and_says_where(
    change: dict[str, Any], expected: list[tuple[Any, ...]]
) -> None:
    settled, findings = settle_form_rows(change)

    assert finding_records(findings) == expected
    assert settled["status"].tolist() == ["rejected"]


@pytest.mark.parametrize(
    "change",
    [
        {"submitted_at": IN_TIME},
        {"submitted_at": "2022-02-01T00:00:00"},
        {"submitted_at": None},
        {"started_on": "2021-03-15"},
        {"words_summary": 2},
        {"words_summary": 5},
        {"group": None},
    ],
)
def test_what_is_just_within_the_rules_is_accepted_without_a_finding(
    change: dict[str, Any],
) -> None:
    settled, findings = settle_form_rows(change)

    assert (settled["status"].tolist(), finding_records(findings)) == (["accepted"], [])


def test_all_errors_of_a_row_are_listed() -> None:
    _, findings = settle_form_rows(
        {"agency": "Entah", "category": None, "submitted_at": LATE} | EMPTY
    )

    assert {rule for _, rule, _, _ in finding_records(findings)} == {
        "unknown_agency",
        "missing_required",
        "late",
    }
    assert len(findings) == 4


def test_a_rule_on_a_field_that_is_not_required_is_a_warning() -> None:
    rules = parse_limits(required='["title", "agency", "category"]')

    settled, findings = settle_form_rows(
        {"words_summary": 9, "started_on": "2022-01-01"}, rules=rules
    )

    assert settled["status"].tolist() == ["accepted"]
    assert finding_records(findings) == [
        ("warning", "too_young", "started_on", 2),
        ("warning", "too_long", "summary", 2),
    ]


@pytest.mark.parametrize(
    ("severity", "status", "expected"),
    [
        ("warning", "accepted", [("warning", "too_long", "summary", 2)]),
        ("off", "accepted", []),
        ("error", "rejected", [("error", "too_long", "summary", 2)]),
    ],
)
def test_the_rules_settings_win_over_required(
    severity: str, status: str, expected: list[tuple[Any, ...]]
) -> None:
    rules = parse_limits().model_copy(update={"rules": {"too_long": severity}})

    settled, findings = settle_form_rows({"words_summary": 9}, rules=rules)

    assert (settled["status"].tolist(), finding_records(findings)) == ([status], expected)


def test_a_similar_title_that_the_settings_make_an_error_rejects_the_later_row() -> None:
    rules = parse_limits().model_copy(update={"rules": {"similar_title": "error"}})

    settled, findings = settle_form_rows(
        {"title": "Judul Satu"},
        {"title": "Judul", "submitted_at": "2022-02-11T00:00:00"},
        rules=rules,
    )

    assert settled["status"].tolist() == ["accepted", "rejected"]
    assert finding_records(findings) == [("error", "similar_title", "title", 3)]


def test_findings_on_superseded_rows_are_warnings_and_those_on_rejected_ones_errors() -> None:
    _, findings = settle_form_rows(
        EMPTY | {"cells": "1"},
        {"submitted_at": "2022-02-11T00:00:00", "cells": "2"},
        {"submitted_at": LATE, "cells": "3"},
    )

    assert finding_records(findings) == [
        ("warning", "missing_required", "summary", 2),
        ("error", "late", "submitted_at", 4),
    ]


def test_a_date_that_cannot_be_read_is_that_and_not_missing() -> None:
    unread = make_finding(
        "unreadable_date",
        table="submissions",
        source="submissions/a.csv",
        row=2,
        field="started_on",
        value="?",
    )

    settled, findings = settle_form_rows({"started_on": None}, findings=unread)

    assert finding_records(findings) == [("error", "unreadable_date", "started_on", 2)]
    assert settled["status"].tolist() == ["rejected"]


def test_a_date_on_a_row_delivered_twice_is_found_once() -> None:
    places = pd.DataFrame({"source": ["submissions/a.csv", "submissions/b.csv"], "row": [2, 3]})
    unread = make_findings(
        "unreadable_date", places, table="submissions", field="started_on", value="?"
    )
    twice = {"started_on": None, "cells": "1"}

    _, findings = settle_form_rows(twice, twice | {"source": "submissions/b.csv"}, findings=unread)

    assert records(findings, "rule", "source") == [
        ("unreadable_date", "submissions/a.csv"),
        ("overlap", "submissions/b.csv"),
    ]


@pytest.mark.parametrize(
    ("years", "started_on", "status"),
    [
        ("{ umum = 2 }", "2020-03-15", "accepted"),
        ("{ umum = 2 }", "2020-03-16", "rejected"),
        ("{ umum = 0 }", "2022-03-15", "accepted"),
    ],
)
def test_the_least_age_may_depend_on_the_group(years: str, started_on: str, status: str) -> None:
    rules = parse_limits(minimum_age_years=years)

    assert _statuses({"started_on": started_on, "group": "umum"}, rules=rules) == [(status, True)]


# --- similar titles
# --------------------------------------------------------------------------------------------------


def test_a_similar_title_stands_at_the_later_row_and_names_the_other() -> None:
    _, findings = settle_form_rows(
        {"title": "Sepasar Pedas", "submitted_at": "2022-02-12T00:00:00"},
        {"title": "Sepasar Pedas Baru"},
        {"title": "Lain sama sekali"},
    )

    (params,) = findings["params"]
    assert records(findings, "rule", "row", "value") == [("similar_title", 2, "Sepasar Pedas")]
    assert params["other"] == "Sepasar Pedas Baru"
    assert params["other_agency"] == "Dinas Kesehatan"


def test_rows_of_one_innovation_are_not_similar_to_each_other() -> None:
    _, findings = settle_form_rows({"cells": "1"}, {"cells": "2", "submitted_at": LATE})

    assert [rule for _, rule, _, _ in finding_records(findings)] == ["late"]


# --- as a whole
# --------------------------------------------------------------------------------------------------


def test_nothing_delivered_is_nothing_settled() -> None:
    settled, findings = settle_form_rows()

    assert (len(settled), len(findings)) == (0, 0)
    assert {"submission_id", "status", "counts", "innovation", "reason", "ranked_status"} <= set(
        settled.columns
    )


def test_every_delivered_row_is_there_once_in_order_of_export_and_row() -> None:
    settled, _ = settle_form_rows(
        {"source": "submissions/b.csv"}, {"title": None}, {"agency": None}, {"title": "X", "row": 1}
    )

    assert records(settled, "source", "row") == [
        ("submissions/a.csv", 1),
        ("submissions/a.csv", 3),
        ("submissions/a.csv", 4),
        ("submissions/b.csv", 2),
    ]
    assert settled["submission_id"].is_unique


def test_each_innovation_has_one_row_that_counts() -> None:
    changes = [
        {"title": title, "submitted_at": when, "cells": f"{title}{when}"}
        for title in "abc"
        for when in (EARLY, IN_TIME, LATE)
    ]

    settled, _ = settle_form_rows(*changes)

    assert settled.groupby("innovation")["counts"].sum().tolist() == [1, 1, 1]


def test_validation_is_part_of_no_step_but_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expectations, "suite_outcomes", lambda *_: pytest.fail("validated twice"))
    rules, tables = parse_limits(), register_tables()
    matched = submissions.match_rows(form_rows({}), rules, tables)

    settled = submissions.settle_submissions(
        submissions.compare_rows(matched.rows), matched.findings, rules, tables
    )

    assert settled.submissions["status"].tolist() == ["accepted"]


@pytest.mark.parametrize("case", cases.of("which-row-counts"))
def test_a_case_of_which_row_counts(case: cases.Case) -> None:
    rows = case.tables["input"].replace("", None).to_dict("records")

    settled, _ = settle_form_rows(*rows)

    assert cases.rows(settled[["row", "status", "counts"]]) == cases.rows(case.tables["output"])
