"""One board: what can be ranked against each other."""

from __future__ import annotations

from dataclasses import dataclass

from arxivie.leaderboard.row import Row


@dataclass(frozen=True)
class Board:
    """What can be ranked against each other.

    Attributes:
        dataset, metric: canonical names. split: the part of the dataset, None where the texts do not say it.
        unit: of the scores, None for bare numbers. better: higher, lower, or None where that is not known.
        rows: levels, best first (by date where ``better`` is None); quoted ones among them.
        changes: gains, losses and ratios, newest first; never ranked with levels.
    """

    dataset: str
    split: str | None
    metric: str
    unit: str | None
    better: str | None
    rows: tuple[Row, ...]
    changes: tuple[Row, ...] = ()
