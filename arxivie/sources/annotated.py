"""Output of arxivie itself: a line a paper, ``{"paper": {…}, "facts": {…}}``; the facts come back with the paper."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from arxivie.papers import Paper
from arxivie.sources.decoding import Text
from arxivie.sources.dialect import Dialect
from arxivie.sources.json_values import json_lines
from arxivie.sources.record import Fault, Found, Record, describe

_BEGIN = re.compile(r"\s*\{\s*\"paper\"\s*:\s*\{")


def _sniff(head: str) -> bool:
    return any(_BEGIN.match(line) for line in head.split("\n", 20)[:20])


def _read(text: Text) -> Iterator[Found]:
    for line, value in json_lines(text):
        yield value if isinstance(value, Fault) else _record(line, value)


def _record(line: int, value: Any) -> Found:
    stored = value.get("paper") if isinstance(value, Mapping) else None
    if not isinstance(stored, Mapping):
        return Fault(line, 'no object "paper"')
    try:
        paper = Paper.model_validate({**stored, "facts": value.get("facts")})
    except ValidationError as error:
        return Fault(line, f"not a paper as this version writes it: {describe(error)}", _id(stored))
    if paper.aligned.text != paper.text:
        return Fault(line, "its text is not what this version reads in its raw text: extract the facts again", paper.id)
    return Record(line, ready=paper)


def _id(stored: Mapping[str, Any]) -> str | None:
    return stored["id"] if isinstance(stored.get("id"), str) else None


DIALECT = Dialect("annotated", "arxivie's own JSON lines with papers and facts", _sniff, _read, once=False)
