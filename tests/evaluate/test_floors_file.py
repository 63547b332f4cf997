"""Floors: read strictly, and told when a row falls below."""

from __future__ import annotations

from pathlib import Path

import pytest

from arxivie.errors import CorpusError
from arxivie.evaluate.evaluation import Row
from arxivie.evaluate.floors import floors_text, load_floors, shortfalls
from arxivie.evaluate.score import ROWS


def row(f1: float, n: int = 10) -> Row:
    return Row(n, 0, 0, f1, f1, f1)


def test_what_lies_below_its_floor(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    path.write_text('[default.test]\ndatasets = 0.9\n"results.value" = 0.92\ntasks = 1\n')
    floors = load_floors(path)["default"]["test"]
    found = shortfalls(floors, {"datasets": row(0.9), "results.value": row(0.9199)})
    assert [(s.row, s.f1) for s in found] == [("results.value", 0.9199), ("tasks", 0.0)]
    assert str(found[0]) == "results.value: 0.9199 is below the floor 0.9200"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[default", "floors.toml"),
        ("[fast.test]\ndatasets = 0.9", "no pipeline is called 'fast'"),
        ("[rules.all]\ndatasets = 0.9", "no split is called 'all'"),
        ("[rules.dev]\ndataset = 0.9", "no row is called 'dataset'"),
        ("[rules.dev]\ndatasets = 90", "90 is no number from 0 to 1"),
        ("[rules.dev]\ndatasets = 'high'", "'high' is no number"),
    ],
)
def test_wrong_floors_are_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "floors.toml"
    path.write_text(text)
    with pytest.raises(CorpusError, match=message):
        load_floors(path)


def test_measured_floors_are_read_back(tmp_path: Path) -> None:
    rows = {name: row(0.9) for name in ROWS} | {"releases": row(0.0, n=0), "tasks": row(0.005)}
    path = tmp_path / "floors.toml"
    path.write_text(floors_text({"rules": {"dev": rows, "test": rows}}, margin=0.011))
    floors = load_floors(path)
    assert floors["rules"]["dev"] == floors["rules"]["test"]
    assert floors["rules"]["dev"]["datasets"] == 0.88
    assert floors["rules"]["dev"]["tasks"] == 0.0
    assert "releases" not in floors["rules"]["dev"]
    assert shortfalls(floors["rules"]["dev"], rows) == []
