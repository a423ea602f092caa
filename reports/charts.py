"""Charts as SVG in the page: drawn in a millisecond, in the page's own typeface, each with a title and a description.

Altair with vl-convert was weighed: 1.9 s before the first chart of a process, and other figures than the page's
(docs/reports.md). A bar beside a number is no chart: it is the macro `bar`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

_WIDTH, _LEFT, _BOTTOM, _TOP = 720.0, 40.0, 26.0, 12.0
_INK, _SOFT, _RULE, _ACCENT = "#1a2430", "#51606f", "#c5ced6", "#0d4a6b"


@dataclass(frozen=True)
class Bar:
    """One column of a chart: its label under the axis ("" for none), its count, and whether it is marked out."""

    label: str
    count: int
    marked: bool = False


def columns(bars: Sequence[Bar], title: str, description: str, height: float = 190.0) -> Markup:
    """A column a bar, in order, over an axis of whole numbers. No bars: an empty text.

    `title` names the chart, `description` says in words what it shows, for those who do not see it.
    """
    if not bars:
        return Markup("")
    top = axis_top(max(bar.count for bar in bars))
    floor, step = height - _BOTTOM, (_WIDTH - _LEFT) / len(bars)
    scale = (floor - _TOP) / top
    drawn = [_grid(value, floor - value * scale) for value in axis_values(top)]
    for i, bar in enumerate(bars):
        x = _LEFT + i * step
        drawn.append(_column(x, step, floor, bar, scale))
    return svg(Markup("").join(drawn), title, description, height)


def axis_top(largest: int) -> int:
    """Where the axis ends: the first multiple of its step that is no smaller than the largest count; at least 1."""
    step = _step(max(largest, 1))
    return -(-max(largest, 1) // step) * step


def axis_values(top: int) -> list[int]:
    """The axis' values: from 0 to its top, at most six."""
    return list(range(0, top + 1, _step(top)))


def _step(largest: int) -> int:
    """The smallest of 1 2 5 10 20 50 ... that reaches `largest` in five steps."""
    steps = (factor * int("1" + "0" * power) for power in range(12) for factor in (1, 2, 5))
    return next(step for step in steps if step * 5 >= largest)


def _grid(value: int, y: float) -> Markup:
    colour = _INK if value == 0 else _RULE
    return Markup(
        '<line x1="{x}" x2="{w}" y1="{y}" y2="{y}" stroke="{colour}" stroke-width="{width}"/>'
        '<text x="{label}" y="{base}" text-anchor="end" font-size="12" fill="{soft}">{value}</text>'
    ).format(x=n(_LEFT), w=n(_WIDTH), y=n(y), colour=colour, width=1 if value == 0 else 0.6, label=n(_LEFT - 7),
             base=n(y + 4), soft=_SOFT, value=value)


def _column(x: float, step: float, floor: float, bar: Bar, scale: float) -> Markup:
    width, tall = min(step * 0.72, 46.0), bar.count * scale
    drawn = Markup('<rect x="{x}" y="{y}" width="{w}" height="{h}" fill="{colour}"/>').format(
        x=n(x + (step - width) / 2), y=n(floor - tall), w=n(width), h=n(tall),
        colour="#b3261e" if bar.marked else _ACCENT,
    ) if bar.count else Markup("")
    if bar.label:
        drawn += Markup(
            '<text x="{x}" y="{y}" text-anchor="middle" font-size="12" fill="{soft}">{label}</text>'
        ).format(x=n(x + step / 2), y=n(floor + 17), soft=_SOFT, label=bar.label)
    return drawn


def svg(inner: Markup, title: str, description: str, height: float) -> Markup:
    """The drawing as a picture of its own: 720 wide, with its title and description."""
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {w} {h}" aria-label="{label}" '
        'font-family="Source Sans Pro, sans-serif"><title>{title}: {description}</title>{inner}</svg>'
    ).format(w=n(_WIDTH), h=n(height), label=f"{title}: {description}", title=escape(title),
             description=escape(description), inner=inner)


def n(value: float) -> str:
    """A coordinate: two decimals, none where they are zero."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
