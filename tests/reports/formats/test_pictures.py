"""The charts of the reports: every number drawn is one that was given, and nothing covers anything
else.
"""

import io
import json
import os
import re
import subprocess
import sys
from datetime import datetime, timedelta
from itertools import pairwise
from types import SimpleNamespace
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import page as checker
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from reports.formats import charts, pdf, pictures
from reports.formats.html import print_order, render_screen
from reports.pages.agencies import compliance
from reports.pages.agencies.compliance import TypeShare
from reports.pages.parts.subject import make_subject
from reports.pages.phases import judging, registration
from reports.pages.phases.judging import Point, Strip
from reports.pages.phases.registration import Day
from tasks.words import Words
from tests.small.results import office_edition, office_results

ZONE = ZoneInfo("Asia/Jakarta")
OPENS, CLOSES = datetime(2022, 2, 1, tzinfo=ZONE), datetime(2022, 3, 15, 23, 59, 59, tzinfo=ZONE)
WORDS = Words("id")
LONG = "Perlindungan dan Pelestarian Lingkungan Hidup"
FEW = settings(max_examples=20)  # a chart takes some hundredths of a second


def _svg(spec, words=WORDS):
    return ElementTree.fromstring(charts.chart_svg(words, spec, "chart", "Judul", "Uraian"))


def _texts(spec, words=WORDS):
    return [text.text for text in _svg(spec, words).iter("{http://www.w3.org/2000/svg}text")]


def _shapes(spec, fill):
    """Path and place of each shape of a colour, as (d, x, y)."""
    found = []
    for path in _svg(spec).iter("{http://www.w3.org/2000/svg}path"):
        if path.get("fill") == fill and path.get("transform"):
            x, y = re.match(r"translate\(([\d.-]+),([\d.-]+)\)", path.get("transform")).groups()
            found.append((path.get("d"), float(x), float(y)))
    return found


# --- what came in, day by day
# ----------------------------------------------------------------------------------------


def _day(number, received, accepted):
    return Day(OPENS + timedelta(days=number), 0, received, accepted)


def _page(*days, opens=OPENS, closes=CLOSES, as_of=None, undated=(0, 0), before=None, target=None):
    head = SimpleNamespace(opens=opens, closes=closes, as_of=as_of)
    return SimpleNamespace(
        days=tuple(_day(*day) for day in days),
        head=head,
        undated=undated,
        target=target,
        received_before=before,
        year_before=2021,
    )


def _values(page):
    return pictures.accumulation_chart(page, WORDS)["data"]["values"]


def _domain(page):
    return pictures.accumulation_chart(page, WORDS)["encoding"]["x"]["scale"]["domain"]


def test_the_curve_is_labelled_with_the_last_counts_the_deadline_the_year_before_and_the_target():
    page = _page((2, 3, 3), (40, 59, 55), before=62, target=100)
    assert _texts(pictures.accumulation_chart(page, WORDS)) == [
        "6 Feb",
        "13 Feb",
        "20 Feb",
        "27 Feb",
        "6 Mar",
        "13 Mar",
        "0",
        "20",
        "40",
        "60",
        "80",
        "100",
        "Batas akhir 15 Maret 2022",
        "55 diterima",
        "59 masuk",
        "Tahun 2021: 62",
        "Sasaran: 100",
    ]


def test_english_charts_speak_english():
    page = _page((2, 1300, 1200), before=62, target=100)
    assert _texts(pictures.accumulation_chart(page, Words("en")), Words("en"))[6:] == [
        "0",
        "200",
        "400",
        "600",
        "800",
        "1,000",
        "1,200",
        "Deadline 15 March 2022",
        "In 2021: 62",
        "Target: 100",
        "1,200 accepted",
        "1,300 received",
    ]


def test_without_a_year_before_and_a_target_no_line_lies_across():
    spec = pictures.accumulation_chart(_page((2, 3, 3)), WORDS)
    assert spec["layer"][0]["data"]["values"] == []
    assert [label["label"] for label in spec["layer"][-1]["data"]["values"]] == [
        "3 diterima",
        "3 masuk",
    ]


def test_a_year_before_in_which_nothing_came_is_a_line_at_zero():
    assert pictures.accumulation_chart(_page((2, 3, 3), before=0), WORDS)["layer"][0]["data"][
        "values"
    ] == [
        {"count": 0, "label": "Tahun 2021: 0", "line": "before"},
    ]


