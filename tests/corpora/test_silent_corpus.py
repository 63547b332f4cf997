"""Nothing may be found where nothing is said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from arxivie.evaluate.floors import PIPELINES
from arxivie.evaluate.gold import LISTS
from arxivie.evaluate.silent import SilentPaper, load_silent, noise

FILE = Path(__file__).resolve().parents[2] / "corpora" / "silent" / "abstracts.jsonl"
SILENT = load_silent(FILE)


def test_the_corpus_holds_near_misses_of_every_type() -> None:
    assert len(SILENT) >= 60
    assert len({s.paper.id for s in SILENT}) == len({s.paper.abstract for s in SILENT}) == len(SILENT)
    silenced = Counter(name for s in SILENT for name in s.silent)
    assert set(silenced) == set(LISTS)
    # near misses: figures, words of release, words of standing, words for data
    texts = [s.paper.abstract.lower() for s in SILENT]
    for words in (("%", "0.", "1."), ("release", "available"), ("best", "state of the art"), ("data", "benchmark")):
        assert sum(any(word in text for word in words) for text in texts) >= 5, words


@pytest.fixture(scope="module")
def heard(annotate: Callable[..., list[object]]) -> Callable[[str], dict[str, list[str]]]:
    """A pipeline -> id -> what it found although it must not."""

    @cache
    def run(pipeline: str) -> dict[str, list[str]]:
        papers = annotate(pipeline, [s.paper for s in SILENT])
        return {s.paper.id: noise(s, paper.facts) for s, paper in zip(SILENT, papers, strict=True)}  # type: ignore[attr-defined]

    return run


@pytest.mark.parametrize("pipeline", PIPELINES)
@pytest.mark.parametrize("silent", SILENT, ids=lambda s: s.paper.id)
def test_silence(heard: Callable[[str], dict[str, list[str]]], silent: SilentPaper, pipeline: str) -> None:
    assert heard(pipeline)[silent.paper.id] == [], silent.why
