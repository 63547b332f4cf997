"""Honest confidences: how often a span of a given score is right, measured on the development texts."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit

from arxivie.pipes.decode import CLAIM_TYPES, ENTITY_TYPES, decode, spans_of
from arxivie.pipes.tagger import calibrated

#: how strongly few spans are drawn to "the score is the probability"
_PRIOR = 4.0
Outcome = tuple[float, bool]
Pairs = Iterable[tuple[Mapping[str, Any], Mapping[str, Any]]]


def outcomes(pairs: Pairs) -> dict[str, list[Outcome]]:
    """(score, whether it is exactly a reference span) of all decoded spans, by type; claims as ``claim.<status>``.

    Args:
        pairs: (reference labels by head, probabilities by head) of each document.
    """
    found: dict[str, list[Outcome]] = {}
    for gold, probabilities in pairs:
        for head, prefix, types in (("entity", "", ENTITY_TYPES), ("claim", "claim.", CLAIM_TYPES)):
            wanted = set(spans_of(gold[head]))
            for start, end, kind, score in decode(probabilities[head]):
                right = (start, end, kind) in wanted
                if head == "claim":
                    # a claim counts as right where half of either is in the other, as in scoring
                    right = any(
                        k == kind and 2 * (min(e, end) - max(s, start)) >= min(e - s, end - start) for s, e, k in wanted
                    )
                found.setdefault(prefix + types[kind], []).append((score, right))
    return found


def line(pairs: Sequence[Outcome]) -> tuple[float, float]:
    """Slope and offset of the logistic curve through the outcomes (Platt), drawn to 1 and 0 where they are few."""
    x = np.array([_logit(score) for score, _ in pairs])
    y = np.array([float(right) for _, right in pairs])
    prior = np.array([1.0, 0.0])
    inputs = np.stack([x, np.ones_like(x)], axis=1)

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        scores = inputs @ w
        value = np.logaddexp(0.0, scores).sum() - y @ scores + 0.5 * _PRIOR * ((w - prior) ** 2).sum()
        return float(value), inputs.T @ (expit(scores) - y) + _PRIOR * (w - prior)

    w = minimize(loss, prior, jac=True, method="L-BFGS-B").x
    return round(float(max(w[0], 0.05)), 4), round(float(w[1]), 4)


def lines(found: Mapping[str, Sequence[Outcome]]) -> dict[str, list[float]]:
    """Type -> [slope, offset]."""
    return {name: list(line(pairs)) for name, pairs in sorted(found.items())}


def reliability(
    found: Mapping[str, Sequence[Outcome]], fitted: Mapping[str, Sequence[float]], bins: int = 5
) -> list[tuple[str, int, float, float]]:
    """(bin, spans, mean confidence, share that is right) over all types of mentions, after calibration."""
    rows: list[tuple[str, int, float, float]] = []
    pairs = [
        (calibrated(score, fitted.get(name)), right)
        for name, some in found.items()
        if not name.startswith("claim.")
        for score, right in some
    ]
    for k in range(bins):
        low, high = k / bins, (k + 1) / bins
        here = [(p, r) for p, r in pairs if low <= p < high or (k == bins - 1 and p == 1.0)]
        if here:
            n = len(here)
            rows.append((f"{low:.1f}–{high:.1f}", n, sum(p for p, _ in here) / n, sum(r for _, r in here) / n))
    return rows


def expected_error(rows: Sequence[tuple[str, int, float, float]]) -> float:
    """The mean distance of confidence and share, weighed by spans."""
    return sum(n * abs(p - r) for _, n, p, r in rows) / max(1, sum(n for _, n, _, _ in rows))


def _logit(score: float) -> float:
    score = min(max(score, 1e-4), 1.0 - 1e-4)
    return math.log(score / (1.0 - score))
