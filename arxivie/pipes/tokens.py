"""The tokenizer: words, numbers, single punctuation marks and whole addresses.

It cuts wherever a whole-word occurrence of a name may begin or end, so that every annotated surface falls on token
boundaries: ``ResNet-50`` is three tokens, ``86.36%`` two, ``1,681`` and ``https://github.com/x/y`` one.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import regex
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

ADDRESS = r"(?:https?|ftp)://[^\s<>\"]*[^\s<>\"'.,;:!?)}\]|]|www\.[^\s<>\"]*[^\s<>\"'.,;:!?)}\]|]"
#: groups of three digits after commas, decimals, then the letters that stick to it: 1,681  0.876  3.2dB  10K
NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?\w*|\d+(?:\.\d+)+\w*|(?<!\w)\.\d+\w*"
_TOKEN = regex.compile(rf"{ADDRESS}|{NUMBER}|\w+|[^\S ]+|[ ]+|.", regex.DOTALL)


class FactTokenizer:
    """A spaCy tokenizer over one regular expression; it keeps every character of its input."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """The tokens of ``text``; ``doc.text == text``."""
        words: list[str] = []
        spaces: list[bool] = []
        for match in _TOKEN.finditer(text):
            word = match[0]
            if word[0] == " ":
                # one space belongs to the word in front of it, as everywhere in spaCy; more are a token
                if words and not spaces[-1] and not words[-1].isspace():
                    spaces[-1] = True
                    word = word[1:]
                if not word:
                    continue
            words.append(word)
            spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)

    # the tokenizer has no state beside the vocabulary, which the pipeline itself saves
    def to_bytes(self, **_: Any) -> bytes:
        """Nothing to save."""
        return b""

    def from_bytes(self, _data: bytes, **_: Any) -> FactTokenizer:
        """Nothing to load."""
        return self

    def to_disk(self, _path: str | Path, **_: Any) -> None:
        """Nothing to save."""

    def from_disk(self, _path: str | Path, **_: Any) -> FactTokenizer:
        """Nothing to load."""
        return self


@spacy.registry.tokenizers("arxivie.FactTokenizer.v1")
def fact_tokenizer() -> Callable[[Language], FactTokenizer]:
    """The tokenizer for ``[nlp.tokenizer]`` in a spaCy config."""

    def make(nlp: Language) -> FactTokenizer:
        return FactTokenizer(nlp.vocab)

    return make
