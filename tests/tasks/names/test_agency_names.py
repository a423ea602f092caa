"""Normal forms of what bodies are called."""

import pytest

from tasks.names import agency_names

CITY = "kota malang"


@pytest.mark.parametrize(
    ("text", "kind", "rest"),
    [
        ("Kelurahan Rampalcelaket", "kelurahan", "rampalcelaket"),
        ("KEL. RAMPAL-CELAKET, Kota Malang", "kelurahan", "rampalcelaket"),
        ("Lurah Rampal Celaket", "kelurahan", "rampalcelaket"),
        ("Kantor Kelurahan Rampal Celaket", "kelurahan", "rampalcelaket"),
        ("Kec. Sukun", "kecamatan", "sukun"),
        ("Camat Sukun", "kecamatan", "sukun"),
        ("UPT Puskesmas Bareng", "puskesmas", "bareng"),
        ("UPTD PKM Bareng", "puskesmas", "bareng"),
        ("Pusk Bareng", "puskesmas", "bareng"),
        ("Din. Kesehatan", "dinas", "kesehatan"),
        ("Kepala Dinas Kesehatan", "dinas", "kesehatan"),
        ("Dinas Pendidikan & Kebudayaan", "dinas", "pendidikankebudayaan"),
        ("Dinas Pendidikan dan Kebudayaan", "dinas", "pendidikankebudayaan"),
        ("SMPN 02", "smp", "negeri2"),
        ("SMP N 2", "smp", "negeri2"),
        ("SMP Negri II", "smp", "negeri2"),
        ("SDN Dinoyo IV", "sd", "negeridinoyo4"),
        ("Kelurahan Bareng Kec. Klojen", "kelurahan", "barengkecamatanklojen"),
        ("Bagian II", "bagian", "ii"),  # a Roman number is one in the name of a school
        ("SMPN2 Malang", "smp", "negeri2malang"),
        ("SD01", "sd", "1"),
        ("Dinas Kesehatan Kota Malang, Puskesmas Bareng", "dinas", "kesehatanpuskesmasbareng"),
        ("Pemerintah Kota Malang - Dinas Kesehatan", "dinas", "kesehatan"),
        ("Dinas Kesehatan Pemkot Malang", "dinas", "kesehatan"),
        ("Dinas Kesehatan Kab. Malang", "dinas", "kesehatankabmalang"),
        ("PT BPR Tugu Artha (Perseroda)", "", "bprtuguartha"),
        ("PT", "", "pt"),
        ("Dinkes", "", "dinkes"),
        ("Puskesmas", "", "puskesmas"),  # a kind alone is a name
        ("Kota Malang", "", "kotamalang"),
        ("", "", ""),
    ],
)
def test_a_name_is_its_kind_and_the_letters_after_it(text: str, kind: str, rest: str) -> None:
    found = agency_names.parse_name(text, CITY)

    assert (found.kind, found.rest) == (kind, rest)


@pytest.mark.parametrize(
    ("text", "numbers", "place"),
    [
        ("SDN Kotalama 1", ("1",), "kotalama"),
        ("Kel. Bareng", (), "bareng"),
        ("P3AP2KB", ("3", "2"), ""),
        ("SMPN 10", ("10",), ""),
    ],
)
def test_numbers_stand_in_order_and_a_place_has_none(
    text: str, numbers: tuple[str, ...], place: str
) -> None:
    found = agency_names.parse_name(text, CITY)

    assert (found.numbers, found.place) == (numbers, place)


@pytest.mark.parametrize(
    ("text", "kind", "typo"),
    [
        ("Puskemas Bareng", "puskesmas", 1),
        ("Kelurhan Bareng", "kelurahan", 1),
        ("Dians Kesehatan", "dinas", 1),
        ("Pukesma Bareng", "", 0),
        ("Bareng Raya", "", 0),
        ("Puskemas", "", 0),
        ("Dinas Kesehatan", "dinas", 0),
    ],
)
def test_a_misspelt_kind_is_put_right_where_one_is_clearly_meant(
    text: str, kind: str, typo: int
) -> None:
    found = agency_names.mend_kind(agency_names.parse_name(text, CITY), text, CITY)

    assert (found.kind, found.typo) == (kind, typo)


@pytest.mark.parametrize(
    ("length", "most"), [(4, 0), (5, 1), (9, 1), (10, 2), (15, 2), (16, 2), (21, 3), (80, 11)]
)
def test_how_many_letters_may_differ_grows_with_the_name(length: int, most: int) -> None:
    assert agency_names.allowed_difference("x" * length) == most


@pytest.mark.parametrize(
    ("text", "whole", "typo"),
    [
        ("Puskesmas Bareng Malang", "puskesmasbareng", 0),
        ("Dinas Kesehatan Kota Mlang", "dinaskesehatan", 1),
        ("Dinas Kesehatan Ktoa Malang", "dinaskesehatan", 1),
        ("Dinas Kesehatan Kab. Malang", "dinaskesehatankab", 0),
        ("Dinas Kesehatan Kota Batu", None, 0),
        ("Malang", None, 0),
    ],
)
def test_the_citys_own_name_and_the_city_misspelt_may_stand_after_a_name(
    text: str, whole: str | None, typo: int
) -> None:
    found = agency_names.shorten_name(text, CITY)

    assert (found and found.whole, found.typo if found else 0) == (whole, typo)
