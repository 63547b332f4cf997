"""``arxivie leaderboard``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from arxivie.export.console import chosen_format, emit, report_rejects, reported_errors
from arxivie.store.commands import Packs, StorePath


def leaderboard(
    store: StorePath,
    task: Annotated[str | None, typer.Option("--task", help="Only tasks that contain these words.")] = None,
    dataset: Annotated[str | None, typer.Option("--dataset", help="By any of its names, or a part of one.")] = None,
    metric: Annotated[str | None, typer.Option("--metric", help="By any of its names, or a part of one.")] = None,
    since: Annotated[str | None, typer.Option("--since", help="YYYY, YYYY-MM or YYYY-MM-DD.")] = None,
    claims: Annotated[bool, typer.Option("--claims", help="What papers claim beside what their numbers show.")] = False,
    output_format: Annotated[str | None, typer.Option("--format", help="table, csv, json, md or html.")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file.")] = None,
    packs: Packs = None,
) -> None:
    """Rank the figures of a store, each with the sentence that states it."""
    from arxivie.leaderboard.boards import leaderboard as ranked
    from arxivie.leaderboard.page import to_html
    from arxivie.leaderboard.render import to_csv, to_json, to_markdown, to_table
    from arxivie.store.opening import Store

    renderers = {"table": to_table, "csv": to_csv, "json": to_json, "md": to_markdown, "html": to_html}
    with reported_errors():
        render = renderers[chosen_format(output_format, output)]
        with Store(store, packs=packs or []) as opened:
            boards = ranked(opened, task=task, dataset=dataset, metric=metric, since=since, claims=claims)
            report_rejects(opened.rejects)
        emit(render(boards), output)
