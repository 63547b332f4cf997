"""The entities of a Doc as plain data: what `resolve` leaves for the pipes behind it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from spacy.tokens import Doc

KEY = "arxivie_entities"


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


def stored_entities(doc: Doc) -> list[EntityRecord]:
    """The entities that `resolve` left on a Doc."""
    made = []
    for data in doc.user_data.get(KEY, ()):
        fields: dict[str, Any] = dict(data)
        fields["mentions"] = [(int(a), int(b)) for a, b in data["mentions"]]
        made.append(EntityRecord(**fields))
    return made


def store_entities(doc: Doc, entities: Sequence[EntityRecord]) -> None:
    """Leave entities on a Doc as plain dicts."""
    doc.user_data[KEY] = [dict(vars(e)) for e in entities]


def method_roles(entities: Iterable[EntityRecord]) -> dict[tuple[int, int], str | None]:
    """Mention -> role, of all methods."""
    return {m: e.role for e in entities if e.label == "method" for m in e.mentions}
