"""`index`: records into a store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from os import PathLike
from pathlib import Path

from arxivie.export.records import Record
from arxivie.papers import Reject
from arxivie.store.canonical import Canon, load_canon
from arxivie.store.database import Connection, connect, create, insert, remove, transaction
from arxivie.store.linking import Linker
from arxivie.store.reading import PathType, read_stored
from arxivie.store.relinking import linked_with, note_names, relink
from arxivie.store.rows import Row, stored_rows
from arxivie.store.tables import LINKED, STORED

_BATCH = 500


@dataclass
class IndexReport:
    """What indexing did, in papers.

    Attributes:
        added: new to the store.
        replaced: put in the place of an older version, or of the same version with other facts.
        unchanged: in the store already, to the letter.
        older: left out, since the store holds a newer version.
        rejects: lines that hold no record.
    """

    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    older: int = 0
    rejects: list[Reject] = field(default_factory=list)

    def __str__(self) -> str:
        kinds = {"added": self.added, "replaced": self.replaced, "unchanged": self.unchanged, "older": self.older}
        return ", ".join(f"{count} {kind}" for kind, count in kinds.items()) + f", {len(self.rejects)} rejected"


def index(
    facts: PathType | Iterable[Record], store: PathType, *, packs: Sequence[str | PathLike[str]] = ()
) -> IndexReport:
    """Put papers with their facts into a store, which is made where there is none; all of them or, on an error, none.

    A paper is there once. A newer version replaces an older one, never the other way round; a record without version
    counts as older than any; the same version with other facts (extracted anew) replaces the former.

    Args:
        facts: JSON lines or Parquet as ``arxivie extract`` writes them, or records.
        store: the DuckDB file.
        packs: folders of your own names and aliases; canonical names are made anew where these changed.

    Raises:
        ConfigurationError: where the extra ``tables`` is not installed.
        CorpusError: where ``store`` is no store.
        PatternError: where a pack is wrong.
    """
    canon = load_canon([Path(pack) for pack in packs])
    connection = connect(store)
    try:
        with transaction(connection):
            create(connection)
            report = IndexReport()
            read = read_stored(facts, on_reject=report.rejects.append) if isinstance(facts, str | PathLike) else facts
            fill(connection, read, canon, report)
            if linked_with(connection) != canon.digest:
                relink(connection, canon)
    finally:
        connection.close()
    return report


def fill(connection: Connection, records: Iterable[Record], canon: Canon, report: IndexReport) -> None:
    """Add records to open tables."""
    left, linker = iter(records), Linker(canon)
    if not connection.execute("SELECT count(*) FROM papers").fetchone()[0]:
        note_names(connection, canon)
    while batch := list(islice(left, _BATCH)):
        _add(connection, batch, linker, report)


def _add(connection: Connection, batch: Sequence[Record], linker: Linker, report: IndexReport) -> None:
    rows = connection.execute(
        "SELECT id, version, updated, digest FROM papers WHERE id IN (SELECT unnest(?))", [[r.paper.id for r in batch]]
    ).fetchall()
    known: dict[str, tuple[tuple[int, datetime | None], str]] = {r[0]: ((r[1] or 0, r[2]), r[3]) for r in rows}
    present, taken = set(known), dict[str, tuple[Record, list[tuple[str, Row]]]]()
    for record in batch:
        made = list(stored_rows(record))
        first = made[0][1]
        age, digest = (record.paper.version or 0, first["updated"]), first["digest"]
        held = known.get(record.paper.id)
        if held is None:
            report.added += 1
        elif held[1] == digest:
            report.unchanged += 1
            continue
        elif _older(age, held[0]):
            report.older += 1
            continue
        else:
            report.replaced += 1
        known[record.paper.id] = age, digest
        taken[record.paper.id] = record, made
    remove(connection, present & set(taken), [*STORED, *LINKED])
    tables: dict[str, list[Row]] = defaultdict(list)
    for record, made in taken.values():
        for name, row in (*made, *linker.rows(record)):
            tables[name].append(row)
    for name, new in tables.items():
        insert(connection, name, new)


def _older(one: tuple[int, datetime | None], other: tuple[int, datetime | None]) -> bool:
    if one[0] != other[0]:
        return one[0] < other[0]
    return one[1] is not None and other[1] is not None and one[1] < other[1]
