"""Which addresses may become links, and what the files of the report are called."""

from __future__ import annotations

import hashlib
import re

from arxivie.errors import ConfigurationError
from arxivie.export import safe
from arxivie.sources.identifiers import parse_id

_PLAIN = re.compile(r"[a-z0-9][a-z0-9-]*(\.[a-z0-9-]+)*")
#: what no address holds unescaped, and a user in front of the host, who makes it look like another host
_ODD = re.compile(r"[<>\"'`\\]|^[^/]*//[^/]*@")
#: names that Windows keeps for devices, whatever follows the stop
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?")


def web_address(url: str) -> str | None:
    """The address where it is an absolute http or https one with a host, else None: it must not become a link."""
    return url if safe.web_address(url) and not _ODD.search(url) else None


def arxiv_address(paper_id: str) -> str | None:
    """The abstract's page at arXiv; None for ids that are not arXiv's."""
    found = parse_id(paper_id)
    return f"https://arxiv.org/abs/{found.id}" if found else None


def slug(name: str) -> str:
    """A file name for anything: the name itself where it is a plain one, else its letters and a digest.

    Names that differ, if only in case, have slugs that differ also where a file system does not know case.

    Raises:
        ConfigurationError: for an empty name.
    """
    if not name:
        raise ConfigurationError("a paper or dataset without a name can have no page")
    if len(name) <= 60 and _PLAIN.fullmatch(name) and not _DEVICES.fullmatch(name):
        return name
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:48].strip("-")
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    return f"{plain}-{digest}" if plain else f"x-{digest}"
