"""Gains and losses, fact by fact."""

from __future__ import annotations

from typing import Any

import pytest
from rich.console import Console

from arxivie.evaluate.compare import COMPARED, compare, comparison_table
from arxivie.evaluate.gold import Record
from arxivie.evaluate.score import ROWS

Facts = dict[str, list[dict[str, Any]]]


def records(facts: Facts) -> dict[str, Record]:
    return {"1": Record("1", facts)}


def test_gains_and_losses(invented: Facts) -> None:
    pier = {"name": "Pier", "surfaces": ["Pier"], "role": "used"}
    old = {**invented, "datasets": [invented["datasets"][0], pier], "tasks": []}
    new = {**invented, "datasets": [invented["datasets"][1]], "tasks": [pier]}
    made = compare(records(invented), records(old), records(new), rows=["datasets", "tasks"])
    assert set(made.gains) == {("datasets", "found", "1", "QuayNet"), ("datasets", "withdrawn", "1", "Pier")}
    assert set(made.losses) == {("datasets", "lost", "1", "Harbour-12"), ("tasks", "invented", "1", "Pier")}
    assert made.f1 == {"datasets": (0.5, pytest.approx(2 / 3)), "tasks": (0.0, 0.0)}


def test_backwards_gains_are_losses(invented: Facts) -> None:
    old, new = {**invented, "results": []}, {**invented, "claims": []}
    there = compare(records(invented), records(old), records(new))
    back = compare(records(invented), records(new), records(old))
    assert {c[0::2] for c in there.gains} == {c[0::2] for c in back.losses}
    assert len(there.gains) == len(back.losses) > 0
    assert len(there.losses) == len(back.gains) > 0


def test_equal_facts_count_as_often_as_they_stand(invented: Facts) -> None:
    twice = {**invented, "results": [invented["results"][0]] * 2}
    once = {**invented, "results": [invented["results"][0]]}
    made = compare(records(twice), records(once), records(twice), rows=["results.value"])
    assert len(made.gains) == 1
    assert compare(records(twice), records(twice), records(twice)).gains == []


def test_unknown_rows_are_refused(invented: Facts) -> None:
    with pytest.raises(ValueError, match="no row is called 'dataset'"):
        compare({}, {}, {}, rows=["dataset"])
    assert set(COMPARED) <= set(ROWS)


def test_shown(invented: Facts) -> None:
    new = {**invented, "datasets": [{"name": "[red]Pier", "surfaces": [], "role": "used"}, *invented["datasets"]]}
    console = Console(width=120)
    with console.capture() as captured:
        console.print(comparison_table(compare(records(invented), records(invented), records(new))))
    assert captured.get().splitlines() == [
        "datasets: 1.000 -> 0.800, 0 gains, 1 losses",
        "  - 1  invented: [red]Pier",
    ]
    with console.capture() as captured:
        console.print(comparison_table(compare(records(invented), records(new), records(new))))
    assert captured.get().strip() == "no fact differs"
