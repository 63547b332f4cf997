"""From what a source holds to what is published: raw → text.

White space: a single space inside a paragraph, ``\\n`` between paragraphs (a blank line, an indented line, ``<br>``, or
the three spaces that digests leave behind a stop), none at the ends. LaTeX stays as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from arxivie.text.aligned import AlignedString, AlignedText, Edit
from arxivie.text.markup import PARAGRAPH, entity_edits, tag_edits
from arxivie.text.mojibake import mojibake_edits
from arxivie.text.reading import read_as_person

#: how a source writes its texts: ``html`` (anchors, entities, breaks) or ``plain`` (nothing but the text)
Markup = Literal["html", "plain"]

#: how often a text may have been read as Windows-1252 and still be repaired
_TIMES_DAMAGED = 3
_SPACE = re.compile(r"[ \t]*[\n\r\f\v\x85\u2028\u2029]\s*|[ \t]{2,}|\t")
_BLANK_LINE = re.compile(r"\n[ \t\r\f\v]*\n")
_INDENT = re.compile(r"\n([ \t]*)(?=\S)")


def publish(raw: str, markup: Markup) -> AlignedString:
    """The published text of ``raw``, aligned to it; it never raises."""
    text = AlignedString(raw)
    if markup == "html":
        if "<" in raw:
            text = text.rewrite(tag_edits(text.text))
        if "&" in raw:
            text = text.rewrite(entity_edits(text.text))
    if not text.text.isascii():
        for _ in range(_TIMES_DAMAGED):
            text = text.rewrite(mojibake_edits(text.text))
    return text.rewrite(_space_edits(text.text))


def _space_edits(text: str) -> Iterator[Edit]:
    first, last = len(text) - len(text.lstrip()), len(text.rstrip())
    if first:
        yield Edit(0, first, "")
    if not last:
        return
    # lines that are indented further than the others begin a paragraph
    margin = min((len(m[1]) for m in _INDENT.finditer(text, first, last)), default=0)
    for match in _SPACE.finditer(text, first, last):
        run = match[0]
        if run[0] not in " \t" or "\n" in run or PARAGRAPH in run:
            indent = len(run) - run.rfind("\n") - 1 if "\n" in run else 0
            ends = indent > margin or PARAGRAPH in run or bool(_BLANK_LINE.search(run))
        else:
            ends = len(run) >= 3 and text[match.start() - 1] in ".?!:"
        yield Edit(match.start(), match.end(), "\n" if ends else " ")
    if last < len(text):
        yield Edit(last, len(text), "")


def aligned(title: str, abstract: str, *, markup: Markup, separator: str) -> AlignedText:
    """The three views of a title and an abstract, joined by ``separator``."""
    parts = [publish(title, markup), publish(abstract, markup)]
    return AlignedText(AlignedString.joined(parts, separator), read_as_person)
