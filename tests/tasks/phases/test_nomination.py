"""Who is nominated, barred, undecided; against cases by hand (tests/cases/nomination)."""

import tomllib

import pandas as pd
import pytest

from tasks.phases import nomination
from tasks.rules.competition import NominationPhase
from tests.small.rows import records
from tests.small.rules import JUDGING, NOMINATION, judging_phase, parse_rules
from tests.small.tables import folder_tables
from tests.tasks import cases

TWO_LEVELS = """
[[phases]]
code = "nominasi"
kind = "nomination"
closes = 2022-04-30T23:59:59
levels = [
  { code = "provinsi", quota = 1, barred = ["Top 45", "Top 30"] },
  { code = "nasional", quota = 2 },
]
"""


def _phase(text: str = NOMINATION) -> NominationPhase:
    phase = parse_rules(JUDGING, text).phase("nominasi")
    assert isinstance(phase, NominationPhase)
    return phase


def _candidates(*lines: str) -> pd.DataFrame:
    """From "ID;agency;title;score[;x]" lines."""
    rows = [line.split(";")[:4] for line in lines]
    frame = pd.DataFrame(rows, columns=["submission_id", "agency_code", "title", "score"]).astype(
        "str"
    )
    return frame.assign(category="a", score=frame["score"].where(frame["score"] != ""))


NO_CRITERIA = pd.DataFrame(columns=["submission_id", "criterion", "criterion_score"], dtype="str")


def _order(candidates: pd.DataFrame, panels: str = "", text: str = "") -> nomination.CandidateOrder:
    """The order of candidates whose sheets are each of the panel named at their place in `panels`;
    else of one.
    """
    judges = list(panels) or ["p"] * len(candidates)
    sheets = pd.DataFrame(
        {"submission_id": candidates["submission_id"], "judge": judges, "sheet_status": "used"}
    )
    return nomination.order_candidates(candidates, NO_CRITERIA, sheets, judging_phase(text))


def _prior(
    candidates: pd.DataFrame,
    *placements: tuple[int, str, str, str],
    phase: NominationPhase | None = None,
) -> pd.DataFrame:
    rows = [
        dict(zip(("award_year", "agency_code", "award_title", "award"), row, strict=True))
        for row in placements
    ]
    return nomination.prior_awards(
        candidates, phase or _phase(), folder_tables(placements=rows).placements, 2022
    )


def _outcomes(
    candidates: pd.DataFrame, prior: pd.DataFrame, phase: NominationPhase | None = None
) -> list[tuple[object, ...]]:
    given = nomination.nominate_candidates(candidates, _order(candidates), phase or _phase(), prior)
    return records(given.candidates, "level", "place", "submission_id", "ranked_outcome")


def test_the_first_of_those_not_barred_are_nominated_and_the_others_are_reserve() -> None:
    people = _candidates("A;DINKES;Satu;90.00", "B;DINKES;Dua;85.00", "C;DISDIK;Tiga;80.00")

    assert _outcomes(people, _prior(people, (2021, "DINKES", "SATU!", "top 45"))) == [
        ("provinsi", 1, "B", "nominated"),
        ("provinsi", 2, "C", "reserve"),
        ("provinsi", None, "A", "barred"),
    ]


@pytest.mark.parametrize(
    ("placement", "match"),
    [
        ((2021, "DINKES", "SEPASAR PEDAS", "Top 45"), "exact"),
        ((2021, "DINKES", "Sepasar Pedas (Sekolah Pasar Pedagang Cerdas)", "Top 45"), "near"),
        ((2021, "DINKES", "Sepasar Pedes", "Top 45"), "near"),
        ((2021, "DISPERINDAG", "Sepasar Pedas", "Top 45"), "near"),
        ((2021, "DINKES", "Sepasar Pedas", "Top 40"), None),
        ((2022, "DINKES", "Sepasar Pedas", "Top 45"), None),
        ((2023, "DINKES", "Sepasar Pedas", "Top 45"), None),
        ((2021, "DINKES", "Jarik Ma Siti", "Top 45"), None),
    ],
)
def test_what_counts_as_an_earlier_award(
    placement: tuple[int, str, str, str], match: str | None
) -> None:
    people = _candidates("A;DINKES;Sepasar Pedas;90.00")

    prior = _prior(people, placement)

    assert records(prior, "submission_id", "match") == ([("A", match)] if match else [])
    expected = {
        "exact": (None, "A", "barred"),
        "near": (None, "A", "undecided"),
        None: (1, "A", "nominated"),
    }[match]
    assert _outcomes(people, prior) == [("provinsi", *expected)]


