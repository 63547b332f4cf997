"""Plain JSON: lines, an array, or a document that holds papers with an id, a title and an abstract or summary.

In a document, papers are the elements of a list (``{"date": …, "papers": [{…}, …]}``), the values of an object by id
(``{"2403.01511": {…}, …}``), or the document itself. Ids that are not arXiv's are kept as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from arxivie.sources.decoding import Text
from arxivie.sources.dialect import Dialect
from arxivie.sources.json_fields import json_record
from arxivie.sources.json_values import json_values
from arxivie.sources.record import Fault, Found

_EMPTY = re.compile(r"\s*(?:\[\s*\]|\{\s*\})\s*")
_TITLE = re.compile(r"[\"']title[\"']\s*:")


def _sniff(head: str) -> bool:
    return bool(_EMPTY.fullmatch(head)) or (head.lstrip()[:1] in ("[", "{") and bool(_TITLE.search(head)))


def _read(text: Text) -> Iterator[Found]:
    for line, value in json_values(text):
        if isinstance(value, Mapping) and "title" not in value:
            yield from _inside(line, value)
        else:
            yield json_record(line, value)


def _inside(line: int, document: Mapping[str, Any]) -> Iterator[Found]:
    papers = [value for value in document.values() if isinstance(value, list) and _holds_papers(value)]
    if papers:
        for value in papers:
            yield from (json_record(line, element) for element in value)
    elif any(isinstance(value, Mapping) and "title" in value for value in document.values()):
        for key, value in document.items():
            yield json_record(line, value, key)
    elif document:
        yield Fault(line, "no title")


def _holds_papers(value: list[Any]) -> bool:
    return any(isinstance(element, Mapping) and "title" in element for element in value)


DIALECT = Dialect(
    "json_records", "JSON or JSON lines with id or arxiv_id, title, and abstract or summary", _sniff, _read, once=False
)
