"""Collecting the edits of one text from left to right."""

from __future__ import annotations

import re
from collections.abc import Iterable

from arxivie.text.aligned import Edit


class Writer:
    """The edits of one text, and what is read so far.

    Attributes:
        at: up to where the text has been dealt with.
        partner: for each brace that opens a group, where the group closes.
        planned: what to do at a closing brace: up to where, and what to put there (None: give the characters to the
            one in front).
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.edits: list[Edit] = []
        self.at = 0
        self.partner: dict[int, int] = {}
        self.planned: dict[int, tuple[int, str | None]] = {}
        self._last = ""

    def put(self, start: int, end: int, new: str) -> None:
        """Put ``new`` in the place of ``text[start:end]``, behind everything that was put before."""
        self._last = new[-1] if new else self.before(start)
        self.edits.append(Edit(start, end, new))
        self.at = end

    def before(self, at: int) -> str:
        """The character that is read in front of ``at``, empty at the beginning."""
        return self.text[at - 1] if at > self.at else self._last

    def absorb(self, start: int, end: int) -> None:
        """Read nothing for ``text[start:end]``, and give its characters to the one in front."""
        if start > self.at:
            self.put(start - 1, end, self.text[start - 1])
        elif self.edits and self.edits[-1].new and self.edits[-1].end == start:
            self.edits[-1] = self.edits[-1]._replace(end=end)
            self.at = end
        else:
            self.put(start, end, "")

    def close(self, start: int) -> None:
        """Do what is planned for the closing brace at ``start``, if anything."""
        if start in self.planned:
            end, new = self.planned[start]
            if new is None:
                self.absorb(start, end)
            else:
                self.put(start, end, new)

    def match_braces(self, tokens: Iterable[re.Match[str]]) -> None:
        """Find the partners among the tokens named ``open`` and ``close``."""
        opened: list[int] = []
        for match in tokens:
            if match.lastgroup == "open":
                opened.append(match.start())
            elif match.lastgroup == "close" and opened:
                self.partner[opened.pop()] = match.start()
