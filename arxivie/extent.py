"""Half-open character offsets: the only place where offsets are computed with."""

from __future__ import annotations

from typing import NamedTuple

from arxivie.errors import ExtentError


class Extent(NamedTuple):
    """The characters ``text[start:end]``; serialised as the two numbers ``[start, end]``."""

    start: int
    end: int

    @classmethod
    def checked(cls, start: int, end: int) -> Extent:
        """An extent known to be well-formed.

        Raises:
            ExtentError: where ``start`` is negative or lies behind ``end``.
        """
        if not 0 <= start <= end:
            raise ExtentError(f"[{start}, {end}) is no extent: offsets must satisfy 0 <= start <= end")
        return cls(start, end)

    @property
    def length(self) -> int:
        """The number of characters."""
        return self.end - self.start

    def of(self, text: str) -> str:
        """The characters of ``text`` that the extent covers."""
        return text[self.start : self.end]

    def shift(self, by: int) -> Extent:
        """The same characters in a text in front of which ``by`` characters were put."""
        return Extent(self.start + by, self.end + by)

    def contains(self, other: Extent) -> bool:
        """Whether every character of ``other`` is covered."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Extent) -> bool:
        """Whether at least one character is shared."""
        return self.start < other.end and other.start < self.end

    def union(self, other: Extent) -> Extent:
        """The smallest extent that contains both."""
        return Extent(min(self.start, other.start), max(self.end, other.end))
