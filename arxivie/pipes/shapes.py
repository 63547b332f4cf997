"""Candidates by their look: runs of tokens that are written like proper names.

They carry the rule id ``<label>.shape`` and count for nothing by themselves; `resolve` weighs them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from spacy.tokens import Doc

from arxivie.rules.tokens import Tokens, tokens_of

_JOINTS = frozenset({"-", "–", "/", "+", "&", ".", ":", "@", "^", "_", "'"})
_NAME = re.compile(r"(?=.*[A-Z])[\w]+$|^\w*[a-z]\d\w*$")
_LONGEST = 8


@lru_cache(maxsize=65536)
def _named(word: str) -> bool:
    """Whether a word is written like a name."""
    return bool(_NAME.match(word))


def _strong(word: str) -> bool:
    """Whether a word can only be a name: a capital behind the first letter, or letters and digits together."""
    return any(c.isupper() for c in word[1:]) or (any(c.isdigit() for c in word) and any(c.isupper() for c in word))


def name_runs(doc: Doc) -> Iterator[tuple[int, int]]:
    """The extents that are written like names: every maximal run, and its parts before a hyphen or slash."""
    tokens = tokens_of(doc)
    words, spaced = tokens.texts, tokens.spaced
    starts = {s.start for s in doc.sents}
    i = 0
    while i < len(words):
        if not _named(words[i]) or "://" in words[i]:
            i += 1
            continue
        end = i + 1
        while end < len(words) and end - i < _LONGEST:
            if words[end] in _JOINTS and not spaced[end - 1] and end + 1 < len(words):
                if spaced[end] or not re.match(r"\w", words[end + 1]):
                    break
                end += 2
            elif spaced[end - 1] and (_named(words[end]) or re.fullmatch(r"\d{1,4}|v\d", words[end])):
                end += 1
            else:
                break
        yield from _parts(tokens, i, end, first=i in starts)
        i = end


def _parts(tokens: Tokens, start: int, end: int, *, first: bool) -> Iterator[tuple[int, int]]:
    words = tokens.texts
    lower = words[start].islower() or (words[start].istitle() and words[start].isalpha())
    if not (first and lower and end == start + 1):
        yield start, end
    if first and lower and end > start + 1 and re.match(r"\w", words[start + 1]):
        yield start + 1, end
    for at in range(start + 1, end):
        # "ImageNet-pretrained", "KITTI/Waymo", "OTB-2015": the name may end in front of the joint
        if words[at] in _JOINTS:
            yield start, at
        elif tokens.spaced[at - 1] and _strong(words[at - 1]) and at - start <= 2:
            yield start, at
            yield at, end
