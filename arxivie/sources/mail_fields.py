"""From what a mail or an ``.abs`` file has to the record of a paper."""

from __future__ import annotations

from datetime import date

from arxivie.papers import PaperLink
from arxivie.sources.authors import split_authors
from arxivie.sources.classes import split_classes
from arxivie.sources.dates import parse_moment
from arxivie.sources.mail_records import MailRecord
from arxivie.sources.record import Fault, Found, Record
from arxivie.text import AlignedString, read_as_person


def mail_paper(mail: MailRecord, announced: date | None = None) -> Found:
    """The paper, or what is wrong with it: cut off, or replaced without its abstract."""
    if not mail.complete:
        return Fault(mail.line, "the record breaks off", mail.id)
    if mail.replaced is not None:
        when = f" of {mail.replaced}" if mail.replaced else ""
        return Fault(mail.line, f"announces a revised version{when} without its abstract", mail.id)
    dates = [parse_moment(written) for written in mail.dates]
    classes = split_classes((mail.get("Categories"),))
    return Record(
        mail.line,
        id=mail.id,
        version=mail.version,
        title=mail.fields.get("Title", ""),
        abstract="\n".join(mail.abstract),
        authors=split_authors(person(mail.get("Authors"))),
        primary=classes.arxiv[0] if classes.arxiv else None,
        categories=(mail.get("Categories"), mail.get("ACM-class"), mail.get("MSC-class")),
        published=dates[0] if dates else None,
        updated=dates[-1] if len(dates) > 1 else None,
        announced=announced,
        doi=mail.get("DOI"),
        journal_ref=mail.get("Journal-ref"),
        comment=mail.get("Comments"),
        links=(PaperLink(url=mail.url),) if mail.url else (),
    )


def person(written: str) -> str:
    r"""A name as a person reads it: ``G\"ahler`` is Gähler."""
    return read_as_person(AlignedString(written)).text
