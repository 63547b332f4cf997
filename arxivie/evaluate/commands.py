"""``arxivie evaluate`` and ``arxivie corpus join``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from arxivie.errors import ConfigurationError
from arxivie.export.console import report_rejects, reported_errors
from arxivie.papers import Reject


def evaluate(
    gold: Annotated[Path, typer.Argument(help="Annotated papers: JSON lines.")],
    predicted: Annotated[Path, typer.Argument(help="Extracted facts, as `arxivie extract` writes them.")],
    compare: Annotated[Path | None, typer.Option("--compare", help="Older facts: print gains and losses.")] = None,
    calibration: Annotated[bool, typer.Option("--calibration", help="Print confidence against precision.")] = False,
    output_format: Annotated[str, typer.Option("--format", help="table, json or md.")] = "table",
    misses: Annotated[str, typer.Option("--misses", help="Print what this row missed and found extra.")] = "",
    samples: Annotated[int, typer.Option("--samples", help="Bootstrap samples; 0 for no intervals.")] = 1000,
) -> None:
    """Score extracted facts against annotated ones."""
    from arxivie.evaluate.calibration import reliability, reliability_table
    from arxivie.evaluate.compare import compare as differences
    from arxivie.evaluate.compare import comparison_table
    from arxivie.evaluate.evaluation import evaluate as score
    from arxivie.evaluate.gold import load_records
    from arxivie.evaluate.report import to_json, to_markdown, to_table

    with reported_errors():
        wanted, found = load_records(gold), load_records(predicted)
        if compare is not None:
            Console().print(comparison_table(differences(wanted, load_records(compare), found)))
            return
        if calibration:
            Console().print(reliability_table(reliability(wanted, found)))
            return
        evaluation = score(wanted, found, samples=samples)
        if misses:
            if misses not in evaluation.misses:
                raise ConfigurationError(f"no row is called {misses!r}; there are {', '.join(evaluation.misses)}")
            for miss in evaluation.misses[misses]:
                print(miss.kind, miss.paper, miss.fact, sep="\t")
        elif output_format == "json":
            print(json.dumps(to_json(evaluation), indent=1))
        elif output_format == "md":
            print(to_markdown(evaluation))
        elif output_format == "table":
            Console().print(to_table(evaluation))
        else:
            raise ConfigurationError(f"--format is table, json or md, not {output_format!r}")


def join_corpus(
    paths: Annotated[list[Path], typer.Argument(help="Listings, feeds, harvests or records that hold the texts.")],
    standoff: Annotated[list[Path], typer.Option("--standoff", "-s", help="Stand-off files, such as corpora/gold/*.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The joined records: JSON lines.")],
    corrected: Annotated[bool, typer.Option("--corrected", help="Make the listed corrections.")] = False,
) -> None:
    """Restore annotated papers from stand-off files and the texts in PATHS."""
    from arxivie.evaluate.join import join
    from arxivie.sources import read

    rejects: list[Reject] = []
    with reported_errors():
        papers = (paper for path in paths for paper in read(path, on_reject=rejects.append))
        joined = join(standoff, papers, corrected=corrected)
        joined.write(output)
    console = Console(stderr=True)
    console.print(f"{len(joined.records)} joined, {len(joined.missing)} without text, {len(joined.changed)} changed")
    for changed in joined.changed:
        console.print(f"changed {changed.id}: {len(changed.lost)} annotations lost", style="yellow", markup=False)
    report_rejects(rejects)
