"""Everything that ``arxivie evaluate`` tells of a file of extracted facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from arxivie.evaluate.bootstrap import SAMPLES, SEED, Interval, f1_intervals
from arxivie.evaluate.gold import Record, load_records
from arxivie.evaluate.score import ROWS, Tallies, score_paper
from arxivie.evaluate.spans import SPAN_ROWS, score_spans
from arxivie.evaluate.tally import Miss, Tally

#: how papers are grouped: by the file or corpus they are from, their primary category, their split
GROUPINGS = ("file", "field", "split")
#: fields with fewer papers than this are one group: the F1 of a few papers says nothing
FEW = 10
OTHER = "other"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: counts, scores, and the interval of F1 where it was asked for."""

    tp: int
    fp: int
    fn: int
    precision: float
    recall: float
    f1: float
    interval: Interval | None = None

    @property
    def n(self) -> int:
        """How many facts are annotated."""
        return self.tp + self.fn


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The scores of a prediction.

    Attributes:
        papers: how many are annotated.
        unpredicted: annotated papers without a prediction; they count as papers in which nothing was found.
        textless: papers whose text is in neither file; they count in no span row.
        rows: row -> its scores over all papers; see ``docs/evaluation.md``.
        groups: grouping (see `GROUPINGS`) -> group -> row -> its scores.
        sizes: grouping -> group -> how many papers.
        misses: row -> its errors.
        samples, seed: of the intervals.
    """

    papers: int
    unpredicted: list[str]
    textless: list[str]
    rows: dict[str, Row]
    groups: dict[str, dict[str, dict[str, Row]]]
    sizes: dict[str, dict[str, int]]
    misses: dict[str, list[Miss]]
    samples: int
    seed: int


def evaluate_files(
    gold: str | Path | Iterable[str | Path],
    predicted: str | Path | Iterable[str | Path],
    *,
    samples: int = SAMPLES,
    seed: int = SEED,
) -> Evaluation:
    """`evaluate` over files of facts.

    Raises:
        CorpusError: where a line holds no facts of a paper.
    """
    return evaluate(load_records(gold), load_records(predicted), samples=samples, seed=seed)


def evaluate(
    gold: Mapping[str, Record], predicted: Mapping[str, Record], *, samples: int = SAMPLES, seed: int = SEED
) -> Evaluation:
    """Score extracted facts against annotated ones.

    Args:
        gold, predicted: paper id -> its record; papers that are not annotated do not count.
        samples: of the bootstrap; 0 for no intervals.
        seed: of the bootstrap.
    """
    scored: dict[str, Tallies] = {}
    textless = []
    for key, record in gold.items():
        other = predicted.get(key)
        scored[key] = score_paper(key, record.facts, other.facts if other else {})
        spans = score_spans(key, record, other)
        if spans is None:
            textless.append(key)
        else:
            scored[key] |= spans
    groups = {name: _members(gold, predicted, name) for name in GROUPINGS}
    return Evaluation(
        papers=len(gold),
        unpredicted=[key for key in gold if key not in predicted],
        textless=textless,
        rows=_rows(list(scored.values()), samples, seed),
        groups={
            name: {group: _rows([scored[key] for key in keys], samples, seed) for group, keys in members.items()}
            for name, members in groups.items()
        },
        sizes={name: {group: len(keys) for group, keys in members.items()} for name, members in groups.items()},
        misses={row: [m for t in scored.values() if row in t for m in t[row].misses] for row in (*ROWS, *SPAN_ROWS)},
        samples=samples,
        seed=seed,
    )


def _members(gold: Mapping[str, Record], predicted: Mapping[str, Record], grouping: str) -> dict[str, list[str]]:
    """Group -> its papers, the largest first, `OTHER` last; papers of which the group is unknown are in none."""
    members: dict[str, list[str]] = {}
    for key, record in gold.items():
        category = record.category or (predicted[key].category if key in predicted else None)
        group = {"file": record.origin, "field": category, "split": record.split}[grouping]
        if group:
            members.setdefault(group, []).append(key)
    if grouping == "field":
        few = [field for field, keys in members.items() if len(keys) < FEW]
        if len(few) > 1:
            members[OTHER] = [key for field in few for key in members.pop(field)]
    return dict(sorted(members.items(), key=lambda item: (item[0] == OTHER, -len(item[1]), item[0])))


def _rows(scored: list[Tallies], samples: int, seed: int) -> dict[str, Row]:
    names = [row for row in (*ROWS, *SPAN_ROWS) if any(row in tallies for tallies in scored)]
    empty = Tally()
    counts = np.array(
        [[(t.tp, t.fp, t.fn) for t in (tallies.get(row, empty) for row in names)] for tallies in scored],
        dtype=np.int64,
    ).reshape(len(scored), len(names), 3)
    intervals = f1_intervals(counts, samples=samples, seed=seed) if samples else [None] * len(names)
    rows = {}
    for name, (tp, fp, fn), interval in zip(names, counts.sum(axis=0).tolist(), intervals, strict=True):
        total = Tally(tp, fp, fn)
        rows[name] = Row(tp, fp, fn, total.precision, total.recall, total.f1, interval)
    return rows
