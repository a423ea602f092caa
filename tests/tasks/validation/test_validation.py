"""Great Expectations from the rules: what is checked, what becomes a finding, and what could not be
checked.
"""

import subprocess
import sys
from typing import Any

import pandas as pd
import pytest

from tasks.findings.frame import grade_findings, make_finding, no_findings
from tasks.findings.wording import word_findings
from tasks.registration import submissions
from tasks.rules.competition import parse_competition
from tasks.schema import TABLES
from tasks.validation import validation
from tasks.words import Words
from tests.small.rows import form_rows, mark_rows, records
from tests.small.rules import (
    OPENS,
    REGISTRATION,
    judging_phase,
    judging_phase_of,
    parse_limits,
    parse_rules,
    rules_text,
)
from tests.small.tables import register_tables

RULES = parse_limits()


def _validate(
    *changes: dict[str, Any], found: pd.DataFrame | None = None
) -> tuple[pd.DataFrame, dict[tuple[str, str], tuple[int, int, str]]]:
    """The findings, and by rule and field how many were checked, how many failed, and the state."""
    matched = submissions.match_rows(form_rows(*changes), RULES, register_tables())
    validated = validation.validate_submissions(
        matched.rows, RULES, no_findings() if found is None else found
    )
    columns = ("rule", "field", "checked", "failed", "check_state")
    return validated.findings, {
        (rule, field): (checked, failed, state)
        for rule, field, checked, failed, state in records(validated.checks, *columns)
    }


# --- submissions
# --------------------------------------------------------------------------------------------------


def test_every_rule_of_the_competition_is_one_check_in_the_order_of_the_page() -> None:
    checks = validation.submission_checks(RULES)

    assert [(check.rule, check.field) for check in checks] == [
        *(
            ("missing_required", name)
            for name in ("title", "agency", "category", "started_on", "summary")
        ),
        ("unknown_agency", "agency"),
        ("ambiguous_agency", "agency"),
        ("unknown_category", "category"),
        ("unknown_group", "group"),
        ("late", "submitted_at"),
        ("early", "submitted_at"),
        ("too_young", "started_on"),
        ("too_short", "summary"),
        ("too_long", "summary"),
        ("link", "video_url"),
        ("email", "contact_email"),
        ("unique", ""),
    ]


def test_what_the_rules_do_not_limit_is_not_checked() -> None:
    no_limits = rules_text(REGISTRATION.replace(OPENS, ""), submission="")
    plain = parse_competition(no_limits)

    assert {check.rule for check in validation.submission_checks(plain)} & {
        "early",
        "too_young",
        "too_long",
    } == set()


def test_no_text_is_shorter_than_no_word_at_all() -> None:
    limits = "[submission]\nwords = { summary = [0, 200], significance = [1, 600] }\n"
    checks = validation.submission_checks(parse_rules(head=limits))

    assert [
        (check.rule, check.field) for check in checks if check.rule in ("too_short", "too_long")
    ] == [
        ("too_long", "summary"),
        ("too_short", "significance"),
        ("too_long", "significance"),
    ]


def test_a_good_row_passes_every_check() -> None:
    found, table = _validate(
        {"group": "umum", "video_url": "https://youtu.be/x", "contact_email": "kantor@example.org"}
    )

    assert found.empty
    assert {state for _, _, state in table.values()} == {"passed"}
    assert {checked for checked, _, _ in table.values()} == {1}


def test_each_check_says_how_many_cells_it_looked_at_and_how_many_fail() -> None:
    found, table = _validate(
        {"agency": "Entah"},
        {"agency": "Entah", "title": "b"},
        {"agency": None, "title": "c"},
        {"title": "d"},
    )

    assert table["missing_required", "agency"] == (4, 1, "failed")
    assert table["unknown_agency", "agency"] == (3, 2, "failed")
    assert table["ambiguous_agency", "agency"] == (3, 0, "passed")
    assert records(found, "rule", "row", "value") == [
        ("missing_required", 4, None),
        ("unknown_agency", 2, "Entah"),
        ("unknown_agency", 3, "Entah"),
    ]


