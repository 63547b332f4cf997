"""Leaderboards as CSV, JSON, Markdown and for a terminal; HTML has a module of its own."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from arxivie.export.safe import csv_cell, markdown_text, printable
from arxivie.leaderboard.board import Board
from arxivie.leaderboard.boards import Leaderboard
from arxivie.leaderboard.row import Row

#: the columns of CSV: where the figure belongs, the figure, whose it is, where it is stated
COLUMNS = (
    "dataset", "split", "metric", "better", "unit", "rank", "score", "score_max", "error", "bound", "kind", "quoted",
    "best_so_far", "conflict", "task", "method", "baseline", "paper", "version", "date", "title", "url", "sentence",
    "text_start", "text_end", "raw_start", "raw_end", "rules", "confidence",
)  # fmt: skip


def title(board: Board) -> str:
    """``top-1 accuracy (%, higher is better) on ImageNet-1k``."""
    about = [text for text in (board.unit, f"{board.better} is better" if board.better else "order unknown") if text]
    split = f", {board.split}" if board.split else ""
    return printable(f"{board.metric} ({', '.join(about)}) on {board.dataset}{split}")


def to_csv(leaderboard: Leaderboard) -> str:
    """Every figure, changes behind the levels of their board; cells that a spreadsheet would run are neutralised."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for board in leaderboard.boards:
        for row in (*board.rows, *board.changes):
            values = _flat(row)
            writer.writerow([csv_cell(values[column]) for column in COLUMNS])
    return out.getvalue()


def to_json(leaderboard: Leaderboard) -> str:
    """Boards with rows and changes, then claims; extents as two numbers."""
    made: dict[str, Any] = {"boards": [_plain(asdict(board)) for board in leaderboard.boards]}
    if leaderboard.claims:
        made["claims"] = [
            {**_plain(asdict(claim)), "shows": claim.shows, "contradicted": claim.contradicted}
            for claim in leaderboard.claims
        ]
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def to_markdown(leaderboard: Leaderboard) -> str:
    """A table a board, each row with its sentence."""
    lines = []
    for board in leaderboard.boards:
        lines += ["## " + markdown_text(title(board)), ""]
        for heading, rows in (("", board.rows), ("### Changes", board.changes)):
            if not rows:
                continue
            lines += [heading, ""] if heading else []
            lines += ["| rank | score | method | task | paper | date | notes | sentence |", "|" + "---|" * 8]
            for row in rows:
                paper = f"[{markdown_text(row.paper)}]({row.url})" if row.url else markdown_text(row.paper)
                cells = [markdown_text(cell) for cell in _cells(row)]
                cells[4] = paper
                lines.append("| " + " | ".join(cells) + " |")
            lines.append("")
    if leaderboard.claims:
        lines += ["## Claims", "", "| paper | claim | dataset | shows | contradicted | quote |", "|" + "---|" * 6]
        for claim in leaderboard.claims:
            said = (claim.paper, claim.status, claim.dataset or "", claim.shows, "yes" if claim.contradicted else "")
            lines.append("| " + " | ".join(markdown_text(cell) for cell in (*said, claim.quote)) + " |")
        lines.append("")
    return "\n".join(lines)


def to_table(leaderboard: Leaderboard) -> RenderableType:
    """For a terminal."""
    made: list[RenderableType] = []
    for board in leaderboard.boards:
        table = Table(title=Text(title(board)), title_justify="left", title_style="bold", header_style="bold")
        for heading in ("#", "score", "method", "task", "paper", "date", "", "sentence"):
            table.add_column(heading, overflow="fold", no_wrap=heading in {"#", "paper", "date"})
        for row in (*board.rows, *board.changes):
            style = "bold" if row.best_so_far else "dim" if row.quoted or row.kind not in {"score"} else ""
            table.add_row(*(Text(printable(cell)) for cell in _cells(row)), style=style)
        made += [table, Text()]
    if leaderboard.claims:
        table = Table("paper", "claim", "dataset", "shows", "quote", title="Claims beside the numbers",
                      title_justify="left", title_style="bold", header_style="bold")  # fmt: skip
        for claim in sorted(leaderboard.claims, key=lambda c: not c.contradicted):
            shows = ("contradicted: " if claim.contradicted else "") + claim.shows
            cells = claim.paper, claim.status, claim.dataset or "", shows, claim.quote
            table.add_row(*(Text(printable(cell)) for cell in cells), style="red" if claim.contradicted else "")
        made.append(table)
    return Group(*made) if made else Text("no figures: nothing in the store is on such a board")


def _cells(row: Row) -> list[str]:
    rank = str(row.rank) if row.rank is not None else ""
    notes = ", ".join(row.notes)
    return [rank, row.figure, row.method or "", row.task or "", row.paper, row.day, notes, row.sentence]


def _flat(row: Row) -> dict[str, Any]:
    values = asdict(row) | {"url": row.url, "date": row.day, "rules": " ".join(row.rules)}
    for name, extent in (("text", row.text), ("raw", row.raw)):
        values[f"{name}_start"], values[f"{name}_end"] = extent or (None, None)
    return values


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return value.isoformat() if hasattr(value, "isoformat") else value
