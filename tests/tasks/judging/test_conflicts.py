"""Who has a conflict of interest: pairs of a judge and an agency. Sheets: test_sheets.py."""

import pandas as pd
import pytest

from tasks.errors import RulesError
from tasks.judging.conflicts import conflict_pairs, named_conflicts
from tasks.phases.evidence import judge_names
from tasks.rules.competition import Competition, JudgingPhase
from tests.small.rows import mark_rows, records
from tests.small.rules import JUDGING, judging_phase, parse_rules
from tests.small.tables import agency_rows, folder_tables

FOLDER = folder_tables(
    agencies=agency_rows("KOTA", "DINKES<KOTA", "PKM<DINKES", "DISDIK<KOTA"),
    judges=[{"judge": "Juri 1", "agency_code": "PKM"}, {"judge": "Juri 2"}],
)


def _rules_with_conflict(agency: str) -> tuple[Competition, JudgingPhase]:
    conflict = f'conflicts = [{{ judge = "JURI 1", agency = "{agency}" }}]\n'
    competition = parse_rules(JUDGING + conflict)
    phase = competition.phase("proposal")
    assert isinstance(phase, JudgingPhase)
    return competition, phase


def test_named_conflicts_are_pairs_of_a_judge_as_registered_and_an_agency() -> None:
    competition, phase = _rules_with_conflict("DINKES")
    names = judge_names(mark_rows(), FOLDER, phase)

    pairs = named_conflicts(FOLDER, names, competition, phase)

    assert records(pairs, "judge", "agency_code") == [("Juri 1", "DINKES")]


def test_a_conflict_with_an_agency_that_the_register_does_not_have_is_a_mistake_of_the_rules() -> (
    None
):
    competition, phase = _rules_with_conflict("DISHUB")
    names = judge_names(mark_rows(), FOLDER, phase)

    with pytest.raises(RulesError) as raised:
        named_conflicts(FOLDER, names, competition, phase)

    [problem] = raised.value.problems
    assert (problem.place, problem.params) == ("phases.proposal.conflicts", {"value": "DISHUB"})


def test_a_pair_of_own_agency_and_conflicts_is_one_row_and_left_out() -> None:
    phase = judging_phase('own_agency = "flag"\n')
    named_pairs = pd.DataFrame(
        [("Juri 1", "PKM"), ("Juri 2", "DISDIK")], columns=["judge", "agency_code"], dtype="str"
    )

    pairs = conflict_pairs(phase, FOLDER.judges, FOLDER.agencies, named_pairs)

    assert sorted(records(pairs, "judge", "agency_code", "leaves_out")) == [
        ("Juri 1", "DINKES", False),
        ("Juri 1", "KOTA", False),
        ("Juri 1", "PKM", True),
        ("Juri 2", "DISDIK", True),
    ]