def test_an_exact_award_beside_a_near_one_bars() -> None:
    people = _candidates("A;DINKES;Sepasar Pedas;90.00")
    prior = _prior(
        people,
        (2019, "DINKES", "Sepasar Pedas Malang", "Top 45"),
        (2018, "DINKES", "Sepasar Pedas", "Top 45"),
    )

    assert _outcomes(people, prior) == [("provinsi", None, "A", "barred")]
    found = nomination.prior_award_findings(prior, people, _phase())
    assert records(found, "rule", "submission_id", "field", "value") == [
        ("already_awarded", "A", "provinsi", "Top 45")
    ]
    assert found["params"].tolist() == [
        {
            "case": "exact",
            "award_year": 2018,
            "award_title": "Sepasar Pedas",
            "title": "Sepasar Pedas",
        }
    ]


def test_each_level_is_on_its_own() -> None:
    phase = _phase(TWO_LEVELS)
    people = _candidates("A;DINKES;Satu;90.00", "B;DINKES;Dua;85.00", "C;DISDIK;Tiga;80.00")
    prior = _prior(people, (2021, "DINKES", "Satu", "Top 30"), phase=phase)

    assert _outcomes(people, prior, phase) == [
        ("provinsi", 1, "B", "nominated"),
        ("provinsi", 2, "C", "reserve"),
        ("provinsi", None, "A", "barred"),
        ("nasional", 1, "A", "nominated"),
        ("nasional", 2, "B", "nominated"),
        ("nasional", 3, "C", "reserve"),
    ]


def test_equals_at_the_last_place_are_undecided_with_one_finding_a_submission() -> None:
    phase = _phase(TWO_LEVELS)
    people = _candidates("A;X;Satu;90.00", "B;X;Dua;90.00", "C;X;Tiga;90.00", "D;X;Empat;80.00")

    table = nomination.nominate_candidates(
        people, _order(people), phase, _prior(people, phase=phase)
    ).candidates

    assert records(table, "level", "place", "submission_id", "ranked_outcome") == [
        ("provinsi", 1, "B", "undecided"),
        ("provinsi", 1, "A", "undecided"),
        ("provinsi", 1, "C", "undecided"),
        ("provinsi", 4, "D", "reserve"),
        ("nasional", 1, "B", "undecided"),
        ("nasional", 1, "A", "undecided"),
        ("nasional", 1, "C", "undecided"),
        ("nasional", 4, "D", "reserve"),
    ]
    assert records(
        nomination.tie_findings(table, phase), "rule", "table", "submission_id", "field"
    ) == [("tie_at_cutoff", "nominations", code, "provinsi|nasional") for code in ("B", "A", "C")]


def test_equals_and_the_cut_of_each_level_are_listed() -> None:
    phase = _phase(TWO_LEVELS)
    people = _candidates("A;X;Satu;90.00", "B;X;Dua;90.00", "C;X;Tiga;80.00", "D;X;Empat;")
    prior = _prior(people, (2021, "X", "Satu", "Top 30"), phase=phase)

    given = nomination.nominate_candidates(people, _order(people), phase, prior)

    assert records(given.ties, "list", "rank", "submission_id", "broken_by") == [
        ("nasional", 1, "B", None),
        ("nasional", 1, "A", None),
    ]
    assert records(given.cutoffs, "list", "places", "score") == [
        ("provinsi", 1, "90.00"),
        ("nasional", 2, "90.00"),
    ]


def test_equals_at_a_level_name_the_criterion_of_the_last_phase_that_told_them_apart() -> None:
    people = _candidates("A;X;Satu;90.00", "B;X;Dua;90.00")
    criteria = pd.DataFrame(
        {"submission_id": ["A", "B"], "criterion": "x", "criterion_score": ["7.00", "8.00"]}
    ).astype("str")
    sheets = people[["submission_id"]].assign(judge="p", sheet_status="used")
    last = judging_phase('tie_break = ["x"]\n')
    order = nomination.order_candidates(people, criteria, sheets, last)

    given = nomination.nominate_candidates(people, order, _phase(), _prior(people))

    assert records(given.ties, "list", "rank", "submission_id", "broken_by") == [
        ("provinsi", 1, "B", "x"),
        ("provinsi", 2, "A", "x"),
    ]


def test_a_level_whose_only_place_equals_straddle_is_cut_at_no_score() -> None:
    people = _candidates("A;X;Satu;90.00", "B;X;Dua;90.00")

    given = nomination.nominate_candidates(people, _order(people), _phase(), _prior(people))

    assert records(given.cutoffs, "list", "places", "score") == [("provinsi", 1, None)]


