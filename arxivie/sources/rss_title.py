"""Titles as the feeds before 2024 wrote them, and as collections made from these feeds still do."""

from __future__ import annotations

import re
from typing import NamedTuple

from arxivie.sources.identifiers import parse_id

_BRACKET = "(arXiv:"
_INSIDE = re.compile(r"(?P<id>[^\s()]+)\s*(?:\[(?P<primary>[^\]\s]+)\])?\s*(?:UPDATED|CROSS LISTED)?\s*\)")


class FeedTitle(NamedTuple):
    """The title proper, and what stood in brackets behind it."""

    title: str
    id: str | None = None
    version: int | None = None
    primary: str | None = None


def split_title(written: str) -> FeedTitle:
    """Take ``Title. (arXiv:2208.11543v2 [eess.SY] UPDATED)`` apart; any other title stays as it is."""
    title, bracket, inside = written.rstrip().rpartition(_BRACKET)
    found = _INSIDE.fullmatch(inside) if bracket else None
    parsed = parse_id(found["id"]) if found else None
    if not found or not parsed:
        return FeedTitle(written)
    return FeedTitle(title.rstrip().removesuffix("."), parsed.id, parsed.version, found["primary"])
