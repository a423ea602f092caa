"""What the folder's tables show together."""

import re
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.disk.folder import raw_tables
from tasks.register.checks import _is_in_circle
from tasks.register.tables import read_tables
from tasks.rules.competition import parse_competition
from tests.small.whole_rules import WHOLE
from tests.tasks.register.test_tables import REGISTER, _csv, _list_problems, _read

HEAD = "code,name,parent_code,valid_from,valid_to\n"
PLACED = "year,agency_code,title,placement\n"
CASES = [  # table, text, row, field, case
    ("agencies", HEAD + "A,x,,,\na,y,,,\n", 3, "code", "duplicate"),
    ("agencies", HEAD + "BAG-A,x,,,\nBAG_A,y,,,\n", 3, "code", "duplicate"),
    ("agencies", HEAD + "Dinas Kesehatan,x,,,\n", 2, "code", "unsafe_code"),
    ("agencies", HEAD + "../x,x,,,\n", 2, "code", "unsafe_code"),
    ("agencies", HEAD + "CON,x,,,\n", 2, "code", "unsafe_code"),
    ("agencies", HEAD + "Index,x,,,\n", 2, "code", "taken_code"),
    ("agencies", HEAD + "A,x,B,,\n", 2, "parent_code", "unknown_parent"),
    ("agencies", HEAD + "A,x,A,,\n", 2, "parent_code", "cycle"),
    ("agencies", HEAD + "A,x,B,,\nB,x,C,,\nC,x,A,,\n", 4, "parent_code", "cycle"),
    ("agencies", HEAD + "A,x,,2022,2021\n", 2, "valid_from", "years_reversed"),
    ("judges", "name,agency_code\nJuri 1,ZZ\n", 2, "agency_code", "unknown_agency"),
    ("judges", "name\nJuri 1\njuri  1\n", 3, "name", "duplicate"),
    (
        "judges",
        "name,aliases\nJuri 1,Ketua|J. Satu\nJuri 2,Wakil|ketua\n",
        3,
        "aliases",
        "duplicate",
    ),
    ("judges", "name,aliases\nJuri 1,\nJuri 2,Juri-1\n", 3, "aliases", "duplicate"),
    ("assignments", "phase,judge,submission\nzz,Juri 1,*\n", 2, "phase", "not_judging"),
    ("assignments", "phase,judge,submission\nadministrasi,Juri 1,*\n", 2, "phase", "not_judging"),
    (
        "corrections",
        "submission,source,row,field,expected,value\n,f.csv,,title,a,b\n",
        2,
        "field",
        "no_place",
    ),
    ("history/counts", "year,received,accepted\n2021,62,46\n2021,63,46\n", 3, "year", "duplicate"),
]


@pytest.mark.parametrize(("table", "text", "row", "field", "case"), CASES)
def test_what_does_not_fit_together_is_told_at_its_cell(
    tmp_path: Path, table: str, text: str, row: int, field: str, case: str
) -> None:
    _, problems = _read(tmp_path, **{table.replace("/", "__"): text})
    assert (f"{table}.csv", row, field, case) in problems


def test_a_placement_of_a_body_that_the_register_does_not_have_is_told_and_stays(
    tmp_path: Path,
) -> None:
    tables, problems = _read(tmp_path, placements=PLACED + "2020,ZZ,X,Top 45\n")
    assert problems == [("placements.csv", 2, "agency_code", "placement")]
    assert tables.placements["agency_code"].tolist() == ["ZZ"]


def test_everything_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    _, problems = _read(
        tmp_path,
        agencies=HEAD + "A,x,,,\na,,B,2022,2021\n",
        judges="name,agency_code\nJuri 1,ZZ\n",
        placements=PLACED + "20,ZZ,X,\n",
    )
    assert sorted(problems, key=str) == sorted(
        [
            ("agencies.csv", 3, "name", "blank"),
            ("agencies.csv", 3, "code", "duplicate"),
            ("agencies.csv", 3, "parent_code", "unknown_parent"),
            ("agencies.csv", 3, "valid_from", "years_reversed"),
            ("judges.csv", 2, "agency_code", "unknown_agency"),
            ("placements.csv", 2, "year", "not_year"),
            ("placements.csv", 2, "placement", "blank"),
            ("placements.csv", 2, "agency_code", "placement"),
        ],
        key=str,
    )


def test_a_finding_names_the_file_that_is_there(tmp_path: Path) -> None:
    with pd.ExcelWriter(tmp_path / "judges.xlsx") as book:
        pd.DataFrame({"name": ["Juri 1"], "agency_code": ["ZZ"]}).to_excel(book, index=False)
    _, problems = _read(tmp_path)
    assert problems == [("judges.xlsx", 2, "agency_code", "unknown_agency")]


def test_codes_in_another_case_are_the_registers_and_the_rules(tmp_path: Path) -> None:
    rows = [*REGISTER, ["PKM-X", "Puskesmas X", "", "puskesmas", "dinkes", "", "", "", ""]]
    tables, problems = _read(
        tmp_path,
        agencies=_csv(rows),
        judges="name,agency_code\nJuri 1,setda\n",
        decisions="phase,submission,outcome\nProposal,A-1,stays\n",
    )
    assert problems == []
    assert tables.agencies["parent_code"].iloc[-1] == "DINKES"
    assert (tables.judges["agency_code"].tolist(), tables.decisions["phase"].tolist()) == (
        ["SETDA"],
        ["proposal"],
    )


