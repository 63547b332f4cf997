"""What a figure points to: which words around it name its metric, its datasets and its method, and what kind it is.

The tagger reads every figure of a Doc once more, by itself, over a window of the text (`pointer_window`); this module
says what that window is, and what later components ask of the answer. It is kept as plain arrays beside the tagger's
other probabilities::

    doc.user_data["arxivie_tagger"]["pointers"] = [
        {"figure": first token, "window": [n] token numbers, "links": [n, len(LINKS)], "kinds": [len(QUANTITIES)]}, …
    ]

Pointing at words, not at entities, is what finds the metric that no finder has proposed. A figure that the tagger's
head ``quantity`` surely takes for no result is not read: its window is empty, its kinds are those of that head.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from arxivie.pipes.decode import QUANTITIES
from arxivie.pipes.quantities import Quantity
from arxivie.pipes.sentences import Sentences

POINTERS = "pointers"
#: what a word may be to a figure
LINKS = ("none", "metric", "dataset", "method")
#: a window has at most this many tokens behind the title
_LONGEST = 150
#: from these distances on a token counts as farther off
_EDGES = np.array([1, 2, 3, 4, 6, 8, 11, 15, 20, 27, 36, 50])
_N_DISTANCES = 2 * len(_EDGES) + 1
#: whether a token belongs to the figure, to another one, or to none; and to the title, the figure's sentence or neither
_N_MARKS, _N_PARTS = 3, 3
N_PLACES = _N_DISTANCES + _N_MARKS + _N_PARTS
#: a word that a figure points to with at least this probability may be a mention that no finder has proposed
_LIKELY = 0.5

Span = tuple[int, int]


def pointer_window(text: Sentences, q: Quantity) -> NDArray[np.int64]:
    """The tokens that are read for a figure: the title, the sentence of the figure and the one in front of it."""
    start, end = text.bounds(q.start)
    before, half = text.bounds(max(start - 1, 0))[0], _LONGEST // 2
    first, last = max(before, text.title_end, q.start - half), min(end, q.end + half)
    return np.concatenate([np.arange(text.title_end), np.arange(first, last)])


def pointer_places(
    text: Sentences, q: Quantity, figures: Iterable[Quantity], window: NDArray[np.int64]
) -> NDArray[np.int64]:
    """[n, 3]: three numbers below `N_PLACES` for every token of a window: distance, mark and part."""
    far = np.where(window < q.start, window - q.start, np.maximum(window - q.end + 1, 0))
    distance = len(_EDGES) + np.sign(far) * np.searchsorted(_EDGES, np.abs(far), side="right")
    marks = figure_marks(len(text.words), q, figures)[window]
    own = text.bounds(q.start)
    parts = np.where(window < text.title_end, 0, np.where((own[0] <= window) & (window < own[1]), 1, 2))
    return np.stack([distance, _N_DISTANCES + marks, _N_DISTANCES + _N_MARKS + parts], axis=1)


def figure_marks(n: int, q: Quantity, figures: Iterable[Quantity]) -> NDArray[np.int64]:
    """[tokens]: 1 on the figure, 2 on the other ones, 0 elsewhere, for a text of ``n`` tokens."""
    marks = np.zeros(n, dtype=np.int64)
    for other in figures:
        marks[other.start : other.end] = 2
    marks[q.start : q.end] = 1
    return marks


class Pointer:
    """What one figure points to.

    Attributes:
        figure: its first token.
        kinds: kind of result (``none`` among them) -> probability.
    """

    def __init__(self, stored: Mapping[str, Any]) -> None:
        self.figure = int(stored["figure"])
        self.kinds: dict[str, float] = dict(zip(QUANTITIES, np.asarray(stored["kinds"]).tolist(), strict=True))
        window, links = np.asarray(stored["window"]).tolist(), np.asarray(stored["links"]).T.tolist()
        self._chances = {
            label: dict(zip(window, column, strict=True)) for label, column in zip(LINKS, links, strict=True)
        }
        #: whether the figure has been read
        self.read = bool(window)

    def chance(self, label: str, mention: Span) -> float:
        """The mean probability over the tokens of a mention that they name the figure's ``label``.

        0 where the mention lies outside the window.
        """
        known: dict[int, float] = self._chances[label]
        start, end = mention
        return sum([known.get(i, 0.0) for i in range(start, end)]) / (end - start)

    def best(self, label: str, mentions: Sequence[Span]) -> float:
        """The highest `chance` of some mentions; 0 without any."""
        return max([self.chance(label, m) for m in mentions], default=0.0) if self.read else 0.0

    def most(self, label: str) -> float:
        """The probability of the word that most likely names the figure's ``label``."""
        return max(self._chances[label].values(), default=0.0)

    def spans(self, label: str) -> Iterator[Span]:
        """The runs of words that probably name the figure's ``label``."""
        likely = sorted(i for i, chance in self._chances[label].items() if chance >= _LIKELY)
        run: list[int] = []
        for i in likely:
            if run and i != run[-1] + 1:
                yield run[0], run[-1] + 1
                run = []
            run.append(i)
        if run:
            yield run[0], run[-1] + 1


def has_pointers(doc: Doc) -> bool:
    """Whether the tagger has read the figures of a Doc."""
    return POINTERS in doc.user_data.get("arxivie_tagger", {})


#: what was last read from a Doc: what was stored on it, and the same as pointers
_known: WeakKeyDictionary[Doc, tuple[Sequence[Mapping[str, Any]], dict[int, Pointer]]] = WeakKeyDictionary()


def pointers(doc: Doc) -> Mapping[int, Pointer]:
    """First token of a figure -> what it points to; empty where the tagger has not read the Doc's figures."""
    stored = doc.user_data.get("arxivie_tagger", {}).get(POINTERS, ())
    known = _known.get(doc)
    if known is None or known[0] is not stored:
        known = _known[doc] = stored, {p.figure: p for p in map(Pointer, stored)}
    return known[1]
