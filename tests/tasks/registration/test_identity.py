"""Rows that are the same response or innovation, and the ids they are published under."""

import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.registration import identity
from tests.small.rows import form_rows, records

A, B, C = "submissions/a.csv", "submissions/b.xlsx#Form Responses 1", "submissions/c.csv"


# --- rows delivered twice
# --------------------------------------------------------------------------------------------


def test_a_row_delivered_twice_counts_once_at_the_earlier_export() -> None:
    rows = form_rows(
        {"source": C, "cells": "1"},
        {"source": A, "cells": "1", "row": 9},
        {"source": B, "cells": "1"},
        {"source": B, "cells": "2"},
    )

    once = identity.drop_repeated_rows(rows)
    kept, findings = once.frame, once.findings

    assert records(kept, "source", "row") == [(A, 9), (B, 5)]
    assert records(findings, "rule", "source", "row", "value") == [
        ("overlap", B, None, "1"),
        ("overlap", C, None, "1"),
    ]
    assert [params["other"] for params in findings["params"]] == [A, A]


def test_one_finding_a_pair_of_exports_has_the_number_of_rows() -> None:
    cells = [{"source": source, "cells": str(number)} for source in (B, A) for number in range(3)]

    rows = form_rows(*cells, {"source": A, "cells": "0"})
    findings = identity.drop_repeated_rows(rows).findings

    assert records(findings, "source", "value") == [(A, "1"), (B, "3")]


def test_nothing_delivered_twice_leaves_every_row_in_order_of_export_and_row() -> None:
    once = identity.drop_repeated_rows(
        form_rows({"source": B}, {"source": A, "title": "x"}, {"source": A, "row": 2, "title": "y"})
    )

    assert records(once.frame, "source", "row") == [(A, 2), (A, 3), (B, 2)]
    assert once.findings.empty


# --- innovations
# --------------------------------------------------------------------------------------------------


def _alike(*rows: dict[str, object]) -> list[list[int]]:
    """The rows of each innovation, by position, for rows that differ in everything but what is
    given.
    """
    columns = ["agency_key", "title_key", "source", "form", "response_id", "submitted_at"]
    own = [
        {"agency_key": f"a{n}", "title_key": f"t{n}", "source": "s", "form": "f", "submitted_at": n}
        for n in range(len(rows))
    ]
    frame = pd.DataFrame([base | row for base, row in zip(own, rows, strict=True)], columns=columns)
    numbers = identity.number_innovations(frame)
    return [group.index.tolist() for _, group in numbers.groupby(numbers)]


SAME = {"agency_key": "a", "title_key": "t"}
EDIT = {"response_id": "7"}


@pytest.mark.parametrize(
    ("rows", "groups"),
    [
        ([SAME, SAME, {}], [[0, 1], [2]]),
        ([{"agency_key": "a"}, {"agency_key": "a"}], [[0], [1]]),
        (
            [{"title_key": None, "agency_key": "a"}] * 2,
            [[0], [1]],
        ),  # without a title each is one by itself
        ([{"title_key": "t", "agency_key": None}] * 2, [[0], [1]]),
        ([EDIT, EDIT], [[0, 1]]),  # within one export always
        ([EDIT, EDIT | {"form": "g"}], [[0], [1]]),  # in two forms never
        (
            [EDIT, EDIT | {"source": "z"}],
            [[0], [1]],
        ),  # two exports of one form that both count from 1
        ([EDIT | {"title_key": "t"}, EDIT | {"title_key": "t", "source": "z"}], [[0, 1]]),
        ([EDIT | {"agency_key": "a"}, EDIT | {"agency_key": "a", "source": "z"}], [[0, 1]]),
        ([EDIT | {"submitted_at": 5}, EDIT | {"submitted_at": 5, "source": "z"}], [[0, 1]]),
        ([EDIT, EDIT | SAME, SAME], [[0, 1, 2]]),  # an edit to the title of another row
        ([], []),
    ],
)
def test_rows_are_one_innovation_by_agency_and_title_or_by_an_edited_response(
    rows: list[dict[str, object]], groups: list[list[int]]
) -> None:
    assert _alike(*rows) == groups


