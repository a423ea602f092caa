"""The numbers of a date in words. All days and the years 1 to 9999 were compared with num2words
0.5.14, which the minutes used before.
"""

import hashlib

import pytest

from reports.pages.phases.number_words import day_words, year_words


@pytest.mark.parametrize(
    ("day", "indonesian", "english"),
    [
        (1, "satu", "first"),
        (2, "dua", "second"),
        (3, "tiga", "third"),
        (4, "empat", "fourth"),
        (5, "lima", "fifth"),
        (8, "delapan", "eighth"),
        (9, "sembilan", "ninth"),
        (10, "sepuluh", "tenth"),
        (11, "sebelas", "eleventh"),
        (12, "dua belas", "twelfth"),
        (19, "sembilan belas", "nineteenth"),
        (20, "dua puluh", "twentieth"),
        (21, "dua puluh satu", "twenty-first"),
        (30, "tiga puluh", "thirtieth"),
        (31, "tiga puluh satu", "thirty-first"),
    ],
)
def test_days(day: int, indonesian: str, english: str):
    assert (day_words(day, "id"), day_words(day, "en")) == (indonesian, english)


@pytest.mark.parametrize(
    ("year", "indonesian", "english"),
    [
        (1000, "seribu", "one thousand"),
        (1111, "seribu seratus sebelas", "one thousand, one hundred and eleven"),
        (
            1999,
            "seribu sembilan ratus sembilan puluh sembilan",
            "one thousand, nine hundred and ninety-nine",
        ),
        (2000, "dua ribu", "two thousand"),
        (2010, "dua ribu sepuluh", "two thousand and ten"),
        (2022, "dua ribu dua puluh dua", "two thousand and twenty-two"),
        (2100, "dua ribu seratus", "two thousand, one hundred"),
    ],
)
def test_years(year: int, indonesian: str, english: str):
    assert (year_words(year, "id"), year_words(year, "en")) == (indonesian, english)


def test_every_day_and_year_is_what_num2words_made_of_it():
    days = [day_words(day, language) for language in ("id", "en") for day in range(1, 32)]
    years = [year_words(year, language) for language in ("id", "en") for year in range(1, 10_000)]
    digests = [hashlib.sha256("\n".join(words).encode()).hexdigest() for words in (days, years)]
    assert digests == [
        "0a76c3b018fe435d989f2d71a5d4f0fbff6a5f37027919fbe3e218590c32b926",
        "93f836bd25ef3723d425f0a6c29f80c2e215298b9cbbc1a86006b31492779756",
    ]
