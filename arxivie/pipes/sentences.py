"""Sentence boundaries of scientific prose: never inside ``et al.``, ``e.g.``, ``vs.`` or a number.

The title is a sentence of its own, since a line break ends one.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, Self

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from arxivie.resources import patterns_dir
from arxivie.rules.tokens import Tokens, tokens_of

_STOPS = frozenset(".!?")
_CLOSERS = frozenset(")]}\"'”’»")
_OPENERS = frozenset("([{\"'“‘«")


@lru_cache(maxsize=1)
def _abbreviations() -> tuple[frozenset[str], frozenset[str]]:
    data = tomllib.loads((patterns_dir() / "sentence" / "sentence.toml").read_text("utf-8"))
    return frozenset(data["abbreviations"]), frozenset(data["either"])


class SentenceFinder:
    """The component ``arxivie_sentences``: sets ``token.is_sent_start``."""

    def __call__(self, doc: Doc) -> Doc:
        """Mark the sentences of ``doc``."""
        if len(doc):
            doc[0].is_sent_start = True  # refused, as it should be, where a parser has set the others
            marks: Any = np.full(len(doc), -1)
            marks[[0, *self._starts(tokens_of(doc))]] = 1
            doc.from_array(["SENT_START"], marks.astype(np.uint64))
        return doc

    def _starts(self, tokens: Tokens) -> Iterator[int]:
        """The first tokens of all sentences but the first."""
        for i, word in enumerate(tokens.texts):
            start: int | None = None
            if "\n" in word:
                start = i + 1
            elif word in _STOPS:
                start = self._after_stop(tokens, i)
            if start is not None and start < len(tokens.texts):
                yield start

    @staticmethod
    def _after_stop(tokens: Tokens, i: int) -> int | None:
        """The first token behind the stop ``i``, where it ends a sentence."""
        words, at = tokens.texts, i + 1
        while at < len(words) and words[at] in _CLOSERS and not tokens.spaced[at - 1]:
            at += 1
        if at >= len(words) or not (tokens.spaced[at - 1] or words[at].isspace()):
            return None
        while at < len(words) and words[at].isspace():
            at += 1
        if at >= len(words):
            return None
        first = words[at + 1] if words[at] in _OPENERS and at + 1 < len(words) else words[at]
        capital = first[:1].isupper()
        plain, either = _abbreviations()
        before = words[i - 1].lower() if i else ""
        if words[i] == "." and before in plain:
            ends = before in either and before not in {"e", "i"} and words[max(0, i - 3) : i - 1] != ["e", "."]
            return at if ends and capital and len(first) > 1 else None
        # a sentence begins with a capital, a digit, a name in lower case with a capital inside, or a bracket
        return at if capital or first[:1].isdigit() or not first.islower() else None


def with_sentences(doc: Doc) -> Doc:
    """``doc`` with its sentences marked: by us where no component in front has done it."""
    return doc if doc.has_annotation("SENT_START") else SentenceFinder()(doc)


def title_end(doc: Doc) -> int:
    """The first token behind the title, which is all up to the first line break; 0 where there is no break."""
    return tokens_of(doc).title_end


class Sentences:
    """The lower-case words of a Doc and the bounds of its sentences, looked up once.

    A Doc on which no sentences are set is one sentence.
    """

    def __init__(self, doc: Doc) -> None:
        self.tokens = tokens_of(doc)
        self.words = self.tokens.lower
        self.starts: list[int] = (
            [0, *(np.flatnonzero(doc.to_array("SENT_START")[1:] == 1) + 1).tolist()] if len(doc) else []
        )
        self.title_end = title_end(doc)
        self._kept: dict[tuple[int, int], dict[str, float]] = {}

    def kept(
        self, span: tuple[int, int], features: Callable[[Self, tuple[int, int]], dict[str, float]]
    ) -> dict[str, float]:
        """The features of a span, made once for all the candidates that stand there."""
        if span not in self._kept:
            self._kept[span] = features(self, span)
        return self._kept[span]

    def number(self, i: int) -> int:
        """The number of the sentence of token ``i``."""
        return bisect_right(self.starts, i) - 1

    def bounds(self, i: int) -> tuple[int, int]:
        """The tokens of the sentence of token ``i``."""
        k = self.number(i)
        return self.starts[k], self.starts[k + 1] if k + 1 < len(self.starts) else len(self.words)


def make_sentences(nlp: Language, name: str) -> SentenceFinder:
    """The factory of ``arxivie_sentences``; it has no settings."""
    del nlp, name
    return SentenceFinder()
