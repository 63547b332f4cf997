"""No row of the evaluation falls below its floor."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from arxivie.evaluate.evaluation import Evaluation
from arxivie.evaluate.floors import PIPELINES, SPLITS, load_floors, shortfalls


@pytest.mark.parametrize("pipeline", PIPELINES)
@pytest.mark.parametrize("split", SPLITS)
def test_rows_stay_above_their_floors(
    root: Path, measured: Callable[[str], Evaluation], pipeline: str, split: str
) -> None:
    floors = load_floors(root / "corpora" / "floors.toml")
    below = shortfalls(floors.get(pipeline, {}).get(split, {}), measured(pipeline).groups["split"][split])
    assert not below, "\n".join(map(str, below))
