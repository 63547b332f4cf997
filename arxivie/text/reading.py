"""From what is published to what a person reads: text → reading."""

from __future__ import annotations

from arxivie.text.aligned import AlignedString


def read_as_person(text: AlignedString) -> AlignedString:
    """LaTeX, maths and typography made plain."""
    return text
