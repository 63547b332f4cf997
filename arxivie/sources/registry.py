"""The dialects that have a reader, in the order in which they are tried. A new one is its module and a line here."""

from __future__ import annotations

from arxivie.errors import UnknownDialectError
from arxivie.sources import cvpapers, json_records, markdown_digest
from arxivie.sources.dialect import Dialect
from arxivie.sources.opening import Text

DIALECTS: tuple[Dialect, ...] = (
    markdown_digest.DIALECT,
    cvpapers.DIALECT,
    json_records.DIALECT,
)


def recognise(text: Text) -> Dialect:
    """The dialect of a text, found by its first characters.

    Raises:
        UnknownDialectError: where it is in none of them; the message lists them.
    """
    head = text.head
    for dialect in DIALECTS:
        if dialect.sniff(head):
            return dialect
    what = "is empty" if not head.strip() else "is in no form that arxivie reads"
    known = "; ".join(f"{dialect.name} ({dialect.description})" for dialect in DIALECTS)
    raise UnknownDialectError(f"{text.name} {what}. Known forms: {known}")
