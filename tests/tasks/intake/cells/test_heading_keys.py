"""Headings as they are compared: without case, markup and numbering, whole and in parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.intake.cells.heading_keys import heading_key, heading_keys, heading_spellings


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("Judul Inovasi", "judul inovasi"),
        ("1. JUDUL  Inovasi:", "judul inovasi"),
        ("a) Judul", "judul"),
        ("2.1 Judul", "judul"),
        ("<b>Judul</b>&nbsp;Inovasi", "judul inovasi"),
        ("judul_inovasi", "judul inovasi"),
        ("Título", "titulo"),
        ("2022", "2022"),
        ("  ", ""),
    ],
)
def test_a_key_is_the_letters_and_digits_of_a_heading(heading, key):
    assert heading_key(heading) == key


def test_keys_of_several_headings_are_a_set():
    assert heading_keys("Judul", "JUDUL", "Instansi") == {"judul", "instansi"}


@given(st.text(max_size=60))
def test_any_heading_has_a_key_and_spellings(heading):
    assert heading_key(heading) == heading_key(f"  {heading}  ") or "\x1c" in heading
    assert heading_spellings(heading)[0] == heading_key(heading)


@pytest.mark.parametrize(
    ("heading", "forms"),
    [
        ("Penilaian diri [Kebaruan]", ("penilaian diri kebaruan", "kebaruan", "penilaian diri")),
        (" [Kebaruan]", ("kebaruan",)),
        (
            "Ringkasan (maks 200 kata): tuliskan singkat",
            ("ringkasan maks 200 kata tuliskan singkat", "ringkasan tuliskan singkat", "ringkasan"),
        ),
    ],
)
def test_a_heading_is_compared_whole_by_row_of_its_grid_and_by_its_first_words(heading, forms):
    assert heading_spellings(heading) == forms
