"""The tagger's probabilities as `resolve` asks for them."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from spacy.tokens import Doc

from arxivie.pipes.candidates import Span
from arxivie.pipes.decode import ENTITY_TYPES
from arxivie.pipes.entity_features import Tagged
from arxivie.pipes.pointer import pointers
from arxivie.pipes.roles import ROLES
from arxivie.pipes.tagger import KEY, calibrated, entity_spans, quantity_probabilities, role_probabilities


class SpanScores:
    """The scores of `arxivie.pipes.decode.span_score` for any number of spans of one Doc, in constant time each."""

    def __init__(self, doc: Doc) -> None:
        stored = doc.user_data[KEY]
        self._lines = stored["calibration"]
        chances = np.clip(np.asarray(stored["entity"], dtype=np.float64), 1e-6, 1.0)
        self._n = len(chances)
        begins, insides = chances[:, 1::2], chances[:, 2::2]
        self._begin = np.log(begins).T.tolist()
        self._after = np.log(np.clip(1.0 - insides, 1e-6, 1.0)).T.tolist()
        sums = np.zeros((insides.shape[1], self._n + 1))
        np.cumsum(np.log(insides).T, axis=1, out=sums[:, 1:])
        self._inside = sums.tolist()
        self._known: dict[Span, dict[str, float]] = {}

    def __call__(self, start: int, end: int) -> dict[str, float]:
        """Label -> the calibrated probability that the tokens [start, end) are a mention of it."""
        if (start, end) not in self._known:
            self._known[start, end] = {name: self._score(start, end, k) for k, name in enumerate(ENTITY_TYPES)}
        return self._known[start, end]

    def _score(self, start: int, end: int, k: int) -> float:
        total = self._begin[k][start] + self._inside[k][end] - self._inside[k][start + 1]
        count = end - start
        if end < self._n:
            total, count = total + self._after[k][end], count + 1
        return calibrated(math.exp(total / count), self._lines.get(ENTITY_TYPES[k]))


def tagger_view(doc: Doc) -> Tagged | None:
    """The view of a Doc that the tagger has seen, else None."""
    if KEY not in doc.user_data:
        return None

    def roles(mentions: Sequence[Span], label: str) -> list[float]:
        totals = [0.0] * len(ROLES[label])
        for start, end in mentions[:6]:
            chances = role_probabilities(doc, start, end, label)
            for k, role in enumerate(ROLES[label]):
                totals[k] += math.log(max(chances[role], 1e-4)) / min(len(mentions), 6)
        return totals

    def result(token: int) -> float:
        return 1.0 - quantity_probabilities(doc, token)["none"]

    spans = frozenset((s, e, label) for s, e, label, _ in entity_spans(doc))
    return Tagged(spans, SpanScores(doc), roles, result, pointers(doc))
