"""The charts of the reports, as Vega-Lite specifications: what came in, where the scores lie, which
types of agency comply.

A name is data of a specification, never an expression in it. The numbers of a chart stand in a
table on the page too.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import accumulate
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from reports.formats.charts import (
    ACCENT,
    BETWEEN,
    GOOD,
    INK,
    LINE_HEIGHT,
    MINIMUM_INK,
    PALE,
    RULE,
    SOFT,
    ChartSpec,
)
from tasks.words import Words

if TYPE_CHECKING:
    from reports.pages.agencies.compliance import TypeShare
    from reports.pages.phases.judging import Strip
    from reports.pages.phases.registration import Registration

# --- what came in, day by day
# ----------------------------------------------------------------------------------------

_DAYS_HEIGHT = 200
_MOST_DAYS_WITHOUT_YEAR = 300  # over more days a date on the axis says its year


def accumulation_chart(page: "Registration", words: Words) -> ChartSpec:
    """Innovations received and accepted until each day, as steps to the deadline; while
    registration is open, to `as_of`.

    The steps begin at the innovations without a time. The year before and the target are lines
    across.
    """
    start, end, until = _time_span(page)
    lines = _reference_lines(page, words)
    top = max(page.days[-1].received_sum, 1, *(line["count"] for line in lines))
    return {
        "height": _DAYS_HEIGHT,
        "data": {"values": _step_points(page, start, until)},
        "encoding": {"x": _time_encoding(start, end), "y": _count_encoding(top)},
        "layer": [
            _reference_layer(lines),
            *_step_layers(),
            *_deadline_layers(page.head.closes, start, end, words),
            _end_label_layer(page, lines, top, words),
        ],
    }


def _time_encoding(start: datetime, end: datetime) -> ChartSpec:
    return {
        "field": "day",
        "type": "temporal",
        "scale": _time_scale(start, end),
        "axis": _day_axis(start, end),
    }


def _count_encoding(top: int) -> ChartSpec:
    return {
        "type": "quantitative",
        "scale": {"domain": [0, top], "nice": False},
        "axis": _count_axis(top),
    }


def _step_layers() -> list[ChartSpec]:
    """The accepted as a shaded area with an outline, the received as a thick line."""
    step = {"interpolate": "step-after"}
    area = {"type": "area", "color": GOOD, "opacity": 0.17, **step}
    outline = {"type": "line", "color": GOOD, "strokeWidth": 1.4, **step}
    thick = {"type": "line", "color": ACCENT, "strokeWidth": 3, **step}
    return [
        _layer(area, y={"field": "accepted"}),
        _layer(outline, y={"field": "accepted"}),
        _layer(thick, y={"field": "received"}),
    ]


def _time_span(page: "Registration") -> tuple[datetime, datetime, datetime]:
    """Where the axis begins and ends, and until when something is known."""
    first, last = page.days[0].day, page.days[-1].day
    after = last + timedelta(days=1)
    opens, closes, as_of = page.head.opens, page.head.closes, page.head.as_of
    start = min(first, opens or first, closes)
    end = max(after, closes)
    until = min(max(as_of, after), end) if as_of else end
    return start, end, until


def _step_points(page: "Registration", start: datetime, until: datetime) -> list[ChartSpec]:
    """The sums at the start, after each day, and at the end of what is known."""
    last = page.days[-1]
    levels = [(start, *page.undated)]
    levels += [(day.day, day.received_sum, day.accepted_sum) for day in page.days]
    levels.append((until, last.received_sum, last.accepted_sum))
    return [
        {"day": _utc_text(day), "received": received, "accepted": accepted}
        for day, received, accepted in levels
    ]


def _reference_lines(page: "Registration", words: Words) -> list[ChartSpec]:
    """The lines across: the count, its label, and the kind of the line."""
    before, target = page.received_before, page.target
    lines: list[ChartSpec] = []
    if before is not None:
        count = words.integer(before)
        label = words.say("picture.before", year=page.year_before, count=count)
        lines.append({"count": before, "label": label, "line": "before"})
    if target:
        label = words.say("picture.target", count=words.integer(target))
        lines.append({"count": target, "label": label, "line": "target"})
    return lines


def _reference_layer(lines: list[ChartSpec]) -> ChartSpec:
    dashes = {"domain": ["before", "target"], "range": [[7, 4], [1.5, 3]]}
    dash = {"field": "line", "type": "nominal", "scale": dashes, "legend": None}
    mark = {"type": "rule", "color": SOFT, "strokeWidth": 1.2}
    return _layer(mark, lines, x=None, y={"field": "count"}, strokeDash=dash)


def _deadline_layers(
    closes: datetime, start: datetime, end: datetime, words: Words
) -> list[ChartSpec]:
    """A line up at the deadline, and its date above, on the side that has room."""
    label = words.say("picture.closes", date=words.date(closes))
    values = [{"day": _utc_text(closes), "label": label}]
    align = "right" if closes - start > end - closes else "left"
    rule = {"type": "rule", "color": SOFT, "strokeDash": [2, 2]}
    text = {"type": "text", "y": -11, "align": align, "color": SOFT}
    return [
        _layer(rule, values, y=None),
        _layer(text, values, y=None, text={"field": "label"}),
    ]


def _end_label_layer(
    page: "Registration", lines: list[ChartSpec], top: int, words: Words
) -> ChartSpec:
    """The label of each line at its right end; moved up where labels would overlap."""
    ends = sorted(_line_ends(page, lines, words), key=lambda end: end[0])
    counts = [count for count, _, _ in ends]
    places = _places_apart(counts, top * LINE_HEIGHT / _DAYS_HEIGHT)
    values = [
        {"place": place, "label": label, "ink": ink}
        for place, (_, label, ink) in zip(places, ends, strict=True)
    ]
    right_end = {"expr": "width + 8"}
    mark = {"type": "text", "align": "left", "x": right_end, "fontWeight": 600, "limit": 160}
    y, text = {"field": "place"}, {"field": "label"}
    colour = {"field": "ink", "type": "nominal", "scale": None}
    return _layer(mark, values, x=None, y=y, text=text, color=colour)


def _line_ends(
    page: "Registration", lines: list[ChartSpec], words: Words
) -> list[tuple[int, str, str]]:
    """The last count, the label and the colour of the steps, then of the lines across."""
    accepted, received = page.days[-1].accepted_sum, page.days[-1].received_sum
    accepted_label = words.say("picture.accepted", count=words.integer(accepted))
    received_label = words.say("picture.received", count=words.integer(received))
    ends = [(accepted, accepted_label, GOOD), (received, received_label, ACCENT)]
    return ends + [(line["count"], line["label"], SOFT) for line in lines]


def _places_apart(counts: Sequence[int], least: float) -> Iterator[float]:
    """The counts, which come in order, each moved up to stand at least so far over the count
    before it.
    """
    return accumulate(counts, lambda below, own: max(own, below + least))


def _count_axis(top: int) -> ChartSpec:
    """An axis of whole numbers only."""
    return {"tickCount": min(5, top), "format": ",d"}


def _day_axis(start: datetime, end: datetime) -> ChartSpec:
    """An axis of some days, with their year where the axis is long."""
    days = (end - start).days
    is_short = days < _MOST_DAYS_WITHOUT_YEAR
    count = max(1, min(7, days)) if is_short else 4
    form = "%-d %b" if is_short else "%-d %b %Y"
    return {"tickCount": count, "format": form, "grid": False, "domain": True, "domainColor": INK}


def _time_scale(start: datetime, end: datetime) -> ChartSpec:
    """A scale of local times, written as if they were UTC, so that no machine's own zone can move
    them.
    """
    return {"type": "utc", "domain": [_utc_text(start), _utc_text(end)]}


def _utc_text(moment: datetime) -> str:
    return moment.replace(tzinfo=None).isoformat() + "Z"


# --- where the scores lie
# --------------------------------------------------------------------------------------------

_ROW_HEIGHT = 27  # the least
_DOT_HEIGHT = 11
_NAME_WIDTH = 32  # letters of a line of a name


def score_chart(
    strips: Sequence["Strip"], least: str | None, scale: tuple[str, str], words: Words
) -> ChartSpec:
    """One line per list with one dot per score: full where the score advances, a ring where not;
    `least` is the minimum score.

    Dots that would cover each other stand above each other, each at its own score. The axis ends at
    the `scale`.
    """
    names = [strip.name for strip in strips]
    most_points = max(len(strip.points) for strip in strips)
    rows = _row_layout(names, min(most_points, 3 * _ROW_HEIGHT))
    kinds = [words.say("outcome.advances"), words.say("judging.legend.other")]
    legend_offset = 26 if least else 8  # room for the label of the minimum
    dots = _dot_layer(
        _score_points(strips, kinds),
        kinds,
        rows["height"] / len(strips),
        legend_offset,
        _score_range(strips, least, scale),
    )
    lines = [{"row": row} for row in range(len(strips))]
    layers = [_name_layer(names), _layer({"type": "rule", "color": RULE}, lines)]
    if least:
        layers += _minimum_layers(least, words)
    return {**rows, "layer": [*layers, dots, _advancing_label_layer(strips, words)]}


def _score_points(strips: Sequence["Strip"], kinds: list[str]) -> list[ChartSpec]:
    return [
        {"row": row, "score": float(point.score), "kind": kinds[point.outcome != "advances"]}
        for row, strip in enumerate(strips)
        for point in strip.points
    ]


def _advancing_label_layer(strips: Sequence["Strip"], words: Words) -> ChartSpec:
    """At the end of each line how many of the list advance, and of how many."""
    labels = []
    for row, strip in enumerate(strips):
        advancing = sum(point.outcome == "advances" for point in strip.points)
        label = _part_text("advancing", advancing, len(strip.points), words)
        labels.append({"row": row, "said": label})
    mark = {"type": "text", "align": "left", "x": {"expr": "width + 12"}}
    return _layer(mark, labels, text={"field": "said"})


def _score_range(
    strips: Sequence["Strip"], least: str | None, scale: tuple[str, str]
) -> list[float]:
    """From the lowest to the highest of what is drawn, with some room where the scale has room."""
    scores = [Decimal(point.score) for strip in strips for point in strip.points]
    if least:
        scores.append(Decimal(least))
    low, high = min(scores), max(scores)
    start, end = Decimal(scale[0]), Decimal(scale[1])
    room = (high - low) / 10 or (end - start) / 100
    return [float(max(low - room, start)), float(min(high + room, end))]


def _dot_layer(
    points: list[ChartSpec],
    kinds: list[str],
    row_height: float,
    legend_offset: int,
    domain: list[float],
) -> ChartSpec:
    """The scores' dots on an axis of this domain, and the legend of the two kinds."""
    legend = {"symbolType": "circle", "offset": legend_offset}
    scale = {"domain": domain, "nice": False, "zero": False}
    axis = {"grid": True, "gridColor": PALE, "tickCount": 8, "labelFlush": False}
    lifts = {"domain": [-row_height / 2, row_height / 2]}
    layer = _layer(
        {"type": "circle", "size": 95, "strokeWidth": 1.5, "opacity": 1},
        points,
        x={"field": "score", "type": "quantitative", "scale": scale, "axis": axis},
        yOffset={"field": "lift", "type": "quantitative", "scale": lifts},
        fill=_kind_colours(kinds, [ACCENT, "#ffffff"], legend),
        stroke=_kind_colours(kinds, [ACCENT, SOFT], legend),
    )
    scores = [point["score"] for point in points]
    return layer | {"transform": _lift_transforms(scores, row_height)}


