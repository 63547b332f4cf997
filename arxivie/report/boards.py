"""The leaderboards as tables and plots."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import isfinite
from typing import NamedTuple

from markupsafe import Markup

from arxivie.leaderboard.board import Board
from arxivie.leaderboard.boards import leaderboard
from arxivie.leaderboard.claims import ClaimCheck
from arxivie.leaderboard.render import title, to_csv
from arxivie.leaderboard.row import Row
from arxivie.report.addresses import slug
from arxivie.report.cards import STANDING
from arxivie.report.labels import fact_id
from arxivie.report.marks import place_id
from arxivie.report.plots import Point, progress
from arxivie.report.site import Site
from arxivie.report.tables import Cell, Column, Table
from arxivie.store.opening import Store

_LEVELS = (
    Column("Rank", "number"),
    Column("Score", "number"),
    Column("Method"),
    Column("Paper", "long"),
    Column("Date", "short"),
    Column("Task"),
    Column("Notes"),
    Column("Sentence", "long"),
)
_CHANGES = (
    Column("Change", "number"),
    Column("Method"),
    Column("Against"),
    Column("Paper", "long"),
    Column("Date", "short"),
    Column("Sentence", "long"),
)
_BOARDS = (
    Column("Dataset"),
    Column("Metric"),
    Column("Figures", "number"),
    Column("Papers", "number"),
    Column("Best", "number"),
    Column("By"),
    Column("Paper", "long"),
    Column("Last", "short"),
)
_CLAIMS = (Column("Paper", "long"), Column("Claims"), Column("Dataset"), Column("The numbers show"), Column("Clause"))


class BoardView(NamedTuple):
    """One board on its page.

    Attributes:
        ranked: whether it is known which direction is better.
        changes: None where there are none. plot: None where nothing can be plotted.
    """

    name: str
    ranked: bool
    levels: Table
    changes: Table | None
    plot: Markup | None


def board_page(board: Board) -> str | None:
    """The page of a board; None where it has one figure, which then speaks for itself on its paper's page."""
    rows = board.rows + board.changes
    return f"board/{slug(rows[0].board)}.html" if len(rows) > 1 else None


def figure_place(row: Row) -> str:
    """Where the words stand that state a figure."""
    target = place_id("result", row.text) if row.text is not None else fact_id("result", row.fact + 1)
    return f"paper/{slug(row.paper)}.html#{target}"


def board_view(board: Board) -> BoardView:
    """A board as its page shows it."""
    name, page = title(board), board_page(board) or ""
    key = page.removeprefix("board/").removesuffix(".html")
    order = 1 if board.better else None
    return BoardView(
        name,
        board.better is not None,
        Table(f"levels-{key}", f"Levels: {name}", _LEVELS, [_level(row) for row in board.rows], order,
              board.better == "higher"),
        Table(f"changes-{key}", "Gains, losses and factors, never ranked with levels", _CHANGES,
              [_change(row) for row in board.changes]) if board.changes else None,
        _plot(board),
    )  # fmt: skip


def _level(row: Row) -> list[Cell]:
    place = figure_place(row)
    return [
        Cell(str(row.rank or "")),
        Cell(row.figure, place, row.score),
        Cell(row.method or ""),
        Cell(row.title, f"paper/{slug(row.paper)}.html"),
        Cell(row.day),
        Cell(row.task or ""),
        Cell(", ".join(row.marks)),
        Cell(row.sentence, place),
    ]


def _change(row: Row) -> list[Cell]:
    place = figure_place(row)
    return [
        Cell(row.figure, place, row.score),
        Cell(row.method or ""),
        Cell(row.baseline or ""),
        Cell(row.title, f"paper/{slug(row.paper)}.html"),
        Cell(row.day),
        Cell(row.sentence, place),
    ]


def _plot(board: Board) -> Markup | None:
    points = [
        Point(row.date, row.score, " ".join([row.figure, row.method or row.paper]),
              f"../{figure_place(row)}", row.best_so_far, row.quoted)
        for row in board.rows
        if row.date is not None and isfinite(row.score)
    ]  # fmt: skip
    return progress(f"{title(board)} over time", points, board.unit) if len({p.day for p in points}) > 1 else None


def boards_table(boards: Iterable[Board]) -> Table:
    """A row a board."""
    rows = list(_board_rows(sorted(boards, key=lambda board: -len(board.rows + board.changes))))
    return Table("boards", "Leaderboards, those with the most figures first", _BOARDS, rows, 2, True)


def _board_rows(boards: Iterable[Board]) -> Iterator[list[Cell]]:
    for board in boards:
        rows = board.rows + board.changes
        best = next((row for row in board.rows if row.rank == 1), None)
        shown = best or (rows[0] if len(rows) == 1 else None)
        page = board_page(board) or figure_place(rows[0])
        yield [
            Cell(f"{board.dataset}, {board.split}" if board.split else board.dataset, page),
            Cell(board.metric),
            Cell(str(len(rows))),
            Cell(str(len({row.paper for row in rows}))),
            Cell(shown.figure, figure_place(shown), shown.score) if shown else Cell(""),
            Cell(shown.method or "") if shown else Cell(""),
            Cell(shown.title, f"paper/{slug(shown.paper)}.html") if shown else Cell(""),
            Cell(max((row.day for row in rows), default="")),
        ]


def claims_table(claims: Iterable[ClaimCheck]) -> Table:
    """The claims of standing that a number in the store contradicts."""
    rows = [
        [
            Cell(claim.title, f"paper/{slug(claim.paper)}.html"),
            Cell(STANDING[claim.status]),
            Cell(claim.dataset or ""),
            Cell(claim.shows, figure_place(claim.against) if claim.against else None),
            Cell(claim.quote),
        ]
        for claim in claims
    ]
    return Table("claims", "Claims that a figure in this store contradicts", _CLAIMS, rows)


class BoardPages:
    """The leaderboards of a store.

    Attributes:
        found: all boards, and the claims checked against them.
    """

    def __init__(self, store: Store) -> None:
        self.found = leaderboard(store, claims=True)
        self._of_figure: dict[tuple[str, int], str] = {}
        self._of_dataset: dict[str, list[tuple[str, str, int]]] = {}
        for board in self.found.boards:
            if page := board_page(board):
                rows = board.rows + board.changes
                self._of_figure |= {(row.paper, row.fact): page for row in rows}
                self._of_dataset.setdefault(board.dataset, []).append((title(board), page, len(rows)))

    def page(self, paper: str, fact: int) -> str | None:
        """The page of a board that a figure stands on; ``fact`` is its number among the paper's results, from 0."""
        return self._of_figure.get((paper, fact))

    def on(self, dataset: str) -> list[tuple[str, str, int]]:
        """Title, page and number of figures of the boards on a dataset, those with the most figures first."""
        return self._of_dataset.get(dataset, [])

    def write(self, site: Site) -> None:
        """The page of all boards with its CSV file, and a page for each board of several figures."""
        for board in self.found.boards:
            if page := board_page(board):
                view = board_view(board)
                site.table(view.levels)
                if view.changes:
                    site.table(view.changes)
                site.page(page, "board.html", {"board": view, "here": "leaderboards"})
        boards, claims = boards_table(self.found.boards), claims_table(self.found.contradicted)
        values = {"boards": site.table(boards), "claims": site.table(claims), "here": "leaderboards"}
        site.page("leaderboards.html", "leaderboards.html", values)
        site.write("leaderboards.csv", to_csv(self.found))
