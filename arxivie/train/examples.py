"""Groups of candidates with features, and the same as matrices: what the weighing of candidates is learned from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import csr_matrix

from arxivie.pipes.linear import Features


@dataclass
class Examples:
    """Groups of candidates.

    Attributes:
        rows: the features of every candidate, group after group.
        sizes: the number of candidates of each group.
        right: for each candidate, whether it is right.
        weights: the weight of each group.
    """

    rows: list[Features] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)

    def add(self, options: Sequence[Features], right: Sequence[bool], weight: float = 1.0) -> None:
        """Add a group of which at least one candidate is right."""
        self.rows += options
        self.right += right
        self.sizes.append(len(options))
        self.weights.append(weight)

    @property
    def groups(self) -> np.ndarray:
        """The number of the group of every candidate."""
        return np.repeat(np.arange(len(self.sizes)), self.sizes)


def matrix(rows: Sequence[Features], vocabulary: Mapping[str, int]) -> csr_matrix:
    """[rows, features]: the values of the features that ``vocabulary`` has a column for."""
    data, columns, starts = [], [], [0]
    for row in rows:
        for feature, value in row.items():
            column = vocabulary.get(feature)
            if column is not None and value:
                columns.append(column)
                data.append(value)
        starts.append(len(data))
    return csr_matrix((data, columns, starts), shape=(len(rows), len(vocabulary)))


def frequent(rows: Sequence[Features], at_least: int) -> list[str]:
    """The features that at least so many rows have, in the order of the alphabet."""
    counts = Counter(feature for row in rows for feature, value in row.items() if value)
    return sorted(f for f, n in counts.items() if n >= at_least)


def numbered(features: Sequence[str]) -> dict[str, int]:
    """Feature -> its column."""
    return {feature: k for k, feature in enumerate(features)}
