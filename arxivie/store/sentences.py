"""Finding a quote in its text, and the sentence around it, without a language pipeline."""

from __future__ import annotations

import re

from arxivie.extent import Extent
from arxivie.papers import SECTION_BREAK

#: an end of a sentence: a stop behind something that is no initial or common abbreviation, before a capital or a digit
_END = re.compile(
    r"(?<!\b[A-Z])(?<!\be\.g)(?<!\bi\.e)(?<!\bal)(?<!\bvs)(?<!\bcf)(?<!\bw\.r\.t)(?<!\bFig)(?<!\bresp)(?<!\bapprox)"
    r"[.!?][\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9$\\])"
)


def locate(text: str, quote: str, start: int = 0) -> Extent | None:
    """Where ``quote`` stands in ``text`` from ``start`` on, white space being equal; None where it does not."""
    if not quote.strip():
        return None
    at = text.find(quote, start)
    if at >= 0:
        return Extent(at, at + len(quote))
    found = re.compile(r"\s+".join(map(re.escape, quote.split()))).search(text, start)
    return Extent(*found.span()) if found else None


def sentence(text: str, extent: Extent) -> Extent:
    """The whole sentence or sentences that an extent of ``text`` lies in; a title is a sentence."""
    first = text.find(SECTION_BREAK)
    begin, end = (0, first) if 0 <= extent.end <= first else (first + 1, len(text))
    if extent.start < begin:
        begin = 0
    for stop in _END.finditer(text, begin, end):
        if stop.end() <= extent.start:
            begin = stop.end()
        elif stop.start() >= extent.end - 1:
            end = stop.end()
            break
    piece = text[begin:end]
    begin += len(piece) - len(piece.lstrip())
    return Extent(begin, max(begin, end - (len(piece) - len(piece.rstrip()))))
