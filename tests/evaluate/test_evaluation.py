"""Evaluations: groups, intervals, and their three forms."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rich.console import Console

from arxivie.evaluate.bootstrap import SEED, f1_intervals
from arxivie.evaluate.evaluation import Evaluation, evaluate, evaluate_files
from arxivie.evaluate.gold import Record
from arxivie.evaluate.report import to_json, to_markdown, to_table
from arxivie.evaluate.score import ROWS, score

Facts = dict[str, list[dict[str, Any]]]


@pytest.fixture
def gold(invented: Facts) -> dict[str, Record]:
    fields = ("cs.CV", "cs.CL", "cs.CV")
    return {
        str(k): Record(str(k), invented, "T", "QuayNet", fields[k % 3], ("train", "test")[k % 2], "cv")
        for k in range(30)
    }


@pytest.fixture
def evaluation(gold: dict[str, Record], spoil: Callable[[Facts, random.Random], Facts]) -> Evaluation:
    chance = random.Random(5)
    predicted = {k: replace(r, facts={**r.facts, **spoil(dict(r.facts), chance)}) for k, r in gold.items()}
    del predicted["7"]
    return evaluate(gold, predicted, samples=200)


def test_groups_add_up_to_the_whole(evaluation: Evaluation) -> None:
    assert evaluation.sizes == {
        "file": {"cv": 30},
        "field": {"cs.CV": 20, "cs.CL": 10},
        "split": {"test": 15, "train": 15},
    }
    for grouping in evaluation.groups.values():
        for name, row in evaluation.rows.items():
            assert row.tp == sum(rows[name].tp for rows in grouping.values())
            assert row.fp == sum(rows[name].fp for rows in grouping.values())
            assert row.fn == sum(rows[name].fn for rows in grouping.values())


def test_small_fields_are_one_group(invented: Facts) -> None:
    fields = ["math.CO", "cs.CL", *["cs.CV"] * 10, *["cs.IR"] * 9]
    gold = {str(k): Record(str(k), invented, category=field) for k, field in enumerate(fields)}
    assert list(evaluate(gold, {}, samples=0).sizes["field"].items()) == [("cs.CV", 10), ("other", 11)]
    del gold["0"], gold["1"]
    assert list(evaluate(gold, {}, samples=0).sizes["field"]) == ["cs.CV", "cs.IR"]


def test_rows_are_those_of_the_score(gold: dict[str, Record]) -> None:
    predicted = {k: gold[k] for k in list(gold)[:11]}
    made, tallies = evaluate(gold, predicted, samples=0), score(gold, predicted)
    for name in ROWS:
        row, tally = made.rows[name], tallies[name]
        assert (row.tp, row.fp, row.fn, row.f1) == (tally.tp, tally.fp, tally.fn, tally.f1)
        assert row.interval is None
    assert made.unpredicted == [k for k in gold if k not in predicted]


def test_intervals_hold_the_score_and_repeat(evaluation: Evaluation) -> None:
    row = evaluation.rows["datasets"]
    assert row.interval is not None
    assert row.interval.low < row.f1 < row.interval.high
    assert evaluation.seed == SEED


def test_intervals_narrow_with_the_number_of_papers_and_follow_the_seed() -> None:
    chance = np.random.default_rng(1)
    counts = chance.integers(0, 4, size=(400, 1, 3))
    (few,), (many,) = f1_intervals(counts[:25], samples=400), f1_intervals(counts, samples=400)
    assert many.high - many.low < 0.5 * (few.high - few.low)
    assert f1_intervals(counts, samples=50, seed=3) == f1_intervals(counts, samples=50, seed=3)
    assert f1_intervals(counts, samples=50, seed=3) != f1_intervals(counts, samples=50, seed=4)


def test_interval_covers_the_truth_about_as_often_as_it_says() -> None:
    seed = 11
    print("seed", seed)
    chance = np.random.default_rng(seed)
    # tp, fp, fn of independent papers; the true F1 is 2·1.5 / (2·1.5 + 0.5 + 0.5)
    truth, inside = 2 * 1.5 / (2 * 1.5 + 1.0), 0
    for _ in range(150):
        counts = np.stack([chance.poisson(mean, size=(80, 1)) for mean in (1.5, 0.5, 0.5)], axis=-1)
        (interval,) = f1_intervals(counts, samples=200, seed=seed)
        inside += interval.low <= truth <= interval.high
    assert 0.87 <= inside / 150 <= 0.99


def test_no_papers_at_all() -> None:
    made = evaluate({}, {})
    assert made.papers == 0
    assert f1_intervals(np.zeros((0, 2, 3), dtype=np.int64)) == [(0.0, 0.0)] * 2


def test_json_holds_what_the_reference_prints(evaluation: Evaluation) -> None:
    made = json.loads(json.dumps(to_json(evaluation)))
    row = made["rows"]["methods"]
    assert row["n"] == row["tp"] + row["fn"]
    assert row["f1_interval"][0] <= row["f1"] <= row["f1_interval"][1]
    assert made["bootstrap"] == {"samples": 200, "seed": SEED, "level": 0.95}
    assert made["groups"]["field"]["cs.CL"]["papers"] == 10
    assert made["unpredicted"] == ["7"]
    assert "spans.dataset.exact.title" in made["rows"]


def test_table_and_markdown(evaluation: Evaluation) -> None:
    console = Console(width=200)
    with console.capture() as captured:
        console.print(to_table(evaluation))
    shown = captured.get()
    f1 = f"{evaluation.rows['datasets'].f1:.3f}"
    line = next(line for line in shown.splitlines() if line.startswith("datasets "))
    assert f1 in line
    assert f"seed {SEED}" in shown
    assert "F1 by field" in shown
    assert "F1 by file" not in shown  # there is one file only
    assert ".title" not in shown
    markdown = to_markdown(evaluation)
    assert next(line for line in markdown.splitlines() if line.startswith("| datasets |")).split(" | ")[4] == f1
    tables = [line for line in markdown.splitlines() if line.startswith("|")]
    assert "| spans.dataset.exact.title |" in markdown
    assert {line.count("|") for line in tables} == {7, 4}


def test_files(tmp_path: Path, invented: Facts) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"id": "1", **invented}))
    made = evaluate_files(path, [path], samples=10)
    assert made.rows["datasets"].f1 == 1.0
    assert made.textless == ["1"]
    assert "spans.dataset.exact" not in made.rows
    console = Console(width=120)
    with console.capture() as captured:
        console.print(to_table(made))
    assert "1 without a text in either file" in captured.get()
