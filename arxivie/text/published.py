"""From what a source holds to what is published: raw → text."""

from __future__ import annotations

from typing import Literal

from arxivie.text.aligned import AlignedString, AlignedText
from arxivie.text.reading import read_as_person

#: how a source writes its texts: ``html`` (anchors, entities, breaks) or ``plain`` (nothing but the text)
Markup = Literal["html", "plain"]


def publish(raw: str, markup: Markup) -> AlignedString:
    """The published text of ``raw``, aligned to it."""
    return AlignedString(raw)


def aligned(title: str, abstract: str, *, markup: Markup, separator: str) -> AlignedText:
    """The three views of a title and an abstract, joined by ``separator``."""
    parts = [publish(title, markup), publish(abstract, markup)]
    return AlignedText(AlignedString.joined(parts, separator), read_as_person)
