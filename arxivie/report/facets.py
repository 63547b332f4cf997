"""What the list of papers can be filtered by: dates, categories, signs and names, a number each a paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from arxivie.facts import ENTITY_FIELDS, Facts
from arxivie.papers import Paper
from arxivie.report.labels import NUMBER
from arxivie.store.dates import paper_date

#: bit of a paper's signs -> what it says; the order is that of the check boxes
SIGNS = (
    ("code", "Code linked"),
    ("data", "Data linked"),
    ("release", "Release stated"),
    ("introduced", "Introduces a dataset"),
    ("results", "Reports figures"),
    ("sota", "Claims the state of the art"),
)


class Facets(NamedTuple):
    """One paper: its day, its categories, bits of `SIGNS`, and ``(label, canonical id, name)`` of its entities."""

    day: date | None
    categories: tuple[str, ...]
    signs: int
    names: frozenset[tuple[str, str, str]]


#: (label, name as the paper has it) -> (canonical id, canonical name)
Names = Mapping[tuple[str, str], tuple[str, str]]


def facets(paper: Paper, names: Names) -> Facets:
    """The facets of a paper, given the canonical names in it; generic methods are no names to filter by."""
    facts, when = paper.facts or Facts(), paper_date(paper)
    found = set()
    for label, field in ENTITY_FIELDS.items():
        for entity in getattr(facts, field):
            if not getattr(entity, "generic", False):
                found.add((label, *names[label, entity.name]))
    return Facets(when.day if when else None, paper.categories, signs(facts), frozenset(found))


def signs(facts: Facts) -> int:
    """The bits of `SIGNS`."""
    kinds = {kind for link in facts.links for kind in link.kinds}
    held = {
        "code": "code" in kinds,
        "data": "data" in kinds,
        "release": bool(facts.releases),
        "introduced": any(d.role == "introduced" for d in facts.datasets),
        "results": bool(facts.results),
        "sota": any(c.status == "sota" for c in facts.claims),
    }
    return sum(held[name] << bit for bit, (name, _) in enumerate(SIGNS))


def facet_index(papers: Sequence[Facets]) -> dict[str, Any]:
    """The facets of all papers, in the order of the report, as JSON data.

    Keys: ``days`` (since 1970, None where unknown), ``categories`` (names, most used first), ``categoriesOf``,
    ``signs``, ``names`` (``[number of the label, name, papers]``, most used first) and ``namesOf``.
    """
    uses = Counter(entry[:2] for paper in papers for entry in paper.names)
    shown: dict[tuple[str, str], str] = {}
    for paper in papers:
        for label, key, name in sorted(paper.names):
            shown.setdefault((label, key), name)
    names = sorted(uses, key=lambda k: (-uses[k], NUMBER[k[0]], shown[k].casefold(), k))
    categories = Counter(category for paper in papers for category in paper.categories)
    ranked = sorted(categories, key=lambda c: (-categories[c], c))
    name_number = {key: number for number, key in enumerate(names)}
    category_number = {category: number for number, category in enumerate(ranked)}
    return {
        "days": [(paper.day - date(1970, 1, 1)).days if paper.day else None for paper in papers],
        "categories": [[category, categories[category]] for category in ranked],
        "categoriesOf": [[category_number[c] for c in paper.categories] for paper in papers],
        "signs": [paper.signs for paper in papers],
        "names": [[NUMBER[key[0]], shown[key], uses[key]] for key in names],
        "namesOf": [sorted(name_number[entry[:2]] for entry in paper.names) for paper in papers],
    }