@pytest.mark.parametrize(
    ("change", "check", "is_right"),
    [
        ({"video_url": "https://youtu.be/abc"}, ("link", "video_url"), True),
        ({"video_url": "http://www.example.org"}, ("link", "video_url"), True),
        ({"video_url": "youtu.be/abc"}, ("link", "video_url"), False),
        ({"video_url": "belum ada"}, ("link", "video_url"), False),
        ({"contact_email": "kantor@example.org"}, ("email", "contact_email"), True),
        ({"contact_email": "kantor@example"}, ("email", "contact_email"), False),
        ({"contact_email": "kantor"}, ("email", "contact_email"), False),
    ],
)
def test_forms_of_links_and_addresses_are_on_the_page_and_no_findings(
    change: dict[str, Any], check: tuple[str, str], is_right: bool
) -> None:
    found, table = _validate(change)

    assert found.empty
    assert table[check] == ((1, 0, "passed") if is_right else (1, 1, "failed"))


def test_a_date_that_could_not_be_read_is_not_missing() -> None:
    places = {
        "table": "submissions",
        "source": "submissions/a.csv",
        "row": 2,
        "field": "started_on",
    }

    params = {"value": "1/2/2021", "as_dmy": "2021-02-01", "as_mdy": "2021-01-02"}

    for rule in ("unreadable_date", "ambiguous_date"):
        unread = make_finding(rule, **places, **params)
        found, table = _validate({"started_on": None}, found=unread)
        assert found.empty
        assert table["missing_required", "started_on"] == (1, 0, "passed")


def test_a_row_without_a_number_is_checked_as_any_other() -> None:
    found, _ = _validate(
        {"row": None, "category": "xx"},
        {"category": "yy", "source": "submissions/z.xlsx", "row": None, "title": "b"},
    )

    assert records(found, "rule", "source", "row") == [
        ("unknown_category", "submissions/a.csv", None),
        ("unknown_category", "submissions/z.xlsx", None),
    ]


@pytest.mark.parametrize(
    ("change", "params"),
    [
        (
            {"submitted_at": "2022-03-16T00:00:01"},
            {"when": "16/03/2022 00:00:01", "limit": "15/03/2022 23:59:59"},
        ),
        (
            {"submitted_at": "2022-01-31T08:00:00"},
            {"when": "31/01/2022 08:00:00", "limit": "01/02/2022 00:00:00"},
        ),
        ({"started_on": "2021-12-31"}, {"when": "31/12/2021", "limit": "15/03/2021", "years": 1}),
        ({"words_summary": 9}, {"least": 2, "most": 5}),
        ({"category": "xx"}, {"choices": "Kesehatan, Pendidikan"}),
        (
            {"agency": "Kelurahan Tlogo"},
            {
                "case": "alike",
                "candidates": "Kelurahan Tlogomas (KEL-TM)",
                "years": "",
                "year": 2022,
            },
        ),
    ],
)
def test_a_finding_carries_what_its_sentence_needs(
    change: dict[str, Any], params: dict[str, Any]
) -> None:
    found, _ = _validate(change)

    assert found["params"].tolist() == [params]


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_finding_has_a_sentence(language: str) -> None:
    found, _ = _validate(
        {
            "title": None,
            "category": "x",
            "group": "y",
            "submitted_at": "2022-03-16T00:00:00",
            "started_on": "2022-01-01",
            "words_summary": 9,
        },
        {"agency": "Kedungkandang", "words_summary": 1, "submitted_at": "2022-01-01T00:00:00"},
        {"agency": "Entah"},
        {"agency": "Kelurahan Tlogo", "title": "t"},
    )

    messages = word_findings(grade_findings(found, (), {}), Words(language))["message"]

    assert len(messages) == 11
    assert not messages.str.contains("nan|None|<NA>").any()


@pytest.mark.parametrize(
    ("day", "years", "before"),
    [
        ("2024-02-29", 1, "2023-02-28"),
        ("2024-02-29", 4, "2020-02-29"),
        ("2022-03-15", 2, "2020-03-15"),
    ],
)
def test_a_year_before_the_29th_of_february_is_the_28th(day: str, years: int, before: str) -> None:
    parsed = pd.Timestamp(day).date()

    assert validation.years_before(parsed, years).isoformat() == before


