"""What each figure of a text is: a chain over the kinds of result, ``none`` among them.

Figures are weighed in the order of the text. What the one in front may be is a feature of the next
(`Context.kind_after`), so that a list keeps its kind and ``from 35.1 to 25.0`` changes it; the sums run over all kinds
of the forerunner by their probabilities, so no early mistake is binding.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from spacy.tokens import Doc

from arxivie.pipes.context import Context
from arxivie.pipes.linear import Features, Weigher, softmax
from arxivie.pipes.pointer import Pointer
from arxivie.pipes.quantities import Quantity

KINDS = ("none", "score", "gain", "ratio", "loss", "other_score")
#: the kinds whose value has no sign
CHANGES = frozenset({"gain", "ratio", "loss"})

#: a figure is a result unless it is none with more than this probability
NONE_THRESHOLD = 0.5
#: kinds of the forerunner that are less likely than this are passed over
_NEGLIGIBLE = 0.01
#: no opinion of the tagger counts for less than this probability
_FLOOR = 1e-3

QuantityView = Callable[[Doc, int], Mapping[str, float] | None]


def tagger_features(doc: Doc, q: Quantity, view: QuantityView, pointer: Pointer | None) -> dict[str, float]:
    """The tagger's two opinions on a figure as log probabilities, by kind: of its tokens among all others, and of the
    figure read by itself. Nothing where it has not seen the Doc.
    """
    seen = [p for i in range(q.start, q.end) if (p := view(doc, i)) is not None]
    if not seen:
        return {}
    f = {f"tagger={kind}": math.log(max(max(p.get(kind, 0.0) for p in seen), _FLOOR)) for kind in KINDS}
    if pointer is not None:
        f |= {f"pointer={kind}": math.log(max(chance, _FLOOR)) for kind, chance in pointer.kinds.items()}
    return f


def kind_chances(model: Weigher, context: Context, features: Sequence[Features]) -> list[dict[str, float]]:
    """The distribution over the kinds for every figure of a text.

    Args:
        model: a model with the classes `KINDS`.
        context: the text with its figures.
        features: what each figure is weighed by, whatever stands in front of it.
    """
    made: list[dict[str, float]] = []
    before: Quantity | None = None
    chances = {"none": 1.0}
    for q, row in zip(context.quantities, features, strict=True):
        own = model.sums(row)
        totals = dict.fromkeys(model.classes, 0.0)
        for kind, chance in chances.items():
            if chance < _NEGLIGIBLE:
                continue
            after = model.sums(context.kind_after(q, before, kind))
            shares = softmax(model.settle([a + b for a, b in zip(own, after, strict=True)]))
            for name, share in zip(model.classes, shares, strict=True):
                totals[name] += chance * share
        whole = sum(totals.values())
        chances = {name: total / whole for name, total in totals.items()}
        made.append(chances)
        before = q
    return made


def likely_kind(chances: Mapping[str, float]) -> str:
    """The kind of a figure: ``none``, or the likeliest of the others."""
    if chances["none"] > NONE_THRESHOLD:
        return "none"
    return max((kind for kind in chances if kind != "none"), key=chances.__getitem__)
