"""What the pointer learns from: the windows of single figures, with a probability for every link of every token."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from arxivie.pipes.decode import QUANTITIES
from arxivie.pipes.pointer import LINKS, figure_marks, pointer_places, pointer_window
from arxivie.pipes.quantities import Quantity, quantities
from arxivie.pipes.sentences import SentenceFinder, Sentences
from arxivie.train.annotated import gold_entities, match_results

_SENTENCES = SentenceFinder()


@dataclass(eq=False)
class FigureExample:
    """One figure in its window.

    Attributes:
        doc: its text.
        window: [n], the tokens of ``doc`` that are read.
        places: [n, 3], see `pointer_places`; ``marks`` [n] see `figure_marks`.
        links: [n, len(LINKS)], what each token is to the figure, as probabilities.
        kinds: [len(QUANTITIES)], the kind of the figure, as probabilities.
        weight: what it counts.
    """

    doc: Doc
    window: NDArray[np.int64]
    places: NDArray[np.int64]
    marks: NDArray[np.int64]
    links: NDArray[np.float16]
    kinds: NDArray[np.float32]
    weight: float = 1.0

    @property
    def words(self) -> list[str]:
        """The words of the window."""
        return [self.doc[int(i)].text for i in self.window]

    @property
    def spaces(self) -> list[bool]:
        """Whether whitespace follows each word of the window."""
        return [bool(self.doc[int(i)].whitespace_) for i in self.window]


def unlabelled_figures(doc: Doc) -> list[FigureExample]:
    """The figures of a Doc, as linked to nothing and of no kind."""
    return [example for _, example in _figures(doc)]


def annotated_figures(doc: Doc, facts: dict[str, Any], weight: float) -> list[FigureExample]:
    """The figures of a reference Doc (`arxivie.train.data.gold_doc`) with what the annotation links them to."""
    found = list(_figures(doc))
    entities = gold_entities(doc, facts)
    results = match_results([q for q, _ in found], facts.get("results") or [])
    for k, (_, example) in enumerate(found):
        example.weight = weight
        result = results.get(k)
        if result is None:
            continue
        links = np.zeros(len(doc), dtype=np.int64)
        names = {
            "metric": {result.get("metric")}, "dataset": {*(result.get("datasets") or ())},
            "method": {result.get("method")},
        }  # fmt: skip
        for entity in entities:
            if entity.name in names.get(entity.label, ()):
                for start, end in entity.mentions:
                    links[start:end] = LINKS.index(entity.label)
        example.links = np.eye(len(LINKS), dtype=np.float16)[links[example.window]]
        example.kinds = np.eye(len(QUANTITIES), dtype=np.float32)[QUANTITIES.index(result["kind"])]
    return [example for _, example in found]


def _figures(doc: Doc) -> Iterator[tuple[Quantity, FigureExample]]:
    found = quantities(doc)
    text = Sentences(_SENTENCES(doc))
    for q in found:
        window = pointer_window(text, q)
        places = pointer_places(text, q, found, window)
        links = np.eye(len(LINKS), dtype=np.float16)[np.zeros(len(window), dtype=np.int64)]
        kinds = np.eye(len(QUANTITIES), dtype=np.float32)[0]
        yield q, FigureExample(doc, window, places, figure_marks(len(doc), q, found)[window], links, kinds)
