"""A Doc in the manner of spaCy's own visualiser, for those who work with spaCy."""

from __future__ import annotations

from typing import Any

import spacy.displacy
from spacy.tokens import Doc

from arxivie.report.labels import COLORS, LABELS


def displacy(doc: Doc, *, page: bool = False, jupyter: bool | None = None) -> str:
    """Render what arxivie found in a Doc with ``spacy.displacy``, style ``span``.

    Args:
        doc: from a pipeline with arxivie's components: its span groups, and its figures.
        page: a whole page rather than a piece of one.
        jupyter: show it in the notebook; found out where None.

    Returns:
        The HTML; in a notebook, where it is shown at once, None, as ``spacy.displacy.render`` does.
    """
    spans = [
        {"start_token": span.start, "end_token": span.end, "label": label.name}
        for label in LABELS
        for span in doc.spans.get(label.name, ())
    ]
    spans += [
        {"start_token": int(figure["start"]), "end_token": int(figure["end"]), "label": "result"}
        for figure in doc.user_data.get("arxivie_results", ())
    ]
    spans.sort(key=lambda span: (span["start_token"], -span["end_token"]))
    data: dict[str, Any] = {"text": doc.text, "spans": spans, "tokens": [token.text for token in doc]}
    return spacy.displacy.render(
        data, style="span", manual=True, page=page, jupyter=jupyter, options={"colors": dict(COLORS)}
    )
