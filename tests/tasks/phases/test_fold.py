"""The fold: who enters what and when, what counts from when on; later phases change nothing in
earlier ones.
"""

from typing import Any

import pandas as pd
import pytest

from tasks.errors import RulesError
from tasks.findings.wording import finding_sentence
from tasks.phases import decisions, fold
from tasks.results.results import cast_table
from tasks.rules.competition import Competition, RegistrationPhase
from tasks.schema import TABLES
from tasks.words import Words
from tests.small.rows import answer_rows, mark_rows, records, settled_rows
from tests.small.rules import JUDGING, NOMINATION, SCREENING, moment, parse_rules
from tests.small.tables import agency_rows, folder_tables

ALL = (SCREENING, JUDGING + "advance = { per_list = 1 }\n", NOMINATION)
SETTLED = settled_rows(
    "A-1 A a", "A-2 A a", "B-3 B b", "B-4 B b", **{"B-4": {"status": "rejected"}}
)
CHECKED = answer_rows("A-1;ya;ya", "A-2;ya;ya", "B-3;ya;ya")
MARKED = mark_rows("Juri 1;A-1;80;90", "Juri 2;A-1;70;85", "Juri 1;A-2;75;80", "Juri 2;B-3;60;60")
EVIDENCE = {"administrasi": CHECKED, "proposal": MARKED}


def _fold(
    as_of: str = "2022-06-01",
    of: Competition | None = None,
    settled: pd.DataFrame = SETTLED,
    evidence: dict[str, pd.DataFrame] = EVIDENCE,
    **folder: Any,
) -> list[fold.PhaseResult]:
    return fold.fold_phases(
        of or parse_rules(*ALL), moment(as_of), settled, evidence, folder_tables(**folder)
    )


def _decided(*lines: str) -> list[dict[str, str]]:
    keys = ("phase", "submission", "outcome", "level")
    return [{"reason": "rapat"} | dict(zip(keys, line.split(";"), strict=False)) for line in lines]


# --- states and entering
# ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_of", "states", "entered", "stages"),
    [
        (
            "2022-03-15T23:59:59",
            "open not_begun not_begun not_begun",
            [4, 0, 0, 0],
            ["pendaftaran"] * 4,
        ),
        (
            "2022-03-16",
            "closed open not_begun not_begun",
            [4, 3, 0, 0],
            ["administrasi"] * 3 + ["pendaftaran"],
        ),
        (
            "2022-03-22T23:59:59",
            "closed open not_begun not_begun",
            [4, 3, 0, 0],
            ["administrasi"] * 3 + ["pendaftaran"],
        ),
        (
            "2022-03-23",
            "closed closed open not_begun",
            [4, 3, 3, 0],
            ["proposal"] * 3 + ["pendaftaran"],
        ),
        (
            "2022-04-11",
            "closed closed closed open",
            [4, 3, 3, 2],
            ["nominasi", "proposal", "nominasi", "pendaftaran"],
        ),
        (
            "2022-05-01",
            "closed closed closed closed",
            [4, 3, 3, 2],
            ["nominasi", "proposal", "nominasi", "pendaftaran"],
        ),
    ],
)
def test_as_of_decides_the_states_and_who_has_entered(
    as_of: str, states: str, entered: list[int], stages: list[str]
) -> None:
    results = _fold(as_of)

    lines = fold.phase_tables(results)["phases"]
    assert lines["phase"].tolist() == ["pendaftaran", "administrasi", "proposal", "nominasi"]
    assert lines["state"].tolist() == states.split()
    assert lines["entered"].tolist() == entered
    assert fold.last_stages(results, SETTLED).tolist() == stages


def test_what_was_delivered_is_counted_whatever_the_state() -> None:
    for as_of in ("2022-02-01", "2022-06-01"):
        assert fold.phase_tables(_fold(as_of))["phases"]["delivered"].tolist() == [4, 3, 4, 0]


def test_evidence_of_a_phase_that_has_not_begun_is_not_judged() -> None:
    strange = {
        "administrasi": answer_rows("Z-9;ya;ya"),
        "proposal": mark_rows("Juri 1;Z-9;;200", "Juri 1;A-1;1;1"),
    }

    results = _fold("2022-03-15", evidence=strange)

    made = fold.phase_tables(results)
    assert [name for name in fold.TABLES_OF_PHASES if len(made[name])] == ["phases"]
    assert len(fold.phase_findings(results)) == 0


