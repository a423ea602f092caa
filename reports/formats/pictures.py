"""The charts of the reports, as Vega-Lite specifications: what came in, where the scores lie, which
types comply.

Names are data of a specification, never an expression in it. The same numbers stand in a table on
the page.
"""

from collections.abc import Sequence
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

_DRAWING_HEIGHT = 200  # of the drawing


def accumulated(page: "Registration", words: Words) -> ChartSpec:
    """Innovations received and accepted until each day, as steps to the deadline; while it is open,
    to `as_of`.

    They begin at those without a time. The year before and the target are lines across.
    """
    start, end, until = _time_span(page)
    lines = _reference_lines(page, words)
    top = max(page.days[-1].received_sum, 1, *(line["count"] for line in lines))
    step: ChartSpec = {"interpolate": "step-after"}
    return {
        "height": _DRAWING_HEIGHT,
        "data": {"values": _step_points(page, start, until)},
        "encoding": {
            "x": {
                "field": "day",
                "type": "temporal",
                "scale": _time_scale(start, end),
                "axis": _day_axis(start, end),
            },
            "y": {
                "type": "quantitative",
                "scale": {"domain": [0, top], "nice": False},
                "axis": _count_axis(top),
            },
        },
        "layer": [
            _reference_layer(lines),
            _layer(
                {"type": "area", "color": GOOD, "opacity": 0.17, **step}, y={"field": "accepted"}
            ),
            _layer(
                {"type": "line", "color": GOOD, "strokeWidth": 1.4, **step}, y={"field": "accepted"}
            ),
            _layer(
                {"type": "line", "color": ACCENT, "strokeWidth": 3, **step}, y={"field": "received"}
            ),
            *_deadline_layers(page.head.closes, start, end, words),
            _end_label_layer(page, lines, top, words),
        ],
    }


def _time_span(page: "Registration") -> tuple[datetime, datetime, datetime]:
    """Where the axis begins and ends, and until when something is known."""
    first, after = page.days[0].day, page.days[-1].day + timedelta(days=1)
    end = max(after, page.head.closes)
    until = min(max(page.head.as_of, after), end) if page.head.as_of else end
    return min(first, page.head.opens or first, page.head.closes), end, until


def _step_points(page: "Registration", start: datetime, until: datetime) -> list[ChartSpec]:
    last = page.days[-1]
    levels = [
        (start, *page.undated),
        *((day.day, day.received_sum, day.accepted_sum) for day in page.days),
        (until, last.received_sum, last.accepted_sum),
    ]
    return [
        {"day": _utc_text(day), "received": received, "accepted": accepted}
        for day, received, accepted in levels
    ]


def _reference_lines(page: "Registration", words: Words) -> list[ChartSpec]:
    """The lines across: count, its label, and which line it is."""
    said, number = words.say, words.integer
    before, target = page.received_before, page.target
    lines: list[ChartSpec] = []
    if before is not None:
        label = said("picture.before", year=page.year_before, count=number(before))
        lines.append({"count": before, "label": label, "line": "before"})
    if target:
        lines.append(
            {
                "count": target,
                "label": said("picture.target", count=number(target)),
                "line": "target",
            }
        )
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
    values = [
        {"day": _utc_text(closes), "label": words.say("picture.closes", date=words.date(closes))}
    ]
    align = "right" if closes - start > end - closes else "left"
    return [
        _layer({"type": "rule", "color": SOFT, "strokeDash": [2, 2]}, values, y=None),
        _layer(
            {"type": "text", "y": -11, "align": align, "color": SOFT},
            values,
            y=None,
            text={"field": "label"},
        ),
    ]


def _end_label_layer(
    page: "Registration", lines: list[ChartSpec], top: int, words: Words
) -> ChartSpec:
    """What each line is and where it ends, at its right; moved up where the labels would
    overlap.
    """
    last = page.days[-1]
    ends = [
        (
            last.accepted_sum,
            words.say("picture.accepted", count=words.integer(last.accepted_sum)),
            GOOD,
        ),
        (
            last.received_sum,
            words.say("picture.received", count=words.integer(last.received_sum)),
            ACCENT,
        ),
        *((line["count"], line["label"], SOFT) for line in lines),
    ]
    ends.sort(key=lambda end: end[0])
    places = accumulate(
        (count for count, *_ in ends),
        lambda below, own: max(own, below + top * LINE_HEIGHT / _DRAWING_HEIGHT),
    )
    values = [
        {"place": place, "label": label, "ink": ink}
        for place, (_, label, ink) in zip(places, ends, strict=True)
    ]
    mark = {
        "type": "text",
        "align": "left",
        "x": {"expr": "width + 8"},
        "fontWeight": 600,
        "limit": 160,
    }
    colour = {"field": "ink", "type": "nominal", "scale": None}
    return _layer(mark, values, x=None, y={"field": "place"}, text={"field": "label"}, color=colour)


