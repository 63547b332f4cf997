"""Log-linear models over named features: what weighs candidates wherever a rule alone cannot decide.

The weights are data (``arxivie/model/linear.json``), trained by ``arxivie train`` and readable by people: every
decision can be taken apart into the features that made it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache, reduce
from operator import add
from pathlib import Path

from arxivie.errors import ConfigurationError

Features = Mapping[str, float]

#: behind the name of a model that was learned with the tagger, for Docs that the tagger has seen
TAGGED = "+tagger"

WEIGHTS = Path(__file__).resolve().parent.parent / "model" / "linear.json"


class LinearModel:
    """Weights of shape [feature][class].

    A model with one class scores candidates (`score`), one with several gives a distribution (`probabilities`).
    """

    def __init__(self, classes: Sequence[str], weights: Mapping[str, Sequence[float]]) -> None:
        self.classes = tuple(classes)
        self.weights = {feature: tuple(row) for feature, row in weights.items()}

    def scores(self, features: Features) -> list[float]:
        """One score a class: the sum of value times weight over the features that are known."""
        known = zip(features.values(), map(self.weights.get, features), strict=True)
        rows = [row if value == 1.0 else [value * weight for weight in row] for value, row in known if row]
        return [reduce(add, column) for column in zip(*rows, strict=True)] if rows else [0.0] * len(self.classes)

    def score(self, features: Features) -> float:
        """The score of the first class."""
        return self.scores(features)[0]

    def probability(self, features: Features) -> float:
        """For a model with one class: the probability that the candidate is right."""
        return 1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, self.score(features)))))

    def probabilities(self, features: Features) -> dict[str, float]:
        """The distribution over the classes."""
        return dict(zip(self.classes, softmax(self.scores(features)), strict=True))

    def reasons(self, features: Features, label: str, most: int = 5) -> list[tuple[str, float]]:
        """The features that spoke loudest for or against a class, with what each added to its score."""
        k = self.classes.index(label)
        parts = [(f, v * self.weights[f][k]) for f, v in features.items() if f in self.weights]
        return sorted(parts, key=lambda part: -abs(part[1]))[:most]


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


def applying(models: Mapping[str, LinearModel], names: Iterable[str], *, tagged: bool) -> dict[str, LinearModel]:
    """The models of these names: where the tagger has seen the Doc those learned with it, if there are such."""
    return {name: (models.get(name + TAGGED) if tagged else None) or models[name] for name in names}


@lru_cache(maxsize=4)
def load_models(path: Path = WEIGHTS) -> dict[str, LinearModel]:
    """The models of a weights file by name.

    Raises:
        ConfigurationError: where the file is missing or is no weights file.
    """
    try:
        data = json.loads(path.read_text("utf-8"))
        return {name: LinearModel(m["classes"], m["weights"]) for name, m in data["models"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConfigurationError(
            f"{path} holds no weights: {error}; rebuild them with `python -m arxivie.train.weights`"
        ) from error
