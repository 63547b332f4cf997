"""From a Doc to facts: names, quotes and evidence in all three views."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pytest
import spacy
from spacy.tokens import Doc

from arxivie.assemble import Assembler, assemble, doc_facts
from arxivie.facts import ENTITY_FIELDS, ENTITY_TYPES, Entity, Facts
from arxivie.papers import Paper
from arxivie.pipes.entities import EntityRecord, store_entities
from arxivie.pipes.tokens import FactTokenizer

TOKENIZE = FactTokenizer(spacy.blank("en").vocab)
PAPER = Paper(
    id="2101.00001",
    title="BarNet on \\textbf{CUB}",
    abstract='It reaches $86.36\\%$ on CUB. See <a href="https://x.org">this https URL</a>.',
)


def doc_of(paper: Paper) -> Doc:
    return TOKENIZE(paper.aligned.reading)


def tokens(doc: Doc, words: str, nth: int = 0) -> tuple[int, int]:
    at = -1
    for _ in range(nth + 1):
        at = doc.text.index(words, at + 1)
    span = doc.char_span(at, at + len(words))
    return span.start, span.end


def result(doc: Doc, **given: Any) -> dict[str, Any]:
    start, end = tokens(doc, "86.36%")
    made = {
        "start": start, "end": end, "value": 86.36, "value_max": None, "error": None, "unit": "%", "bound": "exact",
        "kind": "score", "better": None, "metric": None, "datasets": [], "method": None, "task": None,
        "baseline": None, "quote": [start - 2, end + 3], "rule": "result.score", "confidence": 0.9,
    }  # fmt: skip
    return made | given


def test_nothing_found_is_no_facts() -> None:
    assert assemble(doc_of(PAPER), PAPER) == Facts()


def test_an_entity_has_evidence_for_each_mention() -> None:
    doc = doc_of(PAPER)
    mentions = [tokens(doc, "CUB"), tokens(doc, "CUB", 1)]
    store_entities(doc, [EntityRecord("dataset", "CUB", mentions, ["CUB"], role="used", canonical="dataset:cub",
                                      confidence=0.8, rules=["dataset.names"], found_by=["names"])])  # fmt: skip
    (d,) = assemble(doc, PAPER).datasets
    title, abstract = d.evidence
    assert (title.surface, title.section) == ("CUB", "title")
    assert (abstract.surface, abstract.section) == ("CUB", "abstract")
    assert title.text.of(PAPER.text) == title.surface
    assert title.raw.of(PAPER.raw) == title.surface
    assert d.surfaces == ("CUB",)
    assert (d.role, d.canonical, d.confidence, d.rules, d.found_by) == (
        "used", "dataset:cub", 0.8, ("dataset.names",), ("names",),
    )  # fmt: skip


def test_a_figure_is_quoted_as_it_is_written() -> None:
    doc = doc_of(PAPER)
    doc.user_data["arxivie_results"] = [result(doc)]
    (r,) = assemble(doc, PAPER).results
    assert r.value_text == "86.36\\%"
    assert r.quote == "It reaches $86.36\\%$ on CUB"
    value, quote = r.evidence
    assert quote.text.contains(value.text)
    assert (r.rules, r.found_by, r.confidence) == (("result.score",), ("rule",), 0.9)


def test_names_in_results_are_the_entities_names() -> None:
    doc = doc_of(PAPER)
    store_entities(doc, [EntityRecord("dataset", "CUB", [tokens(doc, "CUB")], role="used")])
    doc.user_data["arxivie_results"] = [result(doc, datasets=["CUB"], method="our net")]
    facts = assemble(doc, PAPER)
    assert facts.results[0].datasets == (facts.datasets[0].name,) == ("CUB",)
    assert facts.results[0].method == "our net"


def test_a_canonical_name_that_no_surface_has_stays() -> None:
    doc = doc_of(PAPER)
    store_entities(doc, [EntityRecord("metric", "mIoU", [tokens(doc, "CUB", 1)], ["CUB"])])
    assert assemble(doc, PAPER).metrics[0].name == "mIoU"


def test_a_quote_has_no_stop_and_no_white_space_around_it() -> None:
    paper = Paper(id="x", title="T", abstract="It wins. \n We walk .")
    doc = doc_of(paper)
    made = Assembler(doc, paper.aligned, 1)
    assert made.quote(*tokens(doc, "It wins.")).surface == "It wins"
    assert made.quote(1, tokens(doc, "It wins.")[1]).surface == "It wins"  # without the line break in front
    assert made.quote(tokens(doc, "We")[0], len(doc)).surface == "We walk"
    assert made.quote(len(doc) - 1, len(doc)).surface == "."


def test_links_releases_and_claims() -> None:
    paper = Paper(id="x", title="T", abstract="Code: https://x.org. Data will follow. We win.")
    doc = doc_of(paper)
    at = tokens(doc, "https://x.org")
    doc.user_data["arxivie_links"] = [{"start": at[0], "end": at[1], "url": "https://x.org", "kinds": ["code"],
                                       "status": "available", "rule": "link.code"}]  # fmt: skip
    at = tokens(doc, "Data will follow.")
    doc.user_data["arxivie_releases"] = [{"start": at[0], "end": at[1], "what": ["data"], "status": "promised",
                                          "rule": "release.will"}]  # fmt: skip
    at = tokens(doc, "We win.")
    doc.user_data["arxivie_claims"] = [{"start": at[0], "end": at[1], "status": "sota", "datasets": ["CUB"],
                                        "tasks": [], "rule": "claim.tagger", "confidence": 0.7}]  # fmt: skip
    facts = assemble(doc, paper)
    assert [(x.url, x.kinds, x.status, x.evidence[0].surface) for x in facts.links] == [
        ("https://x.org", ("code",), "available", "https://x.org")
    ]
    assert [(x.quote, x.what, x.confidence) for x in facts.releases] == [("Data will follow", ("data",), 1.0)]
    assert [(c.quote, c.datasets, c.found_by, c.confidence) for c in facts.claims] == [
        ("We win", ("CUB",), ("model",), 0.7)
    ]


@pytest.mark.parametrize(("text", "sections"), [("CUB\nCUB", ["title", "abstract"]), ("CUB and CUB", ["abstract"] * 2)])
def test_a_doc_by_itself_has_a_title_up_to_the_line_break(text: str, sections: list[str]) -> None:
    doc = TOKENIZE(text)
    mentions = [(t.i, t.i + 1) for t in doc if t.text == "CUB"]
    doc.user_data["arxivie_entities"] = [asdict(EntityRecord("dataset", "CUB", mentions, role="used"))]
    assert [e.section for e in doc_facts(doc).datasets[0].evidence] == sections


def test_the_register_follows_the_fields_of_facts() -> None:
    assert ENTITY_FIELDS == {"dataset": "datasets", "method": "methods", "task": "tasks", "metric": "metrics"}
    assert ENTITY_TYPES.keys() == ENTITY_FIELDS.keys()
    assert all(issubclass(kind, Entity) and kind.__name__.lower() == label for label, kind in ENTITY_TYPES.items())