def _kind_colours(kinds: list[str], colours: list[str], legend: ChartSpec) -> ChartSpec:
    scale = {"domain": kinds, "range": colours}
    return {"field": "kind", "type": "nominal", "scale": scale, "legend": legend}


def _lift_transforms(scores: list[float], row_height: float) -> list[ChartSpec]:
    """The `lift` of each dot: dots of a list that lie closer than half a dot stand above each
    other, within the row.
    """
    close = (max(scores) - min(scores)) / 80 or 1
    spot = {"groupby": ["row", "spot"]}
    step = f"min({_DOT_HEIGHT}, {row_height - _DOT_HEIGHT} / datum.of)"
    return [
        {"calculate": f"round(datum.score / {close})", "as": "spot"},
        {"window": [{"op": "row_number", "as": "nth"}], **spot},
        {"joinaggregate": [{"op": "count", "as": "of"}], **spot},
        {"calculate": f"(datum.nth - (datum.of + 1) / 2) * {step}", "as": "lift"},
    ]


def _minimum_layers(least: str, words: Words) -> list[ChartSpec]:
    """The minimum score: a line down all rows, and its label above."""
    decimals = len(least.partition(".")[2])
    label = words.say("judging.legend.least", score=words.decimal(least, decimals))
    values = [{"score": float(least), "label": label}]
    x = {"field": "score", "type": "quantitative"}
    rule = {"type": "rule", "color": MINIMUM_INK, "strokeWidth": 1.4, "strokeDash": [5, 3]}
    text = {"type": "text", "color": MINIMUM_INK, "y": -9}
    return [
        _layer(rule, values, x=x, y=None),
        _layer(text, values, x=x, y=None, text={"field": "label"}),
    ]


