"""The rows, by hand and against the reference implementation that the visible gold comes with."""

from __future__ import annotations

import importlib.util
import json
import random
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from arxivie.evaluate.gold import LISTS, Record, load_records
from arxivie.evaluate.score import ROWS, score

Facts = dict[str, list[dict[str, Any]]]
Spoil = Callable[[Facts, random.Random], Facts]


def rows_of(gold: Facts, predicted: Facts) -> dict[str, tuple[int, int, int]]:
    tallies = score({"1": Record("1", gold)}, {"1": Record("1", predicted)})
    return {row: (t.tp, t.fp, t.fn) for row, t in tallies.items()}


def test_perfect_prediction_has_no_error_in_any_row(invented: Facts) -> None:
    rows = rows_of(invented, invented)
    assert list(rows) == list(ROWS)
    assert all(fp == fn == 0 for _, fp, fn in rows.values())
    assert {row for row, (tp, _, _) in rows.items() if not tp} == {"claims.competitive", "claims.background"}


def test_missing_prediction_misses_everything(invented: Facts) -> None:
    tallies = score({"1": Record("1", invented)}, {})
    assert tallies["methods"].fn == 2  # the generic one is not asked for
    assert tallies["methods"].f1 == tallies["methods"].precision == tallies["methods"].recall == 0.0
    assert tallies["leaderboard"].fn == 1


@pytest.mark.parametrize(
    ("field", "change", "row", "counts"),
    [
        ("datasets", {"name": "HARBOUR 12", "surfaces": []}, "datasets", (2, 0, 0)),
        ("datasets", {"name": "Harbour-21", "surfaces": []}, "datasets", (1, 1, 1)),
        ("datasets", {"role": "mentioned"}, "datasets.role", (1, 1, 1)),
        ("datasets", {"surfaces": ["Harbour-12", "the harbour"]}, "datasets.surfaces", (3, 1, 0)),
        ("methods", {"name": "TF", "surfaces": ["Tidal Transformer"]}, "methods.proposed", (1, 0, 0)),
        ("methods", {"role": "used"}, "methods.proposed", (0, 0, 1)),
        ("methods", {"name": "CNN", "surfaces": []}, "methods", (1, 0, 1)),
        ("tasks", {"name": "counting", "surfaces": ["robust ship counting"]}, "tasks", (1, 0, 0)),
        ("tasks", {"name": "robust counting", "surfaces": ["counting very robustly"]}, "tasks", (0, 1, 1)),
        ("results", {"metric": "classification accuracy"}, "results.value+metric", (2, 0, 0)),
        ("results", {"metric": "recall"}, "results.value+metric", (1, 1, 1)),
        ("results", {"metric": "recall"}, "results.value", (2, 0, 0)),
        ("results", {"value": 91.4}, "results.value", (1, 1, 1)),
        ("results", {"value_max": 92}, "results.value", (1, 1, 1)),
        ("results", {"bound": "about"}, "results.value+unit+bound", (1, 1, 1)),
        ("results", {"datasets": ["Harbour 12"]}, "results.full", (2, 0, 0)),
        ("results", {"datasets": []}, "results.full", (1, 1, 1)),
        ("results", {"method": "BuoyNet"}, "results.full", (1, 1, 1)),
        ("results", {"method": "tidal transformer"}, "results.full", (2, 0, 0)),
        ("results", {"kind": "gain"}, "leaderboard", (0, 0, 1)),
        ("links", {"url": "http://www.GitHub.com/quay/tide.git/)."}, "links.url", (1, 0, 0)),
        ("links", {"url": "https://github.com/quay/tide2"}, "links.url", (0, 1, 1)),
        ("links", {"kinds": ["code", "model"]}, "links.kind", (1, 1, 1)),
        ("links", {"status": "promised"}, "links.status", (0, 1, 1)),
        ("releases", {"status": "available"}, "releases", (0, 1, 1)),
        ("claims", {"quote": "a new best on"}, "claims.sota", (1, 0, 0)),
        ("claims", {"quote": "fast, small and new best"}, "claims.sota", (0, 1, 1)),
        ("claims", {"status": "background"}, "claims.sota.paper", (0, 0, 1)),
        ("claims", {"datasets": ["QuayNet"]}, "claims.sota.datasets", (0, 1, 1)),
    ],
)
def test_one_change(
    invented: Facts, field: str, change: dict[str, Any], row: str, counts: tuple[int, int, int]
) -> None:
    predicted = {**invented, field: [{**invented[field][0], **change}, *invented[field][1:]]}
    assert rows_of(invented, predicted)[row] == counts


