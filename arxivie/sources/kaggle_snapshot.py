"""The snapshot of arXiv's metadata on Kaggle: JSON lines, over 4 GB, read line by line, plain, gzip or zip."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from arxivie.sources.authors import split_authors
from arxivie.sources.classes import split_classes
from arxivie.sources.dates import parse_moment
from arxivie.sources.decoding import Text
from arxivie.sources.dialect import Dialect
from arxivie.sources.json_values import json_lines
from arxivie.sources.mail_fields import person
from arxivie.sources.record import Fault, Found, Record

_BEGIN = re.compile(r"\s*\{\"[^\n]*\"(?:authors_parsed|update_date)\"\s*:")


def _sniff(head: str) -> bool:
    return any(_BEGIN.match(line) and '"versions"' in line for line in head.split("\n", 20)[:20])


def _read(text: Text) -> Iterator[Found]:
    for line, value in json_lines(text):
        yield value if isinstance(value, Fault) else _record(line, value)


def _record(line: int, value: Any) -> Found:
    if not isinstance(value, Mapping):
        return Fault(line, f"a JSON {type(value).__name__} where an object with a paper was expected")
    fields = {key: field for key, field in value.items() if isinstance(field, str)}
    versions = [version for version in _list(value.get("versions")) if isinstance(version, Mapping)]
    dates = [moment for version in versions if (moment := parse_moment(str(version.get("created"))))]
    number = re.fullmatch(r"v(\d+)", str(versions[-1].get("version"))) if versions else None
    classes = split_classes((fields.get("categories", ""),))
    names = [_name(parts) for parts in _list(value.get("authors_parsed"))]
    return Record(
        line,
        id=fields.get("id"),
        version=int(number[1]) if number else None,
        title=fields.get("title", ""),
        abstract=fields.get("abstract", ""),
        authors=[name for name in names if name] or split_authors(person(fields.get("authors", ""))),
        primary=classes.arxiv[0] if classes.arxiv else None,
        categories=(fields.get("categories", ""),),
        published=next(iter(dates), None),
        updated=(dates[-1] if len(dates) > 1 else None) if dates else parse_moment(fields.get("update_date")),
        doi=fields.get("doi"),
        journal_ref=" ".join(fields.get("journal-ref", "").split()),
        comment=" ".join(fields.get("comments", "").split()),
    )


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _name(parts: Any) -> str:
    """``["Smith", "Ada B.", "Jr", …affiliations]`` as Ada B. Smith Jr."""
    family, given, suffix = ([part if isinstance(part, str) else "" for part in _list(parts)] + [""] * 3)[:3]
    return person(" ".join(f"{given} {family} {suffix}".split()))


DIALECT = Dialect("kaggle_snapshot", "the JSON-lines snapshot of arXiv on Kaggle", _sniff, _read, once=False)
