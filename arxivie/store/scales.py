"""Scales: which direction of a metric is better, and which numbers are on one scale.

0.876 and 87.6 % are one number only where the metric's usual unit says so: where that is ``%`` or ``points`` (of a
hundred), a bare number up to 1 is a share and is multiplied by 100, a larger one is taken as it is. A bare number of
any other metric has the metric's usual unit. Times are converted into each other. Everything else keeps its own unit,
and figures in different units are never ranked against each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from arxivie.rules.pack import Measure

_SECONDS = {"µs": 1e-6, "us": 1e-6, "ms": 1e-3, "s": 1.0, "min": 60.0, "h": 3600.0, "days": 86400.0}
_HUNDREDTHS = frozenset({"%", "points"})
#: digits kept, so that 0.876 times 100 is 87.6
_DIGITS = 9


class Figure(NamedTuple):
    """A value on the scale that figures of its metric are compared on; ``unit`` None for a bare number."""

    value: float
    value_max: float | None
    error: float | None
    unit: str | None


def compare_on(
    measure: Measure | None, value: float, unit: str | None, *, top: float | None = None, error: float | None = None
) -> Figure:
    """A reported value on the scale of its metric.

    Args:
        measure: what is known of the metric; None leaves the value as it is.
        value, unit: as reported.
        top: the upper end of a range.
        error: the half-width behind ``±``.
    """
    usual = measure.unit if measure is not None else None
    factor, to = _conversion(usual, unit, max(value, top if top is not None else value))

    def scaled(x: float | None) -> float | None:
        return None if x is None else round(x * factor, _DIGITS) if factor != 1 else x

    # the error of a bare 87.6 may be bare as well, so one factor serves all three
    return Figure(scaled(value) or 0.0, scaled(top), scaled(error), to)


def _conversion(usual: str | None, unit: str | None, largest: float) -> tuple[float, str | None]:
    if usual in _HUNDREDTHS and (unit is None or unit in _HUNDREDTHS):
        return (100.0 if unit is None and 0 <= largest <= 1 else 1.0), usual
    if unit is None:
        return 1.0, usual
    if usual in _SECONDS and unit in _SECONDS:
        return _SECONDS[unit] / _SECONDS[usual], usual
    return 1.0, unit


def direction(
    name: str, measure: Measure | None, endings: Sequence[tuple[str, str]]
) -> Literal["higher", "lower"] | None:
    """Whether higher or lower is better: from the metric's data, else from its last words, else None.

    Args:
        name: the metric's canonical name.
        measure: what is known of it.
        endings: ``(last words, better)``, longest first.
    """
    if measure is not None:
        return measure.better
    words = " " + name.casefold().replace("-", " ")
    for ending, better in endings:
        if words.endswith(" " + ending.replace("-", " ")):
            return "higher" if better == "higher" else "lower"
    return None
