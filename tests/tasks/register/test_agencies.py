"""Agencies of the register: which exist, which are obliged, which are over which."""

import pandas as pd
import pytest

from tasks.register.agencies import agencies_above, agency_kin, existing_agencies, is_obliged
from tasks.rules.competition import ObligationRules
from tests.small.tables import agency_rows, folder_tables

REGISTER = folder_tables(
    agencies=[
        {"agency_code": "SETDA", "type": "sekretariat"},
        {"agency_code": "BAG-ORG", "type": "bagian", "valid_from": 2017},
        {"agency_code": "DINKES", "type": "dinas"},
        {"agency_code": "PKM-JANTI", "type": "puskesmas", "obliged": True},
        {
            "agency_code": "DLH",
            "type": "Dinas",
            "obliged": False,
            "valid_from": 2000,
            "valid_to": 2021,
        },
    ]
).agencies


def _pairs(frame: pd.DataFrame) -> set[tuple[str, str]]:
    return set(frame.itertuples(index=False, name=None))


def test_a_body_is_under_all_that_stand_over_its_parent() -> None:
    register = folder_tables(
        agencies=agency_rows("KOTA", "DINKES<KOTA", "PKM<DINKES", "POS<PKM", "DISDIK<KOTA")
    ).agencies

    assert _pairs(agencies_above(register)) == {
        ("DINKES", "KOTA"),
        ("DISDIK", "KOTA"),
        ("PKM", "DINKES"),
        ("PKM", "KOTA"),
        ("POS", "PKM"),
        ("POS", "DINKES"),
        ("POS", "KOTA"),
    }


def test_kin_are_itself_those_over_and_those_under_but_not_its_siblings() -> None:
    register = folder_tables(
        agencies=agency_rows("KOTA", "DINKES<KOTA", "PKM<DINKES", "PKM2<DINKES")
    ).agencies

    of_pkm = {other for code, other in _pairs(agency_kin(register)) if code == "PKM"}
    of_dinkes = {other for code, other in _pairs(agency_kin(register)) if code == "DINKES"}

    assert of_pkm == {"PKM", "DINKES", "KOTA"}
    assert of_dinkes == {"DINKES", "KOTA", "PKM", "PKM2"}


def test_a_register_that_runs_in_a_circle_ends() -> None:
    register = folder_tables(agencies=agency_rows("A<B", "B<A", "C<C")).agencies

    assert _pairs(agencies_above(register)) == {("A", "B"), ("B", "A")}


def test_a_parent_that_is_not_in_the_register_is_still_a_parent() -> None:
    register = folder_tables(agencies=agency_rows("A<HILANG")).agencies

    assert _pairs(agencies_above(register)) == {("A", "HILANG")}


def test_an_empty_register_has_no_pairs() -> None:
    assert len(agencies_above(folder_tables().agencies)) == 0
    assert len(agency_kin(folder_tables().agencies)) == 0


@pytest.mark.parametrize(
    ("year", "there"),
    [
        (1999, ["SETDA", "DINKES", "PKM-JANTI"]),
        (2000, ["SETDA", "DINKES", "PKM-JANTI", "DLH"]),
        (2021, ["SETDA", "BAG-ORG", "DINKES", "PKM-JANTI", "DLH"]),
        (2022, ["SETDA", "BAG-ORG", "DINKES", "PKM-JANTI"]),
    ],
)
def test_a_body_exists_from_its_first_year_to_its_last(year: int, there: list[str]) -> None:
    assert existing_agencies(REGISTER, year)["agency_code"].tolist() == there


def test_a_body_is_obliged_by_its_own_word_else_by_its_type() -> None:
    binding = is_obliged(REGISTER, ObligationRules(types=("dinas", "Sekretariat")))
    assert (binding.tolist(), str(binding.dtype)) == ([True, False, True, True, False], "boolean")
    assert is_obliged(REGISTER, ObligationRules()).tolist() == [False, False, False, True, False]


def test_no_register_is_an_empty_answer_to_both() -> None:
    empty = folder_tables().agencies
    assert len(existing_agencies(empty, 2022)) == 0
    assert len(is_obliged(empty, ObligationRules(types=("dinas",)))) == 0
