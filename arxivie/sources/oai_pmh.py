"""Answers of OAI-PMH with metadata in the forms ``arXiv``, ``arXivRaw`` and ``oai_dc``, and plainer XML like it (L).

Deleted records, and errors that the server answered, come out as rejects. ``PaperStream.resumption_token`` is what to
ask for the next part with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from arxivie.sources.decoding import Text
from arxivie.sources.dialect import Dialect
from arxivie.sources.oai_metadata import from_arxiv, from_dublin_core
from arxivie.sources.record import Fault, Found
from arxivie.sources.xml_records import XMLRecords, children, content, local_name

_BEGIN = re.compile(r"<(?:[\w.-]+:)?(?:OAI-PMH|ListRecords|GetRecord)\b")


def _sniff(head: str) -> bool:
    return head.lstrip().startswith("<") and bool(_BEGIN.search(head))


def _read(text: Text) -> Iterator[Found]:
    records = XMLRecords(text, "record")
    for line, record in records:
        yield record if isinstance(record, Fault) else _record(line, record)
    for error in records.rest.get("error", ()):
        code, message = error.get("code", ""), "".join(error.itertext()).strip()
        if code != "noRecordsMatch":
            yield Fault(1, f"the server answered {code}: {message}")
    if headers := records.rest.get("header"):
        yield Fault(1, f"{len(headers)} headers without metadata: ask for ListRecords")
    for token in records.rest.get("resumptionToken", ()):
        text.resumption_token = "".join(token.itertext()).strip() or None


def _record(line: int, record: Element) -> Found:
    headers = children(record, "header")
    header = headers[0] if headers else record
    identifier = content(header, "identifier")
    if header.get("status") == "deleted":
        return Fault(line, "deleted", identifier.rpartition(":")[2] or None)
    for metadata in children(record, "metadata"):
        for form in metadata:
            if local_name(form) in ("arXiv", "arXivRaw"):
                return from_arxiv(line, form, identifier)
            if local_name(form) == "dc":
                return from_dublin_core(line, form, header, identifier)
        return from_dublin_core(line, metadata, header, identifier)
    return Fault(line, "no metadata", identifier.rpartition(":")[2] or None)


DIALECT = Dialect("oai_pmh", "answers of OAI-PMH in arXiv, arXivRaw or oai_dc", _sniff, _read, once=False)
