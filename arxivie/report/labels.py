"""What the eight kinds of fact are called and how they are told apart, with colour and without.

This module is imported by spaCy's entry point ``spacy_displacy_colors``, so it imports nothing heavy.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from arxivie.facts import Fact, Facts


class Label(NamedTuple):
    """One kind of fact.

    Attributes:
        name: ``dataset``; also the style class of its marks.
        field: its list in `Facts`.
        letter: stands in front of a mark, so that it needs no colour; the same as on the terminal.
        color: behind a mark, light enough for black text.
        style: style declarations that tell its marks apart without colour; ``report.css`` draws the same.
    """

    name: str
    field: str
    letter: str
    color: str
    style: str


LABELS = (
    Label("dataset", "datasets", "D", "#cfe8d5", "text-decoration: underline solid 2px"),
    Label("method", "methods", "M", "#d3e2f7", "text-decoration: underline double"),
    Label("task", "tasks", "T", "#eadcf3", "text-decoration: underline dotted 2px"),
    Label("metric", "metrics", "E", "#f6e6c2", "text-decoration: underline dashed 2px"),
    Label("result", "results", "R", "#f8d9d5", "outline: 1px solid #454b52"),
    Label("link", "links", "L", "#d2ecee", "text-decoration: underline 1px"),
    Label("release", "releases", "P", "#e3e9d0", "text-decoration: underline wavy 1px"),
    Label("claim", "claims", "C", "#ece7e1", "border-bottom: 1px solid"),
)

NUMBER = {label.name: number for number, label in enumerate(LABELS)}

#: the values of the entry point ``spacy_displacy_colors``
COLORS = {label.name.upper(): label.color for label in LABELS}


def labelled(facts: Facts) -> Iterator[tuple[Label, int, Fact]]:
    """Every fact with its label and its number, from 1, among those of its label."""
    for label in LABELS:
        for number, fact in enumerate(getattr(facts, label.field), 1):
            yield label, number, fact


def fact_id(label: str, number: int) -> str:
    """The id of a fact on the page of its paper: ``dataset-1``."""
    return f"{label}-{number}"
