"""The forms of a name: what counts as the same surface, and where one stands in a Doc."""

from __future__ import annotations

import re
from functools import lru_cache

from spacy.tokens import Doc

from arxivie.rules.tokens import tokens_of

_NOT_WORD = re.compile(r"[^\w+]|_")
#: from this many letters on, a form with a final s is the plural of the form without
_PLURAL_FROM = 3


@lru_cache(maxsize=65536)
def form(surface: str) -> str:
    """A surface without case, spaces and punctuation: ``CIFAR-10`` and ``cifar 10`` are one."""
    return _NOT_WORD.sub("", surface.casefold())


def singular(key: str) -> str:
    """A form without its plural ending, so that ``LLMs`` is ``LLM``; ``analysis`` stays."""
    if len(key) > _PLURAL_FROM and key.endswith("s") and not key.endswith(("ss", "is", "us")):
        return key[:-1]
    return key


class SurfaceIndex:
    """Finds all occurrences of a surface in one Doc."""

    def __init__(self, doc: Doc) -> None:
        self._tokens = tokens_of(doc)

    def occurrences(self, start: int, end: int, *, fold: bool) -> list[tuple[int, int]]:
        """The extents that read like the tokens [start, end); with ``fold``, whatever their case."""
        tokens, length = self._tokens, end - start
        words = tokens.lower if fold else tokens.texts
        wanted = words[start:end]
        return [(i, i + length) for i in tokens.places[tokens.lower[start]] if words[i : i + length] == wanted]
