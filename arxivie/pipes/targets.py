"""The tagger's reference labels, read from an annotated Doc.

A reference Doc holds its mentions in ``doc.spans["dataset" | "method" | "task" | "metric"]`` (``span.label_`` is the
label, ``generic_method`` for generic methods; ``span.id_`` the role, on datasets and methods), its claims in
``doc.spans["claim"]`` (``span.label_`` is the status) and the kinds of its results by token number in
``doc.user_data["arxivie_quantities"]``. All of it survives a DocBin with ``store_user_data=True``.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from arxivie.pipes.decode import HEADS, is_number

GOLD_QUANTITIES = "arxivie_quantities"
#: a token that a head neither learns from nor is measured on
IGNORE = -1
_GROUPS = ("dataset", "method", "task", "metric")


def targets(doc: Doc) -> dict[str, NDArray[np.int64]]:
    """Head -> label number of every token, `IGNORE` where the head has no say."""
    index = {head: {label: k for k, label in enumerate(labels)} for head, labels in HEADS.items()}
    made = {head: np.full(len(doc), IGNORE, dtype=np.int64) for head in HEADS}
    made["entity"][:] = 0
    made["claim"][:] = 0
    for group in _GROUPS:
        for span in doc.spans.get(group, ()):
            _write(made["entity"], index["entity"], span.start, span.end, span.label_)
            role = index["role"].get(f"{group}:{span.id_}")
            if role is not None:
                made["role"][span.start : span.end] = role
    for span in doc.spans.get("claim", ()):
        _write(made["claim"], index["claim"], span.start, span.end, span.label_)
    kinds = doc.user_data.get(GOLD_QUANTITIES, {})
    for token in doc:
        if is_number(token.text):
            made["quantity"][token.i] = index["quantity"][kinds.get(token.i, "none")]
    return made


def _write(row: NDArray[np.int64], index: dict[str, int], start: int, end: int, label: str) -> None:
    if f"B-{label}" in index:
        row[start] = index[f"B-{label}"]
        row[start + 1 : end] = index[f"I-{label}"]
