"""What people typed for categories, groups, judges and submissions."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.names import matching
from tests.small.rows import records
from tests.small.rules import parse_limits, parse_rules
from tests.small.tables import folder_tables

RULES = parse_limits()


def _texts(*texts: str | None) -> pd.Series:
    return pd.Series(texts, dtype="str", index=range(10, 10 + len(texts)))


def _plain(values: pd.Series) -> list[object]:
    return [None if pd.isna(value) else value for value in values]


# --- categories and groups
# -------------------------------------------------------------------------------------------


def test_categories_match_by_code_name_in_either_language_and_alias() -> None:
    typed = _texts(
        "kesehatan",
        "Kesehatan",
        "HEALTH",
        "bidang  kesehatan.",
        "pendidikan",
        "Kesehatn",
        None,
        "-",
    )

    coded = matching.match_categories(typed, RULES)

    assert _plain(coded) == ["kesehatan"] * 4 + ["pendidikan", None, None, None]
    assert coded.index.equals(typed.index)


def test_an_ampersand_is_and() -> None:
    assert (
        matching.text_form("Kesehatan & Gizi")
        == matching.text_form("kesehatan dan gizi")
        == matching.text_form("Kesehatan and gizi")
    )


def test_a_name_that_two_categories_share_matches_neither() -> None:
    rules = parse_rules(head="", categories="ab")
    shared = rules.model_copy(
        update={
            "categories": tuple(
                category.model_copy(update={"aliases": ("Sama",)}) for category in rules.categories
            ),
        }
    )

    assert _plain(matching.match_categories(_texts("sama", "a", "B"), shared)) == [None, "a", "b"]


def test_groups_match_as_categories_do_and_nothing_matches_where_there_are_none() -> None:
    without = RULES.model_copy(update={"groups": ()})

    assert _plain(matching.match_groups(_texts("UMUM", "khusus"), RULES)) == ["umum", None]
    assert _plain(matching.match_groups(_texts("umum"), without)) == [None]


@given(
    st.sampled_from(["kesehatan", "bidang kesehatan", "health"]),
    st.sampled_from(["upper", "title", "capitalize"]),
    st.sampled_from([" ", "-", ". ", "  "]),
)
def test_case_and_punctuation_never_decide_a_category(name: str, change: str, between: str) -> None:
    typed = getattr(name, change)().replace(" ", between) + between

    assert _plain(matching.match_categories(_texts(typed), RULES)) == ["kesehatan"]


# --- judges
# --------------------------------------------------------------------------------------------------


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

    assert matching.match_judges(_texts(typed), known).tolist() == ["Drs. Juri Satu, M.Pd."]


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
    assert matching.person_form(typed) == matching.person_form("Juri Satu")


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
    assert matching.person_form(one) != matching.person_form(other)


def test_judges_that_differ_by_a_number_are_different() -> None:
    known = _judges(("Juri 1", None), ("Juri 10", None))

    assert matching.match_judges(_texts("juri 1", "Juri-10"), known).tolist() == [
        "Juri 1",
        "Juri 10",
    ]


def test_a_judge_whom_the_register_does_not_have_keeps_one_spelling_for_all_sheets() -> None:
    typed = _texts("juri tiga", "Juri Tiga", "Dr. Juri Tiga", None, "Juri Empat")

    assert _plain(matching.match_judges(typed, _judges())) == ["Dr. Juri Tiga"] * 3 + [
        None,
        "Juri Empat",
    ]


def test_two_judges_told_apart_by_their_degrees_only_match_by_the_whole_name() -> None:
    known = _judges(("Sari, S.H.", None), ("Sari, M.Kom.", None))

    assert matching.match_judges(_texts("sari sh", "Sari M.Kom", "Sari"), known).tolist() == [
        "Sari, S.H.",
        "Sari, M.Kom.",
        "Sari",
    ]


def test_a_name_of_titles_alone_is_left_as_it_is() -> None:
    assert matching.match_judges(_texts("Dr. Ir."), _judges()).tolist() == ["Dr. Ir."]
    assert matching.person_form("Dr.") == "dr"


# --- submissions
# --------------------------------------------------------------------------------------------------


def _settled(*rows: tuple[str, str | None, str | None, str, bool]) -> pd.DataFrame:
    columns = ["submission_id", "delivered_id", "title", "innovation", "counts"]
    return pd.DataFrame(rows, columns=columns).astype(
        dict.fromkeys(columns[:-1], "str") | {"counts": "bool"}
    )


SETTLED = _settled(
    ("DINKES-7K3Q5Z", "4", "Sepasar Pedas", "i", False),  # superseded by the next
    ("DINKES-8L4R6A", "9", "Sepasar Pedas!", "i", True),
    ("77", "77", "Jarik Ma' Siti", "j", True),
    ("DLH-AAAAAA", "5/2022", "Sama", "k", True),
    ("DLH-BBBBBB", "4", "SAMA", "l", True),
)


@pytest.mark.parametrize(
    ("typed", "submission_id", "rule"),
    [
        ("DINKES-8L4R6A", "DINKES-8L4R6A", None),
        ("DINKES-7K3Q5Z", "DINKES-8L4R6A", None),  # the id of a superseded row
        (" dinkes 8l4r6a ", "DINKES-8L4R6A", None),
        ("sepasar  PEDAS", "DINKES-8L4R6A", None),
        ("77", "77", None),
        ("9", "DINKES-8L4R6A", None),  # the form's own id, though another is published
        ("5/2022", "DLH-AAAAAA", None),
        ("4", None, "ambiguous_submission"),  # of two forms that both count from 1
        ("sama", None, "ambiguous_submission"),
        ("Sepasar", None, "unknown_submission"),
        ("?", None, "unknown_submission"),
        (None, None, None),
    ],
)
def test_a_submission_is_known_by_its_ids_and_its_title(
    typed: str | None, submission_id: str | None, rule: str | None
) -> None:
    met = matching.match_submissions(_texts(typed), SETTLED)

    assert records(met, "submission_id", "rule") == [(submission_id, rule)]


def test_a_text_that_is_an_id_means_the_id_though_another_has_it_as_title() -> None:
    settled = _settled(("A-1", None, "B-2", "i", True), ("B-2", None, "Lain", "j", True))

    assert matching.match_submissions(_texts("B-2"), settled)["submission_id"].tolist() == ["B-2"]


def test_nothing_is_known_where_nothing_was_delivered_and_no_text_asks_for_nothing() -> None:
    none = _settled()

    assert matching.match_submissions(_texts("x"), none)["rule"].tolist() == ["unknown_submission"]
    assert records(matching.match_submissions(_texts(), SETTLED), "submission_id", "rule") == []


def test_the_index_of_the_texts_is_kept() -> None:
    assert list(matching.match_submissions(_texts("77", None, "9"), SETTLED).index) == [10, 11, 12]
