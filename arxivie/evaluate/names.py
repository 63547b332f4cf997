"""Under which names an annotated paper knows its entities."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from arxivie.evaluate.gold import FactDict, FactLists
from arxivie.evaluate.normal import name_key


class Names:
    """The names that one annotated paper knows: any surface stands for its entity's name."""

    def __init__(self, gold: FactLists) -> None:
        self._alias = {
            (kind, form): name_key(entity["name"])
            for kind in ("datasets", "methods", "metrics", "tasks")
            for entity in gold.get(kind, ())
            for form in forms(entity)
        }

    def canonical(self, kind: str, name: str | None) -> str | None:
        """The key of the entity that ``name`` stands for, else its own."""
        return self._alias.get((kind, name_key(name)), name_key(name)) if name else None

    def knows(self, kind: str, name: str | None) -> bool:
        """Whether ``name`` is a form of an annotated entity."""
        return (kind, name_key(name)) in self._alias


def forms(entity: FactDict) -> frozenset[str]:
    """The keys of an entity's name and surfaces."""
    return frozenset(filter(None, map(name_key, [*(entity.get("surfaces") or ()), entity["name"]])))


def all_forms(entities: Iterable[FactDict]) -> frozenset[str]:
    """The keys of all names and surfaces."""
    return frozenset(chain.from_iterable(map(forms, entities)))


def share_form(a: FactDict, b: FactDict) -> bool:
    """Whether two entities have a name or surface in common."""
    return not forms(a).isdisjoint(forms(b))


def name_of(entity: FactDict) -> str:
    """The label of an entity in lists of errors."""
    return str(entity["name"])


def confidence_of(fact: FactDict) -> float:
    """What the extraction is sure of; 1.0 where it does not say."""
    value = fact.get("confidence")
    return 1.0 if value is None else min(1.0, max(0.0, float(value)))
