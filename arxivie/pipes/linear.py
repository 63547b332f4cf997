"""Models over named features: what weighs candidates wherever a rule alone cannot decide.

Their weights are data (`arxivie.pipes.weights`), and every decision can be taken apart into the features that made it.
Most are log-linear (`LinearModel`); `arxivie.pipes.hidden` has those that also weigh features together.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from operator import add

Features = Mapping[str, float]

#: behind the name of a model that was learned with the tagger, for Docs that the tagger has seen
TAGGED = "+tagger"


class Weigher(ABC):
    """Weighs candidates by their features.

    One with a single class scores candidates (`score`), one with several gives a distribution (`probabilities`).

    Attributes:
        classes: the names of the classes.
    """

    def __init__(self, classes: Sequence[str]) -> None:
        self.classes = tuple(classes)

    @abstractmethod
    def sums(self, features: Features) -> list[float]:
        """What the features add up to: the sums of two sets of features are those of both together."""

    @abstractmethod
    def settle(self, sums: Sequence[float]) -> list[float]:
        """One score a class, from the sums of all features."""

    @abstractmethod
    def _parts(self, features: Features, k: int) -> list[tuple[str, float]]:
        """The known features, each with what it added to the score of class ``k``."""

    def scores(self, features: Features) -> list[float]:
        """One score a class."""
        return self.settle(self.sums(features))

    def score(self, features: Features) -> float:
        """The score of the first class."""
        return self.scores(features)[0]

    def probability(self, features: Features) -> float:
        """For one class: the probability that the candidate is right."""
        return 1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, self.score(features)))))

    def probabilities(self, features: Features) -> dict[str, float]:
        """The distribution over the classes."""
        return dict(zip(self.classes, softmax(self.scores(features)), strict=True))

    def reasons(self, features: Features, label: str, most: int = 5) -> list[tuple[str, float]]:
        """The features that spoke loudest for or against a class, with what each added to its score."""
        return sorted(self._parts(features, self.classes.index(label)), key=lambda part: -abs(part[1]))[:most]


class LinearModel(Weigher):
    """Weights of shape [feature][class]; a score is the sum of value times weight over the features that are known."""

    def __init__(self, classes: Sequence[str], weights: Mapping[str, Sequence[float]]) -> None:
        super().__init__(classes)
        self.weights = {feature: tuple(row) for feature, row in weights.items()}

    def sums(self, features: Features) -> list[float]:
        """The scores."""
        known = zip(features.values(), map(self.weights.get, features), strict=True)
        rows = [row if value == 1.0 else [value * weight for weight in row] for value, row in known if row]
        return [reduce(add, column) for column in zip(*rows, strict=True)] if rows else [0.0] * len(self.classes)

    def settle(self, sums: Sequence[float]) -> list[float]:
        """The sums as they are."""
        return list(sums)

    def _parts(self, features: Features, k: int) -> list[tuple[str, float]]:
        return [(f, v * self.weights[f][k]) for f, v in features.items() if f in self.weights]


def share(p: float) -> str:
    """A probability, coarsely: the name of the interval that it lies in."""
    for edge in (0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.95, 0.98):
        if p < edge:
            return str(edge)
    return "1"


def softmax(scores: Iterable[float]) -> list[float]:
    """Scores as a distribution."""
    scores = list(scores)
    top = max(scores)
    exps = [math.exp(s - top) for s in scores]
    total = sum(exps)
    return [e / total for e in exps]


def applying(models: Mapping[str, Weigher], names: Iterable[str], *, tagged: bool) -> dict[str, Weigher]:
    """The models of these names: where the tagger has seen the Doc those learned with it, if there are such."""
    return {name: (models.get(name + TAGGED) if tagged else None) or models[name] for name in names}
