"""Where the entities of a record stand that people annotated, who list surfaces and no places."""

from __future__ import annotations

import re

from arxivie.extent import Extent
from arxivie.facts import Entity, Evidence, Section
from arxivie.papers import Paper


def spoken(fact: Entity, paper: Paper) -> tuple[Evidence, ...]:
    """The mentions of an entity that people annotated: they list surfaces, no places, and mean all whole words."""
    text, found = paper.text, dict[Extent, Evidence]()
    for surface in sorted(filter(None, fact.surfaces), key=lambda s: (-len(s), s)):
        for match in re.finditer(rf"(?<!\w){re.escape(surface)}(?!\w)", text):
            extent = Extent(*match.span())
            if not any(extent.overlaps(other) for other in found):
                section: Section = "title" if extent.start < len(paper.title) else "abstract"
                raw = paper.aligned.text_to_raw(extent)
                found[extent] = Evidence(surface=surface, section=section, text=extent, raw=raw)
    return tuple(found[extent] for extent in sorted(found))
