"""Papers with their facts as JSON: one object a paper, ``{"paper": {…}, "facts": {…}}``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import BaseModel, ConfigDict

from arxivie.facts import Facts
from arxivie.papers import Paper

_EMPTY = Facts()


class Record(BaseModel):
    """One line of output.

    Attributes:
        paper: the paper, without its facts.
        facts: its facts, with the field names of the annotation guide.
        pack: version and digest of the patterns that found them.
        tagger: version of the learned tagger, None where none was used.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    paper: Paper
    facts: Facts
    pack: str | None = None
    tagger: str | None = None


def to_record(paper: Paper, *, pack: str | None = None, tagger: str | None = None) -> dict[str, Any]:
    """A paper and its facts as plain JSON data; fields that are None stay out of ``paper``."""
    record: dict[str, Any] = {
        "paper": paper.model_dump(mode="json", exclude={"facts"}, exclude_none=True),
        "facts": (paper.facts or _EMPTY).model_dump(mode="json"),
    }
    if pack is not None:
        record["pack"] = pack
    if tagger is not None:
        record["tagger"] = tagger
    return record


def to_lines(papers: Iterable[Paper], *, pack: str | None = None, tagger: str | None = None) -> Iterator[str]:
    """JSON lines, one a paper, without line ends."""
    for paper in papers:
        yield json.dumps(to_record(paper, pack=pack, tagger=tagger), ensure_ascii=False)


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of one line."""
    schema = Record.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
