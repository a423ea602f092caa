"""What a judging phase made of one innovation: its weights, sheets, place and cut-off."""

from collections.abc import Callable

import pandas as pd

from reports.content.edition import edition
from reports.pages.explain.evidence import (
    DeliveredCell,
    InnovationEvidence,
    RowPlace,
)
from reports.pages.explain.judging import (
    CriterionWeight,
    CutOff,
    JudgingPart,
    SheetMark,
    explain_judging,
)
from tasks.results.results import Results
from tasks.rules.competition import JudgingPhase
from tasks.schema import TABLES

SHEET = RowPlace("scores/proposal/nilai.csv", 7)
ADVANCE = "advance = { per_list = 2, minimum_score = 60 }\n"
NOTHING = InnovationEvidence()


def _part(
    results: Results,
    submission_id: str,
    evidence: InnovationEvidence = NOTHING,
    code: str = "proposal",
) -> JudgingPart:
    rules = results.competition
    phase = rules.phase(code)
    assert isinstance(phase, JudgingPhase)
    return explain_judging(results, edition(rules), phase, "closed", submission_id, evidence)


def test_weights_stand_in_the_order_of_the_rules(city: Callable[..., Results]) -> None:
    assert _part(city(), "DINKES-AAAA").weights == (
        CriterionWeight("signifikansi", "Signifikansi", "60"),
        CriterionWeight("kebaruan", "Kebaruan", "40"),
    )


def test_a_mark_stands_beside_its_cell_and_an_unused_sheet_has_only_its_cells(
    city: Callable[..., Results],
) -> None:
    sheets = city()["sheets"]
    is_mine = (sheets["submission_id"] == "DINKES-DDDD") & (sheets["judge"] == "Juri 2")
    mine = sheets[is_mine].assign(source=SHEET.source, row=SHEET.row)
    cells = {SHEET: (DeliveredCell("S (60%)", " 70 ", "signifikansi"),)}
    part = _part(city(sheets=mine), "DINKES-DDDD", InnovationEvidence(cells=cells))
    (sheet,) = part.sheets
    assert (sheet.judge, sheet.place, sheet.status, sheet.working) == (
        "Juri 2",
        SHEET,
        "left_out",
        None,
    )
    assert sheet.marks == (SheetMark("signifikansi", "Signifikansi", "S (60%)", " 70 ", "", None),)


def test_sheet_marks_give_the_score_by_hand(city: Callable[..., Results]) -> None:
    # (60 x 90 + 40 x 65) / 100 = 80 and (60 x 80 + 40 x 60) / 100 = 72; their mean is 76
    rows = [
        ("proposal", "PKM-JANTI-BBBB", judge, criterion, mark, True, None)
        for judge, criterion, mark in (
            ("Juri 1", "signifikansi", "90"),
            ("Juri 1", "kebaruan", "65"),
            ("Juri 2", "signifikansi", "80"),
            ("Juri 2", "kebaruan", "60"),
        )
    ]
    marks = pd.DataFrame(rows, columns=TABLES["marks"].names)
    part = _part(city(marks=marks), "PKM-JANTI-BBBB")
    assert part.own is not None
    assert (part.own.score, part.score, part.agrees) == ("76.00", "80.00", False)
    assert [(tie.criterion, tie.working.score) for tie in part.tie_break if tie.working] == [
        ("Signifikansi", "85.00")
    ]


def test_the_rule_of_the_cut_off_decides_what_is_cut(city: Callable[..., Results]) -> None:
    rules = city().rules_text
    minimum = rules.replace(ADVANCE, "advance = { minimum_score = 75 }\n")
    everyone = rules.replace(ADVANCE, "")
    cut = _part(city(minimum), "DINKES-DDDD").cut
    assert cut == CutOff("minimum", None, "75", False, 3, 4, "80.00", "70.00", False)
    cut = _part(city(everyone), "DINKES-AAAA").cut
    assert cut == CutOff("all", None, "", True, 2, 4, "80.00", "70.00", False)


def test_one_under_a_criterion_minimum_is_none_of_those_that_the_rule_cuts(
    city: Callable[..., Results],
) -> None:
    rules = city().rules_text.replace("weight = 60, name", "weight = 60, minimum = 70.5, name")

    below = _part(city(rules), "DINKES-DDDD").cut
    others = _part(city(rules), "DINKES-AAAA").cut

    assert (below.below, below.place, below.of) == (("Signifikansi",), None, 2)
    assert (others.below, others.place, others.of) == ((), 2, 2)


def test_without_a_rank_there_are_no_neighbours(city: Callable[..., Results]) -> None:
    part = _part(city(), "SMPN-10-CCCC", code="presentasi")
    assert (part.rank, part.of, part.neighbours, part.missing_carry) == (None, 2, (), ())
    assert (part.cut.kind, part.cut.place, part.cut.of) == ("overall", None, 2)