def test_without_a_register_only_the_register_is_told(tmp_path: Path) -> None:
    (tmp_path / "judges.csv").write_text("name,agency_code\nJuri 1,DINKES\n", encoding="utf-8")
    (tmp_path / "placements.csv").write_text(PLACED + "2020,DINKES,X,Top 45\n", encoding="utf-8")
    _, findings = read_tables(raw_tables(tmp_path), parse_competition(WHOLE))
    assert _list_problems(findings) == [("agencies.csv", 0, "", "absent")]


@pytest.mark.parametrize(
    ("agency", "problems"),
    [
        ("DINKES", []),
        ("dinkes", [("competition.toml", 0, "conflicts", "conflict")]),
        ("DINKEZ", [("competition.toml", 0, "conflicts", "conflict")]),
    ],
)
def test_a_conflict_of_interest_names_a_body_of_the_register(
    tmp_path: Path, agency: str, problems: list[object]
) -> None:
    assert (
        _read(
            tmp_path, parse_competition(WHOLE.replace('agency = "DINKES"', f'agency = "{agency}"'))
        )[1]
        == problems
    )


def test_a_judge_may_be_an_alias_of_the_same_judge(tmp_path: Path) -> None:
    assert _read(tmp_path, judges="name,aliases\nJuri 1,juri 1|JURI-1|Ketua|ketua\n,x\nJuri 2,\n")[
        1
    ] == [
        ("judges.csv", 3, "name", "blank"),
    ]


@pytest.mark.parametrize(
    ("types", "problems"),
    [
        (["dians"], ["near_type"]),
        (["dinas"], []),
        (["DINAS", "badan"], []),
        (["dinas", "dinass"], []),
        (["satpol_pp"], []),
    ],
)
def test_a_misspelt_type_is_told_and_one_that_no_body_has_is_not(
    tmp_path: Path, types: list[str], problems: list[str]
) -> None:
    text = re.sub(r"types = \[.*?\]", f"types = {types}".replace("'", '"'), WHOLE)
    assert [case for *_, case in _read(tmp_path, parse_competition(text))[1]] == problems


TYPED = "code,name,type,obliged\nA,Dinas A,dinas,\nB,Dinas B,{},{}\n"


@pytest.mark.parametrize(
    ("kind", "obliged", "cases"),
    [
        ("dins", "", ["misspelt_type"]),
        ("Dians", "", ["misspelt_type"]),
        ("dinass", "", ["misspelt_type"]),
        ("dins", "false", []),
        ("dins", "true", []),
        ("puskesmas", "", []),
        ("DINAS", "", []),
        ("", "", []),
        ("dns2", "", []),
    ],
)
def test_a_body_whose_type_is_all_but_one_of_the_obligation_is_told_unless_it_says_what_holds(
    tmp_path: Path, kind: str, obliged: str, cases: list[str]
) -> None:
    problems = _read(tmp_path, agencies=TYPED.format(kind, obliged))[1]
    assert problems == [("agencies.csv", 3, "type", case) for case in cases]


def test_a_type_that_several_bodies_have_is_their_own(tmp_path: Path) -> None:
    bodies = "".join(f"B{n},Dinas {n},dinaz,\n" for n in range(4))
    assert _read(tmp_path, agencies=TYPED.format("dinas", "") + bodies)[1] == []


def test_a_correction_whose_row_cannot_be_read_is_one_finding_and_is_not_applied(
    tmp_path: Path,
) -> None:
    text = "submission,source,row,field,expected,value\n,f.csv,tiga,title,a,b\n,f.csv,4,title,a,b\n"
    tables, problems = _read(tmp_path, corrections=text)
    assert problems == [("corrections.csv", 2, "row", "not_integer")]
    assert tables.corrections["table_row"].tolist() == [3]


def test_a_decision_on_an_unknown_phase_is_left_to_the_decisions(tmp_path: Path) -> None:
    tables, problems = _read(tmp_path, decisions="phase,submission,outcome\nzz,A-1,lolos\n")
    assert (problems, tables.decisions["phase"].tolist()) == ([], ["zz"])


@given(st.lists(st.none() | st.integers(0, 7), min_size=1, max_size=8))
def test_a_circle_is_a_body_that_its_parents_lead_back_to(parents: list[int | None]) -> None:
    known = [p if p is not None and p < len(parents) else None for p in parents]
    agencies = pd.DataFrame(
        {
            "agency_code": pd.Series([f"A{n}" for n in range(len(known))], dtype="str"),
            "parent_code": pd.Series([None if p is None else f"A{p}" for p in known], dtype="str"),
        }
    )
    assert _is_in_circle(agencies).tolist() == [_leads_back(known, n) for n in range(len(known))]


def _leads_back(parents: list[int | None], start: int) -> bool:
    at = parents[start]
    for _ in parents:
        if at is None or at == start:
            return at == start
        at = parents[at]
    return at == start
