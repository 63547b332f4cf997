"""The dialects that have a reader, in the order in which they are tried. A new one is its module and a line here."""

from __future__ import annotations

from arxivie.errors import UnknownDialectError, UnsafeXMLError
from arxivie.sources import (
    abs_record,
    annotated,
    atom_api,
    cvpapers,
    json_records,
    kaggle_snapshot,
    mail_digest,
    markdown_digest,
    oai_pmh,
    rss,
)
from arxivie.sources.decoding import Text
from arxivie.sources.dialect import Dialect
from arxivie.sources.unread import describe
from arxivie.sources.xml_records import document_type

DIALECTS: tuple[Dialect, ...] = (
    annotated.DIALECT,
    kaggle_snapshot.DIALECT,
    json_records.DIALECT,
    atom_api.DIALECT,
    oai_pmh.DIALECT,
    rss.DIALECT,
    mail_digest.DIALECT,
    abs_record.DIALECT,
    markdown_digest.DIALECT,
    cvpapers.DIALECT,
)


def recognise(text: Text) -> Dialect:
    """The dialect of a text, found by its first characters.

    Raises:
        UnsafeXMLError: for XML with a document type definition, before anything parses it.
        UnknownDialectError: where it is in none of them; the message lists them.
    """
    head = text.head
    doctype = document_type(head)
    if doctype is not None and doctype.lower() != "html":
        raise UnsafeXMLError(
            f"{text.name} is XML with a document type definition, which could expand without bound or read local "
            "files; take it out if you trust the file"
        )
    for dialect in DIALECTS:
        if dialect.sniff(head):
            return dialect
    if not head.strip():
        what = "is empty"
    elif seems := describe(head):
        what = f"is in no form that arxivie reads; it seems to be {seems}"
    else:
        what = "is in no form that arxivie reads"
    known = "\n".join(f"  {dialect.name}: {dialect.description}" for dialect in DIALECTS)
    raise UnknownDialectError(f"{text.name} {what}. Known forms:\n{known}")
