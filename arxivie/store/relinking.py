"""The derived tables of a store, made anew when the canonical names change."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from arxivie.export.records import Record
from arxivie.store.canonical import Canon
from arxivie.store.database import Connection, insert, make_views
from arxivie.store.linking import Linker
from arxivie.store.rows import Row
from arxivie.store.tables import LINKED

_BATCH = 500


def relink(connection: Connection, canon: Canon, *, temporary: bool = False) -> None:
    """Make canonical names and leaderboard cells anew; as temporary tables where the store is only read."""
    if temporary:
        for name, table in LINKED.items():
            connection.execute(table.ddl(name, temporary=True))
        make_views(connection, temporary=True)
    else:
        for name in LINKED:
            connection.execute(f'DELETE FROM "{name}"')
        note_names(connection, canon)
    linker, records = Linker(canon), stored_records(connection)
    while batch := list(islice(records, _BATCH)):
        tables: dict[str, list[Row]] = {name: [] for name in LINKED}
        for record in batch:
            for name, row in linker.rows(record):
                tables[name].append(row)
        for name, new in tables.items():
            insert(connection, name, new)


def stored_records(connection: Connection) -> Iterator[Record]:
    ids = [row[0] for row in connection.execute("SELECT paper FROM records ORDER BY paper").fetchall()]
    for start in range(0, len(ids), _BATCH):
        rows = connection.execute(
            "SELECT record FROM records WHERE paper IN (SELECT unnest(?)) ORDER BY paper", [ids[start : start + _BATCH]]
        ).fetchall()
        for (line,) in rows:
            yield Record.model_validate_json(line)


def linked_with(connection: Connection) -> str | None:
    row = connection.execute("SELECT value FROM store WHERE key = 'names'").fetchone()
    return row[0] if row else None


def note_names(connection: Connection, canon: Canon) -> None:
    connection.execute("INSERT OR REPLACE INTO store VALUES ('names', ?)", [canon.digest])
