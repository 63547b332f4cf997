r"""The line that arXiv's feeds put before an abstract: ``arXiv:2403.17372v1 Announce Type: new \nAbstract: …``."""

from __future__ import annotations

import re
from typing import NamedTuple

_ANNOUNCEMENT = re.compile(r"\s*arXiv:(?P<id>\S+)\s+Announce Type:\s*(?P<type>\S+)\s+Abstract:\s*", re.IGNORECASE)


class Announced(NamedTuple):
    """The abstract proper, with what stood before it; ``id`` is None where nothing did."""

    abstract: str
    id: str | None = None


def split_announcement(written: str) -> Announced:
    """Take the announcement off an abstract; a text without one stays as it is."""
    found = _ANNOUNCEMENT.match(written)
    return Announced(written[found.end() :], found["id"]) if found else Announced(written)
