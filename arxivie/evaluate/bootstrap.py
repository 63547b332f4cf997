"""Confidence intervals by resampling papers."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

#: the seed of every interval that is not asked for with another
SEED = 20251121
SAMPLES = 1000
LEVEL = 0.95


class Interval(NamedTuple):
    """The percentiles between which a score lies in ``LEVEL`` of the resampled collections."""

    low: float
    high: float


def f1_intervals(
    counts: NDArray[np.int64], *, samples: int = SAMPLES, seed: int = SEED, level: float = LEVEL
) -> list[Interval]:
    """An interval for the F1 of each row.

    Papers are drawn with replacement, since the facts of one paper stand or fall together.

    Args:
        counts: [papers, rows, 3]: true positives, false positives, false negatives of each paper.
        samples: how many collections are drawn.
        seed: of the draws; equal seeds give equal intervals.
        level: the share of the samples that lies inside.
    """
    papers, rows, _ = counts.shape
    if not papers:
        return [Interval(0.0, 0.0)] * rows
    chance = np.random.default_rng(seed)
    drawn = chance.multinomial(papers, np.full(papers, 1 / papers), size=samples)
    sums = (drawn @ counts.reshape(papers, rows * 3)).reshape(samples, rows, 3)
    tp, errors = sums[:, :, 0], sums[:, :, 1] + sums[:, :, 2]
    f1 = 2 * tp / np.maximum(2 * tp + errors, 1)
    low, high = np.quantile(f1, [(1 - level) / 2, (1 + level) / 2], axis=0)
    return [Interval(float(a), float(b)) for a, b in zip(low, high, strict=True)]
