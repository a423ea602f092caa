"""What the plenary decided on later phases, and decisions that can have no effect."""

import pandas as pd
import pytest

from tasks.phases import decisions
from tasks.rules.competition import Competition, JudgingPhase, NominationPhase, ScreeningPhase
from tests.small.rows import records, settled_rows
from tests.small.rules import JUDGING, NOMINATION, SCREENING, parse_rules
from tests.small.tables import folder_tables

RULES: Competition = parse_rules(SCREENING, JUDGING, NOMINATION)
SETTLED = settled_rows(
    "A-1 A a", "B-2 B a", "C-3 C b", "D-4 D b", **{"D-4": {"title": "Inovasi C-3"}}
)


def _read(phase: str, *lines: str, of: Competition = RULES) -> decisions.Decisions:
    """The decisions on one phase, from "phase;submission;outcome[;level]" lines."""
    keys = ("phase", "submission", "outcome", "level")
    rows = [
        {"reason": f"rapat {n}"} | dict(zip(keys, line.split(";"), strict=False))
        for n, line in enumerate(lines, 1)
    ]
    at = of.phase(phase)
    assert isinstance(at, ScreeningPhase | JudgingPhase | NominationPhase)
    return decisions.read_decisions(folder_tables(decisions=rows).decisions, at, SETTLED)


def _standing(read: decisions.Decisions) -> list[bool]:
    return read.rows["stands"].tolist()


def _cases(read: decisions.Decisions) -> list[tuple[object, ...]]:
    cases = [params.get("case") for params in read.findings["params"]]
    return list(zip(read.findings["rule"], cases, read.findings["row"], strict=True))


@pytest.mark.parametrize(
    ("line", "read_as"),
    [
        ("administrasi;A-1;passes", ("A-1", "passes", "", True)),
        ("proposal;INOVASI B 2;Advances", ("B-2", "advances", "", True)),
        ("proposal;B-2;stays;provinsi", ("B-2", "stays", "", True)),
        ("nominasi;a-1;nominated;provinsi", ("A-1", "nominated", "provinsi", True)),
    ],
)
def test_a_decision_by_id_or_title_stands_and_has_no_finding(
    line: str, read_as: tuple[object, ...]
) -> None:
    read = _read(line.split(";")[0], line)

    assert records(read.rows, "submission_id", "outcome", "level", "stands") == [read_as]
    assert _cases(read) == []


@pytest.mark.parametrize(
    ("line", "rule", "case"),
    [
        ("administrasi;A-1;advances", "unknown_decision", "outcome"),
        ("proposal;A-1;lolos", "unknown_decision", "outcome"),
        ("proposal;Z-9;advances", "unknown_decision", "submission"),
        ("proposal;Inovasi C-3;advances", "ambiguous_submission", None),
        ("nominasi;A-1;nominated", "unknown_decision", "level"),
        ("nominasi;A-1;nominated;kota", "unknown_decision", "level"),
        ("nominasi;A-1;advances;provinsi", "unknown_decision", "outcome"),
    ],
)
def test_a_decision_that_can_have_no_effect_is_one_finding(
    line: str, rule: str, case: str | None
) -> None:
    read = _read(line.split(";")[0], line)

    assert _standing(read) == [False]
    assert _cases(read) == [(rule, case, 2)]


def test_a_phase_reads_its_own_decisions_only() -> None:
    read = _read("proposal", "administrasi;A-1;passes", "final;A-1;advances", "proposal;A-1;stays")

    assert records(read.rows, "table_row", "phase") == [(4, "proposal")]


def test_a_decision_on_no_phase_of_the_competition_is_listed_and_never_applied() -> None:
    rows = [
        {"phase": phase, "submission": "A-1", "outcome": "advances"}
        for phase in ("final", "pendaftaran", "proposal")
    ]

    homeless = decisions.decisions_without_phase(
        folder_tables(decisions=rows).decisions, RULES, SETTLED
    )

    listed = decisions.decisions_table(homeless, pd.Index(["A-1"]), closed=True)
    assert records(listed, "phase", "title", "applied") == [("final", "Inovasi A-1", False)]
    assert len(homeless.findings) == 0


def test_of_contradicting_decisions_the_last_row_holds_and_the_others_are_found() -> None:
    read = _read(
        "proposal",
        "proposal;A-1;advances",
        "proposal;A-1;stays",
        "proposal;B-2;stays",
        "proposal;A-1;advances",
    )

    assert _standing(read) == [False, False, True, True]
    assert _cases(read) == [("unknown_decision", "contradicted", 3)]


def test_decisions_at_two_levels_do_not_contradict_each_other() -> None:
    two = parse_rules(JUDGING, NOMINATION.replace("}]", '}, { code = "nasional", quota = 1 }]'))

    read = _read(
        "nominasi", "nominasi;A-1;nominated;provinsi", "nominasi;A-1;reserve;nasional", of=two
    )

    assert _standing(read) == [True, True]
    assert _cases(read) == []


TABLE = pd.DataFrame({"submission_id": ["B-2", "A-1"], "ranked_outcome": ["stays", "undecided"]})


def test_a_decision_counts_from_the_close_on_and_the_rule_stays_visible() -> None:
    read = _read("proposal", "proposal;A-1;advances")

    closed = decisions.apply_decisions(TABLE, read, True, "undecided")
    still_open = decisions.apply_decisions(TABLE, read, False, "undecided")

    columns = ("submission_id", "ranked_outcome", "outcome", "reason")
    assert records(closed, *columns) == [
        ("B-2", "stays", "stays", None),
        ("A-1", "undecided", "advances", "rapat 1"),
    ]
    assert records(still_open, *columns) == [
        ("B-2", "stays", "undecided", None),
        ("A-1", "undecided", "undecided", None),
    ]


def test_a_decision_at_a_level_counts_at_that_level_only() -> None:
    read = _read("nominasi", "nominasi;A-1;reserve;provinsi")
    table = pd.DataFrame(
        {"level": ["provinsi", "nasional"], "submission_id": "A-1", "ranked_outcome": "nominated"}
    )

    applied = decisions.apply_decisions(table, read, True, "undecided")

    assert records(applied, "level", "outcome") == [
        ("provinsi", "reserve"),
        ("nasional", "nominated"),
    ]


def test_one_on_something_that_is_not_in_the_phase_is_found_and_not_applied() -> None:
    read = _read("proposal", "proposal;A-1;advances", "proposal;B-2;advances")

    found = decisions.outside_phase_findings(read, pd.Index(["B-2"]))

    assert records(found, "rule", "table", "phase", "source", "row", "value") == [
        ("unknown_decision", "decisions", "proposal", "decisions.csv", 2, "A-1")
    ]
    assert records(
        decisions.decisions_table(read, pd.Index(["B-2"]), closed=True), "submission_id", "applied"
    ) == [
        ("A-1", False),
        ("B-2", True),
    ]
    assert records(decisions.decisions_table(read, pd.Index(["B-2"]), closed=False), "applied") == [
        (False,),
        (False,),
    ]
