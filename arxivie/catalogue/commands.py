"""``arxivie datasets`` and ``arxivie curate``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from arxivie.export.console import chosen_format, emit, report_rejects, reported_errors
from arxivie.store.commands import Packs, StorePath


def datasets(
    store: StorePath,
    new: Annotated[bool, typer.Option("--new", help="Only names that are not in the catalogue.")] = False,
    min_papers: Annotated[int, typer.Option("--min-papers", min=1, help="Only those in at least N papers.")] = 1,
    output_format: Annotated[str | None, typer.Option("--format", help="table, csv, json, md or html.")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file.")] = None,
    packs: Packs = None,
) -> None:
    """List the datasets that papers name: who introduced them, who uses them, how they are written."""
    from arxivie.catalogue.datasets import datasets as listed
    from arxivie.catalogue.render import to_csv, to_html, to_json, to_markdown, to_table
    from arxivie.store.opening import Store

    renderers = {"table": to_table, "csv": to_csv, "json": to_json, "md": to_markdown, "html": to_html}
    with reported_errors():
        render = renderers[chosen_format(output_format, output)]
        with Store(store, packs=packs or []) as opened:
            entries = listed(opened, new=new, min_papers=min_papers)
            report_rejects(opened.rejects)
        emit(render(entries), output)