def test_the_year_before_and_the_target_are_broken_in_different_ways():
    svg = charts.chart_svg(
        WORDS,
        pictures.accumulation_chart(_page((2, 3, 3), before=62, target=100), WORDS),
        "a",
        "",
        "",
    )
    assert sorted(re.findall(r'stroke-dasharray="([^"]+)"', svg)) == ["1.5,3", "2,2", "7,4"]


def test_the_steps_begin_with_what_came_without_a_time_and_stay_level_to_the_end():
    assert _values(_page((2, 4, 3), (5, 6, 4), undated=(3, 2))) == [
        {"day": "2022-02-01T00:00:00Z", "received": 3, "accepted": 2},
        {"day": "2022-02-03T00:00:00Z", "received": 4, "accepted": 3},
        {"day": "2022-02-06T00:00:00Z", "received": 6, "accepted": 4},
        {"day": "2022-03-15T23:59:59Z", "received": 6, "accepted": 4},
    ]


def test_while_registration_is_open_the_steps_end_where_the_report_stands():
    page = _page((2, 4, 3), as_of=datetime(2022, 2, 20, 12, tzinfo=ZONE))
    assert _values(page)[-1]["day"] == "2022-02-20T12:00:00Z"
    assert _domain(page) == ["2022-02-01T00:00:00Z", "2022-03-15T23:59:59Z"]


def test_a_row_later_than_the_report_s_day_is_still_drawn():
    page = _page((2, 4, 3), (25, 5, 3), as_of=datetime(2022, 2, 20, 12, tzinfo=ZONE))
    assert _values(page)[-1]["day"] == "2022-02-27T00:00:00Z"


def test_late_rows_and_a_registration_always_open_lie_within_the_axis():
    assert _domain(_page((-5, 1, 1), (60, 2, 1), opens=None)) == [
        "2022-01-27T00:00:00Z",
        "2022-04-03T00:00:00Z",
    ]
    assert _domain(_page((60, 2, 1), opens=None)) == [
        "2022-03-15T23:59:59Z",
        "2022-04-03T00:00:00Z",
    ]


@pytest.mark.parametrize(("day", "align"), [(2, "right"), (300, "left")])
def test_the_deadline_s_date_stands_on_the_side_that_has_room(day, align):
    spec = pictures.accumulation_chart(_page((day, 1, 1)), WORDS)
    assert [layer["mark"]["align"] for layer in spec["layer"] if layer["mark"].get("y") == -11] == [
        align
    ]


@pytest.mark.parametrize(
    ("received", "axis"),
    [
        (1, ["0", "1"]),
        (2, ["0", "1", "2"]),
        (5, ["0", "1", "2", "3", "4", "5"]),
        (62, ["0", "10", "20", "30", "40", "50", "60"]),
        (1062, ["0", "200", "400", "600", "800", "1.000"]),
    ],
)
def test_counts_are_whole_on_the_axis(received, axis):
    texts = _texts(pictures.accumulation_chart(_page((2, received, 0)), WORDS))
    assert [text for text in texts if re.fullmatch(r"[\d.,]+", text)] == axis


@pytest.mark.parametrize(
    ("days", "labels"),
    [
        (1, ["1 Feb", "2 Feb"]),
        (5, ["1 Feb", "2 Feb", "3 Feb", "4 Feb", "5 Feb", "6 Feb"]),
        (1100, ["1 Jan 2023", "1 Jan 2024", "1 Jan 2025"]),
    ],
)
def test_days_on_the_axis_are_different_days_with_their_year_where_it_is_not_plain(days, labels):
    page = _page((0, 1, 1), closes=OPENS + timedelta(days=days))
    assert [
        text
        for text in _texts(pictures.accumulation_chart(page, WORDS))
        if re.match(r"\d+ [A-Z]", text)
    ] == labels


@given(
    st.integers(1, 3000),
    st.integers(0, 3000),
    st.none() | st.integers(0, 3000),
    st.none() | st.integers(1, 3000),
)
def test_labels_lie_a_line_apart_none_under_its_own_count(received, accepted, before, target):
    page = _page((3, received, min(accepted, received)), before=before, target=target)
    spec = pictures.accumulation_chart(page, WORDS)
    top = spec["encoding"]["y"]["scale"]["domain"][1]
    labels = spec["layer"][-1]["data"]["values"]
    counts = [
        int(re.search(r"[\d.]+$|^[\d.]+", label["label"])[0].replace(".", "")) for label in labels
    ]
    assert all(above["place"] - below["place"] >= top * 0.0799 for below, above in pairwise(labels))
    assert all(label["place"] >= count for label, count in zip(labels, counts, strict=True))
    assert counts == sorted(counts)


