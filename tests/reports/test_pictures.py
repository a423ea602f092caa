"""The charts of the phases' reports: every number drawn is one that was given."""

import re
from datetime import datetime, timedelta
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports import pictures
from reports.pages.compliance import Share
from reports.pages.judging import Point, Strip
from reports.pages.registration import Day
from tasks.words import Words

ZONE = ZoneInfo("Asia/Jakarta")
OPENS, CLOSES = datetime(2022, 2, 1, tzinfo=ZONE), datetime(2022, 3, 15, 23, 59, 59, tzinfo=ZONE)
WORDS = Words("id")


def _texts(svg):
    return [e.text for e in ElementTree.fromstring(str(svg)).iter("{http://www.w3.org/2000/svg}text")]


def _days(*counts):
    return [Day(OPENS + timedelta(days=d), 0, received, accepted) for d, received, accepted in counts]


def _accumulated(days, before=None, undated=(0, 0), opens=OPENS):
    return pictures.accumulated(days, opens, CLOSES, undated, before, WORDS, "Judul", "Uraian")


def test_the_curve_is_labelled_with_the_last_counts_and_the_year_before():
    texts = _texts(_accumulated(_days((2, 3, 3), (40, 59, 55)), (2021, 62)))
    assert [t for t in texts if not re.fullmatch(r"\d+", t)] == [
        "1 Februari 2022", "15 Maret 2022", "Tahun 2021: 62", "59 masuk", "55 diterima",
    ]


def test_labels_that_would_overlap_are_moved_apart():
    placed = pictures._apart([(10.0, "a", "", 400), (11.0, "b", "", 400), (12.0, "c", "", 400), (90.0, "d", "", 400)])
    assert [at for at, *_ in placed] == [10.0, 26.0, 42.0, 90.0]


def test_what_came_without_a_time_lifts_the_start_of_the_curve():
    flat, lifted = _accumulated(_days((2, 4, 4))), _accumulated(_days((2, 4, 4)), undated=(3, 3))
    start = re.compile(r'path d="M34 (\d+)')
    assert float(start.search(flat)[1]) == 200
    assert float(start.search(lifted)[1]) < 200


def test_a_late_row_and_a_registration_always_open_stay_within_the_picture():
    svg = _accumulated(_days((-5, 1, 1), (60, 2, 1)), opens=None)
    xs = [float(x) for x in re.findall(r"L([\d.]+) ", str(svg))]
    assert 34 <= min(xs) <= max(xs) <= 600


@given(st.lists(st.tuples(st.integers(0, 43), st.integers(0, 300)), min_size=1, max_size=20))
def test_any_history_gives_a_well_formed_picture(counts):
    days = _days(*((d, n, n // 2) for d, n in sorted(counts)))
    assert ElementTree.fromstring(str(_accumulated(days))).get("role") == "img"


def _scores(strips, least=None):
    return pictures.scores(strips, least, WORDS, "Judul", "Uraian")


def test_a_score_is_a_dot_full_where_it_advances():
    svg = str(
        _scores(
            [Strip("Kesehatan", (Point("80.00", "advances"), Point("70.00", "stays"), Point("65.00", "undecided")))]
        )
    )
    assert svg.count("<circle") == 3
    assert svg.count('fill="#0d4a6b" stroke') == 1


def test_higher_scores_lie_further_right_and_the_minimum_is_a_line():
    svg = str(_scores([Strip("a", (Point("80.00", "advances"), Point("70.00", "stays")))], "75"))
    xs = [float(x) for x in re.findall(r'<circle cx="([\d.]+)"', svg)]
    line = float(re.search(r'<line x1="([\d.]+)"[^>]*stroke-dasharray="5 3"', svg)[1])
    assert xs[0] < line < xs[1]


@given(st.lists(st.decimals(0, 100, places=2), min_size=1, max_size=30))
def test_any_scores_stay_within_the_picture(values):
    svg = str(_scores([Strip("a", tuple(Point(str(v), "stays") for v in values))]))
    xs = [float(x) for x in re.findall(r'<circle cx="([\d.]+)"', svg)]
    assert 216 <= min(xs) <= max(xs) <= 720


def test_a_long_name_stands_on_two_lines_and_a_longer_one_ends_in_an_ellipsis():
    name = "Perlindungan dan Pelestarian Lingkungan Hidup"
    assert _texts(_scores([Strip(name, (Point("1", "stays"),))]))[-2:] == [
        "Perlindungan dan Pelestarian", "Lingkungan Hidup",
    ]
    assert _texts(_scores([Strip("kata " * 30, (Point("1", "stays"),))]))[-1].endswith(" …")


def test_scores_that_lie_close_have_an_axis_of_tenths():
    assert _texts(_scores([Strip("a", (Point("87.05", "advances"), Point("87.00", "stays")))]))[:2] == ["86,9", "87,0"]


def test_a_bar_is_as_long_as_its_bodies_are_many():
    svg = str(
        pictures.compliance([Share("Dinas", 4, 2, 1, 0, 1), Share("Badan", 2, 2, 0, 0, 0)], WORDS, "Judul", "Uraian")
    )
    widths = [float(w) for w in re.findall(r'<rect [^>]* width="([\d.]+)" height', svg)]
    assert widths == pytest.approx([widths[0], widths[0] / 2, widths[0] / 2, widths[0]], abs=0.02)
    assert _texts(svg) == ["Dinas", "2 dari 4", "Badan", "2 dari 2"]


def test_a_name_that_is_markup_is_text():
    svg = str(pictures.compliance([Share("<b>&", 1, 1, 0, 0, 0)], WORDS, "a < b", "x & y"))
    assert "<b>" not in svg
    assert ElementTree.fromstring(svg).get("aria-label") == "a < b: x & y"
