"""Abstracts a second of the pipelines against a blank spaCy pipeline, in one process, on one core.

    OPENBLAS_NUM_THREADS=1 python tests/benchmarks/speed.py RECORDS [--papers 1000]

RECORDS is any file that `arxivie.read` knows. The time is processor time, and every pipeline passes over the same
texts in turn, several times; the best pass of each counts.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from itertools import islice

import spacy

import arxivie
from arxivie.papers import Paper

PASSES = 3


def seconds(run: Callable[[], object]) -> float:
    start = time.process_time()
    run()
    return time.process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("records")
    parser.add_argument("--papers", type=int, default=1000)
    given = parser.parse_args()
    papers: list[Paper] = list(islice(arxivie.read(given.records), given.papers))
    blank = spacy.blank("en")
    blank.add_pipe("sentencizer")
    default, rules = arxivie.load(), arxivie.load(tagger=None)
    runs: dict[str, Callable[[], object]] = {
        "blank + sentencizer": lambda: [blank(paper.text) for paper in papers],
        "rules only": lambda: list(arxivie.annotate(papers, rules)),
        "default": lambda: list(arxivie.annotate(papers, default)),
    }
    best = dict.fromkeys(runs, float("inf"))
    for _ in range(PASSES):
        for name, run in runs.items():
            # the views of a paper are made once; a fresh copy makes them again
            papers[:] = [Paper.model_validate(paper.model_dump()) for paper in papers]
            best[name] = min(best[name], seconds(run))
    base = best["blank + sentencizer"]
    print(f"| pipeline | abstracts a second and core | time against {next(iter(runs))} |\n|---|---|---|")
    for name, time_taken in best.items():
        print(f"| {name} | {len(papers) / time_taken:.0f} | {time_taken / base:.1f} |")


if __name__ == "__main__":
    main()
