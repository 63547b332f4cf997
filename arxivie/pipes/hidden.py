"""Models with a layer of hidden units: features that mean something else beside each other.

How far off a mention stands, what lies between and where the tagger points say little each by itself; a log-linear
model would need a feature for every combination. Each feature here adds to the scores, as there, and to some hidden
units as well; what of these is above zero adds to the scores again::

    scores = Σ value · row[:classes] + out · max(0, bias + Σ value · row[classes:])
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from arxivie.pipes.linear import Features, Weigher

Arrays = dict[str, NDArray[Any]]


class HiddenModel(Weigher):
    """See the module.

    Attributes:
        known: feature -> its row.
        rows: [features, classes + units], numbers of half precision, as they are stored.
        bias: [units].
        out: [classes, units].
    """

    def __init__(
        self,
        classes: Sequence[str],
        features: Sequence[str],
        rows: NDArray[Any],
        bias: NDArray[Any],
        out: NDArray[Any],
    ) -> None:
        super().__init__(classes)
        self.known = {feature: k for k, feature in enumerate(features)}
        self.rows = np.asarray(rows, dtype=np.float16).astype(np.float32)
        self.bias, self.out = (np.asarray(x, dtype=np.float32) for x in (bias, out))
        wanted = len(self.known), len(self.classes) + len(self.bias)
        if self.rows.shape != wanted or self.out.shape != (len(self.classes), len(self.bias)):
            raise ValueError(f"rows {self.rows.shape} and out {self.out.shape} do not fit features, classes and units")

    def sums(self, features: Features) -> list[float]:
        """The sums of the rows: of the classes, then of the hidden units without their bias."""
        found = [(k, value) for f, value in features.items() if (k := self.known.get(f)) is not None]
        if not found:
            return [0.0] * self.rows.shape[1]
        numbers, values = zip(*found, strict=True)
        made: list[float] = (np.array(values, dtype=np.float32) @ self.rows.take(numbers, axis=0)).tolist()
        return made

    def settle(self, sums: Sequence[float]) -> list[float]:
        """The scores."""
        row, n = np.array(sums, dtype=np.float32), len(self.classes)
        made: list[float] = (row[:n] + self.out @ np.maximum(0.0, row[n:] + self.bias)).tolist()
        return made

    def _parts(self, features: Features, k: int) -> list[tuple[str, float]]:
        """What the score would lack without each feature, all others being there."""
        whole = self.sums(features)
        score = self.settle(whole)[k]
        made = []
        for feature, value in features.items():
            if feature in self.known:
                rest = [a - b for a, b in zip(whole, self.sums({feature: value}), strict=True)]
                made.append((feature, score - self.settle(rest)[k]))
        return made


def stored(models: Mapping[str, HiddenModel]) -> Arrays:
    """Models as arrays, for ``np.savez``: five a model, ``<name>/<part>``; names are JSON lists in UTF-8."""
    arrays: Arrays = {}
    for name, model in sorted(models.items()):
        for part, names in (("classes", model.classes), ("features", model.known)):
            arrays[f"{name}/{part}"] = np.frombuffer(json.dumps([*names]).encode(), dtype=np.uint8)
        arrays |= {f"{name}/rows": model.rows.astype(np.float16), f"{name}/bias": model.bias, f"{name}/out": model.out}
    return arrays


def restored(arrays: Mapping[str, NDArray[Any]]) -> dict[str, HiddenModel]:
    """The models of `stored` arrays.

    Raises:
        ValueError: where they do not fit together.
        KeyError: where one is missing.
    """
    made = {}
    for name in sorted({key.rpartition("/")[0] for key in arrays}):
        classes, features = (json.loads(arrays[f"{name}/{part}"].tobytes()) for part in ("classes", "features"))
        made[name] = HiddenModel(classes, features, *(arrays[f"{name}/{part}"] for part in ("rows", "bias", "out")))
    return made
