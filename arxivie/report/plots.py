"""Plots as SVG made at build time: no script, no style attributes, a table of the same figures beside each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from math import ceil, floor, log10
from typing import NamedTuple

from markupsafe import Markup

from arxivie.report.cards import spelled


class Point(NamedTuple):
    """A figure at a day.

    Attributes:
        name: the figure and whose it is. href: where it is stated.
        best: none before it was better. quoted: it is other people's.
    """

    day: date
    value: float
    name: str
    href: str
    best: bool
    quoted: bool


class Bar(NamedTuple):
    """A bar: what it stands for, and how high it is."""

    name: str
    value: float
    shown: str


def ticks(low: float, high: float, about: int = 4, *, whole: bool = False) -> list[float]:
    """Round numbers that span [low, high]; the first is at most ``low``, the last at least ``high``.

    Args:
        about: how many there may be at most, but for the ends.
        whole: only whole numbers.
    """
    size = max(1.0, abs(low), abs(high))
    span = high - low if high - low > 1e-9 * size else size
    power = 10.0 ** floor(log10(span / about))
    step = next(power * m for m in (1, 2, 2.5, 5, 10, 20) if span / (power * m) <= about)
    step = float(ceil(step)) if whole else step
    first = floor(low / step + 1e-9)
    made = [first * step]
    while made[-1] < high - step * 1e-9:
        made.append((first + len(made)) * step)
    return made if len(made) > 1 else [made[0], made[0] + step]


def bars(title: str, data: Sequence[Bar], *, wide: bool = False) -> Markup:
    """Upright bars, the first and the last named below."""
    width, height, left, bottom, top = 640 if wide else 320, 190 if wide else 150, 34, 22, 10
    levels = ticks(0, max((bar.value for bar in data), default=1) or 1, 3, whole=True)
    inner, tall, highest = width - left - 4, height - top - bottom, levels[-1]
    parts = _grid(levels, left, width - 4, lambda v: height - bottom - tall * v / highest)
    step = inner / max(len(data), 1)
    for number, bar in enumerate(data):
        rise = tall * bar.value / highest
        box = left + (number + 0.1) * step, height - bottom - rise, step * 0.8, rise
        rect = Markup('<rect x="{}" y="{}" width="{}" height="{}"><title>{}: {}</title></rect>')
        parts.append(rect.format(*map(_r, box), bar.name, bar.shown))
    if data:
        parts.append(_text(left, height - 6, data[0].name, "start"))
    if len(data) > 1:
        parts.append(_text(width - 4, height - 6, data[-1].name, "end"))
    return _svg(title, width, height, parts)


def progress(title: str, points: Sequence[Point], unit: str | None) -> Markup:
    """Figures over time with a line through the best so far; points are rings where quoted, dots elsewhere."""
    width, height, left, right, bottom, top = 640, 300, 56, 20, 34, 16
    levels = ticks(min(p.value for p in points), max(p.value for p in points))
    first, last = min(p.day for p in points), max(p.day for p in points)
    days = (last - first).days or 1

    def x(day: date) -> float:
        return left + (width - left - right) * ((day - first).days / days if last > first else 0.5)

    def y(value: float) -> float:
        return height - bottom - (height - bottom - top) * (value - levels[0]) / (levels[-1] - levels[0])

    parts = _grid(levels, left, width - right, y, unit)
    best = sorted((p for p in points if p.best), key=lambda p: p.day)
    if best:
        steps = [f"M{_r(x(best[0].day))} {_r(y(best[0].value))}"]
        steps += [f"H{_r(x(p.day))}V{_r(y(p.value))}" for p in best[1:]]
        parts.append(Markup('<path class="best" d="{}"/>').format("".join(steps) + f"H{width - right}"))
        parts.append(_text(width - right, y(best[-1].value) - 9, best[-1].name, "end"))
    for p in sorted(points, key=lambda p: (p.best, p.day)):
        kind = "quoted" if p.quoted else "best" if p.best else "level"
        dot = Markup('<circle class="{}" cx="{}" cy="{}" r="{}"><title>{}</title></circle>').format(
            kind, _r(x(p.day)), _r(y(p.value)), 5 if p.best else 4, p.name
        )
        parts.append(Markup('<a href="{}">{}</a>').format(p.href, dot) if p.best else dot)
    parts.append(_text(x(first), height - 10, spelled(first), "start" if last > first else "middle"))
    if last > first:
        parts.append(_text(width - right, height - 10, spelled(last), "end"))
    return _svg(title, width, height, parts)


def _grid(
    levels: Sequence[float], left: float, right: float, y: Callable[[float], float], unit: str | None = None
) -> list[Markup]:
    parts = []
    for level in levels:
        at = _r(y(level))
        parts.append(Markup('<line class="grid" x1="{}" x2="{}" y1="{}" y2="{}"/>').format(left, right, at, at))
        parts.append(_text(left - 6, y(level) + 4, f"{level:g}{unit if unit == '%' else ''}", "end"))
    return parts


def _text(x: float, y: float, content: str, anchor: str) -> Markup:
    return Markup('<text x="{}" y="{}" text-anchor="{}">{}</text>').format(_r(x), _r(y), anchor, content)


def _svg(title: str, width: int, height: int, parts: Sequence[Markup]) -> Markup:
    return Markup('<svg class="plot" role="group" aria-label="{}" viewBox="0 0 {} {}">{}</svg>').format(
        title, width, height, Markup("").join(parts)
    )


def _r(number: float) -> str:
    return f"{number:.1f}"
