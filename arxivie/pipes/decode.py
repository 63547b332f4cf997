"""What the tagger's four heads mean, and how their probabilities become spans. Pure numpy.

A head is a softmax over its labels for each token. ``entity`` and ``claim`` are BIO heads, decoded by Viterbi under
the one constraint that ``I-x`` follows ``B-x`` or ``I-x``. ``role`` is meant on mentions of datasets and methods,
``quantity`` on numbers; elsewhere their rows say nothing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]

#: a token this surely outside is not looked at again
_CERTAIN = 0.995

ENTITY_TYPES = ("dataset", "method", "generic_method", "task", "metric")
CLAIM_TYPES = ("sota", "improves", "competitive", "background")
ROLES = {"dataset": ("introduced", "used", "mentioned"), "method": ("proposed", "compared", "used", "mentioned")}
QUANTITIES = ("none", "score", "gain", "ratio", "loss", "other_score")


def bio(types: Sequence[str]) -> tuple[str, ...]:
    """``O``, then ``B-x`` and ``I-x`` for every type: label 0, and 2k+1 and 2k+2 for type number k."""
    return ("O", *(f"{part}-{name}" for name in types for part in "BI"))


#: head -> its labels, in the order of the columns
HEADS: dict[str, tuple[str, ...]] = {
    "entity": bio(ENTITY_TYPES),
    "role": tuple(f"{label}:{role}" for label, roles in ROLES.items() for role in roles),
    "quantity": QUANTITIES,
    "claim": bio(CLAIM_TYPES),
}

#: label -> role -> the number of its column in the head ``role``
ROLE_COLUMNS = {
    label: {role: HEADS["role"].index(f"{label}:{role}") for role in roles} for label, roles in ROLES.items()
}

_NUMBER_WORDS = frozenset(
    """one two three four five six seven eight nine ten twenty thirty forty fifty hundred thousand million billion half
    halve halved halves halving third quarter twice thrice double doubled doubles doubling triple tripled tripling
    quadruple quadrupled once order orders magnitude fold twofold threefold fourfold fivefold tenfold submillisecond
    sub""".split()  # noqa: SIM905 (a list of sixty quoted words is harder to read and to extend)
)


def is_number(word: str) -> bool:
    """Whether a token may state a figure: it holds a digit (and is no address) or is a number word."""
    return (any(c.isdigit() for c in word) and "://" not in word) or word.lower() in _NUMBER_WORDS


def viterbi(log_probabilities: Floats) -> list[int]:
    """The most probable legal BIO path.

    Args:
        log_probabilities: [tokens, labels], labels as in `bio`.

    Returns:
        one label number a token.
    """
    return _best_path(np.asarray(log_probabilities, dtype=np.float64).tolist())


def _best_path(rows: Sequence[Sequence[float]]) -> list[int]:
    """`viterbi` over plain lists: the tables are a few numbers wide, where numpy's overhead is most of the time."""
    if not rows:
        return []
    begins = range(1, len(rows[0]), 2)
    best = [-math.inf if k and k % 2 == 0 else score for k, score in enumerate(rows[0])]
    back: list[list[int]] = []
    for row in rows[1:]:
        top = best.index(max(best))
        came = [top] * len(best)
        now = [best[top] + score for score in row]
        for begin in begins:
            inside = begin + 1
            # an inside label may only be reached from the begin or the inside label of its own type
            came[inside] = begin if best[begin] >= best[inside] else inside
            now[inside] = best[came[inside]] + row[inside]
        back.append(came)
        best = now
    path = [best.index(max(best))]
    for came in reversed(back):
        path.append(came[path[-1]])
    return path[::-1]


def spans_of(path: Sequence[int] | NDArray[np.integer]) -> list[tuple[int, int, int]]:
    """(start, end, type number) of every span on a legal BIO path."""
    spans: list[tuple[int, int, int]] = []
    for i, label in enumerate(path):
        if label == 0:
            continue
        kind, inside = divmod(int(label) - 1, 2)
        if inside and spans and spans[-1][1] == i and spans[-1][2] == kind:
            spans[-1] = (spans[-1][0], i + 1, kind)
        else:
            spans.append((i, i + 1, kind))
    return spans


def span_score(probabilities: Floats, start: int, end: int, kind: int) -> float:
    """The model's probability that [start, end) is exactly a span of type ``kind``, tokens taken as independent.

    It is P(B-kind) of the first token, P(I-kind) of the others, and that no I-kind follows, as a geometric mean,
    so that long names are not punished for their length.
    """
    begin, inside = 2 * kind + 1, 2 * kind + 2
    factors = [float(probabilities[start, begin])]
    factors += [float(probabilities[i, inside]) for i in range(start + 1, end)]
    if end < len(probabilities):
        factors.append(1.0 - float(probabilities[end, inside]))
    return math.exp(math.fsum(math.log(min(max(factor, 1e-6), 1.0)) for factor in factors) / len(factors))


def decode(probabilities: Floats) -> list[tuple[int, int, int, float]]:
    """(start, end, type number, score) of the spans on the best path through a BIO head.

    Tokens that are outside with near certainty are outside; Viterbi runs on what lies between them.
    """
    values = np.asarray(probabilities, dtype=np.float32)
    if not len(values):
        return []
    open_ = np.flatnonzero(values[:, 0] < _CERTAIN)
    logs = np.log(np.clip(values[open_], 1e-6, 1.0)).tolist()
    breaks = [*(np.flatnonzero(np.diff(open_) > 1) + 1).tolist(), len(logs)]
    found: list[tuple[int, int, int, float]] = []
    for low, high in pairwise([0, *breaks]):
        for start, end, kind in spans_of(_best_path(logs[low:high])):
            where = (start + int(open_[low]), end + int(open_[low]), kind)
            found.append((*where, span_score(values, *where)))
    return found
