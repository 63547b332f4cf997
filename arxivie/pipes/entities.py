"""The entities of a Doc as plain data: what `resolve` leaves for the pipes behind it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from spacy.tokens import Doc, Span

from arxivie.facts import ENTITY_FIELDS

KEY = "arxivie_entities"
#: what is too unlikely to be an entity, unless a figure turns out to belong to it
DOUBTFUL = "arxivie_doubtful"


@dataclass
class EntityRecord:
    """One entity with all its mentions.

    Attributes:
        label: ``dataset``, ``method``, ``task`` or ``metric``.
        name: the name that the text gives it, as it reads.
        mentions: the mentions in the order of the text, as token extents.
        surfaces: the distinct forms of the mentions, as they read.
        role: of datasets and methods.
        generic: of methods that are families.
        canonical: the id of the entry in ``patterns/``.
        confidence: the probability that the entity is one.
        rules, found_by: what found it.
        doubtful: whether it is only one if a figure belongs to it.
    """

    label: str
    name: str
    mentions: list[tuple[int, int]]
    surfaces: list[str] = field(default_factory=list)
    role: str | None = None
    generic: bool = False
    canonical: str | None = None
    confidence: float = 1.0
    rules: list[str] = field(default_factory=list)
    found_by: list[str] = field(default_factory=list)
    doubtful: bool = False


def stored_entities(doc: Doc) -> list[EntityRecord]:
    """The entities that `resolve` left on a Doc."""
    return _read(doc, KEY)


def entities_for_figures(doc: Doc) -> list[EntityRecord]:
    """The entities, and the doubtful ones that count if a figure belongs to them, in the order of `in_order`."""
    return in_order([*_read(doc, KEY), *_read(doc, DOUBTFUL)])


def store_entities(doc: Doc, entities: Sequence[EntityRecord]) -> None:
    """Leave entities on a Doc: as plain dicts, the doubtful ones apart, and the mentions of the others as spans."""
    sure = [e for e in entities if not e.doubtful]
    doc.user_data[KEY] = [dict(vars(e)) for e in sure]
    doc.user_data[DOUBTFUL] = [dict(vars(e)) for e in entities if e.doubtful]
    for label in ENTITY_FIELDS:
        doc.spans[label] = [
            Span(doc, start, end, label=label, span_id=e.rules[0] if e.rules else "", kb_id=e.canonical or "")
            for e in sure
            if e.label == label
            for start, end in e.mentions
        ]


def in_order(entities: Iterable[EntityRecord]) -> list[EntityRecord]:
    """Entities by label, then by their first mention."""
    return sorted(entities, key=lambda e: (list(ENTITY_FIELDS).index(e.label), e.mentions[0]))


def _read(doc: Doc, key: str) -> list[EntityRecord]:
    made = []
    for data in doc.user_data.get(key, ()):
        fields: dict[str, Any] = dict(data)
        fields["mentions"] = [(int(a), int(b)) for a, b in data["mentions"]]
        made.append(EntityRecord(**fields))
    return made


def method_roles(entities: Iterable[EntityRecord]) -> dict[tuple[int, int], str | None]:
    """Mention -> role, of all methods."""
    return {m: e.role for e in entities if e.label == "method" for m in e.mentions}


def found_by(rules: Sequence[str]) -> list[str]:
    """The kinds of finder behind some rule ids, sorted."""
    kinds = {"names" if "names" in r else "model" if r.endswith((".tagger", ".pointer")) else "rule" for r in rules}
    return sorted(kinds)
