"""competition.toml as a Competition: what is written, what is meant without it, and when a phase is
open.
"""

import subprocess
import sys
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.rules.competition import (
    AdvanceRules,
    Competition,
    JudgingPhase,
    RegistrationPhase,
    parse_competition,
)
from tests.small.rules import ZONE
from tests.small.whole_rules import WHOLE

LEAST = """
name = "Lomba"
year = 2022
timezone = "Asia/Jakarta"
categories = [{ code = "kesehatan" }]

[[phases]]
code = "pendaftaran"
kind = "registration"
closes = 2022-03-15T23:59:59

[[phases]]
code = "tahap_2"
kind = "judging"
closes = 2022-04-10T23:59:59
scale = [0, 100]
criteria = [{ code = "a", weight = 1 }]
"""


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def _judging(text: str = LEAST) -> JudgingPhase:
    phase = parse_competition(text).phases[1]
    assert isinstance(phase, JudgingPhase)
    return phase


def test_the_example_of_the_interface_is_read_as_it_is_written() -> None:
    read = parse_competition(WHOLE)
    proposal, talk = read.phase("proposal"), read.phase("presentasi")
    assert isinstance(proposal, JudgingPhase) and isinstance(talk, JudgingPhase)
    assert (read.name, read.year, read.target, read.language) == (
        "KIPP Kota Malang",
        2022,
        100,
        "id",
    )
    assert read.submission.words == {"summary": (0, 200), "significance": (0, 600)}
    assert [phase.kind for phase in read.phases] == [
        "registration",
        "screening",
        "judging",
        "judging",
        "nomination",
    ]
    assert read.registration.opens == _at("2022-02-01T00:00:00")
    assert proposal.advance == AdvanceRules(per_list=3, minimum_score=Decimal(60))
    assert talk.carry == {"proposal": Decimal("0.3")}
    assert read.rules == {"too_long": "warning"}
    assert read.forms.submissions == {"Apa nama inovasi Anda?": "title"}
    assert read.documents["minutes-proposal"].number == "B/187/PP.00.05/2022"


def test_what_is_not_written_is_as_the_interface_says() -> None:
    read, judging = parse_competition(LEAST), _judging()
    assert (read.language, read.obligation.minimum, read.obligation.counts) == ("id", 1, "accepted")
    assert (judging.aggregate, judging.precision, judging.minimum_judges, judging.adjust) == (
        "mean",
        2,
        1,
        "none",
    )
    assert (judging.tie_break, judging.rank_within, judging.own_agency) == (
        (),
        ("category",),
        "leave_out",
    )
    assert (judging.advance, judging.carry, judging.conflicts) == (None, {}, ())
    assert (read.submission.words, read.submission.minimum_age_years) == ({}, None)


@pytest.mark.parametrize("digits", ["0.1", "33.3", "12.345678901", "0.000000001", "999999999", "0"])
def test_a_weight_is_exactly_the_number_that_is_written(digits: str) -> None:
    text = LEAST.replace("weight = 1 }", f'weight = {digits} }}, {{ code = "b", weight = 1 }}')
    assert _judging(text).criteria[0].weight == Decimal(digits)


def test_a_name_in_one_text_is_for_both_languages_and_without_one_the_code_stands_for_it() -> None:
    named = parse_competition(
        LEAST.replace('code = "kesehatan"', 'code = "kesehatan", name = "Sehat"')
    )
    assert named.categories[0].name == {"id": "Sehat", "en": "Sehat"}
    assert named.phases[1].name == {"id": "Tahap 2", "en": "Tahap 2"}


def test_a_time_is_local_to_the_zone_and_one_with_an_offset_is_brought_to_it() -> None:
    local = parse_competition(LEAST.replace("Asia/Jakarta", "Asia/Jayapura")).registration.closes
    offset = parse_competition(
        LEAST.replace("2022-03-15T23:59:59", "2022-03-15T16:59:59Z")
    ).registration.closes
    assert local.isoformat() == "2022-03-15T23:59:59+09:00"
    assert offset.isoformat() == "2022-03-15T23:59:59+07:00"


@pytest.mark.parametrize(
    ("rule", "years"),
    [("2", 2), ("0", 0), ("{ umum = 2, replikasi = 1 }", {"umum": 2, "replikasi": 1})],
)
def test_the_least_age_is_one_for_all_or_by_group(rule: str, years: int | dict[str, int]) -> None:
    groups = 'groups = [{ code = "umum" }, { code = "replikasi" }]\n'
    text = (
        LEAST.replace("categories =", groups + "categories =")
        + f"\n[submission]\nminimum_age_years = {rule}\n"
    )
    assert parse_competition(text).submission.minimum_age_years == years


@pytest.mark.parametrize(
    ("as_of", "registration", "judging"),
    [
        ("2022-01-01T00:00:00", "open", "not_begun"),
        ("2022-03-15T23:59:59", "open", "not_begun"),
        ("2022-03-16T00:00:00", "closed", "open"),
        ("2022-04-10T23:59:59", "closed", "open"),
        ("2022-04-11T00:00:00", "closed", "closed"),
    ],
)
def test_a_phase_without_opens_begins_when_the_one_before_closes(
    as_of: str, registration: str, judging: str
) -> None:
    read = parse_competition(LEAST)
    assert [read.state(phase, _at(as_of)) for phase in read.phases] == [registration, judging]


@pytest.mark.parametrize(
    ("as_of", "state"),
    [
        ("2022-03-09T23:59:59", "not_begun"),
        ("2022-03-10T00:00:00", "open"),
        ("2022-04-10T23:59:59", "open"),
    ],
)
def test_a_phase_may_open_before_the_one_above_closes(as_of: str, state: str) -> None:
    text = LEAST.replace("closes = 2022-04-10", "opens = 2022-03-10T00:00:00\ncloses = 2022-04-10")
    read = parse_competition(text)
    assert read.state(read.phases[1], _at(as_of)) == state


@given(st.integers(-60, 60), st.booleans())
def test_a_phase_is_never_open_again_once_it_has_closed(days: int, opens: bool) -> None:
    text = (
        LEAST.replace("closes = 2022-04", "opens = 2022-03-10T00:00:00\ncloses = 2022-04")
        if opens
        else LEAST
    )
    read, order = parse_competition(text), ("not_begun", "open", "closed")
    as_of = _at("2022-03-20T00:00:00") + timedelta(days=days)
    before, after = (
        read.state(read.phases[1], moment) for moment in (as_of, as_of + timedelta(hours=7))
    )
    assert order.index(before) <= order.index(after)


def test_an_unknown_phase_is_a_key_error_and_the_registration_is_the_first() -> None:
    read = parse_competition(LEAST)
    assert isinstance(read.registration, RegistrationPhase)
    with pytest.raises(KeyError):
        read.phase("zz")


def test_the_same_text_gives_equal_rules_that_cannot_be_changed() -> None:
    assert parse_competition(WHOLE) == parse_competition(WHOLE)
    with pytest.raises(ValueError, match="frozen"):
        parse_competition(WHOLE).year = 2023  # type: ignore[misc]  # that is the point


def test_reading_the_rules_brings_no_pandas() -> None:
    slow = "('pandas', 'babel', 'rapidfuzz', 'fsspec')"
    script = f"import sys, tasks.rules.competition; print([m for m in {slow} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_a_competition_is_one_type_for_all_who_use_it() -> None:
    assert isinstance(parse_competition(LEAST), Competition)