# --- which types comply
# ----------------------------------------------------------------------------------------------


def compliance_chart(shares: Sequence["TypeShare"], words: Words) -> ChartSpec:
    """One bar per type of agency, as long as its obliged agencies are many: those that comply,
    those in between, the rest.
    """
    names = [share.name for share in shares]
    layers = [
        _name_layer(names),
        _bar_layer(shares, words),
        _compliance_label_layer(shares, words),
    ]
    return {**_row_layout(names), "layer": layers}


def _bar_layer(shares: Sequence["TypeShare"], words: Words) -> ChartSpec:
    """The parts of each bar that are not empty."""
    messages = ("outcome.compliant", "compliance.legend.between", "outcome.none")
    parts = [words.say(message) for message in messages]
    scale = {"domain": parts, "range": [ACCENT, BETWEEN, "#ffffff"]}
    legend = {"symbolType": "square"}
    return _layer(
        {"type": "bar", "height": {"band": 0.62}, "stroke": SOFT, "strokeWidth": 0.8},
        _bar_parts(shares, parts),
        x={"field": "count", "type": "quantitative", "axis": None},
        color={"field": "part", "type": "nominal", "scale": scale, "legend": legend},
    )


def _bar_parts(shares: Sequence["TypeShare"], parts: Sequence[str]) -> list[ChartSpec]:
    bars = []
    for row, share in enumerate(shares):
        counts = (share.compliant, share.short + share.rejected_only, share.none)
        for part, count in zip(parts, counts, strict=True):
            if count:
                bars.append({"row": row, "part": part, "count": count})
    return bars


