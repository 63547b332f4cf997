"""Examples with marks: ``We train on the [LRS3](dataset) corpus.``

The parser is strict. Every bracket belongs to a mark; a bracket of the text itself is written ``\\[`` or ``\\]``, and a
backslash in front of a bracket ``\\\\``. Parentheses and other backslashes are plain text, so LaTeX needs no escapes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from arxivie.errors import MarkError
from arxivie.extent import Extent

_TOKEN = re.compile(r"\\[\[\]\\]|\[|\](?:\(([a-z]+(?:-[a-z]+)*)\))?|[^\[\]\\]+|\\")
#: backslashes are doubled only where they would otherwise escape what follows
_SPECIAL = re.compile(r"[\[\]]|\\(?=[\[\]\\]|$)")


class Mark(NamedTuple):
    """The characters ``extent`` of the example's text are a ``label``."""

    extent: Extent
    label: str


class Example(NamedTuple):
    """The text of an example and its marks, in the order of the text."""

    text: str
    marks: tuple[Mark, ...]


def parse(example: str) -> Example:
    """The text and the marks of an example.

    Raises:
        MarkError: where a bracket opens within a mark, closes none, is never closed, lacks its label or marks nothing.
    """
    pieces: list[str] = []
    marks: list[Mark] = []
    length, opened = 0, -1
    for match in _TOKEN.finditer(example):
        piece, label = match[0], match[1]
        if piece == "[":
            if opened >= 0:
                raise MarkError(f"{example!r}: a mark opens within a mark at character {match.start()}")
            opened = length
            continue
        if piece[0] == "]":
            if opened < 0:
                raise MarkError(f"{example!r}: ']' at character {match.start()} closes no mark (a bracket is \\])")
            if label is None:
                raise MarkError(f"{example!r}: no (label) behind ']' at character {match.start()}")
            if opened == length:
                raise MarkError(f"{example!r}: an empty mark at character {match.start()}")
            marks.append(Mark(Extent(opened, length), label))
            opened = -1
            continue
        if len(piece) == 2 and piece[0] == "\\" and piece[1] in "[]\\":
            piece = piece[1]
        pieces.append(piece)
        length += len(piece)
    if opened >= 0:
        raise MarkError(f"{example!r}: a mark is never closed")
    return Example("".join(pieces), tuple(marks))


def write(text: str, marks: Iterable[Mark] = ()) -> str:
    """The example with these marks, which must not overlap; `parse` gives text and marks back."""
    pieces: list[str] = []
    at = 0
    for extent, label in sorted(marks):
        if extent.start < at:
            raise MarkError(f"{text!r}: marks overlap at character {extent.start}")
        pieces += escape(text[at : extent.start]), "[", escape(extent.of(text)), f"]({label})"
        at = extent.end
    return "".join([*pieces, escape(text[at:])])


def escape(text: str) -> str:
    """Plain text as part of an example."""
    return _SPECIAL.sub(r"\\\g<0>", text)
