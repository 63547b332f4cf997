"""Noun phrases beside figures as candidates for metrics."""

from __future__ import annotations

import pytest

from arxivie.pipes.measures import beside_figures
from arxivie.pipes.quantities import quantities


def beside(doc) -> dict[str, list[str]]:
    made: dict[str, list[str]] = {}
    for start, end, rule, _ in beside_figures(doc, quantities(doc)):
        made.setdefault(rule, []).append(doc[start:end].text)
    return made


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("it reduces annotation cost by 78% here", "annotation cost"),
        ("with a recall of 0.9 here", "recall"),
        ("with R@5 (0.389) here", "R@5"),
        ("with 10% fewer parameters.", "parameters"),
        ("reaches 87.3% accuracy on it", "accuracy"),
        ("is 5 points higher in mIoU on it", "mIoU"),
        ("a 10% BD-rate reduction", "BD-rate"),
    ],
)
def test_the_phrase_beside_a_figure(read, text: str, wanted: str) -> None:
    assert wanted in [phrase for phrases in beside(read(text)).values() for phrase in phrases]


def test_whole_phrases_and_parts_are_told_apart(read) -> None:
    made = beside(read("it reaches 87.3% overall accuracy."))
    assert made["metric.beside-figure"][0] == "overall accuracy"
    assert made["metric.near-figure"] == ["overall"]


@pytest.mark.parametrize(
    "text", ["no figure and its accuracy", "it reaches 0.9 on the 0.8 of 12", "5 of the 6, 7 and 8"]
)
def test_nothing_without_a_phrase(read, text: str) -> None:
    assert beside(read(text)) == {}


def test_no_phrase_holds_a_figure(read) -> None:
    doc = read("accuracy 88 % F1 91 % recall 92 %")
    figures = {i for q in quantities(doc) for i in range(q.start, q.end)}
    found = list(beside_figures(doc, quantities(doc)))
    assert found
    assert all(figures.isdisjoint(range(start, end)) for start, end, rule, _ in found if rule != "metric.unit")
