"""Where surfaces and quotes stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from arxivie.extent import Extent


def occurrences(surface: str, text: str) -> list[Extent]:
    """Every whole-word occurrence: no word character directly before or behind; white space of any kind is equal."""
    pattern = r"\s+".join(map(re.escape, surface.split()))
    return [Extent(*m.span()) for m in re.finditer(rf"(?<!\w){pattern}(?!\w)", text)] if pattern else []


def longest_first(extents: Iterable[Extent]) -> list[Extent]:
    """The extents in the order of the text without those that overlap a longer one, or an equally long earlier one."""
    kept: list[Extent] = []
    for extent in sorted(set(extents), key=lambda e: (-e.length, e.start)):
        if not any(extent.overlaps(other) for other in kept):
            kept.append(extent)
    return sorted(kept)


def mentions(surfaces: Iterable[str], text: str) -> list[Extent]:
    """All whole-word occurrences of the surfaces; where two overlap the longer one is the mention."""
    return longest_first(at for surface in surfaces for at in occurrences(surface, text))


def place(phrase: str, text: str, within: Extent | None = None) -> Extent | None:
    """The first place of a phrase, inside ``within`` where it is given; white space of any kind is equal.

    A place where it is no part of a longer word or number ("8%" in "88%") comes before any other.
    """
    area = within or Extent(0, len(text))
    pattern = r"\s+".join(map(re.escape, phrase.split()))
    if not pattern:
        return None
    for bounded in (rf"(?<!\w)(?<!\d[.,]){pattern}(?!\w|[.,]\d)", pattern):
        if found := re.compile(bounded).search(text, area.start, area.end):
            return Extent(*found.span())
    return None
