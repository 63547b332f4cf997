"""From one record to the rows of the tables that hold what was extracted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from arxivie.export.mentions import spoken
from arxivie.export.records import Record
from arxivie.facts import ENTITY_FIELDS, Entity, Evidence, Fact
from arxivie.store.dates import paper_date, utc
from arxivie.store.tables import FACT_TABLES

Row = dict[str, Any]

#: field of `Facts` -> label
LABELS: dict[str, str] = {field: label for label, field in ENTITY_FIELDS.items()} | {
    "results": "result", "links": "link", "releases": "release", "claims": "claim",
}  # fmt: skip


def record_digest(record: Record) -> str:
    """What tells whether two records say the same, from whichever file they were read."""
    said = record.model_dump_json(exclude_none=True, exclude={"paper": {"source"}})
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def stored_rows(record: Record) -> Iterator[tuple[str, Row]]:
    """``(table, row)`` for every row that a record gives."""
    paper = record.paper
    when = paper_date(paper)
    yield (
        "papers",
        {
            "id": paper.id,
            "version": paper.version,
            "title": paper.title,
            "abstract": paper.abstract,
            "authors": list(paper.authors),
            "primary_category": paper.primary,
            "categories": list(paper.categories),
            "date": when.day if when else None,
            "date_exact": when.exact if when else None,
            "published": utc(paper.published) if paper.published else None,
            "updated": utc(paper.updated) if paper.updated else None,
            "announced": paper.announced,
            "doi": paper.doi,
            "journal_ref": paper.journal_ref,
            "comment": paper.comment,
            "pack": record.pack,
            "tagger": record.tagger,
            "digest": record_digest(record),
        },
    )
    yield "records", {"paper": paper.id, "record": record.model_dump_json(exclude_none=True)}
    for field, table in FACT_TABLES.items():
        for number, fact in enumerate(getattr(record.facts, field)):
            yield field, _fact_row(paper.id, number, fact, table.columns)
            evidence = fact.evidence or (spoken(fact, paper) if isinstance(fact, Entity) else ())
            for place, piece in enumerate(evidence):
                yield "mentions", _mention_row(paper.id, LABELS[field], number, place, piece)


def _fact_row(paper: str, number: int, fact: Fact, columns: Mapping[str, str]) -> Row:
    values = fact.model_dump(mode="json", include=set(columns))
    return {"paper": paper, "fact": number, **values}


def _mention_row(paper: str, label: str, fact: int, place: int, piece: Evidence) -> Row:
    return {
        "paper": paper,
        "label": label,
        "fact": fact,
        "mention": place,
        "surface": piece.surface,
        "section": piece.section,
        "text_start": piece.text.start,
        "text_end": piece.text.end,
        "raw_start": piece.raw.start,
        "raw_end": piece.raw.end,
    }
