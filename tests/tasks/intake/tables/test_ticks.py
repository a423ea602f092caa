"""Choices that have a column each."""

import pandas as pd
import pytest

from tasks.intake.tables import ticks
from tasks.intake.tables.headings import Claim
from tasks.intake.tables.table import TableColumn
from tests.tasks.intake.tables.test_sheet_tables import given, table


def texts(*cells: str | None) -> pd.Series:
    return pd.Series(cells, dtype="str")


@pytest.mark.parametrize(
    ("cells", "are"),
    [
        (("1", "0"), True),
        (("TRUE", "FALSE"), True),
        (("Ya", None), True),
        (("x", "x"), True),
        (("n/a", "Y"), True),
        ((None, None), False),
        (("Ya", "mungkin"), False),
        (("08123", "1"), False),
        ((), False),
    ],
)
def test_a_column_of_nothing_but_ticks_is_told(cells, are):
    assert ticks.are_ticks(texts(*cells)) is are


@pytest.mark.parametrize("heading", ["SDGs [Air Bersih]", "sdgs/Air Bersih", "Air Bersih"])
def test_a_ticked_choice_is_its_name(heading):
    named = ticks.name_ticked_choices(
        texts("1", "0", None), TableColumn(0, heading, Claim("sdgs", 4))
    )
    assert named.fillna("").tolist() == ["Air Bersih", "", ""]


def test_answers_in_words_stay_as_they_are():
    cells = texts("utama", "pendukung")
    assert ticks.name_ticked_choices(
        cells, TableColumn(0, "SDGs [Air]", Claim("sdgs", 4))
    ).tolist() == [
        "utama",
        "pendukung",
    ]


HEAD = ["Judul", "Instansi", "Saluran [WhatsApp]", "Saluran [Email]"]


def test_a_choice_that_is_named_like_a_field_gives_none():
    found = table(HEAD, ["Antrean", "Dinas", "Ya", "Tidak"], ["Kampung", "DLH", "", "Ya"])
    assert given(ticks.withdraw_claims(found)) == {"title": "Judul", "agency": "Instansi"}


def test_a_number_under_such_a_heading_is_a_number():
    found = table(["Judul", "Instansi", "Kontak [WhatsApp]"], ["Antrean", "Dinas", "08123456789"])
    assert ticks.withdraw_claims(found) is found
    assert given(found)["contact_phone"] == "Kontak [WhatsApp]"


def test_what_the_settings_say_holds_also_for_ticks():
    found = table(["Judul", "Instansi"], ["Antrean", "1"])
    told = TableColumn(1, "Instansi", Claim("agency", 6))
    settled = ticks.withdraw_claims(
        found.__class__(**{**vars(found), "columns": (found.columns[0], told)})
    )
    assert given(settled)["agency"] == "Instansi"


PEOPLE = [
    "Judul",
    "Instansi",
    "Contact",
    "Seberapa penting panggilan WhatsApp bagi Anda",
    "Puas dengan email layanan",
]


@pytest.mark.parametrize(
    ("position", "cells", "field"),
    [
        (2, ("0812-3456-7890", "+62 812 3456 789", None, "(0341) 123456"), "contact_phone"),
        (
            2,
            ("0812 345 6789 / 0341-123456", "08123456789 atau 08123456788", "0812345678"),
            "contact_phone",
        ),
        (2, ("Budi", "0812 3456 7890", "0813"), "contact_name"),
        (2, ("08123456789", "0341 123456"), "contact_name"),
        (3, ("5", "4", "3"), None),
        (3, ("Sangat penting", None, "Penting", "Biasa"), None),
        (3, ("0812 3456 7890", "tidak ada", "-"), "contact_phone"),
        (3, ("5", "4"), "contact_phone"),
        (3, ("rumah\n0341.123456", "-", "-"), "contact_phone"),
        (4, ("Ya, puas", "Kurang", "Puas"), None),
        (4, ("satu@contoh.id", "-", "-"), "contact_email"),
    ],
)
def test_cells_say_what_a_heading_of_a_persons_contact_cannot_be(position, cells, field):
    rows = [["a", "b", *("c" if at != position else cell for at in range(2, 5))] for cell in cells]
    settled = ticks.withdraw_claims(table(PEOPLE, *rows))
    assert settled.columns[position].claim.field == field


def test_a_whole_heading_stays_a_telephone_number_whatever_is_in_its_cells():
    settled = ticks.withdraw_claims(
        table(["Judul", "Instansi", "No HP"], *[["a", "b", text] for text in "klm"])
    )
    assert given(settled)["contact_phone"] == "No HP"


@pytest.mark.parametrize(
    ("heading", "ids", "field"),
    [
        ("ID", ["K1", "K2", "K1"] * 4, None),
        ("ID (K1, K2)", ["K1", "K2", "K1"] * 4, None),
        ("ID", [f"K{n}" for n in range(12)], "submission_id"),
        ("ID", ["K1", "K2", "K1"], "submission_id"),
        ("ID", [*(f"K{n}" for n in range(20)), "K1"], "submission_id"),
        ("Nomor Registrasi", ["K1", "K2", "K1"] * 4, "submission_id"),
    ],
)
def test_an_id_that_many_responses_have_in_common_is_a_persons(heading, ids, field):
    settled = ticks.withdraw_claims(
        table([heading, "Judul", "Instansi"], *([one, "a", "b"] for one in ids))
    )
    assert settled.columns[0].claim.field == field


def test_microsofts_own_column_of_the_address_may_be_anonymous():
    head = ["ID", "Start time", "Completion time", "Email", "Name", "Judul inovasi"]
    rows = [
        [number, "2/1/22 10:00:00", "2/1/22 10:05:00", "anonymous", "", "Antrean"]
        for number in "1234"
    ]
    assert given(ticks.withdraw_claims(table(head, *rows)))["contact_email"] == "Email"
