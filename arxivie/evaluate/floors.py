"""Scores below which the pipeline must not fall: ``corpora/floors.toml``.

::

    [default.test]            # pipeline, split
    datasets = 0.9
    "results.value" = 0.92

A pipeline is ``rules`` (without the tagger) or ``default``; a split is train, dev or test. Rows are those of
`arxivie.evaluate.score`, and the figures are F1.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from arxivie.errors import CorpusError
from arxivie.evaluate.evaluation import Row
from arxivie.evaluate.score import ROWS
from arxivie.evaluate.spans import SPAN_ROWS

PIPELINES = ("rules", "default")
SPLITS = ("train", "dev", "test")

#: pipeline -> split -> row -> F1
Floors = dict[str, dict[str, dict[str, float]]]


class Shortfall(NamedTuple):
    """A row that lies below its floor."""

    row: str
    floor: float
    f1: float

    def __str__(self) -> str:
        return f"{self.row}: {self.f1:.4f} is below the floor {self.floor:.4f}"


def load_floors(path: str | Path) -> Floors:
    """The floors of a TOML file.

    Raises:
        CorpusError: for an unknown pipeline, split or row, and for a floor that is no number from 0 to 1.
    """
    with open(path, "rb") as file:
        try:
            raw = tomllib.load(file)
        except tomllib.TOMLDecodeError as error:
            raise CorpusError(f"{path}: {error}") from error
    for pipeline, splits in raw.items():
        _known(path, "pipeline", pipeline, PIPELINES)
        for split, floors in splits.items():
            _known(path, "split", split, SPLITS)
            for row, floor in floors.items():
                _known(path, "row", row, (*ROWS, *SPAN_ROWS))
                if not isinstance(floor, int | float) or not 0 <= floor <= 1:
                    raise CorpusError(f"{path}: {pipeline}.{split}.{row}: {floor!r} is no number from 0 to 1")
    return raw


def _known(path: str | Path, what: str, name: str, names: tuple[str, ...]) -> None:
    if name not in names:
        raise CorpusError(f"{path}: no {what} is called {name!r}; there are {', '.join(names)}")


def shortfalls(floors: Mapping[str, float], rows: Mapping[str, Row]) -> list[Shortfall]:
    """The rows that lie below their floors; a row that was not measured lies at 0."""
    measured = {row: rows[row].f1 if row in rows else 0.0 for row in floors}
    return [Shortfall(row, floor, measured[row]) for row, floor in floors.items() if measured[row] < floor]


def floors_text(measured: Mapping[str, Mapping[str, Mapping[str, Row]]], margin: float = 0.01) -> str:
    """The TOML of floors ``margin`` below what was measured, rounded down to two places.

    Args:
        measured: pipeline -> split -> row -> scores, as `Evaluation.groups` has them for each split.
        margin: what a row may lose to another machine's arithmetic.
    """
    parts = []
    for pipeline, splits in measured.items():
        for split, rows in splits.items():
            floors = {row: math.floor(max(0.0, rows[row].f1 - margin) * 100) / 100 for row in ROWS}
            lines = [f'"{row}" = {floor:.2f}' for row, floor in floors.items() if rows[row].n]
            parts.append(f"[{pipeline}.{split}]\n" + "\n".join(lines) + "\n")
    return "\n".join(parts)
