"""Fits the log-linear models of `arxivie.pipes.linear` on annotated papers.

A training example is a group of candidates with features, of which some are right: the classes of a figure, the
metrics that it may belong to, and so on. The loss is the negative log of the probability that falls on the right
candidates of a group, plus an L2 penalty; L-BFGS finds the weights, so that no seed is needed.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import minimize

from arxivie.pipes.linear import Features, LinearModel
from arxivie.train.examples import Examples, frequent, matrix, numbered

#: features whose weights are all smaller than this say next to nothing and are not kept
_NEGLIGIBLE = 0.02
#: decimals of a weight
_DIGITS = 3
_ITERATIONS = 120


def fit_choice(examples: Examples, *, l2: float, at_least: int = 3) -> LinearModel:
    """A model with one class whose softmax over a group falls on its right candidates."""
    vocabulary = numbered(frequent(examples.rows, at_least))
    x = matrix(examples.rows, vocabulary)
    group = examples.groups
    right = np.asarray(examples.right)
    weight = np.asarray(examples.weights)

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        scores = x @ w
        top = np.full(len(examples.sizes), -np.inf)
        np.maximum.at(top, group, scores)
        e = np.exp(scores - top[group])
        total = np.bincount(group, e)
        good = np.maximum(np.bincount(group, e * right), 1e-12)
        gradient = x.T @ ((e / total[group] - e * right / good[group]) * weight[group])
        return float(weight @ (np.log(total) - np.log(good)) + 0.5 * l2 * w @ w), gradient + l2 * w

    w = minimize(loss, np.zeros(len(vocabulary)), jac=True, method="L-BFGS-B", options={"maxiter": _ITERATIONS}).x
    return LinearModel(
        ["right"], {f: [round(float(w[k]), _DIGITS)] for f, k in vocabulary.items() if abs(w[k]) > _NEGLIGIBLE}
    )


def fit_binary(
    rows: Sequence[Features], right: Sequence[bool], weights: Sequence[float], *, l2: float, at_least: int = 3
) -> LinearModel:
    """A logistic regression: the probability that a candidate is right by itself."""
    examples = Examples()
    for row, good, weight in zip(rows, right, weights, strict=True):
        # a candidate against a rival without features, whose score is 0
        examples.add([row, {}], [good, not good], weight)
    return fit_choice(examples, l2=l2, at_least=at_least)


def fit_classes(
    rows: Sequence[Features],
    labels: Sequence[str],
    weights: Sequence[float],
    classes: Sequence[str],
    *,
    l2: float,
    at_least: int = 3,
) -> LinearModel:
    """A multinomial logistic regression over the classes."""
    vocabulary = numbered(frequent(rows, at_least))
    x = matrix(rows, vocabulary)
    y = np.zeros((len(rows), len(classes)))
    y[np.arange(len(rows)), [list(classes).index(label) for label in labels]] = 1
    weight = np.asarray(weights)[:, None]

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        w = flat.reshape(len(vocabulary), len(classes))
        scores = x @ w
        scores -= scores.max(axis=1, keepdims=True)
        p = np.exp(scores)
        p /= p.sum(axis=1, keepdims=True)
        value = -float((weight * y * np.log(np.maximum(p, 1e-12))).sum()) + 0.5 * l2 * float(flat @ flat)
        return value, np.asarray(x.T @ (weight * (p - y))).ravel() + l2 * flat

    flat = minimize(
        loss, np.zeros(len(vocabulary) * len(classes)), jac=True, method="L-BFGS-B", options={"maxiter": _ITERATIONS}
    ).x
    w = flat.reshape(len(vocabulary), len(classes))
    kept = {
        f: [round(float(v), _DIGITS) for v in w[k]] for f, k in vocabulary.items() if np.abs(w[k]).max() > _NEGLIGIBLE
    }
    return LinearModel(classes, kept)