def test_the_same_bytes_whatever_the_machine_s_zone_language_and_folder(tmp_path):
    spec = pictures.accumulation_chart(_page((2, 1000, 700), (40, 1062, 980), before=62), WORDS)
    code = (
        "import json, sys; from reports.formats import charts; from tasks.words import Words\n"
        "print(charts.chart_svg(Words('id'), json.load(sys.stdin), 'chart', '', ''))"
    )
    elsewhere = {**os.environ, "TZ": "America/New_York", "LANG": "POSIX", "LC_ALL": "POSIX"}
    made = subprocess.run(
        [sys.executable, "-c", code],
        input=json.dumps(spec),
        capture_output=True,
        text=True,
        check=True,
        env=elsewhere,
        cwd=tmp_path,
    )
    assert made.stdout == charts.chart_svg(WORDS, spec, "chart", "", "") + "\n"


@given(st.lists(st.tuples(st.integers(-10, 90), st.integers(0, 300)), min_size=1, max_size=20))
@FEW
def test_any_history_gives_a_picture(counts):
    days = [
        (day, total, total // 2)
        for day, total in zip(*map(sorted, zip(*counts, strict=True)), strict=True)
    ]
    assert len(_texts(pictures.accumulation_chart(_page(*days), WORDS))) >= 5


# --- where the scores lie
# --------------------------------------------------------------------------------------------


def _scores(strips, least, words, scale=("0", "100")):
    return pictures.score_chart(strips, least, scale, words)


def _strip(name, *scores, outcome="stays"):
    return Strip(name, tuple(Point(score, outcome) for score in scores))


def _mixed(*points):
    return [Strip("Kesehatan", tuple(Point(score, outcome) for score, outcome in points))]


def test_a_score_is_a_dot_full_where_it_advances_and_a_ring_where_not():
    spec = _scores(
        _mixed(("80.00", "advances"), ("70.00", "stays"), ("65.00", "undecided")), None, WORDS
    )
    assert len(_shapes(spec, charts.ACCENT)) == 1 + 1  # and one in the legend
    assert len(_shapes(spec, "#ffffff")) == 2 + 1


def test_a_line_says_how_many_of_its_scores_advance():
    spec = _scores(
        _mixed(("80.00", "advances"), ("70.00", "stays"), ("65.00", "undecided")), None, WORDS
    )
    assert _texts(spec)[-3:] == ["1 dari 3 maju", "Maju", "Tidak maju atau belum diputuskan"]


def test_higher_scores_lie_further_right_and_the_minimum_is_a_line_with_its_score():
    spec = _scores(_mixed(("80.00", "advances"), ("70.00", "stays")), "75.5", WORDS)
    [full, ring] = [
        shapes[-2] for shapes in (_shapes(spec, charts.ACCENT), _shapes(spec, "#ffffff"))
    ]
    svg = charts.chart_svg(WORDS, spec, "a", "", "")
    line = float(
        re.search(rf'<line transform="translate\(([\d.]+),[^>]*stroke="{charts.MINIMUM_INK}"', svg)[
            1
        ]
    )
    assert ring[1] < line < full[1]
    assert "Nilai minimum 75,5" in _texts(spec)


def test_equal_scores_of_a_list_stand_above_each_other():
    strips = [_strip("a", "80.00", "80.00", "80.00"), _strip("b", "80.00")]
    *dots, _legend = _shapes(_scores(strips, None, WORDS), "#ffffff")
    assert len({x for _, x, _ in dots}) == 1
    assert len({y for _, _, y in dots}) == 4


def test_scores_that_lie_apart_stand_on_their_line():
    *dots, _legend = _shapes(
        _scores([_strip("a", "80.00", "79.00", "60.00")], None, WORDS), "#ffffff"
    )
    assert len({y for _, _, y in dots}) == 1


@given(st.lists(st.decimals(0, 100, places=2), min_size=1, max_size=60))
@FEW
def test_any_scores_stay_within_the_picture(values):
    spec = _scores([_strip("a", *map(str, values))], None, WORDS)
    width, height = map(float, _svg(spec).get("viewBox").split()[2:])
    dots = _shapes(spec, "#ffffff")
    assert len(dots) == len(values) + 1
    assert all(0 <= x <= width and 0 <= y <= height for _, x, y in dots)


def test_a_line_grows_with_the_scores_that_crowd_on_it():
    heights = [_scores([_strip("a", *["80.00"] * n)], None, WORDS)["height"] for n in (3, 40, 500)]
    assert heights == [27, 40, 81]


@pytest.mark.parametrize("many", [2, 30, 500])
def test_equal_scores_stay_on_their_line_however_many(many):
    *dots, _legend = _shapes(_scores([_strip("a", *["80.00"] * many)], None, WORDS), "#ffffff")
    ys = [y for _, _, y in dots]
    assert len(set(ys)) == many
    assert max(ys) - min(ys) <= min(max(many, 27), 81) - 11


def test_a_long_name_stands_on_more_lines_whole_and_a_longer_one_ends_in_an_ellipsis():
    texts = ElementTree.fromstring(
        charts.chart_svg(WORDS, _scores([_strip(LONG, "1")], None, WORDS), "a", "", "")
    )
    lines = [t.text for t in texts.iter("{http://www.w3.org/2000/svg}tspan")]
    assert lines == ["Perlindungan dan Pelestarian", "Lingkungan Hidup"]
    assert pictures._name_lines("kata " * 30)[-1].endswith(" …")


def test_the_lines_of_a_name_stand_about_the_middle_of_their_row():
    svg = charts.chart_svg(
        WORDS, _scores([_strip(LONG, "1"), _strip("Umum", "1")], None, WORDS), "a", "", ""
    )
    first, only = map(
        float, re.findall(r'<text text-anchor="end" transform="translate\([\d.-]+,([\d.]+)\)"', svg)
    )
    assert only - first == pytest.approx(36 + charts.LINE_HEIGHT / 2)


def test_names_on_three_lines_make_every_line_higher():
    three = (
        "Pelayanan Publik yang Inklusif dan Berkeadilan bagi Penyandang Disabilitas dan Lanjut Usia"
    )
    assert _scores([_strip(three, "1"), _strip("a", "1")], None, WORDS)["height"] == 2 * (
        3 * charts.LINE_HEIGHT + 4
    )


def test_lists_of_one_name_are_two_lines():
    assert (
        _texts(_scores([_strip("Umum", "1"), _strip("Umum", "2")], None, WORDS)).count("Umum") == 2
    )


def test_scores_that_lie_close_have_an_axis_of_hundredths():
    spec = _scores(_mixed(("87.05", "advances"), ("87.00", "stays")), None, WORDS)
    assert _texts(spec)[:2] == ["87,00", "87,01"]


def _axis(*scores, least=None, scale=("0", "100")):
    """The numbers under the dots."""
    texts = _texts(_scores([_strip("a", *scores)], least, WORDS, scale))
    return [float(text.replace(",", ".")) for text in texts if re.fullmatch(r"[\d,]+", text)]


@given(
    st.lists(st.decimals(0, 100, places=2), min_size=1, max_size=9),
    st.none() | st.decimals(0, 100, places=1),
)
@FEW
def test_no_number_of_the_axis_lies_beyond_the_scale(values, least):
    numbers = _axis(*map(str, values), least=None if least is None else str(least))
    assert 0 <= min(numbers) <= max(numbers) <= 100


def test_the_axis_ends_at_the_scale_and_not_at_the_next_round_number():
    assert _axis("62.50", "98.75", "100.00")[-1] == 100
    first, *_, last = _axis("1.00", "4.00", "5.00", scale=("1", "5"))
    assert (first, last) == (1, 5)


def test_equal_scores_at_the_end_of_the_scale_have_an_axis_that_ends_there():
    first, *_, last = _axis("100.00", "100.00")
    assert (first, last) == (99, 100)


# --- which types comply
# ----------------------------------------------------------------------------------------------


def _bars(spec, fill):
    """The widths of the bars of a colour."""
    return [
        float(re.search(r"h([\d.]+)v", d)[1])
        for d in re.findall(
            rf'<path d="([^"]+)" fill="{fill}" stroke', charts.chart_svg(WORDS, spec, "a", "", "")
        )
    ]


def test_a_bar_is_as_long_as_its_bodies_are_many():
    spec = pictures.compliance_chart(
        [TypeShare("Dinas", 4, 2, 1, 0, 1), TypeShare("Badan", 2, 2, 0, 0, 0)], WORDS
    )
    [half, whole], [between], [rest] = (
        _bars(spec, fill) for fill in (charts.ACCENT, charts.BETWEEN, "#ffffff")
    )
    assert [whole / half, between / half, rest / half] == pytest.approx([1, 0.5, 0.5], abs=0.01)
    assert _texts(spec) == [
        "Dinas",
        "Badan",
        "2 dari 4",
        "2 dari 2",
        "Memenuhi",
        "Belum cukup atau hanya ditolak",
        "Belum mengajukan",
    ]


@pytest.mark.parametrize("language", ["id", "en"])
def test_those_that_comply_stand_first_and_those_that_entered_nothing_last(language):
    words = Words(language)
    svg = charts.chart_svg(
        words, pictures.compliance_chart([TypeShare("Dinas", 6, 1, 2, 0, 3)], words), "a", "", ""
    )
    starts = {
        fill: float(x)
        for x, fill in re.findall(r'<path d="M([\d.]+),[^"]+" fill="(#\w+)" stroke', svg)
    }
    assert sorted(starts, key=starts.__getitem__)[-3:] == [charts.ACCENT, charts.BETWEEN, "#ffffff"]


def test_what_is_short_and_what_was_only_rejected_is_one_part():
    spec = pictures.compliance_chart([TypeShare("Dinas", 6, 1, 2, 3, 0)], WORDS)
    assert [(bar["part"], bar["count"]) for bar in spec["layer"][1]["data"]["values"]] == [
        ("Memenuhi", 1),
        ("Belum cukup atau hanya ditolak", 5),
    ]


def test_a_name_that_is_markup_is_text():
    assert _texts(pictures.compliance_chart([TypeShare("<b>&", 1, 1, 0, 0, 0)], WORDS))[0] == "<b>&"


# --- on a page
# --------------------------------------------------------------------------------------------------


def _pages():
    results, office = office_results(), office_edition()
    return {
        "by_day": registration.build(make_subject(results, office, "pendaftaran")),
        "overview": judging.build(make_subject(results, office, "proposal")),
        "compliance_by_type": compliance.build(results, office),
    }


@pytest.mark.parametrize("name", ["by_day", "overview", "compliance_by_type"])
def test_a_page_has_its_chart_with_words_for_those_who_do_not_see_it(name):
    html = render_screen(_pages()[name]).decode()
    [svg] = re.findall(r"<svg.*?</svg>", html, re.DOTALL)
    root = ElementTree.fromstring(svg)
    caption = re.search(r"<figcaption>(.*?)</figcaption>", html)[1]
    assert root[0].text == f"{WORDS.say(f'list.{name}')}: {caption}"
    assert root[1].text == WORDS.say(f"picture.{name}")
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize("name", ["by_day", "overview", "compliance_by_type"])
def test_a_chart_on_paper_is_a_figure_with_alternative_text_in_the_page_s_typeface(name, caplog):
    page = _pages()[name]
    made = pdf.render_pdf(print_order(page))
    report = checker.validate_pdf_bytes(made, profile="ua1")
    assert [failure.message for failure in report.failures] == []
    assert caplog.records == []
    reader = PdfReader(io.BytesIO(made))
    figures = [element for element in _structure(reader) if element.get("/S") == "/Figure"]
    assert [figure["/Alt"].partition(":")[0] for figure in figures] == [WORDS.say(f"list.{name}")]
    fonts = {
        font.get_object()["/BaseFont"].partition("+")[2]
        for paper in reader.pages
        for font in paper["/Resources"]["/Font"].values()
    }
    assert fonts == {
        "Source-Sans-Pro",
        "Source-Sans-Pro-Semi-Bold",
        "Source-Serif-Pro",
        "Source-Serif-Pro-Semi-Bold",
    }


def _structure(reader):
    """Every element of the tags' tree."""
    found, waiting = [], [reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        kids = waiting.pop().get("/K", [])
        named = [kid.get_object() for kid in (kids if isinstance(kids, list) else [kids])]
        waiting += [kid for kid in named if hasattr(kid, "get")]
        found += [kid for kid in named if hasattr(kid, "get")]
    return found
