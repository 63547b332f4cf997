"""Dataset lists as CSV, JSON, Markdown, HTML and for a terminal."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from arxivie.catalogue.datasets import DatasetEntry
from arxivie.export.safe import csv_cell, html_link, html_text, markdown_text, printable
from arxivie.sources.identifiers import parse_id

#: how many tasks are shown to people; JSON and CSV hold all
_TASKS = 5
_HEADS = ("dataset", "new", "papers", "seen", "introduced by", "used", "mentioned", "aliases", "tasks", "context")


def to_json(entries: Sequence[DatasetEntry]) -> str:
    """A list of objects with the fields of `DatasetEntry`."""
    return json.dumps([asdict(e) for e in entries], ensure_ascii=False, indent=1, default=str) + "\n"


def to_csv(entries: Sequence[DatasetEntry]) -> str:
    """A line a dataset, lists joined by `` | ``; cells that a spreadsheet would run are neutralised."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        ["canonical", "name", "listed", "papers", "first_seen", "last_seen", "introduced_by", "used_by",
         "mentioned_by", "aliases", "tasks", "contexts", "confidence"]
    )  # fmt: skip
    for e in entries:
        lists = e.introduced_by, e.used_by, e.mentioned_by, e.aliases, e.tasks, [c.sentence for c in e.contexts]
        row: list[Any] = [e.canonical, e.name, e.listed, len(e.papers), e.first_seen, e.last_seen]
        row += [" | ".join(items) for items in lists]
        writer.writerow([csv_cell(value) for value in [*row, e.confidence]])
    return out.getvalue()


def to_markdown(entries: Sequence[DatasetEntry]) -> str:
    """One table."""
    lines = ["| " + " | ".join(_HEADS) + " |", "|" + "---|" * len(_HEADS)]
    lines += ["| " + " | ".join(markdown_text(cell) for cell in _cells(e)) + " |" for e in entries]
    return "\n".join(lines) + "\n"


def to_html(entries: Sequence[DatasetEntry]) -> str:
    """A page without script; only papers on arXiv become links."""
    heads = "".join(f'<th scope="col">{head}</th>' for head in _HEADS)
    rows = []
    for e in entries:
        cells = [html_text(cell) for cell in _cells(e)]
        cells[4] = ", ".join(html_link(_url(paper), paper) for paper in e.introduced_by)
        rows.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
    body = "\n".join(rows)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        "<title>Datasets</title>\n<style>body { font: 16px/1.5 system-ui, sans-serif } "
        "td, th { text-align: left; vertical-align: top; padding: .3rem; border-bottom: 1px solid #ccc }</style>\n"
        f"</head>\n<body>\n<main>\n<h1>Datasets</h1>\n<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{body}\n"
        "</tbody>\n</table>\n</main>\n</body>\n</html>\n"
    )


def to_table(entries: Sequence[DatasetEntry]) -> RenderableType:
    """For a terminal."""
    if not entries:
        return Text("no datasets: nothing in the store is on such a list")
    table = Table(*_HEADS, header_style="bold")
    for e in entries:
        table.add_row(*(Text(printable(cell)) for cell in _cells(e)))
    return table


def _cells(e: DatasetEntry) -> list[str]:
    seen = dict.fromkeys(str(day) for day in (e.first_seen, e.last_seen) if day is not None)
    return [
        e.name,
        "" if e.listed else "new",
        str(len(e.papers)),
        " – ".join(seen),
        ", ".join(e.introduced_by),
        str(len(e.used_by)),
        str(len(e.mentioned_by)),
        ", ".join(e.aliases),
        ", ".join(list(e.tasks)[:_TASKS]) + (" …" if len(e.tasks) > _TASKS else ""),
        e.contexts[0].sentence if e.contexts else "",
    ]


def _url(paper: str) -> str | None:
    return f"https://arxiv.org/abs/{paper}" if parse_id(paper) else None
