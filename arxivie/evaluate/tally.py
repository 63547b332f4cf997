"""Matching what was extracted with what was annotated, and counting it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, NamedTuple, TypeVar

T = TypeVar("T")


class Miss(NamedTuple):
    """One error: a fact that was ``missed``, or one that was found in ``extra``."""

    kind: Literal["extra", "missed"]
    paper: str
    fact: str


class Matching(NamedTuple, Generic[T]):
    """A one-to-one matching: pairs (annotated, extracted), what is left of the extracted and of the annotated."""

    pairs: list[tuple[T, T]]
    extra: list[T]
    missed: list[T]


def match(gold: Iterable[T], predicted: Iterable[T], same: Callable[[T, T], bool]) -> Matching[T]:
    """Greedy and in order: each extracted fact takes the first annotated one that is still free and the same."""
    free = list(gold)
    pairs, extra = [], []
    for fact in predicted:
        at = next((k for k, candidate in enumerate(free) if same(candidate, fact)), None)
        if at is None:
            extra.append(fact)
        else:
            pairs.append((free.pop(at), fact))
    return Matching(pairs, extra, free)


@dataclass(slots=True)
class Tally:
    """True positives, false positives and false negatives of one row, with the errors one by one."""

    tp: int = 0
    fp: int = 0
    fn: int = 0
    misses: list[Miss] = field(default_factory=list)

    def add_pairs(self, paper: str, found: Matching[Any], label: Callable[[Any], str]) -> None:
        """Count a matching."""
        self.tp += len(found.pairs)
        self.fp += len(found.extra)
        self.fn += len(found.missed)
        self.misses += [Miss("extra", paper, label(fact)) for fact in found.extra]
        self.misses += [Miss("missed", paper, label(fact)) for fact in found.missed]

    def add_sets(
        self, paper: str, gold: Collection[Any], predicted: Collection[Any], optional: Collection[Any] = ()
    ) -> None:
        """Count two sets; members of ``optional`` are neither rewarded nor punished."""
        extra = [fact for fact in predicted if fact not in gold and fact not in optional]
        missed = [fact for fact in gold if fact not in predicted]
        hits = sum(fact in gold for fact in predicted)
        self.add_pairs(
            paper, Matching([(None, None)] * hits, sorted(extra, key=_shown), sorted(missed, key=_shown)), _shown
        )

    def add(self, other: Tally) -> None:
        """Add the counts of another tally."""
        self.tp += other.tp
        self.fp += other.fp
        self.fn += other.fn
        self.misses += other.misses

    @property
    def precision(self) -> float:
        """The share of the extracted facts that are annotated; 0 where nothing was extracted."""
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else 0.0

    @property
    def recall(self) -> float:
        """The share of the annotated facts that were extracted; 0 where nothing is annotated."""
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0

    @property
    def n(self) -> int:
        """How many facts are annotated."""
        return self.tp + self.fn


def _shown(fact: Any) -> str:
    if isinstance(fact, tuple):
        return " ".join(_shown(part) for part in fact)
    return "" if fact is None else str(fact)
