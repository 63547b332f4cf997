"""The marks of facts in a text, as a tree: marks that cross are cut, so that they nest."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from markupsafe import Markup, escape

from arxivie.export.mentions import spoken
from arxivie.extent import Extent
from arxivie.facts import Entity, Evidence, Fact, Facts
from arxivie.papers import Paper
from arxivie.report.labels import LABELS, NUMBER, Label, fact_id, labelled
from arxivie.store.sentences import locate

#: marks nested deeper than this are left out: no honest text has them, and no reader could tell them apart
_DEEPEST = 6


class Mark(NamedTuple):
    """One place that states a fact.

    Attributes:
        extent: in the paper's text.
        label: of the fact.
        fact: its id on the page of the paper.
        id: of the place on the page, the same for all facts of a label that it states; None for all but the first
            piece of a mark that was cut.
        clause: whether it is the clause around a result: a target of links that does not look like a mark.
    """

    extent: Extent
    label: str
    fact: str
    id: str | None
    clause: bool = False


class Marked(NamedTuple):
    """A mark and what stands in it; ``id`` is None for the later pieces of a mark that was cut."""

    label: str
    fact: str
    clause: bool
    id: str | None
    inside: list[str | Marked]


def place_id(label: str, extent: Extent) -> str:
    """The id of a place that states a fact of a label."""
    return f"at-{label}-{extent.start}-{extent.end}"


def places(fact: Fact, paper: Paper) -> tuple[Evidence, ...]:
    """Where a fact stands: its evidence, or of annotated facts without any, where the text has its words."""
    if fact.evidence:
        return fact.evidence
    if isinstance(fact, Entity):
        return spoken(fact, paper)
    words = [getattr(fact, field) for field in ("value_text", "quote", "url") if hasattr(fact, field)]
    whole = locate(paper.text, words[-1])
    found = [place for word in words if whole and (place := locate(paper.text, word, whole.start))]
    return tuple(
        Evidence(
            surface=place.of(paper.text),
            section="title" if place.start < len(paper.title) else "abstract",
            text=place,
            raw=paper.aligned.text_to_raw(place),
        )
        for place in found
    )


def marks(paper: Paper) -> list[Mark]:
    """The places of all facts of a paper; of two facts of one label at one place the first holds it."""
    found: dict[tuple[str, Extent], Mark] = {}
    for label, number, fact in labelled(paper.facts or Facts()):
        for order, piece in enumerate(places(fact, paper)):
            place = place_id(label.name, piece.text)
            clause = label.name == "result" and order > 0
            mark = Mark(piece.text, label.name, fact_id(label.name, number), place, clause)
            found.setdefault((label.name, piece.text), mark)
    return list(found.values())


def nested(text: str, found: Iterable[Mark], within: Extent) -> list[str | Marked]:
    """The part ``within`` of a text with its marks; those that leave it are cut, empty ones left out."""
    return _nested(text, _sorted(piece for mark in found if (piece := _cut(mark, within))), within, 1)


def _nested(text: str, found: list[Mark], within: Extent, depth: int) -> list[str | Marked]:
    nodes: list[str | Marked] = []
    at = within.start
    while found and depth <= _DEEPEST:
        mark, *others = found
        if mark.extent.start > at:
            nodes.append(text[at : mark.extent.start])
        rest = Extent(mark.extent.end, within.end)
        inside = [piece for other in others if (piece := _cut(other, mark.extent))]
        found = _sorted(piece for other in others if (piece := _cut(other, rest)))
        content = _nested(text, inside, mark.extent, depth + 1)
        nodes.append(Marked(mark.label, mark.fact, mark.clause, mark.id, content))
        at = mark.extent.end
    if at < within.end:
        nodes.append(text[at : within.end])
    return nodes


def _sorted(found: Iterable[Mark]) -> list[Mark]:
    return sorted(found, key=lambda m: (m.extent.start, -m.extent.end, m.clause, NUMBER[m.label]))


def _cut(mark: Mark, within: Extent) -> Mark | None:
    start, end = max(mark.extent.start, within.start), min(mark.extent.end, within.end)
    if start >= end:
        return None
    return mark._replace(extent=Extent(start, end), id=mark.id if start == mark.extent.start else None)


def plain(nodes: Iterable[str | Marked]) -> list[Any]:
    """The tree as JSON data: texts, and ``[number of the label, …]`` for marks; clauses dissolve in what is in them."""
    made: list[Any] = []
    for node in nodes:
        if isinstance(node, str):
            made.append(node)
        elif node.clause:
            made += plain(node.inside)
        else:
            made.append([NUMBER[node.label], *plain(node.inside)])
    return made


def plain_html(data: Iterable[Any], opening: Callable[[Label], Markup]) -> Markup:
    """What `plain` made as HTML; ``opening`` makes the tag ``<span …>`` that a mark of a label begins with."""
    # plain strings joined once: every step of Markup would be escaped anew
    return Markup("".join(_plain(node, opening) for node in data))


def _plain(node: Any, opening: Callable[[Label], Markup]) -> str:
    if isinstance(node, str):
        return str(escape(node))
    return f"{opening(LABELS[node[0]])}{plain_html(node[1:], opening)}</span>"


def linked_html(nodes: Iterable[str | Marked]) -> Markup:
    """The tree as HTML with the ids of the places, and with links from the innermost marks to their facts."""
    return Markup("".join(map(_linked, nodes)))


def _linked(node: str | Marked) -> str:
    if isinstance(node, str):
        return str(escape(node))
    inside = linked_html(node.inside)
    kind = "clause" if node.clause else f"mark {node.label}"
    place = f' id="{node.id}"' if node.id else ""
    if node.clause or any(isinstance(n, Marked) for n in node.inside):
        return f'<span class="{kind}"{place}>{inside}</span>'
    return f'<a class="{kind}"{place} href="#{node.fact}">{inside}</a>'