# --- ids
# --------------------------------------------------------------------------------------------------


def _keyed(*rows: tuple[str | None, str | None, str | None, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["agency_code", "agency_key", "title_key", "cells"]).astype(
        "str"
    )


def test_the_id_is_the_agencys_code_and_six_letters_from_agency_and_title() -> None:
    ids = identity.derive_ids(
        _keyed(
            ("DINKES", "DINKES", "sepasar pedas", "1"),
            ("DINKES", "DINKES", "sepasar pedas", "2"),
            ("DLH", "DLH", "sepasar pedas", "3"),
            (None, "? dinkess", "sepasar pedas", "4"),
        )
    )

    assert ids.tolist() == ["DINKES-1WAYF9", "DINKES-1WAYF9", "DLH-D54TRW", "X-ZC2007"]


@given(st.permutations(range(6)), st.integers(1, 6))
def test_ids_are_the_same_in_another_order_and_with_rows_added(order: list[int], many: int) -> None:
    rows = _keyed(*(("A", "A", f"judul {number}", str(number)) for number in range(6)))
    whole = dict(zip(rows["title_key"], identity.derive_ids(rows), strict=True))

    part = rows.iloc[order[:many]]

    assert dict(zip(part["title_key"], identity.derive_ids(part), strict=True)) == {
        key: whole[key] for key in part["title_key"]
    }


def test_a_row_without_title_or_agency_is_told_by_its_cells() -> None:
    ids = identity.derive_ids(
        _keyed(
            ("A", "A", None, "1"),
            ("A", "A", None, "2"),
            (None, None, "t", "3"),
            (None, None, "t", "3"),
        )
    )

    assert ids.nunique() == 3
    assert ids.str.match(r"(A|X)-[0-9A-HJKMNP-TV-Z]{6}$").all()


def test_ids_that_come_out_alike_are_told_apart_in_a_fixed_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(identity, "ID_LENGTH", 1)
    rows = _keyed(*(("A", "A", f"judul {number}", "") for number in range(20)))

    ids = identity.derive_ids(rows)

    assert ids.nunique() == 20
    assert identity.derive_ids(rows.iloc[::-1])[::-1].tolist() == ids.tolist()


def test_no_two_of_many_titles_share_an_id() -> None:
    assert identity.derive_ids(
        _keyed(*(("A", "A", f"judul {n}", "") for n in range(60_000)))
    ).is_unique


def _published(*rows: tuple[str | None, str, str]) -> list[str]:
    columns = pd.DataFrame(rows, columns=["own", "made", "innovation"]).astype("str")
    return identity.published_ids(columns["own"], columns["made"], columns["innovation"]).tolist()


@pytest.mark.parametrize(
    ("rows", "ids"),
    [
        ([("7", "A-1", "i"), ("8", "A-2", "j")], ["7", "8"]),
        ([("7", "A-1", "i"), ("7", "A-1", "i")], ["7", "7"]),  # an edit: one innovation
        (
            [("7", "A-1", "i"), ("7", "A-2", "j"), ("8", "A-3", "k")],
            ["A-1", "A-2", "8"],
        ),  # two forms that count from 1
        ([("ab", "A-1", "i"), ("AB", "A-2", "j")], ["A-1", "A-2"]),
        ([("A-2", "A-1", "i"), (None, "A-2", "j")], ["A-1", "A-2"]),  # what another is called
        (
            [
                ("a/../b", "A-1", "i"),
                ("nul", "A-2", "j"),
                ("x" * 99, "A-3", "k"),
                (None, "A-4", "l"),
            ],
            ["A-1", "A-2", "A-3", "A-4"],
        ),
        ([], []),
    ],
)
def test_a_forms_own_id_is_published_where_it_is_safe_and_one_innovations_alone(
    rows: list[tuple[str | None, str, str]], ids: list[str]
) -> None:
    assert _published(*rows) == ids


def test_letters_that_people_misread_are_in_no_id() -> None:
    assert not re.search("[ILOU]", identity.ID_LETTERS)
    assert len(set(identity.ID_LETTERS)) == 32
