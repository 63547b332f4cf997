"""From what is published to what a person reads: text → reading.

Names, figures, hyphens and punctuation stay as they are; what is only there for the typesetter goes. A line break still
ends a paragraph. Reading never fails: what cannot be made plain is left as it stands.
"""

from __future__ import annotations

from arxivie.text.aligned import AlignedString
from arxivie.text.latex import latex_edits
from arxivie.text.typography import character_edits, space_edits


def read_as_person(text: AlignedString) -> AlignedString:
    """LaTeX, maths and typography made plain."""
    if not text.text.isascii():
        text = text.rewrite(character_edits(text.text))
    text = text.rewrite(latex_edits(text.text))
    return text.rewrite(space_edits(text.text))
