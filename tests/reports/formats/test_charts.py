"""Charts: what the SVG says and to whom, and that no text of a form can be more than text in it."""

import re
from typing import Any
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.formats import charts, html, typefaces
from tasks.words import Words

SVG = "{http://www.w3.org/2000/svg}"
WORDS = Words("id")
EVIL = '"><script>alert(1)</script>&{{ 7*7 }}'


def spec(*names: str) -> dict[str, Any]:
    """A text for each name, under each other."""
    values = [{"row": row, "name": name} for row, name in enumerate(names)]
    y = {"field": "row", "type": "ordinal", "axis": None}
    return {
        "data": {"values": values},
        "mark": "text",
        "encoding": {"y": y, "text": {"field": "name"}},
    }


def axis(field: dict[str, Any], *values: Any) -> dict[str, Any]:
    return {
        "data": {"values": [{"x": value} for value in values]},
        "mark": "point",
        "encoding": {
            "x": {"field": "x", "axis": {"values": list(values), **field.pop("axis", {})}, **field}
        },
    }


def drawn(
    chart: dict[str, Any], language: str = "id", title: str = "Judul", description: str = "Uraian"
) -> Any:
    return ElementTree.fromstring(
        charts.chart_svg(Words(language), chart, "by_day", title, description)
    )


def texts(chart: dict[str, Any], language: str = "id") -> list[str]:
    return [text.text for text in drawn(chart, language).iter(f"{SVG}text")]


def test_a_chart_is_one_picture_that_says_what_it_shows_and_how_it_is_drawn():
    root = drawn(
        spec("a"), title="Inovasi masuk: 62 sampai 15 Maret", description="Garis tebal: yang masuk."
    )
    assert [root.get(name) for name in ("role", "aria-labelledby", "aria-describedby")] == [
        "img",
        "by_day-picture-title",
        "by_day-picture-desc",
    ]
    assert [(e.tag, e.get("id"), e.text) for e in list(root)[:2]] == [
        (f"{SVG}title", "by_day-picture-title", "Inovasi masuk: 62 sampai 15 Maret"),
        (f"{SVG}desc", "by_day-picture-desc", "Garis tebal: yang masuk."),
    ]


def test_nothing_within_a_chart_speaks_for_itself_or_has_an_id():
    inner = [element for child in list(drawn(spec("a", "b")))[2:] for element in child.iter()]
    spoken = {"role", "class", "id", "aria-hidden", "aria-label", "aria-roledescription", "href"}
    assert [element.attrib for element in inner if spoken & set(element.keys())] == []
    assert [
        e.tag
        for e in inner
        if e.tag not in {f"{SVG}{tag}" for tag in ("g", "path", "text", "line")}
    ] == []


def test_two_charts_of_a_page_share_no_id():
    both = charts.chart_svg(WORDS, spec("a"), "by_day", "", "") + charts.chart_svg(
        WORDS, spec("a"), "overview", "", ""
    )
    ids = re.findall(r' id="([^"]+)"', both)
    assert ids == [
        "by_day-picture-title",
        "by_day-picture-desc",
        "overview-picture-title",
        "overview-picture-desc",
    ]


def test_a_chart_is_as_wide_as_any_and_scales_with_the_page():
    root = drawn(spec("a", "Perlindungan dan Pelestarian Lingkungan Hidup"))
    assert root.get("viewBox").split()[:3] == ["0", "0", "720"]
    assert root.get("width") is root.get("height") is None


@pytest.mark.parametrize(
    ("language", "written"), [("id", ["1.234,5", "20.000,0"]), ("en", ["1,234.5", "20,000.0"])]
)
def test_numbers_are_written_as_the_language_writes_them(language: str, written: list[str]):
    assert (
        texts(axis({"type": "quantitative", "axis": {"format": ",.1f"}}, 1234.5, 20000), language)
        == written
    )


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("id", ["1 Mei, Mei, Min, Minggu", "6 Agustus, Agu, Sab, Sabtu"]),
        ("en", ["1 May, May, Sun, Sunday", "6 August, Aug, Sat, Saturday"]),
    ],
)
def test_dates_are_written_as_the_language_writes_them(language: str, written: list[str]):
    days = axis(
        {"type": "temporal", "scale": {"type": "utc"}, "axis": {"format": "%-d %B, %b, %a, %A"}},
        "2022-05-01T00:00:00Z",
        "2022-08-06T00:00:00Z",
    )
    assert texts(days, language) == written