def _count_axis(top: int) -> ChartSpec:
    """Whole numbers only."""
    return {"tickCount": min(5, top), "format": ",d"}


def _day_axis(start: datetime, end: datetime) -> ChartSpec:
    """Some days, with their year where it is not plain."""
    days = (end - start).days
    count, form = (max(1, min(7, days)), "%-d %b") if days < 300 else (4, "%-d %b %Y")
    return {"tickCount": count, "format": form, "grid": False, "domain": True, "domainColor": INK}


def _time_scale(start: datetime, end: datetime) -> ChartSpec:
    """A scale of local times that no machine's own zone can move: they are handed over as if they
    were UTC.
    """
    return {"type": "utc", "domain": [_utc_text(start), _utc_text(end)]}


def _utc_text(moment: datetime) -> str:
    return moment.replace(tzinfo=None).isoformat() + "Z"


# --- where the scores lie
# --------------------------------------------------------------------------------------------

_ROW_HEIGHT, _DOT_HEIGHT, _NAME_WIDTH = (
    27,
    11,
    32,
)  # least height of a row, height of a dot, letters a line of a name


def scores(
    strips: Sequence["Strip"], least: str | None, scale: tuple[str, str], words: Words
) -> ChartSpec:
    """A line a list with a dot a score: full where it advances, a ring where not; `least` is the
    minimum score.

    Dots that would cover each other stand above each other, each at its own score. The axis ends at
    the `scale`.
    """
    kinds = [words.say("outcome.advances"), words.say("judging.legend.other")]
    points = [
        {"row": row, "score": float(point.score), "kind": kinds[point.outcome != "advances"]}
        for row, strip in enumerate(strips)
        for point in strip.points
    ]
    ends = [
        {
            "row": row,
            "said": _part_text(
                "advancing",
                [p.outcome for p in strip.points].count("advances"),
                len(strip.points),
                words,
            ),
        }
        for row, strip in enumerate(strips)
    ]
    names, tall = (
        [strip.name for strip in strips],
        min(max(len(strip.points) for strip in strips), 3 * _ROW_HEIGHT),
    )
    rows = _row_layout(names, tall)
    return {
        **rows,
        "layer": [
            _name_layer(names),
            _layer({"type": "rule", "color": RULE}, [{"row": row} for row in range(len(strips))]),
            *(_minimum_layers(least, words) if least else []),
            _dot_layer(
                points,
                kinds,
                rows["height"] / len(strips),
                26 if least else 8,
                _score_range(strips, least, scale),
            ),
            _layer(
                {"type": "text", "align": "left", "x": {"expr": "width + 12"}},
                ends,
                text={"field": "said"},
            ),
        ],
    }


def _score_range(
    strips: Sequence["Strip"], least: str | None, scale: tuple[str, str]
) -> list[float]:
    """From the lowest to the highest of what is drawn, with some room where the scale has it."""
    shown = [Decimal(point.score) for strip in strips for point in strip.points] + (
        [Decimal(least)] if least else []
    )
    low, high, start, end = min(shown), max(shown), Decimal(scale[0]), Decimal(scale[1])
    room = (high - low) / 10 or (end - start) / 100
    return [float(max(low - room, start)), float(min(high + room, end))]


def _dot_layer(
    points: list[ChartSpec], kinds: list[str], row: float, above: int, reach: list[float]
) -> ChartSpec:
    """The scores' dots on an axis of this reach, and what they are, with room for the minimum's
    label.
    """

    def drawn(colours: list[str]) -> ChartSpec:
        scale = {"domain": kinds, "range": colours}
        return {
            "field": "kind",
            "type": "nominal",
            "scale": scale,
            "legend": {"symbolType": "circle", "offset": above},
        }

    scale = {"domain": reach, "nice": False, "zero": False}
    axis = {"grid": True, "gridColor": PALE, "tickCount": 8, "labelFlush": False}
    return _layer(
        {"type": "circle", "size": 95, "strokeWidth": 1.5, "opacity": 1},
        points,
        x={"field": "score", "type": "quantitative", "scale": scale, "axis": axis},
        yOffset={"field": "lift", "type": "quantitative", "scale": {"domain": [-row / 2, row / 2]}},
        fill=drawn([ACCENT, "#ffffff"]),
        stroke=drawn([ACCENT, SOFT]),
    ) | {"transform": _lift_transforms([point["score"] for point in points], row)}


