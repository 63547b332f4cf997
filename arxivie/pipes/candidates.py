"""Candidate entities: everything that any finder proposes, with all mentions of the same name gathered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from spacy.tokens import Doc

from arxivie.facts import ENTITY_FIELDS
from arxivie.pipes.forms import SurfaceIndex, form, singular
from arxivie.pipes.measures import beside_figures
from arxivie.pipes.quantities import stored_quantities
from arxivie.pipes.shapes import name_runs
from arxivie.rules.tokens import tokens_of

Span = tuple[int, int]

_SHAPED = ("dataset", "method")


@dataclass
class Candidate:
    """One possible entity of one label.

    Attributes:
        label: ``dataset``, ``method``, ``task`` or ``metric``.
        key: its form without case and punctuation.
        found: the mentions that finders proposed -> the ids of their rules.
        mentions: all occurrences in the Doc, proposed or not, in order.
        canonical: the id of the entry in ``patterns/`` that a name list links it to.
        partners: forms of its long form or acronym.
        figures: the first tokens of the figures that it stands beside.
    """

    label: str
    key: str
    found: dict[Span, set[str]] = field(default_factory=lambda: defaultdict(set))
    mentions: list[Span] = field(default_factory=list)
    canonical: str | None = None
    partners: set[str] = field(default_factory=set)
    figures: set[int] = field(default_factory=set)

    @property
    def rules(self) -> set[str]:
        """The ids of all rules that proposed it."""
        return set().union(*self.found.values())


def abbreviation_pairs(doc: Doc) -> list[tuple[Span, Span]]:
    """The (acronym, long form) pairs that `arxivie_abbreviations` left on a Doc."""
    return [((a, b), (c, d)) for a, b, c, d in doc.user_data.get("arxivie_abbreviations", ())]


def candidates(
    doc: Doc, tagged: Iterable[tuple[int, int, str]] = (), pointed: Iterable[tuple[int, int, str]] = ()
) -> list[Candidate]:
    """All candidates of a Doc.

    Args:
        doc: with the finders' spans in ``doc.spans[label]``.
        tagged: (start, end, label) of the tagger's spans; ``generic_method`` counts as a method.
        pointed: the same of the spans that its figures point to.
    """
    proposed: dict[tuple[str, str], Candidate] = {}
    surface = tokens_of(doc).surface

    def propose(label: str, start: int, end: int, rule: str, canonical: str | None = None) -> Candidate | None:
        key = form(surface(start, end))
        if not key:
            return None
        made = proposed.setdefault((label, key), Candidate(label, key))
        made.found[start, end].add(rule)
        made.canonical = made.canonical or canonical
        return made

    for label in ENTITY_FIELDS:
        for span in doc.spans.get(label, ()):
            propose(label, span.start, span.end, span.id_, span.kb_id_ or None)
    for start, end, kind in tagged:
        label = "method" if kind == "generic_method" else kind
        propose(label, start, end, f"{label}.tagger")
    for start, end, label in pointed:
        propose(label, start, end, f"{label}.pointer")
    for start, end in name_runs(doc):
        for label in _SHAPED:
            propose(label, start, end, f"{label}.shape")
    for start, end, rule, figure in beside_figures(doc, stored_quantities(doc)):
        made = propose("metric", start, end, rule)
        if made is not None:
            made.figures.add(figure)
    for short, long in abbreviation_pairs(doc):
        for label in ENTITY_FIELDS:
            keys = form(surface(*short)), form(surface(*long))
            if any((label, key) in proposed for key in keys):
                pair = [propose(label, *span, f"{label}.abbreviation") for span in (short, long)]
                if pair[0] is not None and pair[1] is not None:
                    pair[0].partners.add(pair[1].key)
                    pair[1].partners.add(pair[0].key)
    _gather(doc, proposed)
    return list(proposed.values())


def _gather(doc: Doc, proposed: dict[tuple[str, str], Candidate]) -> None:
    """Find every occurrence of every candidate: a name once recognised is recognised everywhere in the paper."""
    index, surface = SurfaceIndex(doc), tokens_of(doc).surface
    for candidate in proposed.values():
        spans: set[Span] = set()
        for start, end in candidate.found:
            cased = end - start > 1 and any(c.isupper() for c in surface(start, end))
            fold = candidate.label in {"task", "metric"} or cased
            spans.update(index.occurrences(start, end, fold=fold))
        candidate.mentions = sorted(spans)


def same_entity(a: Candidate, b: Candidate) -> bool:
    """Whether two candidates of one label are forms of one entity."""
    return (
        singular(a.key) == singular(b.key)
        or b.key in a.partners
        or (a.canonical is not None and a.canonical == b.canonical)
    )
