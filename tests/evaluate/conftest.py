"""Annotated records about papers that do not exist, and a seeded way to spoil them."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from typing import Any

import pytest

from arxivie.evaluate.gold import LISTS

Facts = dict[str, list[dict[str, Any]]]


def invented() -> Facts:
    """The facts of an invented paper: at least one of every type."""
    return {
        "datasets": [
            {"name": "Harbour-12", "surfaces": ["Harbour-12", "Harbour 12"], "role": "used"},
            {"name": "QuayNet", "surfaces": ["QuayNet", "Quay Image Network"], "role": "introduced"},
        ],
        "methods": [
            {"name": "TideFormer", "surfaces": ["TideFormer", "tidal transformer"], "role": "proposed"},
            {"name": "BuoyNet", "surfaces": ["BuoyNet"], "role": "compared"},
            {"name": "CNN", "surfaces": ["CNN"], "role": "used", "generic": True},
        ],
        "tasks": [{"name": "ship counting", "surfaces": ["ship counting", "counting of ships"]}],
        "metrics": [{"name": "accuracy", "surfaces": ["classification accuracy", "accuracy"]}],
        "results": [
            {
                "value": 91.5,
                "unit": "%",
                "value_text": "91.5%",
                "metric": "accuracy",
                "datasets": ["Harbour-12"],
                "method": "TideFormer",
                "task": "ship counting",
                "kind": "score",
                "bound": "exact",
                "baseline": None,
                "quote": "reaches 91.5% accuracy on Harbour-12",
            },
            {
                "value": 2,
                "value_max": 3,
                "unit": "x",
                "value_text": "2-3x",
                "metric": None,
                "datasets": [],
                "method": "our model",
                "task": None,
                "kind": "ratio",
                "bound": "about",
                "better": True,
                "baseline": "BuoyNet",
                "quote": "about 2-3x faster than BuoyNet",
            },
        ],
        "links": [{"url": "https://github.com/quay/tide", "kinds": ["code", "data"], "status": "available"}],
        "releases": [{"what": ["models"], "status": "promised", "quote": "models will be released"}],
        "claims": [
            {"status": "sota", "quote": "sets a new best on Harbour-12", "datasets": ["Harbour-12"], "tasks": []},
            {"status": "improves", "quote": "it also beats BuoyNet by a margin", "datasets": [], "tasks": []},
        ],
    }


def spoil(facts: Facts, chance: random.Random) -> Facts:
    """The facts with random ones dropped, doubled, added and changed, keys left out among them."""
    spoilt = copy.deepcopy({name: list(facts[name]) for name in LISTS})
    names = [e["name"] for key in LISTS[:4] for e in facts[key]] or ["Nothing"]
    for name, items in spoilt.items():
        for item in list(items):
            luck = chance.random()
            if luck < 0.15:
                items.remove(item)
            elif luck < 0.2:
                items.append(copy.deepcopy(item))
            elif luck < 0.7:
                _change(item, name, names, chance)
        if name in LISTS[:4] and chance.random() < 0.3:
            added = chance.choice([*names, "Thing 9", "\\textbf{Odd}", "×"])
            items.append({"name": added, "surfaces": [added, added.upper()], "role": "used"})
        chance.shuffle(items)
    if chance.random() < 0.1:
        del spoilt[chance.choice(LISTS)]
    return spoilt


def _change(item: dict[str, Any], name: str, names: list[str], chance: random.Random) -> None:
    key = chance.choice(sorted(item))
    value = item[key]
    required = {"value", "url", "name"}
    if key in ("value", "value_max"):
        item[key] = (value or 0) + chance.choice([0, 1, 0.5, 1e-9])
    elif key in ("metric", "method", "baseline", "task"):
        item[key] = chance.choice([*names, None, "", "our method", "MAP"])
    elif key in ("datasets", "tasks", "surfaces"):
        item[key] = chance.sample(names, min(len(names), chance.randint(0, 2)))
    elif key == "kinds" or key == "what":
        item[key] = [*value, "code"][chance.randint(0, 1) :]
    elif key == "role":
        item[key] = chance.choice(["used", "compared", "introduced", "proposed", None])
    elif key in ("status", "kind", "bound", "unit"):
        item[key] = chance.choice(["sota", "improves", "available", "score", "gain", "exact", "%", "x", None])
    elif key == "url":
        item[key] = chance.choice([value + "/", value.replace("https", "http"), value + ".git", value.upper() + ")."])
    elif key == "quote":
        words = value.split()
        item[key] = " ".join(words[chance.randint(0, len(words)) :])
    elif key == "name":
        item[key] = chance.choice([*names, value.lower(), f"${value}$", value + "-v2"])
    elif key not in required and chance.random() < 0.5:
        del item[key]
    if name == "methods" and chance.random() < 0.1:
        item["generic"] = not item.get("generic", False)


@pytest.fixture(name="invented")
def _invented() -> Facts:
    return invented()


@pytest.fixture(name="spoil")
def _spoil() -> Callable[[Facts, random.Random], Facts]:
    return spoil
