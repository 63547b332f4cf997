"""Exact and overlap span scores, by label and section.

A row is called ``spans.dataset.exact`` or ``spans.dataset.overlap``, with ``.title`` or ``.abstract`` behind it for one
section. Annotated spans are all whole-word occurrences of the surfaces (the longest where they overlap), the value of a
result, the address of a link, the quote of a release or a claim. Extracted spans are the evidence; a prediction without
evidence is located as an annotation is.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, NamedTuple

from arxivie.evaluate.gold import FactDict, Record
from arxivie.evaluate.mentions import mentions, place
from arxivie.evaluate.score import Tallies
from arxivie.evaluate.tally import Matching, Tally, match
from arxivie.extent import Extent
from arxivie.facts import ENTITY_FIELDS

#: label -> field of the facts
SPAN_FIELDS = {**ENTITY_FIELDS, "result": "results", "link": "links", "release": "releases", "claim": "claims"}
MODES: tuple[Literal["exact", "overlap"], ...] = ("exact", "overlap")
SECTIONS = ("title", "abstract")
SPAN_ROWS = tuple(
    f"spans.{label}.{mode}{section}"
    for label in SPAN_FIELDS
    for mode in MODES
    for section in ("", *(f".{section}" for section in SECTIONS))
)


class Spans(NamedTuple):
    """The spans of one label in one text; ``optional`` ones (generic methods) are neither asked for nor punished."""

    wanted: list[Extent]
    optional: list[Extent]


def score_spans(paper: str, gold: Record, predicted: Record | None) -> Tallies | None:
    """All span rows of one paper, or None where its text is in neither file.

    Offsets count in the text of the prediction; annotations are located there by their strings.
    """
    known = [record for record in (predicted, gold) if record and record.text is not None]
    if not known:
        return None
    text, title = known[0].text or "", len(known[0].title or "")
    tallies = {row: Tally() for row in SPAN_ROWS}
    for label, name in SPAN_FIELDS.items():
        ours = locate(gold.facts[name], text, label)
        theirs = locate(predicted.facts[name], text, label).wanted if predicted else []
        for mode in MODES:
            found = match_spans(ours, theirs, mode)
            row = f"spans.{label}.{mode}"
            tallies[row].add_pairs(paper, found, lambda at: _shown(at, text))
            for section in SECTIONS:
                part = _in_section(found, title, section)
                tallies[f"{row}.{section}"].add_pairs(paper, part, lambda at: _shown(at, text))
    return tallies


def locate(facts: Iterable[FactDict], text: str, label: str) -> Spans:
    """Where the facts of one label stand: their evidence where they have it, else the places of their strings."""
    wanted: set[Extent] = set()
    optional: set[Extent] = set()
    unlocated: list[FactDict] = []
    for fact in facts:
        evidence = fact.get("evidence")
        if evidence:
            # a result's first evidence is its value, the second its quote
            pieces = evidence[:1] if label == "result" else evidence
            (optional if fact.get("generic") else wanted).update(Extent(*piece["text"]) for piece in pieces)
        else:
            unlocated.append(fact)
    if label in ENTITY_FIELDS:
        generic = {s for fact in unlocated if fact.get("generic") for s in _surfaces(fact)}
        named = {s for fact in unlocated if not fact.get("generic") for s in _surfaces(fact)}
        asked = set(mentions(named, text))
        for at in mentions(generic | named, text):
            (wanted if at in asked else optional).add(at)
    else:
        wanted.update(filter(None, (_place(fact, text, label) for fact in unlocated)))
    return Spans(sorted(wanted), sorted(optional - wanted))


def _surfaces(entity: FactDict) -> list[str]:
    return list(entity.get("surfaces") or ()) or [entity["name"]]


def _place(fact: FactDict, text: str, label: str) -> Extent | None:
    if label == "link":
        return place(fact["url"], text)
    quote = place(fact.get("quote") or "", text)
    return place(fact.get("value_text") or "", text, quote) if label == "result" else quote


def match_spans(gold: Spans, predicted: list[Extent], mode: Literal["exact", "overlap"]) -> Matching[Extent]:
    """One to one; ``overlap`` asks for one shared character, and equal spans are paired before others."""
    exact = match(gold.wanted, predicted, Extent.__eq__)
    if mode == "exact":
        return exact._replace(extra=[at for at in exact.extra if at not in gold.optional])
    rest = match(exact.missed, exact.extra, Extent.overlaps)
    extra = [at for at in rest.extra if not any(at.overlaps(other) for other in gold.optional)]
    return Matching([*exact.pairs, *rest.pairs], extra, rest.missed)


def _in_section(found: Matching[Extent], title: int, section: str) -> Matching[Extent]:
    def inside(at: Extent) -> bool:
        return (at.start <= title) == (section == "title")

    return Matching(
        [pair for pair in found.pairs if inside(pair[0])],
        [at for at in found.extra if inside(at)],
        [at for at in found.missed if inside(at)],
    )


def _shown(at: Any, text: str) -> str:
    return f"[{at.start}, {at.end}) {' '.join(at.of(text).split())}"
