"""Span scores: exact, overlap, by label and section."""

from __future__ import annotations

from typing import Any

import pytest

from arxivie.evaluate.gold import LISTS, Record
from arxivie.evaluate.mentions import longest_first, mentions, occurrences, place
from arxivie.evaluate.spans import SPAN_ROWS, Spans, match_spans, score_spans
from arxivie.extent import Extent

TITLE = "QuayNet in small"
ABSTRACT = "On QuayNet and Quay-2 a CNN gets 8% where 88% was not 8%. See http://a.b/c now."


def record(text: bool = True, **facts: list[dict[str, Any]]) -> Record:
    known = (TITLE, ABSTRACT) if text else (None, None)
    return Record("1", {**{name: [] for name in LISTS}, **facts}, *known)


def counts(gold: Record, predicted: Record | None) -> dict[str, tuple[int, int, int]]:
    tallies = score_spans("1", gold, predicted)
    assert tallies is not None
    assert tuple(tallies) == SPAN_ROWS
    return {row: (t.tp, t.fp, t.fn) for row, t in tallies.items()}


def dataset(name: str, *evidence: str, **more: Any) -> dict[str, Any]:
    text = f"{TITLE}\n{ABSTRACT}"
    pieces = [{"text": [text.index(s), text.index(s) + len(s)], "surface": s} for s in evidence]
    return {"name": name, "surfaces": [name], **({"evidence": pieces} if evidence else {}), **more}


def test_evidence_against_all_occurrences() -> None:
    gold = record(datasets=[dataset("QuayNet"), dataset("Quay-2")], text=False)
    rows = counts(gold, record(datasets=[dataset("QuayNet", "QuayNet"), dataset("Quay-2", "and Quay-2")]))
    assert rows["spans.dataset.exact"] == (1, 1, 2)
    assert rows["spans.dataset.overlap"] == (2, 0, 1)
    assert rows["spans.dataset.exact.title"] == (1, 0, 0)
    assert rows["spans.dataset.exact.abstract"] == (0, 1, 2)
    assert rows["spans.method.exact"] == (0, 0, 0)


def test_prediction_without_evidence_is_located() -> None:
    rows = counts(record(datasets=[dataset("QuayNet")]), record(text=False, datasets=[dataset("QuayNet")]))
    assert rows["spans.dataset.exact"] == (2, 0, 0)


def test_papers_without_prediction_and_without_text() -> None:
    assert counts(record(datasets=[dataset("QuayNet")]), None)["spans.dataset.overlap"] == (0, 0, 2)
    assert score_spans("1", record(text=False), record(text=False)) is None


def test_generic_methods_are_neither_rewarded_nor_punished() -> None:
    generic = dataset("CNN", generic=True)
    for found in (dataset("CNN", "CNN"), dataset("CNN", "a CNN"), dataset("CNN", "CNN", generic=True)):
        rows = counts(record(methods=[generic]), record(methods=[found]))
        assert rows["spans.method.overlap"] == (0, 0, 0)
    assert counts(record(methods=[generic]), record(methods=[dataset("x", "a CNN")]))["spans.method.exact"] == (0, 1, 0)


def test_other_facts_are_compared_by_value_address_and_quote() -> None:
    quote = "a CNN gets 8% where 88% was not 8%"
    gold = record(
        results=[{"value": 8, "value_text": "8%", "quote": quote}],
        links=[{"url": "http://a.b/c"}],
        releases=[{"what": ["code"], "quote": "See http://a.b/c"}],
        claims=[{"status": "sota", "quote": quote}, {"status": "sota", "quote": "not in the text"}],
    )
    value = {"text": [TITLE.__len__() + 1 + ABSTRACT.index("8%"), TITLE.__len__() + 3 + ABSTRACT.index("8%")]}
    predicted = record(
        results=[{"value": 8, "evidence": [value, {"text": [0, 60]}]}],
        links=[{"url": "http://a.b/c"}],
        claims=[{"status": "background", "quote": "a CNN gets 8%"}],
    )
    rows = counts(gold, predicted)
    assert rows["spans.result.exact"] == (1, 0, 0)
    assert rows["spans.link.exact"] == (1, 0, 0)
    assert rows["spans.release.exact"] == (0, 0, 1)
    assert rows["spans.claim.exact"] == (0, 1, 1)
    assert rows["spans.claim.overlap"] == (1, 0, 0)


def test_overlap_is_one_to_one_and_prefers_equal_spans() -> None:
    gold = Spans([Extent(0, 4), Extent(4, 9)], [])
    found = match_spans(gold, [Extent(3, 9), Extent(4, 9), Extent(0, 1)], "overlap")
    assert found.pairs == [(Extent(4, 9), Extent(4, 9)), (Extent(0, 4), Extent(3, 9))]
    assert found.extra == [Extent(0, 1)]


@pytest.mark.parametrize(
    ("surface", "text", "places"),
    [
        ("COCO", "COCO, MS-COCO, COCOA, _COCO", [(0, 4), (9, 13)]),
        ("MS COCO", "MS\nCOCO MS  COCO", [(0, 7), (8, 16)]),
        ("C++", "C++ C++11", [(0, 3)]),
        ("", "text", []),
        (" ", "a text", []),
    ],
)
def test_occurrences_are_whole_words(surface: str, text: str, places: list[tuple[int, int]]) -> None:
    assert occurrences(surface, text) == places


def test_longer_mentions_win() -> None:
    assert mentions(["Quay", "Quay Net", "Net"], "Quay Net, Quay, Net") == [(0, 8), (10, 14), (16, 19)]
    assert longest_first([Extent(0, 3), Extent(2, 5)]) == [(0, 3)]


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("8%", "88% 8%", (4, 6)),
        ("8", "1.8 and 8.", (8, 9)),
        ("8", "1.8", (2, 3)),
        ("8", "7", None),
        ("", "7", None),
        ("a b", "(a\nb)", (1, 4)),
    ],
)
def test_place_of_a_phrase(phrase: str, text: str, found: tuple[int, int] | None) -> None:
    assert place(phrase, text) == found
