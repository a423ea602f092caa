"""What people typed for submissions, an id or a title; which one a misspelt text may mean."""

import pandas as pd
import pytest

from tasks.names import submissions
from tasks.names.submissions import match_submissions, nearest_innovations
from tests.small.rows import records


def _texts(*texts: str | None) -> pd.Series:
    return pd.Series(texts, dtype="str", index=range(10, 10 + len(texts)))


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
    met = match_submissions(_texts(typed), SETTLED)

    assert records(met, "submission_id", "rule") == [(submission_id, rule)]


def test_a_text_that_is_an_id_means_the_id_though_another_has_it_as_title() -> None:
    settled = _settled(("A-1", None, "B-2", "i", True), ("B-2", None, "Lain", "j", True))

    assert match_submissions(_texts("B-2"), settled)["submission_id"].tolist() == ["B-2"]


def test_nothing_is_known_where_nothing_was_delivered_and_no_text_asks_for_nothing() -> None:
    none = _settled()

    assert match_submissions(_texts("x"), none)["rule"].tolist() == ["unknown_submission"]
    assert records(match_submissions(_texts(), SETTLED), "submission_id", "rule") == []


def test_the_index_of_the_texts_is_kept() -> None:
    assert list(match_submissions(_texts("77", None, "9"), SETTLED).index) == [10, 11, 12]


INNOVATIONS = pd.DataFrame(
    {
        "submission_id": ["DINKES-7K3Q", "DLH-AB12", "BKPSDM-CD34", "DINKES-7K3R"],
        "title": [
            "Jarik Ma' Siti",
            "SEPASAR PEDAS (Sekolah Pasar Pedagang Cerdas)",
            "Lentera Desa 1",
            "Lentera Desa 2",
        ],
        "counts": [True, True, True, True],
    }
)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("Jarik Mak Siti", "DINKES-7K3Q (Jarik Ma' Siti)"),
        ("JARIK MA SITY", "DINKES-7K3Q (Jarik Ma' Siti)"),
        ("Sepasar Pedas", "DLH-AB12 (SEPASAR PEDAS (Sekolah Pasar Pedagang Cerdas))"),
        ("dlh ab21", "DLH-AB12 (SEPASAR PEDAS (Sekolah Pasar Pedagang Cerdas))"),
        ("Lentera Desa", ""),  # two are as near
        ("DINKES-7K3", ""),
        ("Sesuatu yang lain", ""),
        ("Siti", ""),  # a word alone says too little
        ("!!!", ""),
        (None, ""),
    ],
)
def test_the_one_that_is_clearly_nearest_is_offered(typed: str | None, offered: str) -> None:
    assert nearest_innovations(pd.Series([typed], dtype="str"), INNOVATIONS).tolist() == [offered]


def test_rows_that_do_not_count_are_not_offered() -> None:
    settled = INNOVATIONS.assign(counts=[False, True, True, True])
    assert nearest_innovations(pd.Series(["Jarik Mak Siti"]), settled).tolist() == [""]


def test_texts_keep_their_index_and_the_same_is_looked_up_once() -> None:
    texts = pd.Series(["Jarik Mak Siti", "Jarik Mak Siti"], index=[7, 3])
    offered = nearest_innovations(texts, INNOVATIONS)
    assert (offered.index.tolist(), offered.unique().tolist()) == (
        [7, 3],
        ["DINKES-7K3Q (Jarik Ma' Siti)"],
    )


def test_very_many_unknown_texts_are_another_column_and_not_misspellings(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(submissions, "_MOST_COMPARISONS", 3)
    assert nearest_innovations(pd.Series(["Jarik Mak Siti"]), INNOVATIONS).tolist() == [""]
