"""Annotated entities and results, found again among the tokens, the extracted entities and the figures of a text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from spacy.tokens import Doc

from arxivie.facts import ENTITY_FIELDS
from arxivie.pipes.entities import EntityRecord
from arxivie.pipes.forms import form, singular
from arxivie.pipes.kinds import CHANGES
from arxivie.pipes.quantities import Quantity


def gold_entities(doc: Doc, facts: dict[str, Any]) -> list[EntityRecord]:
    """The annotated entities with their mentions as tokens of ``doc``; entities without a mention are left out."""
    made = []
    by_form: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for label in ENTITY_FIELDS:
        for span in doc.spans.get(label, ()):
            by_form.setdefault((label, _form(span.text)), []).append((span.start, span.end))
    for label, plural in ENTITY_FIELDS.items():
        for entity in facts.get(plural) or ():
            forms = {_form(s) for s in entity["surfaces"]}
            mentions = sorted(m for form in forms for m in by_form.get((label, form), ()))
            if mentions:
                made.append(
                    EntityRecord(
                        label, entity["name"], mentions, role=entity.get("role"), generic=entity.get("generic", False)
                    )
                )
    return made


def as_annotated(extracted: Sequence[EntityRecord], facts: dict[str, Any]) -> list[EntityRecord]:
    """Extracted entities under the names that the annotation gives them; those that it does not have keep theirs."""
    names = {
        (label, singular(form(surface))): entity["name"]
        for label, plural in ENTITY_FIELDS.items()
        for entity in facts.get(plural) or ()
        for surface in {*entity["surfaces"], entity["name"]}
    }
    made = []
    for e in extracted:
        keys = ((e.label, singular(form(surface))) for surface in (*e.surfaces, e.name))
        made.append(replace(e, name=next((names[key] for key in keys if key in names), e.name)))
    return made


def _form(surface: str) -> str:
    return re.sub(r"\\[a-z]+|[^\w+]", "", surface).casefold()


def match_results(found: list[Quantity], results: list[dict[str, Any]]) -> dict[int, dict[str, Any]]:
    """Index of a quantity -> the annotated result that it is; equal figures are matched in the order of the text.

    A change is annotated without its sign (``-0.28 points`` is a loss of 0.28).
    """
    free = list(range(len(found)))
    matched: dict[int, dict[str, Any]] = {}
    for result in results:
        keys = {(round(float(result["value"]), 6), result.get("value_max"))}
        if result["kind"] in CHANGES:
            keys |= {(-value, top) for value, top in keys}
        at = next((k for k in free if (round(found[k].value, 6), found[k].value_max) in keys), None)
        if at is not None:
            free.remove(at)
            matched[at] = result
    return matched
