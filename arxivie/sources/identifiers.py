"""arXiv ids as people and programs write them, and their one normal form."""

from __future__ import annotations

import re
from typing import NamedTuple

#: archives of the old form: ``hep-th``, ``cs``, ``q-alg``
_ARCHIVE = r"(?:[a-z]{1,6}-[a-z]{2,4}|cs|math|nlin|physics|stat)"
_NEW = r"(?P<new>\d{4}\.\d{4,5})"
_OLD = rf"(?P<archive>{_ARCHIVE})(?:\.[A-Z]{{2}})?/(?P<serial>\d{{7}})"
_ID = re.compile(rf"(?:{_NEW}|{_OLD})(?:v(?P<version>[1-9]\d{{0,2}}))?", re.ASCII)
_PREFIX = re.compile(
    r"(?:https?://)?(?:[a-z]{1,20}\.)?arxiv\.org/(?:abs|pdf|html|format|e-print|ps|src)/"
    r"|(?:https?://(?:dx\.)?doi\.org/)?10\.48550/arxiv\."
    r"|oai:arxiv\.org:|arxiv:\s*",
    re.IGNORECASE,
)
_TAIL = re.compile(r"(?:\.pdf|\.html)?/?(?:[?#]\S*)?\s*$", re.IGNORECASE)


class ArxivId(NamedTuple):
    """An id without its version (``2105.09270``, ``hep-th/9901001``), and the version where one is given."""

    id: str
    version: int | None = None


def parse_id(written: str) -> ArxivId | None:
    """The id that ``written`` is: bare, with a version, ``arXiv:…``, ``oai:arXiv.org:…``, a DOI or an address.

    None where it is no arXiv id, which includes months that do not exist and serial numbers of the wrong length
    (four digits up to December 2014, five from January 2015): both are signs of an id that was cut.
    """
    bare = written.strip()
    prefix = _PREFIX.match(bare)
    if prefix:
        bare = bare[prefix.end() :]
    found = _ID.match(bare)
    if not found or not _TAIL.fullmatch(bare, found.end()):
        return None
    return _checked(found)


def find_id(text: str) -> ArxivId | None:
    """The first arXiv id in ``text`` that stands behind ``arXiv:`` or in an address of arXiv."""
    for prefix in _PREFIX.finditer(text):
        found = _ID.match(text, prefix.end())
        arxiv_id = _checked(found) if found else None
        if arxiv_id:
            return arxiv_id
    return None


def _checked(found: re.Match[str]) -> ArxivId | None:
    version = int(found["version"]) if found["version"] else None
    stamp = found["new"] or found["serial"]
    if not 1 <= int(stamp[2:4]) <= 12:
        return None
    if found["new"] is None:
        return ArxivId(f"{found['archive']}/{found['serial']}", version)
    digits = 4 if stamp[:4] < "1501" else 5
    return ArxivId(stamp, version) if len(stamp) == 5 + digits else None
