"""The command line: ``arxivie read | extract | show | explain | evaluate | check | …``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from arxivie import __version__
from arxivie.catalogue.commands import curate, datasets, export
from arxivie.errors import ConfigurationError, SourceError
from arxivie.evaluate.commands import evaluate, join_corpus
from arxivie.export.console import Output, report_rejects, reported_errors
from arxivie.leaderboard.commands import leaderboard
from arxivie.papers import Paper, Reject
from arxivie.report.commands import report
from arxivie.store.commands import index

if TYPE_CHECKING:
    from spacy.language import Language

app = typer.Typer(
    name="arxivie",
    help="Typed, evidence-backed facts from arXiv listings.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
corpus = typer.Typer(help="Annotated papers: join stand-off annotations to their texts.", no_args_is_help=True)
app.add_typer(corpus, name="corpus")
for command in (evaluate, index, leaderboard, datasets, curate, export, report):
    app.command()(command)
corpus.command("join")(join_corpus)

_out = Output()
_err = Console(stderr=True)

Paths = Annotated[list[Path], typer.Argument(help="Listings, feeds, harvests or records, in any known form.")]
Packs = Annotated[list[Path] | None, typer.Option("--pack", help="A folder of your own rules and names; repeatable.")]
Rules = Annotated[bool, typer.Option("--rules-only", help="Without the learned tagger.")]
Processes = Annotated[int, typer.Option("--processes", "-j", min=1, help="Processes that share the work.")]
Strict = Annotated[bool, typer.Option("--strict", help="Exit with status 1 when any record was rejected.")]


def _papers(paths: Iterable[Path], rejects: list[Reject]) -> Iterator[Paper]:
    from arxivie.sources import read

    for path in paths:
        yield from read(path, on_reject=rejects.append)


def _end(rejects: list[Reject], *, strict: bool) -> None:
    """Summarise the rejects; under ``--strict`` they are a failure."""
    report_rejects(rejects)
    if rejects and strict:
        raise typer.Exit(1)


def _load(packs: list[Path] | None, rules_only: bool) -> Language:
    from arxivie.pipeline import load

    return load(packs=packs or [], tagger=None if rules_only else "default")


@app.callback(invoke_without_command=True)
def main(version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    """Typed, evidence-backed facts from arXiv listings."""
    if version:
        _out.print(f"arxivie {__version__}", highlight=False)
        raise typer.Exit


@app.command()
def read(
    paths: Paths,
    output_format: Annotated[str, typer.Option("--format", help="table or jsonl; jsonl in a pipe.")] = "",
    strict: Strict = False,
) -> None:
    """Print the papers of PATHS as a table or as JSON lines."""
    rejects: list[Reject] = []
    chosen = output_format or ("table" if sys.stdout.isatty() else "jsonl")
    if chosen not in {"table", "jsonl"}:
        raise typer.BadParameter(f"table or jsonl, not {chosen!r}", param_hint="--format")
    with reported_errors():
        if chosen == "jsonl":
            for paper in _papers(paths, rejects):
                print(paper.model_dump_json(exclude={"facts"}, exclude_none=True))
        else:
            from arxivie.export.terminal import papers_table

            _out.print(papers_table(_papers(paths, rejects)))
    _end(rejects, strict=strict)


@app.command()
def extract(
    paths: Paths,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="A .jsonl or .parquet file.")] = None,
    packs: Packs = None,
    rules_only: Rules = False,
    processes: Processes = 1,
    strict: Strict = False,
) -> None:
    """Extract the facts of all papers: JSON lines to a file or a pipe, a table on a terminal."""
    from arxivie.export.records import to_lines
    from arxivie.pipeline import annotate, versions

    rejects: list[Reject] = []
    with reported_errors():
        nlp = _load(packs, rules_only)
        annotated = _watched(annotate(_papers(paths, rejects), nlp, processes=processes), output is not None)
        pack, tagger = versions(nlp, packs or [])
        if output is None and sys.stdout.isatty():
            from arxivie.export.terminal import facts_table

            _out.print(facts_table(annotated))
        elif output is not None and output.suffix == ".parquet":
            from arxivie.export.parquet import write_parquet

            write_parquet((json.loads(line) for line in to_lines(annotated, pack=pack, tagger=tagger)), output)
        elif output is not None:
            with output.open("w", encoding="utf-8") as file:
                file.writelines(line + "\n" for line in to_lines(annotated, pack=pack, tagger=tagger))
        else:
            for line in to_lines(annotated, pack=pack, tagger=tagger):
                print(line)
    _end(rejects, strict=strict)


def _watched(papers: Iterator[Paper], shown: bool) -> Iterator[Paper]:
    """The papers, with a progress bar on standard error where that is a terminal."""
    if not (shown and sys.stderr.isatty()):
        yield from papers
        return
    columns = SpinnerColumn(), TextColumn("papers"), MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns, console=_err) as progress:
        task = progress.add_task("papers", total=None)
        for paper in papers:
            progress.advance(task)
            yield paper


def _find(path: Path, wanted: str) -> Paper:
    for paper in _papers([path], []):
        if paper.id == wanted or (paper.version and f"{paper.id}v{paper.version}" == wanted):
            return paper
    raise SourceError(f"{path} holds no paper {wanted}; `arxivie read {path}` lists them")


Id = Annotated[str, typer.Option("--id", help="The arXiv id of the paper.")]
OnePath = Annotated[Path, typer.Argument(help="The file that holds the paper.")]


@app.command()
def show(path: OnePath, paper_id: Id, packs: Packs = None, rules_only: Rules = False) -> None:
    """Show one abstract with its facts in colour."""
    from arxivie.export.terminal import facts_table, highlighted
    from arxivie.pipeline import annotate_one

    with reported_errors():
        paper = annotate_one(_load(packs, rules_only), _find(path, paper_id))
        _out.print(highlighted(paper))
        _out.print(facts_table([paper]))


@app.command()
def explain(
    path: OnePath,
    paper_id: Id,
    name: Annotated[str, typer.Option("--name", help="Only facts whose name contains this.")] = "",
    packs: Packs = None,
    rules_only: Rules = False,
) -> None:
    """Say why each fact of a paper is there: its rules, the tokens that they saw, and what weighed most."""
    from arxivie.explain import explain as reasons_of

    with reported_errors():
        nlp = _load(packs, rules_only)
        for reason in reasons_of(nlp, _find(path, paper_id), packs or []):
            if name.casefold() in reason.name.casefold():
                mark = "✓" if reason.kept else "✗"
                _out.print(
                    f"{mark} {reason.label} {reason.name}  p={reason.probability:.2f}", markup=False, style="bold"
                )
                _out.print(f"    {reason.tokens}", markup=False, highlight=False)
                for rule, why in reason.rules.items():
                    _out.print(f"    {rule}: {why}", markup=False, highlight=False)
                weights = ", ".join(f"{feature} {weight:+.2f}" for feature, weight in reason.weights)
                _out.print(f"    weighed: {weights}", markup=False, highlight=False, style="dim")


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def train(context: typer.Context) -> None:
    """Rebuild the learned tagger (extra `train`); all arguments go to `python -m arxivie.train`."""
    with reported_errors():
        try:
            from arxivie.train import main as rebuild
        except ModuleNotFoundError as error:
            raise ConfigurationError(f"{error}; install what training needs: pip install 'arxivie[train]'") from error
        raise typer.Exit(rebuild(context.args))


@app.command()
def check(
    packs: Annotated[list[Path] | None, typer.Argument(help="Folders of packs; ours where none is given.")] = None,
    fix: Annotated[bool, typer.Option("--fix", help="Rewrite files in canonical order.")] = False,
) -> None:
    """Check rules and names: schema, ids, examples, near misses, order."""
    from arxivie.resources import patterns_dir
    from arxivie.rules.check import check as findings_of

    with reported_errors():
        findings = findings_of(packs or [patterns_dir()], fix=fix)
    for finding in findings:
        _out.print(str(finding), markup=False, highlight=False, soft_wrap=True)
    _out.print(f"{len(findings)} findings", highlight=False)
    if findings:
        raise typer.Exit(1)


@app.command()
def sample() -> None:
    """Print the paths of the sample listings that ship with arxivie."""
    from arxivie.resources import sample_dir

    for path in sorted(sample_dir().glob("*.md")):
        if path.name != "README.md":
            print(path)


@app.command()
def schema() -> None:
    """Print the JSON Schema of a line of output."""
    from arxivie.export.records import json_schema

    print(json.dumps(json_schema(), indent=2))