def test_a_phase_that_opens_before_the_one_before_it_has_closed_is_open_with_nobody_in_it() -> None:
    of = parse_rules(
        SCREENING,
        JUDGING.replace('kind = "judging"', 'kind = "judging"\nopens = 2022-03-18T00:00:00'),
    )

    results = _fold("2022-03-20", of)

    assert fold.phase_tables(results)["phases"]["state"].tolist() == ["closed", "open", "open"]
    assert (len(results[2].entered), results[2].judged) == (0, False)
    assert len(fold.phase_tables(results)["rankings"]) == 0
    assert fold.phase_findings(results)["phase"].tolist() == []


def test_a_phase_that_opens_later_has_been_entered_but_not_begun() -> None:
    of = parse_rules(
        SCREENING,
        JUDGING.replace('kind = "judging"', 'kind = "judging"\nopens = 2022-04-01T00:00:00'),
    )

    results = _fold("2022-03-25", of)

    assert fold.last_stages(results, SETTLED).tolist() == ["proposal"] * 3 + ["pendaftaran"]
    assert fold.phase_tables(results)["phases"][["state", "entered"]].iloc[2].tolist() == [
        "not_begun",
        3,
    ]
    assert len(fold.phase_tables(results)["rankings"]) == 0


def test_a_superseded_row_of_the_same_id_stays_in_registration() -> None:
    settled = settled_rows("A-1 A a", "A-1 A a")
    settled.loc[0, ["counts", "status"]] = [False, "superseded"]

    assert fold.last_stages(_fold("2022-03-16", settled=settled), settled).tolist() == [
        "pendaftaran",
        "administrasi",
    ]


def test_later_phases_change_nothing_in_earlier_ones() -> None:
    later = {
        "proposal": pd.concat(
            [MARKED, mark_rows("Juri 3;A-2;100;100", source="scores/z.csv")], ignore_index=True
        )
    }
    decided = {"decisions": _decided("nominasi;A-1;reserve;provinsi", "proposal;A-2;advances")}

    before, after = _fold(), _fold(evidence=EVIDENCE | later, **decided)

    pd.testing.assert_frame_equal(before[1].tables["screening"], after[1].tables["screening"])
    assert before[0].outcomes.equals(after[0].outcomes)
    assert before[2].outcomes.tolist() != after[2].outcomes.tolist()


# --- outcomes, as they stand and as they count
# -----------------------------------------------------------------------


def test_the_whole_way_of_a_small_competition() -> None:
    made = fold.phase_tables(_fold())

    assert records(made["screening"], "submission_id", "ranked_outcome", "outcome") == [
        ("A-1", "passes", "passes"),
        ("A-2", "passes", "passes"),
        ("B-3", "passes", "passes"),
    ]
    columns = (
        "category",
        "rank",
        "submission_id",
        "score",
        "own_score",
        "sheets",
        "ranked_outcome",
        "outcome",
        "reason",
    )
    assert records(made["rankings"], *columns) == [
        ("a", 1, "A-1", "83.75", "83.75", 2, "advances", "advances", None),
        ("a", 2, "A-2", "78.50", "78.50", 1, "stays", "stays", None),
        ("b", 1, "B-3", "60.00", "60.00", 1, "advances", "advances", None),
    ]
    assert records(
        made["nominations"], "level", "place", "submission_id", "score", "ranked_outcome", "outcome"
    ) == [
        ("provinsi", 1, "A-1", "83.75", "nominated", "nominated"),
        ("provinsi", 2, "B-3", "60.00", "reserve", "reserve"),
    ]
    assert records(made["criterion_scores"], "submission_id", "criterion", "criterion_score") == [
        ("A-1", "x", "75.00"),
        ("A-1", "y", "87.50"),
        ("A-2", "x", "75.00"),
        ("A-2", "y", "80.00"),
        ("B-3", "x", "60.00"),
        ("B-3", "y", "60.00"),
    ]
    assert records(made["sheets"], "submission_id", "judge", "sheet_status", "sheet_score") == [
        ("A-1", "Juri 1", "used", "87.00"),
        ("A-1", "Juri 2", "used", "80.50"),
        ("A-2", "Juri 1", "used", "78.50"),
        ("B-3", "Juri 2", "used", "60.00"),
        ("A-2", "Juri 2", "missing", None),
    ]
    assert records(made["judges"], "judge", "sheets") == [("Juri 1", 2), ("Juri 2", 2)]


