"""Tables that sort, filter and turn pages: the first rows stand in the page, all of them in a script beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

#: rows that stand in the page
FIRST = 50


class Column(NamedTuple):
    """A column of ``text``, ``long`` text, ``short`` words on one line, or a ``number`` (sorted downwards first)."""

    title: str
    kind: Literal["text", "long", "short", "number"] = "text"


class Cell(NamedTuple):
    """A cell: what it reads, where it leads, and what it sorts by where that is not what it reads."""

    text: str
    href: str | None = None
    key: float | str | None = None


class Table(NamedTuple):
    """A table.

    Attributes:
        id: in the page, and the name of its script.
        caption: what it holds.
        columns: their titles.
        rows: in the order in which they are first shown.
        sorted_by: number of the column that this order follows, with ``descending``; None where none.
    """

    id: str
    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    sorted_by: int | None = None
    descending: bool = False

    @property
    def first(self) -> Sequence[Sequence[Cell]]:
        """The rows that stand in the page."""
        return self.rows[:FIRST]

    @property
    def more(self) -> bool:
        """Whether there are rows beyond these, so that the page loads a script."""
        return len(self.rows) > FIRST

    def data(self) -> list[list[list[Any]]]:
        """All rows as JSON data."""
        return [[list(cell) for cell in row] for row in self.rows]
