"""The forms of metadata in OAI-PMH: arXiv's own two, and Dublin Core."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from xml.etree.ElementTree import Element

from arxivie.papers import PaperLink
from arxivie.sources.authors import split_authors
from arxivie.sources.category_names import category_code
from arxivie.sources.classes import split_classes
from arxivie.sources.dates import parse_moment
from arxivie.sources.identifiers import parse_id
from arxivie.sources.record import Found, Record
from arxivie.sources.xml_records import children, content

_DOI = re.compile(r"(?:doi:|https?://(?:dx\.)?doi\.org/)\s*(?P<doi>10\.\S+)", re.IGNORECASE)
_COMMENT = re.compile(r"Comments?:\s*", re.IGNORECASE)


def from_arxiv(line: int, form: Element, identifier: str) -> Found:
    """``metadataPrefix=arXiv`` and ``arXivRaw``."""
    versions = children(form, "version")
    dates = [moment for version in versions if (moment := parse_moment(content(version, "date")))]
    classes = split_classes((content(form, "categories"),))
    named = [author for group in children(form, "authors") for author in children(group, "author")]
    number = re.fullmatch(r"v?(\d+)", versions[-1].get("version", "")) if versions else None
    return Record(
        line,
        id=content(form, "id") or identifier,
        version=int(number[1]) if number else None,
        title=content(form, "title"),
        abstract=content(form, "abstract"),
        authors=[_name(author) for author in named] or split_authors(content(form, "authors")),
        primary=classes.arxiv[0] if classes.arxiv else None,
        categories=[content(form, name) for name in ("categories", "acm-class", "msc-class")],
        published=parse_moment(content(form, "created")) or next(iter(dates), None),
        updated=parse_moment(content(form, "updated")) or (dates[-1] if len(dates) > 1 else None),
        doi=content(form, "doi"),
        journal_ref=_line(content(form, "journal-ref")),
        comment=_line(content(form, "comments")),
    )


def from_dublin_core(line: int, form: Element, header: Element, identifier: str) -> Found:
    """``metadataPrefix=oai_dc``: subjects and sets name the categories, one description may be the comment."""
    descriptions = _texts(form, "description")
    comments = [text for text in descriptions if _COMMENT.match(text)]
    dates = [moment for text in _texts(form, "date") if (moment := parse_moment(text))]
    identifiers = _texts(form, "identifier")
    dois = [found["doi"] for text in identifiers if (found := _DOI.fullmatch(text))]
    addresses = [text for text in identifiers if text.startswith("http") and not _DOI.fullmatch(text)]
    subjects = _texts(form, "subject")
    codes = [category_code(text) or text for text in subjects]
    codes += [code for text in _texts(header, "setSpec") if (code := _set_category(text))]
    ids = [text for text in addresses if parse_id(text)]
    return Record(
        line,
        id=next(iter(ids), identifier),
        title=content(form, "title"),
        abstract=next((text for text in descriptions if text not in comments), ""),
        authors=[_turned(name) for name in _texts(form, "creator")],
        primary=next(iter(split_classes(codes).arxiv), None),
        categories=codes,
        published=_earliest(dates),
        updated=max(dates, key=_day) if len(dates) > 1 else None,
        doi=next(iter(dois), None),
        journal_ref=next(
            (_line(text) for text in identifiers if not text.startswith("http") and text[:4] != "doi:"), None
        ),
        comment=_line(_COMMENT.sub("", comments[0], count=1)) if comments else None,
        links=[PaperLink(url=url) for url in addresses],
    )


def _set_category(written: str) -> str | None:
    """The category of a set: ``cs:cs:CV`` is cs.CV, ``physics:hep-ph`` hep-ph; ``cs`` names only an archive."""
    steps = written.split(":")
    if len(steps) == 3:
        return ".".join(steps[1:])
    return steps[1] if len(steps) == 2 and "-" in steps[1] else None


def _texts(element: Element, name: str) -> list[str]:
    texts = ("".join(child.itertext()).strip() for child in children(element, name))
    return [text for text in texts if text]


def _name(author: Element) -> str:
    return " ".join(f"{content(author, 'forenames')} {content(author, 'keyname')} {content(author, 'suffix')}".split())


def _turned(name: str) -> str:
    """``Smith, Ada B.`` as Ada B. Smith; ``Smith, Jr., Ada`` as Ada Smith, Jr."""
    family, *others = (part.strip() for part in name.split(","))
    if not others:
        return " ".join(name.split())
    return ", ".join([" ".join(f"{others[-1]} {family}".split()), *others[:-1]])


def _line(text: str) -> str:
    return " ".join(text.split())


def _day(moment: datetime | date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _earliest(dates: Iterable[datetime | date]) -> datetime | date | None:
    return min(dates, key=_day, default=None)
