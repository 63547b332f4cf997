"""The facts of a fixed sample are the accepted ones; a change is looked at and accepted on purpose."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from arxivie.evaluate.drift import Summary, compare_summaries, load_sample, load_summaries, summarise
from arxivie.evaluate.floors import PIPELINES
from arxivie.papers import Paper
from arxivie.sources import read


def at_hand(root: Path) -> list[Paper]:
    """The papers of the sample listings, and of the real listings beside a checkout that has them."""
    folders = [root / "corpora" / "sample", root.parent / "shared" / "listings"]
    files = [path for folder in folders if folder.is_dir() for path in sorted(folder.iterdir())]
    return [paper for path in files if path.name != "README.md" for paper in read(path)]


def test_sample_is_of_no_test_paper(root: Path) -> None:
    sample = load_sample(root / "corpora" / "drift" / "sample.txt")
    assert len(sample) == len(set(sample)) >= 40
    splits = {}
    for path in (root / "corpora" / "gold").glob("*.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            splits[record["id"]] = record["split"]
    assert not [key for key in sample if splits.get(key) == "test"]


@pytest.mark.parametrize("pipeline", PIPELINES)
def test_no_drift(root: Path, annotate: Callable[[str, Iterable[Paper]], list[Paper]], pipeline: str) -> None:
    folder = root / "corpora" / "drift"
    ids = load_sample(folder / "sample.txt")
    file = folder / f"{pipeline}.jsonl"
    accepted: dict[str, Summary] = load_summaries(file) if file.exists() else {}
    chosen = [paper for paper in at_hand(root) if paper.id in set(ids)]
    drift = compare_summaries(accepted, summarise(annotate(pipeline, chosen), ids))
    assert not drift, f"{drift}\nlook at the changes, then accept them: see corpora/README.md"