def test_while_a_phase_is_open_what_the_rule_gives_is_shown_and_nothing_counts() -> None:
    results = _fold("2022-04-01", decisions=_decided("proposal;A-2;advances"))

    assert records(results[2].tables["rankings"], "ranked_outcome", "outcome", "reason") == [
        ("advances", "undecided", None),
        ("stays", "undecided", None),
        ("advances", "undecided", None),
    ]
    assert len(results[2].left) == 0
    assert records(fold.phase_tables(results)["decisions"], "submission_id", "applied") == [
        ("A-2", False)
    ]


def test_while_screening_is_open_everyone_is_pending_as_it_counts() -> None:
    results = _fold("2022-03-20", decisions=_decided("administrasi;A-1;fails"))

    assert (
        records(results[1].tables["screening"], "ranked_outcome", "outcome")
        == [("passes", "pending")] * 3
    )


def test_an_open_nomination_is_undecided() -> None:
    results = _fold("2022-04-20")

    assert records(results[3].tables["nominations"], "ranked_outcome", "outcome") == [
        ("nominated", "undecided"),
        ("reserve", "undecided"),
    ]


def test_a_decision_stands_beside_the_rule_and_moves_who_enters_next() -> None:
    results = _fold(
        decisions=_decided(
            "administrasi;B-3;fails",
            "proposal;A-1;stays",
            "proposal;A-2;advances",
            "nominasi;A-2;reserve;provinsi",
        )
    )

    made = fold.phase_tables(results)
    assert records(made["screening"], "submission_id", "ranked_outcome", "outcome", "reason")[
        2
    ] == (
        "B-3",
        "passes",
        "fails",
        "rapat",
    )
    assert records(made["rankings"], "submission_id", "ranked_outcome", "outcome") == [
        ("A-1", "advances", "stays"),
        ("A-2", "stays", "advances"),
    ]
    assert records(made["nominations"], "submission_id", "ranked_outcome", "outcome") == [
        ("A-2", "nominated", "reserve")
    ]
    assert records(made["decisions"], "applied") == [(True,)] * 4


def test_a_decision_advances_lets_in_what_has_no_score_and_it_comes_last_undecided() -> None:
    marked = mark_rows("Juri 1;A-1;80;90")

    results = _fold(
        evidence=EVIDENCE | {"proposal": marked}, decisions=_decided("proposal;A-2;advances")
    )

    assert records(
        results[2].tables["rankings"],
        "submission_id",
        "rank",
        "sheets",
        "ranked_outcome",
        "outcome",
    ) == [
        ("A-1", 1, 1, "advances", "advances"),
        ("A-2", None, 0, "undecided", "advances"),
        ("B-3", None, 0, "undecided", "undecided"),
    ]
    assert records(
        results[3].tables["nominations"], "place", "submission_id", "ranked_outcome"
    ) == [
        (1, "A-1", "nominated"),
        (None, "A-2", "undecided"),
    ]


def test_a_decision_on_what_is_not_in_the_phase_is_found_once_it_is_settled_who_entered() -> None:
    decided = {"decisions": _decided("nominasi;A-2;nominated;provinsi")}

    early, late = _fold("2022-04-01", **decided), _fold("2022-05-01", **decided)

    assert fold.phase_findings(early)["rule"].tolist() == []
    assert records(fold.phase_findings(late), "rule", "phase", "value") == [
        ("unknown_decision", "nominasi", "A-2")
    ]
    assert records(fold.phase_tables(late)["decisions"], "submission_id", "applied") == [
        ("A-2", False)
    ]


