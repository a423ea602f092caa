import pandas as pd

from tasks.register import hierarchy
from tests.small.tables import agency_rows, folder_tables


def _pairs(frame: pd.DataFrame) -> set[tuple[str, str]]:
    return set(frame.itertuples(index=False, name=None))


def test_a_body_is_under_all_that_stand_over_its_parent() -> None:
    register = folder_tables(
        agencies=agency_rows("KOTA", "DINKES<KOTA", "PKM<DINKES", "POS<PKM", "DISDIK<KOTA")
    ).agencies

    assert _pairs(hierarchy.agencies_above(register)) == {
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

    of_pkm = {other for code, other in _pairs(hierarchy.agency_kin(register)) if code == "PKM"}
    of_dinkes = {
        other for code, other in _pairs(hierarchy.agency_kin(register)) if code == "DINKES"
    }

    assert of_pkm == {"PKM", "DINKES", "KOTA"}
    assert of_dinkes == {"DINKES", "KOTA", "PKM", "PKM2"}


def test_a_register_that_runs_in_a_circle_ends() -> None:
    register = folder_tables(agencies=agency_rows("A<B", "B<A", "C<C")).agencies

    assert _pairs(hierarchy.agencies_above(register)) == {("A", "B"), ("B", "A")}


def test_a_parent_that_is_not_in_the_register_is_still_a_parent() -> None:
    register = folder_tables(agencies=agency_rows("A<HILANG")).agencies

    assert _pairs(hierarchy.agencies_above(register)) == {("A", "HILANG")}


def test_an_empty_register_has_no_pairs() -> None:
    assert len(hierarchy.agencies_above(folder_tables().agencies)) == 0
    assert len(hierarchy.agency_kin(folder_tables().agencies)) == 0
