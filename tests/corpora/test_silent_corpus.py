"""Nothing may be found where nothing is said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import pytest

from arxivie.evaluate.floors import PIPELINES
from arxivie.evaluate.gold import LISTS
from arxivie.evaluate.silent import SilentPaper, load_later, load_silent, noise
from arxivie.facts import Facts
from arxivie.papers import Paper

FOLDER = Path(__file__).resolve().parents[2] / "corpora" / "silent"
SILENT = load_silent(FOLDER / "abstracts.jsonl")
LATER = load_later(FOLDER / "later.toml")


def test_the_corpus_holds_near_misses_of_every_type() -> None:
    assert len(SILENT) >= 60
    assert len({s.paper.id for s in SILENT}) == len({s.paper.abstract for s in SILENT}) == len(SILENT)
    assert {name for s in SILENT for name in s.silent} == set(LISTS)
    texts = [s.paper.abstract.lower() for s in SILENT]
    # figures, words of release, words of standing, words for data
    for words in (("%", "0.", "1."), ("release", "available"), ("best", "state of the art"), ("data", "benchmark")):
        assert sum(any(word in text for word in words) for text in texts) >= 5, words


def test_what_is_to_be_mended_later_is_a_small_part() -> None:
    silent = {s.paper.id: set(s.silent) for s in SILENT}
    total = Counter({key: len(names) for key, names in silent.items()}).total()
    for pipeline, noisy in LATER.items():
        assert pipeline in PIPELINES
        assert all(names <= silent[key] for key, names in noisy.items())
        assert sum(map(len, noisy.values())) <= 0.05 * total


@pytest.fixture(scope="module")
def heard(annotate: Callable[[str, Iterable[Paper]], list[Paper]]) -> Callable[[str], dict[str, dict[str, list[str]]]]:
    """A pipeline -> id -> field -> what it found although it must not."""

    @cache
    def run(pipeline: str) -> dict[str, dict[str, list[str]]]:
        papers = annotate(pipeline, [s.paper for s in SILENT])
        return {s.paper.id: noise(s, p.facts or Facts()) for s, p in zip(SILENT, papers, strict=True)}

    return run


@pytest.mark.parametrize("pipeline", PIPELINES)
@pytest.mark.parametrize("silent", SILENT, ids=lambda s: s.paper.id)
def test_silence(heard: Callable[[str], dict[str, dict[str, list[str]]]], silent: SilentPaper, pipeline: str) -> None:
    found = heard(pipeline)[silent.paper.id]
    later = LATER.get(pipeline, {}).get(silent.paper.id, set())
    assert not {k: v for k, v in found.items() if k not in later}, silent.why
    # strict: what has become silent leaves the list
    assert not later - set(found), "take it out of later.toml"