@pytest.mark.parametrize("code", ["administrasi", "proposal", "nominasi"])
def test_no_decisions_are_what_is_read_where_none_names_the_phase(code: str) -> None:
    phase = parse_rules(*ALL).phase(code)
    assert not isinstance(phase, RegistrationPhase)

    read = decisions.read_decisions(
        folder_tables(decisions=_decided("pendaftaran;A-1;accepted")).decisions, phase, SETTLED
    )

    pd.testing.assert_frame_equal(decisions.no_decisions().rows, read.rows, check_like=True)
    assert read.findings.empty


def test_a_sheet_on_a_rejected_submission_is_not_in_the_phase_and_one_on_nothing_is_unknown() -> (
    None
):
    marked = mark_rows("Juri 1;B-4;1;1", "Juri 1;Z-9;1;1", "Juri 1;;1;1", ";A-1;1;1", "Juri 1;;;")

    results = _fold(evidence=EVIDENCE | {"proposal": marked})

    assert records(results[2].findings, "rule", "table", "row", "field", "value") == [
        ("unknown_submission", "marks", 3, "submission", "Z-9"),
        ("unknown_submission", "marks", 4, "submission", None),
        ("incomplete_sheet", "marks", 5, "judge", None),
        ("not_in_phase", "marks", 2, None, None),
    ]
    assert records(results[2].tables["marks"], "submission_id", "criterion", "used", "reason") == [
        ("B-4", "x", False, "not_in_phase"),
        ("B-4", "y", False, "not_in_phase"),
    ]


def test_judges_are_one_person_however_they_are_written() -> None:
    marked = mark_rows("Juri 1;A-1;80;90", "JURI 1;A-1;70;80", "Dr. Juri 1, M.Si.;A-2;1;1")

    results = _fold(evidence=EVIDENCE | {"proposal": marked}, judges=[{"judge": "Juri 1"}])

    assert records(
        results[2].tables["sheets"], "judge", "submission_id", "sheet_status", "reason"
    ) == [
        ("Juri 1", "A-1", "left_out", "repeated_sheet"),
        ("Juri 1", "A-1", "used", None),
        ("Juri 1", "A-2", "used", None),
    ]


def test_a_conflict_of_a_unit_leaves_the_sheet_out() -> None:
    results = _fold(
        agencies=agency_rows("A", "UPT<A", "B"), judges=[{"judge": "Juri 1", "agency_code": "UPT"}]
    )

    assert records(results[2].tables["rankings"], "submission_id", "sheets") == [
        ("A-1", 1),
        ("A-2", 0),
        ("B-3", 1),
    ]
    assert results[2].findings["rule"].tolist() == ["conflict_of_interest"] * 2


def test_a_named_conflict_holds_for_a_judge_whom_no_register_has_however_written() -> None:
    of = parse_rules(SCREENING, JUDGING + 'conflicts = [{ judge = "JURI 1", agency = "A" }]\n')

    results = _fold(of=of, agencies=agency_rows("A", "B"))

    assert records(results[2].findings, "rule", "row") == [
        ("conflict_of_interest", 2),
        ("conflict_of_interest", 4),
    ]


def test_a_conflict_that_names_an_agency_the_register_does_not_have_is_a_mistake_in_the_rules() -> (
    None
):
    of = parse_rules(SCREENING, JUDGING + 'conflicts = [{ judge = "Juri 1", agency = "HILANG" }]\n')

    with pytest.raises(RulesError) as error:
        _fold(of=of, agencies=agency_rows("A", "B"))

    assert [(p.message, p.place, p.params) for p in error.value.problems] == [
        ("phases.conflict_of_unknown_agency", "phases.proposal.conflicts", {"value": "HILANG"})
    ]
    assert "HILANG" in Words("id").say(
        error.value.problems[0].message, **error.value.problems[0].params
    )


def test_assignments_say_which_sheets_are_expected_and_what_they_do_not_name_is_found() -> None:
    assigned = [
        {"phase": "proposal", "judge": judge, "submission": what}
        for judge, what in (("juri 3", "b"), ("Juri 1", "A-2"), ("Juri 1", "Z-9"))
    ]

    results = _fold(assignments=assigned)

    missing = results[2].tables["sheets"].query("sheet_status == 'missing'")
    assert records(missing, "judge", "submission_id") == [("juri 3", "B-3")]
    assert records(results[2].findings, "rule", "table", "source", "row", "value") == [
        ("unknown_submission", "assignments", "assignments.csv", 4, "Z-9")
    ]


