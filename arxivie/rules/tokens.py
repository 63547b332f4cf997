"""The tokens of a Doc as plain lists, read once for all that ask."""

from __future__ import annotations

from functools import cached_property
from itertools import accumulate
from weakref import WeakKeyDictionary

from spacy.tokens import Doc
from spacy.vocab import Vocab


class Tokens:
    """What every rule and pipe asks of the tokens of one Doc; nothing of it changes once the Doc is tokenized.

    Attributes:
        texts, lower: the words as they stand and in lower case.
        spaced: whether a space follows.
        title_end: the first token behind the first line break; 0 where there is none.
    """

    def __init__(self, texts: list[str], spaced: list[bool]) -> None:
        self.texts = texts
        self.spaced = spaced
        self.lower = [word.lower() for word in self.texts]
        self.title_end = next((i for i, word in enumerate(self.texts, 1) if "\n" in word), 0)

    @cached_property
    def text(self) -> str:
        """The text of the Doc."""
        return "".join(word + " " * spaced for word, spaced in zip(self.texts, self.spaced, strict=True))

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Word in lower case -> the tokens that read so."""
        made: dict[str, list[int]] = {}
        for i, word in enumerate(self.lower):
            made.setdefault(word, []).append(i)
        return made

    @cached_property
    def offsets(self) -> list[int]:
        """Where the tokens begin in the text."""
        lengths = (len(word) + spaced for word, spaced in zip(self.texts, self.spaced, strict=True))
        return list(accumulate(lengths, initial=0))[:-1]

    @cached_property
    def edges(self) -> tuple[dict[int, int], dict[int, int]]:
        """Where a token begins in the text -> its number; where one ends -> the number of the next."""
        starts = {at: i for i, at in enumerate(self.offsets)}
        return starts, {at + len(self.texts[i]): i + 1 for at, i in starts.items()}

    def surface(self, start: int, end: int) -> str:
        """The characters of the tokens [start, end), as ``doc[start:end].text`` gives them."""
        last = end - 1
        return (
            self.texts[start]
            if start == last
            else self.text[self.offsets[start] : self.offsets[last] + len(self.texts[last])]
        )


_read: WeakKeyDictionary[Doc, Tokens] = WeakKeyDictionary()


def made_of(vocab: Vocab, words: list[str], spaces: list[bool]) -> Doc:
    """A new Doc whose tokens are known already."""
    doc = Doc(vocab, words=words, spaces=spaces)
    _read[doc] = Tokens(words, spaces)
    return doc


def tokens_of(doc: Doc) -> Tokens:
    """The tokens of a Doc; read again where somebody has cut it anew."""
    tokens = _read.get(doc)
    if tokens is None or len(tokens.texts) != len(doc):
        tokens = _read[doc] = Tokens([t.text for t in doc], [bool(t.whitespace_) for t in doc])
    return tokens
