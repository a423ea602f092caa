"""Vega-Lite specification -> SVG in the page, by vl-convert: in the page's typeface, with the
numbers and dates of its language.

The only importer of vl-convert, and only where a chart is drawn, so that a night that draws none
does without. Nothing is fetched: a chart's data stand in its specification.
"""

import json
import re
from functools import cache, lru_cache
from typing import Any
from xml.etree import ElementTree

from babel import Locale, numbers
from markupsafe import Markup

from reports.formats import typefaces
from tasks.words import Words

ChartSpec = dict[str, Any]
INK, SOFT, RULE, PALE = "#1a2430", "#51606f", "#c5ced6", "#e6ebef"  # of templates/css/text.css
ACCENT, GOOD, BETWEEN, MINIMUM_INK = "#0d4a6b", "#14602f", "#c98a12", "#93191b"
CHART_WIDTH = 720  # of every chart, so that their letters are of one size on the page
LETTER_HEIGHT, LINE_HEIGHT = 13, 16  # height of letters, and of a line of them
_SANS_FACE = typefaces.FACES[0]
_LOOK: ChartSpec = {
    "background": None,
    "autosize": {"type": "fit-x", "contains": "padding"},
    # the same typefaces as in templates/css/text.css
    "font": f"{_SANS_FACE.family}, Segoe UI, Roboto, Noto Sans, Liberation Sans, sans-serif",
    "padding": 2,
    "view": {"stroke": None, "continuousWidth": CHART_WIDTH, "discreteWidth": CHART_WIDTH},
    "text": {
        "fontSize": LETTER_HEIGHT,
        "color": INK,
        "lineHeight": LINE_HEIGHT,
        "baseline": "middle",
    },
    "axis": {
        "title": None,
        "ticks": False,
        "labelPadding": 7,
        "labelFontSize": LETTER_HEIGHT,
        "labelColor": SOFT,
        "labelOverlap": False,
        "gridColor": RULE,
        "gridWidth": 0.6,
        "domain": False,
    },
    "legend": {
        "title": None,
        "orient": "top",
        "labelFontSize": LETTER_HEIGHT,
        "labelColor": SOFT,
        "labelLimit": 320,
        "symbolSize": 110,
        "columnPadding": 18,
        "offset": 8,
    },
}
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SVG_NAMESPACE = "http://www.w3.org/2000/svg"
_DROPPED_ATTRIBUTES = (
    "class",
    "role",
    "aria-hidden",
    "aria-label",
    "aria-roledescription",
    "pointer-events",
)


def chart_svg(words: Words, spec: ChartSpec, name: str, title: str, description: str) -> Markup:
    """The chart, CHART_WIDTH wide before it is scaled to the page: one picture to a screen reader;
    the same bytes for the same chart.

    `title` says what the chart shows (in a PDF its alternative text), `description` how it is
    drawn; their ids begin with `name`, which no other chart of the page may have.
    """
    drawing = _draw_svg(json.dumps(_remove_non_xml(spec)), words)
    svg = ElementTree.fromstring(drawing)
    _drop_attributes(svg)
    title_id, description_id = f"{name}-picture-title", f"{name}-picture-desc"
    svg.attrib |= {
        "role": "img",
        "aria-labelledby": title_id,
        "aria-describedby": description_id,
    }
    svg.insert(0, _text_element("title", title_id, title))
    svg.insert(1, _text_element("desc", description_id, description))
    ElementTree.register_namespace("", _SVG_NAMESPACE)
    return Markup(ElementTree.tostring(svg, encoding="unicode"))


def _drop_attributes(svg: ElementTree.Element) -> None:
    """Takes out the attributes that the page gives itself, and the picture's fixed size."""
    for element in svg.iter():
        for attribute in _DROPPED_ATTRIBUTES:
            element.attrib.pop(attribute, None)
    for scaled in ("width", "height"):
        del svg.attrib[scaled]


def _text_element(tag: str, element_id: str, text: str) -> ElementTree.Element:
    element = ElementTree.Element(f"{{{_SVG_NAMESPACE}}}{tag}", {"id": element_id})
    element.text = text
    return element


@lru_cache(maxsize=32)
def _draw_svg(spec: str, words: Words) -> str:
    """The SVG as vl-convert draws it; drawn once for the screen and for paper."""
    import vl_convert  # start-up time

    _register_typeface()
    return str(
        vl_convert.vegalite_to_svg(
            spec,
            config=_LOOK,
            allowed_base_urls=[],
            format_locale=_number_format(words.locale),
            time_format_locale=_date_format(words.locale),
        )
    )


def _remove_non_xml(value: Any) -> Any:
    """The specification without the signs that XML does not have: at such a sign vl-convert ends
    the whole process.
    """
    match value:
        case str():
            return _NOT_XML.sub("", value)
        case list():
            return [_remove_non_xml(item) for item in value]
        case dict():
            return {key: _remove_non_xml(item) for key, item in value.items()}
    return value


@cache
def _register_typeface() -> None:
    """Lets vl-convert measure letters by the page's own typeface, which no machine needs to have
    installed.
    """
    import vl_convert  # start-up time

    vl_convert.register_font_directory(str(_SANS_FACE.file.parent))


def _number_format(locale: Locale) -> ChartSpec:
    """How d3 writes numbers in this language."""
    return {
        "decimal": numbers.get_decimal_symbol(locale),
        "thousands": numbers.get_group_symbol(locale),
        "grouping": [3],
        "currency": ["", ""],
    }


def _date_format(locale: Locale) -> ChartSpec:
    """How d3 writes dates in this language: its weeks begin on Sunday, Babel's on Monday."""
    months, days = locale.months["format"], locale.days["format"]
    sunday_first = (6, 0, 1, 2, 3, 4, 5)  # Babel's numbers of the days
    return {
        "dateTime": "%-d %B %Y %H.%M",
        "date": "%-d %B %Y",
        "time": "%H.%M",
        "periods": ["AM", "PM"],
        "months": list(months["wide"].values()),
        "shortMonths": list(months["abbreviated"].values()),
        "days": [days["wide"][day] for day in sunday_first],
        "shortDays": [days["abbreviated"][day] for day in sunday_first],
    }
