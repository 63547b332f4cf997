"""Stored facts, read back: JSON lines (also gzip or zip) or Parquet, told apart by content."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from os import PathLike, fspath

from pydantic import ValidationError

from arxivie.errors import CorpusError
from arxivie.export.parquet import read_parquet
from arxivie.export.records import Record
from arxivie.papers import Reject, Source
from arxivie.sources.opening import open_texts

PathType = str | PathLike[str]
_PARQUET = b"PAR1"


def read_stored(path: PathType, *, on_reject: Callable[[Reject], None] | None = None) -> Iterator[Record]:
    """The records of a file that ``arxivie extract`` wrote, lazily.

    Args:
        path: JSON lines or Parquet.
        on_reject: called with each line that holds no record; without it the first such line is an error.

    Raises:
        CorpusError: naming file and line (of Parquet: row), where there is no ``on_reject``.
        SourceError: where a compressed file is damaged.
        OSError: where the file cannot be opened.
    """
    number = 0
    for number, (place, dialect, line) in enumerate(_lines(fspath(path)), 1):
        found = _record(line)
        if isinstance(found, Record):
            yield found
            continue
        source = Source(file=fspath(path), dialect=dialect, line=place, record=number)
        reject = Reject(source=source, reason=found, id=_id(line))
        if on_reject is None:
            raise CorpusError(str(reject))
        on_reject(reject)
    if not number:
        raise CorpusError(f"{fspath(path)} is empty: it should hold what `arxivie extract` writes")


def _lines(path: str) -> Iterator[tuple[int, str, str]]:
    """Line or row, the form, and the record as JSON."""
    with open(path, "rb") as opened:
        parquet = opened.read(len(_PARQUET)) == _PARQUET
    if parquet:
        for row, value in enumerate(read_parquet(path), 1):
            yield row, "parquet", json.dumps(value)
        return
    for text in open_texts(path):
        for line, content in text.lines():
            if content.strip():
                yield line, "jsonl", content
        if text.damage:
            raise CorpusError(f"{text.name}: {text.damage}")


def _record(line: str) -> Record | str:
    """The record, or why it is none. Read as JSON, where a day stays a day and becomes no midnight."""
    try:
        return Record.model_validate_json(line)
    except ValidationError as error:
        problem = error.errors(include_url=False)[0]
    if problem["loc"] and problem["loc"][0] in {"paper", "facts"} and len(problem["loc"]) > 1:
        return f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}"
    if problem["type"] == "json_invalid":
        return f"not JSON: {problem['msg']}"
    return 'no record of arxivie: it should be {"paper": {…}, "facts": {…}}'


def _id(line: str) -> str | None:
    try:
        name = json.loads(line)["paper"]["id"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return name if isinstance(name, str) else None
