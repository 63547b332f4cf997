"""The second annotated corpus: stand-off, for training only, apart from the gold."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

from arxivie.evaluate.join import join
from arxivie.evaluate.standoff import read_standoff
from arxivie.papers import Paper
from arxivie.sources import read


def files(root: Path) -> list[Path]:
    return sorted((root / "corpora" / "silver").glob("*.jsonl"))


def test_it_is_for_training_and_apart_from_the_gold(root: Path) -> None:
    gold = {record["id"] for record in read_standoff((root / "corpora" / "gold").glob("*.jsonl"))}
    silver = list(read_standoff(files(root)))
    assert {record["split"] for record in silver} == {"train"}
    assert {record["origin"] for record in silver} == {"silver"}
    ids = [record["id"] for record in silver]
    assert len(ids) == len(set(ids)) == 16474
    assert not gold & set(ids)


def test_it_is_restored_from_the_open_abstracts(shared: Path, root: Path, tmp_path: Path) -> None:
    wanted = {record["id"] for record in read_standoff(files(root))}
    chosen = tmp_path / "chosen.jsonl"
    with gzip.open(shared / "abstracts.jsonl.gz", "rt", encoding="utf-8") as lines, chosen.open("w") as out:
        out.writelines(line for line in lines if json.loads(line)["arxiv_id"] in wanted)

    def papers() -> Iterator[Paper]:
        yield from read(chosen)

    report = join(files(root), papers())
    assert (report.missing, report.changed) == ([], [])
    assert len(report.records) == 16474
    for record in report.records:
        text = f"{record['title']}\n{record['abstract']}"
        for kind in ("results", "claims", "releases"):
            assert all(fact["quote"] in text for fact in record["facts"][kind]), record["id"]
