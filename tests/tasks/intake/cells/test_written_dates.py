"""Halves of the day, zones and orders in which services write a moment, in the languages of their
forms.
"""

from datetime import date

import pytest

from tasks.intake.cells import written_dates
from tasks.intake.cells.date_words import HALF_DAY_MARKERS, ZONE_OFFSETS

AFTERNOON, HOUR = 15 * 3600 + 33 * 60 + 47, 3600
MOMENTS = {  # text: seconds of the day, minutes from UTC; all of them on 26 May 2023
    # what Google writes into the CSV of a form, by the language of the account
    "2023/05/26 3:33:47 PM GMT+7": (AFTERNOON, 420),
    "2023/05/26 3:33:47 PM GMT+5:30": (AFTERNOON, 330),
    "2023/05/26 3:33:47 PM UTC\u22123": (AFTERNOON, -180),
    "2023/05/26 3:33:47 p. m. GMT-5": (AFTERNOON, -300),
    "2023/05/26 3:33:47 p.\u00a0m. EST": (AFTERNOON, -300),
    "2023/05/26 3:33:47 p.m. CEST": (AFTERNOON, 120),
    "2023/05/26 3:33:47 nachm. MESZ": (AFTERNOON, 120),
    "2023/05/26 3:33:47 午後 JST": (AFTERNOON, 540),
    "2023/05/26 3:33:47 오후 GMT+9": (AFTERNOON, 540),
    "2023/05/26 3:33:47 下午 [GMT+8]": (AFTERNOON, 480),
    "2023/05/26 3:33:47 下午 GMT+8": (AFTERNOON, 480),
    "2023/05/26 3:33:47 ÖS GMT+3": (AFTERNOON, 180),
    "2023/05/26 3:33:47 CH GMT+7": (AFTERNOON, 420),
    "2023/05/26 3:33:47 SA GMT+7": (3 * HOUR + 33 * 60 + 47, 420),
    "2023/05/26 3:33:47 หลังเที่ยง GMT+7": (AFTERNOON, 420),
    "2023/05/26 3:33:47 μ.μ. EEST": (AFTERNOON, 180),
    "2023/05/26 3:33:47 du. CEST": (AFTERNOON, 120),
    "2023/05/26 3:33:47 אחה״צ GMT+3": (AFTERNOON, 180),
    "2023/05/26 3:33:47 م GMT+3": (AFTERNOON, 180),
    "2023/05/26 3:33:47 PTG MYT": (AFTERNOON, 480),
    "2023/05/26 3:33:47 odp. SELČ": (AFTERNOON, 120),
    "2023/05/26 3:33:47 ip. UTC+3": (AFTERNOON, 180),
    "2023/05/26 3:33:47 пп GMT+3": (AFTERNOON, 180),
    "2023/05/26 3:33:47 PM ICT": (AFTERNOON, 420),
    # what a Google sheet shows, by its locale
    "26/05/2023 15.33.47": (AFTERNOON, None),
    "26-5-2023 15:33:47": (AFTERNOON, None),
    "26.05.2023 15:33:47": (AFTERNOON, None),
    "2023-05-26 15:33:47": (AFTERNOON, None),
    "2023/5/26 下午 3:33:47": (AFTERNOON, None),
    "2023. 5. 26 오후 3:33:47": (AFTERNOON, None),
    "2023. 5. 26. 오후 3:33:47": (AFTERNOON, None),
    "2023년 5월 26일 오후 3:33:47": (AFTERNOON, None),
    "2023. 05. 26. 15:33:47": (AFTERNOON, None),
    "26. 5. 2023 15:33:47": (AFTERNOON, None),
    "26. 05. 2023. 15:33:47": (AFTERNOON, None),
    "26.5.2023 klo 15.33.47": (AFTERNOON, None),
    "26.05.2023 kl. 15.33.47": (AFTERNOON, None),
    "26.5.2023 г. 15:33:47": (AFTERNOON, None),
    "26/5/2023 3:33:47 μ.μ.": (AFTERNOON, None),
    "15:33:47 26/05/2023": (AFTERNOON, None),
    "15:33:47, 26/5/2023": (AFTERNOON, None),
    # what scripts and other services write
    "Fri May 26 2023 15:33:47 GMT+0700 (Western Indonesia Time)": (AFTERNOON, 420),
    "Fri May 26 2023 15:33:47 GMT-0500 (Central Daylight Time)": (AFTERNOON, -300),
    "2023-05-26 15:33:47 +0000 UTC": (AFTERNOON, 0),
    "May 26, 2023 @ 3:33 PM": (AFTERNOON - 47, None),
    "May 26, 2023, 3:33 PM": (AFTERNOON - 47, None),
    "15.33 WIB, 26 Mei 2023": (AFTERNOON - 47, 420),
    "26 Mei 2023 pukul: 15.33 WIB": (AFTERNOON - 47, 420),
}
DOUBTFUL = [
    "2023/05/26 3:33:47 PM CST",  # China and Chicago
    "2023/05/26 3:33:47 PM IST",  # India, Ireland and Israel
    "26/05/2023 10:00 (tentatif)",
    "26/05/2023 10:00 siang nanti",
    "10.30 saja",
]


@pytest.mark.parametrize(("text", "said"), MOMENTS.items())
def test_a_moment_is_read_as_the_service_wrote_it(text, said):
    read = written_dates.parse_date(text)
    day, month = (
        (read.first, read.second)
        if read.is_certain or read.first > 12
        else (read.second, read.first)
    )
    offset = None if read.offset != read.offset else read.offset
    assert (date(read.year, month, day), read.seconds, offset) == (date(2023, 5, 26), *said)


@pytest.mark.parametrize("text", DOUBTFUL)
def test_a_zone_of_several_meanings_and_words_beside_a_time_are_no_time(text):
    assert written_dates.parse_date(text) is None


def test_no_word_stands_for_both_halves_of_the_day_nor_for_a_zone():
    assert set(HALF_DAY_MARKERS.values()) == {"am", "pm"}
    assert set(HALF_DAY_MARKERS) & set(ZONE_OFFSETS) == set()


def test_a_longer_word_for_a_half_of_the_day_is_tried_before_one_that_it_begins_with():
    words = list(HALF_DAY_MARKERS)
    assert [len(word) for word in words] == sorted((len(word) for word in words), reverse=True)