def _compliance_label_layer(shares: Sequence["TypeShare"], words: Words) -> ChartSpec:
    """At the end of each bar how many agencies of the type comply, and of how many."""
    labels = []
    for row, share in enumerate(shares):
        label = _part_text("of", share.compliant, share.obliged, words)
        labels.append({"row": row, "whole": share.obliged, "said": label})
    mark = {"type": "text", "align": "left", "dx": 8}
    whole = {"field": "whole", "type": "quantitative"}
    return _layer(mark, labels, x=whole, text={"field": "said"})


# --- charts of rows
# ------------------------------------------------------------------------------------------------


def _row_layout(names: Sequence[str], tall: int = 0) -> ChartSpec:
    """Rows from top to bottom, at least `tall`, and as high as the longest name needs."""
    name_heights = [LINE_HEIGHT * len(_name_lines(name)) + 4 for name in names]
    height = max(_ROW_HEIGHT, tall, *name_heights)
    rows = list(range(len(names)))
    scale = {"type": "band", "domain": rows, "paddingInner": 0, "paddingOuter": 0}
    y = {"field": "row", "type": "ordinal", "scale": scale, "axis": None}
    return {"height": height * len(names), "encoding": {"y": y}}


def _name_layer(names: Sequence[str]) -> ChartSpec:
    """The rows' names at their left, on as many lines as they need."""
    values = [{"row": row, "name": _name_lines(name)} for row, name in enumerate(names)]
    # Vega sets the first line at the row's middle.
    middle = {"expr": f"{-LINE_HEIGHT / 2} * (length(datum.name) - 1)"}
    mark = {"type": "text", "align": "right", "x": -12, "dy": middle, "limit": 250}
    return _layer(mark, values, text={"field": "name"})


def _name_lines(name: str) -> list[str]:
    return wrap(name, _NAME_WIDTH, max_lines=3, placeholder=" …")


def _part_text(what: str, part: int, whole: int, words: Words) -> str:
    return words.say(f"picture.{what}", part=words.integer(part), whole=words.integer(whole))


def _layer(mark: ChartSpec, values: list[ChartSpec] | None = None, **encoding: Any) -> ChartSpec:
    """A layer: its mark, its own data if any, and how the data are drawn."""
    layer: ChartSpec = {"mark": mark, "encoding": encoding}
    return layer if values is None else layer | {"data": {"values": values}}
