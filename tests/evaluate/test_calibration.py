"""Reliability: confidence against precision."""

from __future__ import annotations

from typing import Any

import pytest
from rich.console import Console

from arxivie.evaluate.calibration import JUDGED_BY, judge, reliability, reliability_table
from arxivie.evaluate.gold import Record

Facts = dict[str, list[dict[str, Any]]]


def entity(name: str, confidence: float | None) -> dict[str, Any]:
    return {"name": name, "surfaces": [name], "role": "used", "confidence": confidence}


def test_bins_tell_confidence_and_precision(invented: Facts) -> None:
    names = ["QuayNet", "Harbour-12", "Pier", "Mole"]
    found = [entity(name, c) for name, c in zip(names, (0.92, 0.98, 0.95, 0.31), strict=True)]
    table = reliability({"1": Record("1", invented)}, {"1": Record("1", {**invented, "datasets": found})})
    low, high = table["datasets"].bins
    assert (low.low, low.high, low.n, low.precision) == (0.3, 0.4, 1, 0.0)
    assert (high.n, high.precision, high.confidence) == (3, pytest.approx(2 / 3), pytest.approx(0.95))
    assert table["datasets"].error == pytest.approx((0.31 + 3 * (0.95 - 2 / 3)) / 4)
    assert table["tasks"].bins[0].confidence == 1.0  # no confidence is a sure one
    assert table["tasks"].error == 0.0


def test_every_type_is_judged(invented: Facts) -> None:
    right = list(judge(invented, invented))
    assert {kind for kind, _, _ in right} == set(JUDGED_BY)
    assert all(ok for _, _, ok in right)
    assert len([kind for kind, _, _ in right if kind == "methods"]) == 2  # without the generic one
    assert not any(ok for _, _, ok in judge({name: [] for name in invented}, invented))


def test_each_figure_keeps_its_own_confidence(invented: Facts) -> None:
    right, wrong = ({**invented["results"][0], "confidence": c, "value": v} for c, v in ((0.4, 91.5), (0.8, 3)))
    judged = list(judge(invented, {**invented, "results": [wrong, right]}))
    assert {x for x in judged if x[0] == "results"} == {("results", 0.4, True), ("results", 0.8, False)}


def test_papers_without_prediction_do_not_count(invented: Facts) -> None:
    table = reliability({"1": Record("1", invented)}, {})
    assert all(measured.n == 0 and measured.bins == () for measured in table.values())


def test_shown(invented: Facts) -> None:
    record = {"1": Record("1", invented)}
    console = Console(width=120)
    with console.capture() as captured:
        console.print(reliability_table(reliability(record, record)))
    line = next(line for line in captured.get().splitlines() if line.startswith("datasets"))
    assert line.split() == ["datasets", "0.9–1.0", "2", "1.000", "1.000", "0.000"]
