"""From annotated papers to training examples.

A *corpus* is a JSONL file of papers with their facts, one a line, as ``arxivie corpus join`` writes them::

    {"id": "2105.00001", "title": "…", "abstract": "…", "facts": {"datasets": […], "methods": […], …}}

``raw_title``, ``raw_abstract`` and ``markup`` are read where they stand. Surfaces and quotes are located in the
published text and carried to the reading view, where the tagger's tokens are.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import regex
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from arxivie.errors import CorpusError
from arxivie.extent import Extent
from arxivie.facts import ENTITY_FIELDS
from arxivie.papers import Paper
from arxivie.pipes.targets import GOLD_QUANTITIES
from arxivie.pipes.tokens import FactTokenizer

#: who keeps the tokens where surfaces of two types overlap and are equally long
PRIORITY = ("dataset", "metric", "method", "task", "generic_method")
_PAPER_KEYS = ("id", "title", "abstract", "raw_title", "raw_abstract", "markup")


def read_corpus(paths: Iterable[str | Path]) -> Iterator[dict[str, Any]]:
    """The records of JSONL corpora.

    Raises:
        CorpusError: at a line that is no JSON object with id, title and abstract.
    """
    for path in paths:
        with open(path, encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if not line.strip():
                    continue
                try:
                    record = json.loads(line)
                    record["id"], record["title"], record["abstract"]
                except (ValueError, TypeError, KeyError) as error:
                    raise CorpusError(f"{path}:{number}: no paper with id, title and abstract") from error
                yield record


def paper_of(record: dict[str, Any]) -> Paper:
    """The paper of a corpus record, without its facts."""
    return Paper(**{key: record[key] for key in _PAPER_KEYS if record.get(key) is not None})


def occurrences(surface: str, text: str) -> list[Extent]:
    """Every whole-word occurrence: no word character directly before or behind."""
    return [Extent(*m.span()) for m in regex.finditer(rf"(?<!\w){regex.escape(surface)}(?!\w)", text)]


def mentions(facts: dict[str, Any], text: str) -> list[tuple[Extent, str, str]]:
    """(extent, label, role) of every mention in ``text``; they never overlap: the longest wins, then `PRIORITY`."""
    found: list[tuple[Extent, str, str]] = []
    for label, field in ENTITY_FIELDS.items():
        for entity in facts.get(field) or ():
            name = "generic_method" if entity.get("generic") else label
            for surface in {*entity["surfaces"]}:
                found += [(at, name, entity.get("role") or "") for at in occurrences(surface, text)]
    found.sort(key=lambda m: (-m[0].length, PRIORITY.index(m[1]), m[0].start))
    kept: list[tuple[Extent, str, str]] = []
    taken = bytearray(len(text))
    for at, label, role in found:
        if not any(taken[at.start : at.end]):
            taken[at.start : at.end] = b"\x01" * at.length
            kept.append((at, label, role))
    return sorted(kept)


def quantities(facts: dict[str, Any], text: str) -> list[tuple[Extent, str]]:
    """(extent of the figure, kind) of every result whose quote and value stand in ``text``."""
    found: list[tuple[Extent, str]] = []
    used: set[Extent] = set()
    for result in facts.get("results") or ():
        quote, value = result.get("quote") or "", result.get("value_text") or ""
        at = text.find(quote)
        if at < 0 or not quote or not value:
            continue
        whole = regex.finditer(rf"(?<![\w]|\d[.,]){regex.escape(value)}(?!\w|[.,]\d)", quote)
        places = [Extent(m.start() + at, m.end() + at) for m in whole]
        free = next((place for place in places if place not in used), None)
        if free is not None:
            used.add(free)
            found.append((free, result["kind"]))
    return sorted(found)


def claims(facts: dict[str, Any], text: str) -> list[tuple[Extent, str]]:
    """(extent of the quote, status) of every claim; where two overlap the first in the record stays."""
    kept: list[tuple[Extent, str]] = []
    for claim in facts.get("claims") or ():
        at = text.find(claim["quote"])
        place = Extent(at, at + len(claim["quote"]))
        if at >= 0 and not any(place.overlaps(other) for other, _ in kept):
            kept.append((place, claim["status"]))
    return sorted(kept)


def _span(doc: Doc, extent: Extent, label: str, role: str = "") -> Span | None:
    return doc.char_span(extent.start, extent.end, label=label, span_id=role, alignment_mode="expand")


def gold_doc(record: dict[str, Any], vocab: Vocab) -> Doc:
    """The reading view of a record as a Doc that carries its facts as the tagger's reference.

    ``doc.spans[label]`` holds the mentions (``span.label_`` the label, ``generic_method`` for generic methods under
    ``doc.spans["method"]``; ``span.id_`` the role), ``doc.spans["claim"]`` the claims (``span.label_`` the status), and
    ``doc.user_data["arxivie_quantities"]`` maps token numbers to result kinds.
    """
    aligned = paper_of(record).aligned
    doc = FactTokenizer(vocab)(aligned.reading)
    facts = record.get("facts") or {}
    groups: dict[str, list[Span]] = {label: [] for label in (*ENTITY_FIELDS, "claim")}
    for extent, label, role in mentions(facts, aligned.text):
        span = _span(doc, aligned.text_to_reading(extent), label, role)
        if span is not None and len(span):
            groups["method" if label == "generic_method" else label].append(span)
    for extent, status in claims(facts, aligned.text):
        span = _span(doc, aligned.text_to_reading(extent), status)
        if span is not None and len(span):
            groups["claim"].append(span)
    for label, spans in groups.items():
        doc.spans[label] = spans
    kinds: dict[int, str] = {}
    for extent, kind in quantities(facts, aligned.text):
        span = _span(doc, aligned.text_to_reading(extent), kind)
        if span is not None:
            kinds.update({token.i: kind for token in span})
    doc.user_data[GOLD_QUANTITIES] = kinds
    doc.user_data["id"] = record["id"]
    return doc
