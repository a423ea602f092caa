"""Decisions of the bureau on registration: what holds, what has no effect, and that both stay
visible.
"""

from typing import Any

import pandas as pd
import pytest

from tasks.findings.frame import no_findings
from tasks.findings.wording import word_findings
from tasks.registration import decisions, submissions
from tasks.words import Words
from tests.small.rows import finding_records, form_rows, records, settle_form_rows
from tests.small.rules import parse_limits
from tests.small.tables import register_tables

GOOD = {"title": "Baik"}
LATE = {"title": "Terlambat", "submitted_at": "2022-03-16T00:00:00"}
UNKNOWN = {"title": "Asing", "agency": "Entah"}


def _decided(*rows: dict[str, str]) -> list[dict[str, str]]:
    return [{"phase": "pendaftaran", "reason": "rapat"} | row for row in rows]


def _statuses(*changes: dict[str, Any], of: list[dict[str, str]]) -> list[tuple[Any, ...]]:
    """Title, status, the rule's own status and reason, by row."""
    settled, _ = settle_form_rows(*changes, decisions=_decided(*of))
    return records(settled, "title", "status", "ranked_status", "reason")


def _refused(*changes: dict[str, Any], of: list[dict[str, str]]) -> list[tuple[Any, ...]]:
    """Rule, case and row of decisions.csv, of the findings on decisions."""
    _, findings = settle_form_rows(*changes, decisions=_decided(*of))
    mine = findings[findings["table"] == "decisions"].reset_index(drop=True)
    cases = [params.get("case") for params in mine["params"]]
    return [
        (rule, case, row)
        for (rule, row), case in zip(records(mine, "rule", "row"), cases, strict=True)
    ]


@pytest.mark.parametrize(
    ("change", "outcome", "status"),
    [
        (GOOD, "rejected", ("rejected", "accepted")),
        (GOOD, "withdrawn", ("withdrawn", "accepted")),
        (LATE, "accepted", ("accepted", "rejected")),
        (LATE, "withdrawn", ("withdrawn", "rejected")),
        (GOOD, " Accepted ", ("accepted", "accepted")),
    ],
)
def test_a_decision_stands_beside_what_the_rules_gave_with_its_reason(
    change: dict[str, Any], outcome: str, status: tuple[str, str]
) -> None:
    decision = {"submission": change["title"], "outcome": outcome}

    assert _statuses(change, of=[decision]) == [(change["title"], *status, "rapat")]


def test_findings_that_a_decision_overrides_stay_listed() -> None:
    _, findings = settle_form_rows(
        LATE, decisions=_decided({"submission": "terlambat", "outcome": "accepted"})
    )

    assert finding_records(findings) == [("error", "late", "submitted_at", 2)]


def test_a_decision_holds_for_the_row_that_counts_and_no_other() -> None:
    first = {"title": "Judul", "cells": "1"}
    second = {"title": "JUDUL", "cells": "2", "submitted_at": "2022-02-11T00:00:00"}
    late = LATE | {"title": "judul", "cells": "3"}

    assert _statuses(first, second, late, of=[{"submission": "Judul", "outcome": "withdrawn"}]) == [
        ("Judul", "superseded", "superseded", None),
        ("JUDUL", "withdrawn", "accepted", "rapat"),
        ("judul", "rejected", "rejected", None),
    ]


def test_a_decision_may_name_the_id() -> None:
    settled, _ = settle_form_rows(GOOD)

    (row,) = _statuses(
        GOOD, of=[{"submission": settled["submission_id"].iloc[0], "outcome": "withdrawn"}]
    )

    assert row[1] == "withdrawn"


@pytest.mark.parametrize("agency", ["Entah", "Kedungkandang"])
def test_nothing_is_accepted_whose_agency_is_not_known(agency: str) -> None:
    change, decision = UNKNOWN | {"agency": agency}, {"submission": "Asing", "outcome": "accepted"}

    assert _statuses(change, of=[decision]) == [("Asing", "rejected", "rejected", None)]
    assert _refused(change, of=[decision]) == [("unknown_decision", "agency", 2)]


def test_an_unknown_agency_may_be_rejected_or_withdrawn_by_decision() -> None:
    assert _statuses(UNKNOWN, of=[{"submission": "Asing", "outcome": "withdrawn"}]) == [
        ("Asing", "withdrawn", "rejected", "rapat")
    ]