# --- marks and keys
# --------------------------------------------------------------------------------------------------


def test_marks_off_the_scale_are_found_cell_by_cell() -> None:
    typed = mark_rows("Juri 1;A;0;100", "Juri 2;A;-1;100.01", "Juri 3;B;;delapan", phase="proposal")

    validated = validation.validate_marks(typed, judging_phase())

    found = validated.findings
    assert records(found, "rule", "table", "phase", "source", "row", "field", "value") == [
        ("mark_off_scale", "marks", "proposal", "scores/nilai.csv", 3, "x", "-1"),
        ("mark_off_scale", "marks", "proposal", "scores/nilai.csv", 3, "y", "100.01"),
    ]
    assert records(
        validated.checks, "rule", "table", "phase", "checked", "failed", "check_state"
    ) == [("mark_off_scale", "marks", "proposal", 4, 2, "failed")]
    assert found["params"].iloc[0] == {
        "low": "0",
        "high": "100",
        "judge": "Juri 2",
        "submission": "A",
    }


def test_a_mark_just_off_an_exact_scale_is_off_it() -> None:
    phase = judging_phase_of(
        'scale = [0, 0.3]\ncriteria = [{ code = "x", weight = 1 }, { code = "y", weight = 1 }]\n'
    )

    marks = mark_rows("Juri 1;A;0.3;0.30000000000000001")

    assert records(validation.validate_marks(marks, phase).findings, "field", "value") == [
        ("y", "0.30000000000000001")
    ]


def test_a_key_that_repeats_and_a_needed_cell_that_is_empty_are_failed_checks() -> None:
    one = {"phase": "p", "submission_id": "A", "ranked_outcome": "passes", "outcome": "passes"}
    screening = pd.DataFrame(
        [one, one, one | {"submission_id": "B", "outcome": None}], columns=TABLES["screening"].names
    )

    table = validation.validate_keys({"screening": screening})()

    assert records(table, "rule", "field", "checked", "failed", "check_state") == [
        ("present", "phase", 3, 0, "passed"),
        ("present", "submission_id", 3, 0, "passed"),
        ("present", "ranked_outcome", 3, 0, "passed"),
        ("present", "outcome", 3, 1, "failed"),
        ("unique", "phase, submission_id", 3, 2, "failed"),
    ]


# --- Great Expectations
# ----------------------------------------------------------------------------------------------


def test_what_cannot_be_checked_is_neither_passed_nor_failed() -> None:
    matched = submissions.match_rows(form_rows({"words_summary": 9}), RULES, register_tables())

    validated = validation.validate_submissions(
        matched.rows.drop(columns="words_summary").assign(video_url=pd.Timestamp(0)),
        RULES,
        no_findings(),
    )

    checks = validated.checks
    states = dict(zip(checks["rule"], checks["check_state"], strict=True))
    assert {rule for rule, state in states.items() if state == "unchecked"} == {
        "too_long",
        "too_short",
    }
    assert validated.findings.empty


def test_a_frame_without_rows_is_checked_without_the_library() -> None:
    code = (
        "import sys\n"
        "from tasks.findings.frame import no_findings\n"
        "from tasks.registration import submissions\n"
        "from tasks.validation import validation\n"
        "from tests.small.rows import form_rows\n"
        "from tests.small.rules import OPENS, REGISTRATION, rules_text, parse_limits\n"
        "from tests.small.tables import register_tables\n"
        "rules = parse_limits()\n"
        "matched = submissions.match_rows(form_rows(), rules, register_tables())\n"
        "given = validation.validate_submissions(matched.rows, rules, no_findings())\n"
        "assert given.findings.empty and set(given.checks['check_state']) == {'passed'}\n"
        "assert given.checks['checked'].sum() == 0\n"
        "assert 'great_expectations' not in sys.modules\n"
    )

    subprocess.run([sys.executable, "-c", code], check=True)
