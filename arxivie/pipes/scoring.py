"""Scores of the tagger's heads against reference labels. Pure numpy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from arxivie.pipes.decode import ENTITY_TYPES, decode, spans_of
from arxivie.pipes.targets import IGNORE


class Count:
    """True positives, false positives and false negatives of one row."""

    def __init__(self) -> None:
        self.hit = self.extra = self.missed = 0

    def add(self, gold: set[Any], found: set[Any]) -> None:
        """Count one document."""
        self.hit += len(gold & found)
        self.extra += len(found - gold)
        self.missed += len(gold - found)

    def scores(self) -> dict[str, float]:
        """``p``, ``r`` and ``f``."""
        p = self.hit / max(1, self.hit + self.extra)
        r = self.hit / max(1, self.hit + self.missed)
        return {"p": p, "r": r, "f": 2 * p * r / (p + r) if p + r else 0.0}


def tagger_scores(pairs: Iterable[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> dict[str, Any]:
    """The scores of (reference labels by head, probabilities by head), one pair a document.

    ``tagger_p/r/f`` and ``tagger_per_type`` count exact mentions, generic methods left out of the former;
    ``tagger_claim_f`` exact claims; ``tagger_role_acc`` and ``tagger_quantity_acc`` tokens, the latter only those
    that report a result or are taken to.
    """
    total, claim = Count(), Count()
    by_type = {name: Count() for name in ENTITY_TYPES}
    right = {"role": 0, "quantity": 0}
    seen = {"role": 0, "quantity": 0}
    for gold, found in pairs:
        wanted = set(spans_of(gold["entity"]))
        got = {span[:3] for span in decode(found["entity"])}
        for kind, name in enumerate(ENTITY_TYPES):
            one = {s for s in wanted if s[2] == kind}, {s for s in got if s[2] == kind}
            by_type[name].add(*one)
            if name != "generic_method":
                total.add(*one)
        claim.add(set(spans_of(gold["claim"])), {span[:3] for span in decode(found["claim"])})
        for head in right:
            best = np.asarray(found[head]).argmax(axis=1)
            known = gold[head] != IGNORE
            if head == "quantity":
                known &= (gold[head] > 0) | (best > 0)
            seen[head] += int(known.sum())
            right[head] += int((best == gold[head])[known].sum())
    scores: dict[str, Any] = {f"tagger_{key}": value for key, value in total.scores().items()}
    scores["tagger_per_type"] = {name: count.scores() for name, count in by_type.items()}
    scores["tagger_claim_f"] = claim.scores()["f"]
    scores |= {f"tagger_{head}_acc": right[head] / max(1, seen[head]) for head in right}
    return scores
