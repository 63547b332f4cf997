"""A text that knows, for each of its characters, the characters of its source.

`AlignedString` is one step: a text over its source. Its only edit operation, `rewrite`, carries the offsets along, so
they are never recovered afterwards by searching or diffing. `AlignedText` puts two steps on top of each other::

    raw (what the source holds)  →  text (what is published)  →  reading (what spaCy sees)

Invariant: every character of a view owns a non-empty slice of its source; the slices follow each other and never
overlap. So an edit may shorten but never lengthen, and every non-empty extent maps to its source and back onto itself.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import NamedTuple

from arxivie.errors import ExtentError
from arxivie.extent import Extent


class Edit(NamedTuple):
    """Put ``new`` in the place of ``text[start:end]``; ``new`` is at most as long, empty to delete."""

    start: int
    end: int
    new: str


class AlignedString:
    """A string and, for each of its characters, the slice of ``source`` that it stands for."""

    __slots__ = ("_ends", "_starts", "source", "text")

    def __init__(self, source: str) -> None:
        self.source = source
        self.text = source
        self._starts = array("l", range(len(source)))
        self._ends = array("l", range(1, len(source) + 1))

    def __repr__(self) -> str:
        return f"AlignedString({self.text!r})"

    def rewrite(self, edits: Iterable[Edit]) -> AlignedString:
        """A new string with the edits made; their offsets count in ``self.text``.

        Raises:
            ExtentError: where edits overlap, are unsorted, leave the text or lengthen it.
        """
        pieces: list[str] = []
        starts, ends = array("l"), array("l")
        at = 0
        for start, end, new in edits:
            if not at <= start <= end <= len(self.text):
                raise ExtentError(f"the edit [{start}, {end}) overlaps its forerunner or leaves the text")
            if len(new) > end - start:
                raise ExtentError(f"the edit {self.text[start:end]!r} -> {new!r} lengthens the text")
            pieces += self.text[at:start], new
            starts += self._starts[at:start]
            ends += self._ends[at:start]
            for k in range(len(new)):
                # the new characters share the old ones out; the last takes what is left over
                starts.append(self._starts[start + k])
                ends.append(self._ends[start + k] if k < len(new) - 1 else self._ends[end - 1])
            at = end
        if not pieces:
            return self
        pieces.append(self.text[at:])
        starts += self._starts[at:]
        ends += self._ends[at:]
        return self._make(self.source, "".join(pieces), starts, ends)

    def then(self, later: AlignedString) -> AlignedString:
        """The two steps as one: ``later`` must have been made from ``self.text``."""
        if later.source != self.text:
            raise ExtentError("the later step was made from another text")
        starts = array("l", (self._starts[i] for i in later._starts))
        ends = array("l", (self._ends[i - 1] for i in later._ends))
        return self._make(self.source, later.text, starts, ends)

    def to_source(self, extent: Extent) -> Extent:
        """The characters of ``source`` that the extent of ``text`` stands for; empty extents stay empty."""
        if extent.end > len(self.text):
            raise ExtentError(f"{extent} leaves a text of {len(self.text)} characters")
        if extent.length:
            return Extent(self._starts[extent.start], self._ends[extent.end - 1])
        at = self._starts[extent.start] if extent.start < len(self.text) else len(self.source)
        return Extent(at, at)

    def from_source(self, extent: Extent) -> Extent:
        """The characters of ``text`` that stand for at least one character of the extent; empty where none does."""
        if extent.end > len(self.source):
            raise ExtentError(f"{extent} leaves a source of {len(self.source)} characters")
        start = bisect_right(self._ends, extent.start)
        return Extent(start, max(start, bisect_left(self._starts, extent.end)))

    @classmethod
    def _make(cls, source: str, text: str, starts: array[int], ends: array[int]) -> AlignedString:
        made = cls.__new__(cls)
        made.source, made.text, made._starts, made._ends = source, text, starts, ends
        return made

    @classmethod
    def joined(cls, parts: Iterable[AlignedString], separator: str) -> AlignedString:
        """The parts one behind the other, with the separator between them in text and source alike."""
        parts = list(parts)
        starts, ends = array("l"), array("l")
        offset = 0
        for number, part in enumerate(parts):
            starts += array("l", (i + offset for i in part._starts))
            ends += array("l", (i + offset for i in part._ends))
            offset += len(part.source)
            if number < len(parts) - 1:
                starts += array("l", range(offset, offset + len(separator)))
                ends += array("l", range(offset + 1, offset + len(separator) + 1))
                offset += len(separator)
        return cls._make(separator.join(p.source for p in parts), separator.join(p.text for p in parts), starts, ends)


Step = Callable[[AlignedString], AlignedString]


class AlignedText:
    """The three views of one text: ``raw``, ``text`` and ``reading``.

    Args:
        published: ``text`` over ``raw``.
        read: makes ``reading`` of ``text``; it is called when ``reading`` is first asked for.
    """

    def __init__(self, published: AlignedString, read: Step) -> None:
        self._published = published
        self._read = read

    @property
    def raw(self) -> str:
        """What the source holds."""
        return self._published.source

    @property
    def text(self) -> str:
        """What is published and annotated."""
        return self._published.text

    @cached_property
    def _reading(self) -> AlignedString:
        return self._read(AlignedString(self._published.text))

    @property
    def reading(self) -> str:
        """What spaCy sees."""
        return self._reading.text

    def text_to_raw(self, extent: Extent) -> Extent:
        """From characters of ``text`` to those of ``raw``."""
        return self._published.to_source(extent)

    def raw_to_text(self, extent: Extent) -> Extent:
        """From characters of ``raw`` to those of ``text``."""
        return self._published.from_source(extent)

    def reading_to_text(self, extent: Extent) -> Extent:
        """From characters of ``reading`` to those of ``text``."""
        return self._reading.to_source(extent)

    def text_to_reading(self, extent: Extent) -> Extent:
        """From characters of ``text`` to those of ``reading``."""
        return self._reading.from_source(extent)