def _lift_transforms(values: list[float], row: float) -> list[ChartSpec]:
    """Dots of a list that lie closer than half a dot stand above each other, within the row: their
    `lift`.
    """
    close = (max(values) - min(values)) / 80 or 1
    together = {"groupby": ["row", "spot"]}
    return [
        {"calculate": f"round(datum.score / {close})", "as": "spot"},
        {"window": [{"op": "row_number", "as": "nth"}], **together},
        {"joinaggregate": [{"op": "count", "as": "of"}], **together},
        {
            "calculate": (
                "(datum.nth - (datum.of + 1) / 2) * "
                f"min({_DOT_HEIGHT}, {row - _DOT_HEIGHT} / datum.of)"
            ),
            "as": "lift",
        },
    ]


def _minimum_layers(least: str, words: Words) -> list[ChartSpec]:
    """The minimum score: a line down all rows, and what it is above."""
    label = words.say(
        "judging.legend.least", score=words.decimal(least, len(least.partition(".")[2]))
    )
    values = [{"score": float(least), "label": label}]
    x = {"field": "score", "type": "quantitative"}
    return [
        _layer(
            {"type": "rule", "color": MINIMUM_INK, "strokeWidth": 1.4, "strokeDash": [5, 3]},
            values,
            x=x,
            y=None,
        ),
        _layer(
            {"type": "text", "color": MINIMUM_INK, "y": -9},
            values,
            x=x,
            y=None,
            text={"field": "label"},
        ),
    ]


# --- which types comply
# ----------------------------------------------------------------------------------------------


def compliance(shares: Sequence["TypeShare"], words: Words) -> ChartSpec:
    """A bar a type of agency as long as its obliged bodies are many: those that comply, those in
    between, the rest.
    """
    parts = [
        words.say(m) for m in ("outcome.compliant", "compliance.legend.between", "outcome.none")
    ]
    counts = [(share.compliant, share.short + share.rejected_only, share.none) for share in shares]
    bars = [
        {"row": row, "part": part, "count": count}
        for row, of_row in enumerate(counts)
        for part, count in zip(parts, of_row, strict=True)
        if count
    ]
    ends = [
        {
            "row": row,
            "whole": share.obliged,
            "said": _part_text("of", share.compliant, share.obliged, words),
        }
        for row, share in enumerate(shares)
    ]
    names, scale = (
        [share.name for share in shares],
        {"domain": parts, "range": [ACCENT, BETWEEN, "#ffffff"]},
    )
    return {
        **_row_layout(names),
        "layer": [
            _name_layer(names),
            _layer(
                {"type": "bar", "height": {"band": 0.62}, "stroke": SOFT, "strokeWidth": 0.8},
                bars,
                x={"field": "count", "type": "quantitative", "axis": None},
                color={
                    "field": "part",
                    "type": "nominal",
                    "scale": scale,
                    "legend": {"symbolType": "square"},
                },
            ),
            _layer(
                {"type": "text", "align": "left", "dx": 8},
                ends,
                x={"field": "whole", "type": "quantitative"},
                text={"field": "said"},
            ),
        ],
    }


# --- both
# --------------------------------------------------------------------------------------------------


def _row_layout(names: Sequence[str], tall: int = 0) -> ChartSpec:
    """Rows from top to bottom, at least `tall`, and as high as the longest name needs."""
    step = max(_ROW_HEIGHT, tall, *(LINE_HEIGHT * len(_name_lines(name)) + 4 for name in names))
    scale = {
        "type": "band",
        "domain": list(range(len(names))),
        "paddingInner": 0,
        "paddingOuter": 0,
    }
    return {
        "height": step * len(names),
        "encoding": {"y": {"field": "row", "type": "ordinal", "scale": scale, "axis": None}},
    }


def _name_layer(names: Sequence[str]) -> ChartSpec:
    """The rows' names at their left, on as many lines as they need."""
    values = [{"row": row, "name": _name_lines(name)} for row, name in enumerate(names)]
    middle = {
        "expr": f"{-LINE_HEIGHT / 2} * (length(datum.name) - 1)"
    }  # Vega sets the first line at the row's middle
    mark = {"type": "text", "align": "right", "x": -12, "dy": middle, "limit": 250}
    return _layer(mark, values, text={"field": "name"})


def _name_lines(name: str) -> list[str]:
    return wrap(name, _NAME_WIDTH, max_lines=3, placeholder=" …")


def _part_text(what: str, part: int, whole: int, words: Words) -> str:
    return words.say(f"picture.{what}", part=words.integer(part), whole=words.integer(whole))


def _layer(mark: ChartSpec, values: list[ChartSpec] | None = None, **encoding: Any) -> ChartSpec:
    """A layer: its mark, its own data if any, and how they are drawn."""
    data = {} if values is None else {"data": {"values": values}}
    return {"mark": mark, "encoding": encoding} | data
