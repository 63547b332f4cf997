"""Files of annotated or extracted facts, one paper a line.

Three forms are read: the annotation guide's (the lists at the top), the same under ``facts`` as ``arxivie corpus join``
writes it, and ``{"paper": {…}, "facts": {…}}`` as ``arxivie extract`` writes it.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from arxivie.errors import CorpusError
from arxivie.facts import Facts
from arxivie.papers import SECTION_BREAK, Paper

#: the lists of a record, in the order of the guide
LISTS = tuple(Facts.model_fields)
_ENTITIES = ("datasets", "methods", "tasks", "metrics")
_VERSION = re.compile(r"v\d+$")

FactDict = Mapping[str, Any]
FactLists = Mapping[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Record:
    """The facts of one paper, and what the file tells of the paper itself.

    Attributes:
        id: without version.
        facts: field of `arxivie.facts.Facts` -> its facts as plain dictionaries; every field is there.
        title, abstract: None where the file holds facts only.
        category: the primary arXiv category, where it is known.
        split: train, dev or test, where the file says it.
        origin: the corpus that the record belongs to: what the record says, else the name of its file.
    """

    id: str
    facts: FactLists
    title: str | None = None
    abstract: str | None = None
    category: str | None = None
    split: str | None = None
    origin: str | None = None

    @property
    def text(self) -> str | None:
        """Title, line break, abstract; None where one is unknown."""
        return None if self.title is None or self.abstract is None else self.title + SECTION_BREAK + self.abstract


def record_of(paper: Paper) -> Record:
    """The record of an annotated paper; without facts where it has none yet."""
    dumped = paper.facts.model_dump(mode="json") if paper.facts else {}
    facts = {name: dumped.get(name, []) for name in LISTS}
    return Record(paper.id, facts, paper.title, paper.abstract, paper.primary)


def load_records(paths: str | Path | Iterable[str | Path]) -> dict[str, Record]:
    """The records of one or more files by paper id; where a paper comes twice the later record holds.

    Raises:
        CorpusError: at a line that holds no facts of a paper; the message names file, line and what is wrong.
        OSError: where a file cannot be read.
    """
    records: dict[str, Record] = {}
    for path in [paths] if isinstance(paths, str | Path) else paths:
        with open(path, encoding="utf-8") as lines:
            try:
                for number, line in enumerate(lines, 1):
                    if line.strip():
                        record = _parse(line, f"{path}:{number}", Path(path).stem)
                        records[record.id] = record
            except UnicodeDecodeError as error:
                raise CorpusError(f"{path}: not UTF-8: {error}") from error
    return records


def _parse(line: str, where: str, stem: str) -> Record:
    try:
        raw = json.loads(line)
    except ValueError as error:
        raise CorpusError(f"{where}: not JSON: {error}") from error
    if not isinstance(raw, dict):
        raise CorpusError(
            f"{where}: a JSON {type(raw).__name__} where an object with the facts of a paper was expected"
        )
    paper = raw.get("paper") or {}
    lists = raw.get("facts", raw)
    if not isinstance(paper, dict) or not isinstance(lists, dict):
        raise CorpusError(f'{where}: "paper" and "facts" must be objects')
    written = raw.get("id") or raw.get("arxiv_id") or paper.get("id") or paper.get("arxiv_id")
    if not isinstance(written, str):
        raise CorpusError(f"{where}: no id: expected id or arxiv_id at the top or under paper")
    known = {**paper, **raw}
    return Record(
        id=_VERSION.sub("", written),
        facts={name: _list(lists.get(name), f"{where}: paper {written}: {name}", name) for name in LISTS},
        title=_string(known.get("title")),
        abstract=_string(known.get("abstract")),
        category=_string(known.get("primary")) or _string(known.get("category")),
        split=_string(raw.get("split")),
        origin=_string(raw.get("origin")) or stem,
    )


def _string(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _list(value: Any, where: str, name: str) -> list[dict[str, Any]]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise CorpusError(f"{where} is a JSON {type(value).__name__}, not a list")
    for number, fact in enumerate(value):
        problem = _problem(name, fact) if isinstance(fact, dict) else "is no object"
        if problem:
            raise CorpusError(f"{where}[{number}] {problem}")
    return value


def _problem(name: str, fact: dict[str, Any]) -> str | None:
    """What keeps a fact from being compared, None where nothing does."""
    if name in _ENTITIES and not isinstance(fact.get("name"), str):
        return "has no name"
    if name == "links" and not isinstance(fact.get("url"), str):
        return "has no url"
    if name == "results":
        for key in ("value", "value_max"):
            value = fact.get(key)
            number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
            if not number and (key == "value" or value is not None):
                return f"has the {key} {value!r}, which is no number"
    confidence = fact.get("confidence")
    if confidence is not None and (isinstance(confidence, bool) or not isinstance(confidence, int | float)):
        return f"has the confidence {confidence!r}, which is no number"
    if not all(_is_evidence(piece) for piece in fact.get("evidence") or ()):
        return "has evidence without its extent in the text"
    for key in ("surfaces", "datasets", "tasks", "kinds", "what"):
        part = fact.get(key)
        if part is not None and not (isinstance(part, list) and all(isinstance(item, str) for item in part)):
            return f"has {key} that are no list of strings"
    for key in ("role", "status", "kind", "metric", "method", "quote", "unit", "bound"):
        if not isinstance(fact.get(key), str | None):
            return f"has a {key} that is no string"
    return None


def _is_evidence(piece: Any) -> bool:
    extent = piece.get("text") if isinstance(piece, dict) else None
    return isinstance(extent, list) and len(extent) == 2 and all(isinstance(at, int) for at in extent)
