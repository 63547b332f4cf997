"""``arxivie report``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from arxivie.export.console import report_rejects, reported_errors
from arxivie.store.commands import Packs, StorePath


def report(
    store: StorePath,
    output: Annotated[Path, typer.Option("--output", "-o", help="A folder; a former report in it is replaced.")],
    title: Annotated[str, typer.Option("--title", help="The name of the site.")] = "Facts from arXiv",
    packs: Packs = None,
) -> None:
    """Make a static site of STORE: papers, evidence, leaderboards, datasets; no server, no network."""
    from arxivie.report.build import build_report
    from arxivie.store.opening import Store

    with reported_errors():
        with Store(store, packs=packs or []) as opened:
            made = build_report(opened, output, title=title)
            report_rejects(opened.rejects)
        size = f"{made.size / 1e6:.1f} MB in {made.files:,} files"
        Console(stderr=True).print(
            f"{made.papers:,} papers, {size}: open {output / 'index.html'}",
            markup=False,
            highlight=False,
            soft_wrap=True,
        )
