"""Candidates for metrics by their place: the noun phrases that stand beside a figure.

``reduces annotation cost by 78%``, ``a recall of 0.9``, ``R@5 (0.389)``, ``10% fewer parameters``. They carry the rule
ids ``metric.beside-figure`` (the whole phrase) and ``metric.near-figure`` (a part of it) and count for nothing by
themselves; `resolve` weighs them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from arxivie.pipes.context import cues
from arxivie.pipes.quantities import Quantity
from arxivie.rules.tokens import tokens_of

Span = tuple[int, int]

_LONGEST = 5
_JOINTS = frozenset("-@/_")


def beside_figures(doc: Doc, quantities: Sequence[Quantity]) -> Iterator[tuple[int, int, str, int]]:
    """(start, end, rule, figure) of the phrases beside every figure, which is given by its first token.

    Whole phrases come first, then their parts that may be a measure's name. None holds a figure, but for the units
    that are measures themselves: ``25 [FPS]``, ``1.5M [parameters]``.
    """
    words = tokens_of(doc).lower
    figures = {i for q in quantities for i in range(q.start, q.end)}
    for q in quantities:
        if q.unit in cues()["measure-unit"] and words[q.end - 1][0].isalpha():
            yield q.end - 1, q.end, "metric.unit", q.start
        for side in (_behind(doc, words, q.end), _ahead(doc, words, q.lead)):
            for number, (start, end) in enumerate(side):
                if words[start][0].isalpha() and figures.isdisjoint(range(start, end)):
                    yield start, end, "metric.near-figure" if number else "metric.beside-figure", q.start


def _in_phrase(doc: Doc, words: list[str], i: int) -> bool:
    """Whether a token may be part of the name of a measure."""
    word = words[i]
    if word in _JOINTS:
        return 0 < i < len(words) - 1 and not doc[i - 1].whitespace_ and not doc[i].whitespace_
    return word[0].isalnum() and "://" not in word and word not in cues()["no-measure"]


def _behind(doc: Doc, words: list[str], at: int) -> Iterator[Span]:
    """ "87.3% [accuracy]", "10% [BD-rate] reduction", "5 points higher in [mIoU]"."""
    start = at
    while start < len(words) and start - at < 4 and words[start] in cues()["change"] | cues()["link"]:
        start += 1
    end = start
    while end < len(words) and end - start < _LONGEST and _in_phrase(doc, words, end):
        end += 1
    # without the nouns of change at its end: "BD-rate reduction"
    while end > start and words[end - 1] in cues()["change"] | _JOINTS:
        end -= 1
    for stop in range(end, start, -1):
        if words[stop - 1] not in _JOINTS and (stop == end or words[stop] not in _JOINTS):
            yield start, stop


def _ahead(doc: Doc, words: list[str], at: int) -> Iterator[Span]:
    """ "[annotation cost] by 78%", "a [recall] of 0.9", "[R@5] ( 0.389 )"."""
    end = at
    while end > 0 and at - end < 4 and words[end - 1] in cues()["measure-link"]:
        end -= 1
    start = end
    while start > 0 and end - start < _LONGEST and _in_phrase(doc, words, start - 1):
        start -= 1
    for first in range(start, end):
        if words[first] not in _JOINTS and (first == start or words[first - 1] not in _JOINTS):
            yield first, end
