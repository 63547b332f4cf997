"""Dataset lists: who introduced, uses and mentions a dataset, how it is written, whether the catalogue has it."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from made_records import figure, record

from arxivie.catalogue.datasets import DatasetEntry, datasets
from arxivie.catalogue.render import to_csv, to_html, to_json, to_markdown
from arxivie.store.index import index


@pytest.fixture
def store(tmp_path: Path) -> Path:
    made = [
        record(
            "2101.00001", figure(90.0, dataset="CIFAR10"), datasets=[("Zorp-Base", "introduced")], tasks=["sorting"]
        ),
        record("2103.00001", figure(91.0, dataset="ZorpBase"), day="2021-03-01", tasks=["Sorting", "folding"]),
        record("2102.00001", datasets=[("ZorpBase", "mentioned"), ("=HYPERLINK(1)", "used")], day="2021-02-01"),
    ]
    index(made, tmp_path / "s.duckdb")
    return tmp_path / "s.duckdb"


def by_name(entries: list[DatasetEntry]) -> dict[str, DatasetEntry]:
    return {e.name: e for e in entries}


def test_an_entry_says_everything(store: Path) -> None:
    entry = by_name(datasets(store))["ZorpBase"]
    assert entry.papers == ("2101.00001", "2102.00001", "2103.00001")
    assert (entry.first_seen, entry.last_seen) == (date(2021, 1, 1), date(2021, 3, 1))
    assert (entry.introduced_by, entry.mentioned_by) == (("2101.00001",), ("2102.00001",))
    assert entry.used_by == ("2103.00001",)
    assert entry.aliases == {"ZorpBase": 2, "Zorp-Base": 1}
    assert entry.tasks == {"Sorting": 2, "folding": 1}
    assert [c.paper for c in entry.contexts] == list(entry.papers)
    assert "ZorpBase" in entry.contexts[2].sentence
    assert not entry.listed


def test_new_are_those_that_the_catalogue_does_not_have(store: Path) -> None:
    assert set(by_name(datasets(store))) == {"CIFAR-10", "ZorpBase", "=HYPERLINK(1)"}
    assert set(by_name(datasets(store, new=True))) == {"ZorpBase", "=HYPERLINK(1)"}
    assert [e.name for e in datasets(store, new=True, min_papers=2)] == ["ZorpBase"]
    assert datasets(store, min_papers=4) == []


def test_formats_are_harmless(store: Path) -> None:
    entries = datasets(store)
    rows = list(csv.DictReader(io.StringIO(to_csv(entries))))
    assert {r["name"] for r in rows} == {"CIFAR-10", "ZorpBase", "'=HYPERLINK(1)"}
    assert [e["name"] for e in json.loads(to_json(entries))] == [e.name for e in entries]
    assert to_markdown(entries).count("\n") == 2 + len(entries)
    assert "<td>ZorpBase</td>" in to_html(entries)
