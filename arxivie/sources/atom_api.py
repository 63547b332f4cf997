"""Answers of arXiv's API, and its Atom feeds (dialect M)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from xml.etree.ElementTree import Element

from arxivie.papers import PaperLink
from arxivie.sources.announcement import split_announcement
from arxivie.sources.authors import split_authors
from arxivie.sources.dates import parse_moment
from arxivie.sources.decoding import Text
from arxivie.sources.dialect import Dialect
from arxivie.sources.record import Fault, Found, Record
from arxivie.sources.xml_records import XMLRecords, children, content

_BEGIN = re.compile(r"<(?:[\w.-]+:)?feed\b[^<>]*http://www\.w3\.org/2005/Atom")


def _sniff(head: str) -> bool:
    return head.lstrip().startswith("<") and bool(_BEGIN.search(head)) and "arxiv.org" in head.lower()


def _read(text: Text) -> Iterator[Found]:
    for line, entry in XMLRecords(text, "entry"):
        yield entry if isinstance(entry, Fault) else _record(line, entry)


def _record(line: int, entry: Element) -> Found:
    written = content(entry, "id")
    if "/api/errors" in written:
        return Fault(line, f"the API answered: {content(entry, 'summary')}")
    announced = split_announcement(content(entry, "summary"))
    published, updated = parse_moment(content(entry, "published")), parse_moment(content(entry, "updated"))
    categories = [category.get("term", "") for category in children(entry, "category")]
    primary = [category.get("term", "") for category in children(entry, "primary_category")]
    record = Record(
        line,
        id=written,
        title=content(entry, "title"),
        abstract=announced.abstract,
        authors=[name for author in children(entry, "author") if (name := " ".join(content(author, "name").split()))],
        primary=next(iter(primary + categories), None),
        categories=categories,
        published=published,
        updated=updated,
        doi=content(entry, "doi") or content(entry, "DOI"),
        journal_ref=" ".join((content(entry, "journal_ref") or content(entry, "journal_reference")).split()),
        comment=" ".join(content(entry, "comment").split()),
        links=[
            PaperLink(url=url, title=link.get("title") or None)
            for link in children(entry, "link")
            if (url := link.get("href"))
        ],
    )
    if announced.id:
        # a feed dates its entries by their announcement, and has the authors on one line
        record.id = announced.id
        record.published = record.updated = None
        record.announced = published.date() if isinstance(published, datetime) else published
        record.authors = record.authors or split_authors(content(entry, "creator"))
    return record


DIALECT = Dialect("atom_api", "answers of arXiv's API, and its Atom feeds", _sniff, _read)