@pytest.mark.parametrize(
    ("decision", "refused"),
    [
        ({"submission": "Bukan ini", "outcome": "accepted"}, ("unknown_decision", "submission", 2)),
        ({"submission": "Baik", "outcome": "passes"}, ("unknown_decision", "outcome", 2)),
        (
            {"submission": "Baik", "outcome": "accepted", "phase": "tiada"},
            ("unknown_decision", "phase", 2),
        ),
        ({"submission": "Kembar", "outcome": "accepted"}, ("ambiguous_submission", None, 2)),
    ],
)
def test_a_decision_that_fits_nothing_has_no_effect_and_is_found(
    decision: dict[str, str], refused: tuple[Any, ...]
) -> None:
    twins = [{"title": "Kembar"}, {"title": "Kembar", "agency": "DLH"}]

    assert _refused(GOOD, *twins, of=[decision]) == [refused]
    assert {row[1] for row in _statuses(GOOD, *twins, of=[decision])} == {"accepted"}


def test_of_decisions_that_contradict_each_other_the_last_row_holds() -> None:
    decisions = [
        {"submission": "Baik", "outcome": outcome, "reason": outcome}
        for outcome in ("rejected", "withdrawn", "accepted", "withdrawn")
    ]

    assert _statuses(GOOD, of=decisions) == [("Baik", "withdrawn", "accepted", "withdrawn")]
    assert _refused(GOOD, of=decisions) == [
        ("unknown_decision", "contradicted", 2),
        ("unknown_decision", "contradicted", 4),
    ]


def test_a_decision_without_effect_contradicts_nothing() -> None:
    decisions = [
        {"submission": "Asing", "outcome": "withdrawn"},
        {"submission": "Asing", "outcome": "accepted"},
    ]

    assert _statuses(UNKNOWN, of=decisions) == [("Asing", "withdrawn", "rejected", "rapat")]
    assert _refused(UNKNOWN, of=decisions) == [("unknown_decision", "agency", 3)]


def test_decisions_on_other_phases_are_left_to_them() -> None:
    decision = {"submission": "Baik", "outcome": "advances", "phase": "proposal"}

    assert _refused(GOOD, of=[decision]) == []


def test_every_decision_on_registration_is_listed_with_whether_it_took_effect() -> None:
    rules = parse_limits()
    tables = register_tables(
        decisions=_decided(
            {"submission": "baik", "outcome": "withdrawn"},
            {"submission": "?", "outcome": "accepted"},
        )
    )
    compared = submissions.compare_rows(submissions.match_rows(form_rows(GOOD), rules, tables).rows)

    settled = submissions.settle_submissions(compared, no_findings(), rules, tables)

    submission_id = settled.submissions["submission_id"].iloc[0]
    columns = ("phase", "submission_id", "title", "outcome", "reason", "applied")
    assert records(settled.decisions, *columns) == [
        ("pendaftaran", submission_id, "Baik", "withdrawn", "rapat", True),
        ("pendaftaran", None, "?", "accepted", "rapat", False),
    ]


def test_without_decisions_every_status_is_the_rules_own() -> None:
    settled, _ = settle_form_rows(GOOD, LATE)
    graded = no_findings()

    decided = decisions.decide_registration(
        settled, graded, register_tables().decisions, parse_limits()
    )

    rows = decided.submissions
    pd.testing.assert_series_equal(rows["status"], rows["ranked_status"], check_names=False)
    assert (len(decided.findings), len(decided.decisions)) == (0, 0)


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_finding_on_a_decision_has_its_sentence(language: str) -> None:
    decisions = [
        {"submission": "?", "outcome": "accepted"},
        {"submission": "Baik", "outcome": "passes"},
        {"submission": "Asing", "outcome": "accepted"},
        {"submission": "Baik", "outcome": "accepted", "phase": "tiada"},
        {"submission": "Baik", "outcome": "rejected"},
        {"submission": "Baik", "outcome": "accepted"},
    ]
    _, findings = settle_form_rows(GOOD, UNKNOWN, decisions=_decided(*decisions))

    messages = word_findings(findings, Words(language))["message"]

    assert len(set(messages)) == len(findings) == 6
    assert not messages.str.contains("nan").any()
