"""``arxivie datasets``, ``arxivie curate`` and ``arxivie export``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from arxivie.errors import ConfigurationError
from arxivie.export.console import chosen_format, emit, report_rejects, reported_errors
from arxivie.store.commands import Packs, StorePath

TOOLS = ("prodigy", "doccano", "label-studio", "brat", "web-annotation")


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


def curate(
    store: StorePath,
    pack: Annotated[Path, typer.Option("--pack", help="The folder of your own pack; made where there is none.")],
    decisions: Annotated[
        Path | None, typer.Option("--decisions", help="The file of decisions; decisions.jsonl in the pack.")
    ] = None,
    min_papers: Annotated[int, typer.Option("--min-papers", min=1, help="Only those in at least N papers.")] = 1,
    again: Annotated[bool, typer.Option("--again", help="Ask for skipped names once more.")] = False,
    others: Annotated[
        list[Path] | None, typer.Option("--with", help="A folder of another pack to respect; repeatable.")
    ] = None,
) -> None:
    """Decide on new dataset names, frequent ones first: accept, merge, reject, skip. Each decision is saved at once."""
    from arxivie.catalogue.curate import curate as walk

    with reported_errors():
        walk(store, pack, decisions=decisions, min_papers=min_papers, again=again, packs=others or [])


def export(
    store: StorePath,
    tool: Annotated[str, typer.Option("--to", help="prodigy, doccano, label-studio, brat or web-annotation.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The file; of brat, the folder.")],
    labels: Annotated[list[str] | None, typer.Option("--label", help="What to mark; else datasets.")] = None,
    new: Annotated[bool, typer.Option("--new", help="Only datasets that are not in the catalogue.")] = False,
    packs: Packs = None,
) -> None:
    """Write the mentions in a store as candidates for an annotation tool."""
    from arxivie.catalogue.datasets import new_names
    from arxivie.export.annotation import brat, doccano, label_studio, prodigy, web_annotation
    from arxivie.export.annotation.spans import annotated_texts
    from arxivie.store.opening import Store

    writers = dict(zip(TOOLS, (prodigy, doccano, label_studio, brat, web_annotation), strict=True))
    with reported_errors():
        if tool not in writers:
            raise ConfigurationError(f"--to is one of {', '.join(TOOLS)}, not {tool!r}")
        if new and labels not in (None, [], ["dataset"]):
            raise ConfigurationError("--new is about datasets: leave --label out")
        with Store(store, packs=packs or []) as opened:
            only = new_names(opened) if new else None
            writers[tool].write(annotated_texts(opened.records(), labels or ["dataset"], only=only), output)
            report_rejects(opened.rejects)