# --- warnings that wait for the close
# --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_of", "found"),
    [
        ("2022-04-10T23:59:59", []),
        ("2022-04-11", [("too_few_judges", "A-2"), ("too_few_judges", "B-3")]),
    ],
)
def test_too_few_judges_is_said_once_the_phase_has_closed_and_not_of_none(
    as_of: str, found: list[tuple[str, str]]
) -> None:
    of = parse_rules(SCREENING, JUDGING + "minimum_judges = 2\n")

    results = _fold(as_of, of)

    assert records(results[2].findings, "rule", "submission_id") == found


def test_a_tie_at_the_cut_off_is_said_once_a_submission_once_the_phase_has_closed() -> None:
    marked = mark_rows("Juri 1;A-1;80;90", "Juri 1;A-2;80;90")

    still_open = _fold("2022-04-10", evidence=EVIDENCE | {"proposal": marked})
    closed = _fold("2022-04-11", evidence=EVIDENCE | {"proposal": marked})

    assert still_open[2].findings["rule"].tolist() == []
    assert records(closed[2].findings, "rule", "table", "submission_id") == [
        ("tie_at_cutoff", "rankings", "A-1"),
        ("tie_at_cutoff", "rankings", "A-2"),
    ]
    assert records(closed[2].tables["rankings"], "outcome") == [("undecided",)] * 3
    assert len(closed[2].left) == 0


# --- carried scores
# --------------------------------------------------------------------------------------------------

SECOND = """
[[phases]]
code = "presentasi"
kind = "judging"
closes = 2022-04-24T23:59:59
scale = [0, 100]
criteria = [{ code = "p", weight = 1 }]
carry = { proposal = 0.3 }
precision = 1
"""


def test_a_carried_score_takes_the_earlier_own_score_as_printed() -> None:
    of = parse_rules(SCREENING, JUDGING, SECOND)
    shown = mark_rows("Juri 1;A-1;80", "Juri 1;A-2;90", phase="presentasi", criteria="p")

    results = _fold(of=of, evidence=EVIDENCE | {"presentasi": shown})

    # 0.7 x 80.0 + 0.3 x 83.75 = 81.125; A-2: 0.7 x 90.0 + 0.3 x 78.50 = 86.55
    assert records(
        results[3].tables["rankings"],
        "submission_id",
        "rank",
        "own_score",
        "score",
        "ranked_outcome",
    ) == [
        ("A-2", 1, "90.0", "86.6", "advances"),
        ("A-1", 2, "80.0", "81.1", "advances"),
        ("B-3", None, None, None, "undecided"),
    ]


def test_a_carried_phase_without_a_score_gives_no_score_but_the_own_one() -> None:
    of = parse_rules(SCREENING, JUDGING, SECOND)
    shown = mark_rows("Juri 1;A-1;80", "Juri 1;A-2;90", phase="presentasi", criteria="p")

    results = _fold(
        of=of,
        evidence=EVIDENCE | {"proposal": mark_rows("Juri 1;A-1;80;90"), "presentasi": shown},
        decisions=_decided("proposal;A-2;advances"),
    )

    assert records(
        results[3].tables["rankings"],
        "submission_id",
        "rank",
        "own_score",
        "score",
        "ranked_outcome",
    ) == [
        ("A-1", 1, "80.0", "82.1", "advances"),
        ("A-2", None, "90.0", None, "undecided"),
    ]


# --- the shape of what comes out
# -------------------------------------------------------------------------------------


def test_every_table_takes_the_shape_that_the_schema_declares() -> None:
    marked = pd.concat(
        [MARKED, mark_rows("Juri 1;B-4;;300", "Juri 3;A-1;x;1", source="scores/b.csv")],
        ignore_index=True,
    )
    results = _fold(
        evidence=EVIDENCE | {"proposal": marked}, decisions=_decided("proposal;A-2;advances")
    )

    for name, frame in fold.phase_tables(results).items():
        shaped = cast_table(frame, TABLES[name], "Asia/Jakarta")
        assert not shaped.duplicated(list(TABLES[name].key) or None).any(), name
        assert not shaped[list(TABLES[name].required)].isna().any(axis=None), name


