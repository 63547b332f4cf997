"""Unlabelled abstracts for distillation: which ones, and never one that leaks a held-out text.

An abstract that shares a run of eight words with a development or test text (or has its id) is left out, so neither
the floret vectors nor the student ever see a held-out sentence.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import regex

RUN = 8
_WORD = regex.compile(r"\w+")

#: share of each primary field among the abstracts that are labelled by the teacher; the rest comes from anywhere
FIELDS = {
    "cs.CV": 0.45,
    "cs.CL": 0.18,
    "cs.LG": 0.14,
    "cs.AI": 0.05,
    "cs.IR": 0.04,
    "cs.SD": 0.03,
    "eess.IV": 0.03,
    "cs.RO": 0.03,
    "eess.AS": 0.01,
}


def word_runs(text: str, size: int = RUN) -> Iterator[int]:
    """A hash of every run of ``size`` words, case folded."""
    words = _WORD.findall(text.casefold())
    for i in range(len(words) - size + 1):
        yield hash(tuple(words[i : i + size]))


class LeakGuard:
    """Knows the held-out texts and recognises whatever shares a run of words, or the id, with one of them."""

    def __init__(self, held_out: Iterable[dict[str, Any]]) -> None:
        self.ids: set[str] = set()
        self.runs: set[int] = set()
        for record in held_out:
            self.ids.add(bare_id(str(record.get("id") or record.get("arxiv_id"))))
            self.runs.update(word_runs(f"{record['title']}\n{record['abstract']}"))

    def leaks(self, record: dict[str, Any]) -> bool:
        """Whether the record must stay out of training."""
        if bare_id(str(record.get("id") or record.get("arxiv_id"))) in self.ids:
            return True
        return any(run in self.runs for run in word_runs(f"{record['title']}\n{record['abstract']}"))


def bare_id(identifier: str) -> str:
    """The arXiv id without its version."""
    return regex.sub(r"v\d+$", "", identifier)


def read_abstracts(path: str | Path) -> Iterator[dict[str, Any]]:
    """The records of a JSONL file of abstracts, gzipped or not; ``arxiv_id`` counts as ``id``."""
    opener = gzip.open if str(path).endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            record["id"] = bare_id(record.get("id") or record["arxiv_id"])
            yield record


def choose(records: Iterable[dict[str, Any]], guard: LeakGuard, count: int, seed: int = 0) -> list[dict[str, Any]]:
    """``count`` records in the shares of `FIELDS`, seeded, in random order; records without an abstract never."""
    by_field: dict[str, list[dict[str, Any]]] = {}
    for record in records:
        if len(record["abstract"]) > 200:
            categories = record.get("categories") or [record.get("category", "")]
            field = categories[0] if categories[0] in FIELDS else ""
            by_field.setdefault(field, []).append(record)
    shuffle = random.Random(seed)
    chosen: list[dict[str, Any]] = []
    for field in sorted(by_field, reverse=True):
        pool = sorted(by_field[field], key=lambda r: str(r["id"]))
        shuffle.shuffle(pool)
        share = FIELDS.get(field, 1.0 - sum(FIELDS.values()))
        wanted = round(count * share)
        for record in pool:
            if wanted <= 0:
                break
            if not guard.leaks(record):
                chosen.append(record)
                wanted -= 1
    shuffle.shuffle(chosen)
    return chosen
