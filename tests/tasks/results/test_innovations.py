"""Which rows of a published run are one innovation, which counts, and which innovation a text
means.
"""

import pandas as pd
import pytest

from tasks.results.innovations import FoundInnovation, add_innovations, find_innovation

ROWS = [  # id, title, agency code, agency, when, status, row
    ("DINKES-AAAA", "Lentera Ibu", "DINKES", "Dinas Kesehatan", "2022-02-03", "superseded", 2),
    ("DINKES-AAAA", "LENTERA IBU!", "DINKES", "Dinas Kesehatan", "2022-02-10", "accepted", 3),
    ("DINKES-AAAA", "Lentera Ibu", "DINKES", "Dinas Kesehatan", "2022-03-20", "rejected", 4),
    ("17", "Kelas Ceria", "SMPN-10", "SMP Negeri 10", "2022-02-03", "superseded", 5),
    ("18", "Kelas Ceria", "SMPN-10", "SMP Negeri 10", "2022-02-04", "accepted", 6),
    ("DLH-CCCC", "Kelas Ceria", "DLH", "Dinas Lingkungan Hidup", None, "accepted", 7),
    ("X-DDDD", "Rumah Data (Kampung Cerdas)", None, "Kantor Data", "2022-02-05", "rejected", 8),
]


@pytest.fixture
def rows() -> pd.DataFrame:
    columns = ["submission_id", "title", "agency_code", "agency", "submitted_at", "status", "row"]
    frame = pd.DataFrame(ROWS, columns=columns).astype({"agency_code": "str", "row": "Int64"})
    return frame.assign(
        submitted_at=pd.to_datetime(frame["submitted_at"]), source="submissions/formulir.csv"
    )


def test_rows_of_one_agency_and_title_or_of_one_id_are_one_innovation(rows: pd.DataFrame) -> None:
    made = add_innovations(rows)
    groups = made.groupby("innovation")["row"].agg(lambda r: sorted(map(int, r)))
    assert sorted(groups) == [[2, 3, 4], [5, 6], [7], [8]]


def test_the_first_row_that_is_not_superseded_counts(rows: pd.DataFrame) -> None:
    made = add_innovations(rows)
    assert sorted(made.loc[made["counts"], "row"]) == [3, 6, 7, 8]


def test_rows_without_a_time_come_first_and_the_others_by_time(rows: pd.DataFrame) -> None:
    assert list(add_innovations(rows.sample(frac=1, random_state=1))["row"]) == [
        7,
        2,
        5,
        6,
        8,
        3,
        4,
    ]


@pytest.mark.parametrize(
    "asked", ["DINKES-AAAA", "dinkes aaaa", "lentera  IBU", "Lentéra ibu", "lentera"]
)
def test_an_innovation_is_found_by_id_title_or_words_that_only_one_title_has(
    rows: pd.DataFrame, asked: str
) -> None:
    assert find_innovation(asked, add_innovations(rows)) == FoundInnovation("DINKES-AAAA")


def test_the_id_of_a_superseded_row_means_the_innovation(rows: pd.DataFrame) -> None:
    assert find_innovation("17", add_innovations(rows)) == FoundInnovation("18")


def test_a_title_that_two_innovations_share_is_ambiguous_and_both_are_named(
    rows: pd.DataFrame,
) -> None:
    assert find_innovation("kelas ceria", add_innovations(rows)) == FoundInnovation(
        None, (("DLH-CCCC", "Kelas Ceria"), ("18", "Kelas Ceria"))
    )


def test_words_that_two_titles_have_name_both(rows: pd.DataFrame) -> None:
    assert find_innovation("ceria", add_innovations(rows)) == FoundInnovation(
        None, (("DLH-CCCC", "Kelas Ceria"), ("18", "Kelas Ceria"))
    )


def test_what_is_nearly_a_title_or_an_id_is_named_and_not_taken(rows: pd.DataFrame) -> None:
    assert find_innovation("lantera ibu", add_innovations(rows)) == FoundInnovation(
        None, (("DINKES-AAAA", "LENTERA IBU!"),)
    )
    assert find_innovation("X-DDDE", add_innovations(rows)) == FoundInnovation(
        None, (("X-DDDD", "Rumah Data (Kampung Cerdas)"),)
    )


@pytest.mark.parametrize("asked", ["zzzzzz", "", "?!"])
def test_what_is_near_nothing_finds_nothing(rows: pd.DataFrame, asked: str) -> None:
    assert find_innovation(asked, add_innovations(rows)) == FoundInnovation(None)