def test_hostile_text_stays_text():
    root = drawn(spec(EVIL), title=EVIL, description=EVIL)
    assert list(root.iter(f"{SVG}script")) == []
    assert [next(root.iter(f"{SVG}{tag}")).text for tag in ("text", "title", "desc")] == [
        EVIL,
        EVIL,
        EVIL,
    ]


@pytest.mark.parametrize(
    "name", ["datum.row", "=1+1", '{"signal": "width"}', "{'expr': 'width'}", "${width}", "warn()"]
)
def test_a_name_that_looks_like_an_expression_is_a_name(name: str):
    assert texts(spec(name)) == [name]


@pytest.mark.parametrize("sign", ["\0", "\a", "\x1f", "\ufffe", "\ud800"])
def test_a_sign_that_no_svg_may_have_is_left_out(sign: str):
    """vl-convert would end the whole process at one."""
    assert texts(spec(f"Dinas{sign} Kesehatan")) == ["Dinas Kesehatan"]


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=40))
@settings(max_examples=60)
def test_any_text_is_drawn_and_comes_back(text: str):
    read = "".join(texts(spec(f"({text})")))
    assert read == "(" + re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", text) + ")"


@pytest.mark.parametrize(
    "url", ["https://example.org/values.csv", "http://127.0.0.1:9/values.csv", "values.csv"]
)
def test_nothing_is_fetched(url: str):
    with pytest.raises(ValueError, match="External data url not allowed"):
        texts(spec() | {"data": {"url": url}})


def test_no_file_is_read(tmp_path):
    (tmp_path / "values.csv").write_text("row,name\n1,terbaca\n")
    assert texts(spec() | {"data": {"url": (tmp_path / "values.csv").as_uri()}}) == []


def test_letters_are_measured_in_the_page_s_typeface():
    """The room that a name takes is the width that its letters have in the font's own table, at 13
    units a letter.
    """
    name = "Pertumbuhan Ekonomi dan Kesempatan Kerja"
    mark = {"type": "text", "align": "right", "x": 0}
    edge = re.search(
        r"translate\(([\d.]+)", charts.chart_svg(WORDS, spec(name) | {"mark": mark}, "a", "", "")
    )
    font = TTFont(typefaces.FACES[0].file)
    advances, glyphs = font["hmtx"], font.getBestCmap()
    width = (
        sum(advances[glyphs[ord(letter)]][0] for letter in name)
        * charts.LETTER_HEIGHT
        / font["head"].unitsPerEm
    )
    assert float(edge[1]) == pytest.approx(width + 2, abs=3)


def test_the_page_s_typeface_is_asked_for_first():
    [family] = {text.get("font-family") for text in drawn(spec("a")).iter(f"{SVG}text")}
    assert family.split(", ")[0] == "Source Sans Pro"
    assert family.endswith(", sans-serif")


def test_what_is_written_can_be_seen_however_close_the_labels():
    crowded = drawn(axis({"type": "quantitative"}, *range(0, 90000, 1000)))
    assert [text.get("opacity") for text in crowded.iter(f"{SVG}text")] == ["1"] * 90


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2."""

    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (
            p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(
    "ink", [charts.INK, charts.SOFT, charts.ACCENT, charts.GOOD, charts.MINIMUM_INK]
)
def test_what_is_written_is_dark_enough_to_be_read(ink: str):
    assert contrast(ink, "#ffffff") >= 4.5


def test_the_parts_of_a_bar_differ_on_a_black_and_white_print():
    assert contrast(charts.ACCENT, charts.BETWEEN) >= 3
    assert contrast(charts.BETWEEN, "#ffffff") >= 2.8  # besides, every part has a dark outline
    assert contrast(charts.SOFT, "#ffffff") >= 3


def test_the_colours_are_those_of_the_page():
    style = (html.TEMPLATES / "css" / "text.css").read_text(encoding="utf-8")
    named = dict(re.findall(r"--(\w+): (#\w+)", style))
    assert [named[name] for name in ("ink", "soft", "rule", "accent", "good", "bad")] == [
        charts.INK,
        charts.SOFT,
        charts.RULE,
        charts.ACCENT,
        charts.GOOD,
        charts.MINIMUM_INK,
    ]
