"""The three views of a text (raw, text, reading) and the steps between them."""

from __future__ import annotations

from arxivie.text.aligned import AlignedString, AlignedText, Edit
from arxivie.text.published import Markup, aligned, publish
from arxivie.text.reading import read_as_person

__all__ = ["AlignedString", "AlignedText", "Edit", "Markup", "aligned", "publish", "read_as_person"]
