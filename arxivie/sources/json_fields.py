"""Fields of a paper out of a JSON object, under the names that collections use for them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from arxivie.papers import PaperLink
from arxivie.sources.authors import split_authors
from arxivie.sources.dates import parse_moment
from arxivie.sources.identifiers import find_id, parse_id
from arxivie.sources.record import Fault, Found, Record
from arxivie.sources.rss_title import split_title

_IDS = ("arxiv_id", "arxivId", "arxiv", "id", "paper_id", "entry_id")
_ADDRESSES = ("abs_url", "url", "link", "pdf_url", "pdf", "abs")


def json_record(line: int, value: Any, key: str | None = None) -> Found:
    """The record of one object; ``key`` is its name where the objects stand in a larger one by id."""
    if isinstance(value, Fault):
        return value
    if not isinstance(value, Mapping):
        return Fault(line, f"a JSON {type(value).__name__} where an object with a paper was expected", key)
    title = split_title(_text(value, "title"))
    links = _links(value)
    primary = _text(value, "primary_category", "primary", "category") or title.primary
    return Record(
        line,
        id=_identify(value, key, title.id, links),
        version=_version(value.get("version")) or title.version,
        title=title.title,
        abstract=_text(value, "abstract", "summary"),
        authors=_authors(value.get("authors") or value.get("author")),
        primary=primary,
        categories=_strings(value.get("categories") or value.get("category")),
        published=parse_moment(_text(value, "published", "date", "created")),
        updated=parse_moment(_text(value, "updated", "update_date")),
        doi=_text(value, "doi"),
        journal_ref=_text(value, "journal_ref", "journal-ref"),
        comment=_text(value, "comment", "comments"),
        links=links,
        other_ids=True,
    )


def _identify(value: Mapping[str, Any], key: str | None, in_title: str | None, links: tuple[PaperLink, ...]) -> str:
    written = [text for name in _IDS if (text := _text(value, name))]
    if key:
        written.append(key)
    for text in written:
        if parse_id(text):
            return text
    if written:
        return written[0]
    if in_title:
        return in_title
    for link in links:
        found = find_id(link.url)
        if found:
            return link.url
    return ""


def _text(value: Mapping[str, Any], *names: str) -> str:
    """The first of the fields that is a text (or a number), stripped."""
    for name in names:
        field = value.get(name)
        if isinstance(field, str | int | float) and not isinstance(field, bool) and str(field).strip():
            return str(field).strip()
    return ""


def _strings(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list | tuple) else ()


def _authors(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return split_authors(value)
    if not isinstance(value, list | tuple):
        return ()
    names = (item.get("name") if isinstance(item, Mapping) else item for item in value)
    return tuple(" ".join(name.split()) for name in names if isinstance(name, str) and name.strip())


def _links(value: Mapping[str, Any]) -> tuple[PaperLink, ...]:
    found: dict[str, str | None] = {}
    for name in _ADDRESSES:
        url = value.get(name)
        if isinstance(url, str) and re.match(r"https?://", url):
            found.setdefault(url, "pdf" if "pdf" in name else None)
    return tuple(PaperLink(url=url, title=title) for url, title in found.items())


def _version(value: Any) -> int | None:
    digits = re.fullmatch(r"v?([1-9]\d{0,2})", str(value))
    return int(digits[1]) if digits else None
