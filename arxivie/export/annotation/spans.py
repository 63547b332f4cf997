"""What all formats carry: a text and its labelled spans."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from arxivie.errors import CorpusError
from arxivie.export.mentions import spoken
from arxivie.export.records import Record
from arxivie.extent import Extent
from arxivie.facts import ENTITY_FIELDS, Entity, Fact
from arxivie.papers import Paper

#: label -> field of `arxivie.facts.Facts`
FIELDS = {
    **ENTITY_FIELDS, "result": "results", "link": "links", "release": "releases", "claim": "claims",
}  # fmt: skip


@dataclass(frozen=True)
class Span:
    """The characters ``text[start:end]`` under a label; confidence and rules where the format has a place for them."""

    start: int
    end: int
    label: str
    confidence: float | None = None
    rules: tuple[str, ...] = ()


@dataclass(frozen=True)
class AnnotatedText:
    """A paper's id, its text (title, line break, abstract) and the spans, in the order of the text."""

    id: str
    text: str
    spans: tuple[Span, ...]


def annotated_texts(
    records: Iterable[Record], labels: Collection[str] = ("dataset",), *, only: Collection[str] | None = None
) -> Iterator[AnnotatedText]:
    """The papers of some records with the mentions of their facts; papers without any are there too.

    Args:
        records: as `arxivie.store.opening.Store.records` yields them.
        labels: of ``dataset``, ``method``, ``task``, ``metric``, ``result``, ``link``, ``release``, ``claim``.
        only: keep entities with one of these names alone; papers without any are then left out.

    Raises:
        CorpusError: where a label is none.
    """
    wrong = sorted(set(labels) - set(FIELDS))
    if wrong:
        raise CorpusError(f"{wrong[0]!r} is no label; there are {', '.join(FIELDS)}")
    for record in records:
        spans: set[Span] = set()
        for label in labels:
            fact: Fact
            for fact in getattr(record.facts, FIELDS[label]):
                if only is None or (isinstance(fact, Entity) and fact.name in only):
                    spans.update(_spans(fact, label, record.paper))
        if spans or only is None:
            yield AnnotatedText(record.paper.id, record.paper.text, in_order(spans))


def _spans(fact: Fact, label: str, paper: Paper) -> Iterator[Span]:
    # the last evidence of a result is its clause; the figure itself is what is labelled
    places = fact.evidence[:1] if label == "result" else fact.evidence
    if isinstance(fact, Entity) and not places:
        places = spoken(fact, paper)
    for place in places:
        if Extent(0, len(paper.text)).contains(place.text) and place.text.length:
            yield Span(*place.text, label, fact.confidence, fact.rules)


def in_order(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in the order of the text."""
    return tuple(sorted(spans, key=lambda s: (s.start, s.end, s.label, s.rules, s.confidence or 0.0)))


def checked(text: str, span: Span, place: str) -> Span:
    """The span, known to lie in its text.

    Raises:
        CorpusError: where it does not; ``place`` is named.
    """
    if not 0 <= span.start < span.end <= len(text):
        raise CorpusError(f"{place}: the span [{span.start}, {span.end}) leaves a text of {len(text)} characters")
    return span
