"""Text of cells: cleaned, freed of markup, counted."""

import unicodedata

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.intake.cells import text


def series(*texts: str | None) -> pd.Series:
    return pd.Series(list(texts), dtype="str")


MARKUP = {
    "<p>Ambil&nbsp;nomor <strong>dari</strong> rumah.</p><p>Lalu datang.</p>": "Ambil nomor dari "
    "rumah. "
    "Lalu "
    "datang.",
    "<b>Ino</b>vasi": "Ino vasi",
    "satu<br>dua<br/>tiga": "satu dua tiga",
    "<ul><li>satu</li><li>dua</li></ul>": "satu dua",
    "Riset &amp; inovasi &lt;2022&gt;": "Riset & inovasi <2022>",
    "<style>p{color:red}</style><p>isi</p><script>alert(1)</script>": "isi",
    "<p>belum ditutup": "belum ditutup",
}
PLAIN = [
    "nilai < 5 dan > 3",
    "A & B",
    "biaya <50 ribu",
    "5 > 3",
    "baris satu\nbaris dua",
    "AT&T; lain",
]


@pytest.mark.parametrize(("marked", "plain"), MARKUP.items())
def test_in_markup_a_tag_is_a_space_and_an_entity_its_character(marked, plain):
    assert text.remove_markup(series(marked)).tolist() == [plain]


@pytest.mark.parametrize("plain", PLAIN)
def test_plain_text_stays_as_it_is(plain):
    assert text.remove_markup(series(plain)).tolist() == [plain]


def test_markup_with_nothing_in_it_is_an_empty_cell():
    assert text.remove_markup(series("<p>&nbsp;</p>", "isi", None)).isna().tolist() == [
        True,
        False,
        True,
    ]


def test_a_line_has_one_space_where_there_was_any_white_space():
    assert text.single_lines(series(" Antrean\n Ramah\u00a0 Lansia ")).tolist() == [
        "Antrean Ramah Lansia"
    ]
    assert text.single_lines(series(None)).isna().tolist() == [True]


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("", 0),
        ("satu", 1),
        ("satu dua  tiga", 3),
        ("satu - dua", 2),
        ("anak-anak", 1),
        ("(satu) / dua & tiga!", 3),
        ("2022 s.d. 2023", 3),
        ("– — …", 0),
        ("“satu” – dua", 2),
        ("satu\ndua\ttiga", 3),
        ("satu\u00a0dua", 2),
        ("١ ٢", 2),
        ("e-mail: a@b.id", 2),
        ("_ __", 0),
    ],
)
def test_a_word_is_a_run_between_white_space_with_a_letter_or_a_digit(written, number):
    assert text.count_words(series(written or None)).tolist() == [number]


@given(st.lists(st.text(max_size=30), max_size=5))
def test_words_are_counted_as_their_definition_says(texts):
    by_definition = [sum(any(c.isalnum() for c in run) for run in one.split()) for one in texts]
    assert text.count_words(pd.Series(texts, dtype="str")).tolist() == by_definition


@given(st.text(max_size=40))
def test_cleaned_text_is_composed_and_shows_all_that_it_holds(written):
    [clean] = text.clean_texts([text.remove_controls(written)])[0].tolist()
    if isinstance(clean, str):
        assert clean == clean.strip() == unicodedata.normalize("NFC", clean)
        letters = clean.replace("\n", "").replace("\t", "")
        assert [letter for letter in letters if unicodedata.category(letter) == "Cc"] == []
    else:
        assert pd.isna(clean)


def test_the_ways_excel_writes_a_line_end_are_one():
    texts = [text.remove_controls(one) for one in ("a_x000D_\nb", "a\r\nb", "a\rb", "a\x0bb")]
    assert text.clean_texts(texts)[0].tolist() == ["a\nb", "a\nb", "a\nb", "ab"]


def test_the_texts_that_characters_were_taken_out_of_are_told_as_they_were_delivered():
    written = [
        "Lentera",
        "Lentera\u202e Ibu",
        "cafe\u0301",
        "a\r\nb",
        "\u200bSumur",
        "dua\u00a0kata",
    ]
    clean, hidden, _ = text.clean_texts(written)
    assert hidden == {1: "Lentera\u202e Ibu", 4: "\u200bSumur"}
    assert clean.tolist()[:5] == ["Lentera", "Lentera Ibu", "café", "a\nb", "Sumur"]


def test_of_many_texts_each_is_told_at_its_own_place():
    written = ["Lentera"] * 2500
    written[999], written[1000], written[2400] = "Sumur\u200b", " ", "x" * 500_001 + " "
    clean, hidden, long = text.clean_texts(written)
    assert (hidden, long) == ({999: "Sumur\u200b"}, {2400: 500_001})
    assert clean.tolist()[998:1002] == [
        "Lentera",
        "Sumur",
        pytest.approx(float("nan"), nan_ok=True),
        "Lentera",
    ]
    assert len(clean[2400]) == 500_001


def test_control_characters_are_told_and_line_ends_are_none():
    assert text.texts_with_controls(["a\x07b", "a\nb", "a\tb", "kafé", "\x7f"]) == {
        0: "a\x07b",
        4: "\x7f",
    }


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("SIK\u202eEPO\u200b", "SIK‹U+202E›EPO‹U+200B›"),
        ("a\x07b", "a‹U+0007›b"),
        ("a" * 100 + "\u202e" + "b" * 100, "…" + "a" * 30 + "‹U+202E›" + "b" * 29 + "…"),
    ],
)
def test_what_is_not_shown_is_seen_by_its_number_with_what_stands_around(written, shown):
    assert text.show_invisible(written) == shown
