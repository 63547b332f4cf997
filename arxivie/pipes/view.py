"""The tagger's probabilities as `resolve` asks for them."""

from __future__ import annotations

import math
from collections.abc import Sequence

from spacy.tokens import Doc

from arxivie.pipes.candidates import Span
from arxivie.pipes.entity_features import Tagged
from arxivie.pipes.roles import ROLES

KEY = "arxivie_tagger"
#: how much the tagger's opinion on a role counts beside the context's; chosen on the development split
ROLE_WEIGHT = 1.0


def tagger_view(doc: Doc) -> Tagged | None:
    """The view of a Doc that the tagger has seen, else None."""
    if KEY not in doc.user_data:
        return None
    from arxivie.pipes.tagger import entity_spans, role_probabilities, span_probability

    def probability(start: int, end: int, label: str) -> float:
        return span_probability(doc, start, end, label)

    def roles(mentions: Sequence[Span], label: str) -> list[float]:
        totals = [0.0] * len(ROLES[label])
        for start, end in mentions[:6]:
            chances = role_probabilities(doc, start, end, label)
            for k, role in enumerate(ROLES[label]):
                totals[k] += math.log(max(chances[role], 1e-4)) / min(len(mentions), 6)
        return [ROLE_WEIGHT * t for t in totals]

    return Tagged(frozenset((s, e, label) for s, e, label, _ in entity_spans(doc)), probability, roles)
