"""arXiv's RSS feeds: RSS 2.0 as they are now, and RSS 1.0 as they were before 2024 (N's content as a feed).

Some feeds cut abstracts at 1,000 characters; these come out as they are.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import date, datetime
from xml.etree.ElementTree import Element

from arxivie.papers import PaperLink
from arxivie.sources.announcement import split_announcement
from arxivie.sources.authors import split_authors
from arxivie.sources.dates import parse_moment
from arxivie.sources.decoding import Text
from arxivie.sources.dialect import Dialect
from arxivie.sources.record import Fault, Found, Record
from arxivie.sources.rss_title import split_title
from arxivie.sources.xml_records import XMLRecords, children, content

_BEGIN = re.compile(r"<rss\b|<(?:[\w.-]+:)?RDF\b[^<>]*http://purl\.org/rss/1\.0/")
_TAG = re.compile(r"</?a\b[^<>]*>", re.IGNORECASE)


def _sniff(head: str) -> bool:
    return head.lstrip().startswith("<") and bool(_BEGIN.search(head)) and "arxiv.org" in head.lower()


def _read(text: Text) -> Iterator[Found]:
    records = XMLRecords(text, "item")
    for line, item in records:
        yield item if isinstance(item, Fault) else _record(line, item, _day(records.before("date")))


def _record(line: int, item: Element, day: date | None) -> Record:
    announced = split_announcement(content(item, "description"))
    title = split_title(content(item, "title"))
    link = content(item, "link")
    categories = ["".join(category.itertext()).strip() for category in children(item, "category")]
    return Record(
        line,
        id=announced.id or title.id or link or content(item, "guid"),
        version=title.version,
        title=title.title,
        abstract=announced.abstract,
        # what has no announcement before it comes from the feeds of old, which wrote in HTML
        markup="plain" if announced.id else "html",
        authors=split_authors(", ".join(_plain("".join(creator.itertext())) for creator in children(item, "creator"))),
        primary=title.primary or next(iter(categories), None),
        categories=categories,
        announced=_day(content(item, "pubDate") or content(item, "date")) or day,
        doi=content(item, "DOI") or content(item, "doi"),
        journal_ref=" ".join((content(item, "journal_reference") or content(item, "journal_ref")).split()),
        links=[PaperLink(url=link)] if link else [],
    )


def _plain(creator: str) -> str:
    """The names without the links and entities that the feeds of old put around and into them."""
    return html.unescape(_TAG.sub("", creator))


def _day(written: str) -> date | None:
    moment = parse_moment(written)
    return moment.date() if isinstance(moment, datetime) else moment


DIALECT = Dialect("rss", "arXiv's RSS feeds, of now and of before 2024", _sniff, _read)
