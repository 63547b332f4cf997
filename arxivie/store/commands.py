"""``arxivie index``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from arxivie.export.console import report_rejects, reported_errors

Packs = Annotated[list[Path] | None, typer.Option("--pack", help="A folder of your own names; repeatable.")]
StorePath = Annotated[Path, typer.Argument(help="A store, or a file of facts (.jsonl, .parquet).", metavar="STORE")]


def index(
    facts: Annotated[list[Path], typer.Argument(help="Files of facts, as `arxivie extract` writes them.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The store; made where there is none.")],
    packs: Packs = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with status 1 when any line was rejected.")] = False,
) -> None:
    """Put facts into a DuckDB file: one table a fact type, papers, mentions, and views over them."""
    from arxivie.store.index import index as put

    rejected = False
    for file in facts:
        with reported_errors():
            report = put(file, output, packs=packs or [])
        report_rejects(report.rejects)
        rejected = rejected or bool(report.rejects)
        Console(stderr=True).print(f"{file}: {report}", markup=False, highlight=False, soft_wrap=True)
    if rejected and strict:
        raise typer.Exit(1)