def test_one_without_a_score_comes_last_without_a_place_and_undecided() -> None:
    people = _candidates("A;X;Satu;", "B;X;Dua;85.00", "C;X;Tiga;80.00")
    prior = _prior(people, (2021, "X", "Tiga", "Top 45"))

    assert _outcomes(people, prior) == [
        ("provinsi", 1, "B", "nominated"),
        ("provinsi", None, "C", "barred"),
        ("provinsi", None, "A", "undecided"),
    ]


def test_panels_that_no_judge_connects_are_said_and_the_score_still_places() -> None:
    people = _candidates("A;X;Satu;90.00", "B;X;Dua;85.00")
    prior = _prior(people)

    table = nomination.nominate_candidates(people, _order(people, "pq"), _phase(), prior).candidates

    assert records(table, "place", "submission_id", "ranked_outcome") == [
        (1, "A", "nominated"),
        (2, "B", "reserve"),
    ]
    found = nomination.unconnected_panel_findings(table, _phase())
    assert records(found, "rule", "table", "field") == [
        ("unconnected_panels", "nominations", "provinsi")
    ]


def test_with_adjusted_scores_a_level_over_unconnected_panels_is_undecided_and_no_tie() -> None:
    people = _candidates("A;X;Satu;90.00", "B;X;Dua;90.00", "C;X;Tiga;80.00")
    order = _order(people, "ppq", 'adjust = "severity"\n')

    table = nomination.nominate_candidates(people, order, _phase(), _prior(people)).candidates

    assert records(table, "place", "submission_id", "ranked_outcome") == [
        (1, "B", "undecided"),
        (1, "A", "undecided"),
        (3, "C", "undecided"),
    ]
    assert len(nomination.tie_findings(table, _phase())) == 0


def test_who_is_barred_connects_nothing_and_separates_nothing() -> None:
    people = _candidates("A;X;Satu;90.00", "B;X;Dua;85.00")

    table = nomination.nominate_candidates(
        people, _order(people, "pq"), _phase(), _prior(people, (2021, "X", "Satu", "Top 45"))
    ).candidates

    assert len(nomination.unconnected_panel_findings(table, _phase())) == 0


def test_nobody_goes_on_and_nothing_fails() -> None:
    people = _candidates()

    assert _outcomes(people, _prior(people, (2021, "X", "Tiga", "Top 45"))) == []


def test_candidates_are_those_who_entered_with_the_printed_score() -> None:
    submissions = pd.DataFrame(
        {
            "submission_id": ["A", "B", "C"],
            "title": ["Satu", "Dua", "Tiga"],
            "agency_code": "X",
            "category": "a",
            "in_phase": [True, False, True],
        }
    )
    rankings = pd.DataFrame({"submission_id": ["A", "B"], "score": ["90.00", "80.00"]})

    assert records(
        nomination.entered_candidates(submissions, rankings), "submission_id", "score"
    ) == [
        ("A", "90.00"),
        ("C", None),
    ]


@pytest.mark.parametrize("case", cases.of("nomination"))
def test_the_case_worked_out_by_hand(case: cases.Case) -> None:
    listed = tomllib.loads(case.rules_text)
    phase = _phase(NOMINATION.split("levels")[0] + case.rules_text.partition("tie_break")[0])
    rows = case.tables["input"]
    people = _candidates(
        *(
            ";".join(r)
            for r in rows[["submission", "agency_code", "title", "score"]].itertuples(
                index=False, name=None
            )
        )
    )
    scores = rows.melt("submission", ["x"], "criterion", "criterion_score").rename(
        columns={"submission": "submission_id"}
    )
    placed = case.tables["placements"] if "placements" in case.tables else pd.DataFrame()
    placements = [
        (int(r.year), r.agency_code, r.title, r.placement) for r in placed.itertuples(index=False)
    ]

    last = judging_phase(f"tie_break = {listed.get('tie_break', [])}\n")
    sheets = people[["submission_id"]].assign(judge="p", sheet_status="used")
    order = nomination.order_candidates(
        people, scores[scores["criterion_score"] != ""], sheets, last
    )
    table = nomination.nominate_candidates(
        people, order, phase, _prior(people, *placements, phase=phase)
    ).candidates

    given = table[["level", "place", "submission_id", "ranked_outcome"]].rename(
        columns={"submission_id": "submission"}
    )
    assert cases.rows(given) == case.tables["output"].to_dict("records")
