"""Annotated abstracts without their texts: ids, digests, names, numbers and offsets, one paper a line.

::

    {"id": "2105.00001", "digest": "…", "category": "cs.CV", "split": "train", "origin": "cv", "facts": {
      "datasets": [{"name": "QuayNet", "surfaces": ["QuayNet"], "role": "used", "mentions": [[12, 19], [240, 247]]}],
      "results": [{"value": 91.5, "value_text": [301, 306, "…"], "method": "TideFormer", "quote": [280, 330, "…"]}]}}

Offsets count characters of the *plain* text: title and abstract with every run of white space as one space, so that
the same abstract counts alike wherever it was taken from. Names, surfaces and addresses are facts and stand as they
are; a `Passage` (a quote, the characters of a value, a phrase that is no listed name) is its offsets and a digest, by
which it is found again where a text has changed.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from arxivie.errors import CorpusError
from arxivie.evaluate.gold import LISTS, FactLists, Record
from arxivie.evaluate.mentions import mentions, place
from arxivie.extent import Extent
from arxivie.papers import Paper

ENTITY_LISTS = ("datasets", "methods", "tasks", "metrics")
#: the fields that quote the text
PASSAGES = ("value_text", "quote")
#: fields of a result that hold a name or a phrase -> the list that the name is in
PHRASES = {"metric": "metrics", "method": "methods", "task": "tasks", "baseline": "methods"}

StandoffRecord = dict[str, Any]


class Passage(NamedTuple):
    """Characters of the plain text by place and digest; serialised as the list of the three."""

    start: int
    end: int
    digest: str


class PlainText:
    """A text with every run of white space as one space, and the way back.

    Attributes:
        text: the plain text.
        digest: the SHA-256 of its UTF-8 bytes, in hexadecimal.
    """

    def __init__(self, original: str) -> None:
        self.original = original
        pieces = list(re.finditer(r"\S+", original))
        self.text = " ".join(piece[0] for piece in pieces)
        self.digest = _digest(self.text)
        #: where in the original each plain character stands
        self._places: list[int] = []
        for number, piece in enumerate(pieces):
            if number:
                self._places.append(piece.start() - 1)
            self._places += range(piece.start(), piece.end())

    def slice(self, start: int, end: int) -> str:
        """The characters of the original that ``[start, end)`` of the plain text stands for."""
        return self.original[self._places[start] : self._places[end - 1] + 1]

    def find(self, phrase: str, within: Extent | None = None) -> Extent | None:
        """The first `place` of ``phrase`` in the plain text, inside ``within`` where it is given."""
        return place(phrase, self.text, within)

    def passage(self, extent: Extent) -> Passage:
        """The stand-off form of the characters."""
        return Passage(extent.start, extent.end, passage_digest(extent.of(self.text)))

    def relocate(self, passage: Passage) -> Extent | None:
        """Where the characters of ``passage`` stand in this text: the place nearest to the old one."""
        length = passage.end - passage.start
        places = sorted(range(len(self.text) - length + 1), key=lambda at: abs(at - passage.start))
        for at in places:
            if passage_digest(self.text[at : at + length]) == passage.digest:
                return Extent(at, at + length)
        return None


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def passage_digest(text: str) -> str:
    """Twelve hexadecimal digits of the SHA-256: enough to tell the passages of one text apart."""
    return _digest(text)[:12]


def to_standoff(record: Record, paper: Paper) -> StandoffRecord:
    """The stand-off form of an annotated record.

    Raises:
        CorpusError: where a surface, quote or value does not stand in the text of the paper.
    """
    plain = PlainText(paper.text)
    names = {kind: {entity["name"] for entity in record.facts[kind]} for kind in ENTITY_LISTS}
    facts = {
        kind: [
            _fact_to_standoff(kind, fact, plain, names, f"paper {record.id}: {kind}[{k}]")
            for k, fact in enumerate(facts)
        ]
        for kind, facts in record.facts.items()
    }
    return {
        "id": record.id,
        "digest": plain.digest,
        "category": record.category or paper.primary,
        "split": record.split,
        "origin": record.origin,
        "facts": facts,
    }


def _fact_to_standoff(
    kind: str, fact: Mapping[str, Any], plain: PlainText, names: Mapping[str, set[str]], where: str
) -> dict[str, Any]:
    made = dict(fact)
    if kind in ENTITY_LISTS:
        for surface in fact["surfaces"]:
            if not mentions([surface], plain.text):
                raise CorpusError(f"{where}: the surface {surface!r} does not stand in the text as whole words")
        made["mentions"] = [list(at) for at in mentions(fact["surfaces"], plain.text)]
        return made
    quote = plain.find(fact["quote"]) if "quote" in fact else None
    for field in PASSAGES:
        if field in fact:
            at = plain.find(fact[field], quote if field != "quote" else None)
            if at is None:
                raise CorpusError(f"{where}: the {field} does not stand in the text")
            made[field] = list(plain.passage(at))
    for field, list_ in PHRASES.items():
        phrase = fact.get(field)
        if kind == "results" and phrase is not None and phrase not in names[list_]:
            # what an annotator wrote in words of their own has no place in the text: it stays as it is
            at = plain.find(phrase, quote) or plain.find(phrase)
            made[field] = list(plain.passage(at)) if at else phrase
    return made


def from_standoff(record: StandoffRecord, plain: PlainText) -> tuple[FactLists, list[str]]:
    """The annotated facts with their strings taken from the text, and what was not found in it.

    Where the text is another than the annotated one, passages are searched by their digest and surfaces as they are.
    """
    changed = record["digest"] != plain.digest
    lost: list[str] = []
    facts: dict[str, list[dict[str, Any]]] = {kind: [] for kind in LISTS}
    for kind in LISTS:
        for number, fact in enumerate(record["facts"].get(kind, ())):
            made = {key: value for key, value in fact.items() if key != "mentions"}
            where = f"{kind}[{number}]"
            if changed:
                absent = [s for s in made.get("surfaces", ()) if not mentions([s], plain.text)]
                lost += [f"{where}.surfaces: {surface!r}" for surface in absent]
                if kind == "links" and not plain.find(made["url"]):
                    lost.append(f"{where}.url: {made['url']}")
            for field in (*PASSAGES, *(PHRASES if kind == "results" else ())):
                if isinstance(made.get(field), list):
                    passage = Passage(*made[field])
                    at = plain.relocate(passage) if changed else Extent(passage.start, passage.end)
                    if at is None:
                        lost.append(f"{where}.{field}")
                    else:
                        made[field] = plain.slice(*at)
            facts[kind].append(made)
    return facts, lost


def write_standoff(gold: Iterable[Record], papers: Iterable[Paper], path: str | Path) -> int:
    """Write the stand-off form of annotated records, in their order; returns how many.

    Raises:
        CorpusError: where a paper is missing or a record does not fit its text.
    """
    by_id = {paper.id: paper for paper in papers}
    written = 0
    with open(path, "w", encoding="utf-8") as out:
        for record in gold:
            if record.id not in by_id:
                raise CorpusError(f"paper {record.id}: annotated, but not among the papers")
            made = to_standoff(record, by_id[record.id])
            out.write(json.dumps(made, ensure_ascii=False, separators=(",", ":")) + "\n")
            written += 1
    return written


def read_standoff(paths: Iterable[str | Path]) -> Iterator[StandoffRecord]:
    """The records of stand-off files.

    Raises:
        CorpusError: at a line that is none, naming file and line.
    """
    for path in paths:
        with open(path, encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if not line.strip():
                    continue
                try:
                    record = json.loads(line)
                    record["id"], record["digest"], record["facts"].items()
                except (ValueError, TypeError, KeyError, AttributeError) as error:
                    raise CorpusError(f"{path}:{number}: no stand-off record with id, digest and facts") from error
                yield record
