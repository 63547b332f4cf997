"""What the student learns from: texts with a probability for every label of every token."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from spacy.tokens import Doc
from thinc.api import NumpyOps
from torch import Tensor

from arxivie.pipes.decode import HEADS, is_number
from arxivie.pipes.targets import IGNORE
from arxivie.pipes.words import N_VIEWS, spelling, subword_vectors, view_rows_of


@dataclass
class SoftExample:
    """One text for the student.

    ``words`` [tokens] numbers in a `Lexicon`; ``spots`` [tokens, 2] as `spelling` gives them; ``soft`` head ->
    probabilities [tokens, labels] (float16); ``care`` head -> weight of every token [tokens] (float16).
    """

    words: NDArray[np.int32]
    spots: NDArray[np.int64]
    soft: dict[str, NDArray[np.float16]]
    care: dict[str, NDArray[np.float16]]


class Lexicon:
    """Every word of the training texts, with the rows of the tables that it is made of."""

    def __init__(self, subword_rows: int, view_rows: int) -> None:
        self._subwords = subword_vectors(np.zeros((subword_rows, 1), dtype=np.float32))
        self._sizes = subword_rows, view_rows
        self.number: dict[str, int] = {}
        self._new: list[str] = []
        self._rows: list[NDArray[np.int64]] = []
        self._views = np.zeros((0, N_VIEWS, 4), dtype=np.int64)

    def add(self, words: Sequence[str]) -> NDArray[np.int32]:
        """The numbers of the words; new words are entered."""
        for word in words:
            if word not in self.number:
                self.number[word] = len(self.number)
                self._new.append(word)
        return np.array([self.number[word] for word in words], dtype=np.int32)

    def freeze(self) -> None:
        """Compute the rows of all new words."""
        if not self._new:
            return
        for word in self._new:
            hashes = [
                h % self._sizes[0]
                for part in self._subwords._get_ngrams(word)
                for h in self._subwords._get_ngram_hashes(part)
            ]
            self._rows.append(np.array(hashes, dtype=np.int64))
        views = view_rows_of(self._new, self._sizes[1], NumpyOps())
        self._views = np.concatenate([self._views, views])
        self._new = []

    def rows(self, numbers: NDArray[np.integer]) -> tuple[Tensor, Tensor, Tensor]:
        """(subword rows of all words in one line, where each word's begin, view rows [words, views, 4])."""
        parts = [self._rows[n] for n in numbers]
        starts = np.cumsum([0, *(len(p) for p in parts[:-1])])
        return torch.from_numpy(np.concatenate(parts)), torch.from_numpy(starts), torch.from_numpy(self._views[numbers])


def soft_example(
    doc: Doc, probabilities: dict[str, NDArray[Any]], lexicon: Lexicon, weight: float = 1.0
) -> SoftExample:
    """An example from a teacher's probabilities; roles count where a dataset or method is likely, kinds on numbers."""
    texts = [token.text for token in doc]
    entity = np.asarray(probabilities["entity"], dtype=np.float32)
    named = [k for k, label in enumerate(HEADS["entity"]) if label.endswith(("dataset", "method"))]
    ones = np.full(len(doc), weight, dtype=np.float16)
    care = {
        "entity": ones,
        "claim": ones,
        "role": (weight * entity[:, named].sum(axis=1)).astype(np.float16),
        "quantity": np.array([weight * is_number(text) for text in texts], dtype=np.float16),
    }
    soft = {head: np.asarray(probabilities[head], dtype=np.float16) for head in HEADS}
    return SoftExample(lexicon.add(texts), spelling(doc)[1], soft, care)


def hard_example(doc: Doc, targets: dict[str, NDArray[np.int64]], lexicon: Lexicon, weight: float) -> SoftExample:
    """An example from an annotator's labels, ``weight`` times as important as a self-labelled one."""
    soft, care = {}, {}
    for head, labels in HEADS.items():
        known = targets[head] != IGNORE
        soft[head] = np.eye(len(labels), dtype=np.float16)[np.where(known, targets[head], 0)]
        care[head] = (known * weight).astype(np.float16)
    return SoftExample(lexicon.add([token.text for token in doc]), spelling(doc)[1], soft, care)
