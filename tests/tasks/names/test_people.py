"""What people typed for judges; titles and degrees are no part of a name."""

import pandas as pd
import pytest

from tasks.names.people import match_judges, person_form
from tests.small.tables import folder_tables


def _texts(*texts: str | None) -> pd.Series:
    return pd.Series(texts, dtype="str", index=range(10, 10 + len(texts)))


def _plain(values: pd.Series) -> list[object]:
    return [None if pd.isna(value) else value for value in values]


def _judges(*rows: tuple[str, str | None]) -> pd.DataFrame:
    return folder_tables(
        judges=[{"judge": name, "aliases": aliases} for name, aliases in rows]
    ).judges


@pytest.mark.parametrize(
    "typed",
    [
        "Dr. Ir. Juri Satu, M.Si.",
        "JURI SATU",
        "juri satu s.sos",
        "Prof Juri Satu",
        "Juri, Satu",
        "J1",
        "Hj. Juri Satu, S.E., M.M.",
    ],
)
def test_titles_degrees_case_and_punctuation_are_no_part_of_a_judges_name(typed: str) -> None:
    known = _judges(("Drs. Juri Satu, M.Pd.", "J1|Juri I"), ("Juri Dua", None))

    assert match_judges(_texts(typed), known).tolist() == ["Drs. Juri Satu, M.Pd."]


@pytest.mark.parametrize(
    "typed",
    [
        "Bapak Juri Satu",
        "Assoc. Prof. Juri Satu",
        "Drs.Ec. Juri Satu, MM",
        "Dr.Ir.Juri Satu,M.Si",
        "Juri Satu S. Sos. M. Si.",
        "dr. Juri Satu, Sp.A(K)",
        "Juri Satu, S.Psi., M.Psi., Psikolog",
        "Juri Satu, S.I.Kom., M.I.Kom",
        "Juri Satu S.H., M.Hum., C.L.A.",
        "Juri Satu, Lc., M.A.",
        "juri satu SE.MM",
        "Ir. Juri Satu, M.T., IPU., ASEAN Eng.",
        "Juri Satu, B.Sc. (Hons), M.Med.Ed",
        "Juri Satu.",
    ],
)
def test_degrees_run_on_apart_and_unheard_of_are_no_part_of_a_name(typed: str) -> None:
    assert person_form(typed) == person_form("Juri Satu")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Juri Mas.", "Juri"),
        ("A. Juri", "Juri"),
        ("Juri K.", "Juri"),
        ("J.B. Juri", "Juri"),
        ("Juri, Satu", "Juri"),
    ],
)
def test_initials_and_what_is_no_degree_are_part_of_a_name(one: str, other: str) -> None:
    assert person_form(one) != person_form(other)


def test_judges_that_differ_by_a_number_are_different() -> None:
    known = _judges(("Juri 1", None), ("Juri 10", None))

    assert match_judges(_texts("juri 1", "Juri-10"), known).tolist() == [
        "Juri 1",
        "Juri 10",
    ]


def test_a_judge_whom_the_register_does_not_have_keeps_one_spelling_for_all_sheets() -> None:
    typed = _texts("juri tiga", "Juri Tiga", "Dr. Juri Tiga", None, "Juri Empat")

    assert _plain(match_judges(typed, _judges())) == ["Dr. Juri Tiga"] * 3 + [
        None,
        "Juri Empat",
    ]


def test_two_judges_told_apart_by_their_degrees_only_match_by_the_whole_name() -> None:
    known = _judges(("Sari, S.H.", None), ("Sari, M.Kom.", None))

    assert match_judges(_texts("sari sh", "Sari M.Kom", "Sari"), known).tolist() == [
        "Sari, S.H.",
        "Sari, M.Kom.",
        "Sari",
    ]


def test_a_name_of_titles_alone_is_left_as_it_is() -> None:
    assert match_judges(_texts("Dr. Ir."), _judges()).tolist() == ["Dr. Ir."]
    assert person_form("Dr.") == "dr"