def test_errors_are_listed_in_the_terms_of_the_paper(invented: Facts) -> None:
    predicted = {**invented, "datasets": [{"name": "Pier", "surfaces": ["Pier"], "role": "used"}]}
    misses = score({"7": Record("7", invented)}, {"7": Record("7", predicted)})["datasets"].misses
    assert set(misses) == {("extra", "7", "Pier"), ("missed", "7", "Harbour-12"), ("missed", "7", "QuayNet")}


@pytest.fixture(scope="session")
def reference(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("reference_score", shared / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def assert_equal_rows(reference: ModuleType, gold: Path, predicted: Path) -> None:
    wanted = reference.score(reference.load(gold), reference.load(predicted))
    got = score(load_records(gold), load_records(predicted))
    assert set(wanted) <= set(got)
    for row, tally in got.items():
        other = wanted[row]  # a row that the reference never touched is empty there
        assert (tally.tp, tally.fp, tally.fn) == (other.tp, other.fp, other.fn), row
        assert other.row() == {
            "p": round(tally.precision, 4),
            "r": round(tally.recall, 4),
            "f1": round(tally.f1, 4),
            "n": tally.n,
        }
        missed = sorted(str(m.fact) for m in tally.misses if m.kind == "missed")
        assert len(missed) == sum(kind == "missed" for kind, _, _ in other.wrong), row


# the reference leaves its files to the garbage collector
lenient = pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")


@lenient
@pytest.mark.parametrize("name", ["cv", "ood", "more"])
def test_same_rows_as_the_reference_on_spoilt_gold(
    reference: ModuleType, shared: Path, tmp_path: Path, spoil: Spoil, name: str
) -> None:
    gold = shared / "gold" / f"{name}.jsonl"
    for seed in range(3):
        chance = random.Random(seed)
        predicted = tmp_path / f"predicted-{seed}.jsonl"
        with predicted.open("w", encoding="utf-8") as out:
            for line in gold.read_text(encoding="utf-8").splitlines():
                record = json.loads(line)
                if chance.random() < 0.95:
                    form = {"paper": {"id": record["id"] + "v2"}, "facts": spoil(record, chance)}
                    out.write(json.dumps(form) + "\n")
        print("seed", seed)
        assert_equal_rows(reference, gold, predicted)


@lenient
def test_same_rows_as_the_reference_on_random_facts(
    reference: ModuleType, tmp_path: Path, spoil: Spoil, invented: Facts
) -> None:
    seed = random.SystemRandom().randrange(10**6)
    print("seed", seed)
    chance = random.Random(seed)
    gold, predicted = tmp_path / "gold.jsonl", tmp_path / "predicted.jsonl"
    with gold.open("w") as one, predicted.open("w") as other:
        for number in range(400):
            facts = invented
            for _ in range(chance.randint(0, 3)):
                facts = {**{name: [] for name in LISTS}, **spoil(facts, chance)}
            facts = {name: [_complete(name, fact) for fact in facts[name]] for name in LISTS}
            one.write(json.dumps({"id": f"{number}", **facts}) + "\n")
            other.write(json.dumps({"arxiv_id": f"{number}", **spoil(facts, chance)}) + "\n")
    assert_equal_rows(reference, gold, predicted)


def _complete(name: str, fact: dict[str, Any]) -> dict[str, Any]:
    """The fact with the keys that the reference needs in annotated records."""
    needed: dict[str, dict[str, Any]] = {
        "links": {"kinds": [], "status": None},
        "releases": {"what": [], "status": None},
        "claims": {"status": None, "quote": ""},
    }
    defaults = needed.get(name, {"surfaces": []})
    return {**defaults, **fact}
