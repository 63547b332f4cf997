"""An evaluation as a table for the terminal, as JSON and as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from arxivie.evaluate.bootstrap import LEVEL
from arxivie.evaluate.evaluation import Evaluation, Row

_HEAD = ("row", "n", "P", "R", "F1", f"{LEVEL:.0%} interval")


def to_table(evaluation: Evaluation, *, sections: bool = False) -> RenderableType:
    """The rows, then the F1 of each group of papers.

    Args:
        sections: with the span rows of title and abstract apart.
    """
    tables: list[RenderableType] = [Text(line) for line in _notes(evaluation)]
    tables.append(_table(_HEAD, _overall(evaluation, sections)))
    for name in evaluation.groups:
        if len(evaluation.groups[name]) > 1:
            head, rows = _grouped(evaluation, name)
            tables.append(_table(head, rows))
    return Group(*tables)


def to_markdown(evaluation: Evaluation, *, sections: bool = True) -> str:
    """The same in Markdown."""
    parts = ["\n".join(f"{line}  " for line in _notes(evaluation)), _markdown(_HEAD, _overall(evaluation, sections))]
    for name in evaluation.groups:
        if len(evaluation.groups[name]) > 1:
            parts += [f"F1 by {name}", _markdown(*_grouped(evaluation, name))]
    return "\n\n".join(parts) + "\n"


def to_json(evaluation: Evaluation) -> dict[str, Any]:
    """All counts and scores as plain objects; ``rows`` and ``groups`` hold ``p``, ``r``, ``f1``, ``n`` and counts."""
    return {
        "papers": evaluation.papers,
        "unpredicted": evaluation.unpredicted,
        "textless": evaluation.textless,
        "bootstrap": {"samples": evaluation.samples, "seed": evaluation.seed, "level": LEVEL},
        "rows": {name: _plain(row) for name, row in evaluation.rows.items()},
        "groups": {
            name: {
                group: {"papers": evaluation.sizes[name][group], "rows": {n: _plain(r) for n, r in rows.items()}}
                for group, rows in groups.items()
            }
            for name, groups in evaluation.groups.items()
        },
    }


def _plain(row: Row) -> dict[str, Any]:
    made: dict[str, Any] = {"p": round(row.precision, 4), "r": round(row.recall, 4), "f1": round(row.f1, 4)}
    made |= {"n": row.n, "tp": row.tp, "fp": row.fp, "fn": row.fn}
    if row.interval is not None:
        made["f1_interval"] = [round(bound, 4) for bound in row.interval]
    return made


def _notes(evaluation: Evaluation) -> list[str]:
    notes = [f"{evaluation.papers} annotated papers, {len(evaluation.unpredicted)} of them without a prediction"]
    if evaluation.textless:
        notes.append(f"{len(evaluation.textless)} without a text in either file: they count in no span row")
    if evaluation.samples:
        notes.append(
            f"intervals: {evaluation.samples} bootstrap samples of papers, seed {evaluation.seed}, level {LEVEL:.0%}"
        )
    return notes


def _overall(evaluation: Evaluation, sections: bool) -> list[list[str]]:
    return [
        [name, str(row.n), *(f"{x:.3f}" for x in (row.precision, row.recall, row.f1)), _interval(row)]
        for name, row in evaluation.rows.items()
        if sections or not name.endswith((".title", ".abstract"))
    ]


def _interval(row: Row) -> str:
    return "" if row.interval is None else f"{row.interval.low:.3f}–{row.interval.high:.3f}"


def _grouped(evaluation: Evaluation, name: str) -> tuple[Sequence[str], list[list[str]]]:
    groups, sizes = evaluation.groups[name], evaluation.sizes[name]
    names = [row for row in evaluation.rows if not row.startswith("spans.")]
    rows = [["papers", *(str(sizes[group]) for group in groups)]]
    for row in names:
        # a group in which nothing is annotated and nothing was found has no score
        scores = [groups[group][row] for group in groups]
        rows.append([row, *(f"{s.f1:.3f}" if s.n or s.fp else "–" for s in scores)])
    return (f"F1 by {name}", *groups), rows


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column(head[0], no_wrap=True)
    for name in head[1:]:
        table.add_column(name, justify="right", min_width=5, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    return table


def _markdown(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
