"""The DuckDB file: making its tables, filling them, opening it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from os import PathLike, fspath
from pathlib import Path
from typing import Any

from arxivie.errors import CorpusError
from arxivie.export.extra import extra_module
from arxivie.store.tables import FORMAT, LINKED, STORED, VIEWS, Table

#: a ``duckdb.DuckDBPyConnection``; the library is imported only where a store is opened
Connection = Any

_PURPOSE = "A store"
_MAGIC, _MAGIC_AT = b"DUCK", 8
_ARROW = {
    "VARCHAR": "string", "INTEGER": "int32", "DOUBLE": "float64", "BOOLEAN": "bool_", "DATE": "date32",
}  # fmt: skip


def is_database(path: str | PathLike[str]) -> bool:
    """Whether a file is a DuckDB database, by its content."""
    with open(path, "rb") as opened:
        return opened.read(_MAGIC_AT + len(_MAGIC))[_MAGIC_AT:] == _MAGIC


def connect(path: str | PathLike[str] | None, *, read_only: bool = False) -> Connection:
    """A connection to a store, which must exist where it is read only; in memory where ``path`` is None.

    Raises:
        ConfigurationError: where duckdb or pyarrow is not installed.
        CorpusError: where the file is no store, a store of another format, or in use by another process.
    """
    duckdb = extra_module("duckdb", "tables", _PURPOSE)
    extra_module("pyarrow", "tables", _PURPOSE)
    name = ":memory:" if path is None else fspath(path)
    if path is not None and Path(path).exists() and Path(path).stat().st_size and not is_database(path):
        raise CorpusError(f"{name} is no DuckDB file; name another file for the store")
    if read_only and path is not None and not Path(path).exists():
        raise CorpusError(f"{name}: there is no such store; `arxivie index FACTS -o {name}` makes one")
    try:
        connection = duckdb.connect(name, read_only=read_only)
    except duckdb.Error as error:
        raise CorpusError(f"{name}: {str(error).splitlines()[0]}") from None
    known = {row[0] for row in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    if "store" in known:
        made = connection.execute("SELECT value FROM store WHERE key = 'format'").fetchone()[0]
        if made != FORMAT:
            connection.close()
            raise CorpusError(f"{name} has the format {made} of another version of arxivie: index the facts anew")
    elif known or read_only:
        connection.close()
        raise CorpusError(f"{name} is a DuckDB file, but no store of arxivie")
    return connection


def create(connection: Connection) -> None:
    """Make tables and views where there are none yet."""
    if connection.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'store'").fetchone()[0]:
        return
    connection.execute("CREATE TABLE store (key VARCHAR PRIMARY KEY, value VARCHAR)")
    connection.execute("INSERT INTO store VALUES ('format', ?)", [FORMAT])
    for name, table in {**STORED, **LINKED}.items():
        connection.execute(table.ddl(name))
    make_views(connection)


def make_views(connection: Connection, *, temporary: bool = False) -> None:
    """Make the views, reading temporary tables of the same names where there are any."""
    for name, query in VIEWS.items():
        connection.execute(f"CREATE OR REPLACE {'TEMP ' if temporary else ''}VIEW {name} AS {query}")


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """All or nothing."""
    connection.execute("BEGIN")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def insert(connection: Connection, name: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add rows to a table; through Arrow, since a statement a row takes a hundred times longer."""
    if not rows:
        return
    table = {**STORED, **LINKED}[name]
    connection.register("arriving", _arrow(table, rows))
    columns = ", ".join(f'"{column}"' for column in table.columns)
    connection.execute(f'INSERT INTO "{name}" ({columns}) SELECT {columns} FROM arriving')
    connection.unregister("arriving")


def remove(connection: Connection, papers: Iterable[str], tables: Iterable[str]) -> None:
    """Delete all rows of some papers."""
    ids = list(papers)
    for name in tables:
        key = "id" if name == "papers" else "paper"
        connection.execute(f'DELETE FROM "{name}" WHERE "{key}" IN (SELECT unnest(?))', [ids])


def _arrow(table: Table, rows: Sequence[Mapping[str, Any]]) -> Any:
    pa = extra_module("pyarrow", "tables", _PURPOSE)

    def kind(sql: str) -> Any:
        if sql.endswith("[]"):
            return pa.list_(kind(sql.removesuffix("[]")))
        return pa.timestamp("us") if sql == "TIMESTAMP" else getattr(pa, _ARROW[sql])()

    schema = pa.schema([pa.field(column, kind(sql)) for column, sql in table.columns.items()])
    return pa.Table.from_pylist(list(rows), schema=schema)
