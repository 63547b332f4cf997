"""What a reader finds, and how it becomes a `Paper` or a `Reject`.

A reader yields `Record`s and `Fault`s as its form has them. `finish` does what is the same for every form: the id in
its normal form, the published text, categories by kind, the source.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from pydantic import ValidationError

from arxivie.papers import Paper, PaperLink, Reject, Source
from arxivie.sources.classes import split_classes
from arxivie.sources.identifiers import ArxivId, parse_id
from arxivie.text import Markup, publish

_SURROGATE = re.compile("[\ud800-\udfff]")


class Fault(NamedTuple):
    """A record of which a reader can make nothing."""

    line: int | None
    reason: str
    id: str | None = None


@dataclass(slots=True)
class Record:
    """One record as its form has it.

    Attributes:
        line: where it begins, counted from 1.
        id: as it is written.
        title, abstract: as they are written, in ``markup``; the white space around them does not count.
        categories: as they are written, classes of the ACM and the MSC among them.
        other_ids: keep an id that is not arXiv's, as collections of plain JSON have.
        ready: a paper that was stored whole; the other fields are then unused.
    """

    line: int | None
    id: str | None = None
    version: int | None = None
    title: str = ""
    abstract: str = ""
    markup: Markup = "plain"
    authors: Iterable[str] = ()
    primary: str | None = None
    categories: Iterable[str] = ()
    published: datetime | date | None = None
    updated: datetime | date | None = None
    announced: date | None = None
    doi: str | None = None
    journal_ref: str | None = None
    comment: str | None = None
    links: Iterable[PaperLink] = ()
    other_ids: bool = False
    ready: Paper | None = None


Found = Record | Fault


def finish(found: Found, source: Source) -> Paper | Reject:
    """The paper that the record makes, or the reason why it makes none."""
    if isinstance(found, Fault):
        return Reject(source=source, reason=found.reason, id=found.id)
    if found.ready:
        return found.ready if found.ready.source else found.ready.model_copy(update={"source": source})
    arxiv_id = _identify(found)
    if arxiv_id is None:
        written = _shorten(found.id or "")
        return Reject(source=source, reason=f"{written!r} is no arXiv id" if written else "no arXiv id")
    # a break inside a title is the form's way to fold a long line, never a paragraph
    title, abstract = _unfolded(found.title), found.abstract.strip()
    texts = publish(title, found.markup).text, publish(abstract, found.markup).text
    for text, name in zip(texts, ("title", "abstract"), strict=True):
        if not text.strip():
            return Reject(source=source, reason=f"no {name}", id=arxiv_id.id)
    if any(map(_SURROGATE.search, (*texts, *found.authors, found.comment or "", found.journal_ref or ""))):
        return Reject(source=source, reason="half a surrogate pair, which is no character", id=arxiv_id.id)
    arxiv, acm, msc = split_classes(found.categories)
    primary = next(iter(split_classes([found.primary or ""]).arxiv), None)
    try:
        return Paper(
            id=arxiv_id.id,
            version=found.version or arxiv_id.version,
            title=texts[0],
            abstract=texts[1],
            authors=tuple(found.authors),
            primary=primary,
            categories=(primary, *(c for c in arxiv if c != primary)) if primary else arxiv,
            acm=acm,
            msc=msc,
            published=found.published,
            updated=found.updated,
            announced=found.announced,
            doi=found.doi or None,
            journal_ref=found.journal_ref or None,
            comment=found.comment or None,
            links=tuple(found.links),
            raw_title=title if title != texts[0] else None,
            raw_abstract=abstract if abstract != texts[1] else None,
            markup=found.markup,
            source=source,
        )
    except ValidationError as error:
        return Reject(source=source, reason=describe(error), id=arxiv_id.id)


def describe(error: ValidationError) -> str:
    """The first thing that is wrong, with its place."""
    first = error.errors()[0]
    return f"{'.'.join(str(step) for step in first['loc'])}: {first['msg']}"


def _unfolded(title: str) -> str:
    return " ".join(part for line in title.split("\n") if (part := line.strip()))


def _identify(record: Record) -> ArxivId | None:
    written = (record.id or "").strip()
    parsed = parse_id(written)
    if parsed is None and written and record.other_ids:
        return ArxivId(written)
    return parsed


def _shorten(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "…"
