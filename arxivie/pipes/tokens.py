"""The tokenizer: spaCy's door to `arxivie.text.words.cut`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

from arxivie.rules.tokens import made_of
from arxivie.text.words import cut


class FactTokenizer:
    """A spaCy tokenizer over one regular expression; it keeps every character of its input."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """The tokens of ``text``; ``doc.text == text``."""
        return made_of(self.vocab, *cut(text))

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


@registry.tokenizers("arxivie.FactTokenizer.v1")  # type: ignore[untyped-decorator]
def fact_tokenizer() -> Callable[[Language], FactTokenizer]:
    """The tokenizer for ``[nlp.tokenizer]`` in a spaCy config."""

    def make(nlp: Language) -> FactTokenizer:
        return FactTokenizer(nlp.vocab)

    return make
