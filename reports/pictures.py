"""The charts of the phases' reports: what came in by the deadline, where the scores lie, which types comply.

Each gives an SVG with a title and a description that says in words what it shows; the same numbers stand in a table.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from textwrap import wrap
from typing import Protocol

from markupsafe import Markup

from reports.charts import axis_top, axis_values, n, svg
from tasks.words import Words

_WIDTH = 720.0
_INK, _SOFT, _RULE, _ACCENT, _GOOD, _PALE = "#1a2430", "#51606f", "#c5ced6", "#0d4a6b", "#14602f", "#e6ebef"


class _Day(Protocol):
    @property
    def day(self) -> datetime: ...
    @property
    def received_sum(self) -> int: ...
    @property
    def accepted_sum(self) -> int: ...


class _Point(Protocol):
    @property
    def score(self) -> str: ...
    @property
    def outcome(self) -> str: ...


class _Strip(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def points(self) -> Sequence[_Point]: ...


class _Share(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def obliged(self) -> int: ...
    @property
    def compliant(self) -> int: ...
    @property
    def rejected_only(self) -> int: ...
    @property
    def short(self) -> int: ...


def _line(x1: float, y1: float, x2: float, y2: float, colour: str, width: float = 1, dash: str = "") -> Markup:
    dashes = Markup(' stroke-dasharray="{}"').format(dash) if dash else Markup("")
    return Markup('<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="{}" stroke-width="{}"{}/>').format(
        n(x1), n(y1), n(x2), n(y2), colour, n(width), dashes)


def _text(x: float, y: float, text: str, colour: str = _SOFT, anchor: str = "start", weight: int = 400) -> Markup:
    return Markup('<text x="{}" y="{}" text-anchor="{}" font-size="12.5" font-weight="{}" fill="{}">{}</text>').format(
        n(x), n(y), anchor, weight, colour, text)


# --- what came in, day by day ----------------------------------------------------------------------------------------

_LEFT, _RIGHT, _TOP, _FLOOR = 34.0, 600.0, 14.0, 200.0


def accumulated(
    days: Sequence[_Day],
    opens: datetime | None,
    closes: datetime,
    undated: tuple[int, int],
    before: tuple[int, int] | None,
    words: Words,
    title: str,
    description: str,
) -> Markup:
    """Innovations received and accepted until each day, as steps to the deadline; `before` (year, received) as a line.

    The steps begin at `undated`: those received, and accepted, without a time.
    """
    top = axis_top(max([day.received_sum for day in days] + ([before[1]] if before else []) + [1]))
    start = min([days[0].day] + ([opens] if opens else []))
    end = max(days[-1].day + timedelta(days=1), closes)
    span = max((end - start).total_seconds(), 1)

    def x(moment: datetime) -> float:
        return _LEFT + (_RIGHT - _LEFT) * (moment - start).total_seconds() / span

    def y(count: int) -> float:
        return _FLOOR - (_FLOOR - _TOP) * count / top

    drawn = [
        _line(_LEFT, y(v), _RIGHT, y(v), _INK if v == 0 else _RULE, 1 if v == 0 else 0.6) for v in axis_values(top)
    ]
    drawn += [_text(_LEFT - 7, y(v) + 4, words.integer(v), anchor="end") for v in axis_values(top)]
    drawn += [_line(x(closes), _TOP, x(closes), _FLOOR, _SOFT, 0.8, "2 3")]
    drawn += [
        _text(_LEFT, _FLOOR + 18, words.date(start)),
        _text(x(closes), _FLOOR + 18, words.date(closes), anchor="end"),
    ]
    if before:
        drawn.append(_line(_LEFT, y(before[1]), _RIGHT, y(before[1]), _SOFT, 1, "6 4"))
    drawn += [_steps([(x(d.day), y(d.accepted_sum)) for d in days], y(undated[1]), x(end), _GOOD, 1.6)]
    drawn += [_steps([(x(d.day), y(d.received_sum)) for d in days], y(undated[0]), x(end), _ACCENT, 2.4)]
    last, said = days[-1], words.say
    labels = [
        (y(last.received_sum), said("picture.received", count=words.integer(last.received_sum)), _ACCENT, 600),
        (y(last.accepted_sum), said("picture.accepted", count=words.integer(last.accepted_sum)), _GOOD, 600),
    ]
    if before:
        labels.append(
            (y(before[1]), said("picture.before", year=before[0], count=words.integer(before[1])), _SOFT, 400)
        )
    drawn += [_text(_RIGHT + 8, at + 4, text, colour, weight=weight) for at, text, colour, weight in _apart(labels)]
    return svg(Markup("").join(drawn), title, description, _FLOOR + 26)


def _steps(points: Sequence[tuple[float, float]], floor: float, end: float, colour: str, width: float) -> Markup:
    """A line that rises where a point is and stays level until the next."""
    path, level = [f"M{n(_LEFT)} {n(floor)}"], floor
    for x, y in points:
        path.append(f"L{n(x)} {n(level)}L{n(x)} {n(y)}")
        level = y
    path.append(f"L{n(end)} {n(level)}")
    return Markup('<path d="{}" fill="none" stroke="{}" stroke-width="{}"/>').format("".join(path), colour, n(width))


def _apart(labels: list[tuple[float, str, str, int]], least: float = 16.0) -> list[tuple[float, str, str, int]]:
    """The labels from top to bottom, moved down where they would overlap."""
    placed: list[tuple[float, str, str, int]] = []
    for at, text, colour, weight in sorted(labels, key=lambda label: label[0]):
        lowest = placed[-1][0] + least if placed else at
        placed.append((max(at, lowest), text, colour, weight))
    return placed


# --- where the scores lie --------------------------------------------------------------------------------------------

_NAMES, _ROW, _LINE = 216.0, 29.0, 31
_HALF = Decimal("0.5")  # of a step: room beside the lowest and the highest score


def scores(strips: Sequence[_Strip], least: str | None, words: Words, title: str, description: str) -> Markup:
    """A line a list with a dot a score: full where it advances, a ring where not; `least` is the minimum score."""
    values = [Decimal(p.score) for strip in strips for p in strip.points] + ([Decimal(least)] if least else [])
    step = _tick(max(values) - min(values))
    low = (min(values) / step - _HALF).to_integral_value(ROUND_FLOOR) * step
    high = (max(values) / step + _HALF).to_integral_value(ROUND_CEILING) * step

    def x(value: Decimal) -> float:
        return _NAMES + 12 + (_WIDTH - _NAMES - 30) * float((value - low) / (high - low))

    floor = 8 + _ROW * len(strips)
    ticks = [low + i * step for i in range(int((high - low) / step) + 1)]
    drawn = [_line(x(t), 4, x(t), floor, _RULE, 0.6) for t in ticks]
    drawn += [_text(x(t), floor + 17, words.decimal(t, 0 if step >= 1 else 1), anchor="middle") for t in ticks]
    if least:
        drawn.append(_line(x(Decimal(least)), 0, x(Decimal(least)), floor, "#93191b", 1.2, "5 3"))
    for i, strip in enumerate(strips):
        y = 8 + _ROW * (i + 0.5)
        drawn += [*_named(y, strip.name), _line(_NAMES + 6, y, _WIDTH, y, _PALE, 1)]
        drawn += [_dot(x(Decimal(p.score)), y, p.outcome == "advances") for p in reversed(strip.points)]
    return svg(Markup("").join(drawn), title, description, floor + 26)


def _tick(spread: Decimal) -> Decimal:
    """The smallest step of the axis that reaches over the spread in eight."""
    steps = map(Decimal, ("0.1", "0.2", "0.5", "1", "2", "5", "10", "20", "50", "100", "1e9"))
    return next(step for step in steps if spread <= 8 * step)


def _dot(x: float, y: float, full: bool) -> Markup:
    return Markup('<circle cx="{}" cy="{}" r="5" fill="{}" stroke="{}" stroke-width="1.5" fill-opacity="{}"/>').format(
        n(x), n(y), _ACCENT if full else "#ffffff", _ACCENT if full else _SOFT, "0.85")


def _named(y: float, name: str) -> list[Markup]:
    """The name of a line of a chart, on two lines where it is long."""
    lines = wrap(name, _LINE, max_lines=2, placeholder=" …")
    first = y + 4 if len(lines) == 1 else y - 2
    return [_text(_NAMES, first + 13 * i, line, _INK, "end") for i, line in enumerate(lines)]


# --- which types comply ----------------------------------------------------------------------------------------------


def compliance(shares: Sequence[_Share], words: Words, title: str, description: str) -> Markup:
    """A bar a type of agency as long as its obliged bodies are many: those that comply, those in between, the rest."""
    most = max(share.obliged for share in shares)
    unit = (_WIDTH - _NAMES - 130) / most
    drawn = []
    for i, share in enumerate(shares):
        y, between = 6 + _ROW * i, share.short + share.rejected_only
        drawn += _named(y + 10, share.name)
        parts = (
            (share.compliant, _ACCENT),
            (between, "#c98a12"),
            (share.obliged - share.compliant - between, "#ffffff"),
        )
        drawn += _stacked(parts, _NAMES + 10, y, unit)
        text = words.say("picture.of", part=words.integer(share.compliant), whole=words.integer(share.obliged))
        drawn.append(_text(_NAMES + 18 + unit * share.obliged, y + 15, text, _INK))
    return svg(Markup("").join(drawn), title, description, 10 + _ROW * len(shares))


def _stacked(parts: Sequence[tuple[int, str]], x: float, y: float, unit: float) -> list[Markup]:
    drawn = []
    for count, colour in parts:
        if count:
            drawn.append(Markup(
                '<rect x="{}" y="{}" width="{}" height="19" fill="{}" stroke="{}" stroke-width="0.8"/>'
            ).format(n(x), n(y), n(unit * count), colour, _SOFT))
        x += unit * count
    return drawn
