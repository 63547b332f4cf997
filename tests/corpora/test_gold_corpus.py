"""The stand-off gold restores the annotated records, and holds no text."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from arxivie.evaluate.corrections import load_corrections
from arxivie.evaluate.gold import Record
from arxivie.evaluate.join import join
from arxivie.evaluate.standoff import StandoffRecord, read_standoff, to_standoff
from arxivie.papers import Paper
from arxivie.sources import read

NAMES = ("cv", "ood", "more")


@pytest.fixture(scope="session")
def standoff_files(root: Path) -> list[Path]:
    return [root / "corpora" / "gold" / f"{name}.jsonl" for name in NAMES]


@pytest.fixture(scope="session")
def records(standoff_files: list[Path]) -> list[StandoffRecord]:
    return list(read_standoff(standoff_files))


def papers(shared: Path) -> Iterator[Paper]:
    for path in sorted((shared / "listings").iterdir()):
        yield from read(path)
    for name in NAMES[1:]:
        yield from read(shared / "gold" / f"{name}_papers.json")


def plain(value: Any) -> Any:
    """The value with white space of any kind as one space."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, list):
        return [plain(part) for part in value]
    return {key: plain(part) for key, part in value.items()} if isinstance(value, dict) else value


def test_all_records_are_restored(shared: Path, standoff_files: list[Path]) -> None:
    report = join(standoff_files, papers(shared))
    assert (report.missing, report.changed) == ([], [])
    annotated = {}
    for name in NAMES:
        for line in (shared / "gold" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            key = record.pop("id")
            annotated[key] = plain(record)
    assert len(report.records) == len(annotated) == 648
    for record in report.records:
        assert plain(record["facts"]) == annotated[record["id"]], record["id"]


def test_corrections_fit(shared: Path, root: Path, standoff_files: list[Path]) -> None:
    corrections = load_corrections(root / "corpora" / "gold" / "corrections.toml")
    as_annotated, corrected = (join(standoff_files, papers(shared), corrected=c).records for c in (False, True))
    changed = {a["id"] for a, b in zip(as_annotated, corrected, strict=True) if a != b}
    assert changed == {correction.id for correction in corrections}
    by_id = {paper.id: paper for paper in papers(shared)}
    for record in corrected:
        if record["id"] in changed:
            # raises where a corrected surface is not in the text
            to_standoff(Record(record["id"], record["facts"]), by_id[record["id"]])
            assert record["split"] != "test"


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from strings(part)


def test_no_sentences(root: Path) -> None:
    for path in sorted(root.glob("corpora/gold/*.jsonl")) + sorted(root.glob("corpora/silver/*.jsonl")):
        for record in read_standoff([path]):
            for kind, facts in record["facts"].items():
                for fact in facts:
                    assert all(isinstance(fact.get(key, []), list) for key in ("quote", "value_text")), record["id"]
                    for text in strings(fact):
                        # tasks may be gerund phrases; no name is a sentence
                        assert len(text.split()) <= 16, (record["id"], kind, text)


def test_splits_are_fixed_and_stratified(records: list[StandoffRecord]) -> None:
    assert Counter(r["split"] for r in records) == {"train": 456, "test": 120, "dev": 72}
    for origin in NAMES:
        of = Counter(r["split"] for r in records if r["origin"] == origin)
        assert abs(of["test"] / of.total() - 5 / 27) < 0.02
        assert abs(of["dev"] / of.total() - 3 / 27) < 0.02
    assert len({r["id"] for r in records}) == len(records) == 648


def test_mentions_are_sorted_and_apart(records: list[StandoffRecord]) -> None:
    for record in records:
        for kind in ("datasets", "methods", "tasks", "metrics"):
            for entity in record["facts"][kind]:
                ends = [offset for mention in entity["mentions"] for offset in mention]
                assert ends, (record["id"], entity["name"])
                assert ends == sorted(ends)
