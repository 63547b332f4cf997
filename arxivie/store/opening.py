"""`Store`: a store or a file of facts, opened for reading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import Any

from arxivie.export.records import Record
from arxivie.papers import Reject
from arxivie.store.canonical import load_canon
from arxivie.store.database import connect, create, is_database
from arxivie.store.index import IndexReport, fill
from arxivie.store.reading import PathType, read_stored
from arxivie.store.relinking import linked_with, relink, stored_records


class Store:
    """Facts, opened for reading: a store, or a file of facts, which is then indexed in memory.

    Attributes:
        canon: the canonical names in force.
        connection: the ``duckdb`` connection, for SQL of your own.
        rejects: lines of a file of facts that hold no record.
    """

    def __init__(self, path: PathType, *, packs: Sequence[str | PathLike[str]] = ()) -> None:
        """Open ``path``; with other ``packs`` than it was indexed with, names are linked anew for this reading.

        Raises:
            ConfigurationError, CorpusError, PatternError: as `index` does.
            OSError: where the file cannot be opened.
        """
        self.canon = load_canon([Path(pack) for pack in packs])
        self.rejects: list[Reject] = []
        if is_database(path):
            self.connection = connect(path, read_only=True)
            if linked_with(self.connection) != self.canon.digest:
                relink(self.connection, self.canon, temporary=True)
        else:
            self.connection, report = connect(None), IndexReport()
            create(self.connection)
            fill(self.connection, read_stored(path, on_reject=report.rejects.append), self.canon, report)
            self.rejects = report.rejects

    def rows(self, query: str, parameters: Sequence[Any] = ()) -> list[dict[str, Any]]:
        """The rows of a query as dictionaries."""
        found = self.connection.execute(query, list(parameters))
        columns = [column[0] for column in found.description]
        return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]

    def records(self) -> Iterator[Record]:
        """Every paper with its facts, by id."""
        return stored_records(self.connection)

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
