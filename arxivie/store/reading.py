"""Stored facts, read back: JSON lines (also gzip or zip) or Parquet, told apart by content."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from os import PathLike, fspath
from typing import Any

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
    number = -1
    for number, (place, dialect, value) in enumerate(_values(fspath(path))):
        found = _record(value)
        if isinstance(found, Record):
            yield found
            continue
        source = Source(file=fspath(path), dialect=dialect, line=place, record=number + 1)
        reject = Reject(source=source, reason=found, id=_id(value))
        if on_reject is None:
            raise CorpusError(str(reject))
        on_reject(reject)
    if number < 0:
        raise CorpusError(f"{fspath(path)} is empty: it should hold what `arxivie extract` writes")


def _values(path: str) -> Iterator[tuple[int, str, Any]]:
    """Line or row, the form, and the JSON value or a `ValueError`."""
    with open(path, "rb") as opened:
        parquet = opened.read(len(_PARQUET)) == _PARQUET
    if parquet:
        for row, value in enumerate(read_parquet(path), 1):
            yield row, "parquet", value
        return
    for text in open_texts(path):
        for line, content in text.lines():
            if content.strip():
                try:
                    yield line, "jsonl", json.loads(content)
                except (ValueError, RecursionError) as error:
                    yield line, "jsonl", ValueError(f"not JSON: {error}")
        if text.damage:
            raise CorpusError(f"{text.name}: {text.damage}")


def _record(value: Any) -> Record | str:
    """The record, or why it is none."""
    if isinstance(value, ValueError):
        return str(value)
    if not isinstance(value, dict) or not isinstance(value.get("paper"), dict) or "facts" not in value:
        return 'no record of arxivie: it should be {"paper": {…}, "facts": {…}}'
    try:
        return Record.model_validate(value)
    except ValidationError as error:
        problem = error.errors()[0]
        return f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}"


def _id(value: Any) -> str | None:
    paper = value.get("paper") if isinstance(value, dict) else None
    name = paper.get("id") if isinstance(paper, dict) else None
    return name if isinstance(name, str) else None
