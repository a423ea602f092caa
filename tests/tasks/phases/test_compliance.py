"""One Agency One Innovation, and the years: against cases worked out by hand
(tests/cases/compliance).
"""

import pandas as pd
import pytest

from tasks.phases import compliance, fold
from tasks.register.agencies import is_obliged
from tasks.rules.competition import Competition
from tests.small.rows import answer_rows, records, settled_rows
from tests.small.rules import JUDGING, SCREENING, moment, parse_rules
from tests.small.tables import folder_tables
from tests.tasks import cases

COUNTED = ["received", "accepted", "screened"]
WITH_UNITS = [f"{name}_with_units" for name in COUNTED]


def _compliance(
    settled: pd.DataFrame,
    register: list[dict[str, object]],
    competition: Competition | None = None,
    typed: pd.DataFrame | None = None,
    as_of: str = "2022-06-01",
) -> pd.DataFrame:
    of = competition or parse_rules(head='[obligation]\ntypes = ["dinas"]\n')
    folder = folder_tables(agencies=register)
    results = fold.fold_phases(
        of, moment(as_of), settled, {} if typed is None else {"administrasi": typed}, folder
    )
    return compliance.compliance_table(of, settled, results, folder.agencies)


def _body(code: str, kind: str = "dinas", **more: object) -> dict[str, object]:
    return {"agency_code": code, "agency": f"Badan {code}", "type": kind} | more


def test_innovations_are_counted_and_not_rows() -> None:
    settled = settled_rows(
        "A-1 A a", "A-2 A a", "A-3 A a", **{"A-2": {"counts": False, "status": "superseded"}}
    )

    table = _compliance(settled, [_body("A"), _body("B")])

    assert records(table, "agency_code", *COUNTED, "status") == [
        ("A", 2, 2, 2, "compliant"),
        ("B", 0, 0, 0, "none"),
    ]


def test_what_was_withdrawn_or_rejected_is_received_and_not_accepted() -> None:
    settled = settled_rows(
        "A-1 A a", "A-2 A a", **{"A-1": {"status": "withdrawn"}, "A-2": {"status": "rejected"}}
    )

    assert records(_compliance(settled, [_body("A")]), *COUNTED, "status") == [
        (2, 0, 0, "rejected_only")
    ]


def test_an_innovation_of_an_unknown_agency_counts_for_nobody() -> None:
    settled = settled_rows(
        "A-1 A a", **{"A-1": {"agency_code": float("nan"), "status": "rejected"}}
    )

    assert records(_compliance(settled, [_body("A")]), "received", "status") == [(0, "none")]


def test_bodies_of_other_years_are_not_in_the_table_but_units_reach_over_them() -> None:
    register = [
        _body("A"),
        _body("LAMA", parent_code="A", valid_to=2021),
        _body("BARU", valid_from=2023),
        _body("UPT", "upt", parent_code="LAMA", valid_from=2022, valid_to=2022),
    ]

    table = _compliance(settled_rows("U-1 UPT a"), register)

    assert records(table, "agency_code", "received", "received_with_units") == [
        ("A", 0, 1),
        ("UPT", 1, 1),
    ]


def test_the_own_obliged_overrides_the_type() -> None:
    register = [
        _body("A"),
        _body("B", obliged=False),
        _body("C", "sekolah"),
        _body("D", "sekolah", obliged=True),
        _body("E", None),
    ]

    table = _compliance(settled_rows(), register)

    assert records(table, "agency_code", "obliged", "status") == [
        ("A", True, "none"),
        ("B", False, "not_obliged"),
        ("C", False, "not_obliged"),
        ("D", True, "none"),
        ("E", False, "not_obliged"),
    ]


def test_an_agency_that_is_not_obliged_stays_so_whatever_it_sends() -> None:
    assert records(
        _compliance(settled_rows("A-1 A a"), [_body("A", obliged=False)]), "received", "status"
    ) == [(1, "not_obliged")]


@pytest.mark.parametrize(
    ("answer", "as_of", "screened"),
    [
        ("ya;ya", "2022-06-01", 1),
        ("ya;tidak", "2022-06-01", 0),
        ("ya;ya", "2022-03-20", 0),
        ("ya;ya", "2022-03-01", 0),
    ],
)
def test_screened_is_what_passed_every_screening_phase_once_it_has_closed(
    answer: str, as_of: str, screened: int
) -> None:
    of = parse_rules(SCREENING, head='[obligation]\ntypes = ["dinas"]\ncounts = "screened"\n')

    table = _compliance(
        settled_rows("A-1 A a"), [_body("A")], of, answer_rows(f"A-1;{answer}"), as_of
    )

    assert records(table, *COUNTED, "status") == [
        (1, 1, screened, "compliant" if screened else "rejected_only")
    ]


def test_without_a_screening_phase_screened_equals_accepted() -> None:
    of = parse_rules(JUDGING, head='[obligation]\ntypes = ["dinas"]\ncounts = "screened"\n')

    assert records(
        _compliance(settled_rows("A-1 A a"), [_body("A")], of, as_of="2022-03-01"), *COUNTED
    ) == [(1, 1, 1)]


def test_history_is_the_earlier_years_in_order_and_then_this_one() -> None:
    settled = settled_rows(
        "A-1 A a",
        "A-2 A a",
        "X-3 A a",
        **{
            "A-2": {"counts": False, "status": "superseded"},
            "X-3": {"agency_code": float("nan"), "status": "rejected"},
        },
    )
    earlier = pd.DataFrame(
        {
            "year": [2021, 2020, 2022],
            "received": [62, 50, 1],
            "accepted": [60, pd.NA, 1],
            "agencies_obliged": [pd.NA, 40, 1],
            "agencies_compliant": [pd.NA, 30, 1],
        }
    ).astype("Int64")
    of = parse_rules(head='[obligation]\ntypes = ["dinas"]\n')

    table = compliance.history_table(
        of, settled, _compliance(settled, [_body("A"), _body("B"), _body("C", "x")], of), earlier
    )

    assert records(table, *table.columns) == [
        (2020, 50, None, 40, 30),
        (2021, 62, 60, None, None),
        (2022, 2, 1, 2, 1),
    ]


def test_the_first_year_has_only_itself() -> None:
    of = parse_rules()
    none = pd.DataFrame(columns=["year", *COUNTED[:2], "agencies_obliged", "agencies_compliant"])

    table = compliance.history_table(of, settled_rows(), _compliance(settled_rows(), [], of), none)

    assert records(table, *table.columns) == [(2022, 0, 0, 0, 0)]


@pytest.mark.parametrize("case", cases.of("compliance"))
def test_the_case_worked_out_by_hand(case: cases.Case) -> None:
    of = parse_rules(head="[obligation]\n" + case.rules_text)
    register = case.tables["input"].replace("", None)
    folder = folder_tables(
        agencies=[
            {k: r[k] for k in ("agency_code", "type", "parent_code")}
            | {"obliged": {"true": True, "false": False}.get(r["obliged"])}
            for r in register.to_dict("records")
        ]
    )
    own = register.set_index("agency_code")[COUNTED].astype("Int64")
    table = folder.agencies.assign(
        obliged=is_obliged(folder.agencies, of.obligation),
        **{name: own[name].to_numpy() for name in COUNTED},
        **{
            f"{name}_with_units": values.to_numpy()
            for name, values in compliance.counts_with_units(own, folder.agencies).items()
        },
    )
    table["status"] = compliance.compliance_status(table, of.obligation)

    assert cases.rows(table[["agency_code", "obliged", *WITH_UNITS, "status"]]) == case.tables[
        "output"
    ].to_dict("records")
