"""On the facts that people annotated, leaderboards hold exactly the rows of a table that was checked by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from arxivie.export.records import Record
from arxivie.facts import Facts
from arxivie.leaderboard.boards import leaderboard
from arxivie.leaderboard.row import Row
from arxivie.papers import Paper
from arxivie.sources import read
from arxivie.store.index import index

TABLE = Path(__file__).resolve().parents[2] / "corpora" / "leaderboard" / "rows.tsv"
FILES = ("cv.jsonl", "ood.jsonl", "more.jsonl")


def wanted() -> list[tuple[str, ...]]:
    lines = TABLE.read_text("utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines[1:]]


def papers(shared: Path) -> Iterator[Paper]:
    for name in ("ood_papers.json", "more_papers.json"):
        for given in json.loads((shared / "gold" / name).read_text("utf-8")):
            yield Paper(id=given["id"], title=given["title"], abstract=given["abstract"])
    for listing in sorted((shared / "listings").glob("*.txt")):
        yield from read(listing)


@pytest.fixture(scope="module")
def gold(shared: Path) -> dict[str, Record]:
    """The annotated papers that the table is about."""
    ids = {row[0] for row in wanted()}
    texts = {paper.id: paper for paper in papers(shared) if paper.id in ids}
    made: dict[str, Record] = {}
    for name in FILES:
        for line in (shared / "gold" / name).read_text("utf-8").splitlines():
            facts = json.loads(line)
            if (paper_id := facts.pop("id")) in ids:
                made[paper_id] = Record(paper=texts[paper_id], facts=Facts.model_validate(facts))
    assert set(made) == ids
    return made


def shown(row: Row) -> tuple[str, ...]:
    def number(x: float | None) -> str:
        return "-" if x is None else f"{x:.10g}"

    place = row.text or ("-", "-")
    return (
        row.paper, row.dataset, row.split or "-", row.metric, number(row.score), number(row.score_max),
        number(row.error), row.unit or "-", row.bound, "quoted" if row.quoted else "own", *map(str, place),
    )  # fmt: skip


def test_rows_are_those_of_the_table(gold: dict[str, Record], tmp_path: Path) -> None:
    index(gold.values(), tmp_path / "gold.duckdb")
    found = leaderboard(tmp_path / "gold.duckdb").rows
    assert sorted(map(shown, found)) == sorted(wanted())
    for row in found:
        text = gold[row.paper].paper.text
        assert row.text is not None
        assert row.sentence_text is not None
        assert row.text.of(text) == row.value_text
        assert row.sentence_text.of(text) == row.sentence
        assert row.sentence_text.contains(row.text)


def test_the_table_is_about_numbers_and_names_alone() -> None:
    for row in wanted():
        assert len(row) == 12
        assert float(row[4]) == float(row[4])
        assert all(len(cell) <= 40 for cell in row), "a sentence has no place in the repository"
