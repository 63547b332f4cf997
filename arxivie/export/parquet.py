"""Records as Parquet and back: a row a paper, the columns of `arxivie.export.records.Record`, nested as they are.

The columns' types follow the models: text and choices are strings, extents lists of two integers, dates ISO 8601
strings as in JSON. ``docs/store.md`` lists them.
"""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import islice
from os import PathLike
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from arxivie.errors import ArxivieError, CorpusError
from arxivie.export.extra import extra_module
from arxivie.export.records import Record
from arxivie.extent import Extent

_PURPOSE = "Parquet"
_GROUP = 1000


def parquet_schema() -> Any:
    """The ``pyarrow.Schema`` of the files.

    Raises:
        ConfigurationError: where pyarrow is not installed.
    """
    pa = extra_module("pyarrow", "tables", _PURPOSE)
    fields = [
        pa.field(name, _type(pa, f.annotation, omit={"facts"} if name == "paper" else set()))
        for name, f in Record.model_fields.items()
    ]
    return pa.schema(fields, metadata={"arxivie.records": "1"})


def write_parquet(records: Iterable[Mapping[str, Any]], path: str | PathLike[str]) -> int:
    """Write records as `arxivie.export.records.to_record` makes them; returns how many. The memory holds a thousand.

    Raises:
        ConfigurationError: where pyarrow is not installed.
        OSError: where the file cannot be written.
    """
    pa, pq = extra_module("pyarrow", "tables", _PURPOSE), extra_module("pyarrow.parquet", "tables", _PURPOSE)
    schema, left, written = parquet_schema(), iter(records), 0
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        while group := list(islice(left, _GROUP)):
            writer.write_table(pa.Table.from_pylist(group, schema=schema))
            written += len(group)
    return written


def read_parquet(path: str | PathLike[str]) -> Iterator[dict[str, Any]]:
    """The records of a file that `write_parquet` wrote, as JSON data.

    Raises:
        ConfigurationError: where pyarrow is not installed.
        CorpusError: where the file is no Parquet, or holds no records.
        OSError: where it cannot be opened.
    """
    pa, pq = extra_module("pyarrow", "tables", _PURPOSE), extra_module("pyarrow.parquet", "tables", _PURPOSE)
    try:
        with open(path, "rb") as opened, pq.ParquetFile(opened) as file:
            missing = {"paper", "facts"} - set(file.schema_arrow.names)
            if missing:
                raise CorpusError(f"{path}: a Parquet file without the column {min(missing)}: no records of arxivie")
            for batch in file.iter_batches(_GROUP):
                yield from map(_without_nulls, batch.to_pylist())
    except pa.ArrowInvalid as error:
        raise CorpusError(f"{path}: cannot be read as Parquet: {error}") from None


def _without_nulls(value: Any) -> Any:
    """Columns are there for every row, so what a record leaves out comes back as None at any depth."""
    if isinstance(value, dict):
        return {k: _without_nulls(v) for k, v in value.items() if v is not None}
    return [_without_nulls(v) for v in value] if isinstance(value, list) else value


def _type(pa: Any, annotation: Any, *, omit: set[str] | None = None) -> Any:
    """The Arrow type of a field's annotation."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _type(pa, arguments[0])
    if origin in (Union, types.UnionType):
        kinds = {str(t): t for t in (_type(pa, a) for a in arguments if a is not type(None))}
        if len(kinds) == 1:
            return next(iter(kinds.values()))
    elif origin is Literal:
        return pa.string()
    elif origin is tuple and arguments[-1] is Ellipsis:
        return pa.list_(_type(pa, arguments[0]))
    elif annotation is Extent:
        return pa.list_(pa.int32(), 2)
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        fields = {n: f for n, f in annotation.model_fields.items() if n not in (omit or ())}
        return pa.struct([pa.field(n, _type(pa, f.annotation)) for n, f in fields.items()])
    simple = {
        str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_(),
        date: pa.string(), datetime: pa.string(),
    }  # fmt: skip
    try:
        return simple[annotation]
    except (KeyError, TypeError):
        raise ArxivieError(f"no column type for {annotation}") from None
