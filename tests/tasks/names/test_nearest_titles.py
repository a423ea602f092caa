"""The innovation that a misspelt title or id probably means: one, clearly, or none."""

import pandas as pd
import pytest

from tasks.names import nearest_titles

SETTLED = pd.DataFrame(
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
    assert nearest_titles.nearest_innovations(
        pd.Series([typed], dtype="str"), SETTLED
    ).tolist() == [offered]


def test_rows_that_do_not_count_are_not_offered() -> None:
    settled = SETTLED.assign(counts=[False, True, True, True])
    assert nearest_titles.nearest_innovations(pd.Series(["Jarik Mak Siti"]), settled).tolist() == [
        ""
    ]


def test_texts_keep_their_index_and_the_same_is_looked_up_once() -> None:
    texts = pd.Series(["Jarik Mak Siti", "Jarik Mak Siti"], index=[7, 3])
    offered = nearest_titles.nearest_innovations(texts, SETTLED)
    assert (offered.index.tolist(), offered.unique().tolist()) == (
        [7, 3],
        ["DINKES-7K3Q (Jarik Ma' Siti)"],
    )


def test_very_many_unknown_texts_are_another_column_and_not_misspellings(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(nearest_titles, "_MOST_COMPARISONS", 3)
    assert nearest_titles.nearest_innovations(pd.Series(["Jarik Mak Siti"]), SETTLED).tolist() == [
        ""
    ]