def test_without_any_submission_every_phase_is_there_and_empty() -> None:
    results = _fold(settled=settled_rows(), evidence={})

    made = fold.phase_tables(results)
    assert {name: len(made[name]) for name in fold.TABLES_OF_PHASES if len(made[name])} == {
        "phases": 4
    }
    assert made["phases"]["entered"].tolist() == [0, 0, 0, 0]


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_finding_of_the_phases_can_be_said_in_both_languages(language: str) -> None:
    marked = pd.concat(
        [
            mark_rows(
                "Juri 1;A-1;80;90",
                "Juri 1;A-1;80;90",
                "Juri 1;A-2;80;",
                "Juri 1;B-4;1;1",
                ";A-1;1;1",
                "Juri 2;A-1;80;90",
            ),
            mark_rows("Juri 3;A-2;80;90", "Juri 4;A-2;80;90", source="scores/b.csv"),
        ],
        ignore_index=True,
    )
    of = parse_rules(
        SCREENING,
        JUDGING + 'minimum_judges = 3\nown_agency = "flag"\nadvance = { per_list = 1 }\n'
        'conflicts = [{ judge = "Juri 4", agency = "A" }]\n',
        NOMINATION,
    )
    results = _fold(
        of=of,
        evidence={
            "administrasi": answer_rows("A-1;ya;ya", "A-2;ya;ya", "B-3;ya;", "B-4;ya;ya"),
            "proposal": marked,
        },
        settled=settled_rows(
            "A-1 A a", "A-2 A a", "B-3 B b", "B-4 B b", "C-5 C b", **{"B-4": {"status": "rejected"}}
        ),
        agencies=agency_rows("A", "B", "C"),
        judges=[{"judge": "Juri 3", "agency_code": "A"}],
        decisions=_decided(
            "nominasi;A-1;nominated", "nominasi;B-3;nominated;provinsi", "proposal;A-1;advances"
        ),
        placements=[
            {
                "award_year": 2020,
                "agency_code": "A",
                "award_title": "Inovasi A 1",
                "award": "Top 45",
            }
        ],
    )
    found = fold.phase_findings(results)

    said = [
        finding_sentence(
            Words(language), rule, phase=str(phase), field=str(field), value=str(value), **params
        )
        for rule, phase, field, value, params in zip(
            *(found[name] for name in ("rule", "phase", "field", "value", "params")), strict=True
        )
    ]

    assert {
        "not_in_phase",
        "not_screened",
        "incomplete_sheet",
        "repeated_sheet",
        "conflict_of_interest",
        "too_few_judges",
        "unknown_decision",
        "already_awarded",
        "tie_at_cutoff",
        "unconnected_panels",
    } == set(found["rule"])
    unfilled = [sentence for sentence in said if "{" in sentence]
    with_nan = [sentence for sentence in said if "nan" in sentence.casefold().split()]
    assert (unfilled, with_nan) == ([], [])


def test_what_is_admitted_without_a_title_is_called_by_its_id() -> None:
    settled = settled_rows("A-1 A a", **{"A-1": {"title": float("nan")}})

    found = fold.phase_findings(_fold("2022-03-23", settled=settled, evidence={}))

    assert found["params"].tolist() == [{"title": "A-1", "case": "nothing"}]


def test_two_nights_give_the_same_tables() -> None:
    first, second = fold.phase_tables(_fold()), fold.phase_tables(_fold())

    for name in fold.TABLES_OF_PHASES:
        pd.testing.assert_frame_equal(first[name], second[name])


def test_the_order_of_delivered_rows_does_not_change_the_rankings() -> None:
    turned = {
        "proposal": MARKED.iloc[::-1].reset_index(drop=True),
        "administrasi": CHECKED.iloc[::-1].reset_index(drop=True),
    }

    pd.testing.assert_frame_equal(
        fold.phase_tables(_fold())["rankings"],
        fold.phase_tables(_fold(evidence=turned))["rankings"],
    )
