"""The two pipelines over the corpora, each run once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import pytest

import arxivie
from arxivie.evaluate.evaluation import Evaluation, evaluate
from arxivie.evaluate.gold import Record, record_of
from arxivie.evaluate.join import JoinReport, join
from arxivie.papers import Paper
from arxivie.sources import read

#: a pipeline of `arxivie.evaluate.floors` and papers -> the papers with their facts
Annotate = Callable[[str, Iterable[Paper]], list[Paper]]


@pytest.fixture(scope="session")
def annotate() -> Annotate:
    load = cache(lambda pipeline: arxivie.load(tagger=None if pipeline == "rules" else "default"))
    return lambda pipeline, papers: list(arxivie.annotate(papers, load(pipeline)))


@pytest.fixture(scope="session")
def annotated_papers(shared: Path) -> list[Paper]:
    """The papers of the gold and all others of their listings, as the readers make them."""
    sources = [*sorted((shared / "listings").iterdir())]
    sources += [shared / "gold" / f"{name}_papers.json" for name in ("ood", "more")]
    return [paper for source in sources for paper in read(source)]


@pytest.fixture(scope="session")
def joined(root: Path, annotated_papers: list[Paper]) -> JoinReport:
    return join(sorted((root / "corpora" / "gold").glob("*.jsonl")), annotated_papers)


@pytest.fixture(scope="session")
def measured(joined: JoinReport, annotated_papers: list[Paper], annotate: Annotate) -> Callable[[str], Evaluation]:
    """The evaluation of a pipeline on all of the visible gold."""
    gold = {
        r["id"]: Record(r["id"], r["facts"], r["title"], r["abstract"], r["category"], r["split"], r["origin"])
        for r in joined.records
    }

    @cache
    def measure(pipeline: str) -> Evaluation:
        wanted = [paper for paper in annotated_papers if paper.id in gold]
        return evaluate(gold, {p.id: record_of(p) for p in annotate(pipeline, wanted)}, samples=0)

    return measure
