"""A text that knows, for each of its characters, the characters of its source.

`AlignedString` is one step: a text over its source. Its only edit operation, `rewrite`, carries the offsets along, so
they are never recovered afterwards by searching or diffing. `AlignedText` puts two steps on top of each other::

    raw (what the source holds)  →  text (what is published)  →  reading (what spaCy sees)

Invariant: every character of a view owns a non-empty slice of its source; the slices follow each other and never
overlap. So an edit may shorten but never lengthen, and every non-empty extent maps to its source and back onto itself.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import NamedTuple

from arxivie.errors import ExtentError
from arxivie.extent import Extent
from arxivie.text.groups import whole


class Edit(NamedTuple):
    """Put ``new`` in the place of ``text[start:end]``; ``new`` is at most as long, empty to delete."""

    start: int
    end: int
    new: str


class AlignedString:
    """A string and, for each of its characters, the slice of ``source`` that it stands for.

    The slices are held as runs: the characters of a run stand for one character of the source each, one behind the
    other, except that the last one owns everything up to the end of the run. So an untouched text is one run.
    """

    __slots__ = ("_ats", "_ends", "_starts", "source", "text")

    def __init__(self, source: str) -> None:
        self.source = source
        self.text = source
        self._ats = [0] if source else []
        self._starts = [0] if source else []
        self._ends = [len(source)] if source else []

    def __repr__(self) -> str:
        return f"AlignedString({self.text!r})"

    def rewrite(self, edits: Iterable[Edit]) -> AlignedString:
        """A new string with the edits made; their offsets count in ``self.text``.

        The new characters share the old ones out from the left; the last of them owns what is left over.

        Raises:
            ExtentError: where edits overlap, are unsorted, leave the text or lengthen it.
        """
        edits = list(edits)
        if not edits:
            return self
        made, at, length = AlignedString(""), 0, 0
        pieces: list[str] = []
        for start, end, new in [*edits, Edit(len(self.text), len(self.text), "")]:
            if not at <= start <= end <= len(self.text):
                raise ExtentError(f"the edit [{start}, {end}) overlaps its forerunner or leaves the text")
            if len(new) > end - start:
                raise ExtentError(f"the edit {self.text[start:end]!r} -> {new!r} lengthens the text")
            pieces += self.text[at:start], new
            made._append(length, self, Extent(at, start), start)
            made._append(length + start - at, self, Extent(start, start + len(new)), end)
            length += start - at + len(new)
            at = end
        made.source, made.text = self.source, "".join(pieces)
        return made

    def then(self, later: AlignedString) -> AlignedString:
        """The two steps as one.

        Raises:
            ExtentError: where ``later`` was made from another text than this one.
        """
        if later.source != self.text:
            raise ExtentError("the later step was made from another text")
        made = AlignedString("")
        for run, (at, start, end) in enumerate(zip(later._ats, later._starts, later._ends, strict=True)):
            made._append(at, self, Extent(start, start + later._next(run) - at), end)
        made.source, made.text = self.source, later.text
        return made

    @classmethod
    def joined(cls, parts: Iterable[AlignedString], separator: str) -> AlignedString:
        """The parts one behind the other, with the separator between them in text and source alike."""
        parts = list(parts)
        between = cls(separator)
        made, length, offset = cls(""), 0, 0
        for part in [piece for last in parts for piece in (between, last)][1:]:
            made._ats += [at + length for at in part._ats]
            made._starts += [start + offset for start in part._starts]
            made._ends += [end + offset for end in part._ends]
            length, offset = length + len(part.text), offset + len(part.source)
        made.source, made.text = separator.join(p.source for p in parts), separator.join(p.text for p in parts)
        return made

    def to_source(self, extent: Extent) -> Extent:
        """The characters of ``source`` that the extent of ``text`` stands for; empty extents stay empty."""
        if extent.end > len(self.text):
            raise ExtentError(f"{extent} leaves a text of {len(self.text)} characters")
        if extent.length:
            return Extent(self._bounds(extent.start).start, self._bounds(extent.end - 1).end)
        at = self._bounds(extent.start).start if extent.start < len(self.text) else len(self.source)
        return Extent(at, at)

    def from_source(self, extent: Extent) -> Extent:
        """The characters of ``text`` that stand for at least one character of the extent; empty where none does."""
        if extent.end > len(self.source):
            raise ExtentError(f"{extent} leaves a source of {len(self.source)} characters")
        start, stop = len(self.text), 0
        if (first := bisect_right(self._ends, extent.start)) < len(self._ats):
            into = min(extent.start - self._starts[first], self._next(first) - self._ats[first] - 1)
            start = self._ats[first] + max(into, 0)
        if (last := bisect_left(self._starts, extent.end) - 1) >= 0:
            stop = min(self._ats[last] + extent.end - self._starts[last], self._next(last))
        return Extent(start, max(start, stop))

    def _next(self, run: int) -> int:
        """Where the run ends in ``text``."""
        return self._ats[run + 1] if run + 1 < len(self._ats) else len(self.text)

    def _bounds(self, at: int) -> Extent:
        """The slice of ``source`` that the character at ``at`` owns."""
        run = bisect_right(self._ats, at) - 1
        start = self._starts[run] + at - self._ats[run]
        return Extent(start, self._ends[run] if at + 1 == self._next(run) else start + 1)

    def _append(self, length: int, other: AlignedString, kept: Extent, end: int) -> None:
        """Put the slices of ``other.text[kept]`` at ``length``; the last goes as far as that before ``end``."""
        at, stop = kept
        run = bisect_right(other._ats, at) - 1
        while at < stop:
            past = min(stop, other._next(run))
            start = other._starts[run] + at - other._ats[run]
            self._ats.append(length)
            self._starts.append(start)
            self._ends.append(other._ends[run] if past == other._next(run) else start + past - at)
            length, at, run = length + past - at, past, run + 1
        if kept.length:
            self._ends[-1] = other._bounds(end - 1).end


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

    def reading_to_whole_text(self, extent: Extent) -> Extent:
        """Like `reading_to_text`, grown over the rest of LaTeX groups and formulas that it cuts.

        It grows only over characters of which nothing is read, so it comes back onto the same extent.
        """
        exact = self.reading_to_text(extent)
        grown = whole(self.text, exact) if extent.length else exact
        return grown if self.text_to_reading(grown) == extent else exact

    def text_to_reading(self, extent: Extent) -> Extent:
        """From characters of ``text`` to those of ``reading``."""
        return self._reading.from_source(extent)
