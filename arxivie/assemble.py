"""The one door from spaCy to the fact model: a Doc and its paper become `Facts` with evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from spacy.tokens import Doc

from arxivie.extent import Extent
from arxivie.facts import (
    ENTITY_FIELDS,
    ENTITY_TYPES,
    Claim,
    Entity,
    Evidence,
    Facts,
    Link,
    ReleaseStatement,
    Result,
)
from arxivie.papers import Paper
from arxivie.pipes.entities import EntityRecord, found_by, stored_entities
from arxivie.text import AlignedString, AlignedText


class Assembler:
    """Maps the tokens of one Doc to the published text and the raw source.

    Args:
        doc: of the ``reading`` view.
        aligned: the three views.
        title: how many characters of ``text`` are the title.
    """

    def __init__(self, doc: Doc, aligned: AlignedText, title: int) -> None:
        self.doc = doc
        self.aligned = aligned
        self.title = title

    def evidence(self, start: int, end: int) -> Evidence:
        """The characters of the tokens [start, end)."""
        span = self.doc[start:end]
        text = self.aligned.reading_to_whole_text(Extent(span.start_char, span.end_char))
        return Evidence(
            surface=text.of(self.aligned.text),
            section="title" if text.start < self.title else "abstract",
            text=text,
            raw=self.aligned.text_to_raw(text),
        )

    def entity(self, e: EntityRecord) -> Entity:
        """An entity with a piece of evidence for each of its mentions."""
        evidence = tuple(self.evidence(*m) for m in e.mentions)
        fields: dict[str, Any] = {
            "name": self.name(e, evidence),
            "surfaces": tuple(dict.fromkeys(x.surface for x in evidence)),
            "canonical": e.canonical,
            "evidence": evidence,
            "rules": tuple(e.rules),
            "found_by": tuple(e.found_by),
            "confidence": e.confidence,
        }
        if e.role is not None:
            fields["role"] = e.role
        if e.label == "method":
            fields["generic"] = e.generic
        return ENTITY_TYPES[e.label](**fields)

    def name(self, e: EntityRecord, evidence: Iterable[Evidence]) -> str:
        """The name as the text writes it: the surface of the mention that reads like it."""
        for mention, piece in zip(e.mentions, evidence, strict=True):
            if self.doc[slice(*mention)].text == e.name:
                return piece.surface
        return e.name

    def quote(self, start: int, end: int) -> Evidence:
        """A clause without the white space and the stop around it."""
        while start < end - 1 and self.doc[start].text.isspace():
            start += 1
        while end - 1 > start and (self.doc[end - 1].text.isspace() or self.doc[end - 1].text in ".;,"):
            end -= 1
        return self.evidence(start, end)


def assemble(doc: Doc, paper: Paper) -> Facts:
    """The facts of a paper whose ``reading`` view went through the pipes as ``doc``."""
    return _facts(Assembler(doc, paper.aligned, len(paper.title)))


def _facts(made: Assembler) -> Facts:
    doc = made.doc
    entities = stored_entities(doc)
    found: dict[str, list[Any]] = {field: [] for field in ENTITY_FIELDS.values()}
    names: dict[tuple[str, str], str] = {}
    for e in entities:
        fact = made.entity(e)
        found[ENTITY_FIELDS[e.label]].append(fact)
        names[e.label, e.name] = fact.name
    data = doc.user_data
    return Facts(
        **{field: tuple(facts) for field, facts in found.items()},
        results=tuple(_result(made, r, names) for r in data.get("arxivie_results", ())),
        links=tuple(_link(made, x) for x in data.get("arxivie_links", ())),
        releases=tuple(_release(made, x) for x in data.get("arxivie_releases", ())),
        claims=tuple(_claim(made, c, names) for c in data.get("arxivie_claims", ())),
    )


def _provenance(record: Mapping[str, Any]) -> dict[str, Any]:
    rules = record.get("rules") or [record["rule"]]
    return {"rules": tuple(rules), "found_by": tuple(found_by(rules)), "confidence": record.get("confidence", 1.0)}


def _result(made: Assembler, r: Mapping[str, Any], names: Mapping[tuple[str, str], str]) -> Result:
    value, quote = made.evidence(r["start"], r["end"]), made.quote(*r["quote"])

    def named(label: str, field: str) -> str | None:
        return names.get((label, r[field]), r[field]) if r[field] else None

    return Result(
        value=r["value"],
        value_max=r["value_max"],
        error=r["error"],
        unit=r["unit"],
        value_text=value.surface,
        metric=named("metric", "metric"),
        datasets=tuple(names.get(("dataset", d), d) for d in r["datasets"]),
        method=named("method", "method"),
        task=named("task", "task"),
        kind=r["kind"],
        bound=r["bound"],
        better=r["better"],
        baseline=named("method", "baseline"),
        quote=quote.surface,
        evidence=(value, quote),
        **_provenance(r),
    )


def _link(made: Assembler, x: Mapping[str, Any]) -> Link:
    return Link(
        url=x["url"],
        kinds=tuple(x["kinds"]),
        status=x["status"],
        evidence=(made.evidence(x["start"], x["end"]),),
        **_provenance(x),
    )


def _release(made: Assembler, x: Mapping[str, Any]) -> ReleaseStatement:
    quote = made.quote(x["start"], x["end"])
    return ReleaseStatement(
        what=tuple(x["what"]), status=x["status"], quote=quote.surface, evidence=(quote,), **_provenance(x)
    )


def _claim(made: Assembler, c: Mapping[str, Any], names: Mapping[tuple[str, str], str]) -> Claim:
    quote = made.quote(c["start"], c["end"])
    return Claim(
        status=c["status"],
        quote=quote.surface,
        datasets=tuple(names.get(("dataset", d), d) for d in c["datasets"]),
        tasks=tuple(names.get(("task", t), t) for t in c["tasks"]),
        evidence=(quote,),
        **_provenance(c),
    )


def doc_facts(doc: Doc) -> Facts:
    """The getter ``doc._.arxivie``: the facts of a Doc by itself, its text taken as published and as raw.

    Where the text has a line break, what stands in front of the first is the title.
    """
    title, found, _ = doc.text.partition("\n")
    aligned = AlignedText(AlignedString(doc.text), lambda text: text)
    return _facts(Assembler(doc, aligned, len(title) if found else 0))


def register_getter() -> None:
    """Make ``doc._.arxivie`` known to spaCy."""
    if not Doc.has_extension("arxivie"):
        Doc.set_extension("arxivie", getter=doc_facts)
